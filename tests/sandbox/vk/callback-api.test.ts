import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { repetitionPauseMs } from '../../../src/sandbox/vk/callback-delivery.ts'
import { anna, boris, fresh, group, serveVk, until, vera, yesNo } from './serve-vk.ts'
import type { Update } from './serve-vk.ts'

interface Reply {
  status?: number
  body?: string
  headers?: Record<string, string>
}

interface Heard {
  update: Update
  headers: IncomingHttpHeaders
}

const secret = 's3cret'
const confirmation = 'a1b2c3d4'

/** The bot's side: confirms itself, and answers events as `answer` says. */
async function serveBot(answer: (update: Update, index: number) => Reply | Promise<Reply> = () => ({})) {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const update = JSON.parse(text) as Update
      if (update.type === 'confirmation') return void response.end(confirmation)
      heard.push({ update, headers: request.headers })
      void Promise.resolve(answer(update, heard.length - 1)).then(
        ({ status = 200, body = 'ok', headers = {} }) => response.writeHead(status, headers).end(body),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => server.close().closeAllConnections())
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

const words = (heard: Heard[]): string[] =>
  heard.map(({ update }) => (update.object['message'] as { text: string }).text)

test('once confirmed, the server gets the events with the secret, and the long poll does not', async () => {
  const { vk, position, poll } = await serveVk()
  const { url, heard } = await serveBot()
  const { key, ts } = await position()
  await vk.setCallback({ url, secret, confirmation })
  vk.sendText(group.id, anna.id, 'привет')
  const { update, headers } = await until(() => heard[0])
  expect(update).toMatchObject({ type: 'message_new', group_id: group.id, secret, v: '5.199' })
  expect(update.event_id).toMatch(/^[0-9a-f]{40}$/)
  expect(headers['content-type']).toBe('application/json')
  expect(headers['x-retry-counter']).toBeUndefined()
  expect((await poll({ key, ts, wait: 0 })).updates).toEqual([])

  await vk.setCallback(null)
  vk.sendText(group.id, anna.id, 'и снова здравствуйте')
  expect((await poll({ key, ts })).updates).toHaveLength(1)
  expect(heard).toHaveLength(1)
})

test('a press, a permission and its withdrawal arrive like messages', async () => {
  const { vk, ok } = await serveVk()
  const { url, heard } = await serveBot()
  await vk.setCallback({ url, secret, confirmation })
  const id = await ok<number>('messages.send', {
    peer_id: anna.id,
    random_id: fresh(),
    message: '?',
    keyboard: yesNo,
  })
  vk.press(group.id, anna.id, id, 0, 0)
  vk.block(group.id, anna.id)
  vk.unblock(group.id, anna.id)
  await until(() => heard.length === 3)
  expect(heard.map(({ update }) => [update.type, update.object])).toEqual([
    [
      'message_event',
      {
        user_id: anna.id,
        peer_id: anna.id,
        event_id: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
        payload: { a: 'yes' },
        conversation_message_id: expect.any(Number) as number,
      },
    ],
    ['message_deny', { user_id: anna.id }],
    ['message_allow', { user_id: anna.id, key: '' }],
  ])
})

test.each<[string, Reply]>([
  ['an error', { status: 500 }],
  ['something else than ok', { body: 'OK, thanks' }],
  ['nothing', { body: '' }],
  ['a redirect', { status: 302, headers: { Location: '/' } }],
])('an event answered with %s is brought again, with a counter, until ok', async (_, bad) => {
  const { vk } = await serveVk()
  const { url, heard } = await serveBot((_update, index) => (index < 3 ? bad : {}))
  await vk.setCallback({ url, secret, confirmation })
  vk.sendText(group.id, anna.id, 'раз')
  vk.sendText(group.id, anna.id, 'два')
  await until(() => heard.length === 5)
  expect(words(heard)).toEqual(['раз', 'раз', 'раз', 'раз', 'два'])
  expect(heard.map(({ headers }) => headers['x-retry-counter'])).toEqual([
    undefined,
    '1',
    '2',
    '3',
    undefined,
  ])
  expect(new Set(heard.slice(0, 4).map(({ update }) => update.event_id)).size).toBe(1)
})

test('the pauses between repetitions grow up to 64 times', () => {
  const pauses = Array.from({ length: 9 }, (_, repetition) => repetitionPauseMs(1000, repetition))
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 64_000, 64_000])
})

test.each([
  { status: 410, retryAfterSeconds: 90, pauseMs: 90_000 },
  { status: 429, retryAfterSeconds: 1, pauseMs: 1000 },
  { status: 503, retryAfterSeconds: 100_000, pauseMs: 10_799_000 },
  { status: 503, retryAfterSeconds: 0, pauseMs: 40 },
  { status: 500, retryAfterSeconds: 90, pauseMs: 40 },
])('$status with Retry-After: $retryAfterSeconds', ({ status, retryAfterSeconds, pauseMs }) => {
  expect(repetitionPauseMs(10, 2, { status, retryAfterSeconds, body: '' })).toBe(pauseMs)
})

test("one person's events wait for each other; another's do not wait", async () => {
  const { vk } = await serveVk()
  const waiting: (() => void)[] = []
  const { url, heard } = await serveBot(({ object }) => {
    const { from_id: from } = object['message'] as { from_id: number }
    if (from !== anna.id) return {}
    return new Promise((resolve) => waiting.push(() => resolve({})))
  })
  await vk.setCallback({ url, secret, confirmation })
  vk.sendText(group.id, anna.id, 'Анна 1')
  vk.sendText(group.id, anna.id, 'Анна 2')
  for (const person of [boris, vera]) {
    vk.sendText(group.id, person.id, `${person.firstName} 1`)
    vk.sendText(group.id, person.id, `${person.firstName} 2`)
  }
  await until(() => heard.length === 5)
  expect(words(heard).toSorted()).toEqual(['Vera 1', 'Vera 2', 'Анна 1', 'Борис 1', 'Борис 2'])
  waiting.shift()?.()
  await until(() => heard.length === 6)
  expect(words(heard).at(-1)).toBe('Анна 2')
})

test('a server that answers "remove" is removed, and events go to the long poll again', async () => {
  const { vk, ok, position, poll } = await serveVk()
  const { url, heard } = await serveBot(() => ({ body: 'remove' }))
  const { key, ts } = await position()
  await vk.setCallback({ url, secret, confirmation })
  vk.sendText(group.id, anna.id, 'раз')
  await until(() => heard.length === 1)
  const count = () => ok<{ count: number }>('groups.getCallbackServers', { group_id: group.id })
  while ((await count()).count > 0) await new Promise((resolve) => setTimeout(resolve, 2))
  vk.sendText(group.id, anna.id, 'два')
  expect((await poll({ key, ts })).updates).toHaveLength(1)
})

test('a server can be added by methods: code, address, events', async () => {
  const { vk, ok } = await serveVk()
  const { url, heard } = await serveBot()
  await vk.setCallback({ url, secret, confirmation })
  const mine = { group_id: group.id }
  expect(await ok('groups.getCallbackConfirmationCode', mine)).toEqual({ code: confirmation })
  const second = await serveBot()
  const server = { ...mine, url: second.url, title: 'второй', secret_key: 'другой' }
  const { server_id: id } = await ok<{ server_id: number }>('groups.addCallbackServer', server)
  const status = async () =>
    (await ok<{ items: { status: string }[] }>('groups.getCallbackServers', { ...mine, server_ids: id }))
      .items[0]?.status
  while ((await status()) !== 'ok') await new Promise((resolve) => setTimeout(resolve, 2))
  await ok('groups.setCallbackSettings', { ...mine, server_id: id, message_deny: 1, api_version: '5.131' })
  const settings = await ok<{ events: object }>('groups.getCallbackSettings', { ...mine, server_id: id })
  expect(settings).toMatchObject({ api_version: '5.131', events: { message_deny: 1, message_new: 0 } })

  vk.sendText(group.id, anna.id, 'раз')
  vk.block(group.id, anna.id)
  await until(() => heard.length === 2 && second.heard.length === 1)
  expect(second.heard[0]?.update).toMatchObject({ type: 'message_deny', secret: 'другой', v: '5.131' })
  await ok('groups.deleteCallbackServer', { ...mine, server_id: id })
  expect(await ok('groups.getCallbackServers', mine)).toMatchObject({ count: 1 })
})

test('duplicates and another order come this way too', async () => {
  const { vk } = await serveVk()
  const { url, heard } = await serveBot()
  await vk.setCallback({ url, secret, confirmation })
  vk.faults.reorder(3, ([first, second, third]) => [third!, first!, second!])
  for (const word of ['раз', 'два', 'три']) vk.sendText(group.id, anna.id, word)
  vk.faults.duplicate(2)
  vk.sendText(group.id, anna.id, 'четыре')
  await until(() => heard.length === 5)
  expect(words(heard)).toEqual(['три', 'раз', 'два', 'четыре', 'четыре'])
  expect(heard[3]?.update.event_id).toBe(heard[4]?.update.event_id)
})

test('what could not be delivered before a restart, and what happens until the bot is back, is delivered then', async () => {
  const before = await serveVk({ callbackRetryDelayMs: 100_000 })
  const down = await serveBot(() => ({ status: 500 }))
  await before.vk.setCallback({ url: down.url, secret, confirmation })
  before.vk.sendText(group.id, anna.id, 'один')
  before.vk.sendText(group.id, anna.id, 'два')
  await until(() => down.heard.length === 1)

  const after = await serveVk({ saved: JSON.parse(JSON.stringify(before.vk.save())) as unknown })
  after.vk.sendText(group.id, anna.id, 'три')
  const refusing = { url: down.url, secret, confirmation: 'другой код' }
  await expect(after.vk.setCallback(refusing)).rejects.toThrow('instead of the code')
  after.vk.sendText(group.id, anna.id, 'четыре')
  const up = await serveBot()
  await after.vk.setCallback({ url: up.url, secret, confirmation })
  after.vk.sendText(group.id, anna.id, 'пять')
  await until(() => up.heard.length === 5)
  expect(words(up.heard)).toEqual(['один', 'два', 'три', 'четыре', 'пять'])
})

test('a bot that polls after the restart gets what its callback server of before did not', async () => {
  const before = await serveVk({ callbackRetryDelayMs: 100_000 })
  const down = await serveBot(() => ({ status: 500 }))
  await before.vk.setCallback({ url: down.url, secret, confirmation })
  before.vk.sendText(group.id, anna.id, 'один')
  const after = await serveVk({ saved: JSON.parse(JSON.stringify(before.vk.save())) as unknown })
  after.vk.sendText(group.id, anna.id, 'два')
  const { updates } = await after.poll(await after.position())
  expect(updates?.map(({ object }) => (object['message'] as { text: string }).text)).toEqual(['один', 'два'])
})

test('a bot that connects again at another address misses nothing', async () => {
  const { vk } = await serveVk({ callbackRetryDelayMs: 100_000 })
  const first = await serveBot(() => ({ status: 500 }))
  await vk.setCallback({ url: first.url, secret, confirmation })
  vk.sendText(group.id, anna.id, 'один')
  await until(() => first.heard.length === 1)
  const second = await serveBot()
  const connecting = vk.setCallback({ url: second.url, secret, confirmation })
  vk.sendText(group.id, anna.id, 'два')
  await connecting
  vk.sendText(group.id, anna.id, 'три')
  await until(() => second.heard.length === 3)
  expect(words(second.heard)).toEqual(['один', 'два', 'три'])
})
