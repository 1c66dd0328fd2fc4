import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Bot, GrammyError, HttpError, InputFile } from 'grammy'
import { Telegraf } from 'telegraf'
import { VK } from 'vk-io'
import { expect, test } from 'vitest'

import { redact } from '../src/log/redact.ts'
import { createLog } from '../src/log.ts'

const token = '7012345678:AAF-some_secretLettersOfAToken012345'
const vkToken = `vk1.a.${'Qw3rty-_'.repeat(20)}`

function collect(readable = false) {
  const lines: string[] = []
  const log = createLog({ level: 'trace', output: { write: (line) => lines.push(line) }, readable })
  return { log, lines, text: () => lines.join('') }
}

/** A server that answers every request as told, for as long as `use` runs. */
async function withServer(
  answer: { status: number; body: string } | 'cut',
  use: (root: string) => Promise<void>,
) {
  const server = createServer((request, response) => {
    request.resume()
    if (answer === 'cut') return void request.socket.destroy()
    response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const failure = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => {
      throw new Error('the call was expected to fail')
    },
    (error: unknown) => error,
  )

test.each([
  [
    'a URL of the Bot API',
    `request to http://h/bot${token}/getMe failed`,
    'request to http://h/bot[token]/getMe failed',
  ],
  ['a file of the Bot API', `http://h/file/bot${token}/a.jpg`, 'http://h/file/bot[token]/a.jpg'],
  ['an escaped URL', `bot${token.replace(':', '%3A')}`, 'bot[token]'],
  ['a short token of a test', '/bot1:a/getMe', '/bot[token]/getMe'],
  ['a token alone', `token ${token}.`, 'token [token].'],
  ['a VK token', `token ${vkToken} used`, 'token [token] used'],
  ['an old VK token', 'a1'.repeat(42) + 'f', '[token]'],
  ['a form', 'peer_id=1&access_token=abc.d-e&v=5.199', 'peer_id=1&access_token=[secret]&v=5.199'],
  ['JSON', '{"secret":"abc","a":1}', '{"secret":"[secret]","a":1}'],
  [
    'JSON in JSON',
    String.raw`{"body":"{\"access_token\":\"abc\",\"a\":1}"}`,
    String.raw`{"body":"{\"access_token\":\"[secret]\",\"a\":1}"}`,
  ],
  [
    'a long poll server',
    'https://lp.vk.ru/wh1?act=a_check&key=abcdef&ts=1',
    'https://lp.vk.ru/wh1?act=a_check&key=[secret]&ts=1',
  ],
  ['a database URL', 'postgres://otklik:p4ss@db:5432/o', 'postgres://otklik:[secret]@db:5432/o'],
  ['a Redis URL', 'redis://:p4ss@r:6379', 'redis://:[secret]@r:6379'],
  ['a phone', 'to +79123456789', 'to [phone]'],
  ['a phone without a plus', '"text":"89123456789"', '"text":"[phone]"'],
  ['a phone as a number', '{"phone":79123456789,"a":[79123456789]}', '{"phone":"[phone]","a":["[phone]"]}'],
])('%s is taken out', (_, text, clean) => {
  expect(redact(text)).toBe(clean)
})

test.each([
  'chatId 7912345678, update 912345678, messageId 15',
  '{"time":"2026-11-21T10:20:30.123Z","pid":4242,"chatId":-1001234567890,"took":1790000000000}',
  'http://127.0.0.1:3000/hooks/telegram',
  'the bot answered at 12:30',
])('what is not secret stays: %s', (text) => {
  expect(redact(text)).toBe(text)
})

test('an error of grammY from a cut connection does not tell the token', async () => {
  await withServer('cut', async (apiRoot) => {
    const bot = new Bot(token, { client: { apiRoot } })
    const error = await failure(bot.api.getMe())
    expect(error).toBeInstanceOf(HttpError)
    // The token is really in there: this is what the log has to hold back.
    expect(String((error as HttpError).error)).toContain(token)
    const { log, text } = collect()
    log.error({ event: 'telegram.failed', error })
    log.error({ event: 'telegram.failed', details: { inner: [String((error as HttpError).error)] } })
    log.error({ event: 'job.failed', error: new Error('outer', { cause: (error as HttpError).error }) })
    expect(text()).not.toContain(token.split(':')[1])
    expect(text()).toContain('[token]')
  })
})

test('an error of the Bot API seen by grammY does not tell the token or the text that was sent to a phone', async () => {
  const body = JSON.stringify({ ok: false, error_code: 400, description: 'Bad Request: chat not found' })
  await withServer({ status: 400, body }, async (apiRoot) => {
    const bot = new Bot(token, { client: { apiRoot } })
    const error = await failure(bot.api.sendContact(1, '+79123456789', token))
    expect(error).toBeInstanceOf(GrammyError)
    const { log, text } = collect()
    log.error({ event: 'telegram.refused', error })
    expect(text()).toContain('chat not found')
    expect(text()).not.toContain(token.split(':')[1])
    expect(text()).not.toContain('9123456789')
  })
})

test('a failed upload through grammY does not tell the token', async () => {
  await withServer('cut', async (apiRoot) => {
    const bot = new Bot(token, { client: { apiRoot } })
    const error = await failure(bot.api.sendDocument(1, new InputFile(Buffer.from('x'), 'x.json')))
    const { log, text } = collect(true)
    log.error({ event: 'telegram.failed', error })
    expect(text()).not.toContain(token.split(':')[1])
  })
})

test.each([
  ['a cut connection', 'cut' as const],
  ['an answer that is no JSON', { status: 200, body: '<html>' }],
])('an error of Telegraf from %s does not tell the token', async (_, answer) => {
  await withServer(answer, async (apiRoot) => {
    const error = await failure(new Telegraf(token, { telegram: { apiRoot } }).telegram.getMe())
    const { log, text } = collect()
    log.error({ event: 'admin.failed', error })
    log.error({ event: 'admin.failed', err: error })
    log.error({ event: 'admin.failed', message: String(error) })
    expect(text()).toContain('admin.failed')
    expect(text()).not.toContain(token.split(':')[1])
  })
})

test("an error of VK's API does not tell the token", async () => {
  const body = JSON.stringify({
    error: {
      error_code: 5,
      error_msg: `User authorization failed: ${vkToken}`,
      request_params: [{ key: 'access_token', value: vkToken }],
    },
  })
  await withServer({ status: 200, body }, async (root) => {
    const { Agent } = await import('node:http')
    // vk-io's types know https agents only; its code takes any.
    const vk = new VK({
      token: vkToken,
      apiBaseUrl: `${root}/method`,
      agent: new Agent() as never,
      apiRetryLimit: 0,
    })
    const error = await failure(vk.api.groups.getById({}))
    const { log, text } = collect()
    log.error({ event: 'vk.failed', error })
    expect(text()).toContain('authorization failed')
    expect(text()).not.toContain(vkToken.slice(6))
  })
})

test('a line is JSON with level, time and event, and stays JSON when something was taken out', () => {
  const { log, lines } = collect()
  log.info({ event: 'client.came', clientId: 7, phone: 79123456789 })
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    pid: process.pid,
    event: 'client.came',
    clientId: 7,
    phone: '[phone]',
  })
})

test('for a person a line is a clock, a level, an event and its ids; an error keeps its stack', () => {
  const { log, lines } = collect(true)
  log.warn({ event: 'telegram.blocked', chatId: 7 })
  log.error({ event: 'job.failed', error: new Error('no luck') })
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}telegram\.blocked chatId=7\n$/)
  expect(lines[1]).toMatch(/job\.failed error=\n {2}Error: no luck\n {6}at /)
})

test('what is below the level is not written', () => {
  const lines: string[] = []
  createLog({ level: 'error', output: { write: (line) => lines.push(line) } }).info({ event: 'x' })
  expect(lines).toEqual([])
})
