/** The lives of processes: who was left without an answer by one that crashed. */
import { afterAll, expect, test } from 'vitest'
import { openRun } from '../../src/storage/runs.ts'
import type { Run } from '../../src/storage/runs.ts'
import { openProcess } from './talk.ts'

const opened: { close(): Promise<void> }[] = []
// One after another: a run writes its end into its process's database.
afterAll(async () => {
  for (const one of opened) await one.close()
})

/** Three chats; updates of them that the first run took at these times (milliseconds), and a way to begin the next run. */
async function afterUpdates(updates: [key: string, externalId: number, at: number][]) {
  const process = await openProcess()
  opened.push(process)
  const { prisma, url } = process
  const { id: runId } = await prisma.run.create({ data: { role: 'all' } })
  const chats = new Map<number, bigint>()
  for (const externalId of [1, 2, 3]) {
    const data = { platform: 'telegram', externalId, language: 'ru', client: { create: {} } } as const
    chats.set(externalId, (await prisma.chat.create({ data })).id)
  }
  for (const [key, externalId, at] of updates)
    await prisma.seenUpdate.create({
      data: { key, at: new Date(at), runId, chatId: chats.get(externalId) ?? null },
    })
  const next = async (role = 'all'): Promise<Run> => {
    const run = await openRun({ connectionString: url, prisma, role })
    opened.unshift(run)
    return run
  }
  return { prisma, runId, next }
}

const people = ({ unsaid }: Run): number[] => unsaid.map((chat) => chat.externalId).toSorted((a, b) => a - b)

test('those whose last answer may not have been said are told, once', async () => {
  const { next, prisma } = await afterUpdates([
    ['tg:1:1', 1, 1_000],
    ['tg:1:2', 2, 8_000],
    ['tg:1:3', 3, 10_000],
  ])
  const run = await next()
  expect(people(run)).toEqual([2, 3])
  // Who comes meanwhile leaves them to it.
  expect(people(await next())).toEqual([])
  await run.told()
  expect(people(await next())).toEqual([])
  expect(await prisma.run.findFirst({ orderBy: { id: 'asc' } })).toMatchObject({
    stoppedAt: expect.any(Date) as Date,
  })
})

test('whoever ends before they are told leaves them to the next', async () => {
  const { next } = await afterUpdates([['tg:1:1', 1, 1_000]])
  const first = await next()
  expect(people(first)).toEqual([1])
  await first.close()
  opened.splice(opened.indexOf(first), 1)
  expect(people(await next())).toEqual([1])
})

test('a worker, which tells nobody, leaves them to a process that does', async () => {
  const { next } = await afterUpdates([['tg:1:1', 1, 1_000]])
  expect(people(await next('worker'))).toEqual([])
  expect(people(await next('web'))).toEqual([1])
})

test('whoever was answered in a later life is not told', async () => {
  const { next, prisma } = await afterUpdates([
    ['tg:1:1', 1, 9_000],
    ['tg:1:2', 2, 10_000],
  ])
  const { id: runId } = await prisma.run.create({ data: { role: 'all', stoppedAt: new Date() } })
  const { id: chatId } = await prisma.chat.findFirstOrThrow({ where: { externalId: 2 } })
  await prisma.seenUpdate.create({ data: { key: 'tg:1:3', at: new Date(11_000), runId, chatId } })
  expect(people(await next())).toEqual([1])
})

test('after a good end nobody is', async () => {
  const { next, prisma, runId } = await afterUpdates([['tg:1:1', 1, 1_000]])
  await prisma.run.update({ where: { id: runId }, data: { stoppedAt: new Date() } })
  expect(people(await next())).toEqual([])
})

test('what began on our side is not said again: nobody knows whether it was', async () => {
  const { next } = await afterUpdates([
    ['tg:1:1', 1, 9_000],
    ['prompt:17', 2, 10_000],
  ])
  expect(people(await next())).toEqual([1])
})

test('who cannot be written to is left alone', async () => {
  const { next, prisma } = await afterUpdates([['tg:1:1', 1, 1_000]])
  await prisma.chat.updateMany({ data: { reachable: false } })
  expect(people(await next())).toEqual([])
})
