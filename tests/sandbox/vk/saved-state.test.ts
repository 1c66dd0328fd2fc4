import { expect, test } from 'vitest'
import { createVk } from '../../../src/sandbox/vk/vk.ts'
import { anna, boris, fresh, group, serveVk, yesNo } from './serve-vk.ts'

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('dialogues, keyboards, permissions, pictures and settings survive a restart', async () => {
  const before = await serveVk()
  const { vk, ok, url } = before
  vk.start(group.id, boris.id)
  vk.block(group.id, boris.id)
  vk.addPerson({ id: 900, firstName: 'Новая', language: 'ru' })
  vk.start(group.id, 900, { payload: 'flyer' })
  const form = new FormData()
  form.set('photo', new Blob([Buffer.from('89504e470d0a1a0a', 'hex')]), 'a.png')
  const { upload_url: address } = await ok<{ upload_url: string }>('photos.getMessagesUploadServer')
  const uploaded = (await (await fetch(address, { method: 'POST', body: form })).json()) as Record<
    string,
    string
  >
  const [photo] = await ok<{ id: number }[]>('photos.saveMessagesPhoto', uploaded)
  const message = { peer_id: anna.id, random_id: 4321, message: 'вот', attachment: `photo-5555_${photo!.id}` }
  const first = await ok('messages.send', message)
  const menu = JSON.stringify({ buttons: [[{ action: { type: 'text', label: 'Меню', payload: '{}' } }]] })
  await ok('messages.send', { peer_id: anna.id, random_id: fresh(), message: '?', keyboard: menu })
  await ok('messages.send', { peer_id: anna.id, random_id: fresh(), message: '?', keyboard: yesNo })
  await ok('groups.setLongPollSettings', { group_id: group.id, message_deny: 0 })

  const after = await serveVk({ saved: throughJson(vk.save()), people: [] })
  expect(after.vk.people()).toEqual(vk.people())
  for (const { id } of vk.people()) expect(after.vk.chat(group.id, id)).toEqual(vk.chat(group.id, id))
  // The random_id is still known, the picture still there, the switch still off, the link's ref still to come.
  expect(await after.ok('messages.send', message)).toBe(first)
  const { path } = vk.chat(group.id, anna.id).messages.find(({ picture }) => picture)!.picture!
  const pictures = await Promise.all(
    [url, after.url].map((root) => fetch(root + path).then((file) => file.bytes())),
  )
  expect(pictures[1]).toEqual(pictures[0])
  const { key, ts } = await after.position()
  after.vk.unblock(group.id, boris.id)
  after.vk.block(group.id, boris.id)
  after.vk.sendText(group.id, 900, 'здравствуйте')
  const { updates } = await after.poll({ key, ts })
  expect(updates?.map(({ type }) => type)).toEqual(['message_allow', 'message_new'])
  expect(updates?.[1]?.object).toMatchObject({ message: { ref: 'flyer' } })
})

test('what the bot has not read by then is read after the restart, under the same key and number', async () => {
  const before = await serveVk()
  const { key, ts } = await before.position()
  before.vk.sendText(group.id, anna.id, 'до')
  const after = await serveVk({ saved: throughJson(before.vk.save()) })
  after.vk.sendText(group.id, anna.id, 'после')
  const { updates } = await after.poll({ key, ts })
  expect(updates?.map(({ object }) => (object['message'] as { text: string }).text)).toEqual(['до', 'после'])
})

test('the saved state may be used twice: it is changed neither by the run it came from nor by the next one', async () => {
  const { vk, ok } = await serveVk()
  const message = { peer_id: anna.id, random_id: fresh(), message: '?', keyboard: yesNo }
  const id = await ok<number>('messages.send', message)
  const saved = vk.save()
  const copy = structuredClone(saved)
  const next = createVk({ group, saved })
  next.sendText(group.id, anna.id, 'ещё')
  next.press(group.id, anna.id, id, 0, 0)
  next.block(group.id, anna.id)
  await ok('messages.edit', { peer_id: anna.id, message_id: id, message: 'другое' })
  vk.sendText(group.id, anna.id, 'и здесь')
  expect(saved).toEqual(copy)
})

/** All the numbers that 40 messages of Anna's get, and the state saved before the last ten of them. */
async function runOf40(nowMs: number, saved?: unknown) {
  const served = await serveVk({ now: () => nowMs, random: () => 0.5, saved })
  const { key, ts } = await served.position()
  for (let count = 0; count < 30; count += 1) served.vk.sendText(group.id, anna.id, 'x')
  const beforeCrash = throughJson(served.vk.save())
  for (let count = 0; count < 10; count += 1) served.vk.sendText(group.id, anna.id, 'x')
  const { updates, ts: next } = await served.poll({ key, ts })
  const messages = updates!.map(
    ({ object }) => object['message'] as { id: number; conversation_message_id: number },
  )
  return {
    ids: messages.map(({ id }) => id),
    cmids: messages.map(({ conversation_message_id: number }) => number),
    eventIds: updates!.map(({ event_id: id }) => id),
    from: Number(ts),
    to: Number(next),
    beforeCrash,
  }
}

test('numbers never repeat those of an earlier run: started anew, or from what was saved before a crash', async () => {
  const nowMs = Date.UTC(2026, 10, 20)
  const first = await runOf40(nowMs)
  const anew = await runOf40(nowMs + 60_000)
  const afterCrash = await runOf40(nowMs + 60_001, anew.beforeCrash)
  for (const [earlier, later] of [
    [first, anew],
    [anew, afterCrash],
  ] as const) {
    expect(Math.min(...later.ids)).toBeGreaterThan(Math.max(...earlier.ids))
    expect(Math.min(...later.cmids)).toBeGreaterThan(Math.max(...earlier.cmids))
    expect(later.from).toBeGreaterThanOrEqual(earlier.to)
    expect(new Set([...earlier.eventIds, ...later.eventIds]).size).toBe(80)
  }
  expect(Math.max(...afterCrash.ids)).toBeLessThan(2 ** 31)
})

test('a bot that has read what the crash forgot goes on with its number and misses nothing', async () => {
  const before = await serveVk()
  const { key, ts } = await before.position()
  const saved = throughJson(before.vk.save())
  before.vk.sendText(group.id, anna.id, 'забыто')
  before.vk.sendText(group.id, anna.id, 'тоже')
  const { ts: read } = await before.poll({ key, ts })
  const after = await serveVk({ saved })
  for (const word of ['раз', 'два', 'три']) after.vk.sendText(group.id, anna.id, word)
  const { updates, ts: next } = await after.poll({ key, ts: read! })
  expect(updates?.map(({ object }) => (object['message'] as { text: string }).text)).toEqual([
    'раз',
    'два',
    'три',
  ])
  expect(await after.poll({ key, ts: next!, wait: 0 })).toEqual({ ts: next, updates: [] })
})

test('a press can still be answered after the restart', async () => {
  const before = await serveVk()
  const { key, ts } = await before.position()
  const message = { peer_id: anna.id, random_id: fresh(), message: '?', keyboard: yesNo }
  before.vk.press(group.id, anna.id, await before.ok<number>('messages.send', message), 0, 0)
  const after = await serveVk({ saved: throughJson(before.vk.save()) })
  const { updates } = await after.poll({ key, ts })
  const eventId = updates![0]!.object['event_id'] as string
  const answer = { event_id: eventId, user_id: anna.id, peer_id: anna.id }
  expect(await after.ok('messages.sendMessageEventAnswer', answer)).toBe(1)
})

test('something that is no saved state is refused', () => {
  expect(() => createVk({ group, saved: { version: 7 } })).toThrow('of an unknown version')
})
