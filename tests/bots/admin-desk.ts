/** Clients for the chats of the admin bot: with a chat that can be written to, and what they have said. */
import type { Prisma } from '../../src/storage/generated/client.ts'
import { nowMs, type Stage } from './admin-chat.ts'

export const dayMs = 24 * 60 * 60 * 1000
const daysAgo = (days: number): Date => new Date(nowMs - days * dayMs)

let chats = 9000

/** Somebody who has consented and can be written to in Telegram; came ten days ago. @returns the client's id */
export async function addClient(
  { database }: Stage,
  data: Omit<Prisma.ClientCreateInput, 'chats'>,
  reachable = true,
): Promise<number> {
  const at = daysAgo(10)
  const address = { platform: 'telegram' as const, externalId: (chats += 1) }
  const chat = { ...address, language: 'ru', reachable, lastSeenAt: at }
  const row = { createdAt: at, personalDataConsentAt: at, onboardedAt: at, ...data, chats: { create: chat } }
  return Number((await database.prisma.client.create({ data: row })).id)
}

/** A walk of this client, begun and changed so many days ago. */
export async function addWalk(
  { database }: Stage,
  clientId: number,
  walk: { name: string; days: number; run?: number; status?: string; answers?: object },
): Promise<void> {
  const { name, days, run = 1, status = 'finished', answers = {} } = walk
  const at = { startedAt: daysAgo(days), changedAt: daysAgo(days) }
  await database.prisma.dialogue.create({
    data: { clientId, name, run, version: 1, status, answers, ...at },
  })
}

const scale = { from: 1, to: 10 }

/** A survey in which these lines got these scores. */
export const surveyOf = (scores: Record<string, number | null>, words?: string): object => ({
  recommend: { value: scores, scale },
  ...(words !== undefined && { suggestions: { value: words } }),
})

/** The short form after a visit. */
export const visitOf = (line: string, score: number, why?: string | string[]): object => ({
  line: { value: line },
  recommend: { value: score, scale },
  ...(why !== undefined && { why: { value: why } }),
})

/** An unhappy client: a finished walk, and the follow-up about it. @returns the follow-up's id */
export async function addUnhappy(
  stage: Stage,
  clientId: number,
  {
    name = 'survey',
    days = 1,
    answers,
    callWanted,
  }: {
    name?: string
    days?: number
    answers: object
    callWanted?: boolean
  },
): Promise<number> {
  await addWalk(stage, clientId, { name, days, answers })
  const row = { clientId, dialogue: name, run: 1, createdAt: daysAgo(days), callWanted: callWanted ?? null }
  return Number((await stage.database.prisma.followUp.create({ data: row })).id)
}
