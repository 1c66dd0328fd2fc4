import { readFileSync } from 'node:fs'
import type { Message } from 'grammy/types'
import { expect, test } from 'vitest'
import { METHODS } from '../../../src/sandbox/telegram/methods/method-table.ts'
import { ANNA, BOT, openSandbox } from './open-sandbox.ts'

interface Spec {
  methods: Record<string, { returns: string[]; required: string[]; optional: string[] }>
  /** Fields: "!" = required, then "Type or Type". */
  types: Record<string, { fields: Record<string, string> } | { subtypes: string[] }>
}

const spec = JSON.parse(
  readFileSync(new URL('../../fixtures/telegram/bot-api.json', import.meta.url), 'utf8'),
) as Spec

/** What is wrong with a value that should be of one of the types; [] when nothing is. */
function faultsOf(value: unknown, types: string[], place: string): string[] {
  const all = types.map((type) => faultsOfOne(value, type, place))
  return all.find((faults) => faults.length === 0) ?? all.at(-1)!
}

function faultsOfOne(value: unknown, type: string, place: string): string[] {
  const list = /^Array of (.+)$/.exec(type)?.[1]
  if (list !== undefined) {
    if (!Array.isArray(value)) return [`${place} must be a list`]
    return value.flatMap((item: unknown, index) => faultsOf(item, [list], `${place}[${index}]`))
  }
  if (type === 'Integer') return Number.isSafeInteger(value) ? [] : [`${place} must be an integer`]
  if (type === 'Float') return typeof value === 'number' ? [] : [`${place} must be a number`]
  if (type === 'String') return typeof value === 'string' ? [] : [`${place} must be a string`]
  if (type === 'Boolean' || type === 'True')
    return typeof value === 'boolean' ? [] : [`${place} must be a boolean`]
  const known = spec.types[type]
  if (!known) return [`${place}: the fixture does not hold ${type}`]
  if ('subtypes' in known) return faultsOf(value, known.subtypes, place)
  if (typeof value !== 'object' || value === null) return [`${place} must be ${type}`]
  return [
    ...missing(value, known.fields, place),
    ...wrong(value as Record<string, unknown>, known.fields, place, type),
  ]
}

function missing(value: object, fields: Record<string, string>, place: string): string[] {
  const required = Object.keys(fields).filter((field) => fields[field]!.startsWith('!'))
  return required.filter((field) => !(field in value)).map((field) => `${place}.${field} is missing`)
}

function wrong(
  value: Record<string, unknown>,
  fields: Record<string, string>,
  place: string,
  type: string,
): string[] {
  return Object.entries(value).flatMap(([field, content]) => {
    const types = fields[field]
    if (types === undefined) return [`${place}.${field} is not a field of ${type}`]
    return faultsOf(content, types.replace('!', '').split(' or '), `${place}.${field}`)
  })
}

test('the fixture and the sandbox know the same methods', () => {
  expect([...Object.keys(METHODS), 'getUpdates'].sort()).toEqual(Object.keys(spec.methods).sort())
})

test('the checker finds what is missing, unknown, or of another kind', () => {
  expect(faultsOf({ id: 'x', is_bot: true, hide: 1 }, ['User'], 'user')).toEqual([
    'user.first_name is missing',
    'user.id must be an integer',
    'user.hide is not a field of User',
  ])
})

test('every answer of every method is what the specification promises', async () => {
  const { telegram, call, lastMessage } = await openSandbox()
  const chat_id = ANNA.id
  const seen = new Set<string>()
  const check = async (method: string, parameters: object = {}): Promise<Message> => {
    const answer = await call(method, parameters)
    expect({ method, ...answer }).toMatchObject({ method, ok: true })
    expect(faultsOf(answer.result, spec.methods[method]!.returns, method)).toEqual([])
    seen.add(method)
    return answer.result
  }

  telegram.start(BOT.id, ANNA.id, { payload: 'x' })
  for (const kind of ['photo', 'sticker', 'voice', 'video', 'location', 'document'] as const) {
    telegram.sendAttachment(BOT.id, ANNA.id, kind)
  }
  telegram.sendDocument(BOT.id, ANNA.id, { name: 'visits.csv', bytes: Buffer.from('a') })
  telegram.sendContact(BOT.id, ANNA.id)
  telegram.sendText(BOT.id, ANNA.id, 'https://example.org @salon_bot #a +79161234567')
  const sticker = telegram.chat(BOT.id, ANNA.id).messages.find((message) => message.attachment === 'sticker')!
  await check('getMe')
  const { message_id } = await check('sendMessage', {
    chat_id,
    text: '<b>a</b> <a href="https://example.org">b</a><pre><code class="language-ts">c</code></pre>',
    parse_mode: 'HTML',
    protect_content: true,
    reply_parameters: { message_id: sticker.id },
    reply_markup: {
      inline_keyboard: [
        [
          { text: 'a', callback_data: 'a', style: 'danger' },
          { text: 'b', url: 'https://example.org' },
          { text: 'c', copy_text: { text: 'c' } },
          { text: 'd', switch_inline_query: 'd' },
          { text: 'e', web_app: { url: 'https://example.org' } },
        ],
      ],
    },
  })
  telegram.press(BOT.id, ANNA.id, message_id, 0, 0)
  telegram.block(BOT.id, ANNA.id)
  telegram.unblock(BOT.id, ANNA.id)
  const updates = (await check('getUpdates')) as unknown as { callback_query?: { id: string } }[]
  await check('answerCallbackQuery', {
    callback_query_id: updates.find((update) => update.callback_query)!.callback_query!.id,
  })
  await check('editMessageReplyMarkup', { chat_id, message_id })
  await check('editMessageText', { chat_id, message_id, text: 'x' })
  for (const kind of ['Photo', 'Document', 'Animation', 'Audio', 'Video', 'Voice'] as const) {
    const file = {
      [kind.toLowerCase()]: 'https://example.org/a.bin',
      caption: '_a_',
      parse_mode: 'MarkdownV2',
    }
    const sent = await check(`send${kind}`, { chat_id, ...file })
    await check('editMessageCaption', { chat_id, message_id: sent.message_id, caption: 'b' })
  }
  await check('sendSticker', { chat_id, sticker: 'https://example.org/a.webp' })
  await check('sendMediaGroup', {
    chat_id,
    media: [{ type: 'photo', media: 'https://example.org/a.png', caption: 'c' }],
  })
  await check('sendChatAction', { chat_id, action: 'upload_document' })
  const photo = await check('sendPhoto', { chat_id, photo: 'https://example.org/a.png' })
  await check('getFile', { file_id: photo.photo![0]!.file_id })
  const plain = await check('sendMessage', { chat_id, text: 'plain' })
  await check('copyMessage', { chat_id, from_chat_id: chat_id, message_id: plain.message_id })
  await check('forwardMessage', { chat_id, from_chat_id: chat_id, message_id: photo.message_id })
  await check('pinChatMessage', { chat_id, message_id: plain.message_id })
  await check('getChat', { chat_id })
  await check('unpinChatMessage', { chat_id })
  await check('unpinAllChatMessages', { chat_id })
  await check('deleteMessage', { chat_id, message_id: plain.message_id })
  await check('deleteMessages', { chat_id, message_ids: [lastMessage().id] })
  await check('setMyCommands', { commands: [{ command: 'start', description: 'a' }] })
  await check('getMyCommands')
  await check('deleteMyCommands')
  await check('setMyName', { name: 'a' })
  await check('getMyName')
  await check('setMyDescription', { description: 'a' })
  await check('getMyDescription')
  await check('setMyShortDescription', { short_description: 'a' })
  await check('getMyShortDescription')
  await check('getChatMenuButton')
  await check('setChatMenuButton', {
    chat_id,
    menu_button: { type: 'web_app', text: 'a', web_app: { url: 'https://example.org' } },
  })
  await check('getChatMenuButton', { chat_id })
  await check('setWebhook', {
    url: 'http://127.0.0.1:1/',
    ip_address: '127.0.0.1',
    allowed_updates: ['message'],
  })
  telegram.sendText(BOT.id, ANNA.id, 'x')
  while (!('last_error_message' in (await check('getWebhookInfo')))) continue
  await check('deleteWebhook')
  await check('close')
  await check('logOut')
  expect([...seen].sort()).toEqual(Object.keys(spec.methods).sort())
})

/** The real server, too, takes these without: nothing means taking away what was set. */
const LENIENT = ['setWebhook', 'setMyCommands']

test.each(
  Object.entries(spec.methods).filter(
    ([method, { required }]) => required.length > 0 && !LENIENT.includes(method),
  ),
)('%s refuses a call without its required parameters', async (method) => {
  const { telegram, call } = await openSandbox()
  telegram.start(BOT.id, ANNA.id)
  expect(await call(method)).toMatchObject({ ok: false, status: 400 })
})
