import type { BotCommand, Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { createTelegram } from '../../../src/sandbox/telegram/telegram.ts'
import { png } from '../../domain/pictures.ts'
import { ADMIN_BOT, ANNA, BORIS, BOT, openSandbox } from './open-sandbox.ts'

const chat_id = ANNA.id
const here = { botId: BOT.id, personId: ANNA.id }

async function open(options = {}) {
  const sandbox = await openSandbox(options)
  const lastUpdate = async () => (await sandbox.updates()).at(-1)!
  const chat = () => sandbox.telegram.chat(BOT.id, ANNA.id)
  return { ...sandbox, lastUpdate, chat }
}

describe('what a person does reaches the bot', () => {
  test('Start sends /start with a bot_command entity, who and in what language', async () => {
    const { telegram, lastUpdate, chat } = await open()
    expect(chat()).toMatchObject({ started: false, messages: [], keyboard: [] })
    telegram.start(BOT.id, ANNA.id)
    const { message } = await lastUpdate()
    expect(message).toMatchObject({
      text: '/start',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
      from: {
        id: 777,
        is_bot: false,
        first_name: 'Анна',
        last_name: 'Ветрова',
        username: 'anna_v',
        language_code: 'ru',
      },
      chat: { id: 777, type: 'private', first_name: 'Анна' },
    })
    expect(chat().started).toBe(true)
  })

  test('a deep link adds its payload, and clicking again sends it again', async () => {
    const { telegram, updates } = await open()
    telegram.start(BOT.id, ANNA.id, { payload: 'vk_story-1' })
    telegram.start(BOT.id, ANNA.id, { payload: 'vk_story-1' })
    const seen = (await updates()).map(({ message }) => message!.text)
    expect(seen).toEqual(['/start vk_story-1', '/start vk_story-1'])
    expect(() => telegram.start(BOT.id, ANNA.id, { payload: 'с кириллицей' })).toThrow('A deep link takes')
    expect(() => telegram.start(BOT.id, ANNA.id, { payload: 'x'.repeat(65) })).toThrow('A deep link takes')
  })

  test('a person without the optional fields has none of them', async () => {
    const { telegram, lastUpdate } = await open()
    telegram.sendText(BOT.id, BORIS.id, 'hi')
    expect((await lastUpdate()).message!.from).toEqual({
      id: 888,
      is_bot: false,
      first_name: 'Boris',
      language_code: 'en',
    })
  })

  test('long input is cut into messages of 4096', async () => {
    const { telegram, updates } = await open()
    telegram.sendText(BOT.id, ANNA.id, 'я'.repeat(5000))
    expect((await updates()).map(({ message }) => message!.text!.length)).toEqual([4096, 904])
    expect(() => telegram.sendText(BOT.id, ANNA.id, '  ')).toThrow('empty')
  })

  test('a press brings data and the message as it was at that moment', async () => {
    const { telegram, call, lastUpdate, lastMessage } = await open()
    telegram.start(BOT.id, ANNA.id)
    const buttons = {
      inline_keyboard: [[{ text: 'a', callback_data: '1' }], [{ text: 'b', callback_data: '2' }]],
    }
    await call('sendMessage', { chat_id, text: 'old', reply_markup: buttons })
    const { id } = lastMessage()
    telegram.press(BOT.id, ANNA.id, id, 1, 0)
    await call('editMessageText', { chat_id, message_id: id, text: 'new' })
    const { callback_query } = await lastUpdate()
    expect(callback_query).toMatchObject({
      data: '2',
      from: { id: 777 },
      message: { message_id: id, text: 'old', from: { id: 42 }, reply_markup: buttons },
    })
    expect(callback_query!.chat_instance).toMatch(/^-\d+$/)
    expect(() => telegram.press(BOT.id, ANNA.id, id, 1, 0)).toThrow('no button')
    expect(() => telegram.press(BOT.id, ANNA.id, 5, 0, 0)).toThrow('no button')
  })

  test('a link button opens nothing at the bot', async () => {
    const { telegram, call, updates, lastMessage } = await open()
    telegram.start(BOT.id, ANNA.id)
    await call('sendMessage', {
      chat_id,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'a', url: 'https://example.org/x' }]] },
    })
    expect(lastMessage().buttons).toEqual([[{ label: 'a', kind: 'link', link: 'https://example.org/x' }]])
    telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
    expect(await updates()).toHaveLength(1)
  })

  test("the contact button shares the person's own contact, anybody's contact can be sent too", async () => {
    const { telegram, call, lastUpdate, chat, lastMessage } = await open()
    telegram.start(BOT.id, ANNA.id)
    await call('sendMessage', {
      chat_id,
      text: 'x',
      reply_markup: {
        keyboard: [[{ text: 'Телефон', request_contact: true, style: 'primary' }, 'Нет']],
        one_time_keyboard: true,
      },
    })
    expect(chat().keyboard).toEqual([
      [
        { label: 'Телефон', kind: 'contact', color: 'primary' },
        { label: 'Нет', kind: 'text' },
      ],
    ])
    telegram.pressKeyboard(BOT.id, ANNA.id, 0, 0)
    expect((await lastUpdate()).message!.contact).toEqual({
      phone_number: '+79161234567',
      first_name: 'Анна',
      last_name: 'Ветрова',
      user_id: 777,
    })
    expect(chat().keyboard).toEqual([])
    expect(() => telegram.pressKeyboard(BOT.id, ANNA.id, 0, 0)).toThrow('no button')
    telegram.sendContact(BOT.id, ANNA.id, { phone: '+37060000000', firstName: 'Ona' })
    expect((await lastUpdate()).message!.contact).toEqual({ phone_number: '+37060000000', first_name: 'Ona' })
    expect(lastMessage()).toMatchObject({ attachment: 'contact', text: 'Ona, +37060000000' })
    expect(() => telegram.sendContact(BOT.id, BORIS.id)).toThrow('no phone')
  })

  test('asked for bare phones, contacts come without the plus', async () => {
    const { telegram, lastUpdate } = await open({ barePhones: true })
    telegram.sendContact(BOT.id, ANNA.id)
    expect((await lastUpdate()).message!.contact!.phone_number).toBe('79161234567')
  })

  test.each(['photo', 'sticker', 'voice', 'video', 'location', 'document'] as const)(
    'a %s arrives, and its file can be fetched',
    async (kind) => {
      const { telegram, lastUpdate, lastMessage, call, url } = await open()
      telegram.sendAttachment(BOT.id, ANNA.id, kind)
      const message = (await lastUpdate()).message!
      expect(message[kind]).toBeDefined()
      expect(lastMessage()).toMatchObject({ from: 'person', attachment: kind, text: '' })
      if (kind === 'location') return
      const file = message[kind]!
      const { file_id, file_size } = Array.isArray(file) ? file.at(-1)! : file
      const { result } = await call<{ file_path: string }>('getFile', { file_id })
      const fetched = await fetch(`${url}/file/bot${BOT.token}/${result.file_path}`)
      expect((await fetched.arrayBuffer()).byteLength).toBe(file_size)
    },
  )

  test('a file of the person’s own arrives as it is, with its name and kind, and can be fetched', async () => {
    const { telegram, lastUpdate, lastMessage, call, url } = await open()
    const bytes = Buffer.from('Дата;Сумма\r\n01.02.2026;1500\r\n')
    telegram.sendDocument(BOT.id, ANNA.id, { name: 'визиты за год.csv', bytes })
    const { document } = (await lastUpdate()).message!
    expect(document).toMatchObject({
      file_name: 'визиты за год.csv',
      mime_type: 'text/csv',
      file_size: bytes.length,
    })
    expect(lastMessage()).toMatchObject({ from: 'person', file: { name: 'визиты за год.csv' } })
    const { result } = await call<{ file_path: string }>('getFile', { file_id: document!.file_id })
    expect(result.file_path).toMatch(/^documents\/file_\d+\.csv$/)
    const fetched = await fetch(`${url}/file/bot${BOT.token}/${result.file_path}`)
    expect(Buffer.from(await fetched.arrayBuffer()).equals(bytes)).toBe(true)
    expect((await fetch(`${url}/file/bot${ADMIN_BOT.token}/${result.file_path}`)).status).toBe(404)
    expect(() => telegram.sendDocument(BOT.id, ANNA.id, { name: 'a.csv', bytes: Buffer.alloc(0) })).toThrow(
      'the file is empty',
    )
  })

  test('a picture of the person’s own arrives as a photo in several sizes, with words under it', async () => {
    const { telegram, lastUpdate, lastMessage, call, url } = await open()
    const bytes = png(1600, 400)
    telegram.sendPhoto(BOT.id, ANNA.id, { name: 'торт.png', bytes, caption: ' как здесь ' })
    const { photo = [], caption } = (await lastUpdate()).message!
    expect(caption).toBe('как здесь')
    expect(photo.map(({ width, height }) => [width, height])).toEqual([
      [90, 23],
      [320, 80],
      [800, 200],
      [1600, 400],
    ])
    expect(new Set(photo.map(({ file_id }) => file_id)).size).toBe(4)
    expect(lastMessage()).toMatchObject({ from: 'person', picture: { name: 'торт.png' }, text: 'как здесь' })
    const { result } = await call<{ file_path: string }>('getFile', { file_id: photo.at(-1)!.file_id })
    const fetched = await fetch(`${url}/file/bot${BOT.token}/${result.file_path}`)
    expect(Buffer.from(await fetched.arrayBuffer()).equals(bytes)).toBe(true)
    // Each of them can be sent on by the bot that got it.
    expect(await call('sendPhoto', { chat_id: ANNA.id, photo: photo[0]!.file_id })).toMatchObject({
      ok: true,
    })
    expect(() => telegram.sendPhoto(BOT.id, ANNA.id, { name: 'лента.png', bytes: png(2100, 100) })).toThrow(
      'PHOTO_INVALID_DIMENSIONS',
    )
  })

  test.each([
    [20 * 1024 * 1024, { status: 200 }],
    [20 * 1024 * 1024 + 1, { status: 400, description: 'Bad Request: file is too big' }],
  ])('a file of %i bytes: a bot may fetch 20 MB', async (size, expected) => {
    const { telegram, lastUpdate, call } = await open()
    telegram.sendDocument(BOT.id, ANNA.id, { name: 'большой.xlsx', bytes: Buffer.alloc(size) })
    const { file_id } = (await lastUpdate()).message!.document!
    expect(await call('getFile', { file_id })).toMatchObject(expected)
  })

  test('blocking and unblocking bring my_chat_member', async () => {
    const { telegram, updates, events, chat } = await open()
    telegram.start(BOT.id, ANNA.id)
    telegram.block(BOT.id, ANNA.id)
    telegram.block(BOT.id, ANNA.id)
    expect(chat().blocked).toBe(true)
    expect(() => telegram.sendText(BOT.id, ANNA.id, 'x')).toThrow('unblock it first')
    telegram.unblock(BOT.id, ANNA.id)
    telegram.block(BOT.id, ANNA.id)
    telegram.start(BOT.id, ANNA.id)
    const changes = (await updates()).map((update) => {
      const change = update.my_chat_member
      return change
        ? `${change.old_chat_member.status} > ${change.new_chat_member.status}`
        : update.message!.text
    })
    expect(changes).toEqual([
      '/start',
      'member > kicked',
      'kicked > member',
      'member > kicked',
      'kicked > member',
      '/start',
    ])
    expect((await updates())[1]!.my_chat_member).toMatchObject({
      chat: { id: 777 },
      from: { id: 777 },
      new_chat_member: { status: 'kicked', user: { id: 42, is_bot: true }, until_date: 0 },
    })
    expect(events.filter(({ type }) => type === 'blocked')).toHaveLength(4)
    expect(() => telegram.block(BOT.id, BORIS.id)).toThrow('started')
  })

  test('two bots know nothing of each other', async () => {
    const { telegram, updates } = await open()
    telegram.sendText(BOT.id, ANNA.id, 'to the salon')
    telegram.sendText(ADMIN_BOT.id, ANNA.id, 'to the admin')
    expect((await updates()).map(({ message }) => message!.text)).toEqual(['to the salon'])
    expect((await updates(ADMIN_BOT.token)).map(({ message }) => message!.text)).toEqual(['to the admin'])
    expect(telegram.bots().map(({ username }) => username)).toEqual(['salon_bot', 'salon_admin_bot'])
  })

  test('people can be added and renamed; strangers are refused', async () => {
    const { telegram, lastUpdate } = await open()
    telegram.sendText(BOT.id, ANNA.id, 'x')
    telegram.addPerson({ ...ANNA, firstName: 'Аня', language: 'en' })
    telegram.addPerson({ id: 999, firstName: 'Вера', language: 'ru' })
    telegram.sendText(BOT.id, ANNA.id, 'y')
    expect((await lastUpdate()).message!.from).toMatchObject({ first_name: 'Аня', language_code: 'en' })
    telegram.start(BOT.id, 999)
    expect(telegram.people().map(({ id }) => id)).toEqual([777, 888, 999])
    expect(() => telegram.start(BOT.id, 1)).toThrow('no person 1')
    expect(() => telegram.start(1, ANNA.id)).toThrow('no bot 1')
    expect(() => createTelegram({ bots: [{ ...BOT, id: 9 }] })).toThrow('must begin with "9:"')
  })
})

describe('what the bot does reaches the person', () => {
  test('a listener sees messages, edits, deletions, typing, in order', async () => {
    const { telegram, call, events } = await open()
    telegram.start(BOT.id, ANNA.id)
    await call('sendChatAction', { chat_id, action: 'typing' })
    expect(telegram.chat(BOT.id, ANNA.id).typing).toBe(true)
    const { message_id } = (await call('sendMessage', { chat_id, text: 'a' })).result
    await call('editMessageText', { chat_id, message_id, text: 'b' })
    await call('deleteMessage', { chat_id, message_id })
    expect(events.map((event) => event.type)).toEqual([
      'message',
      'typing',
      'typing',
      'message',
      'edit',
      'delete',
    ])
    expect(events[4]).toMatchObject({
      ...here,
      message: { id: message_id, text: 'b', editedAt: expect.any(Number) as number },
    })
    expect(events[5]).toEqual({ ...here, type: 'delete', messageId: message_id })
    expect(telegram.chat(BOT.id, ANNA.id)).toMatchObject({ typing: false, messages: [{ text: '/start' }] })
  })

  test('the reply keyboard stays until it is replaced, removed, or its message is deleted', async () => {
    const { telegram, call, chat } = await open()
    telegram.start(BOT.id, ANNA.id)
    const labels = () =>
      chat()
        .keyboard.flat()
        .map(({ label }) => label)
    const send = (reply_markup?: object) => call('sendMessage', { chat_id, text: 'x', reply_markup })
    await send({ keyboard: [['a']] })
    await send({ inline_keyboard: [[{ text: 'i', callback_data: 'i' }]] })
    await send()
    telegram.pressKeyboard(BOT.id, ANNA.id, 0, 0)
    expect(labels()).toEqual(['a'])
    expect(chat().messages.at(-1)).toMatchObject({ from: 'person', text: 'a' })
    const { message_id } = (await send({ keyboard: [['b'], []] })).result
    expect(labels()).toEqual(['b'])
    await call('deleteMessage', { chat_id, message_id })
    expect(labels()).toEqual([])
    await send({ keyboard: [['c']] })
    await send({ remove_keyboard: true })
    expect(labels()).toEqual([])
  })

  test('an answered press stops spinning; a text makes a toast or an alert', async () => {
    const { telegram, call, events, lastUpdate, lastMessage } = await open()
    telegram.start(BOT.id, ANNA.id)
    await call('sendMessage', {
      chat_id,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: '1' }]] },
    })
    const messageId = lastMessage().id
    telegram.press(BOT.id, ANNA.id, messageId, 0, 0)
    await call('answerCallbackQuery', { callback_query_id: (await lastUpdate()).callback_query!.id })
    expect(events.slice(2)).toEqual([{ ...here, type: 'answered', messageId }])
    telegram.press(BOT.id, ANNA.id, messageId, 0, 0)
    const callback_query_id = (await lastUpdate()).callback_query!.id
    await call('answerCallbackQuery', { callback_query_id, text: 'да', show_alert: 'True' })
    expect(events.slice(3)).toEqual([
      { ...here, type: 'answered', messageId },
      { ...here, type: 'toast', text: 'да', alert: true },
    ])
  })

  test('commands are those of the narrowest scope in the language of the person', async () => {
    const { telegram, call, chat, events } = await open()
    telegram.start(BOT.id, ANNA.id)
    const set = (description: string, more: object = {}) =>
      call<boolean>('setMyCommands', { commands: [{ command: 'start', description }], ...more })
    const shown = () => chat().commands.map(({ description }) => description)
    await set('default')
    expect(shown()).toEqual(['default'])
    await set('по умолчанию', { language_code: 'ru' })
    expect(shown()).toEqual(['по умолчанию'])
    await set('private', { scope: { type: 'all_private_chats' } })
    expect(shown()).toEqual(['private'])
    await set('Анне', { scope: { type: 'chat', chat_id }, language_code: 'ru' })
    expect(shown()).toEqual(['Анне'])
    expect(telegram.chat(BOT.id, BORIS.id).commands).toEqual([{ command: 'start', description: 'private' }])
    await call('deleteMyCommands', { scope: { type: 'chat', chat_id }, language_code: 'ru' })
    expect(shown()).toEqual(['private'])
    expect((await call<BotCommand[]>('getMyCommands', { language_code: 'ru' })).result).toEqual([
      { command: 'start', description: 'по умолчанию' },
    ])
    expect((await call<BotCommand[]>('getMyCommands', { language_code: 'de' })).result).toEqual([])
    expect(events.filter(({ type, personId }) => type === 'commands' && personId === ANNA.id)).toHaveLength(5)
  })

  test("the bot's texts are kept by language", async () => {
    const { call } = await open()
    await call('setMyName', { name: 'Salon' })
    await call('setMyName', { name: 'Салон красоты', language_code: 'ru' })
    expect((await call('getMyName', { language_code: 'ru' })).result).toEqual({ name: 'Салон красоты' })
    expect((await call('getMyName', { language_code: 'de' })).result).toEqual({ name: 'Salon' })
    await call('setMyDescription', { description: 'd' })
    await call('setMyShortDescription', { short_description: 's' })
    expect((await call('getMyDescription')).result).toEqual({ description: 'd' })
    expect((await call('getMyShortDescription')).result).toEqual({ short_description: 's' })
  })

  test('a reply holds the message it answers, without what that one answered', async () => {
    const { telegram, call, lastMessage } = await open()
    telegram.start(BOT.id, ANNA.id)
    const reply = (message_id: number) =>
      call('sendMessage', { chat_id, text: 'x', reply_parameters: { message_id } })
    const first = await reply(lastMessage().id)
    expect(first.result.reply_to_message).toMatchObject({ text: '/start' })
    const second = await reply(first.result.message_id)
    expect(second.result.reply_to_message!.message_id).toBe(first.result.message_id)
    expect(second.result.reply_to_message).not.toHaveProperty('reply_to_message')
  })

  test('a copy is a new message, a forward says whence', async () => {
    const { telegram, call, lastMessage } = await open()
    telegram.start(BOT.id, ANNA.id)
    telegram.start(BOT.id, BORIS.id)
    telegram.sendText(BOT.id, ANNA.id, 'жалоба')
    const source = { chat_id: BORIS.id, from_chat_id: chat_id, message_id: lastMessage().id }
    const copy = await call<{ message_id: number }>('copyMessage', source)
    expect(Object.keys(copy.result)).toEqual(['message_id'])
    const forward = await call('forwardMessage', source)
    expect(forward.result).toMatchObject({
      text: 'жалоба',
      from: { id: 42 },
      forward_origin: { type: 'user', sender_user: { id: 777 } },
    })
    expect(telegram.chat(BOT.id, BORIS.id).messages.map(({ text }) => text)).toEqual([
      '/start',
      'жалоба',
      'жалоба',
    ])
  })

  test('what is protected can be neither copied nor forwarded', async () => {
    const { telegram, call } = await open()
    telegram.start(BOT.id, ANNA.id)
    const { message_id } = (await call('sendMessage', { chat_id, text: 'x', protect_content: true })).result
    for (const method of ['copyMessage', 'forwardMessage']) {
      expect((await call(method, { chat_id, from_chat_id: chat_id, message_id })).description).toBe(
        "Bad Request: message has protected content and can't be forwarded",
      )
    }
  })

  test('only the latest messages of a chat are kept', async () => {
    const { telegram, call } = await open({ messagesKept: 10 })
    for (let index = 0; index < 100; index += 1) telegram.sendText(BOT.id, ANNA.id, `t${index}`)
    const kept = telegram.chat(BOT.id, ANNA.id).messages
    expect(kept.length).toBeLessThanOrEqual(60)
    expect(kept.at(-1)!.text).toBe('t99')
    expect((await call('deleteMessage', { chat_id, message_id: kept[0]!.id - 1 })).description).toBe(
      'Bad Request: message to delete not found',
    )
  })

  test('a listener that has left hears nothing', async () => {
    const { telegram } = await open()
    const heard: string[] = []
    const leave = telegram.subscribe((event) => heard.push(event.type))
    telegram.sendText(BOT.id, ANNA.id, 'a')
    leave()
    telegram.sendText(BOT.id, ANNA.id, 'b')
    expect(heard).toEqual(['message'])
  })
})

describe('a restart', () => {
  test('chats, files, keyboards, pending updates, presses, numbers and settings survive', async () => {
    const { telegram, call, lastMessage } = await open()
    telegram.start(BOT.id, ANNA.id)
    const form = { chat_id, photo: 'https://example.org/a.png' }
    await call('sendPhoto', form)
    telegram.sendAttachment(BOT.id, ANNA.id, 'photo')
    const pictureId = lastMessage().picture!.path
    await call('sendMessage', { chat_id, text: 'k', reply_markup: { keyboard: [['Меню']] } })
    await call('setMyCommands', { commands: [{ command: 'start', description: 'x' }] })
    await call('sendMessage', {
      chat_id,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: '1' }]] },
    })
    telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
    telegram.block(BOT.id, ANNA.id)
    telegram.sendText(BOT.id, BORIS.id, 'hi')
    const before = {
      chat: telegram.chat(BOT.id, ANNA.id),
      updates: (await call<Update[]>('getUpdates')).result,
    }

    const saved = JSON.parse(JSON.stringify(telegram.save())) as unknown
    const next = await openSandbox({ saved, people: [] })
    expect(next.telegram.people()).toEqual([ANNA, BORIS])
    expect(next.telegram.chat(BOT.id, ANNA.id)).toEqual(before.chat)
    const updates = await next.updates()
    expect(updates).toEqual(before.updates)
    const answered = await next.call('answerCallbackQuery', {
      callback_query_id: updates.find((u) => u.callback_query)!.callback_query!.id,
    })
    expect(answered.ok).toBe(true)
    expect((await fetch(next.url + pictureId)).status).toBe(200)
    next.telegram.unblock(BOT.id, ANNA.id)
    next.telegram.sendText(BOT.id, ANNA.id, 'дальше')
    expect(next.lastMessage().id).toBeGreaterThan(Math.max(...before.chat.messages.map(({ id }) => id)))
    expect((await next.updates()).at(-1)!.update_id).toBeGreaterThan(before.updates.at(-1)!.update_id)
  })

  test('after a crash no number comes again that was given out since the last save', async () => {
    const { telegram, call, lastMessage, updates } = await open()
    const saved = JSON.parse(JSON.stringify(telegram.save())) as unknown
    telegram.start(BOT.id, ANNA.id)
    await call('sendMessage', {
      chat_id,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: '1' }]] },
    })
    telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
    const forgotten = await updates()
    const next = await openSandbox({ saved })
    next.telegram.start(BOT.id, ANNA.id)
    const [update] = await next.updates()
    expect(update!.update_id).toBeGreaterThan(Math.max(...forgotten.map(({ update_id }) => update_id)))
    expect(update!.message!.message_id).toBeGreaterThan(lastMessage().id)
  })

  test('a webhook is set again and gets what waited', async () => {
    const { telegram, call, url } = await open()
    await call('setWebhook', { url: 'http://127.0.0.1:1/', secret_token: 's' })
    telegram.sendText(BOT.id, ANNA.id, 'a')
    const saved = JSON.parse(JSON.stringify(telegram.save())) as unknown
    const next = await openSandbox({ saved })
    expect((await next.call('getWebhookInfo')).result).toMatchObject({
      url: 'http://127.0.0.1:1/',
      pending_update_count: 1,
    })
    expect(url).not.toBe(next.url)
  })

  test('what another version saved is refused with advice', () => {
    expect(() => createTelegram({ bots: [BOT], saved: { version: 99 } })).toThrow('start afresh')
  })
})
