/** What is left as it is when time is skipped, and what goes with it. */
import { expect, test } from 'vitest'
import { createClock } from '../../../src/sandbox/clock.ts'
import type { VkOptions } from '../../../src/sandbox/vk/vk.ts'
import { anna, fresh, group, serveVk, yesNo } from './serve-vk.ts'

const start = Date.UTC(2026, 10, 25, 11)
const weekMs = 7 * 24 * 3600_000

/** A stand-in over a clock that can be put on, and a machine whose time stands still. */
async function serve(options: Partial<VkOptions> = {}) {
  const realNow = () => start
  const clock = createClock({ realNow })
  const served = await serveVk({ now: clock.now, realNow, ...options })
  return { ...served, skipWeek: () => clock.skipTo(clock.now() + weekMs) }
}

const question = () => ({ peer_id: anna.id, random_id: fresh(), message: 'Придёте?', keyboard: yesNo })

test('what nobody has read yet still comes, and a press from before can be answered', async () => {
  const { vk, ok, poll, position, seen, skipWeek } = await serve()
  const from = await position()
  const id = await ok<number>('messages.send', question())
  vk.sendText(group.id, anna.id, 'сейчас')
  vk.press(group.id, anna.id, id, 0, 0)
  await skipWeek()
  const { updates } = await poll(from)
  expect(updates?.map(({ type }) => type)).toEqual(['message_new', 'message_event'])
  const event_id = String(updates?.[1]?.object['event_id'])
  const answer = { event_id, user_id: anna.id, peer_id: anna.id }
  expect(await ok('messages.sendMessageEventAnswer', answer)).toBe(1)
  expect(seen.at(-1)).toMatchObject({ type: 'answered', messageId: id })
})

test('messages carry the new time, and their numbers go on by one', async () => {
  const { vk, ok, poll, position, skipWeek } = await serve()
  const before = await ok<number>('messages.send', question())
  await skipWeek()
  expect(await ok('messages.send', question())).toBe(before + 1)
  const from = await position()
  vk.sendText(group.id, anna.id, 'приду')
  const shown = vk.chat(group.id, anna.id).messages.slice(-3)
  expect(shown.map(({ sentAt }) => sentAt)).toEqual([start, start + weekMs, start + weekMs])
  const { updates } = await poll(from)
  expect(updates?.[0]?.object).toMatchObject({ message: { date: (start + weekMs) / 1000 } })
})

test('a message of last week can’t be edited any more', async () => {
  const { ok, call, skipWeek } = await serve()
  const message_id = await ok<number>('messages.send', question())
  await skipWeek()
  const edit = await call('messages.edit', { peer_id: anna.id, message_id, message: 'Ждём вас' })
  expect(edit.error?.error_code).toBe(909)
})

test('a message that is sent again, because its answer was lost, comes once', async () => {
  const { vk, ok, skipWeek } = await serve()
  const sent = question()
  const id = await ok('messages.send', sent)
  await skipWeek()
  expect(await ok('messages.send', sent)).toBe(id)
  expect(vk.chat(group.id, anna.id).messages.filter(({ from }) => from === 'bot')).toHaveLength(1)
})

test('the community goes on typing until it writes', async () => {
  const { vk, ok, seen, skipWeek } = await serve()
  await ok('messages.setActivity', { peer_id: anna.id, type: 'typing' })
  await skipWeek()
  expect(vk.chat(group.id, anna.id).typing).toBe(true)
  await ok('messages.send', question())
  expect(seen.filter(({ type }) => type === 'typing')).toMatchObject([{ typing: true }, { typing: false }])
})

test('too many requests are still too many', async () => {
  const { call, skipWeek } = await serve({ rate: 1 })
  await call('users.get', { user_ids: anna.id })
  await skipWeek()
  expect((await call('users.get', { user_ids: anna.id })).error?.error_code).toBe(6)
})

test('a sandbox that has forgotten everything meets no number of one that was ahead of it', async () => {
  const first = await serve()
  await first.skipWeek()
  const later = await serve({ realNow: () => start + 1000 })
  const send = ({ ok }: typeof first) => ok<number>('messages.send', question())
  expect(await send(later)).toBeGreaterThan(await send(first))
  expect(Number((await later.position()).ts)).toBeGreaterThan(Number((await first.position()).ts))
})
