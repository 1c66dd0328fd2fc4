/** The whole program in the sandbox, driven as its page drives it: what it makes of skipped time, and what a restart leaves of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { startProduct } from '../../src/main.ts'
import type { Product } from '../../src/main.ts'
import { demoPeople, demoStaff } from '../../src/sandbox/demo-people.ts'
import type { ShownMessage } from '../../src/sandbox/messenger.ts'
import type { Act } from '../../src/sandbox/page-acts.ts'
import type { PageEvent, PageState, PhoneName } from '../../src/sandbox/page-protocol.ts'
import { readSettings } from '../../src/settings.ts'
import { openDatabase } from '../../src/storage/database.ts'
import type { Database } from '../../src/storage/database.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { temporaryFolder } from './product.ts'

const hourMs = 3600_000
/** Whose phone each one is at first. */
const first = { telegram: demoPeople.telegram[0]!.id, vk: demoPeople.vk[0]!.id, admin: demoStaff[0]!.id }

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let connectionString: string
let database: Database
let product: Product

beforeAll(async () => {
  folder = await temporaryFolder()
  connectionString = (await freshDatabase()).connectionString
  product = await start()
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  database = await openDatabase({ connectionString, log: silent })
})
afterAll(async () => {
  await database.close()
  await product.stop()
  await folder.remove()
})

function start(): Promise<Product> {
  const env = { DATABASE_URL: connectionString, DATA_DIR: folder.folder, PORT: '0' }
  const settings = readSettings({ cwd: folder.folder, env })
  return startProduct({ settings, role: 'all', log: createLog({ level: 'silent' }) })
}

/** Everything that the page shows. */
async function shown(): Promise<PageState> {
  const stop = new AbortController()
  const response = await fetch(`${product.url}/events`, { signal: stop.signal })
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const first = /^data: (.*)\n\n/m.exec(text)?.[1]
    if (first === undefined) continue
    stop.abort()
    const event = JSON.parse(first) as PageEvent
    if (event.type === 'state') return event.state
  }
  throw new Error('The page was told nothing')
}

async function act(body: Act): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', 'X-Otklik-Page': '1' }
  const response = await fetch(`${product.url}/act`, { method: 'POST', headers, body: JSON.stringify(body) })
  return response.json()
}

const sandboxNow = async () => Date.now() + (await shown()).clock.offsetMs

/** The first person of one of the phones. */
function at(name: PhoneName) {
  const personId = first[name]
  const place = async () => {
    const { platform, bot } = (await shown()).phones[name]
    return { platform, botId: bot.id, personId }
  }
  const messages = async (): Promise<ShownMessage[]> => {
    const { botId } = await place()
    const chat = (await shown()).chats.find((one) => one.botId === botId && one.personId === personId)
    return chat?.messages ?? []
  }
  return {
    messages,
    start: async (payload?: string) =>
      act({ act: 'start', ...(await place()), ...(payload === undefined ? {} : { payload }) }),
    /** Waits for a message of the bot that says this, or has it on a button. */
    async hears(words: string): Promise<ShownMessage> {
      for (;;) {
        const said = (await messages()).findLast(
          ({ from, text, buttons }) =>
            from === 'bot' && [text, ...buttons.flat().map(({ label }) => label)].join('\n').includes(words),
        )
        if (said) return said
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async press(label: string): Promise<void> {
      const { id, buttons } = await this.hears(label)
      const row = buttons.findIndex((one) => one.some((button) => button.label === label))
      const column = buttons[row]!.findIndex((button) => button.label === label)
      expect(await act({ act: 'press', ...(await place()), messageId: id, row, column })).toEqual({
        ok: true,
      })
    },
  }
}

test('a skipped day leaves the owner with a link that is good', async () => {
  const earlier = (await shown()).adminLink
  expect(await act({ act: 'skip', to: 'tomorrow' })).toEqual({ ok: true })
  expect(await act({ act: 'skip', to: 'tomorrow' })).toEqual({ ok: true })
  const { adminLink } = await shown()
  expect(adminLink).toMatch(/\?start=/)
  expect(adminLink).not.toBe(earlier)
  const olga = at('admin')
  await olga.start(adminLink!.split('start=')[1])
  await olga.hears('Теперь вы владелец этого бота')
})

test('a client who comes after a skip is new then, and is answered then', async () => {
  const now = await sandboxNow()
  const anna = at('telegram')
  await anna.start()
  expect((await anna.hears('Можно сохранить')).sentAt).toBeGreaterThanOrEqual(now)
  const [chat] = await database.prisma.chat.findMany({ where: { externalId: BigInt(first.telegram) } })
  expect(chat?.createdAt.getTime()).toBeGreaterThanOrEqual(now)
  expect(chat?.lastSeenAt.getTime()).toBeGreaterThanOrEqual(now)
})

test('an answer given days after the question is taken, on both platforms', async () => {
  const [inTelegram, inVk] = [at('telegram'), at('vk')]
  await inVk.start()
  await inVk.hears('Можно сохранить')
  await act({ act: 'skip', to: 'monday' })
  await act({ act: 'skip', to: 'tomorrow' })
  for (const anna of [inTelegram, inVk]) {
    await anna.press('Да, согласие даю')
    await anna.hears('Присылать вам предложения')
  }
  // VK forbids to edit what is older than a day: there the question comes as a message of its own.
  const last = (await inVk.messages()).at(-1)
  expect(last?.text).toContain('Присылать вам предложения')
  expect(last!.sentAt).toBeGreaterThan((await sandboxNow()) - hourMs)
})

describe('after a restart', () => {
  test('time goes on from where it was, and so does the conversation', async () => {
    const before = await shown()
    await product.stop()
    product = await start()
    expect((await shown()).clock.offsetMs).toBe(before.clock.offsetMs)
    const anna = at('telegram')
    await anna.press('Нет, не нужно')
    const answer = await anna.hears('Как к вам обращаться')
    expect(answer.sentAt).toBeGreaterThan(Date.now() + before.clock.offsetMs - hourMs)
  })
})
