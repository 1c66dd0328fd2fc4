/** One bot under test with all it needs: its messenger, its database, its people. */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { startBot } from './bot-process.ts'
import type { BotConfig } from './bot-process.ts'
import { openDatabase } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { openMessenger } from './messengers.ts'
import { createPeople } from './people.ts'
import type { Manners, People } from './people.ts'

export interface ContestantOptions {
  /** What stands in the table. */
  name: string
  /** File under bench/bots/. */
  program: string
  platform: 'telegram' | 'vk'
  updates: 'webhook' | 'polling'
  stores: boolean
  /** How many updates the database says were taken: exactly as many as people acted. Absent: nobody counts. */
  countTaken?: string
  manners: Manners
  thinkMs?: number
  profileDir?: string
}

export interface Contestant {
  readonly name: string
  readonly database: BenchDatabase | undefined
  readonly people: People
  /** Runs `count` people: warms up, then measures. */
  round(count: number, times: { warmUpMs: number; measureMs: number }): Promise<Measurement>
  /** @throws Error when an act of somebody was lost, or taken twice */
  check(): Promise<void>
  close(): Promise<void>
}

/** What one round gave. "Update" is one act of a person and everything it caused. */
export interface Measurement {
  updatesPerSecond: number
  /** CPU milliseconds per update: of the bot, of PostgreSQL, of the stand-in with its people. */
  botMs: number
  databaseMs: number
  driverMs: number
  p50Ms: number
  p99Ms: number
  memoryMb: number
  /** People whom nobody answered within ten seconds. */
  stuck: number
}

const secret = 'bench'

export async function openContestant(options: ContestantOptions): Promise<Contestant> {
  const { name, program, platform, updates, stores, manners, thinkMs = 0, profileDir, countTaken } = options
  const [place, database] = await Promise.all([openMessenger(platform), stores ? openDatabase() : undefined])
  const { messenger, botId, token, apiRoot } = place
  const webhook =
    updates === 'webhook' ? { port: await freePort(), path: '/vk', secret, confirmation: 'bench' } : undefined
  const config: BotConfig = {
    platform,
    apiRoot,
    token,
    ...(webhook ? { webhook } : {}),
    ...(database ? { databaseUrl: database.connectionString } : {}),
  }
  const bot = await startBot(`bots/${program}`, config, profileDir)
  if (webhook && platform === 'vk')
    await place.connect({ url: `http://127.0.0.1:${webhook.port}/vk`, ...webhook })
  const people = createPeople({ messenger, botId, manners, thinkMs })

  return {
    name,
    database,
    people,
    async round(count, { warmUpMs, measureMs }) {
      people.setActive(count)
      await people.inStride()
      await pause(warmUpMs)
      const before = used()
      people.beginMeasuring()
      await pause(measureMs)
      const { answers, seconds, latenciesMs, stuck } = people.measured()
      const after = used()
      const memoryMb = bot.memoryMb()
      people.setActive(0)
      await people.settled()
      const perUpdate = (was: number, is: number) => ((is - was) * 1000) / answers
      return {
        updatesPerSecond: answers / seconds,
        botMs: perUpdate(before.bot, after.bot),
        databaseMs: perUpdate(before.database, after.database),
        driverMs: perUpdate(before.driver, after.driver),
        p50Ms: quantile(latenciesMs, 0.5),
        p99Ms: quantile(latenciesMs, 0.99),
        memoryMb,
        stuck,
      }
    },
    async check() {
      if (!database || countTaken === undefined) return
      const { rows } = await database.pool.query<{ taken: string }>(countTaken)
      const taken = Number(rows[0]?.taken)
      if (taken !== people.acts())
        throw new Error(`${name}: people acted ${people.acts()} times, ${taken} were taken`)
    },
    async close() {
      people.close()
      await bot.stop()
      await database?.stop()
      await place.close()
    },
  }

  function used() {
    const { user, system } = process.cpuUsage()
    return { bot: bot.cpuSeconds(), database: database?.cpuSeconds() ?? 0, driver: (user + system) / 1e6 }
  }
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs))
