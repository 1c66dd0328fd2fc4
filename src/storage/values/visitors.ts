/** Whose visits have to be looked at again, and what they add up to now. */
import type pg from 'pg'
import type { ZoneDays } from '../../domain/value/zone-days.ts'
import { createVisitTally, type Totals } from '../../domain/value/visit-tally.ts'
import { copyOut } from '../copy-out.ts'

/** In the transaction there is a table `stale` of them: number (from 0) and clientId. */
export interface Visitors {
  /** Client ids by number. */
  ids: Float64Array
}

export interface WhichVisitors {
  /** Everybody: nothing is known yet, or days are counted otherwise now. */
  everybody: boolean
  /** Visits from this instant on are of those that the last recompute took for the future, and `until` the next one does. */
  from: number
  until: number
}

/**
 * Takes the notes of whose visits have changed. They are gone when the transaction is through, and only then: a note that comes
 * later stays for the next time, even when its visit was seen already.
 */
export async function takeVisitors(
  client: pg.ClientBase,
  { everybody, from, until }: WhichVisitors,
): Promise<Visitors> {
  await client.query(
    'CREATE TEMP TABLE stale (number int NOT NULL, "clientId" bigint PRIMARY KEY) ON COMMIT DROP',
  )
  const { rowCount } = await client.query(
    `WITH notes AS (DELETE FROM "StaleVisitor" RETURNING "clientId"),
          found AS (SELECT "clientId" FROM notes
                    UNION SELECT "clientId" FROM "Visit" WHERE $1 OR (at >= $2 AND at < $3))
     INSERT INTO stale SELECT row_number() OVER () - 1, "clientId" FROM found`,
    [everybody, new Date(from), new Date(until)],
  )
  await client.query('ANALYZE stale')
  const ids = new Float64Array(rowCount ?? 0)
  await copyOut(client, 'SELECT number, "clientId" FROM stale', (row) => {
    ids[row.int4()] = row.int8()
  })
  return { ids }
}

/** Totals of the visitors, overall (line "") and in each line that one of them came for; `client` is their number. */
export type FreshTotals = Map<string, Totals>

/** More different lines than that are no lines, but a mistake of the books: what is beyond counts overall only. */
const mostLines = 127

/**
 * @param asOf the last day that counts
 * @param realOnly leaves out the clients that were invented
 */
export async function totalsOfVisitors(
  client: pg.ClientBase,
  { asOf, days, realOnly }: { asOf: number; days: ZoneDays; realOnly: boolean },
): Promise<FreshTotals> {
  const lines = new Map<string, number>()
  const numberOf = (line: string | undefined): number => {
    if (line === undefined) return -1
    const known = lines.get(line)
    if (known !== undefined || lines.size === mostLines) return known ?? -1
    lines.set(line, lines.size)
    return lines.size - 1
  }
  const tally = createVisitTally()
  const invented = realOnly ? 'JOIN "Client" c ON c.id = s."clientId" AND NOT c.demo' : ''
  await copyOut(
    client,
    `SELECT s.number, v.at, COALESCE(v.kopecks, 0), NULLIF(v.line, '')
     FROM stale s ${invented} JOIN "Visit" v ON v."clientId" = s."clientId"`,
    (row) => {
      const [number, day, kopecks] = [row.int4(), days.dayOf(row.instant()), row.int8()]
      if (day <= asOf) tally.add(number, numberOf(row.text()), day, kopecks)
    },
  )
  const totals = tally.totals()
  const fresh: FreshTotals = new Map([['', totals.overall]])
  for (const [line, number] of lines) {
    const own = totals.lines[number]
    if (own !== undefined) fresh.set(line, own)
  }
  return fresh
}
