import type pg from 'pg'
import type { EarlyWarning } from '../../domain/value/early-warning.ts'
import { inChunks } from './write-group.ts'

/**
 * Puts the warnings of today in the place of the last ones. One that goes on keeps the day since when it stands, whatever kind it
 * has become.
 * @param ids client ids by the warnings' rows
 */
export async function writeWarnings(
  client: pg.ClientBase,
  { warnings, ids, day }: { warnings: readonly EarlyWarning[]; ids: ArrayLike<number>; day: number },
): Promise<void> {
  await client.query('CREATE TEMP TABLE warned ("clientId" bigint PRIMARY KEY) ON COMMIT DROP')
  await inChunks(warnings, async (some) => {
    const clients = some.map(({ row }) => ids[row])
    await client.query('INSERT INTO warned SELECT unnest($1::bigint[])', [clients])
    await client.query(upsert, [
      day,
      clients,
      some.map(({ kind }) => kind),
      some.map(({ alive }) => alive?.before ?? null),
      some.map(({ alive }) => alive?.now ?? null),
      some.map(({ usualDays }) => usualDays ?? null),
      some.map(({ daysAway }) => daysAway),
      some.map(({ atStakeKopecks }) => Math.round(atStakeKopecks)),
    ])
  })
  await client.query(
    'DELETE FROM "EarlyWarning" e WHERE NOT EXISTS (SELECT FROM warned w WHERE w."clientId" = e."clientId")',
  )
}

const upsert = `
  INSERT INTO "EarlyWarning" ("clientId", kind, "aliveBefore", "aliveNow", "usualDays", "daysAway", "atStakeKopecks", since)
  SELECT n.id, n.kind, n.before, n.now, n.usual, n.away, n.stake, $1
  FROM unnest($2::bigint[], $3::text[], $4::float8[], $5::float8[], $6::float8[], $7::int[], $8::bigint[])
    AS n(id, kind, before, now, usual, away, stake) JOIN "Client" c ON c.id = n.id
  ON CONFLICT ("clientId") DO UPDATE SET
    kind = excluded.kind, "aliveBefore" = excluded."aliveBefore", "aliveNow" = excluded."aliveNow",
    "usualDays" = excluded."usualDays", "daysAway" = excluded."daysAway", "atStakeKopecks" = excluded."atStakeKopecks"`
