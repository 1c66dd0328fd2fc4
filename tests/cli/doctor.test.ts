import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { runDoctor } from '../../src/cli/doctor.ts'
import { createTranslator } from '../../src/locales.ts'
import { createLog } from '../../src/log.ts'
import { createTelegram } from '../../src/sandbox/telegram/telegram.ts'
import { createVk } from '../../src/sandbox/vk/vk.ts'
import { listen } from '../../src/sandbox/listen.ts'
import { readSettings, type Settings } from '../../src/settings.ts'

const translate = createTranslator({ dir: path.resolve(import.meta.dirname, '../../locales') })
const clientToken = '4200000001:client'
const staffToken = '4200000002:staff'
const group = { id: 220_000_001, name: 'Лаванда', screenName: 'lavanda', token: 'vk1.a.community' }

let cwd: string
const closing: (() => unknown)[] = []
beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'doctor-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  await rm(cwd, { recursive: true, force: true })
})

interface Report {
  code: number
  lines: string[]
}

/** The sandbox's settings with some of them changed; port 0 and an untouched folder keep other checks quiet. */
async function examine(changes: Partial<Settings>, language: 'ru' | 'en' = 'en'): Promise<Report> {
  const settings: Settings = { ...readSettings({ env: { PORT: '0' }, cwd }), ...changes }
  const lines: string[] = []
  const log = createLog({ level: 'silent', output: { write: () => true } })
  const code = await runDoctor({ settings, log, say: (line) => lines.push(line), t: translate(language) })
  return { code, lines }
}

/** The lines that speak of `topic`, with the advice under each. */
const about = ({ lines }: Report, topic: RegExp): string[] =>
  lines.flatMap((line, index) => {
    if (!topic.test(line) || line.startsWith('  ')) return []
    const advice = lines[index + 1]?.startsWith('  ') ? [lines[index + 1] ?? ''] : []
    return [line, ...advice]
  })

/** A server that answers as told. @returns its root */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  }

/** Stand-ins of both messengers on one port. */
async function messengers() {
  const bot = (id: number, username: string, token: string) => ({ id, name: username, username, token })
  const telegram = createTelegram({
    bots: [bot(4_200_000_001, 'client_bot', clientToken), bot(4_200_000_002, 'staff_bot', staffToken)],
  })
  const vk = createVk({ group, rate: null })
  const server = await listen([
    (request, response) => telegram.handle(request, response),
    (request, response) => vk.handle(request, response),
  ])
  closing.push(() => {
    telegram.close()
    vk.close()
    return server.close()
  })
  const call = async (token: string, method: string, body: object): Promise<void> => {
    const headers = { 'Content-Type': 'application/json' }
    await fetch(`${server.url}/bot${token}/${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
  }
  const callVk = async (method: string, params: Record<string, string>): Promise<unknown> => {
    const body = new URLSearchParams({
      access_token: group.token,
      v: '5.199',
      group_id: String(group.id),
      ...params,
    })
    const answer = (await (
      await fetch(`${server.url}/method/${method}`, { method: 'POST', body })
    ).json()) as {
      response: unknown
    }
    return answer.response
  }
  return {
    call,
    callVk,
    telegram: { token: clientToken, apiRoot: server.url },
    admin: { token: staffToken, apiRoot: server.url },
    vk: { token: group.token, groupId: group.id, apiUrl: `${server.url}/method` },
  }
}

describe('in the sandbox', () => {
  test('a newcomer hears that all is well, in both languages, and no database is left behind', async () => {
    const report = await examine({})
    expect(report.code).toBe(0)
    expect(report.lines.at(-1)).toBe('All is well.')
    expect(report.lines.every((line) => line === '' || line.startsWith('✓') || line === 'All is well.')).toBe(
      true,
    )
    expect((await examine({}, 'ru')).lines.at(-1)).toBe('Всё в порядке.')
    expect(about(report, /database will be made/)).toHaveLength(1)
  })

  test('a taken port is told, and is no reason to fail', async () => {
    const root = await serve((_, response) => response.end())
    const report = await examine({ port: Number(new URL(root).port) })
    expect(about(report, /Port/)[0]).toMatch(/^! Port \d+ is taken$/)
    expect(report.code).toBe(0)
    expect(report.lines.at(-1)).toBe('It will work, but have a look: 1 remark.')
  })

  test('a free port is told', async () => {
    const root = await serve((_, response) => response.end())
    await closing.pop()?.()
    expect(about(await examine({ port: Number(new URL(root).port) }), /Port/)[0]).toMatch(
      /^✓ Port \d+ is free$/,
    )
  })

  test("a survey of the salon's own is mentioned", async () => {
    await writeFile(path.join(cwd, 'survey.yaml'), 'off: [card, income]')
    const report = await examine({})
    expect(about(report, /The survey/)).toEqual([
      `✓ The survey: 15 questions, as changed by ${path.join(cwd, 'survey.yaml')}`,
    ])
  })

  test('warnings of the settings are repeated', async () => {
    const warnings = [{ key: 'settings.warning.telegramAdvertising' }]
    expect(about(await examine({ warnings }), /Advertising on Telegram is on/)).toHaveLength(1)
  })

  test('a folder that cannot be looked into does not hide the other findings', async () => {
    const report = await examine({ dataDir: path.join(import.meta.filename, 'data') })
    expect(report.code).toBe(1)
    expect(about(report, /^✗ The check checkDisk did not work/)).toHaveLength(2)
    expect(about(report, /^✓ The settings are right/)).toHaveLength(1)
  })
})

describe('Telegram', () => {
  test('both bots are known by name, and the clock is compared', async () => {
    const { telegram, admin } = await messengers()
    const report = await examine({ mode: 'live', telegram, admin })
    expect(about(report, /Telegram|clock/)).toEqual([
      "✓ Telegram, the clients' bot: @client_bot",
      "✓ Telegram, the staff's bot: @staff_bot",
      '✓ The clock is right',
    ])
    expect(report.code).toBe(0)
  })

  test('a token that Telegram does not know is told with its name and without itself', async () => {
    const { telegram } = await messengers()
    const report = await examine({ telegram: { ...telegram, token: '4200000009:secretLetters' } })
    expect(about(report, /Telegram/)).toEqual([
      '✗ Telegram does not know the token TELEGRAM_BOT_TOKEN (Unauthorized)',
      expect.stringContaining('@BotFather') as string,
    ])
    expect(report.lines.join('\n')).not.toContain('secretLetters')
    expect(report.lines.at(-1)).toBe('To be mended: 1 place marked ✗.')
    expect(report.code).toBe(1)
  })

  test('an unreachable server is told with its name and the way round', async () => {
    const report = await examine({ admin: { token: staffToken, apiRoot: 'http://127.0.0.1:1' } })
    expect(about(report, /Telegram/)).toEqual([
      '✗ Telegram cannot be reached: 127.0.0.1:1 (ECONNREFUSED), ADMIN_BOT_TOKEN',
      expect.stringContaining('HTTPS_PROXY') as string,
    ])
  })

  test.each([
    ['a page of a provider', '<html>', 200, /^✗ 127\.0\.0\.1:\d+ answers, but not as Telegram \(HTTP 200\)$/],
    [
      'a refusal',
      '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5"}',
      429,
      /^✗ Telegram refused the bot TELEGRAM_BOT_TOKEN: Too Many Requests: retry after 5 \(429\)$/,
    ],
    [
      'a bot without a name',
      '{"ok":true,"result":{}}',
      200,
      /^✗ Telegram answered for TELEGRAM_BOT_TOKEN in a way/,
    ],
  ])('%s', async (_, body, status, expected) => {
    const apiRoot = await serve((_request, response) => response.writeHead(status).end(body))
    expect(about(await examine({ telegram: { token: clientToken, apiRoot } }), /Telegram/)[0]).toMatch(
      expected,
    )
  })

  test.each([
    ['ahead', -120_000],
    ['behind', 120_000],
  ])('a clock that is %s is told', async (direction, offsetMs) => {
    const apiRoot = await serve((request, response) => {
      response.setHeader('Date', new Date(Date.now() + offsetMs).toUTCString())
      const result = request.url?.endsWith('getMe')
        ? { username: 'a_bot' }
        : { url: '', pending_update_count: 0 }
      json({ ok: true, result })(request, response)
    })
    const report = await examine({ telegram: { token: clientToken, apiRoot } })
    expect(about(report, /clock/)[0]).toMatch(
      new RegExp(`^! This machine's clock is 1[12]\\d s ${direction}$`),
    )
    expect(report.code).toBe(0)
  })

  describe('webhooks', () => {
    const publicUrl = 'http://127.0.0.1:1/otklik'

    test('not set yet: the start will do it', async () => {
      const { telegram } = await messengers()
      expect(about(await examine({ telegram, publicUrl }), /webhook of/)[0]).toBe(
        '! The webhook of @client_bot is not set yet',
      )
    })

    test('set where it should be', async () => {
      const { telegram, admin, call } = await messengers()
      await call(clientToken, 'setWebhook', { url: `${publicUrl}/telegram` })
      await call(staffToken, 'setWebhook', { url: `${publicUrl}/telegram-admin` })
      expect(about(await examine({ telegram, admin, publicUrl }), /webhook of/)).toEqual([
        '✓ The webhook of @client_bot works, 0 waiting',
        '✓ The webhook of @staff_bot works, 0 waiting',
      ])
    })

    test("another program's: told by its host, never by its whole address", async () => {
      const { telegram, call } = await messengers()
      await call(clientToken, 'setWebhook', { url: 'http://127.0.0.1:2/secret-path' })
      const elsewhere = await examine({ telegram, publicUrl })
      expect(about(elsewhere, /webhook of/)[0]).toBe(
        `! The webhook of @client_bot leads to 127.0.0.1:2, and ${publicUrl}/telegram is needed`,
      )
      const stray = await examine({ telegram })
      expect(about(stray, /webhook/)[0]).toBe(
        '! @client_bot has a webhook at 127.0.0.1:2 although PUBLIC_URL is not set',
      )
      expect([...elsewhere.lines, ...stray.lines].join('\n')).not.toContain('secret-path')
    })

    test('failing: told with what Telegram says', async () => {
      const apiRoot = await serve((request, response) => {
        const webhook = {
          url: `${publicUrl}/telegram`,
          pending_update_count: 3,
          last_error_date: Math.floor(Date.now() / 1000) - 300,
          last_error_message: 'Wrong response from the webhook: 502 Bad Gateway',
        }
        json({ ok: true, result: request.url?.endsWith('getMe') ? { username: 'a_bot' } : webhook })(
          request,
          response,
        )
      })
      const report = await examine({ telegram: { token: clientToken, apiRoot }, publicUrl })
      expect(about(report, /webhook of/)[0]).toBe(
        '✗ The webhook of @a_bot does not get through: "Wrong response from the webhook: 502 Bad Gateway", last 5 min ago',
      )
      expect(report.code).toBe(1)
    })
  })
})

describe('the rules for offers', () => {
  test.each<[string, string, string[]]>([
    ['as they are', '', ['✓ Rules for offers: 9, 0 of them your own']],
    [
      'one that only the owner can approve, one that fits no client, one that asks for what nobody is asked',
      `own:
    - { id: big, title: Своё, text: 'Дарим {discount}.', discountPercent: 30 }
    - { id: rich, title: Своё, text: Ждём вас!, segments: [champions] }
  playbook: { family: { discountPercent: 12 } }
  crossSell: { nails: [hair] }`,
      [
        '✓ Rules for offers: 11, 2 of them your own',
        '! A discount above 20% (ownerAbove), so only the owner can approve it each time: big',
        '! These rules will draft nothing, the scheme halves has no such segments: rich',
        '! These rules will draft nothing, the survey does not ask about it: family',
      ],
    ],
  ])('%s', async (_, offers, expected) => {
    const example = await readFile(path.join(import.meta.dirname, '../../salon.example.yaml'), 'utf8')
    const own = `offers:\n  ownerAbove: { discountPercent: 20 }\n  ${offers}\n`
    await writeFile(path.join(cwd, 'salon.yaml'), example.replace(/^offers:\n(?: .*\n)+/m, own))
    if (offers !== '') await writeFile(path.join(cwd, 'survey.yaml'), 'off: [marital]\n')
    const { lines } = await examine({})
    expect(lines.filter((line) => /ules for offers|A discount above|These rules/.test(line))).toEqual(
      expected,
    )
  })
})

describe('VK', () => {
  test('a community with everything switched on', async () => {
    const { vk } = await messengers()
    expect(about(await examine({ vk }), /VK/)).toEqual([
      '✓ VK: the community "Лаванда"',
      '✓ VK: Long Poll API is on, the needed events are ticked',
    ])
  })

  test("a key that is not this community's", async () => {
    const { vk } = await messengers()
    expect(about(await examine({ vk: { ...vk, groupId: 5 } }), /VK_TOKEN/)[0]).toBe(
      '✗ The key VK_TOKEN belongs to the community "Лаванда" (220000001), and VK_GROUP_ID says 5',
    )
  })

  test('a key that VK does not take is told without itself', async () => {
    const { vk } = await messengers()
    const report = await examine({ vk: { ...vk, token: 'vk1.a.secretLetters' } })
    expect(about(report, /VK/)[0]).toBe('✗ VK does not take the key VK_TOKEN (error 5)')
    expect(report.lines.join('\n')).not.toContain('secretLetters')
  })

  test('Long Poll switched off, or without the events', async () => {
    const { vk, callVk } = await messengers()
    await callVk('groups.setLongPollSettings', { message_event: '0', message_deny: '0' })
    expect(about(await examine({ vk }), /events/)[0]).toBe(
      '✗ VK: the Long Poll API does not have these events ticked: message_event, message_deny',
    )
    await callVk('groups.setLongPollSettings', { enabled: '0' })
    expect(about(await examine({ vk }), /Long Poll/)[0]).toBe(
      '✗ VK: the Long Poll API is off, no messages will come',
    )
  })

  test.each([
    ['no rights to messages', ['manage'], /^✗ The key VK_TOKEN lacks rights: messages$/],
    ['no rights at all', [], /^✗ The key VK_TOKEN lacks rights: messages, manage$/],
    ['no rights to documents', ['messages', 'manage'], /^! The key VK_TOKEN has no right to documents/],
  ])('%s', async (_, names, expected) => {
    const root = await serve((request, response) => {
      const answers: Record<string, unknown> = {
        '/method/groups.getById': { groups: [{ id: group.id, name: group.name }] },
        '/method/groups.getTokenPermissions': { permissions: names.map((name) => ({ name, setting: 1 })) },
      }
      json({ response: answers[request.url ?? ''] ?? { is_enabled: true, events: {} } })(request, response)
    })
    const vk = { token: group.token, groupId: group.id, apiUrl: `${root}/method` }
    expect(about(await examine({ vk }), /VK_TOKEN/)[0]).toMatch(expected)
  })

  test.each([
    ['a page of a provider', '<html>', /^✗ 127\.0\.0\.1:\d+ answers, but not as VK \(HTTP 200\)$/],
    [
      'no access',
      '{"error":{"error_code":15,"error_msg":"Access denied"}}',
      /^✗ VK does not let this key use groups\.getById$/,
    ],
    [
      'another error',
      '{"error":{"error_code":10,"error_msg":"Internal server error"}}',
      /^✗ VK refused \(groups\.getById\): Internal server error, error 10$/,
    ],
    [
      'an answer of another shape',
      '{"response":[]}',
      /^✗ VK answered groups\.getById in a way we did not expect$/,
    ],
    [
      'no community',
      '{"response":{"groups":[]}}',
      /^✗ VK answered groups\.getById in a way we did not expect$/,
    ],
  ])('%s', async (_, body, expected) => {
    const root = await serve((_request, response) => response.end(body))
    const vk = { token: group.token, groupId: group.id, apiUrl: `${root}/method` }
    expect(about(await examine({ vk }), /VK/)[0]).toMatch(expected)
  })

  test('an unreachable server', async () => {
    const vk = { token: group.token, groupId: group.id, apiUrl: 'http://127.0.0.1:1/method' }
    expect(about(await examine({ vk }), /VK/)[0]).toBe('✗ VK cannot be reached: 127.0.0.1:1 (ECONNREFUSED)')
  })

  test('the Callback API is followed step by step until it is right', async () => {
    const { vk, callVk } = await messengers()
    const { code } = (await callVk('groups.getCallbackConfirmationCode', {})) as { code: string }
    // The bot's side of the Callback API, as far as confirming goes.
    const publicUrl = await serve((request, response) => {
      request.resume()
      response.end(code)
    })
    const settings = { publicUrl, vk: { ...vk, secret: 'abc', confirmation: 'wrong' } }
    const first = async (): Promise<string | undefined> =>
      about(await examine(settings), /VK|^✗ The secret|Callback/)[1]
    const found = async (): Promise<string[]> =>
      about(await examine(settings), /VK|^✗ The secret/).filter((line) => !line.startsWith('  '))
    expect(await found()).toContain('✗ VK_CONFIRMATION is not the one that VK shows')
    settings.vk.confirmation = code
    expect(await found()).toContain(`✗ VK does not know the address ${publicUrl}/vk`)
    const server = (await callVk('groups.addCallbackServer', {
      url: `${publicUrl}/vk`,
      title: 'otklik',
      secret_key: 'xyz',
    })) as { server_id: number }
    expect(await found()).toContain(`✗ The secret key at ${publicUrl}/vk is not the one in VK_SECRET`)
    settings.vk.secret = 'xyz'
    await expect
      .poll(first)
      .toBe(
        '✗ VK: the Callback API does not have these events ticked: message_new, message_event, message_allow, message_deny',
      )
    const on = { message_new: '1', message_event: '1', message_allow: '1', message_deny: '1' }
    await callVk('groups.setCallbackSettings', { server_id: String(server.server_id), ...on })
    expect(await found()).toContain('✓ VK: Callback API is on, the needed events are ticked')
  })
})

describe('PUBLIC_URL', () => {
  test.each([
    ['answers as we do', 'ok', 200, /^✓ \S+ answers from outside$/],
    ['is somebody else', '<html>', 502, /^! \S+ answers, but it is not Otklik \(HTTP 502\)$/],
  ])('%s', async (_, body, status, expected) => {
    const publicUrl = await serve((request, response) => {
      response.writeHead(request.url === '/health' ? status : 404).end(body)
    })
    expect(about(await examine({ publicUrl }), /answers/)[0]).toMatch(expected)
  })

  test('does not answer, or is no name at all', async () => {
    const silent = await examine({ publicUrl: 'http://127.0.0.1:1' })
    expect(about(silent, /does not answer/)[0]).toBe(
      '! http://127.0.0.1:1 does not answer now (ECONNREFUSED)',
    )
    expect(silent.code).toBe(0)
  })
})

describe('Redis', () => {
  /** As much of Redis as a connection and INFO need. */
  async function redis(answer: (command: string) => string): Promise<string> {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        const words = chunk.toString().split('\r\n')
        // Each command is "*N", then "$length", "word" in turn: its name is the third line.
        words.forEach((line, index) => {
          if (line.startsWith('*')) socket.write(answer((words[index + 2] ?? '').toUpperCase()))
        })
      })
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    closing.push(() => server.close())
    return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`
  const withInfo = (info: string) => redis((command) => (command === 'INFO' ? bulk(info) : '+OK\r\n'))

  test.each([
    ['a good one', 'redis_version:7.4.1\r\nmaxmemory_policy:noeviction\r\n', /^✓ Queues: Redis 7\.4\.1$/],
    ['Valkey', 'redis_version:7.2.4\r\nvalkey_version:9.0.0\r\n', /^✓ Queues: Valkey 9\.0\.0$/],
    ['an old one', 'redis_version:5.0.7\r\n', /^✗ Queues: Redis 5\.0\.7 is too old$/],
    [
      'a forgetful one',
      'redis_version:7.4.1\r\nmaxmemory_policy:allkeys-lru\r\n',
      /^! Redis throws data away .*allkeys-lru/,
    ],
  ])('%s', async (_, info, expected) => {
    expect(about(await examine({ redisUrl: await withInfo(info) }), /Redis|Valkey/)[0]).toMatch(expected)
  })

  test('one that asks for a password', async () => {
    const redisUrl = await redis(() => '-NOAUTH Authentication required.\r\n')
    expect(about(await examine({ redisUrl }), /Redis/)[0]).toMatch(/^✗ Redis at 127\.0\.0\.1:\d+ .*REDIS_URL/)
  })

  const external = process.env['TEST_REDIS_URL']
  test.each(external === undefined ? [] : [external])('a real one', async (redisUrl) => {
    expect(about(await examine({ redisUrl }), /Redis|Valkey/)[0]).toMatch(/^[✓!] .*(Redis|Valkey)/)
  })

  test('one that is not there', async () => {
    const report = await examine({ redisUrl: 'redis://:secretLetters@127.0.0.1:1' })
    expect(about(report, /Redis/)[0]).toMatch(/^✗ .*Redis.*127\.0\.0\.1:1/)
    expect(report.lines.join('\n')).not.toContain('secretLetters')
    expect(report.code).toBe(1)
  })
})
