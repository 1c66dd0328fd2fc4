/** Clients who were unhappy, and how fast somebody of the salon has spoken to them. */
import { medianOf } from '../results/numbers.ts'
import type { Period } from '../weeks.ts'

/** An unhappy client whom somebody of the salon must speak to. Times are epoch milliseconds. */
export interface FollowUp {
  clientId: number
  createdAt: number
  /** The answer to "may we call you about it?"; null: not answered. */
  callWanted: boolean | null
  /** When somebody marked it as handled. */
  handledAt: number | null
}

export interface Unhappy {
  /** In the week. */
  count: number
  /** Of those: how many were handled, how many want to be called. */
  handled: number
  callsWanted: number
  /** From the score to the mark, of those that were handled; undefined when none was. */
  medianMs: number | undefined
  /** Not handled by now, whenever it began. */
  waiting: Waiting
  /** Of those: who wants to be called. */
  callsWaiting: Waiting
}

export interface Waiting {
  count: number
  /** For more than a day. */
  late: number
  longestMs: number | undefined
}

/** A day: who said that they are unhappy should hear from the salon within it. */
const lateMs = 24 * 60 * 60_000

/** @param now epoch milliseconds: what came later is not known yet */
export function unhappyIn(followUps: readonly FollowUp[], { from, until }: Period, now: number): Unhappy {
  const known = followUps.filter(({ createdAt }) => createdAt <= now)
  const week = known.filter(({ createdAt }) => createdAt >= from && createdAt < until)
  const took = week.flatMap(({ createdAt, handledAt }) => (handledAt === null ? [] : [handledAt - createdAt]))
  const open = known.filter(({ handledAt }) => handledAt === null)
  return {
    count: week.length,
    handled: took.length,
    callsWanted: week.filter(({ callWanted }) => callWanted).length,
    medianMs: medianOf(took),
    waiting: waitingAmong(open, now),
    callsWaiting: waitingAmong(
      open.filter(({ callWanted }) => callWanted),
      now,
    ),
  }
}

function waitingAmong(open: readonly FollowUp[], now: number): Waiting {
  const waits = open.map(({ createdAt }) => now - createdAt)
  return {
    count: waits.length,
    late: waits.filter((wait) => wait > lateMs).length,
    longestMs: waits.length === 0 ? undefined : waits.reduce((one, other) => Math.max(one, other)),
  }
}
