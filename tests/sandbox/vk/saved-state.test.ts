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

test('the saved state may be used twice: it is not changed by the run that starts from it', async () => {
  const { vk } = await serveVk()
  const saved = vk.save()
  const copy = structuredClone(saved)
  createVk({ group, saved }).sendText(group.id, anna.id, 'ещё')
  expect(saved).toEqual(copy)
})

test('numbers never repeat those of an earlier run, with a saved state or without', async () => {
  let nowMs = Date.UTC(2026, 10, 20)
  const numbers = async (saved?: unknown) => {
    const served = await serveVk({ now: () => nowMs, random: () => 0.5, saved })
    const { key, ts } = await served.position()
    const ids: number[] = []
    for (let count = 0; count < 40; count += 1) served.vk.sendText(group.id, anna.id, 'x')
    const { updates, ts: next } = await served.poll({ key, ts })
    for (const { id } of served.vk.chat(group.id, anna.id).messages) ids.push(id)
    const eventIds = updates!.map(({ event_id: id }) => id)
    const cmids = updates!.map(
      ({ object }) => (object['message'] as { conversation_message_id: number }).conversation_message_id,
    )
    return { ids, eventIds, cmids, from: Number(ts), to: Number(next), saved: throughJson(served.vk.save()) }
  }
  const first = await numbers()
  nowMs += 60_000
  const anew = await numbers()
  expect(Math.min(...anew.ids)).toBeGreaterThan(Math.max(...first.ids))
  expect(Math.min(...anew.cmids)).toBeGreaterThan(Math.max(...first.cmids))
  expect(anew.from).toBeGreaterThan(first.to)
  expect(new Set([...first.eventIds, ...anew.eventIds]).size).toBe(80)
  const continued = await numbers(anew.saved)
  expect(continued.from).toBe(anew.to)
  expect(new Set([...anew.eventIds, ...continued.eventIds]).size).toBe(80)
  expect(Math.max(...continued.ids)).toBeLessThan(2 ** 31)
})

test('something that is no saved state is refused', () => {
  expect(() => createVk({ group, saved: { version: 7 } })).toThrow('of an unknown version')
})
