/** What the conditions' buttons carry, and what a press makes of the audience. */
import type { Range } from '../../../domain/offers/audience.ts'
import {
  atLine,
  hasRule,
  turned,
  withOrWithout,
  without,
  withScores,
  withValue,
} from '../../../domain/offers/audience-edit.ts'
import { aspectOf, type SimpleAudience, type SimpleRule } from '../../../domain/offers/simple-audience.ts'
import type { SurveyQuestion } from '../../../domain/survey.ts'
import type { AudienceRoute } from './audience-route.ts'
import { anyRow, answersOf, codeOf, readRangeCode } from './condition-codes.ts'

/** What presses are about. */
export interface PressTerms {
  lines: readonly string[]
  questions: readonly SurveyQuestion[]
  sources: readonly string[]
}

/** Who calls themselves regular and has no card. */
export const regularWithoutCard = [
  { kind: 'answer', question: 'regular', values: ['yes'] },
  { kind: 'card', has: false },
] as const satisfies readonly SimpleRule[]

/** Undefined: not a condition of this version, or of something that is not there any more. */
export function pressed(
  simple: SimpleAudience,
  value: string,
  terms: PressTerms,
): SimpleAudience | undefined {
  const [name = '', which = '', ...rest] = value.split('.')
  switch (name) {
    case 'all':
      return []
    case 'seg':
      return withValue(simple, { kind: 'segment', segments: [which] })
    case 'line':
      return terms.lines.includes(which) ? withValue(simple, { kind: 'line', lines: [which] }) : undefined
    case 'int':
      return terms.lines.includes(which) ? withValue(simple, { kind: 'interest', lines: [which] }) : undefined
    case 'segline':
      return nextLine(simple, ['segment'], terms.lines)
    case 'dayline':
      return nextLine(simple, ['lastVisit', 'visits'], terms.lines)
    case 'last':
    case 'visits':
      return visitsPressed(simple, name, readRangeCode(which))
    case 'a':
    case 's':
      return answerPressed(simple, name, [which, ...rest], terms)
    case 'src': {
      const source = terms.sources.find((one) => codeOf(one) === which)
      return source === undefined ? undefined : withValue(simple, { kind: 'source', sources: [source] })
    }
    case 'nocard':
      return bothPressed(simple, regularWithoutCard)
    case 'not':
    case 'del': {
      const aspect = simple.map(({ rule }) => aspectOf(rule)).find((one) => codeOf(one) === which)
      if (aspect === undefined) return undefined
      return name === 'not' ? turned(simple, aspect) : without(simple, aspect)
    }
    default: {
      const rule = personRule(name, which)
      return rule && withOrWithout(simple, rule)
    }
  }
}

/** Where a press leads: to the page that it was on. */
export function pageOf(id: number, value: string): AudienceRoute {
  const [name = '', question = '', row] = value.split('.')
  if (name === 'a' || name === 's')
    return {
      screen: 'offerAnswer',
      id,
      question,
      ...(row !== undefined && row !== anyRow && { row }),
    }
  return { screen: 'offerWhom', id, page: pages[name] ?? 'more' }
}

const pages: Readonly<Record<string, 'who' | 'visits' | 'answers' | 'source' | 'months' | 'except'>> = {
  all: 'who',
  seg: 'who',
  segline: 'who',
  line: 'who',
  last: 'visits',
  visits: 'visits',
  dayline: 'visits',
  nocard: 'answers',
  src: 'source',
  month: 'months',
  not: 'except',
  del: 'except',
}

function personRule(name: string, which: string): SimpleRule | undefined {
  const number = Number(which)
  switch (name) {
    case 'birthday':
      return { kind: 'birthday', withinDays: number }
    // The same, from the page of all months.
    case 'inmonth':
    case 'month':
      return number >= 1 && number <= 12 ? { kind: 'birthday', month: number } : undefined
    case 'sex':
      return which === 'female' || which === 'male' ? { kind: 'sex', sex: which } : undefined
    case 'coupon':
    case 'card':
      return { kind: name, has: which === 'yes' }
    default:
      return undefined
  }
}

function visitsPressed(
  simple: SimpleAudience,
  name: 'last' | 'visits',
  range: Range | undefined,
): SimpleAudience | undefined {
  if (!range) return undefined
  const line = lineOf(simple, ['lastVisit', 'visits'])
  const where = line === undefined ? {} : { line }
  return withOrWithout(
    simple,
    name === 'last'
      ? { kind: 'lastVisit', days: range, ...where }
      : { kind: 'visits', count: range, ...where },
  )
}

function answerPressed(
  simple: SimpleAudience,
  name: 'a' | 's',
  [id = '', row = '', code = '']: readonly string[],
  { questions }: PressTerms,
): SimpleAudience | undefined {
  const question = questions.find((one) => one.id === id)
  if (!question) return undefined
  const of = { question: id, ...(row !== anyRow && { row }) }
  if (name === 's') {
    const range = readRangeCode(code)
    return range && question.scale && withScores(simple, of, range, question.scale)
  }
  const answer = answersOf(question).find((one) => codeOf(one) === code)
  return answer === undefined ? undefined : withValue(simple, { kind: 'answer', ...of, values: [answer] })
}

/** Both on, or, when both are, both off. */
function bothPressed(simple: SimpleAudience, rules: readonly SimpleRule[]): SimpleAudience {
  const areOn = rules.every((rule) => hasRule(simple, rule))
  const others = rules.reduce((left, rule) => without(left, aspectOf(rule)), simple)
  return areOn ? others : [...others, ...rules.map((rule) => ({ rule }))]
}

/** The line of the first of these conditions; undefined: over all lines. */
export function lineOf(simple: SimpleAudience, kinds: readonly SimpleRule['kind'][]): string | undefined {
  const found = simple.find(({ rule }) => kinds.includes(rule.kind))?.rule
  return found !== undefined && 'line' in found ? found.line : undefined
}

/** Over all lines, then each of them, and from the beginning again. */
function nextLine(
  simple: SimpleAudience,
  kinds: readonly SimpleRule['kind'][],
  lines: readonly string[],
): SimpleAudience {
  const now = lineOf(simple, kinds)
  return atLine(simple, kinds, lines[now === undefined ? 0 : lines.indexOf(now) + 1])
}
