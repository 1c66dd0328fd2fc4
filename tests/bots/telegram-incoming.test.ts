import { expect, test } from 'vitest'
import { telegramIncoming } from '../../src/bots/telegram-incoming.ts'

const from = { id: 777, is_bot: false, first_name: 'Анна' }
const chat = { id: 777, type: 'private', first_name: 'Анна' }
const read = (update: object) => telegramIncoming({ update_id: 5, ...update }, { botId: '42', at: 1000 })
const ofMessage = (fields: object) =>
  read({ message: { message_id: 1, date: 1, chat, from, ...fields } })?.input
const ofPress = (fields: object) =>
  read({ callback_query: { id: 'q', from, chat_instance: 'c', data: 'd.q=1', ...fields } })

test.each([
  ['/start', { kind: 'start' }],
  ['/start@salon_bot', { kind: 'start' }],
  ['/START', { kind: 'start' }],
  ['/menu', { kind: 'command', name: 'menu' }],
  ['/Menu@Salon_Bot', { kind: 'command', name: 'menu' }],
  ['/forget всё', { kind: 'command', name: 'forget' }],
  ['/ меню', { kind: 'text', text: '/ меню' }],
  ['/меню', { kind: 'text', text: '/меню' }],
  ['пришлите /menu', { kind: 'text', text: 'пришлите /menu' }],
  ['startled', { kind: 'text', text: 'startled' }],
])('%j is %j', (text, input) => expect(ofMessage({ text })).toEqual(input))

test.each([
  ['/start spring-2026', 'spring-2026'],
  ['/start@salon_bot qr_17', 'qr_17'],
])('%j tells the link', (text, source) => {
  expect(read({ message: { message_id: 1, date: 1, chat, from, text } })?.link).toEqual({ source })
})

test.each([
  [{ photo: [{}] }, 'photo'],
  [{ sticker: {} }, 'sticker'],
  [{ voice: {} }, 'voice'],
  [{ video_note: {} }, 'voice'],
  [{ video: {} }, 'video'],
  [{ animation: {}, document: {} }, 'video'],
  [{ location: {} }, 'location'],
  [{ venue: {}, location: {} }, 'location'],
  [{ document: {} }, 'document'],
  [{ dice: {} }, 'other'],
  [{ poll: {} }, 'other'],
  [{ something_of_next_year: {} }, 'other'],
])('%j is told as %s', (fields, what) => expect(ofMessage(fields)).toEqual({ kind: 'attachment', what }))

test('a caption comes with its attachment', () => {
  expect(ofMessage({ photo: [{}], caption: 'как здесь' })).toEqual({
    kind: 'attachment',
    what: 'photo',
    caption: 'как здесь',
  })
})

test.each([
  ['a pinned message', { message: { message_id: 1, date: 1, chat, from, pinned_message: {} } }],
  ['a group', { message: { message_id: 1, date: 1, chat: { id: -5, type: 'group' }, from, text: 'раз' } }],
  ['an edited message', { edited_message: { message_id: 1, date: 1, chat, from, text: 'раз' } }],
  [
    'a press in a group',
    {
      callback_query: {
        id: 'q',
        from,
        data: 'x',
        message: { message_id: 1, date: 1, chat: { id: -5, type: 'group' } },
      },
    },
  ],
  ['a press of a game', { callback_query: { id: 'q', from, game_short_name: 'x' } }],
  [
    'the bot made an admin of a channel',
    {
      my_chat_member: {
        chat: { id: -5, type: 'channel' },
        from,
        date: 1,
        new_chat_member: { status: 'member' },
      },
    },
  ],
])('%s is nothing to the dialogues', (_, update) => expect(read(update)).toBeUndefined())

test('a press tells the message, unless the bot has lost access to it or it was sent inline', () => {
  expect(ofPress({ message: { message_id: 9, date: 100, chat } })).toMatchObject({
    externalId: 777,
    messageId: 9,
  })
  expect(ofPress({ message: { message_id: 9, date: 0, chat } })).not.toHaveProperty('messageId')
  expect(ofPress({ message: { message_id: 9, date: 1, chat, photo: [{}] } })).not.toHaveProperty('messageId')
  expect(ofPress({ inline_message_id: 'abc' })).toMatchObject({
    externalId: 777,
    input: { kind: 'press', value: 'd.q=1' },
  })
  expect(ofPress({ inline_message_id: 'abc' })).not.toHaveProperty('messageId')
})

test('the key is the same for every delivery and names the bot', () => {
  expect(read({ message: { message_id: 1, date: 1, chat, from, text: 'раз' } })).toMatchObject({
    key: 'tg:42:5',
    platform: 'telegram',
    at: 1000,
    profile: { firstName: 'Анна' },
  })
})
