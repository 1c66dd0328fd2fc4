import { feedbackOf, type Feedback } from '../domain/feedback.ts'
import type { ClientChat } from './clients.ts'
import { firstTime } from './first-time.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { toResponse } from './survey-response.ts'
import { shownName } from './shown-name.ts'

type Transaction = Prisma.TransactionClient

/** An unhappy client whom somebody of the salon must speak to, with what they said. */
export interface FollowUp extends Feedback {
  id: number
  client: FollowUpClient
  createdAt: Date
  /** The answer to "may we call you about it?"; absent: not answered. */
  callWanted?: boolean
  /** `by` is a name; absent when that person is not among the staff any more. */
  handled?: { at: Date; by?: string }
}

export interface FollowUpClient {
  id: number
  name?: string
  /** Invented by `demo-data`: there is nobody to call. */
  demo?: true
  phone?: string
  phoneConfirmed: boolean
  chats: ClientChat[]
}

export interface FollowUpPage {
  /** How many wait on all pages together. */
  total: number
  followUps: FollowUp[]
}

/** How fast an unhappy client was answered: what the digest tells. */
export interface FollowUpTimes {
  clientId: number
  createdAt: Date
  callWanted?: boolean
  handledAt?: Date
}

export type Handled =
  | { ok: true; followUp: FollowUp }
  | { ok: false; reason: 'gone' }
  /** `handled`: somebody was quicker. `repeated`: the same press again. */
  | { ok: false; reason: 'handled' | 'repeated'; followUp: FollowUp }

export interface FollowUpStorage {
  /** How many wait. */
  count(): Promise<number>
  /** Who wants a call first, then who has waited longest. */
  waiting(wish: { offset: number; limit: number }): Promise<FollowUpPage>
  byId(id: number): Promise<FollowUp | undefined>
  /** Those of one client that wait, the newest first. */
  ofClient(clientId: number): Promise<FollowUp[]>
  /** Marks as handled, once: of two at once exactly one is told that it was them. @param wish.by staff id */
  handle(wish: { id: number; by: number; updateKey: string }): Promise<Handled>
  /** All that were opened from `from` on and before `until`, the oldest first. */
  all(period: { from: Date; until: Date }): Promise<FollowUpTimes[]>
}

interface WalkKey {
  clientId: bigint
  /** survey, visit */
  dialogue: string
  run: number
}

/** Notes that a client was unhappy in this walk. Noted before: nothing changes. @returns its id */
export async function openFollowUp(
  tx: Transaction,
  { at, ...walk }: WalkKey & { at: Date },
): Promise<bigint> {
  await tx.followUp.createMany({ data: [{ ...walk, createdAt: at }], skipDuplicates: true })
  const where = { clientId_dialogue_run: walk }
  return (await tx.followUp.findUniqueOrThrow({ where, select: { id: true } })).id
}

/**
 * Keeps the answer to "may we call you about it?". Whoever asks for a call after somebody thought it was dealt with waits again.
 * @returns the follow-up's id; undefined when the walk has none
 */
export async function answerFollowUp(
  tx: Transaction,
  { clientId, dialogue, run, callWanted }: WalkKey & { callWanted: boolean },
): Promise<bigint | undefined> {
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE "FollowUp" SET "callWanted" = ${callWanted},
      "handledAt" = CASE WHEN ${callWanted} AND "callWanted" IS NOT TRUE THEN NULL ELSE "handledAt" END,
      "handledBy" = CASE WHEN ${callWanted} AND "callWanted" IS NOT TRUE THEN NULL ELSE "handledBy" END
    WHERE "clientId" = ${clientId} AND "dialogue" = ${dialogue} AND "run" = ${run} RETURNING id`
  return row?.id
}

/** Unhappy clients. @param now epoch milliseconds */
export function createFollowUps({
  prisma,
  now = Date.now,
}: {
  prisma: PrismaClient
  now?: () => number
}): FollowUpStorage {
  const count = (): Promise<number> => prisma.followUp.count({ where: { handledAt: null } })
  const byId = async (id: number): Promise<FollowUp | undefined> => (await read(prisma, { id }))[0]

  return {
    count,
    byId,
    async waiting({ offset, limit }) {
      const ids = await prisma.$queryRaw<{ id: bigint }[]>`
        SELECT id FROM "FollowUp" WHERE "handledAt" IS NULL
        ORDER BY "callWanted" IS TRUE DESC, "createdAt", id OFFSET ${offset} LIMIT ${limit}`
      const [total, found] = await Promise.all([
        count(),
        read(prisma, { id: { in: ids.map((row) => row.id) } }),
      ])
      const inOrder = ids.flatMap(({ id }) => found.find((one) => one.id === Number(id)) ?? [])
      return { total, followUps: inOrder }
    },
    ofClient: (clientId) => read(prisma, { clientId, handledAt: null }),
    async handle({ id, by, updateKey }) {
      const done = await prisma.$transaction(async (tx) => {
        if (!(await firstTime(tx, updateKey))) return 'repeated'
        const handled = { handledAt: new Date(now()), handledBy: by }
        const { count: changed } = await tx.followUp.updateMany({
          where: { id, handledAt: null },
          data: handled,
        })
        return changed === 1 ? 'done' : 'handled'
      })
      const followUp = await byId(id)
      if (!followUp) return { ok: false, reason: 'gone' }
      return done === 'done' ? { ok: true, followUp } : { ok: false, reason: done, followUp }
    },
    async all({ from, until }) {
      const rows = await prisma.followUp.findMany({
        where: { createdAt: { gte: from, lt: until } },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map(toTimes)
    },
  }
}

const withPeople = { client: { include: { chats: true } }, handler: { select: { name: true } } } as const
type Row = Prisma.FollowUpGetPayload<{ include: typeof withPeople }>

/** Newest first, with what was said in the walks. */
async function read(prisma: PrismaClient, where: Prisma.FollowUpWhereInput): Promise<FollowUp[]> {
  const rows = await prisma.followUp.findMany({ where, orderBy: { id: 'desc' }, include: withPeople })
  const keys = rows.map(({ clientId, dialogue: name, run }) => ({ clientId, name, run }))
  const walks = await prisma.dialogue.findMany({ where: { OR: keys } })
  return rows.map((row) => {
    const walk = walks.find(
      (one) => one.clientId === row.clientId && one.name === row.dialogue && one.run === row.run,
    )
    return toFollowUp(row, walk ? feedbackOf(toResponse(walk)) : { scores: [], reasons: [] })
  })
}

function toFollowUp(row: Row, feedback: Feedback): FollowUp {
  const { callWanted, handledAt, handler } = row
  return {
    id: Number(row.id),
    client: toClient(row.client),
    createdAt: row.createdAt,
    ...feedback,
    ...(callWanted !== null && { callWanted }),
    ...(handledAt && { handled: { at: handledAt, ...(handler && { by: handler.name }) } }),
  }
}

function toClient(row: Row['client']): FollowUpClient {
  const phone = row.confirmedPhone ?? row.phone
  return {
    id: Number(row.id),
    ...shownName(row),
    ...(row.demo && { demo: true }),
    ...(phone !== null && { phone }),
    phoneConfirmed: row.confirmedPhone !== null,
    chats: row.chats.map(({ platform, externalId, reachable }) => ({
      platform,
      externalId: Number(externalId),
      reachable,
    })),
  }
}

function toTimes(row: Prisma.FollowUpGetPayload<object>): FollowUpTimes {
  const { clientId, createdAt, callWanted, handledAt } = row
  return {
    clientId: Number(clientId),
    createdAt,
    ...(callWanted !== null && { callWanted }),
    ...(handledAt && { handledAt }),
  }
}
