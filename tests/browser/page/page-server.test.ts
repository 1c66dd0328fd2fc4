import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PageEvent } from '../../../src/sandbox/page-protocol.ts'
import { skipNames, skipTargets } from '../../../src/sandbox/skip-targets.ts'
import { png } from '../../domain/pictures.ts'
import { anna, hours, olgaId, openSandbox } from './open-sandbox.ts'

let sandbox: Awaited<ReturnType<typeof openSandbox>>
let ownerLink: string | undefined = 'https://t.me/silk_work_bot?start=owner'

beforeAll(async () => {
  sandbox = await openSandbox({ adminLink: () => ownerLink })
})
afterAll(() => sandbox.close())

const own = { 'Content-Type': 'application/json', 'X-Otklik-Page': '1' }

async function act(body: unknown, headers: Record<string, string> = own) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${sandbox.url}/act`, { method: 'POST', headers, body: text })
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> }
}

const inChat = (personId = anna.telegramId) => ({
  platform: 'telegram',
  botId: sandbox.clientBotId,
  personId,
})

/** A request with a Host of one's own, which fetch does not allow. */
function statusFor(
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<number | undefined> {
  const { port } = new URL(sandbox.url)
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

/** Reads the stream of events until `enough` says so. */
async function readEvents(enough: (events: PageEvent[]) => boolean, meanwhile: () => unknown = () => {}) {
  const stop = new AbortController()
  const response = await fetch(`${sandbox.url}/events`, { signal: stop.signal })
  const events: PageEvent[] = []
  let text = ''
  let begun = false
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)) as PageEvent)
    }
    if (!begun && events.length > 0) {
      begun = true
      await meanwhile()
    }
    if (enough(events)) break
  }
  stop.abort()
  return events
}

describe('who may come in', () => {
  test.each(['/', '/page/app.js', '/page/strings/ru.json', '/events', '/act', '/file'])(
    'a name that was made to lead here is turned away from %s',
    async (path) => {
      expect(await statusFor(path, { Host: 'evil.example' })).toBe(403)
      expect(await statusFor(path, { Host: '127.0.0.1.evil.example:80' })).toBe(403)
    },
  )

  test('both names of this machine are welcome', async () => {
    const { port } = new URL(sandbox.url)
    expect(await statusFor('/', { Host: `localhost:${port}` })).toBe(200)
    expect(await statusFor('/', { Host: `127.0.0.1:${port}` })).toBe(200)
  })

  test("another site's page can't act, nor can a form without our header", async () => {
    const body = { act: 'sendText', ...inChat(), text: 'привет' }
    expect((await act(body, { ...own, Origin: 'https://evil.example' })).status).toBe(403)
    expect((await act(body, { ...own, Origin: 'null' })).status).toBe(403)
    expect((await act(body, { 'Content-Type': 'application/json' })).status).toBe(403)
    expect(sandbox.telegram.chat(sandbox.clientBotId, anna.telegramId).messages).toEqual([])
  })

  test('scripts, styles and pictures come from here only', async () => {
    const response = await fetch(`${sandbox.url}/`)
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('only the files of the page are served', async () => {
    for (const path of [
      '/page/../page.ts',
      '/page/%2e%2e/page.ts',
      '/page/tsconfig.json',
      '/page/',
      '/etc/passwd',
      '//',
    ]) {
      expect(await statusFor(path, { Host: 'localhost' })).toBe(404)
    }
    expect(await statusFor('/', { Host: 'localhost' }, 'DELETE')).toBe(405)
  })

  test('an unchanged file is not sent again', async () => {
    const first = await fetch(`${sandbox.url}/page/app.js`)
    await first.text()
    const tag = first.headers.get('etag') ?? ''
    expect(await statusFor('/page/app.js', { Host: 'localhost', 'If-None-Match': tag })).toBe(304)
  })
})

describe('acting', () => {
  test.each([
    ['not JSON', '{', 400, /not JSON/],
    ['not an object', '[]', 400, /expected object/],
    ['no act', {}, 400, /act/],
    ['an unknown act', { act: 'fly' }, 400, /act/],
    ['an unknown platform', { act: 'block', platform: 'icq', botId: 1, personId: 1 }, 400, /platform/],
    ['an unknown bot', { act: 'block', platform: 'vk', botId: 5, personId: anna.vkId }, 400, /no bot 5/],
    ['an unknown person', { act: 'block', platform: 'vk', botId: 800_001, personId: 5 }, 400, /no person 5/],
    [
      'an empty text',
      { act: 'sendText', platform: 'vk', botId: 800_001, personId: anna.vkId, text: ' ' },
      400,
      /text/,
    ],
    [
      'a field too many',
      { act: 'block', platform: 'vk', botId: 800_001, personId: anna.vkId, x: 1 },
      400,
      /x/,
    ],
    [
      'a phone that is none',
      { act: 'addPerson', platforms: ['vk'], firstName: 'Я', language: 'ru', phone: '12' },
      400,
      /phone/,
    ],
    ['a place in time that is none', { act: 'skip', to: 'yesterday' }, 400, /evening/],
    ['a time of one’s own', { act: 'skip', to: 'evening', at: 0 }, 400, /at/],
    ['nobody to add', { act: 'addPerson', platforms: [], firstName: 'Я', language: 'ru' }, 400, /platforms/],
    ['a body without end', 'x'.repeat(70_000), 413, /65536/],
  ])('%s is explained', async (_, body, status, reason) => {
    const refused = await act(body)
    expect(refused.status).toBe(status)
    expect(refused.answer['error']).toMatch(reason)
  })

  test('what the messenger refuses is explained too', async () => {
    const noButton = await act({ act: 'press', ...inChat(), messageId: 9, row: 0, column: 0 })
    expect(noButton).toMatchObject({
      status: 400,
      answer: { error: expect.stringContaining('no button') as string },
    })
    const vkContact = { act: 'sendContact', platform: 'vk', botId: sandbox.groupId, personId: anna.vkId }
    expect((await act(vkContact)).status).toBe(400)
  })

  test('another content type is refused', async () => {
    const answer = await act('a=b', { ...own, 'Content-Type': 'application/x-www-form-urlencoded' })
    expect(answer.status).toBe(415)
  })

  test('a new person gets an account in both messengers with the same phone', async () => {
    const person = { firstName: 'Вера', lastName: 'Лис', language: 'ru', phone: '+79005550999' }
    const { status, answer } = await act({ act: 'addPerson', platforms: ['telegram', 'vk'], ...person })
    expect(status).toBe(200)
    const ids = answer['ids'] as { telegram: number; vk: number }
    expect(sandbox.telegram.people().find(({ id }) => id === ids.telegram)).toMatchObject(person)
    expect(sandbox.vk.people().find(({ id }) => id === ids.vk)).toMatchObject(person)
  })
})

describe('sending a file', () => {
  const bytes = Buffer.from('Дата;Сумма\n01.02.2026;1500\n')
  interface Sent {
    method?: string
    body?: Buffer | string
    headers?: Record<string, string>
  }
  const send = async (
    parts: Record<string, string | number>,
    { method = 'POST', body = bytes, headers = own }: Sent = {},
  ) => {
    const place = { botId: sandbox.adminBotId, personId: olgaId, name: 'визиты.csv', ...parts }
    const query = new URLSearchParams(Object.entries(place).map(([name, value]) => [name, String(value)]))
    const init = method === 'GET' ? {} : { body }
    const response = await fetch(`${sandbox.url}/file?${query.toString()}`, { method, headers, ...init })
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> }
  }

  test('the staff send a table from this computer', async () => {
    expect(await send({})).toEqual({ status: 200, answer: { ok: true } })
    const sent = sandbox.telegram.chat(sandbox.adminBotId, olgaId).messages.at(-1)
    expect(sent).toMatchObject({ from: 'person', file: { name: 'визиты.csv', sizeBytes: bytes.length } })
  })

  test('the staff send a photo, with what they have written under it', async () => {
    const photo = { name: 'торт.png', as: 'photo', caption: 'как здесь' }
    expect(await send(photo, { body: png(64, 48) })).toEqual({ status: 200, answer: { ok: true } })
    const sent = sandbox.telegram.chat(sandbox.adminBotId, olgaId).messages.at(-1)
    expect(sent).toMatchObject({ from: 'person', picture: { name: 'торт.png' }, text: 'как здесь' })
    const refused = await send(photo)
    expect(refused.status).toBe(400)
    expect(refused.answer['error']).toMatch(/IMAGE_PROCESS_FAILED/)
  })

  test.each([
    ['nobody', { personId: 5 }, {}, 400, /no person 5/],
    ['an unknown bot', { botId: 5 }, {}, 400, /no bot 5/],
    ['a name that is none', { name: ' ' }, {}, 400, /name/],
    ['nothing in it', {}, { body: '' }, 400, /empty/],
    ['another method', {}, { method: 'GET' }, 405, /POST/],
    ['a foreign form', {}, { headers: { 'Content-Type': 'text/plain' } }, 403, /header/],
    ['more than anybody sends', {}, { body: Buffer.alloc(64 * 2 ** 20 + 1) }, 413, /over/],
  ])('%s is explained', async (_, parts, request, status, reason) => {
    const refused = await send(parts, request)
    expect(refused.status).toBe(status)
    expect(refused.answer['error']).toMatch(reason)
  })
})

describe('the live stream', () => {
  test('begins with everything that the phones show', async () => {
    await act({ act: 'sendText', ...inChat(), text: 'Здравствуйте' })
    const [first] = await readEvents((events) => events.length > 0)
    if (first?.type !== 'state') throw new Error('The first event is not the state')
    const { state } = first
    expect(state.phones.vk).toEqual({
      platform: 'vk',
      bot: { id: sandbox.groupId, name: 'Салон красоты «Шёлк»', username: 'silk_salon' },
    })
    expect(state.staffIds).toContain(olgaId)
    expect(state.adminLink).toBe('https://t.me/silk_work_bot?start=owner')
    const chat = state.chats.find(
      ({ botId, personId }) => botId === sandbox.clientBotId && personId === anna.telegramId,
    )
    expect(chat?.messages.map(({ text }) => text)).toEqual(['Здравствуйте'])
  })

  test('goes on with what happens, and tells when the owner has come', async () => {
    const events = await readEvents(
      (all) => all.some(({ type }) => type === 'adminLink'),
      async () => {
        ownerLink = undefined
        await act({
          act: 'start',
          platform: 'telegram',
          botId: sandbox.adminBotId,
          personId: olgaId,
          payload: 'owner',
        })
      },
    )
    expect(events.map(({ type }) => type)).toEqual(['state', 'message', 'adminLink'])
    expect(events[1]).toMatchObject({
      platform: 'telegram',
      personId: olgaId,
      message: { text: '/start owner' },
    })
  })

  test('introduces somebody who was added past the page before what they say', async () => {
    const events = await readEvents(
      (all) => all.some(({ type }) => type === 'message'),
      () => {
        sandbox.vk.addPerson({ id: 260_900, firstName: 'Пётр', language: 'ru' })
        sandbox.vk.sendText(sandbox.groupId, 260_900, 'Можно к вам?')
      },
    )
    expect(events.map(({ type }) => type)).toEqual(['state', 'people', 'message'])
  })

  test('carries the commands that a bot has set', async () => {
    const commands = [{ command: 'help', description: 'Помощь' }]
    const events = await readEvents(
      (all) => all.some(({ type }) => type === 'commands'),
      () => sandbox.client.call('setMyCommands', { commands }),
    )
    expect(events.find(({ type }) => type === 'commands')).toMatchObject({ commands })
  })
})

describe('skipping time', () => {
  test.each(skipNames)('%s', async (to) => {
    const target = skipTargets(sandbox.clock.now(), hours)[to]
    expect(await act({ act: 'skip', to })).toEqual({ status: 200, answer: { ok: true } })
    expect(Math.floor((sandbox.clock.now() - target) / 60_000)).toBe(0)
  })

  test('tells every page, before anything that is said in the new time', async () => {
    const stop = sandbox.clock.onSkip(() =>
      sandbox.telegram.sendText(sandbox.clientBotId, anna.telegramId, 'Уже завтра?'),
    )
    const events = await readEvents(
      (all) => all.some(({ type }) => type === 'message'),
      () => act({ act: 'skip', to: 'tomorrow' }),
    )
    stop()
    const [state, clock, message] = events
    if (state?.type !== 'state' || clock?.type !== 'clock' || message?.type !== 'message')
      throw new Error(`Came: ${events.map(({ type }) => type).join()}`)
    expect(clock.clock).toMatchObject({ offsetMs: sandbox.clock.offsetMs(), timeZone: hours.timeZone })
    expect(clock.clock.offsetMs).toBeGreaterThan(state.state.clock.offsetMs)
    expect(clock.clock.targets.tomorrow).toBe(state.state.clock.targets.tomorrow + 24 * 3600_000)
    expect(message.message.sentAt).toBeGreaterThanOrEqual(state.state.clock.targets.tomorrow)
  })

  test('a page that is open as the evening comes learns where the evening is now', async () => {
    const { evening } = skipTargets(sandbox.clock.now(), hours)
    const evenings = await readEvents(
      (all) => all.length === 3,
      () => sandbox.clock.skipTo(evening - 100),
    )
    const dayMs = 24 * 3600_000
    expect(evenings.slice(1)).toMatchObject([
      { type: 'clock', clock: { targets: { evening } } },
      { type: 'clock', clock: { targets: { evening: evening + dayMs } } },
    ])
  })

  test('is answered when what became due is done', async () => {
    const heard: string[] = []
    const stop = sandbox.clock.onSkip(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      heard.push('the digest is sent')
    })
    await act({ act: 'skip', to: 'monday' })
    stop()
    expect(heard).toEqual(['the digest is sent'])
  })

  test('says what could not be done, and is a skip all the same', async () => {
    const before = sandbox.clock.offsetMs()
    const stop = sandbox.clock.onSkip(() => Promise.reject(new Error('the digest has no picture')))
    const { status, answer } = await act({ act: 'skip', to: 'hour' })
    stop()
    expect(status).toBe(500)
    expect(answer['error']).toContain('the digest has no picture')
    expect(sandbox.clock.offsetMs()).toBeGreaterThan(before)
  })
})
