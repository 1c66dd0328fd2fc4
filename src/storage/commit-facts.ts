/** Turns that do more than answer: consents, notices to the salon, phones and codes, forgetting. One transaction each. */
import type { Fact, Finding } from '../domain/known.ts'
import type { Loaded, Query } from './chat-rows.ts'
import { commitTurn } from './commit-turn.ts'
import type { Taken, TurnRows } from './commit-turn.ts'
import { eraseClient } from './erase.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import type { Ledger } from './ledger.ts'
import { checkCode, givenPhone } from './linking.ts'
import type { Chance } from './linking.ts'
import { endPrompts, writePrompt } from './prompts.ts'
import type { PromptDue } from './prompts.ts'
import { giveReward, noteUnhappy } from './survey-facts.ts'

export type Transaction = Prisma.TransactionClient

export interface Committed {
  taken: Taken
  finding?: Finding
  /** Ids of the notices written, for the job that delivers them. */
  notices: string[]
  /** Messages on our side that were planned, and the ids of those that were called off. */
  prompts: PromptDue[]
  calledOff: string[]
  /** The state must be read again: rows moved to another person, or are gone. */
  moved: boolean
}

/** Whether a turn needs more than the one statement of the hot path. */
export const isWide = (facts: readonly Fact[]): boolean => facts.some((fact) => fact.kind !== 'event')

/** Commits a turn with all its facts, or nothing. */
export function commitFacts(
  prisma: PrismaClient,
  ledger: Ledger,
  turn: TurnRows,
  chance: Chance,
): Promise<Committed> {
  return prisma.$transaction(async (tx) => {
    const taken = await commitTurn(queryIn(tx), turn)
    const result: Committed = { taken, notices: [], prompts: [], calledOff: [], moved: false }
    if (taken !== 'taken') return result
    for (const fact of turn.facts) await commitFact(tx, ledger, turn, fact, chance, result)
    return result
  })
}

async function commitFact(
  tx: Transaction,
  ledger: Ledger,
  turn: TurnRows,
  fact: Fact,
  chance: Chance,
  result: Committed,
): Promise<void> {
  switch (fact.kind) {
    case 'event':
      return
    case 'consent':
      await ledger.record(tx, {
        ...fact,
        clientId: BigInt(turn.row.clientId),
        chat: turn.after.chat,
        at: new Date(turn.at),
      })
      return
    case 'notice': {
      const id = await writeNotice(tx, turn, fact)
      if (id !== undefined) result.notices.push(id)
      return
    }
    case 'unhappy':
    case 'callWanted': {
      const id = await noteUnhappy(tx, turn, fact)
      if (id !== undefined) result.notices.push(id)
      return
    }
    case 'reward':
      result.finding = await giveReward(tx, turn, fact, chance.coupon)
      return
    case 'prompt': {
      const prompt = await writePrompt(tx, whoAndWhen(turn), fact.prompt)
      if (prompt) result.prompts.push(prompt)
      return
    }
    case 'endPrompts':
      result.calledOff.push(...(await endPrompts(tx, whoAndWhen(turn), fact.run)))
      return
    case 'phone':
      return linked(result, await givenPhone(tx, turn, fact, chance))
    case 'code':
      return linked(result, await checkCode(tx, turn, fact.code))
    case 'erase':
      await eraseClient(tx, BigInt(turn.row.clientId))
      result.moved = true
  }
}

const whoAndWhen = ({ row, at }: TurnRows) => ({ clientId: BigInt(row.clientId), at: new Date(at) })

function linked(result: Committed, finding: Finding | undefined): void {
  if (!finding) {
    result.moved = true
    return
  }
  result.finding = finding
  result.moved = true
}

/** A notice for the staff. "New client" is said once for each. */
async function writeNotice(
  tx: Transaction,
  turn: TurnRows,
  fact: Fact & { kind: 'notice' },
): Promise<string | undefined> {
  const clientId = BigInt(turn.row.clientId)
  if (fact.what === 'newClient' && (await tx.notice.findFirst({ where: { clientId, kind: 'newClient' } })))
    return undefined
  const { platform, externalId } = turn.after.chat
  const row = await tx.notice.create({
    data: {
      kind: fact.what,
      clientId,
      platform,
      externalId,
      createdAt: new Date(turn.at),
      ...(fact.text === undefined ? {} : { text: fact.text }),
    },
    select: { id: true },
  })
  return String(row.id)
}

const queryIn =
  (tx: Transaction): Query =>
  (_name, text, values) =>
    tx.$queryRawUnsafe(text, ...values)

/** The row ids of a chat seen for the first time. Somebody else may have made them a moment ago: then theirs are returned. */
export async function createChat(prisma: PrismaClient, { known }: Loaded, at: number): Promise<void> {
  const { platform, externalId, language } = known.chat
  const createdAt = new Date(at)
  await prisma
    .$transaction(async (tx) => {
      const client = await tx.client.create({ data: { createdAt }, select: { id: true } })
      await tx.chat.create({
        data: { platform, externalId, language, clientId: client.id, createdAt, lastSeenAt: createdAt },
      })
    })
    .catch((error: unknown) => {
      if ((error as { code?: string }).code !== 'P2002') throw error
    })
}
