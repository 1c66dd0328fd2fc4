import { expect, test } from 'vitest'
import { anna, boris, fresh, group, serveVk, vera, yesNo } from './serve-vk.ts'

interface Item {
  peer_id: number
  message_id: number
  conversation_message_id: number
  error?: { code: number; description: string }
}

test('to one peer the answer is the bare id of the message', async () => {
  const { ok, vk } = await serveVk()
  const id = await ok('messages.send', { peer_id: anna.id, random_id: fresh(), message: 'привет' })
  expect(vk.chat(group.id, anna.id).messages.at(-1)).toMatchObject({ id, from: 'bot', text: 'привет' })
})

test('to a list of peers each has its own answer, and those who can not be reached their own error', async () => {
  const { ok, vk } = await serveVk()
  vk.start(group.id, vera.id)
  vk.restrict(vera.id, 'privacy')
  const items = await ok<Item[]>('messages.send', {
    peer_ids: '777,778,779,777,2000000005',
    random_id: fresh(),
    message: 'всем',
  })
  expect(items).toEqual([
    {
      peer_id: 777,
      message_id: expect.any(Number) as number,
      conversation_message_id: expect.any(Number) as number,
    },
    failed(778, 901, "Can't send messages for users without permission"),
    failed(779, 902, "Can't send messages to this user due to their privacy settings"),
    failed(2_000_000_005, 917, "You don't have access to this chat"),
  ])
  expect(vk.chat(group.id, anna.id).messages.filter(({ text }) => text === 'всем')).toHaveLength(1)
})

test.each(['12345', '-7', '2147483647', '16841668012652372', '9223372036854775807', '-9223372036854775808'])(
  'the same random_id %s to the same peer sends nothing and gives the earlier message',
  async (randomId) => {
    const { ok, vk } = await serveVk()
    const send = (text: string) =>
      ok('messages.send', { peer_id: anna.id, random_id: randomId, message: text })
    const first = await send('один')
    expect(await send('два')).toBe(first)
    const list = { peer_ids: anna.id, random_id: randomId, message: 'три' }
    expect(await ok('messages.send', list)).toMatchObject([{ message_id: first }])
    expect(vk.chat(group.id, anna.id).messages.map(({ text }) => text)).toEqual(['Начать', 'один'])
  },
)

test('neighbouring 64-bit random ids are told apart', async () => {
  const { ok } = await serveVk()
  const send = (randomId: string) =>
    ok('messages.send', { peer_id: anna.id, random_id: randomId, message: 'x' })
  expect(await send('9007199254740993')).not.toBe(await send('9007199254740992'))
})

test('random_id 0 turns the check off; another peer and an hour later are another matter', async () => {
  let nowMs = Date.UTC(2026, 10, 20)
  const { ok, vk } = await serveVk({ now: () => nowMs })
  vk.start(group.id, boris.id)
  const send = (peer: number, randomId: number) =>
    ok<number>('messages.send', { peer_id: peer, random_id: randomId, message: 'x' })
  expect(await send(anna.id, 0)).not.toBe(await send(anna.id, 0))
  const first = await send(anna.id, 5)
  expect(await send(boris.id, 5)).not.toBe(first)
  nowMs += 3600_000 - 1
  expect(await send(anna.id, 5)).toBe(first)
  nowMs += 1
  expect(await send(anna.id, 5)).not.toBe(first)
})

test('a message that was refused may be sent again under its random_id', async () => {
  const { call, vk } = await serveVk()
  const message = { peer_id: boris.id, random_id: 77, message: 'x' }
  expect(await call('messages.send', message)).toMatchObject({ error: { error_code: 901 } })
  vk.start(group.id, boris.id)
  expect(await call('messages.send', message)).toEqual({ response: expect.any(Number) as number })
})

test('4096 letters pass, whatever they are, and VK trims and decodes', async () => {
  const { ok, vk } = await serveVk()
  await ok('messages.send', { peer_id: anna.id, random_id: fresh(), message: '😀'.repeat(2048) })
  await ok('messages.send', { peer_id: anna.id, random_id: fresh(), message: ' ура &#128512; &amp; &lt; \n' })
  const [emoji, decoded] = vk.chat(group.id, anna.id).messages.slice(-2)
  expect(emoji?.text).toHaveLength(4096)
  expect(decoded?.text).toBe('ура 😀 &amp; &lt;')
})

test('mentions are shown as links', async () => {
  const { ok, vk } = await serveVk()
  const message = 'Ваш мастер [id5|Ольга] из [club5555|Ириса], [не ссылка|x]'
  await ok('messages.send', { peer_id: anna.id, random_id: fresh(), message })
  expect(vk.chat(group.id, anna.id).messages.at(-1)).toMatchObject({
    text: 'Ваш мастер Ольга из Ириса, [не ссылка|x]',
    marks: [
      { kind: 'link', offset: 11, length: 5, link: 'https://vk.com/id5' },
      { kind: 'link', offset: 20, length: 5, link: 'https://vk.com/club5555' },
    ],
  })
})

test('a default keyboard stays under the field until an empty one hides it; an inline one belongs to its message', async () => {
  const { ok, vk, seen } = await serveVk()
  const send = (keyboard: object) =>
    ok('messages.send', {
      peer_id: anna.id,
      random_id: fresh(),
      message: 'x',
      keyboard: JSON.stringify(keyboard),
    })
  const button = { action: { type: 'text', label: 'Меню', payload: '{}' } }
  await send({ buttons: [[button]] })
  await send({ inline: true, buttons: [[button]] })
  expect(vk.chat(group.id, anna.id).keyboard).toEqual([[{ label: 'Меню', kind: 'text' }]])
  expect(vk.chat(group.id, anna.id).messages.map(({ buttons }) => buttons.length)).toEqual([0, 0, 1])
  await send({ buttons: [] })
  expect(vk.chat(group.id, anna.id).keyboard).toEqual([])
  expect(seen.filter(({ type }) => type === 'keyboard')).toEqual([
    { type: 'keyboard', botId: group.id, personId: anna.id, keyboard: [[{ label: 'Меню', kind: 'text' }]] },
    { type: 'keyboard', botId: group.id, personId: anna.id, keyboard: [] },
  ])
})

test('an edit replaces everything: what is not sent again is gone', async () => {
  const { ok, vk, seen } = await serveVk()
  const id = await ok<number>('messages.send', {
    peer_id: anna.id,
    random_id: fresh(),
    message: 'Придёте?',
    keyboard: yesNo,
  })
  const edit = (more: object) =>
    ok('messages.edit', { peer_id: anna.id, message_id: id, message: 'Придёте!', ...more })
  expect(await edit({ keyboard: yesNo })).toBe(1)
  expect(vk.chat(group.id, anna.id).messages.at(-1)).toMatchObject({
    id,
    text: 'Придёте!',
    buttons: [[{}, {}]],
  })
  expect(await edit({ keyboard: '{"buttons":[],"inline":true}' })).toBe(1)
  expect(vk.chat(group.id, anna.id).messages.at(-1)).toMatchObject({ id, buttons: [] })
  expect(await edit({ keyboard: yesNo })).toBe(1)
  expect(await edit({})).toBe(1)
  expect(vk.chat(group.id, anna.id).messages.at(-1)).toMatchObject({
    id,
    buttons: [],
    editedAt: expect.any(Number) as number,
  })
  expect(seen.filter(({ type }) => type === 'edit')).toHaveLength(4)
})

test.each(['conversation_message_id', 'cmid'])('a message can be edited by its %s', async (name) => {
  const { ok, vk } = await serveVk()
  const [sent] = await ok<Item[]>('messages.send', { peer_ids: anna.id, random_id: fresh(), message: 'один' })
  await ok('messages.edit', { peer_id: anna.id, [name]: sent!.conversation_message_id, message: 'два' })
  expect(vk.chat(group.id, anna.id).messages.at(-1)).toMatchObject({ id: sent!.message_id, text: 'два' })
})

test('a deletion for all takes the message from the person; another one does not', async () => {
  const { ok, vk, seen } = await serveVk()
  const [sent] = await ok<Item[]>('messages.send', { peer_ids: anna.id, random_id: fresh(), message: 'ой' })
  const { message_id: id, conversation_message_id: number } = sent!
  expect(await ok('messages.delete', { message_ids: id })).toMatchObject([{ message_id: id, response: 1 }])
  expect(vk.chat(group.id, anna.id).messages.at(-1)?.id).toBe(id)
  expect(await ok('messages.delete', { peer_id: anna.id, cmids: number, delete_for_all: 1 })).toEqual([
    { peer_id: anna.id, conversation_message_id: number, response: 1 },
  ])
  expect(vk.chat(group.id, anna.id).messages.map(({ text }) => text)).toEqual(['Начать'])
  expect(seen.at(-1)).toEqual({ type: 'delete', botId: group.id, personId: anna.id, messageId: id })
  expect(await ok('messages.delete', { message_ids: id, delete_for_all: 1 })).toMatchObject([
    { message_id: id, response: 0, error: { code: 104 } },
  ])
})

test('typing is shown until the message comes', async () => {
  const { ok, vk, seen } = await serveVk()
  await ok('messages.setActivity', { peer_id: anna.id, type: 'typing' })
  expect(vk.chat(group.id, anna.id).typing).toBe(true)
  await ok('messages.send', { peer_id: anna.id, random_id: fresh(), message: 'x' })
  expect(vk.chat(group.id, anna.id).typing).toBe(false)
  expect(seen.filter(({ type }) => type === 'typing')).toMatchObject([{ typing: true }, { typing: false }])
})

test('whether messages are allowed follows what the person does', async () => {
  const { ok, vk } = await serveVk()
  const allowed = () =>
    ok('messages.isMessagesFromGroupAllowed', { group_id: group.id, user_id: boris.id }).then(
      (answer) => (answer as { is_allowed: number }).is_allowed,
    )
  expect(await allowed()).toBe(0)
  vk.unblock(group.id, boris.id)
  expect(await allowed()).toBe(1)
  vk.block(group.id, boris.id)
  expect(await allowed()).toBe(0)
  vk.sendText(group.id, boris.id, 'я передумал')
  expect(await allowed()).toBe(1)
})

test('the history keeps the last 300 messages and can be read from both ends', async () => {
  const { ok, vk } = await serveVk()
  for (let count = 1; count <= 400; count += 1) vk.sendText(group.id, anna.id, String(count))
  const { messages } = vk.chat(group.id, anna.id)
  expect(messages.length).toBeGreaterThanOrEqual(300)
  expect(messages.length).toBeLessThan(350)
  expect(messages.at(-1)?.text).toBe('400')
  const read = (params: object) =>
    ok<{ items: { text: string }[] }>('messages.getHistory', { peer_id: anna.id, count: 2, ...params })
  expect((await read({})).items.map(({ text }) => text)).toEqual(['400', '399'])
  expect((await read({ rev: 1 })).items[0]?.text).toBe(messages[0]?.text)
})

test('files go in by form and by query, by POST and by GET, with the token in a header; JSON does not', async () => {
  const { url } = await serveVk()
  const Authorization = `Bearer ${group.token}`
  const get = await fetch(`${url}/method/users.get?v=5.199&user_ids=777`, { headers: { Authorization } })
  expect(await get.json()).toMatchObject({ response: [{ id: 777 }] })
  const form = new FormData()
  for (const [name, value] of Object.entries({ v: '5.199', user_ids: '777' })) form.set(name, value)
  const multipart = await fetch(`${url}/method/users.get`, {
    method: 'POST',
    headers: { Authorization },
    body: form,
  })
  expect(await multipart.json()).toMatchObject({ response: [{ id: 777 }] })
  const json = await fetch(`${url}/method/users.get`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ access_token: group.token, v: '5.199', user_ids: '777' }),
  })
  expect(await json.json()).toMatchObject({ error: { error_code: 5 } })
})

test('profiles tell what they tell to every bot, by id and by name', async () => {
  const hidden = { id: 900, firstName: 'Тайна', language: 'ru', username: 'taina' } as const
  const { ok, vk } = await serveVk()
  vk.addPerson(hidden)
  const fields = 'bdate,city,sex,screen_name'
  expect(await ok('users.get', { user_ids: '777,taina,id778,12', fields })).toEqual([
    profile(777, 'Анна', 'Петрова', {
      bdate: '17.4.1990',
      city: { id: 1, title: 'Москва' },
      sex: 1,
      screen_name: 'id777',
    }),
    profile(900, 'Тайна', '', { sex: 0, screen_name: 'taina' }),
    profile(778, 'Борис', '', { sex: 2, screen_name: 'id778' }),
  ])
  expect(await ok('users.get', { user_ids: 777 })).toEqual([profile(777, 'Анна', 'Петрова', {})])
})

const failed = (peerId: number, code: number, description: string): Item => ({
  peer_id: peerId,
  message_id: 0,
  conversation_message_id: 0,
  error: { code, description },
})

const profile = (id: number, first: string, last: string, more: object): object => ({
  id,
  first_name: first,
  last_name: last,
  can_access_closed: true,
  is_closed: false,
  ...more,
})
