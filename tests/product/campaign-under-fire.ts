/** A campaign whose workers are killed, whose messengers make trouble, and whose clients change their minds, at any point of it. */
import { onTestFinished } from 'vitest'
import { createDeliver } from '../../src/jobs/deliver.ts'
import { createQueues } from '../../src/jobs/queues.ts'
import type { Fault } from '../../src/sandbox/messenger.ts'
import type { Jobs } from '../../src/wiring/storage.ts'
import type { Chance } from '../files/chance.ts'
import { silent } from '../storage/talk.ts'
import { openCampaigns } from './campaign.ts'
import { watchClaims } from './claim-watch.ts'
import type { Started } from './product.ts'

/**
 * When a worker is killed, counted from a claim: once it is committed and before the message leaves; when a messenger has the
 * message and has not answered; at any other moment. They take turns, so that also a short run meets the worst one: only in
 * Telegram would a repeat be seen twice.
 */
export const killings = ['saidInTelegram', 'claimed', 'whenever', 'saidInVk'] as const
type Killing = (typeof killings)[number]
/** The moments between two messages of a platform. */
const betweenMessagesMs = 60

/** The platform says surely that it did not take it. */
const tooMany = { kind: 'tooManyRequests', retryAfterSeconds: 1 } as const
/** Nobody can know whether it took it. */
const unsure = [
  { kind: 'serverError', status: 502 },
  { kind: 'disconnect', effect: 'before' },
  { kind: 'disconnect', effect: 'after' },
] as const
const slow = [
  { kind: 'slow', delayMs: 200, effect: 'before' },
  { kind: 'slow', delayMs: 300, effect: 'after' },
] as const

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Something that happens as soon as so many messages have been claimed. */
interface Turn {
  after: number
  happens(claimed: { clientId: bigint; runId: number }): void
}

export async function openCampaignsUnderFire(chance: Chance) {
  const salon = await openCampaigns()
  const { prisma, pool, arrived, messengers } = salon
  const claims = await watchClaims(salon)
  const queues = createQueues<Jobs>({ connectionString: salon.url, log: silent })
  const { changed } = createDeliver({ ...salon, queues, log: silent })
  const workers = new Map<number, Started>()
  const pending: Promise<unknown>[] = []
  let planned = 0
  onTestFinished(async () => {
    for (const worker of workers.values()) await worker.kill()
    await queues.close({ patienceMs: 500 })
  })

  const start = async (): Promise<void> => {
    const worker = await salon.startWorker()
    workers.set(Number(/"run":(\d+)/.exec(worker.printed())?.[1]), worker)
  }
  const staffed = async (wanted: number): Promise<void> => {
    await Promise.all([...workers].slice(wanted).map(([runId, worker]) => ended(runId, worker)))
    await Promise.all(Array.from({ length: wanted - workers.size }, start))
  }
  const ended = async (runId: number, worker: Started): Promise<void> => {
    workers.delete(runId)
    await worker.stop()
  }

  /** Kills a worker at once, and starts another. @param hands what it had in hand is added here */
  const kill = async (runId: number, hands: Set<bigint>): Promise<void> => {
    const worker = workers.get(runId)
    if (!worker) return
    workers.delete(runId)
    await worker.kill()
    for (const { id } of await prisma.delivery.findMany({ where: { runId, state: 'sending' } })) hands.add(id)
    await start()
  }

  const withdraw = async (clients: readonly bigint[]): Promise<void> => {
    const there = new Set(arrived.map(({ clientId }) => clientId))
    const waiting = clients.filter((id) => !there.has(id))
    if (waiting.length === 0) return
    const id = chance.of(waiting)
    await prisma.client.update({
      where: { id },
      data: { advertisingConsentAt: null, version: { increment: 1 } },
    })
  }

  /**
   * One offer to new people. Everything that happens to it happens at points spread evenly over it.
   * @param people as many clients, half of them on each messenger
   * @param workers so many processes send at once
   */
  const campaign = async (size: {
    people: number
    workers: number
    kills: number
    troubles: number
    withdrawals: number
  }) => {
    const clients: bigint[] = []
    for (let index = 0; index < size.people; index += 1) clients.push(await salon.person(index))
    await staffed(size.workers)
    const hands = new Set<bigint>()
    const met: Partial<Record<Killing, number>> = {}
    let unsureTroubles = 0
    const latest = new Map<bigint, number>()

    const killing = (): Turn['happens'] => {
      const kind = killings[planned++ % killings.length]!
      const delayMs = chance.below(betweenMessagesMs)
      const now = (runId: number | undefined) => {
        if (runId === undefined || !workers.has(runId)) return false
        met[kind] = (met[kind] ?? 0) + 1
        pending.push(kill(runId, hands))
        return true
      }
      if (kind === 'claimed') return ({ runId }) => void now(runId)
      if (kind === 'whenever') return ({ runId }) => void setTimeout(() => now(runId), delayMs)
      const platform = kind === 'saidInVk' ? 'vk' : 'telegram'
      return () => {
        const forget = salon.onArrival((arrival) => {
          if (arrival.platform === platform && now(latest.get(arrival.clientId))) forget()
        })
      }
    }
    const trouble = (): Turn['happens'] => {
      const fault: Fault = chance.of([tooMany, chance.of(unsure), chance.of(slow)])
      const platform = chance.of(['telegram', 'vk'] as const)
      const method = platform === 'telegram' ? 'sendMessage' : 'messages.send'
      if (unsure.some((one) => one.kind === fault.kind)) unsureTroubles += 1
      return () => messengers[platform].faults.add({ ...fault, method, times: 1 })
    }
    const spread = (count: number, make: () => Turn['happens']): Turn[] =>
      Array.from({ length: count }, () => ({ after: 1 + chance.below(size.people), happens: make() }))
    let turns = [
      ...spread(size.kills, killing),
      ...spread(size.troubles, trouble),
      ...spread(size.withdrawals, () => () => void pending.push(withdraw(clients))),
    ]

    let claimed = 0
    const forget = claims.subscribe((claim) => {
      claimed += 1
      latest.set(claim.clientId, claim.runId)
      const due = turns.filter(({ after }) => after <= claimed)
      turns = turns.filter(({ after }) => after > claimed)
      for (const turn of due) turn.happens(claim)
    })
    const offer = await salon.sendingOffer({ audience: { kind: 'clients', ids: clients.map(Number) } })
    await changed(offer.id)
    while ((await salon.offers.byId(offer.id))?.standing.state !== 'done') await pause(20)
    forget()
    await Promise.all(pending.splice(0))
    for (const { faults } of [messengers.telegram, messengers.vk]) faults.clear()
    // Slowed down by "too many requests", a token gets its speed back in minutes: the next campaign is another day's.
    const { rowCount: slowedDown } = await pool.query(
      'DELETE FROM "TokenPace" WHERE "pausedUntil" IS NOT NULL',
    )
    return {
      rows: await salon.rows(offer.id),
      claims: (await claims.seen()).filter(({ clientId }) => clients.includes(clientId)),
      /** Deliveries that a killed worker had in hand. */
      hands,
      /** So many calls at most were left without an answer that says what came of them. */
      unsureTroubles,
      /** How the kills met it. */
      met,
      slowedDown: slowedDown ?? 0,
    }
  }

  return { campaign, arrived }
}
