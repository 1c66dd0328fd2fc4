/** How fast a pause and a resume of a campaign take effect, pressed in a process apart from those that send. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createDeliver } from '../src/jobs/deliver.ts'
import { createQueues } from '../src/jobs/queues.ts'
import { defaultCaps, defaultSpreadMs } from '../src/domain/offers/contact-policy.ts'
import { openDatabase } from '../src/storage/database.ts'
import { createDeliveries } from '../src/storage/deliveries.ts'
import { createOffers } from '../src/storage/offers.ts'
import type { Jobs } from '../src/wiring/storage.ts'

export interface PressDelays {
  /** From the press to the last message that came after it, 0 where none did; milliseconds, of each pause. */
  paused: number[]
  /** From the press to the first message. */
  resumed: number[]
}

const log = { debug() {}, info() {}, warn() {}, error() {} }
const timeZone = 'Europe/Moscow'
const advertising = { telegram: true, vk: true }

/**
 * Pauses and resumes the offer that is being sent, so many times.
 * @param arrivedAt grows with the messages as they come, `performance.now()`
 */
export async function pressPauses({
  connectionString,
  redisUrl,
  times,
  arrivedAt,
}: {
  connectionString: string
  redisUrl: string | undefined
  times: number
  arrivedAt: readonly number[]
}): Promise<PressDelays> {
  const database = await openDatabase({ connectionString, log })
  const queues = createQueues<Jobs>({ connectionString, redisUrl, log })
  const offers = createOffers({
    prisma: database.prisma,
    checked: () => ({ problems: 0, discountPercent: 10 }),
    audience: { timeZone, advertising },
  })
  const policy = {
    advertising,
    timeZone,
    quietHours: { from: '00:00', to: '00:01' },
    caps: defaultCaps,
    spreadMs: defaultSpreadMs,
  }
  const deliveries = createDeliveries({ ...database, runId: 1, policy })
  const { changed } = createDeliver({ queues, offers, deliveries, log })
  const [id = 0] = await offers.sending()
  const by = (await database.prisma.staff.findFirstOrThrow()).id
  const delays: PressDelays = { paused: [], resumed: [] }
  for (let time = 0; time < times; time += 1) {
    await sleep(3_000 + Math.random() * 1_000)
    const pausedAt = performance.now()
    await offers.change({ id, act: { kind: 'pause' }, by })
    await changed(id)
    await sleep(3_000)
    delays.paused.push(Math.max(0, (arrivedAt.at(-1) ?? 0) - pausedAt))
    const seen = arrivedAt.length
    const resumedAt = performance.now()
    await offers.change({ id, act: { kind: 'resume' }, by })
    await changed(id)
    while (arrivedAt.length === seen) await sleep(5)
    delays.resumed.push((arrivedAt[seen] ?? 0) - resumedAt)
  }
  await queues.close({ patienceMs: 500 })
  await database.close()
  return delays
}
