/** What is left as it is when time is skipped, and what goes with it. */
import type { Update } from 'grammy/types'
import { expect, test } from 'vitest'
import { createClock } from '../../../src/sandbox/clock.ts'
import type { TelegramOptions } from '../../../src/sandbox/telegram/telegram.ts'
import { ANNA, BOT, openSandbox } from './open-sandbox.ts'

const start = Date.UTC(2026, 10, 25, 11)
const weekMs = 7 * 24 * 3600_000

/** A stand-in over a clock that can be put on, and a machine whose time stands still. */
async function open(options: Partial<TelegramOptions> = {}) {
  const realNow = () => start
  const clock = createClock({ realNow })
  const sandbox = await openSandbox({ now: clock.now, realNow, ...options })
  return { ...sandbox, skipWeek: () => clock.skipTo(clock.now() + weekMs) }
}

const askAnna = {
  chat_id: ANNA.id,
  text: 'Придёте?',
  reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] },
}

test('what nobody has fetched yet still comes, messages and presses alike', async () => {
  const { telegram, call, updates, skipWeek } = await open()
  telegram.start(BOT.id, ANNA.id)
  const { message_id } = (await call('sendMessage', askAnna)).result
  telegram.press(BOT.id, ANNA.id, message_id, 0, 0)
  telegram.block(BOT.id, ANNA.id)
  await skipWeek()
  expect((await updates()).map((one) => Object.keys(one)[1])).toEqual([
    'message',
    'callback_query',
    'my_chat_member',
  ])
})

test('a press from before can be answered', async () => {
  const { telegram, call, updates, events, skipWeek } = await open()
  telegram.start(BOT.id, ANNA.id)
  const { message_id } = (await call('sendMessage', askAnna)).result
  telegram.press(BOT.id, ANNA.id, message_id, 0, 0)
  await skipWeek()
  const press = (await updates()).at(-1) as Update & { callback_query: { id: string } }
  const answered = await call('answerCallbackQuery', { callback_query_id: press.callback_query.id })
  expect(answered.ok).toBe(true)
  expect(events.at(-1)).toMatchObject({ type: 'answered', messageId: message_id })
})

test('messages and edits carry the new time, and their numbers go on by one', async () => {
  const { telegram, call, lastMessage, updates, skipWeek } = await open()
  telegram.start(BOT.id, ANNA.id)
  const before = (await call('sendMessage', askAnna)).result
  await skipWeek()
  const after = (await call('sendMessage', askAnna)).result
  expect([before.date, after.date]).toEqual([start / 1000, (start + weekMs) / 1000])
  expect(after.message_id).toBe(before.message_id + 1)
  expect(lastMessage().sentAt).toBe(start + weekMs)
  const { message_id } = before
  const edit = await call('editMessageText', { chat_id: ANNA.id, message_id, text: 'Ждём вас' })
  expect(edit.result).toMatchObject({ date: start / 1000, edit_date: (start + weekMs) / 1000 })
  telegram.sendText(BOT.id, ANNA.id, 'Приду')
  expect((await updates()).at(-1)?.message?.date).toBe((start + weekMs) / 1000)
})

test('what is too old to be deleted is too old', async () => {
  const { telegram, call, skipWeek } = await open()
  telegram.start(BOT.id, ANNA.id)
  const { message_id } = (await call('sendMessage', askAnna)).result
  await skipWeek()
  const deleted = await call('deleteMessage', { chat_id: ANNA.id, message_id })
  expect(deleted.description).toContain("can't be deleted")
})

test('the bot goes on typing', async () => {
  const { telegram, call, skipWeek } = await open()
  telegram.start(BOT.id, ANNA.id)
  await call('sendChatAction', { chat_id: ANNA.id, action: 'typing' })
  await skipWeek()
  expect(telegram.chat(BOT.id, ANNA.id).typing).toBe(true)
})

test('too many requests are still too many', async () => {
  const { telegram, call, skipWeek } = await open({ limits: { perChatBurst: 2 } })
  telegram.start(BOT.id, ANNA.id)
  const send = async () => (await call('sendMessage', askAnna)).status
  expect([await send(), await send(), await send()]).toEqual([200, 200, 429])
  await skipWeek()
  expect(await send()).toBe(429)
})

test('a sandbox that has forgotten everything meets no number of one that was ahead of it', async () => {
  const first = await open()
  await first.skipWeek()
  first.telegram.start(BOT.id, ANNA.id)
  const numberIn = async ({ updates }: typeof first) => (await updates())[0]!.update_id
  const later = await open({ realNow: () => start + 1000 })
  later.telegram.start(BOT.id, ANNA.id)
  expect(await numberIn(later)).toBeGreaterThan(await numberIn(first))
})
