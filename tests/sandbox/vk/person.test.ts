import { expect, test } from 'vitest'
import { anna, boris, fresh, group, serveVk, yesNo } from './serve-vk.ts'
import type { Served } from './serve-vk.ts'

/** Runs what the people do, gives what the bot heard: type and object of each event. */
async function heard({ position, poll }: Served, act: () => void | Promise<void>) {
  const from = await position()
  await act()
  const { updates } = await poll({ ...from, wait: 0 })
  return (updates ?? []).map(({ type, object }) => ({ type, object }))
}

test('"Начать" is a message with a payload that is a JSON string', async () => {
  const served = await serveVk()
  const { vk } = served
  expect(vk.chat(group.id, boris.id)).toMatchObject({ started: false, blocked: false, messages: [] })
  const [event] = await heard(served, () => vk.start(group.id, boris.id))
  expect(event).toMatchObject({
    type: 'message_new',
    object: {
      message: {
        text: 'Начать',
        payload: '{"command":"start"}',
        from_id: boris.id,
        peer_id: boris.id,
        out: 0,
        random_id: 0,
        attachments: [],
        fwd_messages: [],
      },
      client_info: { inline_keyboard: true, keyboard: true, lang_id: 0 },
    },
  })
  expect(vk.chat(group.id, boris.id)).toMatchObject({
    started: true,
    messages: [{ from: 'person', text: 'Начать' }],
  })
})

test('a link by itself says nothing; its ref comes with the first message only, typed or by "Начать"', async () => {
  const served = await serveVk()
  const { vk } = served
  const events = await heard(served, () => {
    vk.start(group.id, boris.id, { payload: 'flyer' })
    vk.sendText(group.id, boris.id, 'первое')
    vk.sendText(group.id, boris.id, 'второе')
    vk.start(group.id, anna.id, { payload: 'old' })
    vk.start(group.id, anna.id, { payload: 'qr', source: 'door' })
    vk.start(group.id, anna.id)
  })
  const told = events.map(({ object }) => object['message'] as Record<string, unknown>)
  expect(told.map(({ text, ref, ref_source: source }) => [text, ref, source])).toEqual([
    ['первое', 'flyer', undefined],
    ['второе', undefined, undefined],
    ['Начать', 'qr', 'door'],
  ])
})

test('a text button says its label with its payload; a callback button says nothing and asks for an answer', async () => {
  const served = await serveVk()
  const { vk, ok } = served
  const id = await ok<number>('messages.send', {
    peer_id: anna.id,
    random_id: fresh(),
    message: '?',
    keyboard: yesNo,
  })
  const events = await heard(served, () => {
    vk.press(group.id, anna.id, id, 0, 1)
    vk.press(group.id, anna.id, id, 0, 0)
  })
  expect(events).toMatchObject([
    { type: 'message_new', object: { message: { text: 'Нет', payload: '{"a":"no"}' } } },
    { type: 'message_event', object: { user_id: anna.id, peer_id: anna.id, payload: { a: 'yes' } } },
  ])
  expect(vk.chat(group.id, anna.id).messages.at(-1)).toMatchObject({ from: 'person', text: 'Нет' })
})

test('the keyboard under the field: text, callback without a message number, location, link', async () => {
  const served = await serveVk()
  const { vk, ok } = served
  const keyboard = JSON.stringify({
    one_time: true,
    buttons: [
      [
        { action: { type: 'callback', label: 'Инфо', payload: { page: 2 } } },
        { action: { type: 'open_link', label: 'Сайт', link: 'https://example.org' } },
      ],
      [{ action: { type: 'location', payload: '{"from":"map"}' } }],
    ],
  })
  const send = () => ok('messages.send', { peer_id: anna.id, random_id: fresh(), message: '?', keyboard })
  await send()
  const events = await heard(served, () => {
    vk.pressKeyboard(group.id, anna.id, 0, 0)
    vk.pressKeyboard(group.id, anna.id, 0, 1)
    expect(vk.chat(group.id, anna.id).keyboard).toHaveLength(2)
    vk.pressKeyboard(group.id, anna.id, 1, 0)
  })
  expect(events).toMatchObject([
    { type: 'message_event', object: { payload: { page: 2 } } },
    {
      type: 'message_new',
      object: { message: { text: '', payload: '{"from":"map"}', geo: { type: 'point' } } },
    },
  ])
  expect(events[0]?.object).not.toHaveProperty('conversation_message_id')
  // One time: whoever sent a message with it has used it up.
  expect(vk.chat(group.id, anna.id).keyboard).toEqual([])
})

test('the answer to a press ends the waiting, with a toast or without, or shows where a link leads', async () => {
  const served = await serveVk()
  const { vk, ok, seen } = served
  const id = await ok<number>('messages.send', {
    peer_id: anna.id,
    random_id: fresh(),
    message: '?',
    keyboard: yesNo,
  })
  const answers = [
    {},
    { event_data: '{"type":"show_snackbar","text":"Записали"}' },
    { event_data: '{"type":"open_link","link":"https://example.org"}' },
    { event_data: '{"type":"open_app","app_id":5}' },
  ]
  for (const answer of answers) {
    const [event] = await heard(served, () => vk.press(group.id, anna.id, id, 0, 0))
    const eventId = event?.object['event_id'] as string
    await ok('messages.sendMessageEventAnswer', {
      event_id: eventId,
      user_id: anna.id,
      peer_id: anna.id,
      ...answer,
    })
  }
  expect(
    seen.flatMap((event) =>
      event.type === 'toast' ? event.text : event.type === 'answered' ? event.type : [],
    ),
  ).toEqual([
    'answered',
    'Записали',
    'answered',
    'https://example.org',
    'answered',
    'https://vk.com/app5',
    'answered',
  ])
})

test('forbidding and allowing messages is told once, and writing allows them again without a word', async () => {
  const served = await serveVk()
  const { vk, seen } = served
  const events = await heard(served, () => {
    vk.block(group.id, anna.id)
    vk.block(group.id, anna.id)
    expect(vk.chat(group.id, anna.id).blocked).toBe(true)
    vk.unblock(group.id, anna.id)
    vk.unblock(group.id, anna.id)
    vk.block(group.id, anna.id)
    vk.sendText(group.id, anna.id, 'это снова я')
    expect(vk.chat(group.id, anna.id).blocked).toBe(false)
  })
  expect(events.map(({ type }) => type)).toEqual([
    'message_deny',
    'message_allow',
    'message_deny',
    'message_new',
  ])
  expect(seen.flatMap((event) => (event.type === 'blocked' ? event.blocked : []))).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test('what is no text is shown by its kind', async () => {
  const { vk } = await serveVk()
  const kinds = ['photo', 'sticker', 'voice', 'video', 'location', 'document'] as const
  for (const kind of kinds) vk.sendAttachment(group.id, anna.id, kind)
  expect(
    vk
      .chat(group.id, anna.id)
      .messages.slice(1)
      .map(({ attachment }) => attachment),
  ).toEqual([...kinds])
})

test('a listener hears what happens until it stops listening', async () => {
  const { vk } = await serveVk()
  const heardHere: string[] = []
  const stop = vk.subscribe(({ type, botId, personId }) => heardHere.push(`${type} ${botId} ${personId}`))
  vk.sendText(group.id, anna.id, 'раз')
  stop()
  vk.sendText(group.id, anna.id, 'два')
  expect(heardHere).toEqual(['message 5555 777'])
})

test('mistakes of whoever plays the person are told', async () => {
  const { vk, ok } = await serveVk()
  const id = await ok<number>('messages.send', {
    peer_id: anna.id,
    random_id: fresh(),
    message: '?',
    keyboard: yesNo,
  })
  expect(() => vk.press(group.id, anna.id, id, 0, 2)).toThrow(
    `message ${id} has no button at row 0, column 2`,
  )
  expect(() => vk.press(group.id, anna.id, 1, 0, 0)).toThrow('message 1 has no button')
  expect(() => vk.pressKeyboard(group.id, anna.id, 0, 0)).toThrow('the keyboard has no button')
  expect(() => vk.sendContact(group.id, anna.id)).toThrow('VK has no contact button')
  expect(() => vk.sendText(1, anna.id, 'x')).toThrow('no community 1')
  expect(() => vk.sendText(group.id, 1, 'x')).toThrow('nobody with id 1')
  expect(() => vk.chat(1, anna.id)).toThrow('no community 1')
})

test('the community and its people are told, and a person may change the profile', async () => {
  const { vk, ok } = await serveVk()
  expect(vk.bots()).toEqual([{ id: 5555, name: 'Салон «Ирис»', username: 'iris' }])
  expect(vk.people().map(({ id }) => id)).toEqual([777, 778, 779])
  vk.addPerson({ ...anna, lastName: 'Иванова' })
  expect(vk.chat(group.id, anna.id).messages).toHaveLength(1)
  expect(await ok('users.get', { user_ids: anna.id })).toMatchObject([{ last_name: 'Иванова' }])
  expect(await ok('groups.getById')).toMatchObject({ groups: [{ id: 5555, screen_name: 'iris' }] })
  expect(await ok('groups.getById', { group_id: 'other' })).toMatchObject({ groups: [] })
})
