import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Update, WebhookInfo } from 'grammy/types'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { TelegramOptions } from '../../../src/sandbox/telegram/telegram.ts'
import { ANNA, BORIS, BOT, openSandbox, request, until } from './open-sandbox.ts'

interface Delivery {
  update: Update
  headers: IncomingHttpHeaders
  method: string | undefined
}

const label = ({ update }: Delivery) =>
  update.message?.text ?? update.callback_query?.data ?? 'my_chat_member'

/** A bot's own server: it notes what comes and answers as told. */
async function openReceiver(answer: (delivery: Delivery, response: ServerResponse, count: number) => void) {
  const deliveries: Delivery[] = []
  const server = createServer((incoming, response) => {
    void incoming.toArray().then((chunks: Buffer[]) => {
      const update = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Update
      const delivery = { update, headers: incoming.headers, method: incoming.method }
      deliveries.push(delivery)
      answer(delivery, response, deliveries.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { deliveries, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

async function open(
  answer: (delivery: Delivery, response: ServerResponse, count: number) => void,
  options: Partial<TelegramOptions> = {},
  settings: object = {},
) {
  const receiver = await openReceiver(answer)
  const sandbox = await openSandbox({ webhookRetryMs: 5, ...options })
  expect((await sandbox.call<boolean>('setWebhook', { url: receiver.url, ...settings })).result).toBe(true)
  const info = async () => (await sandbox.call<WebhookInfo>('getWebhookInfo')).result
  return {
    ...sandbox,
    ...receiver,
    info,
    type: (text: string, id = ANNA.id) => sandbox.telegram.sendText(BOT.id, id, text),
  }
}

const ok = (_: Delivery, response: ServerResponse) => void response.end()

describe('delivery', () => {
  test('an update is posted as JSON with the secret, and a 2xx confirms it', async () => {
    const { type, deliveries, telegram, info } = await open(
      (_, response) => response.writeHead(204).end(),
      {},
      { secret_token: 'sek-1' },
    )
    type('a')
    await until(() => telegram.updatesPending(BOT.id) === 0)
    expect(deliveries).toHaveLength(1)
    expect(deliveries[0]).toMatchObject({
      method: 'POST',
      update: {
        message: { text: 'a', from: { id: ANNA.id, language_code: 'ru' }, chat: { type: 'private' } },
      },
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': 'sek-1' },
    })
    expect(await info()).toMatchObject({ pending_update_count: 0, max_connections: 40 })
  })

  test('without a secret there is no header', async () => {
    const { type, deliveries } = await open(ok)
    type('a')
    await until(() => deliveries.length === 1)
    expect(deliveries[0]!.headers).not.toHaveProperty('x-telegram-bot-api-secret-token')
  })

  test('what waited before the webhook was set is delivered, or dropped on demand', async () => {
    const { telegram, call, deliveries, url, type } = await open(ok)
    await call('deleteWebhook')
    type('old')
    expect(telegram.updatesPending(BOT.id)).toBe(1)
    await call('setWebhook', { url })
    await until(() => deliveries.length === 1)
    await call('deleteWebhook')
    type('dropped')
    await call('setWebhook', { url, drop_pending_updates: true })
    type('new')
    await until(() => deliveries.length === 2)
    expect(deliveries.map(label)).toEqual(['old', 'new'])
  })

  test("a failed update is tried again and again, and holds back its chat's next ones only", async () => {
    const { type, deliveries, info, telegram } = await open((delivery, response, count) => {
      response.writeHead(label(delivery) === 'a' && count < 6 ? 500 : 200).end()
    })
    type('a')
    type('b')
    type('other', BORIS.id)
    await until(() => telegram.updatesPending(BOT.id) === 0)
    const seen = deliveries.map(label)
    expect(seen.filter((text) => text === 'a').length).toBeGreaterThan(2)
    expect(seen.lastIndexOf('a')).toBeLessThan(seen.indexOf('b'))
    expect(seen.indexOf('other')).toBeLessThan(seen.lastIndexOf('a'))
    expect((await info()).last_error_message).toBe(
      'Wrong response from the webhook: 500 Internal Server Error',
    )
  })

  test('Retry-After is obeyed instead of the doubling', async () => {
    const { type, deliveries } = await open((_, response, count) => {
      response.writeHead(count === 1 ? 503 : 200, count === 1 ? { 'Retry-After': '1' } : {}).end()
    })
    type('a')
    await until(() => deliveries.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(deliveries).toHaveLength(1)
    await until(() => deliveries.length === 2)
  })

  test('a closed connection and a bot that is down are failures too', async () => {
    const { type, deliveries, telegram, call, info, url } = await open((_, response, count) => {
      if (count < 3) response.destroy()
      else response.end()
    })
    type('a')
    await until(() => telegram.updatesPending(BOT.id) === 0)
    expect(deliveries).toHaveLength(3)
    expect((await info()).last_error_message).toBe('Webhook connection closed')
    await call('setWebhook', { url: 'http://127.0.0.1:1/' })
    type('b')
    while ((await info()).last_error_message !== 'Connection refused') continue
    expect(telegram.updatesPending(BOT.id)).toBe(1)
    await call('setWebhook', { url })
    await until(() => deliveries.length === 4)
    expect(label(deliveries[3]!)).toBe('b')
  })

  test('an update that outlives its time is dropped', async () => {
    let nowMs = Date.UTC(2026, 10, 1)
    const { type, deliveries } = await open((_, response) => response.writeHead(500).end(), {
      now: () => nowMs,
    })
    type('a')
    type('b')
    await until(() => deliveries.length > 2)
    nowMs += 86_400_000
    type('c')
    await until(() => deliveries.some((delivery) => label(delivery) === 'c'))
    expect(new Set(deliveries.map(label))).toEqual(new Set(['a', 'c']))
  })

  test('an update that would be too old at the next try is dropped at once', async () => {
    let nowMs = Date.UTC(2026, 10, 1)
    const { telegram, type } = await open(
      (_, response) => void response.writeHead(503, { 'Retry-After': '3600' }).end(),
      { now: () => nowMs },
    )
    type('a')
    nowMs += 86_400_000 - 3_599_000
    await until(() => telegram.updatesPending(BOT.id) === 0)
  })

  test("a chat's updates wait for each other, other chats do not wait", async () => {
    const open1: ServerResponse[] = []
    const { type, deliveries } = await open((_, response) => void open1.push(response))
    type('a1')
    type('a2')
    type('b1', BORIS.id)
    await until(() => deliveries.length === 2)
    expect(deliveries.map(label)).toEqual(['a1', 'b1'])
    open1[0]!.end()
    await until(() => deliveries.length === 3)
    expect(label(deliveries[2]!)).toBe('a2')
    for (const response of open1) response.end()
  })

  test("asked for the real server's order, a press does not wait for a message", async () => {
    const held: ServerResponse[] = []
    const { type, deliveries, call, telegram } = await open((_, response) => void held.push(response), {
      webhookOrder: 'kind',
    })
    type('a')
    const sent = await call('sendMessage', {
      chat_id: ANNA.id,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'press' }]] },
    })
    telegram.press(BOT.id, ANNA.id, sent.result.message_id, 0, 0)
    await until(() => deliveries.length === 2)
    expect(deliveries.map(label)).toEqual(['a', 'press'])
    for (const response of held) response.end()
  })

  test('no more than max_connections at once', async () => {
    const held: ServerResponse[] = []
    const people = Array.from({ length: 5 }, (_, index) => ({
      id: index + 1,
      firstName: 'P',
      language: 'en' as const,
    }))
    const { deliveries, telegram } = await open(
      (_, response) => void held.push(response),
      { people },
      { max_connections: 2 },
    )
    for (const { id } of people) telegram.start(BOT.id, id)
    await until(() => deliveries.length === 2)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(deliveries).toHaveLength(2)
    while (telegram.updatesPending(BOT.id) > 0) {
      for (const response of held.splice(0)) response.end()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(deliveries).toHaveLength(5)
  })

  test('copies and another order reach a webhook too', async () => {
    const { telegram, type, deliveries } = await open(ok)
    telegram.faults.duplicate(2)
    telegram.faults.reorder(2, ([first, second]) => [second!, first!])
    type('a')
    type('b')
    await until(() => deliveries.length === 4)
    expect(deliveries.map(label)).toEqual(['b', 'b', 'a', 'a'])
    await until(() => telegram.updatesPending(BOT.id) === 0)
  })

  test('410 for 23 hours takes the webhook away', async () => {
    let nowMs = Date.UTC(2026, 10, 1)
    const { type, deliveries, info } = await open((_, response) => response.writeHead(410).end(), {
      now: () => nowMs,
    })
    type('a')
    await until(() => deliveries.length > 1)
    nowMs += 23 * 3_600_000 + 1
    while ((await info()).url !== '') continue
    expect((await info()).pending_update_count).toBe(1)
  })
})

describe("a call in the webhook's answer", () => {
  const answering = (body: object) => (_: Delivery, response: ServerResponse) =>
    void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))

  test('is done', async () => {
    const { type, telegram, lastMessage } = await open(
      answering({ method: 'SendMessage', chat_id: ANNA.id, text: 'hi' }),
    )
    type('a')
    await until(() => telegram.updatesPending(BOT.id) === 0)
    expect(lastMessage()).toMatchObject({ from: 'bot', text: 'hi' })
  })

  test('is checked like any other, and its error is lost', async () => {
    const { type, telegram, lastMessage } = await open(
      answering({ method: 'sendMessage', chat_id: ANNA.id, text: '' }),
    )
    type('a')
    await until(() => telegram.updatesPending(BOT.id) === 0)
    expect(lastMessage()).toMatchObject({ from: 'person', text: 'a' })
  })

  test('meets faults too', async () => {
    const { type, telegram, lastMessage } = await open(
      answering({ method: 'sendMessage', chat_id: ANNA.id, text: 'hi' }),
    )
    telegram.faults.add({ kind: 'serverError', method: 'sendMessage', times: 1 })
    telegram.faults.add({ kind: 'disconnect', effect: 'after', method: 'sendMessage', times: 1 })
    type('a')
    await until(() => telegram.updatesPending(BOT.id) === 0)
    expect(lastMessage()).toMatchObject({ text: 'a' })
    type('b')
    await until(() => telegram.updatesPending(BOT.id) === 0)
    expect(lastMessage()).toMatchObject({ text: 'hi' })
  })

  test.each(['deleteWebhook', 'setWebhook', 'logOut', 'close', 'getMe'])('%s is not done', async (method) => {
    const { type, telegram, info } = await open(answering({ method, url: '' }))
    type('a')
    await until(() => telegram.updatesPending(BOT.id) === 0)
    expect((await info()).url).not.toBe('')
  })

  test('text that is no call confirms the update all the same', async () => {
    const { type, telegram } = await open((_, response) => response.end('ok'))
    type('a')
    await until(() => telegram.updatesPending(BOT.id) === 0)
  })
})

describe('setWebhook', () => {
  test.each<[name: string, parameters: object, description: string]>([
    [
      'plain HTTP elsewhere',
      { url: 'http://example.org/' },
      'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    ],
    [
      'another port',
      { url: 'https://example.org:3000/' },
      'Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
    ],
    ['no URL at all', { url: 'https://' }, 'Bad Request: invalid webhook URL specified'],
    [
      'a secret with a space',
      { url: 'https://example.org/', secret_token: 'a b' },
      'Bad Request: secret token contains unallowed characters',
    ],
    [
      'a secret of 257',
      { url: 'https://example.org/', secret_token: 'a'.repeat(257) },
      'Bad Request: secret token is too long',
    ],
  ])('%s', async (_, parameters, description) => {
    const { call } = await openSandbox()
    expect(await call('setWebhook', parameters)).toMatchObject({ ok: false, status: 400, description })
  })

  test('twice within a second is too often', async () => {
    let nowMs = Date.UTC(2026, 10, 1)
    const { url } = await openSandbox({ limits: {}, now: () => nowMs })
    const set = () => request(`${url}/bot${BOT.token}/setWebhook?url=https://example.org/`)
    expect((await set()).ok).toBe(true)
    const second = await set()
    expect(second).toMatchObject({ status: 429, parameters: { retry_after: 1 } })
    expect(second.headers.get('retry-after')).toBe('1')
    nowMs += 1000
    expect((await set()).ok).toBe(true)
  })

  test('an empty URL takes it away', async () => {
    const { call } = await openSandbox()
    await call('setWebhook', { url: 'https://example.org/' })
    await call('setWebhook', { url: '' })
    expect((await call<WebhookInfo>('getWebhookInfo')).result).toEqual({
      url: '',
      has_custom_certificate: false,
      pending_update_count: 0,
    })
  })
})
