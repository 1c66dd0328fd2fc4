/** What the database can look for, so that not everybody has to be read. What a rule means says `matches` alone. */
import type { Audience, Range } from '../domain/offers/audience.ts'
import { Prisma } from './generated/client.ts'

/**
 * What is certain of each client `c` whom a rule means: wider than the rule or just as wide (`isExact`), never narrower.
 * @param today days since 1970-01-01 in the salon's zone
 */
export function amongWhom(rule: Audience, today: number): Prisma.Sql {
  switch (rule.kind) {
    case 'all':
    case 'any': {
      const parts = rule.of.map((one) => amongWhom(one, today))
      return Prisma.sql`(${Prisma.join(parts, rule.kind === 'all' ? ' AND ' : ' OR ')})`
    }
    case 'clients':
      return Prisma.sql`c."id" = ANY(${[...rule.ids]}::bigint[])`
    case 'segment':
      return hasValue(rule.line ?? '', Prisma.sql`g."segment" = ANY(${[...rule.segments]}::text[])`)
    case 'line':
      return Prisma.sql`EXISTS (SELECT FROM "ClientValue" g WHERE g."clientId" = c."id" AND g."line" = ANY(${[...rule.lines]}::text[]))`
    case 'interest':
      return Prisma.sql`c."lines" && ${[...rule.lines]}::text[]`
    case 'lastVisit':
      return hasValue(rule.line ?? '', withinDays(rule.days, today))
    case 'visits':
      return hasVisits(rule.count, rule.line ?? '')
    case 'source':
      return Prisma.sql`(c."heardFrom" = ANY(${[...rule.sources]}::text[]) OR EXISTS (SELECT FROM "Chat" s
        WHERE s."clientId" = c."id" AND s."source" = ANY(${[...rule.sources]}::text[])))`
    case 'birthday':
      return 'month' in rule
        ? Prisma.sql`c."birthMonth" = ${rule.month}`
        : bornWithin(Math.min(rule.withinDays, 365), today)
    case 'sex':
      return Prisma.sql`c."sex" = ${rule.sex}`
    case 'answer':
    case 'score':
      return hasSurvey
    case 'card':
      return rule.has ? hasSurvey : anybody
    case 'not':
      // What is not known of a client is no, and its opposite is yes.
      return isExact(rule.of) ? Prisma.sql`(${amongWhom(rule.of, today)}) IS NOT TRUE` : anybody
    case 'coupon':
    case 'everyone':
      return anybody
  }
}

/** Whether just those are meant of whom `amongWhom` is true: then they need not be read to be counted. */
export function isExact(rule: Audience): boolean {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return rule.of.every(isExact)
    case 'not':
      return isExact(rule.of)
    // The first link counts, and of several surveys the last.
    case 'source':
    case 'answer':
    case 'score':
    case 'card':
    case 'coupon':
      return false
    case 'everyone':
    case 'clients':
    case 'segment':
    case 'line':
    case 'interest':
    case 'lastVisit':
    case 'visits':
    case 'birthday':
    case 'sex':
      return true
  }
}

/**
 * Whose birthday it is today or within so many days; who was born on 29 February has it on the 28th in other years.
 * @param today days since 1970-01-01
 */
export function bornWithin(withinDays: number, today: number): Prisma.Sql {
  const first = Temporal.PlainDate.from('1970-01-01').add({ days: today })
  const days = Array.from({ length: withinDays + 1 }, (_, days) => first.add({ days }))
  const leap = days.some(({ month, day, inLeapYear }) => month === 2 && day === 28 && !inLeapYear)
    ? [229]
    : []
  const dates = [...days.map(({ month, day }) => month * 100 + day), ...leap]
  return Prisma.sql`c."birthMonth" * 100 + c."birthDay" = ANY(${dates}::int[])`
}

const anybody = Prisma.sql`true`

const hasSurvey = Prisma.sql`EXISTS (SELECT FROM "Dialogue" d WHERE d."clientId" = c."id" AND d."name" = 'survey')`

const hasValue = (line: string, fits: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM "ClientValue" g WHERE g."clientId" = c."id" AND g."line" = ${line} AND ${fits})`

/** Whoever never came for a line has no row of it. */
function hasVisits({ from = 0, to }: Range, line: string): Prisma.Sql {
  const most = to === undefined ? anybody : Prisma.sql`g."visits" <= ${to}`
  if (from > 0) return hasValue(line, Prisma.sql`g."visits" >= ${from} AND ${most}`)
  return Prisma.sql`(NOT ${hasValue(line, anybody)} OR ${hasValue(line, most)})`
}

function withinDays({ from, to }: Range, today: number): Prisma.Sql {
  const ends = [
    ...(from === undefined ? [] : [Prisma.sql`g."lastDay" <= ${today - from}`]),
    ...(to === undefined ? [] : [Prisma.sql`g."lastDay" >= ${today - to}`]),
  ]
  return ends.length === 0 ? anybody : Prisma.join(ends, ' AND ')
}
