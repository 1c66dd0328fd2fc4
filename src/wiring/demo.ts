import type { Logger } from 'pino'
import type { Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import { inThread } from '../reports/drawing/aside.ts'
import { createDemoData, type DemoData } from '../storage/demo-data.ts'
import type { Database } from '../storage/database.ts'
import type { Closing } from './closing.ts'
import type { DemoDone, DemoTask, DemoTodo } from './demo-thread.ts'

export interface DemoOptions {
  database: Database
  connectionString: string
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
/** Who is less behind need not hurry: a program that is started again and again has something better to do. */
const behindMs = 60 * 60_000

/**
 * Gives the sandbox a salon to look at: made once, unless somebody has clients there or took the demo away. From then on it keeps
 * up with the clock, so that the week before a skipped Monday has answers, too: open it before whoever reads them after a skip.
 * A salon that goes live in the place of its sandbox leaves the sandbox's demo behind; one made by a person stays.
 * @returns undefined in a live salon
 */
export async function openDemo(
  { database, connectionString, salon, survey, drawCode, log, clock }: DemoOptions,
  closing: Closing,
): Promise<Demo | undefined> {
  const data = createDemoData({ ...database, drawCode })
  if (!clock) return leave(data, log)
  let closed = false
  let work = Promise.resolve()
  const once = async (): Promise<void> => {
    const todo = closed ? undefined : await whatToDo(data, clock.now())
    if (!todo) return
    const task: DemoTask = { connectionString, salon, survey, todo }
    const done = await inThread<DemoDone>(new URL('demo-thread.ts', import.meta.url), task)
    if (done) log.info({ event: `demo.${done}` })
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

async function whatToDo(data: DemoData, now: number): Promise<DemoTodo | undefined> {
  const mark = await data.state()
  switch (mark.state) {
    case 'removed':
      return undefined
    case 'there': {
      const until = Math.min(now, mark.now + livesForMs)
      return until - mark.until < behindMs ? undefined : { what: 'goOn', until }
    }
    case 'never':
      return (await data.hasRealClients()) ? undefined : { what: 'make', now }
  }
}
