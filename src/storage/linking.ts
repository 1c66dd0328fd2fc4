/**
 * One person in two messengers. A phone that the platform vouches for (Telegram's own contact) is confirmed and links by
 * itself; a typed phone opens nothing: a code goes to the chat where that phone is confirmed, and has to come back. Whom the
 * salon's books know by a confirmed phone is that person, too.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { ChatAddress, Finding } from '../domain/known.ts'
import type { TurnRows } from './commit-turn.ts'
import type { Prisma } from './generated/client.ts'
import { meetBooks } from './meet-books.ts'
import { mergeClients } from './merge.ts'

type Transaction = Prisma.TransactionClient

export interface Chance {
  /** Six digits. */
  code(): string
  /** A new coupon's code (domain/coupon.ts). */
  coupon(): string
}

const codeLifeMs = 10 * 60_000
const codeAttempts = 5
/** Codes that one person's chats may be sent in a day: nobody can be pestered with them. */
const codesPerDay = 5

/** A phone was given in this chat. Finds out whose it is. */
export async function givenPhone(
  tx: Transaction,
  turn: TurnRows,
  fact: { phone: string; confirmed: boolean },
  chance: Chance,
): Promise<Finding | undefined> {
  return fact.confirmed
    ? confirmedPhone(tx, turn, fact.phone, chance)
    : typedPhone(tx, turn, fact.phone, chance)
}

/** The code came back. */
export async function checkCode(tx: Transaction, turn: TurnRows, code: string): Promise<Finding> {
  const clientId = BigInt(turn.row.clientId)
  const row = await tx.linkCode.findUnique({ where: { clientId } })
  if (!row || row.expiresAt.getTime() < turn.at || row.attemptsLeft <= 0) {
    await closeLinkWalk(tx, clientId)
    return { kind: 'codeExpired' }
  }
  if (!timingSafeEqual(Buffer.from(row.codeHash), Buffer.from(hash(code, clientId)))) {
    await tx.linkCode.update({ where: { clientId }, data: { attemptsLeft: row.attemptsLeft - 1 } })
    return { kind: 'wrongCode' }
  }
  await mergeClients(tx, clientId, row.targetId)
  const { confirmedPhone: phone } = await tx.client.findUniqueOrThrow({ where: { id: row.targetId } })
  if (phone !== null) await meetBooks(tx, row.targetId, phone)
  return { kind: 'linked' }
}

async function confirmedPhone(
  tx: Transaction,
  turn: TurnRows,
  phone: string,
  chance: Chance,
): Promise<Finding | undefined> {
  const clientId = BigInt(turn.row.clientId)
  const other = await tx.client.findUnique({ where: { confirmedPhone: phone }, include: { chats: true } })
  if (other && other.id !== clientId) {
    const samePlatform = other.chats.some((chat) => chat.platform === turn.after.chat.platform)
    if (!samePlatform) {
      await mergeClients(tx, clientId, other.id)
      await meetBooks(tx, other.id, phone)
      return { kind: 'linked' }
    }
    // One phone is one account on a platform: the number has a new owner, who must not see the former one's data.
    await tx.client.update({
      where: { id: other.id },
      data: { confirmedPhone: null, version: { increment: 1 } },
    })
  }
  await tx.client.update({
    where: { id: clientId },
    data: { confirmedPhone: phone, phone, version: { increment: 1 } },
  })
  await meetBooks(tx, clientId, phone)
  return askElsewhere(tx, turn, phone, chance)
}

async function typedPhone(
  tx: Transaction,
  turn: TurnRows,
  phone: string,
  chance: Chance,
): Promise<Finding | undefined> {
  const clientId = BigInt(turn.row.clientId)
  const target = await tx.client.findUnique({
    where: { confirmedPhone: phone },
    include: { chats: { where: { reachable: true } } },
  })
  if (!target || target.id === clientId || target.chats.length === 0) return undefined
  const code = await newCode(tx, clientId, target.id, turn.at, chance)
  if (code === undefined) return undefined
  return { kind: 'codeSent', code, to: target.chats.map(addressOf) }
}

/** The phone confirmed here was typed by somebody elsewhere: if that is the same person, they can take the code over there. */
async function askElsewhere(
  tx: Transaction,
  turn: TurnRows,
  phone: string,
  chance: Chance,
): Promise<Finding | undefined> {
  const clientId = BigInt(turn.row.clientId)
  const asking = await tx.client.findFirst({
    where: {
      phone,
      confirmedPhone: null,
      id: { not: clientId },
      chats: { some: { reachable: true, platform: { not: turn.after.chat.platform } } },
    },
    include: { chats: { where: { reachable: true } } },
    orderBy: { createdAt: 'desc' },
  })
  if (!asking) return undefined
  const code = await newCode(tx, asking.id, clientId, turn.at, chance)
  return code === undefined ? undefined : { kind: 'codeHere', code, askedIn: asking.chats.map(addressOf) }
}

/** Opens the linking dialogue of `clientId` and returns its code; undefined when the target got too many today. */
async function newCode(
  tx: Transaction,
  clientId: bigint,
  targetId: bigint,
  at: number,
  chance: Chance,
): Promise<string | undefined> {
  const dayAgo = new Date(at - 24 * 3600_000)
  if ((await tx.linkCode.count({ where: { targetId, createdAt: { gt: dayAgo } } })) >= codesPerDay)
    return undefined
  const code = chance.code()
  const row = {
    targetId,
    codeHash: hash(code, clientId),
    attemptsLeft: codeAttempts,
    expiresAt: new Date(at + codeLifeMs),
    createdAt: new Date(at),
  }
  await tx.linkCode.upsert({ where: { clientId }, create: { clientId, ...row }, update: row })
  const walk = { version: 1, status: 'open', answers: {}, startedAt: new Date(at), changedAt: new Date(at) }
  const id = { clientId, name: 'link', run: 1 }
  await tx.dialogue.upsert({ where: { clientId_name_run: id }, create: { ...id, ...walk }, update: walk })
  await tx.client.update({ where: { id: clientId }, data: { version: { increment: 1 } } })
  return code
}

async function closeLinkWalk(tx: Transaction, clientId: bigint): Promise<void> {
  await tx.linkCode.deleteMany({ where: { clientId } })
  await tx.dialogue.updateMany({ where: { clientId, name: 'link' }, data: { status: 'stopped' } })
  await tx.client.update({ where: { id: clientId }, data: { version: { increment: 1 } } })
}

const addressOf = (chat: { platform: ChatAddress['platform']; externalId: bigint }): ChatAddress => ({
  platform: chat.platform,
  externalId: Number(chat.externalId),
})

const hash = (code: string, clientId: bigint) =>
  createHash('sha256').update(`${clientId}:${code}`).digest('hex')
