import type { DemoSalon } from '../domain/demo-salon.ts'
import type { DemoClient } from '../domain/demo/demo-client.ts'
import {
  bookRow,
  clientRow,
  couponRow,
  followUpRow,
  formerRow,
  promptRow,
  visitRow,
  walkRow,
  walkState,
} from './demo-rows.ts'
import type { Prisma } from './generated/client.ts'

type Transaction = Prisma.TransactionClient

/**
 * Writes what has happened in the demo salon since `since` (epoch milliseconds, -Infinity for all of it), a table at a time.
 * Clients who are there already are known by their phones.
 * @param drawCode a new coupon code (`couponCode`)
 */
export async function writeDemo(
  tx: Transaction,
  { clients, former }: DemoSalon,
  since: number,
  drawCode: () => string,
): Promise<void> {
  const people = await withIds(tx, clients)
  const fresh = people.filter(({ known }) => !known)
  await tx.client.createMany({ data: fresh.map(({ id, client }) => clientRow(id, client)) })
  const visitIds = await writeVisits(tx, people, since)
  const all = <Row>(rows: (person: Person) => Row[]): Row[] => people.flatMap(rows)
  await tx.visit.createMany({
    data: all(({ id, client }) => client.books.filter(({ at }) => at > since).map((row) => bookRow(id, row))),
  })
  await tx.dialogue.createMany({
    data: all(({ id, client }) =>
      client.walks.filter((walk) => walk.startedAt > since).map((walk) => walkRow(id, walk)),
    ),
  })
  await tx.prompt.createMany({
    data: all(({ id, client }) =>
      client.prompts.flatMap((prompt) => {
        const about =
          prompt.kind === 'visit' ? visitIds.get(visitKey(id, client, prompt.about)) : prompt.about
        return prompt.dueAt > since && about !== undefined ? [promptRow(id, BigInt(about), prompt)] : []
      }),
    ),
  })
  await tx.followUp.createMany({
    data: all(({ id, client }) =>
      client.followUps.filter((one) => one.createdAt > since).map((one) => followUpRow(id, one)),
    ),
  })
  await tx.coupon.createMany({
    data: all(({ id, client: { coupon } }) =>
      coupon && coupon.issuedAt > since ? [couponRow(id, drawCode(), coupon)] : [],
    ),
  })
  if (since === -Infinity) await writeFormer(tx, former)
  for (const person of people) if (person.known) await catchUp(tx, person, since)
}

/** All that is known of them was over before the demo begins. */
async function writeFormer(tx: Transaction, former: DemoSalon['former']): Promise<void> {
  const ids = await nextIds(tx, 'Client', former.length)
  const people = former.map((one) => ({ id: drawn(ids), one }))
  await tx.client.createMany({ data: people.map(({ id, one }) => formerRow(id, one)) })
  await tx.visit.createMany({
    data: people.flatMap(({ id, one }) => one.books.map((row) => bookRow(id, row))),
  })
}

interface Person {
  id: bigint
  known: boolean
  client: DemoClient
}

async function withIds(tx: Transaction, clients: readonly DemoClient[]): Promise<Person[]> {
  const rows = await tx.client.findMany({ where: { demo: true }, select: { id: true, phone: true } })
  const known = new Map(rows.map(({ id, phone }) => [phone, id]))
  const ids = await nextIds(tx, 'Client', clients.filter((client) => !known.has(client.phone)).length)
  return clients.map((client) => {
    const id = known.get(client.phone)
    return { id: id ?? drawn(ids), known: id !== undefined, client }
  })
}

/** @returns the ids of all visits of the demo's clients, old and new */
async function writeVisits(
  tx: Transaction,
  people: readonly Person[],
  since: number,
): Promise<Map<string, bigint>> {
  const old = await tx.visit.findMany({
    where: { clientId: { in: people.filter(({ known }) => known).map(({ id }) => id) } },
  })
  const visits = people.flatMap(({ id: clientId, client }) =>
    client.visits.filter((visit) => visit.at > since).map((visit) => ({ clientId, visit })),
  )
  const ids = await nextIds(tx, 'Visit', visits.length)
  const rows = visits.map(({ clientId, visit }) => visitRow(drawn(ids), clientId, visit))
  await tx.visit.createMany({ data: rows })
  const key = ({
    clientId,
    line,
    at,
  }: {
    clientId: bigint | number
    line?: string | null
    at: Date | string
  }) => keyOf(clientId, line ?? '', new Date(at).getTime())
  return new Map([...old, ...rows].map((row) => [key(row), BigInt(row.id ?? 0)]))
}

const keyOf = (clientId: bigint | number, line: string, at: number) => `${clientId} ${line} ${at}`

function visitKey(clientId: bigint, { visits }: DemoClient, index: number): string {
  const visit = visits[index]
  return visit ? keyOf(clientId, visit.line, visit.at) : ''
}

/** What was under way has gone on: walks, follow-ups and coupons of a client who was there before. */
async function catchUp(tx: Transaction, { id: clientId, client }: Person, since: number): Promise<void> {
  const { walks, followUps, coupon } = client
  for (const walk of walks) {
    const { name, run, startedAt, changedAt } = walk
    const where = { clientId_name_run: { clientId, name, run } }
    if (startedAt <= since && changedAt > since) await tx.dialogue.update({ where, data: walkState(walk) })
  }
  for (const { dialogue, run, createdAt, callWanted, handledAt = since } of followUps) {
    const where = { clientId, dialogue, run, handledAt: null }
    const data = { ...(callWanted !== undefined && { callWanted }), handledAt: new Date(handledAt) }
    if (createdAt <= since && handledAt > since) await tx.followUp.updateMany({ where, data })
  }
  if (coupon?.redeemedAt === undefined || coupon.issuedAt > since || coupon.redeemedAt <= since) return
  await tx.coupon.updateMany({
    where: { clientId, reward: 'survey', redeemedAt: null },
    data: { redeemedAt: new Date(coupon.redeemedAt) },
  })
}

/** So many new ids of a table, so that rows can point to each other before they are written. */
async function nextIds(tx: Transaction, table: 'Client' | 'Visit', count: number): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT nextval(pg_get_serial_sequence(${`"${table}"`}, 'id')) AS id FROM generate_series(1, ${count}::int)`
  return rows.map((row) => row.id)
}

function drawn(ids: bigint[]): bigint {
  const id = ids.shift()
  if (id === undefined) throw new Error('more rows than ids were drawn for')
  return id
}
