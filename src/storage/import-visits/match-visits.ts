import type pg from 'pg'
import type { VisitRecord } from '../../domain/visit-file/visit-record.ts'
import { findVisits } from './find-visits.ts'
import { openVisitBook } from './visit-book.ts'
import type { BookVisit } from './visit-book.ts'
import { Overtaken } from './overtaken.ts'

export interface Tally {
  added: number
  updated: number
  /** Were there already, just so. */
  unchanged: number
  /** Were about a visit that another of these records is about, too. */
  repeated: number
}

/**
 * Writes the visits that are new, and those of which the records know more, or better; by the rules that `writeVisits` states.
 * @param owners the client's id, for each record
 * @throws Overtaken
 */
export async function matchVisits(
  client: pg.ClientBase,
  records: readonly VisitRecord[],
  owners: readonly string[],
  { importId, timeZone, now }: { importId: number; timeZone: string; now: number },
): Promise<Tally> {
  const book = openVisitBook(await findVisits(client, records, owners), timeZone)
  const meant = new Set<BookVisit>()
  for (const [index, record] of records.entries()) meant.add(book.enter(record, owners[index] ?? ''))
  const added = [...meant].filter(({ id }) => id === undefined)
  const updated = [...meant].filter(({ id, changed }) => id !== undefined && changed)
  // Who gets a number makes room for a row without one.
  await updateVisits(client, updated, importId)
  await addVisits(client, added, importId, now)
  return {
    added: added.length,
    updated: updated.length,
    unchanged: meant.size - added.length - updated.length,
    repeated: records.length - meant.size,
  }
}

const columns = `"clientId", "line", "service", "master", "kopecks", "at", "timeKnown", "externalId"`
const types = 'bigint[], text[], text[], text[], bigint[], timestamptz[], boolean[], text[]'
const given = types
  .split(', ')
  .map((type, index) => `$${index + 2}::${type}`)
  .join(', ')

const valuesOf = (visits: readonly BookVisit[]): unknown[] => [
  visits.map(({ clientId }) => clientId),
  visits.map(({ line }) => line),
  visits.map(({ service }) => service),
  visits.map(({ master }) => master),
  visits.map(({ kopecks }) => kopecks),
  visits.map(({ at }) => new Date(at).toISOString()),
  visits.map(({ timeKnown }) => timeKnown),
  visits.map(({ externalId }) => externalId),
]

const addThem = `
INSERT INTO "Visit" (${columns}, "importId", "createdAt")
SELECT ${columns}, $1, $10 FROM unnest(${given}) AS t(${columns})`

async function addVisits(
  client: pg.ClientBase,
  visits: readonly BookVisit[],
  importId: number,
  now: number,
): Promise<void> {
  if (visits.length > 0) await client.query(addThem, [importId, ...valuesOf(visits), new Date(now)])
}

const updateThem = `
UPDATE "Visit" v SET (${columns}, "importId") = ROW(t."clientId", t."line", t."service", t."master", t."kopecks", t."at",
  t."timeKnown", t."externalId", $1::int)
FROM unnest(${given}, $10::bigint[]) AS t(${columns}, "id") WHERE v."id" = t."id"`

async function updateVisits(
  client: pg.ClientBase,
  visits: readonly BookVisit[],
  importId: number,
): Promise<void> {
  if (visits.length === 0) return
  const ids = visits.map(({ id }) => id)
  const { rowCount } = await client.query(updateThem, [importId, ...valuesOf(visits), ids])
  if (rowCount !== visits.length) throw new Overtaken()
}
