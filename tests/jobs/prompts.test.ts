/** What starts on our side, on real queues (BullMQ) and a real PostgreSQL; only the messenger is made up. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { LogEntry } from '../../src/domain/event-log.ts'
import { createPromptJob } from '../../src/jobs/prompts.ts'
import type { Decided, PromptDoor, PromptJob } from '../../src/jobs/prompts.ts'
import { createQueues } from '../../src/jobs/queues.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createPrompts } from '../../src/storage/prompts.ts'
import type { WaitingPrompt } from '../../src/storage/prompts.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { silent } from '../storage/talk.ts'

const redisUrl = process.env['TEST_REDIS_URL']
const stores = [
  { store: 'PostgreSQL', redisUrl: undefined },
  ...(redisUrl === undefined ? [] : [{ store: 'Redis', redisUrl }]),
]
const salon = { quietHours: { from: '21:00', to: '09:00' }, timeZone: 'Europe/Moscow' }
/** 21 November 2026, 15:00 by the salon's clock. */
const afternoon = Date.UTC(2026, 10, 21, 12)
const [minuteMs, hourMs] = [60_000, 3600_000]

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(10)
}

describe.each(stores)('on $store', ({ redisUrl: url }) => {
  /** A salon's processes on one database, with one clock that can be put forward. */
  async function open() {
    const { connectionString } = await freshDatabase()
    const { prisma, ...database } = await openDatabase({ connectionString, log: silent })
    const clock = { at: afternoon }
    const now = () => clock.at
    const entries: LogEntry[] = []
    const note = (entry: LogEntry) => void entries.push(entry)
    const log = { debug: note, info: note, warn: note, error: note }
    const prefix = `test-${randomUUID()}`
    const processes: { close(): Promise<void> }[] = []
    onTestFinished(async () => {
      await Promise.all(processes.map((one) => one.close()))
      await database.close()
    })
    const storage = createPrompts({ prisma, now })

    /** One process; `said` is what the client gets to see. */
    const start = () => {
      const queues = createQueues<{ prompt: PromptJob }>({
        connectionString,
        redisUrl: url,
        log: silent,
        prefix,
      })
      processes.push({ close: () => queues.close({ patienceMs: 1_000 }) })
      const job = createPromptJob({ queues, prompts: storage, salon, log, now })
      return { ...job, queue: queues.queue('prompt') }
    }

    const said: { id: string; platform: string }[] = []
    /** Says everything, unless it is told otherwise. */
    const door = (
      decide: (prompt: WaitingPrompt) => Decided | Promise<undefined> | undefined = () => undefined,
    ): PromptDoor => ({
      async decide(prompt) {
        const send = async () => {
          said.push({ id: prompt.id, platform: prompt.chats[0]?.platform ?? 'none' })
          return true
        }
        return (await decide(prompt)) ?? { what: 'say', send }
      },
    })

    let people = 0
    /** A prompt of a client with these chats. */
    const prompt = async (
      row: { dueAt?: number; state?: string; changedAt?: number; kind?: string; about?: bigint } = {},
      chats: { platform: 'telegram' | 'vk'; reachable?: boolean; lastSeenAt?: Date }[] = [
        { platform: 'telegram' },
      ],
      client: { preferredPlatform?: 'telegram' | 'vk' } = {},
    ): Promise<string> => {
      people += 1
      const externalId = people
      const { dueAt = clock.at, state = 'waiting', changedAt = clock.at, kind = 'invite', about = 1n } = row
      const { prompts } = await prisma.client.create({
        data: {
          ...client,
          chats: { create: chats.map((chat) => ({ externalId, language: 'ru', ...chat })) },
          prompts: {
            create: {
              kind,
              about,
              number: 1,
              source: 'admin',
              state,
              dueAt: new Date(dueAt),
              changedAt: new Date(changedAt),
            },
          },
        },
        include: { prompts: true },
      })
      return String(prompts[0]?.id)
    }
    const row = async (id: string) => prisma.prompt.findUniqueOrThrow({ where: { id: BigInt(id) } })
    const states = async () =>
      (await prisma.prompt.findMany({ orderBy: { id: 'asc' } })).map((one) => one.state)
    return { prisma, clock, entries, start, door, said, prompt, row, states }
  }

  test('is said when its time has come, once, and is done then', async () => {
    const { start, door, said, prompt, states } = await open()
    const id = await prompt()
    const { enqueue, work } = start()
    await enqueue([id])
    await work(door())
    await until(async () => (await states()).includes('sent'))
    expect(said).toEqual([{ id, platform: 'telegram' }])
  })

  test('is one job, however often it is queued', async () => {
    const { start, prompt, clock, row } = await open()
    const id = await prompt({ dueAt: clock.at + hourMs })
    const dueAt = (await row(id)).dueAt.getTime()
    const [one, two] = [start(), start()]
    await one.change({ planned: [{ id, dueAt }], calledOff: [] })
    await two.change({ planned: [{ id, dueAt }], calledOff: [] })
    await two.enqueue([id, id])
    expect(await one.queue.counts()).toMatchObject({ delayed: 1, waiting: 0 })
  })

  test('waits for its time', async () => {
    const { start, door, said, prompt, clock, states } = await open()
    const id = await prompt({ dueAt: clock.at + hourMs })
    const { change, work, sweep } = start()
    await change({ planned: [{ id, dueAt: clock.at + hourMs }], calledOff: [] })
    await work(door())
    await sweep()
    expect(said).toEqual([])
    expect(await states()).toEqual(['waiting'])
    clock.at += hourMs
    await sweep()
    await until(async () => (await states()).includes('sent'))
    expect(said).toHaveLength(1)
  })

  test('is said once by two processes that both have it to do', async () => {
    const { start, door, said, prompt, states, row } = await open()
    const ids = await Promise.all(Array.from({ length: 30 }, () => prompt()))
    const [one, two] = [start(), start()]
    await Promise.all([one.enqueue(ids), two.enqueue(ids)])
    const slow = door(async () => {
      await sleep(5)
      return undefined
    })
    await Promise.all([one.work(slow), two.work(slow), one.sweep(), two.sweep()])
    await until(async () => (await states()).every((state) => state === 'sent'))
    expect(said.map((one) => one.id).toSorted()).toEqual(ids.toSorted())
    expect((await row(ids[0] ?? '')).state).toBe('sent')
  })

  test('in quiet hours is put off to the morning, not all to the same minute', async () => {
    const { start, door, said, prompt, clock, states, prisma } = await open()
    clock.at = afternoon + 8 * hourMs
    const ids = await Promise.all(Array.from({ length: 12 }, () => prompt()))
    const { enqueue, work, sweep, queue } = start()
    await enqueue(ids)
    await work(door())
    const due = async () => (await prisma.prompt.findMany()).map((one) => one.dueAt.getTime())
    await until(async () => (await due()).every((at) => at > clock.at))
    await until(async () => (await queue.counts()).active === 0)
    const morning = Date.UTC(2026, 10, 22, 6)
    for (const at of await due()) {
      expect(at).toBeGreaterThanOrEqual(morning)
      expect(at).toBeLessThanOrEqual(morning + 20 * minuteMs)
    }
    expect(new Set(await due()).size).toBe(12)
    expect(said).toEqual([])
    clock.at = morning + 20 * minuteMs
    await sweep()
    await until(async () => (await states()).every((state) => state === 'sent'))
    expect(said).toHaveLength(12)
  })

  test('to somebody who is busy is put off', async () => {
    const { start, door, said, prompt, clock, row } = await open()
    const id = await prompt()
    const { enqueue, work, sweep } = start()
    await enqueue([id])
    const at = clock.at + 20 * minuteMs
    await work(door(() => (clock.at < at ? { what: 'later', at } : undefined)))
    await until(async () => (await row(id)).dueAt.getTime() === at)
    expect(await row(id)).toMatchObject({ state: 'waiting' })
    clock.at = at
    // The job may still be on its way back into the queue: then the next look finds it.
    await until(async () => {
      await sweep()
      return said.length === 1
    })
  })

  test('that makes no sense any more is not said', async () => {
    const { start, door, said, prompt, states } = await open()
    const { enqueue, work } = start()
    await enqueue([await prompt()])
    await work(door(() => ({ what: 'moot' })))
    await until(async () => (await states()).includes('cancelled'))
    expect(said).toEqual([])
  })

  test('that was called off has no job any more', async () => {
    const { start, door, said, prompt, clock, queueIsEmpty, prisma } = await withQueue()
    const id = await prompt({ dueAt: clock.at + hourMs })
    const { change, work, sweep } = start()
    await change({ planned: [{ id, dueAt: clock.at + hourMs }], calledOff: [] })
    await prisma.prompt.updateMany({ data: { state: 'cancelled' } })
    await change({ planned: [], calledOff: [id] })
    expect(await queueIsEmpty()).toBe(true)
    clock.at += 2 * hourMs
    await work(door())
    await sweep()
    expect(said).toEqual([])
  })

  const withQueue = async () => {
    const opened = await open()
    const { queue } = opened.start()
    const queueIsEmpty = async () => {
      const { waiting, delayed, active } = await queue.counts()
      return waiting + delayed + active === 0
    }
    return { ...opened, queueIsEmpty }
  }

  test('that was called off is not said by a job that nobody could take back', async () => {
    const { start, door, said, prompt, prisma, queueIsEmpty } = await withQueue()
    const id = await prompt()
    const { enqueue, work } = start()
    await enqueue([id])
    await prisma.prompt.updateMany({ data: { state: 'cancelled' } })
    await work(door())
    // What is left is the timetable of the sweep.
    await until(
      async () => (await queueIsEmpty()) || said.length > 0 || (await start().queue.counts()).waiting === 0,
    )
    expect(said).toEqual([])
  })

  test('whose job was lost is found by the sweep', async () => {
    const { start, door, said, prompt } = await open()
    const id = await prompt()
    await start().work(door())
    await until(() => said.length === 1)
    expect(said).toEqual([{ id, platform: 'telegram' }])
  })

  test('that a process took and died on is not said again: nobody knows whether it was', async () => {
    const { start, door, said, prompt, clock, states, entries } = await open()
    await prompt({ state: 'sending', changedAt: clock.at - 11 * minuteMs })
    await prompt({ state: 'sending', changedAt: clock.at - 9 * minuteMs })
    const { work, sweep } = start()
    await work(door())
    await sweep()
    expect(await states()).toEqual(['unknown', 'sending'])
    expect(said).toEqual([])
    expect(entries).toContainEqual({ event: 'prompt.unknown', prompts: 1 })
  })

  test('that could not be decided is tried again', async () => {
    const { start, door, said, prompt, states } = await open()
    const id = await prompt()
    const { enqueue, work } = start()
    await enqueue([id])
    let tries = 0
    await work(
      door(() => {
        tries += 1
        if (tries === 1) throw new Error('the database is away')
        return undefined
      }),
    )
    await until(async () => (await states()).includes('sent'))
    expect({ tries, said }).toEqual({ tries: 2, said: [{ id, platform: 'telegram' }] })
  })

  test('that the messenger did not take for sure is not said again', async () => {
    const { start, door, prompt, states, entries } = await open()
    const { enqueue, work, sweep } = start()
    await enqueue([await prompt()])
    let tries = 0
    await work(
      door(() => ({
        what: 'say',
        send: async () => {
          tries += 1
          throw new Error('+79123456789: no answer')
        },
      })),
    )
    await until(async () => (await states()).includes('unknown'))
    await sweep()
    expect(tries).toBe(1)
    expect(JSON.stringify(entries)).toContain('prompt.failed')
    expect(JSON.stringify(entries)).not.toContain('79123456789')
  })

  test('to somebody who has blocked the salon is refused', async () => {
    const { start, door, prompt, states } = await open()
    const { enqueue, work } = start()
    await enqueue([await prompt()])
    await work(door(() => ({ what: 'say', send: async () => false })))
    await until(async () => (await states()).includes('refused'))
  })

  test('to somebody without a chat that can be written to is called off', async () => {
    const { start, door, said, prompt, states } = await open()
    const { enqueue, work } = start()
    await enqueue([await prompt({}, []), await prompt({}, [{ platform: 'vk', reachable: false }])])
    await work(door())
    await until(async () => (await states()).every((state) => state === 'cancelled'))
    expect(said).toEqual([])
  })

  test('goes to the messenger that the client prefers, or else to the one that they used last', async () => {
    const { start, door, said, prompt, states } = await open()
    const both = [
      { platform: 'telegram', lastSeenAt: new Date(1) },
      { platform: 'vk', lastSeenAt: new Date(2) },
    ] as const
    const ids = [
      await prompt({}, [...both], { preferredPlatform: 'telegram' }),
      await prompt({}, [...both]),
      await prompt({}, [{ ...both[0] }, { ...both[1], reachable: false }], { preferredPlatform: 'vk' }),
    ]
    const { enqueue, work } = start()
    await enqueue(ids)
    await work(door())
    await until(async () => (await states()).every((state) => state === 'sent'))
    const by = Object.fromEntries(said.map(({ id, platform }) => [id, platform]))
    expect(ids.map((id) => by[id])).toEqual(['telegram', 'vk', 'telegram'])
  })

  test('about a visit tells its line, and none when the visit was taken back', async () => {
    const { start, door, prompt, prisma, states } = await open()
    const { id: clientId } = await prisma.client.create({ data: {} })
    const visit = await prisma.visit.create({ data: { clientId, line: 'nails', at: new Date(afternoon) } })
    const ids = [
      await prompt({ kind: 'visit', about: visit.id }),
      await prompt({ kind: 'visit', about: visit.id + 100n }),
    ]
    const lines: Record<string, string | undefined> = {}
    const { enqueue, work } = start()
    await enqueue(ids)
    await work(
      door(({ id, line }) => {
        lines[id] = line
        return { what: 'moot' }
      }),
    )
    await until(async () => (await states()).every((state) => state === 'cancelled'))
    expect(ids.map((id) => lines[id])).toEqual(['nails', undefined])
  })

  test('many do not wait for one', async () => {
    const { start, door, said, prompt } = await open()
    const slow = await prompt()
    const { enqueue, work } = start()
    await enqueue([slow])
    await enqueue(await Promise.all([prompt(), prompt()]))
    let go = () => {}
    const stuck = new Promise<void>((resolve) => (go = resolve))
    await work(
      door(async ({ id }) => {
        if (id === slow) await stuck
        return undefined
      }),
    )
    await until(() => said.length === 2)
    go()
    await until(() => said.length === 3)
  })
})

test('what can’t be queued is only logged: a sweep will find it', async () => {
  const entries: LogEntry[] = []
  const note = (entry: LogEntry) => void entries.push(entry)
  const away = () => Promise.reject(new Error('nobody there'))
  const prompts = createPromptJob({
    queues: { queue: () => ({ addMany: away, remove: away, schedule: away }), worker: away },
    prompts: createPrompts({ prisma: {} as never }),
    salon,
    log: { debug: note, info: note, warn: note, error: note },
  })
  await prompts.change({ planned: [{ id: '1', dueAt: 1 }], calledOff: ['2'] })
  await prompts.enqueue(['1'])
  expect(entries.map((entry) => entry.event)).toEqual(['prompt.notQueued', 'prompt.notQueued'])
})
