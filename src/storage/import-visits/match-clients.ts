import type pg from 'pg'
import type { VisitRecord } from '../../domain/visit-file/visit-record.ts'
import { Overtaken } from './overtaken.ts'
import type { RecordProblem } from './record-problem.ts'

/** A client as the books see them. */
interface BookClient {
  /** Absent: not written yet. */
  id?: string
  version: number
  name: string | null
  confirmedPhone: string | null
  bookPhone: string | null
  externalId: string | null
  booked: boolean
  changed: boolean
}

/** Whose visits the records are. */
export interface Owners {
  /** The client's id, for each record. */
  owners: string[]
  notes: RecordProblem[]
}

/**
 * Finds the client of each record, makes those who are not there yet, and fills in what the books know of the others. By the
 * rules that `writeVisits` states.
 * @param now epoch milliseconds
 * @throws Overtaken
 */
export async function matchClients(
  client: pg.ClientBase,
  records: readonly VisitRecord[],
  now: number,
): Promise<Owners> {
  const found = await findClients(client, records)
  const books = openBooks(found)
  const owners = records.map((record) => books.ownerOf(record))
  await fillClients(client, found, now)
  await addClients(client, books.added, now)
  return { owners: owners.map(({ id = '' }) => id), notes: [...books.notes.values()] }
}

/** The found clients, to whom the records add what they know. */
function openBooks(found: readonly BookClient[]) {
  const added: BookClient[] = []
  const numbers = new Map(found.map((one) => [one.externalId, one]))
  const booked = new Map(found.map((one) => [one.bookPhone, one]))
  const confirmed = new Map(found.map((one) => [one.confirmedPhone, one]))
  const notes = new Map<string, RecordProblem>()
  return { added, ownerOf, notes }

  function ownerOf({ row, client: { externalId: number, phone, name } }: VisitRecord): BookClient {
    const byNumber = number === undefined ? undefined : numbers.get(number)
    const byPhone = phone === undefined ? undefined : (confirmed.get(phone) ?? booked.get(phone))
    const owner = byNumber ?? (canBe(byPhone, number) ? byPhone : newClient())
    if (byPhone && byPhone !== owner) note(row, phone, 'phoneOfAnother')
    else if (phone !== undefined && phone !== (owner.bookPhone ?? phone) && phone !== owner.confirmedPhone)
      note(row, phone, 'anotherPhone')
    learn(owner, 'externalId', number, numbers)
    learn(owner, 'bookPhone', byPhone && byPhone !== owner ? undefined : phone, booked)
    learn(owner, 'name', name)
    owner.changed ||= !owner.booked
    owner.booked = true
    return owner
  }

  function newClient(): BookClient {
    const nothing = { name: null, confirmedPhone: null, bookPhone: null, externalId: null }
    const one = { ...nothing, version: 0, booked: false, changed: true }
    added.push(one)
    return one
  }

  /** Once for each phone: the client's other rows say the same. */
  function note(row: number, phone = '', reason: string): void {
    const one = { row, field: 'phone', value: phone, reason: `importBot.note.${reason}` } as const
    if (!notes.has(phone)) notes.set(phone, one)
  }
}

type Known = 'externalId' | 'bookPhone' | 'name'

/** Fills a gap, unless this value is somebody else's. */
function learn(
  one: BookClient,
  what: Known,
  value: string | undefined,
  taken?: Map<string | null, BookClient>,
): void {
  if (value === undefined || one[what] !== null || taken?.has(value)) return
  one[what] = value
  one.changed = true
  taken?.set(value, one)
}

/** Two numbers are two people, even with one phone: mother and daughter. */
const canBe = (one: BookClient | undefined, number: string | undefined): one is BookClient =>
  one !== undefined && (number === undefined || one.externalId === null)

/** Each key leads to one client by an index of its own. */
const findThem = `
SELECT DISTINCT ON (c."id") c."id"::text, c."version", c."name", c."confirmedPhone", c."bookPhone", c."externalId",
  c."bookedAt" IS NOT NULL AS "booked", false AS "changed"
FROM (
  SELECT c."id" FROM unnest($1::text[]) key JOIN "Client" c ON c."externalId" = key
  UNION ALL SELECT c."id" FROM unnest($2::text[]) key JOIN "Client" c ON c."bookPhone" = key
  UNION ALL SELECT c."id" FROM unnest($2::text[]) key JOIN "Client" c ON c."confirmedPhone" = key
) found JOIN "Client" c USING ("id") WHERE NOT c."demo" ORDER BY c."id"`

async function findClients(client: pg.ClientBase, records: readonly VisitRecord[]): Promise<BookClient[]> {
  const keys = (of: (record: VisitRecord) => string | undefined) => [
    ...new Set(records.map(of).filter((key) => key !== undefined)),
  ]
  const { rows } = await client.query<BookClient>(findThem, [
    keys((record) => record.client.externalId),
    keys((record) => record.client.phone),
  ])
  return rows
}

/** Whoever makes the same clients meanwhile is waited for, and then they are found. */
const addThem = `
INSERT INTO "Client" ("name", "bookPhone", "externalId", "bookedAt", "createdAt")
SELECT "name", "bookPhone", "externalId", $1, $1
FROM unnest($2::text[], $3::text[], $4::text[]) AS t("name", "bookPhone", "externalId")
ON CONFLICT DO NOTHING RETURNING "id"::text, "bookPhone", "externalId"`

async function addClients(client: pg.ClientBase, added: readonly BookClient[], now: number): Promise<void> {
  if (added.length === 0) return
  const { rows } = await client.query<BookClient>(addThem, [new Date(now), ...columnsOf(added)])
  if (rows.length < added.length) throw new Overtaken()
  const ids = new Map(rows.map((row) => [keyOf(row), row.id]))
  for (const one of added) one.id = ids.get(keyOf(one)) ?? ''
}

const keyOf = ({ bookPhone, externalId }: Pick<BookClient, 'bookPhone' | 'externalId'>) =>
  externalId === null ? `phone ${bookPhone}` : `number ${externalId}`

const columnsOf = (some: readonly BookClient[]) => [
  some.map(({ name }) => name),
  some.map(({ bookPhone }) => bookPhone),
  some.map(({ externalId }) => externalId),
]

const fillThem = `
UPDATE "Client" c SET "version" = c."version" + 1, "bookedAt" = COALESCE(c."bookedAt", $1),
  "name" = t."name", "bookPhone" = t."bookPhone", "externalId" = t."externalId"
FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) AS t("name", "bookPhone", "externalId", "id")
WHERE c."id" = t."id"`

const lockThem = `
SELECT "id"::text, "version" FROM "Client" WHERE "id" = ANY($1::bigint[]) ORDER BY "id" FOR UPDATE`

/** Taken in the order of their numbers, as whoever takes several does; and only as they were when they were looked at. */
async function fillClients(client: pg.ClientBase, found: readonly BookClient[], now: number): Promise<void> {
  const changed = found.filter((one) => one.changed)
  if (changed.length === 0) return
  const ids = changed.map(({ id }) => id)
  const { rows } = await client.query<BookClient>(lockThem, [ids])
  const versions = new Map(rows.map(({ id, version }) => [id, version]))
  if (changed.some(({ id, version }) => versions.get(id) !== version)) throw new Overtaken()
  await client.query(fillThem, [new Date(now), ...columnsOf(changed), ids])
}
