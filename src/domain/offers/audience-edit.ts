/** What a press makes of an audience that is put together by buttons. */
import type { Scale } from '../answer.ts'
import { isSameJson } from '../same-json.ts'
import type { Range } from './audience.ts'
import { aspectOf, type Condition, type SimpleAudience, type SimpleRule } from './simple-audience.ts'

type Listed = Extract<SimpleRule, { kind: 'segment' | 'line' | 'interest' | 'answer' | 'source' }>

/** The condition about the same thing as this rule. */
const conditionAbout = (simple: SimpleAudience, rule: SimpleRule): Condition | undefined =>
  simple.find((one) => aspectOf(one.rule) === aspectOf(rule))

/**
 * One value more in its condition, or one less; with the last one the condition goes.
 * @param rule names the condition and has the one value
 */
export function withValue(simple: SimpleAudience, rule: Listed): SimpleAudience {
  const found = conditionAbout(simple, rule)?.rule
  const before = found === undefined ? [] : valuesOf(found)
  const [value = ''] = valuesOf(rule)
  const values = before.includes(value) ? before.filter((one) => one !== value) : [...before, value]
  if (values.length === 0) return without(simple, aspectOf(rule))
  return withRule(simple, listed({ ...rule, ...(found as Listed | undefined) }, values))
}

/** Whether the condition about it has this rule's one value. */
export function hasValue(simple: SimpleAudience, rule: Listed): boolean {
  const found = conditionAbout(simple, rule)?.rule
  return found !== undefined && valuesOf(found).includes(valuesOf(rule)[0] ?? '')
}

/** The condition as given, or none when it is just that already. */
export const withOrWithout = (simple: SimpleAudience, rule: SimpleRule): SimpleAudience =>
  hasRule(simple, rule) ? without(simple, aspectOf(rule)) : withRule(simple, rule)

export const hasRule = (simple: SimpleAudience, rule: SimpleRule): boolean =>
  isSameJson(conditionAbout(simple, rule)?.rule, rule)

/** The condition in the place of the one about the same thing, whose opposite it is when that was. */
export function withRule(simple: SimpleAudience, rule: SimpleRule): SimpleAudience {
  const found = conditionAbout(simple, rule)
  if (!found) return [...simple, { rule }]
  return simple.map((one) => (one === found ? { ...one, rule } : one))
}

export const without = (simple: SimpleAudience, aspect: string): SimpleAudience =>
  simple.filter(({ rule }) => aspectOf(rule) !== aspect)

/** Those of whom it is true become those of whom it is not, and back. */
export const turned = (simple: SimpleAudience, aspect: string): SimpleAudience =>
  simple.map(({ rule, except }) => {
    const turns = aspectOf(rule) === aspect
    return turns !== (except === true) ? { rule, except: true } : { rule }
  })

/** What is asked over all lines or in one of them: the conditions of these kinds. @param line absent: over all */
export function atLine(
  simple: SimpleAudience,
  kinds: readonly SimpleRule['kind'][],
  line: string | undefined,
): SimpleAudience {
  return simple.map((one): Condition => {
    const { rule } = one
    if (!kinds.includes(rule.kind)) return one
    if (rule.kind !== 'segment' && rule.kind !== 'lastVisit' && rule.kind !== 'visits') return one
    const { line: _, ...overall } = rule
    return { ...one, rule: { ...overall, ...(line !== undefined && { line }) } }
  })
}

/** Where a question's scores are asked. */
export interface ScoresOf {
  question: string
  row?: string
}

/** A range of scores more, or less when all of it is meant already. What touches is one range. */
export function withScores(simple: SimpleAudience, of: ScoresOf, range: Range, scale: Scale): SimpleAudience {
  const before = scoresMeant(simple, of, scale)
  const pressed = numbersIn([range], scale)
  const isOn = pressed.every((one) => before.includes(one))
  const after = isOn
    ? before.filter((one) => !pressed.includes(one))
    : [...new Set([...before, ...pressed])].toSorted((one, other) => one - other)
  const rule = { kind: 'score' as const, ...of, ranges: runsOf(after) }
  return after.length === 0 ? without(simple, aspectOf(rule)) : withRule(simple, rule)
}

/** Whether all of the range is meant. */
export function hasScores(simple: SimpleAudience, of: ScoresOf, range: Range, scale: Scale): boolean {
  const meant = scoresMeant(simple, of, scale)
  return numbersIn([range], scale).every((one) => meant.includes(one))
}

/** The ranges that are meant, as far as they are on the scale. */
export const scoreRuns = (simple: SimpleAudience, of: ScoresOf, scale: Scale) =>
  runsOf(scoresMeant(simple, of, scale))

function scoresMeant(simple: SimpleAudience, of: ScoresOf, scale: Scale): readonly number[] {
  const found = conditionAbout(simple, { kind: 'score', ...of, ranges: [] })?.rule
  return found?.kind === 'score' ? numbersIn(found.ranges, scale) : []
}

/** All numbers of the scale that are in one of the ranges. */
const numbersIn = (ranges: readonly Range[], { from, to }: Scale): number[] =>
  Array.from({ length: to - from + 1 }, (_, place) => from + place).filter((one) =>
    ranges.some((range) => one >= (range.from ?? -Infinity) && one <= (range.to ?? Infinity)),
  )

/** 1, 2, 3, 7 are 1-3 and 7-7. */
function runsOf(numbers: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last?.to === number - 1) last.to = number
    else runs.push({ from: number, to: number })
  }
  return runs
}

function valuesOf(rule: SimpleRule): readonly string[] {
  switch (rule.kind) {
    case 'segment':
      return rule.segments
    case 'line':
    case 'interest':
      return rule.lines
    case 'answer':
      return rule.values
    case 'source':
      return rule.sources
    default:
      return []
  }
}

function listed(rule: Listed, values: readonly string[]): Listed {
  switch (rule.kind) {
    case 'segment':
      return { ...rule, segments: values }
    case 'line':
    case 'interest':
      return { ...rule, lines: values }
    case 'answer':
      return { ...rule, values }
    case 'source':
      return { ...rule, sources: values }
  }
}
