import type pg from 'pg'
import { countsOf, type RfmScheme } from '../../domain/value/rfm.ts'
import type { Regrouped } from '../../domain/value/regroup.ts'
import type { Group } from './groups.ts'

/** So many rows in one statement. */
const rowsAtOnce = 20_000

/**
 * Writes what has changed in a line: totals with their codes, codes alone, and who is gone. A client who was forgotten meanwhile
 * is passed over.
 * @param everyCode whether all codes are written: the segments of codes have changed
 * @returns how many rows were written
 */
export async function writeGroup(
  client: pg.ClientBase,
  {
    group,
    code,
    scheme,
    everyCode,
  }: { group: Group; code: Uint8Array; scheme: RfmScheme; everyCode: boolean },
): Promise<number> {
  const { line, ids, totals, before, changed, gone } = group
  const [whole, recoded]: [number[], number[]] = [[], []]
  code.forEach((place, row) => {
    if (changed[row] === 1) whole.push(row)
    else if (everyCode || place !== before[row]) recoded.push(row)
  })
  const codes = (rows: readonly number[]) => rows.map((row) => scheme.codes[code[row] as number])
  const segments = (rows: readonly number[]) => rows.map((row) => scheme.segmentOf[code[row] as number])
  const of = (column: ArrayLike<number>, rows: readonly number[]) => rows.map((row) => column[row])
  await inChunks(whole, (rows) =>
    client.query(upsert, [
      line,
      of(ids, rows),
      of(totals.firstDay, rows),
      of(totals.lastDay, rows),
      of(totals.visits, rows),
      of(totals.kopecks, rows),
      of(totals.firstDayKopecks, rows),
      codes(rows),
      segments(rows),
    ]),
  )
  await inChunks(recoded, (rows) =>
    client.query(
      `UPDATE "ClientValue" v SET code = n.code, segment = n.segment
       FROM unnest($2::bigint[], $3::text[], $4::text[]) AS n(id, code, segment) WHERE v."clientId" = n.id AND v.line = $1`,
      [line, of(ids, rows), codes(rows), segments(rows)],
    ),
  )
  await inChunks(gone, (rows) =>
    client.query('DELETE FROM "ClientValue" WHERE line = $1 AND "clientId" = ANY($2::bigint[])', [
      line,
      rows,
    ]),
  )
  return whole.length + recoded.length + gone.length
}

const upsert = `
  INSERT INTO "ClientValue" ("clientId", line, "firstDay", "lastDay", visits, kopecks, "firstDayKopecks", code, segment)
  SELECT n.id, $1, n.first, n.last, n.visits, n.kopecks, n."firstKopecks", n.code, n.segment
  FROM unnest($2::bigint[], $3::int[], $4::int[], $5::int[], $6::bigint[], $7::bigint[], $8::text[], $9::text[])
    AS n(id, first, last, visits, kopecks, "firstKopecks", code, segment)
  JOIN "Client" c ON c.id = n.id
  ON CONFLICT ("clientId", line) DO UPDATE SET
    "firstDay" = excluded."firstDay", "lastDay" = excluded."lastDay", visits = excluded.visits, kopecks = excluded.kopecks,
    "firstDayKopecks" = excluded."firstDayKopecks", code = excluded.code, segment = excluded.segment`

/**
 * Where clients have moved on that day: one row for each client and line, from where they were before the day to where they are
 * now. Who is back is in none.
 */
export async function writeMoves(
  client: pg.ClientBase,
  { group, moves, scheme, day }: Pick<Regrouped, 'moves'> & { group: Group; scheme: RfmScheme; day: number },
): Promise<void> {
  await inChunks(moves, async (some) => {
    const ids = some.map(({ row }) => group.ids[row] as number)
    const earlier = await client.query<{
      clientId: string
      from: string | null
      fromCode: string | null
      reason: string
    }>(
      `DELETE FROM "SegmentMove" WHERE "clientId" = ANY($1::bigint[]) AND day = $2 AND line = $3
       RETURNING "clientId", "from", "fromCode", reason`,
      [ids, day, group.line],
    )
    const known = new Map(earlier.rows.map((row) => [Number(row.clientId), row]))
    const rows = some.flatMap(({ from, to, reason }, index) => {
      const before = known.get(ids[index] as number)
      const began = before ?? {
        from: from === undefined ? null : scheme.segmentOf[from],
        fromCode: from === undefined ? null : scheme.codes[from],
      }
      const now = { to: scheme.segmentOf[to], toCode: scheme.codes[to] }
      const why = before?.reason === 'came' ? 'came' : reason
      return began.from === now.to ? [] : [{ id: ids[index], ...began, ...now, reason: why }]
    })
    await client.query(
      `INSERT INTO "SegmentMove" ("clientId", line, day, "from", "fromCode", "to", "toCode", reason)
       SELECT n.id, $1, $2, n."from", n."fromCode", n."to", n."toCode", n.reason
       FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
         AS n(id, "from", "fromCode", "to", "toCode", reason) JOIN "Client" c ON c.id = n.id`,
      [
        group.line,
        day,
        rows.map((row) => row.id),
        rows.map((row) => row.from),
        rows.map((row) => row.fromCode),
        rows.map((row) => row.to),
        rows.map((row) => row.toCode),
        rows.map((row) => row.reason),
      ],
    )
  })
}

/** How many are in each segment, and what they have paid. */
export async function writeCounts(
  client: pg.ClientBase,
  { group, code, scheme, day }: { group: Group; code: Uint8Array; scheme: RfmScheme; day: number },
): Promise<void> {
  const { segments } = countsOf({ code, scheme })
  const kopecks = new Map<string, number>()
  code.forEach((place, row) => {
    const segment = scheme.segmentOf[place] ?? ''
    kopecks.set(segment, (kopecks.get(segment) ?? 0) + (group.totals.kopecks[row] as number))
  })
  const names = scheme.segments
  await client.query(
    `INSERT INTO "SegmentCount" (day, line, scheme, segment, clients, kopecks)
     SELECT $1, $2, $3, * FROM unnest($4::text[], $5::int[], $6::bigint[])
     ON CONFLICT (day, line, scheme, segment) DO UPDATE SET clients = excluded.clients, kopecks = excluded.kopecks`,
    [
      day,
      group.line,
      scheme.id,
      names,
      names.map((name) => segments[name] ?? 0),
      names.map((name) => kopecks.get(name) ?? 0),
    ],
  )
}

/** Daily counts are kept for so long; of what is older, the last day of each month. */
const dailyCountsDays = 60
const movesDays = 400

/** Takes away counts and moves that nobody looks at any more. */
export async function thinHistory(client: pg.ClientBase, day: number): Promise<void> {
  await client.query(
    `DELETE FROM "SegmentCount" WHERE day IN (
       SELECT day FROM (SELECT day, row_number() OVER (PARTITION BY date_trunc('month', DATE '1970-01-01' + day) ORDER BY day DESC)
         FROM (SELECT DISTINCT day FROM "SegmentCount" WHERE day < $1) AS days) AS ranked WHERE row_number > 1)`,
    [day - dailyCountsDays],
  )
  await client.query('DELETE FROM "SegmentMove" WHERE day < $1', [day - movesDays])
}

export async function inChunks<Item>(
  items: readonly Item[],
  write: (some: readonly Item[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < items.length; at += rowsAtOnce) await write(items.slice(at, at + rowsAtOnce))
}
