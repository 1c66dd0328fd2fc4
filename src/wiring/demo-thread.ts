/** Makes the sandbox's demo, or lets it go on, in a thread of its own: its thousands of rows would hold up the first answers. */
import { randomInt } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { couponCode } from '../domain/coupon.ts'
import { demoSalon, demoSeed } from '../domain/demo-salon.ts'
import type { Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import { openDatabase } from '../storage/database.ts'
import { createDemoData } from '../storage/demo-data.ts'

/** What the thread is given. */
export interface DemoTask {
  connectionString: string
  salon: Salon
  /** What is asked now. */
  survey: Survey
  todo: DemoTodo
}

/** Times are epoch milliseconds. */
export type DemoTodo = { what: 'make'; now: number } | { what: 'goOn'; until: number }

/** What it answers: what was done, if anything. */
export type DemoDone = 'made' | 'continued' | undefined

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

async function done({ connectionString, salon, survey, todo }: DemoTask): Promise<DemoDone> {
  const database = await openDatabase({ connectionString, log: silent, poolSize: 1 })
  const data = createDemoData({ ...database, drawCode: () => couponCode(randomInt) })
  try {
    if (todo.what === 'goOn') {
      const more = await data.goOn(todo.until, (times) => demoSalon({ ...times, salon, survey }))
      return more ? 'continued' : undefined
    }
    await data.insert(demoSalon({ seed: demoSeed, now: todo.now, salon, survey }), 'sandbox')
    return 'made'
  } finally {
    await database.close()
  }
}

parentPort?.postMessage(await done(workerData as DemoTask))
