import { describe, expect, test } from 'vitest'
import { createFaults } from '../../../src/sandbox/faults.ts'
import { ANNA, BORIS, BOT, openSandbox, until } from './open-sandbox.ts'

async function open() {
  const sandbox = await openSandbox()
  for (const { id } of [ANNA, BORIS]) sandbox.telegram.start(BOT.id, id)
  const send = (chat_id: number = ANNA.id) => sandbox.call('sendMessage', { chat_id, text: 'x' })
  const sent = () =>
    sandbox.telegram.chat(BOT.id, ANNA.id).messages.filter(({ from }) => from === 'bot').length
  return { ...sandbox, send, sent }
}

describe('faults of calls', () => {
  test('429 tells when to come again, and is over after its times', async () => {
    const { telegram, send, sent } = await open()
    telegram.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 5, times: 2 })
    for (let time = 0; time < 2; time += 1) {
      const answer = await send()
      expect(answer).toMatchObject({ status: 429, parameters: { retry_after: 5 } })
      expect(answer.headers.get('retry-after')).toBe('5')
    }
    expect(sent()).toBe(0)
    expect((await send()).status).toBe(200)
  })

  test('403 for one chat leaves the others alone', async () => {
    const { telegram, send } = await open()
    telegram.faults.add({ kind: 'forbidden', chatId: ANNA.id })
    expect(await send()).toMatchObject({ status: 403, description: 'Forbidden: bot was blocked by the user' })
    expect((await send(BORIS.id)).status).toBe(200)
    telegram.faults.clear()
    expect((await send()).status).toBe(200)
  })

  test.each([
    [undefined, 500, 'Internal Server Error'],
    [502, 502, 'Bad Gateway'],
  ])('server error %s', async (status, code, description) => {
    const { telegram, send } = await open()
    telegram.faults.add({
      kind: 'serverError',
      ...(status ? { status } : {}),
      method: 'SENDMESSAGE',
      times: 1,
    })
    expect(await send()).toMatchObject({ ok: false, status: code, errorCode: code, description })
  })

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection cut %s the effect', async (effect, count) => {
    const { telegram, send, sent } = await open()
    telegram.faults.add({ kind: 'disconnect', effect, method: 'sendMessage', times: 1 })
    await expect(send()).rejects.toThrow('fetch failed')
    expect(sent()).toBe(count)
    expect((await send()).status).toBe(200)
  })

  test('a slow call may take effect late', async () => {
    const { telegram, call, send, sent } = await open()
    telegram.faults.add({ kind: 'slow', delayMs: 300, effect: 'before', method: 'sendMessage', times: 1 })
    const slow = send()
    await call('getMe')
    expect(sent()).toBe(0)
    expect((await slow).status).toBe(200)
    expect(sent()).toBe(1)
  })

  test('a slow call may take effect long before its answer', async () => {
    const { telegram, call, send, sent } = await open()
    telegram.faults.add({ kind: 'slow', delayMs: 300, effect: 'after', method: 'sendMessage', times: 1 })
    const order: string[] = []
    const slow = send().then(() => order.push('answer'))
    await until(() => sent() === 1)
    order.push('effect')
    await call('getMe')
    await slow
    expect(order).toEqual(['effect', 'answer'])
  })

  test('a fault without a method spares polling, one that names it does not', async () => {
    const { telegram, call } = await open()
    telegram.faults.add({ kind: 'serverError' })
    expect((await call('getUpdates')).status).toBe(200)
    expect((await call('getMe')).status).toBe(500)
    telegram.faults.clear()
    telegram.faults.add({ kind: 'serverError', method: 'getUpdates' })
    expect((await call('getUpdates')).status).toBe(500)
    expect((await call('getMe')).status).toBe(200)
  })

  test('the first rule that fits acts', async () => {
    const { telegram, send } = await open()
    telegram.faults.add({ kind: 'forbidden', chatId: BORIS.id, times: 1 })
    telegram.faults.add({ kind: 'serverError', times: 1 })
    expect((await send()).status).toBe(500)
    expect((await send(BORIS.id)).status).toBe(403)
    expect((await send(BORIS.id)).status).toBe(200)
  })

  test("a fault for a chat hits the answer to its people's presses", async () => {
    const { telegram, call, lastMessage, updates } = await open()
    await call('sendMessage', {
      chat_id: ANNA.id,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: '1' }]] },
    })
    telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
    telegram.faults.add({ kind: 'serverError', chatId: ANNA.id, method: 'answerCallbackQuery' })
    const callback_query_id = (await updates()).at(-1)!.callback_query!.id
    expect((await call('answerCallbackQuery', { callback_query_id })).status).toBe(500)
  })
})

describe('the lane of updates', () => {
  const run = (change: (faults: ReturnType<typeof createFaults>) => void, ...updates: string[]) => {
    const faults = createFaults()
    const delivered: string[] = []
    const lane = faults.lane((update: string) => delivered.push(update))
    change(faults)
    for (const update of updates) lane(update)
    return { faults, delivered, lane }
  }

  test('by itself it changes nothing', () => {
    expect(run(() => undefined, 'a', 'b').delivered).toEqual(['a', 'b'])
  })

  test('copies and another order go together', () => {
    const { delivered } = run(
      (faults) => {
        faults.duplicate(2)
        faults.reorder(2, (indices) => indices.toReversed())
      },
      'a',
      'b',
      'c',
    )
    expect(delivered).toEqual(['b', 'b', 'a', 'a', 'c', 'c'])
  })

  test('each lane holds its own updates, also one opened later', () => {
    const { faults, delivered } = run((desk) => desk.reorder(2, (indices) => indices.toReversed()), 'a')
    const others: string[] = []
    const other = faults.lane((update: string) => others.push(update))
    other('x')
    other('y')
    expect({ delivered, others }).toEqual({ delivered: [], others: ['y', 'x'] })
    faults.clear()
    expect(delivered).toEqual(['a'])
  })

  test('an order that loses an update is refused', () => {
    const { lane } = run((faults) => faults.reorder(2, () => [0, 0]), 'a')
    expect(() => lane('b')).toThrow('must name each of 0..1 once')
    expect(() => createFaults().duplicate(0)).toThrow('copies')
    expect(() => createFaults().reorder(0, (indices) => indices)).toThrow('count')
  })
})
