/** What the database can look for, so that not everybody has to be read: the rule itself is `matches` alone. */
import type { Audience, Range } from '../domain/offers/audience.ts'
import { Prisma } from './generated/client.ts'

/**
 * What is certain of each client `c` whom a rule means: wider than the rule or just as wide, never narrower.
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
      return (rule.count.from ?? 0) > 0
        ? hasValue(rule.line ?? '', Prisma.sql`g."visits" >= ${rule.count.from}`)
        : anybody
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
    case 'coupon':
    case 'everyone':
      return anybody
  }
}

/**
 * Whose birthday it is today or within so many days; who was born on 29 February has it on the 28th in other years.
 * @param today days since 1970-01-01
 */
export function bornWithin(withinDays: number, today: number): Prisma.Sql {
  const first = Temporal.PlainDate.from('1970-01-01').add({ days: today })
  const days = Array.from({ length: withinDays + 1 }, (_, days) => first.add({ days }))
  const leap = days.some(({ month, day }) => month === 2 && day === 28) ? [229] : []
  const dates = [...days.map(({ month, day }) => month * 100 + day), ...leap]
  return Prisma.sql`c."birthMonth" * 100 + c."birthDay" = ANY(${dates}::int[])`
}

const anybody = Prisma.sql`true`

const hasSurvey = Prisma.sql`EXISTS (SELECT FROM "Dialogue" d WHERE d."clientId" = c."id" AND d."name" = 'survey')`

const hasValue = (line: string, fits: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM "ClientValue" g WHERE g."clientId" = c."id" AND g."line" = ${line} AND ${fits})`

function withinDays({ from, to }: Range, today: number): Prisma.Sql {
  const ends = [
    ...(from === undefined ? [] : [Prisma.sql`g."lastDay" <= ${today - from}`]),
    ...(to === undefined ? [] : [Prisma.sql`g."lastDay" >= ${today - to}`]),
  ]
  return ends.length === 0 ? anybody : Prisma.join(ends, ' AND ')
}
