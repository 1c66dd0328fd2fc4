/** The audience as JSON: from the salon's settings, or from a dialogue with an admin. */
import type { Audience } from './audience.ts'
import type { OfferProblem } from './problem.ts'

/** What the salon has: ids. */
export interface AudienceTerms {
  lines: readonly string[]
  segments: readonly string[]
  /** Of the survey. */
  questions: readonly string[]
}

export type AudienceReading = { ok: true; audience: Audience } | { ok: false; problems: OfferProblem[] }

/** Rules in rules, at most. A person can't read more, and `matches` asks them for every client. */
const maxDepth = 6
const maxList = 1000

/**
 * Reads a rule (audience.ts) from a JSON value.
 * @param where the place to be told of in problems
 */
export function readAudience(json: unknown, terms: AudienceTerms, where = 'audience'): AudienceReading {
  const problems = check(json, where, terms, 0)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, audience: json as Audience }
}

/** Looks at a part of a rule: what is wrong with it at `where`. */
type Check = (value: unknown, where: string, terms: AudienceTerms, depth: number) => OfferProblem[]

/** What each kind of rule has beside its kind; a name with "?" may be absent. */
const shapes: Record<Audience['kind'], Readonly<Record<string, Check>>> = {
  everyone: {},
  all: { of: rules },
  any: { of: rules },
  not: { of: nested },
  clients: { ids: listOf((id) => Number.isSafeInteger(id) && (id as number) > 0) },
  segment: { segments: listOf(isText, 'segments'), 'line?': line },
  line: { lines: listOf(isText, 'lines') },
  interest: { lines: listOf(isText, 'lines') },
  lastVisit: { days: range, 'line?': line },
  visits: { count: range, 'line?': line },
  answer: { question, 'row?': text, values: listOf(isText) },
  score: { question, 'row?': text, score: range },
  source: { sources: listOf(isText) },
  birthday: { 'withinDays?': wholeBetween(0, 365), 'month?': wholeBetween(1, 12) },
  sex: { sex: oneOf('female', 'male') },
  coupon: { has: oneOf(true, false) },
  card: { has: oneOf(true, false) },
}

function check(json: unknown, where: string, terms: AudienceTerms, depth: number): OfferProblem[] {
  if (depth > maxDepth) return [{ reason: 'tooDeep', where }]
  const rule = isObject(json) ? json : {}
  const { kind } = rule
  if (!isKind(kind)) return [{ reason: 'rule', where }]
  const shape = Object.entries(shapes[kind]).map(
    ([name, look]) => [name.replace('?', ''), name.endsWith('?'), look] as const,
  )
  const known = new Set(['kind', ...shape.map(([name]) => name)])
  const strange = Object.keys(rule).filter((name) => !known.has(name))
  return [
    ...(kind === 'birthday' && !isOneOf(rule, 'withinDays', 'month')
      ? [{ reason: 'rule', where } as const]
      : []),
    ...strange.map((name) => ({ reason: 'rule', where: `${where}.${name}` }) as const),
    ...shape.flatMap(([name, optional, look]) =>
      optional && rule[name] === undefined ? [] : look(rule[name], `${where}.${name}`, terms, depth),
    ),
  ]
}

const isOneOf = (rule: Record<string, unknown>, one: string, other: string): boolean =>
  (rule[one] === undefined) !== (rule[other] === undefined)

const isKind = (kind: unknown): kind is Audience['kind'] =>
  typeof kind === 'string' && Object.hasOwn(shapes, kind)

function nested(value: unknown, where: string, terms: AudienceTerms, depth: number): OfferProblem[] {
  return check(value, where, terms, depth + 1)
}

function rules(value: unknown, where: string, terms: AudienceTerms, depth: number): OfferProblem[] {
  if (!Array.isArray(value)) return [{ reason: 'rule', where }]
  if (value.length === 0) return [{ reason: 'emptyList', where }]
  return value.flatMap((one, place) => nested(one, `${where}.${place}`, terms, depth))
}

function listOf(isRight: (one: unknown) => boolean, from?: 'segments' | 'lines'): Check {
  return (value, where, terms) => {
    if (!Array.isArray(value) || value.length > maxList || !value.every(isRight))
      return [{ reason: 'rule', where }]
    if (value.length === 0) return [{ reason: 'emptyList', where }]
    if (from === undefined) return []
    const reason = from === 'lines' ? 'unknownLine' : 'unknownSegment'
    return (value as string[])
      .filter((id) => !terms[from].includes(id))
      .map((id) => ({ reason, where, params: { id } }))
  }
}

function line(value: unknown, where: string, { lines }: AudienceTerms): OfferProblem[] {
  if (!isText(value)) return [{ reason: 'rule', where }]
  return lines.includes(value) ? [] : [{ reason: 'unknownLine', where, params: { id: value } }]
}

function question(value: unknown, where: string, { questions }: AudienceTerms): OfferProblem[] {
  if (!isText(value)) return [{ reason: 'rule', where }]
  return questions.includes(value) ? [] : [{ reason: 'unknownQuestion', where, params: { id: value } }]
}

/** At least one end, whole numbers from 0 on, in order. */
function range(value: unknown, where: string): OfferProblem[] {
  const { from, to, ...others } = isObject(value) ? value : {}
  const ends = [from, to].filter((end) => end !== undefined)
  const right =
    isObject(value) &&
    ends.length > 0 &&
    Object.keys(others).length === 0 &&
    ends.every((end) => Number.isSafeInteger(end) && (end as number) >= 0) &&
    (ends.length < 2 || (from as number) <= (to as number))
  return right ? [] : [{ reason: 'range', where }]
}

function text(value: unknown, where: string): OfferProblem[] {
  return isText(value) ? [] : [{ reason: 'rule', where }]
}

function wholeBetween(least: number, most: number): Check {
  return (value, where) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? []
      : [{ reason: 'range', where }]
}

function oneOf(...all: readonly (string | boolean)[]): Check {
  return (value, where) => (all.some((one) => one === value) ? [] : [{ reason: 'rule', where }])
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 200
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
