import { expect, test } from 'vitest'
import { anna, boris, group, serveVk } from './serve-vk.ts'
import type { Served, Update } from './serve-vk.ts'

const texts = (updates: Update[] | undefined): string[] =>
  (updates ?? []).map(({ object }) => (object['message'] as { text: string }).text)

/** A client that follows VK's rules: the number is taken from each answer, kept on 2, renewed on 3. */
async function follow(
  { poll, position }: Served,
  from: { key: string; ts: string | number },
  heard: string[],
) {
  const { failed, ts, updates } = await poll({ ...from, wait: 0 })
  heard.push(...texts(updates))
  if (failed === 2) return { key: (await position()).key, ts: from.ts }
  if (failed === 3) return await position()
  return { key: from.key, ts: ts ?? from.ts }
}

test('events come by number, as text, and can be asked for again', async () => {
  const served = await serveVk()
  const { vk, poll, position } = served
  const { key, ts, server } = await position()
  expect(ts).toEqual(expect.any(String))
  expect(server).toBe(`${served.url}/whp/5555`)
  vk.sendText(group.id, anna.id, 'раз')
  vk.sendText(group.id, anna.id, 'два')
  const answer = await poll({ key, ts })
  expect(texts(answer.updates)).toEqual(['раз', 'два'])
  expect(answer.ts).toBe(String(Number(ts) + 2))
  expect(await poll({ key, ts })).toEqual(answer)
  expect(texts((await poll({ key, ts: Number(ts) + 1 })).updates)).toEqual(['два'])
  expect(new Set(answer.updates?.map(({ event_id: id }) => id)).size).toBe(2)
  expect(answer.updates?.[0]).toMatchObject({ type: 'message_new', group_id: group.id, v: '5.199' })
})

test('a poll waits for an event, and comes back empty after `wait` seconds', async () => {
  const { vk, poll, position } = await serveVk()
  const { key, ts } = await position()
  const waiting = poll({ key, ts, wait: 25 })
  await poll({ key, ts, wait: 0 })
  vk.sendText(group.id, anna.id, 'наконец')
  expect(texts((await waiting).updates)).toEqual(['наконец'])
  expect(await poll({ key, ts: Number(ts) + 1, wait: 0 })).toEqual({
    ts: String(Number(ts) + 1),
    updates: [],
  })
})

test('two polls at once hear the same', async () => {
  const { vk, poll, position } = await serveVk()
  const { key, ts } = await position()
  const both = [poll({ key, ts, wait: 25 }), poll({ key, ts, wait: 25 })]
  await poll({ key, ts, wait: 0 })
  vk.sendText(group.id, anna.id, 'всем')
  expect((await Promise.all(both)).map(({ updates }) => texts(updates))).toEqual([['всем'], ['всем']])
})

test('failed 2: the key is over, waiting polls learn it at once, and with the old number nothing is lost', async () => {
  const { vk, poll, position } = await serveVk()
  const { key, ts } = await position()
  const waiting = poll({ key, ts, wait: 25 })
  await poll({ key, ts, wait: 0 })
  vk.expireKey()
  expect(await waiting).toEqual({ failed: 2 })
  vk.sendText(group.id, anna.id, 'между ключами')
  expect(await poll({ key, ts })).toEqual({ failed: 2 })
  const renewed = await position()
  expect(renewed.key).not.toBe(key)
  expect(texts((await poll({ key: renewed.key, ts })).updates)).toEqual(['между ключами'])
  expect((await poll({ key: renewed.key, ts: renewed.ts, wait: 0 })).updates).toEqual([])
})

test('failed 1: the number is too old or was never given, and the answer has a number to go on with', async () => {
  const { vk, poll, position } = await serveVk()
  const { key, ts } = await position()
  vk.sendText(group.id, anna.id, 'потеряно')
  vk.loseHistory()
  vk.sendText(group.id, anna.id, 'цело')
  const next = Number(ts) + 1
  expect(await poll({ key, ts })).toEqual({ failed: 1, ts: next })
  expect(texts((await poll({ key, ts: next })).updates)).toEqual(['цело'])
  expect(await poll({ key, ts: next + 100 })).toEqual({ failed: 1, ts: next })
  expect(await poll({ key, ts: 'x' })).toEqual({ failed: 1, ts: next })
})

test('failed 3: both key and number are lost', async () => {
  const { vk, poll, position } = await serveVk()
  const { key, ts } = await position()
  vk.loseServer()
  expect(await poll({ key, ts })).toEqual({ failed: 3 })
  const renewed = await position()
  expect(renewed.key).not.toBe(key)
  vk.sendText(group.id, anna.id, 'снова')
  expect(texts((await poll(renewed)).updates)).toEqual(['снова'])
})

test('a client that follows the rules hears everything once, through any number of expired keys', async () => {
  const served = await serveVk()
  const heard: string[] = []
  let from: { key: string; ts: string | number } = await served.position()
  const said: string[] = []
  for (let round = 0; round < 30; round += 1) {
    for (let count = 0; count < round % 3; count += 1) {
      said.push(`${round}.${count}`)
      served.vk.sendText(group.id, round % 2 ? anna.id : boris.id, said.at(-1)!)
    }
    if (round % 4 === 1) served.vk.expireKey()
    from = await follow(served, from, heard)
  }
  await follow(served, await follow(served, from, heard), heard)
  expect(heard).toEqual(said)
})

test('only events that are switched on are kept', async () => {
  const { vk, ok, poll, position } = await serveVk()
  await ok('groups.setLongPollSettings', {
    group_id: group.id,
    message_deny: 0,
    message_reply: 1,
    message_edit: 1,
  })
  const settings = await ok<{ events: Record<string, number> }>('groups.getLongPollSettings', {
    group_id: group.id,
  })
  expect(settings).toMatchObject({ is_enabled: true, api_version: '5.199' })
  expect(settings.events).toMatchObject({ message_new: 1, message_deny: 0, message_reply: 1, wall_repost: 0 })
  const { key, ts } = await position()
  const id = await ok<number>('messages.send', { peer_id: anna.id, random_id: 1, message: 'раз' })
  await ok('messages.edit', { peer_id: anna.id, message_id: id, message: 'два' })
  vk.block(group.id, anna.id)
  vk.unblock(group.id, anna.id)
  const { updates } = await poll({ key, ts })
  expect(updates?.map(({ type }) => type)).toEqual(['message_reply', 'message_edit', 'message_allow'])
  expect(updates?.[0]?.object).toMatchObject({
    id,
    from_id: -group.id,
    peer_id: anna.id,
    out: 1,
    text: 'раз',
  })
  expect(updates?.[1]?.object).toMatchObject({ id, text: 'два', update_time: expect.any(Number) as number })
  expect(updates?.[2]?.object).toEqual({ user_id: anna.id, key: '' })
})
