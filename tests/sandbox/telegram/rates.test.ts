import { describe, expect, test } from 'vitest'
import type { Person } from '../../../src/sandbox/messenger.ts'
import { ANNA, BOT, openSandbox } from './open-sandbox.ts'

const crowd: Person[] = Array.from({ length: 40 }, (_, index) => ({
  id: index + 1,
  firstName: 'P',
  language: 'en',
}))

async function open(limits: object) {
  let nowMs = Date.UTC(2026, 10, 1)
  const sandbox = await openSandbox({ people: [...crowd, ANNA], limits, now: () => nowMs })
  for (const { id } of sandbox.telegram.people()) sandbox.telegram.start(BOT.id, id)
  const send = async (chat_id: number) => (await sandbox.call('sendMessage', { chat_id, text: 'x' })).status
  return { ...sandbox, send, pass: (ms: number) => void (nowMs += ms) }
}

describe('rates', () => {
  test('30 messages go in any sliding second, whoever gets them', async () => {
    const { send, pass, call } = await open({})
    for (const { id } of crowd.slice(0, 15)) expect(await send(id)).toBe(200)
    pass(600)
    for (const { id } of crowd.slice(15, 30)) expect(await send(id)).toBe(200)
    const refused = await call('sendMessage', { chat_id: 31, text: 'x' })
    expect(refused).toMatchObject({
      status: 429,
      errorCode: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    })
    expect(refused.headers.get('retry-after')).toBe('1')
    pass(399)
    expect(await send(31)).toBe(429)
    pass(1)
    for (const { id } of crowd.slice(0, 15)) expect(await send(id)).toBe(200)
    expect(await send(31)).toBe(429)
  })

  test('one chat takes a burst of 20, then one a second', async () => {
    const { send, pass, call } = await open({})
    for (let index = 0; index < 20; index += 1) expect(await send(ANNA.id)).toBe(200)
    expect((await call('sendMessage', { chat_id: ANNA.id, text: 'x' })).parameters).toEqual({
      retry_after: 1,
    })
    expect(await send(1)).toBe(200)
    pass(1000)
    expect(await send(ANNA.id)).toBe(200)
    expect(await send(ANNA.id)).toBe(429)
    pass(60_000)
    for (let index = 0; index < 20; index += 1) expect(await send(ANNA.id)).toBe(200)
    expect(await send(ANNA.id)).toBe(429)
  })

  test('an album counts as many, an edit counts for the bot, an answer to a press for nothing', async () => {
    const { call, send } = await open({ perSecond: 4 })
    const { message_id } = (await call('sendMessage', { chat_id: ANNA.id, text: 'x' })).result
    const media = ['a', 'b'].map((name) => ({ type: 'photo', media: `https://example.org/${name}.png` }))
    expect((await call('sendMediaGroup', { chat_id: 1, media })).status).toBe(200)
    expect((await call('answerCallbackQuery', { callback_query_id: '1' })).status).toBe(400)
    expect((await call('editMessageText', { chat_id: ANNA.id, message_id, text: 'y' })).status).toBe(200)
    expect((await call('editMessageText', { chat_id: ANNA.id, message_id, text: 'z' })).status).toBe(429)
    expect(await send(2)).toBe(429)
  })

  test('an album that does not fit whole is refused whole', async () => {
    const { call, send } = await open({ perSecond: 2 })
    expect(await send(1)).toBe(200)
    const media = ['a', 'b'].map((name) => ({ type: 'photo', media: `https://example.org/${name}.png` }))
    expect((await call('sendMediaGroup', { chat_id: 2, media })).status).toBe(429)
    expect(await send(2)).toBe(200)
  })

  test('what is refused for another reason does not count', async () => {
    const { call, send } = await open({ perSecond: 1 })
    expect((await call('sendMessage', { chat_id: 1, text: '' })).status).toBe(400)
    expect(await send(1)).toBe(200)
    expect(await send(2)).toBe(429)
  })

  test('without limits everything passes', async () => {
    const { telegram, call } = await openSandbox({ limits: null })
    telegram.start(BOT.id, ANNA.id)
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => call('sendMessage', { chat_id: ANNA.id, text: 'x' })),
    )
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })
})
