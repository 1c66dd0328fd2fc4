import type { ChatAddress } from '../domain/known.ts'
import type { NewPrompt, PromptKind } from '../domain/prompt.ts'
import { promptKinds } from '../domain/prompt.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

/** A message on our side as the job needs it. */
export interface WaitingPrompt {
  id: string
  kind: PromptKind
  about: number
  number: number
  /** Epoch milliseconds. */
  dueAt: number
  /** visit: the line that the client came for; absent when the visit was taken back. */
  line?: string
  /** Chats that can be written to: the preferred one first, then the one used last. */
  chats: ChatAddress[]
}

/** A row that was written or taken back, for the queue. */
export interface PromptDue {
  id: string
  dueAt: number
}

/** What a prompt is before it has ended. */
type PromptState = 'waiting' | 'sending'

/** How a prompt ends. */
export type PromptEnd = 'sent' | 'cancelled' | 'refused' | 'unknown'

export interface PromptStorage {
  /** A prompt that waits; undefined when it is said, under way, or called off. */
  waiting(id: string): Promise<WaitingPrompt | undefined>
  /** Takes it for this process: true for exactly one of all that ask. */
  claim(id: string): Promise<boolean>
  /** Ends one that is as `from` says: claimed by this process, or still waiting. One that somebody else has is left to them. */
  end(id: string, state: PromptEnd, from: PromptState): Promise<void>
  /** It waits, or waits again, until `dueAt` (epoch milliseconds). */
  putOff(id: string, dueAt: number, from: PromptState): Promise<void>
  /** When these are due, for the queue; those that do not wait (any more) are left out. */
  due(ids: readonly string[]): Promise<PromptDue[]>
  /** What is due by `at` (epoch milliseconds), the oldest first. */
  overdue(at: number, limit: number): Promise<string[]>
  /** What somebody claimed before `before` and never ended: nobody knows whether it was said, so it is not said again. */
  closeStuck(before: number): Promise<number>
}

/** Messages that start on our side, on their way. Ids are decimal strings, because jobs carry them as JSON. */
export function createPrompts({
  prisma,
  now = Date.now,
}: {
  prisma: PrismaClient
  now?: () => number
}): PromptStorage {
  const set = async (where: Prisma.PromptWhereInput, data: Prisma.PromptUncheckedUpdateManyInput) =>
    (await prisma.prompt.updateMany({ where, data: { ...data, changedAt: new Date(now()) } })).count
  return {
    async waiting(id) {
      const row = await prisma.prompt.findFirst({
        where: { id: BigInt(id), state: 'waiting' },
        include: { client: { include: { chats: { orderBy: { lastSeenAt: 'desc' } } } } },
      })
      if (!row) return undefined
      const kind = promptKinds.find((one) => one === row.kind)
      if (!kind) return undefined
      const visit = kind === 'visit' ? await prisma.visit.findUnique({ where: { id: row.about } }) : undefined
      return {
        id,
        kind,
        about: Number(row.about),
        number: row.number,
        dueAt: row.dueAt.getTime(),
        ...(visit?.line != null && { line: visit.line }),
        chats: chatsOf(row.client),
      }
    },
    claim: async (id) => (await set({ id: BigInt(id), state: 'waiting' }, { state: 'sending' })) === 1,
    end: async (id, state, from) => void (await set({ id: BigInt(id), state: from }, { state })),
    putOff: async (id, dueAt, from) =>
      void (await set({ id: BigInt(id), state: from }, { state: 'waiting', dueAt: new Date(dueAt) })),
    async due(ids) {
      const rows = await prisma.prompt.findMany({
        where: { id: { in: ids.map(BigInt) }, state: 'waiting' },
        select: { id: true, dueAt: true },
      })
      return rows.map((row) => ({ id: String(row.id), dueAt: row.dueAt.getTime() }))
    },
    async overdue(at, limit) {
      const rows = await prisma.prompt.findMany({
        where: { state: 'waiting', dueAt: { lte: new Date(at) } },
        select: { id: true },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: limit,
      })
      return rows.map((row) => String(row.id))
    },
    closeStuck: (before) =>
      set({ state: 'sending', changedAt: { lt: new Date(before) } }, { state: 'unknown' }),
  }
}

/**
 * Writes a prompt down, once. One that was called off before it was said waits again.
 * @returns it, or undefined when the same one waits already, or was said
 */
export async function writePrompt(
  tx: Prisma.TransactionClient,
  { clientId, at }: { clientId: bigint; at: Date },
  { kind, about, number, source, dueAt }: NewPrompt,
): Promise<PromptDue | undefined> {
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO "Prompt" ("clientId", kind, about, number, source, "dueAt", "changedAt", "createdAt")
    VALUES (${clientId}, ${kind}, ${about}, ${number}, ${source}, ${new Date(dueAt)}, ${at}, ${at})
    ON CONFLICT ("clientId", kind, about, number) DO UPDATE
    SET state = 'waiting', source = excluded.source, "dueAt" = excluded."dueAt", "changedAt" = excluded."changedAt"
    WHERE "Prompt".state = 'cancelled' RETURNING id`
  return row && { id: String(row.id), dueAt }
}

/** Calls off what still waits to be said about a run of the survey. @returns the ids, for the queue */
export async function endPrompts(
  tx: Prisma.TransactionClient,
  { clientId, at }: { clientId: bigint; at: Date },
  run: number,
): Promise<string[]> {
  const rows = await tx.prompt.updateManyAndReturn({
    where: { clientId, kind: { in: ['invite', 'remind'] }, about: run, state: 'waiting' },
    data: { state: 'cancelled', changedAt: at },
    select: { id: true },
  })
  return rows.map((row) => String(row.id))
}

function chatsOf(client: Prisma.ClientGetPayload<{ include: { chats: true } }>): ChatAddress[] {
  const reachable = client.chats.filter((chat) => chat.reachable)
  const preferred = (chat: { platform: string }) => Number(chat.platform === client.preferredPlatform)
  return reachable
    .toSorted((a, b) => preferred(b) - preferred(a))
    .map((chat) => ({ platform: chat.platform, externalId: Number(chat.externalId) }))
}
