import type { Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { createTelegram } from '../../../src/sandbox/telegram/telegram.ts'
import { ANNA, BORIS, BOT, openSandbox, until } from './open-sandbox.ts'

const texts = (updates: Update[]) => updates.map((update) => update.message?.text)

async function withTexts(...typed: string[]) {
  const sandbox = await openSandbox()
  for (const text of typed) sandbox.telegram.sendText(BOT.id, ANNA.id, text)
  const poll = async (parameters: object) => (await sandbox.call<Update[]>('getUpdates', parameters)).result
  return { ...sandbox, poll }
}

describe('getUpdates', () => {
  test('without an offset the same updates come again', async () => {
    const { poll } = await withTexts('a', 'b')
    expect(texts(await poll({}))).toEqual(['a', 'b'])
    expect(texts(await poll({}))).toEqual(['a', 'b'])
  })

  test('ids are sequential; an offset confirms what is below it', async () => {
    const { poll, telegram } = await withTexts('a', 'b', 'c')
    const [first, second, third] = await poll({})
    expect(second!.update_id).toBe(first!.update_id + 1)
    expect(third!.update_id).toBe(first!.update_id + 2)
    expect(texts(await poll({ offset: third!.update_id }))).toEqual(['c'])
    expect(texts(await poll({}))).toEqual(['c'])
    expect(telegram.updatesPending(BOT.id)).toBe(1)
  })

  test('a negative offset forgets all but the last ones', async () => {
    const { poll } = await withTexts('a', 'b', 'c')
    expect(texts(await poll({ offset: -2 }))).toEqual(['b', 'c'])
    expect(texts(await poll({}))).toEqual(['b', 'c'])
  })

  test('the limit is kept between 1 and 100', async () => {
    const { poll } = await withTexts(...Array.from({ length: 105 }, (_, index) => `t${index}`))
    expect(await poll({})).toHaveLength(100)
    expect(await poll({ limit: 3 })).toHaveLength(3)
    expect(await poll({ limit: 0 })).toHaveLength(1)
    expect(await poll({ limit: 1000 })).toHaveLength(100)
  })

  test('an offset from the far future confirms nothing', async () => {
    const { poll } = await withTexts('a')
    const [update] = await poll({})
    expect(texts(await poll({ offset: update!.update_id + 1000 }))).toEqual(['a'])
    expect(await poll({ offset: update!.update_id + 1 })).toEqual([])
  })

  test('a waiting poll is answered by what comes, all at once', async () => {
    const { poll, telegram } = await withTexts()
    const waiting = poll({ timeout: 50 })
    await until(() => telegram.isPolled(BOT.id))
    telegram.sendText(BOT.id, ANNA.id, 'a')
    telegram.sendText(BOT.id, BORIS.id, 'b')
    expect(texts(await waiting)).toEqual(['a', 'b'])
  })

  test('a poll that waits in vain is answered with nothing', async () => {
    const { poll } = await withTexts()
    expect(await poll({ timeout: 1 })).toEqual([])
  })

  test('a second poll ends the first with 409', async () => {
    const { call, poll, telegram } = await withTexts()
    const first = call('getUpdates', { timeout: 50 })
    await until(() => telegram.isPolled(BOT.id))
    const second = poll({ timeout: 50 })
    expect(telegram.isPolled(BOT.id)).toBe(true)
    expect(await first).toMatchObject({
      status: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
    telegram.sendText(BOT.id, ANNA.id, 'a')
    expect(texts(await second)).toEqual(['a'])
  })

  test('a poll whose connection is gone takes nothing along', async () => {
    const { url, poll, telegram } = await withTexts()
    const abort = new AbortController()
    const gone = fetch(`${url}/bot${BOT.token}/getUpdates?timeout=50`, { signal: abort.signal }).catch(
      () => 'gone',
    )
    await until(() => telegram.isPolled(BOT.id))
    abort.abort()
    expect(await gone).toBe('gone')
    await until(() => !telegram.isPolled(BOT.id))
    telegram.sendText(BOT.id, ANNA.id, 'a')
    expect(texts(await poll({}))).toEqual(['a'])
  })

  test('allowed_updates is remembered and counts from the creation of an update', async () => {
    const { poll, call, telegram } = await withTexts('a')
    const { message_id } = (
      await call('sendMessage', {
        chat_id: ANNA.id,
        text: 'x',
        reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] },
      })
    ).result
    expect(texts(await poll({ allowed_updates: ['CALLBACK_QUERY'] }))).toEqual(['a'])
    telegram.sendText(BOT.id, ANNA.id, 'not wanted')
    telegram.press(BOT.id, ANNA.id, message_id, 0, 0)
    const updates = await poll({})
    expect(updates).toHaveLength(2)
    expect(updates[1]!.callback_query?.data).toBe('x')
    await poll({ allowed_updates: [] })
    telegram.sendText(BOT.id, ANNA.id, 'b')
    expect(texts(await poll({}))).toEqual(['a', undefined, 'b'])
  })

  test('with a webhook there is nothing to poll, and a waiting poll ends', async () => {
    const { call, telegram } = await withTexts()
    const waiting = call('getUpdates', { timeout: 50 })
    await until(() => telegram.isPolled(BOT.id))
    await call('setWebhook', { url: 'https://example.org/hook' })
    expect(await waiting).toMatchObject({
      status: 409,
      description: 'Conflict: terminated by setWebhook request',
    })
    expect(await call('getUpdates')).toMatchObject({
      status: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    })
    await call('deleteWebhook')
    expect((await call('getUpdates')).ok).toBe(true)
  })

  test('a press lives 150 seconds, a message a day', async () => {
    let nowMs = Date.UTC(2026, 10, 1)
    const { telegram, call, updates } = await openSandbox({ now: () => nowMs })
    telegram.start(BOT.id, ANNA.id)
    const { message_id } = (
      await call('sendMessage', {
        chat_id: ANNA.id,
        text: 'x',
        reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] },
      })
    ).result
    telegram.press(BOT.id, ANNA.id, message_id, 0, 0)
    nowMs += 149_999
    expect(await updates()).toHaveLength(2)
    nowMs += 1
    expect(await updates()).toHaveLength(1)
    nowMs += 86_400_000 - 150_000
    expect(telegram.updatesPending(BOT.id)).toBe(0)
  })

  test('the same question again at once gets one update, and waits when there is none', async () => {
    let nowMs = Date.UTC(2026, 10, 1)
    const { telegram, call } = await openSandbox({ now: () => nowMs, limits: { repeatedPollHoldMs: 60 } })
    const poll = async (parameters: object) => (await call<Update[]>('getUpdates', parameters)).result
    telegram.sendText(BOT.id, ANNA.id, 'a')
    telegram.sendText(BOT.id, ANNA.id, 'b')
    expect(await poll({})).toHaveLength(2)
    expect(await poll({})).toHaveLength(1)
    nowMs += 500
    expect(await poll({})).toHaveLength(2)
    const [, last] = await poll({ offset: -1 })
    expect(last).toBeUndefined()
    const held = poll({ offset: -1 })
    expect(await held).toHaveLength(1)
  })

  test('a fresh sandbox never repeats the numbers of an earlier one', async () => {
    const options = { bots: [BOT], people: [ANNA] }
    const nowMs = Date.now()
    const numbers = (atMs: number) => {
      const telegram = createTelegram({ ...options, now: () => atMs })
      telegram.sendText(BOT.id, ANNA.id, 'a')
      const saved = telegram.save() as { bots: { queue: { nextId: number }; nextMessageId: number }[] }
      telegram.close()
      return { update: saved.bots[0]!.queue.nextId, message: saved.bots[0]!.nextMessageId }
    }
    const [first, second] = [numbers(nowMs), numbers(nowMs + 1000)]
    expect(second.update).toBeGreaterThan(first.update)
    expect(second.message).toBeGreaterThan(first.message)
    expect(numbers(Date.UTC(2040, 0, 1)).update).toBeLessThan(2 ** 31)
  })
})

describe('faults on the way to the bot', () => {
  test('every update comes twice, with the same id', async () => {
    const { telegram, poll } = await withTexts()
    telegram.faults.duplicate(2)
    const waiting = poll({ timeout: 50 })
    await until(() => telegram.isPolled(BOT.id))
    telegram.sendText(BOT.id, ANNA.id, 'a')
    const updates = await waiting
    expect(texts(updates)).toEqual(['a', 'a'])
    expect(updates[0]!.update_id).toBe(updates[1]!.update_id)
    telegram.faults.duplicate(1)
    telegram.sendText(BOT.id, ANNA.id, 'b')
    expect(texts(await poll({ offset: updates[0]!.update_id + 1 }))).toEqual(['b'])
  })

  test('updates are held and come in another order, then as before', async () => {
    const { telegram, poll } = await withTexts()
    telegram.faults.reorder(3, (indices) => indices.toReversed())
    for (const text of ['a', 'b']) telegram.sendText(BOT.id, ANNA.id, text)
    expect(await poll({})).toEqual([])
    for (const text of ['c', 'd']) telegram.sendText(BOT.id, ANNA.id, text)
    const updates = await poll({})
    expect(texts(updates)).toEqual(['c', 'b', 'a', 'd'])
    expect(texts(await poll({ offset: updates[1]!.update_id }))).toEqual(['c', 'b', 'd'])
  })

  test('clear lets the held updates go', async () => {
    const { telegram, poll } = await withTexts()
    telegram.faults.reorder(5, (indices) => indices)
    telegram.sendText(BOT.id, ANNA.id, 'a')
    telegram.faults.clear()
    await until(() => telegram.updatesPending(BOT.id) === 1)
    expect(texts(await poll({}))).toEqual(['a'])
  })
})
