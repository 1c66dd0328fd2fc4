/** Who is meant: rules as data, so that a person can read them and a salon can change them. */
import type { Answers, RowValue } from '../answer.ts'

/** Both ends are included; an absent one is open. */
export interface Range {
  from?: number
  to?: number
}

/** A rule about one client. `line` absent: over all lines. What is not known of a client fulfils no rule about it. */
export type Audience =
  | { kind: 'everyone' }
  | { kind: 'all' | 'any'; of: readonly Audience[] }
  | { kind: 'not'; of: Audience }
  /** These clients by their numbers: a newcomer's personal offer. */
  | { kind: 'clients'; ids: readonly number[] }
  | { kind: 'segment'; segments: readonly string[]; line?: string }
  /** Has come for one of these lines. */
  | { kind: 'line'; lines: readonly string[] }
  /** Has said to be interested in one of these lines. */
  | { kind: 'interest'; lines: readonly string[] }
  /** So many days ago. */
  | { kind: 'lastVisit'; days: Range; line?: string }
  | { kind: 'visits'; count: Range; line?: string }
  /** The survey's answer is one of these; yes and no are "yes" and "no"; without a `row`, in any row of a grid. */
  | { kind: 'answer'; question: string; row?: string; values: readonly string[] }
  /** The survey's answer is a number between; without a `row`, in any row of a grid. */
  | { kind: 'score'; question: string; row?: string; score: Range }
  /** What the link said that brought them, or where they said they heard of the salon. */
  | { kind: 'source'; sources: readonly string[] }
  /** Has it today or within so many days. */
  | { kind: 'birthday'; withinDays: number }
  /** Has it in this month, 1-12, whatever day it is today. */
  | { kind: 'birthday'; month: number }
  | { kind: 'sex'; sex: 'female' | 'male' }
  /** Has a coupon that is good and not used up. */
  | { kind: 'coupon'; has: boolean }
  /** Says to have the salon's card; who was not asked has none. */
  | { kind: 'card'; has: boolean }

/** What the rules ask of a client. */
export interface ClientFacts {
  clientId: number
  /** What their visits add up to, by line; "" over all lines. A line they never came for is absent. */
  values: Readonly<Record<string, LineFacts>>
  interests: readonly string[]
  /** The survey's, as they stand. */
  answers: Answers
  source?: string
  heardFrom?: string
  birthday?: { day: number; month: number }
  sex?: 'female' | 'male'
  hasCoupon: boolean
}

export interface LineFacts {
  segment: string
  visits: number
  /** Days since 1970-01-01. */
  lastDay: number
}

/**
 * Whether the rule means this client.
 * @param today days since 1970-01-01 in the salon's zone
 */
export function matches(rule: Audience, client: ClientFacts, today: number): boolean {
  switch (rule.kind) {
    case 'everyone':
      return true
    case 'all':
      return rule.of.every((one) => matches(one, client, today))
    case 'any':
      return rule.of.some((one) => matches(one, client, today))
    case 'not':
      return !matches(rule.of, client, today)
    case 'clients':
      return rule.ids.includes(client.clientId)
    case 'segment':
      return rule.segments.includes(client.values[rule.line ?? '']?.segment ?? '')
    case 'line':
      return rule.lines.some((line) => client.values[line] !== undefined)
    case 'interest':
      return rule.lines.some((line) => client.interests.includes(line))
    case 'lastVisit': {
      const last = client.values[rule.line ?? '']?.lastDay
      return last !== undefined && within(today - last, rule.days)
    }
    case 'visits':
      return within(client.values[rule.line ?? '']?.visits ?? 0, rule.count)
    case 'answer':
      return given(client, rule).some((one) => rule.values.includes(named(one)))
    case 'score':
      return given(client, rule).some((one) => typeof one === 'number' && within(one, rule.score))
    case 'source':
      return [client.source, client.heardFrom].some((one) => one !== undefined && rule.sources.includes(one))
    case 'birthday':
      if (client.birthday === undefined) return false
      return 'month' in rule
        ? client.birthday.month === rule.month
        : daysToBirthday(client.birthday, today) <= rule.withinDays
    case 'sex':
      return client.sex === rule.sex
    case 'coupon':
      return client.hasCoupon === rule.has
    case 'card':
      return (client.answers['card']?.value === true) === rule.has
  }
}

/**
 * Days from today to the next birthday, 0 today. Who was born on 29 February has it on the 28th in other years.
 * @param today days since 1970-01-01
 */
export function daysToBirthday({ day, month }: { day: number; month: number }, today: number): number {
  const now = epoch.add({ days: today })
  const inYear = (year: number) => now.until(Temporal.PlainDate.from({ year, month, day })).days
  const thisYear = inYear(now.year)
  return thisYear >= 0 ? thisYear : inYear(now.year + 1)
}

const epoch = Temporal.PlainDate.from('1970-01-01')

const within = (number: number, { from = -Infinity, to = Infinity }: Range): boolean =>
  number >= from && number <= to

/** All that was answered there: one value, several chosen ones, or those of a grid's rows. */
function given(
  { answers }: ClientFacts,
  { question, row }: { question: string; row?: string },
): readonly Given[] {
  const value = answers[question]?.value
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return row === undefined ? [value] : []
  if (Array.isArray(value)) return row === undefined ? value : []
  const rows: Readonly<Record<string, Given | undefined>> = { ...value }
  return row === undefined ? Object.values(value) : [rows[row] ?? null]
}

type Given = RowValue | boolean

const named = (value: Given): string =>
  value === true ? 'yes' : value === false ? 'no' : String(value ?? '')
