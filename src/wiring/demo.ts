import type { Logger } from 'pino'
import { demoSalon, demoSeed, type DemoSalon } from '../domain/demo-salon.ts'
import type { Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import { createDemoData, type DemoData } from '../storage/demo-data.ts'
import type { Database } from '../storage/database.ts'
import type { Closing } from './closing.ts'

export interface DemoOptions {
  database: Database
  salon: Salon
  survey: Survey
  /** A new coupon code. */
  drawCode: () => string
  log: Logger
  /** The sandbox's; absent in a live salon. */
  clock?: { now(): number; onSkip(listener: () => unknown): unknown } | undefined
}

export interface Demo {
  /** Makes the demo, or lets it catch up with the clock, in the background. Never rejects. */
  keepUp(): Promise<void>
}

/** So long the demo's clients go on living; then there has been time enough to look around. */
const livesForMs = 12 * 7 * 24 * 60 * 60_000

/**
 * Gives the sandbox a salon to look at: made once, unless somebody has clients there or took the demo away. From then on it keeps
 * up with the clock, so that the week before a skipped Monday has answers, too: open it before whoever reads them after a skip.
 * A salon that goes live in the place of its sandbox leaves the sandbox's demo behind; one made by a person stays.
 * @returns undefined in a live salon
 */
export async function openDemo(
  { database, salon, survey, drawCode, log, clock }: DemoOptions,
  closing: Closing,
): Promise<Demo | undefined> {
  const data = createDemoData({ ...database, drawCode })
  if (!clock) return leave(data, log)
  const simulate: Simulate = (times) => demoSalon({ ...times, salon, survey })
  let closed = false
  let work = Promise.resolve()
  const once = async (): Promise<void> => {
    const what = closed ? undefined : await madeOrContinued(data, clock.now(), simulate)
    if (what) log.info({ event: `demo.${what}` })
  }
  const keepUp = (): Promise<void> => {
    work = work.then(once).catch((error: unknown) => log.error({ event: 'demo.failed', error }))
    return work
  }
  clock.onSkip(keepUp)
  closing.push(() => {
    closed = true
    return work
  })
  return { keepUp }
}

async function leave(data: DemoData, log: Logger): Promise<undefined> {
  const mark = await data.state()
  if (mark.state === 'there' && mark.by === 'sandbox')
    log.info({ event: 'demo.removed', clients: await data.remove() })
}

type Simulate = (times: { seed: number; now: number; until: number }) => DemoSalon

async function madeOrContinued(
  data: DemoData,
  now: number,
  simulate: Simulate,
): Promise<'made' | 'continued' | undefined> {
  const mark = await data.state()
  switch (mark.state) {
    case 'removed':
      return undefined
    case 'there': {
      const until = Math.min(now, mark.now + livesForMs)
      return (await data.goOn(until, simulate)) ? 'continued' : undefined
    }
    case 'never':
      if (await data.hasRealClients()) return undefined
      await data.insert(simulate({ seed: demoSeed, now, until: now }), 'sandbox')
      return 'made'
  }
}
