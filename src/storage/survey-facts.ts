/** What the survey's answers lead to in the database, in the transaction of the answer. */
import type { Fact, Finding } from '../domain/known.ts'
import type { TurnRows } from './commit-turn.ts'
import { giveCoupon } from './coupons.ts'
import { answerFollowUp, openFollowUp } from './follow-ups.ts'
import type { Prisma } from './generated/client.ts'

type Transaction = Prisma.TransactionClient

/**
 * The salon's people are told once that somebody is unhappy, and once more when they want to be called.
 * @returns the notice that was written, for the job that delivers it
 */
export async function noteUnhappy(
  tx: Transaction,
  turn: TurnRows,
  fact: Fact & { kind: 'unhappy' | 'callWanted' },
): Promise<string | undefined> {
  const { kind, dialogue, run } = fact
  const walk = { clientId: BigInt(turn.row.clientId), dialogue, run }
  const followUpId = await openFollowUp(tx, { ...walk, at: new Date(turn.at) })
  if (kind === 'callWanted') {
    await answerFollowUp(tx, { ...walk, callWanted: fact.wanted })
    if (!fact.wanted) return undefined
  }
  if (await tx.notice.findFirst({ where: { followUpId, kind } })) return undefined
  const { platform, externalId } = turn.after.chat
  const createdAt = new Date(turn.at)
  const row = await tx.notice.create({
    data: { kind, clientId: walk.clientId, platform, externalId, createdAt, followUpId },
    select: { id: true },
  })
  return String(row.id)
}

/**
 * Gives the gift that was earned, or finds the one from last time.
 * @param draw a new coupon's code
 */
export async function giveReward(
  tx: Transaction,
  turn: TurnRows,
  { reward, expiresAt: until }: Fact & { kind: 'reward' },
  draw: () => string,
): Promise<Finding> {
  const { code, expiresAt } = await giveCoupon(tx, {
    clientId: BigInt(turn.row.clientId),
    reward,
    issuedAt: new Date(turn.at),
    expiresAt: new Date(until),
    draw,
  })
  const { redeemedAt } = await tx.coupon.findUniqueOrThrow({ where: { code } })
  return {
    kind: 'coupon',
    code,
    expiresAt: expiresAt.getTime(),
    ...(redeemedAt ? { redeemedAt: redeemedAt.getTime() } : {}),
  }
}
