import type pg from 'pg'
import type { Client } from '../domain/client.ts'
import type { ChatAddress, Coupon, Fact, Known, PersonalData } from '../domain/known.ts'
import { loadChat } from './chat-rows.ts'
import type { Loaded, Query } from './chat-rows.ts'
import { commitFacts, createChat, isWide } from './commit-facts.ts'
import type { Committed } from './commit-facts.ts'
import { ownCoupons } from './coupons.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Ledger } from './ledger.ts'
import type { Chance } from './linking.ts'
import { readPersonalData } from './personal-data.ts'
import { createTurnBatches } from './turn-batches.ts'

export type { Loaded } from './chat-rows.ts'
export type { Committed } from './commit-facts.ts'

export interface ConversationStore {
  /** Loads a chat; undefined when it was never seen. */
  load(chat: ChatAddress): Promise<Loaded | undefined>
  /** Makes the rows of a chat seen for the first time at `at`, epoch milliseconds. */
  create(loaded: Loaded, at: number): Promise<void>
  /** When an update was taken (epoch milliseconds); undefined when it was not. */
  takenAt(key: string): Promise<number | undefined>
  /** Commits a decided turn: everything, or nothing when the state was outdated or the update repeated. */
  commit(turn: {
    key: string
    loaded: Loaded
    after: Known
    facts: readonly Fact[]
    at: number
  }): Promise<Committed>
  /** Everything that is kept about the person of a chat. */
  personalData(clientId: string): Promise<PersonalData>
  /** What the platform's open profile says; only with consent, and only what is not known yet. */
  learnProfile(chat: ChatAddress, profile: Profile): Promise<void>
  /** The person's gifts, the newest first. */
  coupons(clientId: string): Promise<Coupon[]>
  markUnreachable(chat: ChatAddress): Promise<void>
}

export interface Profile extends Pick<Client, 'sex' | 'city' | 'birthday'> {
  firstName?: string
}

export interface ConversationStoreOptions {
  pool: pg.Pool
  prisma: PrismaClient
  ledger: Ledger
  /** This life of this process, as `openRun` counted it. */
  runId: number
  chance: Chance
}

/** What the conversations stand on in the database. */
export function createConversationStore({
  pool,
  prisma,
  ledger,
  runId,
  chance,
}: ConversationStoreOptions): ConversationStore {
  const query: Query = async (name, text, values) =>
    (await pool.query<Record<string, unknown>>({ name, text, values })).rows
  const batches = createTurnBatches(query)
  return {
    load: (chat) => loadChat(query, chat),
    create: (loaded, at) => createChat(prisma, loaded, at),
    takenAt: async (key) => (await prisma.seenUpdate.findUnique({ where: { key } }))?.at.getTime(),
    async commit({ key, loaded, after, facts, at }) {
      if (!loaded.row) throw new Error('a chat is created before its first turn is committed')
      const turn = { key, runId, row: loaded.row, before: loaded.known, after, facts, at }
      if (isWide(facts)) return commitFacts(prisma, ledger, turn, chance)
      return { taken: await batches.commit(turn), notices: [], prompts: [], calledOff: [], moved: false }
    },
    personalData: (clientId) => readPersonalData(prisma, clientId),
    coupons: (clientId) => ownCoupons(prisma, BigInt(clientId)),
    learnProfile: (chat, profile) => learnProfile(prisma, chat, profile),
    async markUnreachable({ platform, externalId }) {
      const where = { platform_externalId: { platform, externalId: BigInt(externalId) } }
      const chat = await prisma.chat.findUnique({ where })
      if (!chat?.reachable) return
      await prisma.chat.update({
        where,
        data: { reachable: false, client: { update: { version: { increment: 1 } } } },
      })
    },
  }
}

async function learnProfile(
  prisma: PrismaClient,
  { platform, externalId }: ChatAddress,
  profile: Profile,
): Promise<void> {
  const where = { platform_externalId: { platform, externalId: BigInt(externalId) } }
  await prisma.$transaction(async (tx) => {
    const chat = await tx.chat.findUnique({ where, include: { client: true } })
    if (!chat || chat.client.personalDataConsentAt === null) return
    const { client } = chat
    const { birthday } = profile
    await tx.chat.update({ where, data: { profileName: chat.profileName ?? profile.firstName ?? null } })
    await tx.client.update({
      where: { id: client.id },
      data: {
        version: { increment: 1 },
        sex: client.sex ?? profile.sex ?? null,
        city: client.city ?? profile.city ?? null,
        ...(birthday && client.birthDay === null
          ? { birthDay: birthday.day, birthMonth: birthday.month, birthYear: birthday.year ?? null }
          : {}),
      },
    })
  })
}
