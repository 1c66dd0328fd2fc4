/** What is said on our side, and when: real queues (BullMQ), a real PostgreSQL, real conversations, a clock that the test sets. */
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Platform } from '../../src/domain/platform.ts'
import type { Reply } from '../../src/flows/conversation.ts'
import { createPromptJob, type PromptJob } from '../../src/jobs/prompts.ts'
import { createQueues, type JobQueue } from '../../src/jobs/queues.ts'
import { createPrompts } from '../../src/storage/prompts.ts'
import { promptDoor } from '../../src/wiring/prompt-door.ts'
import { salon } from '../flows/transcript.ts'
import { onboardingWords, openProcess, silent, words } from '../storage/talk.ts'

const hourMs = 3600_000
const dayMs = 24 * hourMs
const phone = '8 912 345-67-89'

/** Noon in the salon, two days from now: everybody has been quiet for long, and it is no quiet hour. */
const noon = Temporal.Now.zonedDateTimeISO(salon.timeZone)
  .add({ days: 2 })
  .round('day')
  .add({ hours: 12 }).epochMilliseconds

let salonsProcess: Awaited<ReturnType<typeof openProcess>>
let now: number
let said: string[]
/** Platforms whose chats turn out to be closed when something is sent. */
let closed: Set<Platform>

beforeEach(async () => {
  salonsProcess = await openProcess()
  now = noon
  said = []
  closed = new Set()
  onTestFinished(() => salonsProcess.close())
})

/** One process's jobs; any number may share the database. */
function openJobs() {
  const { url, prisma, conversation } = salonsProcess
  const queues = createQueues<{ prompt: PromptJob }>({ connectionString: url, log: silent })
  onTestFinished(() => queues.close())
  const prompts = createPrompts({ prisma, now: () => now })
  const jobs = createPromptJob({ queues, prompts, salon, log: silent, now: () => now })
  const send = (platform: Platform) => async (_chat: number, reply: Reply) => {
    if (closed.has(platform)) return { delivered: false, messageIds: [] }
    said.push(`${platform}: ${words(reply)}`)
    return { delivered: true, messageIds: [1] }
  }
  const bots = { telegram: { send: send('telegram') }, vk: { send: send('vk') } }
  const queue: JobQueue<PromptJob> = queues.queue('prompt')
  return { jobs, queue, work: () => jobs.work(promptDoor({ conversation, bots, now: () => now })) }
}

/** Anna has got to know the salon in Telegram, and an admin has invited her: the prompt's id. */
async function invitedAnna(more: { dueAt?: number } = {}): Promise<string> {
  const anna = salonsProcess.chat('telegram', 7)
  await anna.says(...onboardingWords(phone))
  await anna.says('/menu')
  const { prisma } = salonsProcess
  const { id: clientId } = await prisma.client.findFirstOrThrow()
  await prisma.dialogue.deleteMany({ where: { name: 'invite' } })
  const row = await prisma.prompt.create({
    data: {
      clientId,
      kind: 'invite',
      about: 1,
      number: 1,
      source: 'admin',
      dueAt: new Date(more.dueAt ?? now),
    },
  })
  return String(row.id)
}

/** Anna's other chat, in VK, which she used last. */
async function alsoInVk(): Promise<void> {
  const { prisma } = salonsProcess
  const { id: clientId } = await prisma.client.findFirstOrThrow()
  const lastSeenAt = new Date(noon - dayMs)
  await prisma.chat.create({
    data: { platform: 'vk', externalId: 8, language: 'ru', clientId, lastSeenAt, createdAt: lastSeenAt },
  })
}

const stateOf = async (id: string) => {
  const { state, dueAt } = await salonsProcess.prisma.prompt.findUniqueOrThrow({ where: { id: BigInt(id) } })
  return { state, dueAt: dueAt.getTime() }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10)
}

describe('an invitation', () => {
  test('is said when it is due, once, however many processes look for it', async () => {
    const id = await invitedAnna()
    const [one, other] = [openJobs(), openJobs()]
    await one.jobs.enqueue([id, id])
    await Promise.all([one.work(), other.work()])
    await until(async () => (await stateOf(id)).state === 'sent')
    await one.jobs.sweep()
    await other.jobs.enqueue([id])
    await until(async () => (await one.queue.counts()).active === 0)
    expect(said).toEqual([expect.stringContaining('Хотим стать лучше')])
  })

  test('has one job, under its own number, that waits for its time', async () => {
    const id = await invitedAnna({ dueAt: noon + dayMs })
    const { jobs, queue } = openJobs()
    await jobs.enqueue([id])
    await jobs.change({ planned: [{ id, dueAt: noon + dayMs }], calledOff: [] })
    expect(await queue.counts()).toMatchObject({ waiting: 0, delayed: 1 })
    await jobs.change({ planned: [], calledOff: [id] })
    expect(await queue.counts()).toMatchObject({ waiting: 0, delayed: 0 })
  })

  test('whose job got lost is found by the next look', async () => {
    const id = await invitedAnna()
    await openJobs().work()
    await until(async () => (await stateOf(id)).state === 'sent')
    expect(said).toHaveLength(1)
  })

  test('waits in the quiet hours for the morning', async () => {
    const id = await invitedAnna({ dueAt: noon + 10 * hourMs })
    now = noon + 10 * hourMs
    await openJobs().work()
    const nine = noon + 21 * hourMs
    await until(async () => (await stateOf(id)).dueAt >= nine)
    const { state, dueAt } = await stateOf(id)
    expect({ state, said }).toEqual({ state: 'waiting', said: [] })
    expect(dueAt).toBeLessThan(nine + 20 * 60_000)
  })

  test('is not said to somebody who has answered meanwhile', async () => {
    const id = await invitedAnna()
    await salonsProcess.chat('telegram', 7).says('опрос', 'да')
    await openJobs().work()
    await until(async () => (await stateOf(id)).state === 'cancelled')
    expect(said.join()).not.toContain('Хотим стать лучше')
  })

  test('goes to the chat that was used last, and to that one alone', async () => {
    const id = await invitedAnna()
    await alsoInVk()
    await openJobs().work()
    await until(async () => (await stateOf(id)).state === 'sent')
    expect(said).toEqual([expect.stringContaining('vk: Здравствуйте! Хотим стать лучше')])
  })

  test('goes to the other chat when the first one turns out to be closed', async () => {
    const id = await invitedAnna()
    await alsoInVk()
    closed.add('vk')
    await openJobs().work()
    await until(async () => (await stateOf(id)).state === 'sent')
    expect(said).toEqual([expect.stringContaining('telegram: Здравствуйте! Хотим стать лучше')])
  })

  test('is given up when no chat is open', async () => {
    const id = await invitedAnna()
    await alsoInVk()
    closed.add('vk').add('telegram')
    await openJobs().work()
    await until(async () => (await stateOf(id)).state === 'refused')
    expect(said).toEqual([])
  })

  test('that a process died on may have been said: it is not said again', async () => {
    const id = await invitedAnna()
    const prompts = createPrompts({ ...salonsProcess, now: () => now })
    expect(await prompts.claim(id)).toBe(true)
    now += hourMs
    await openJobs().work()
    expect(await stateOf(id)).toMatchObject({ state: 'unknown' })
    expect(said).toEqual([])
  })
})

test('somebody who is forgotten takes what waited for them along', async () => {
  const id = await invitedAnna()
  const { jobs, work, queue } = openJobs()
  await jobs.enqueue([id])
  await salonsProcess.chat('telegram', 7).says('забыть меня', 'да')
  expect(await salonsProcess.prisma.prompt.count()).toBe(0)
  await work()
  await until(async () => (await queue.counts()).waiting === 0)
  expect(said).toEqual([])
})
