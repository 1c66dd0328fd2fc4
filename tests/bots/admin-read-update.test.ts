import type { Update } from 'telegraf/types'
import { describe, expect, test } from 'vitest'
import { personOf, readUpdate } from '../../src/bots/admin/read-update.ts'

const from = { id: 7, is_bot: false, first_name: 'Ира', last_name: 'К.', language_code: 'en-GB' }
const chat = { id: 7, type: 'private', first_name: 'Ира' }
const update = (rest: object): Update => ({ update_id: 1, ...rest }) as Update
const message = (rest: object) => update({ message: { message_id: 5, date: 1, chat, from, ...rest } })
const actOf = (one: Update) => readUpdate(one, 42, ['ru', 'en'])?.act

describe('what a person did', () => {
  test.each([
    ['a command', { text: '/start abc_-1' }, { kind: 'command', name: 'start', argument: 'abc_-1' }],
    [
      'a command with the bot’s name',
      { text: '/New@daisy_staff_bot' },
      { kind: 'command', name: 'new', argument: '' },
    ],
    [
      'a command with several words',
      { text: '/find анна 45 ' },
      { kind: 'command', name: 'find', argument: 'анна 45' },
    ],
    ['a slash that is no command', { text: '/ 45' }, { kind: 'text', text: '/ 45' }],
    ['a text', { text: 'Анна' }, { kind: 'text', text: 'Анна' }],
    ['a sticker', { sticker: {} }, { kind: 'other' }],
    [
      'a file',
      { document: { file_id: 'BQ', file_unique_id: 'u', file_name: 'визиты.csv', file_size: 12 } },
      { kind: 'document', fileId: 'BQ', name: 'визиты.csv', sizeBytes: 12 },
    ],
    [
      'a file about which Telegram knows nothing',
      { document: { file_id: 'BQ', file_unique_id: 'u' } },
      { kind: 'document', fileId: 'BQ', name: '' },
    ],
    [
      'a moving picture, which is a file for old bots',
      { animation: { file_id: 'Cg' }, document: { file_id: 'Cg' } },
      { kind: 'other' },
    ],
    ['a pinned message, which needs no answer', { pinned_message: {} }, undefined],
  ])('%s', (_, rest, act) => {
    expect(actOf(message(rest))).toEqual(act)
  })

  test('a press on a button of ours', () => {
    const press = update({
      callback_query: { id: 'q', from, data: 'client:3', message: { message_id: 5, date: 1, chat } },
    })
    expect(actOf(press)).toEqual({
      kind: 'press',
      queryId: 'q',
      messageId: 5,
      route: { screen: 'client', id: 3 },
    })
  })

  test('a press whose screen comes below: the message that was pressed is not to be edited', () => {
    const press = update({
      callback_query: { id: 'q', from, data: '+client:3', message: { message_id: 5, date: 1, chat } },
    })
    expect(actOf(press)).toEqual({ kind: 'press', queryId: 'q', route: { screen: 'client', id: 3 } })
  })

  test('a press on a message that is too old to be edited', () => {
    const press = update({
      callback_query: { id: 'q', from, data: 'x', message: { message_id: 5, date: 0, chat } },
    })
    expect(actOf(press)).toEqual({ kind: 'press', queryId: 'q' })
  })

  test.each([
    ['kicked', 'blocked'],
    ['member', 'unblocked'],
  ])('%s means %s', (status, kind) => {
    const member = update({
      my_chat_member: { chat, from, date: 1, new_chat_member: { status, user: from } },
    })
    expect(actOf(member)).toEqual({ kind })
  })
})

test('the person is named in full, and spoken to in the language of the app if the salon knows it', () => {
  const personIn = (languages: ('ru' | 'en')[], code?: string) =>
    readUpdate(message({ text: 'x', from: { ...from, language_code: code } }), 42, languages)?.person
  expect(personIn(['ru', 'en'], 'en-GB')).toEqual({ telegramId: 7, name: 'Ира К.', language: 'en' })
  expect(personIn(['ru'], 'en')).toMatchObject({ language: 'ru' })
  expect(personIn(['en', 'ru'], 'de')).toMatchObject({ language: 'en' })
  expect(personIn(['ru', 'en'])).toMatchObject({ language: 'ru' })
})

test('the key names bot and update', () => {
  expect(readUpdate(message({ text: 'x' }), 42, ['ru'])?.key).toBe('ad:42:1')
  expect(personOf(message({ text: 'x' }))).toBe(7)
})

describe('no answer', () => {
  const group = { id: -5, type: 'group', title: 'Салон' }
  test.each([
    ['in a group, where strangers would read it', message({ text: '/clients', chat: group })],
    [
      'to a press in a group',
      update({
        callback_query: { id: 'q', from, data: 'menu', message: { message_id: 5, date: 1, chat: group } },
      }),
    ],
    ['to a press without a message', update({ callback_query: { id: 'q', from, data: 'menu' } })],
    ['to another bot', message({ text: '/clients', from: { ...from, is_bot: true } })],
    ['to an edited message', update({ edited_message: { message_id: 5, date: 1, chat, from, text: 'x' } })],
  ])('%s', (_, one) => {
    expect(readUpdate(one, 42, ['ru'])).toBeUndefined()
  })
})
