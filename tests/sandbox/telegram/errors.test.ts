import { describe, expect, test } from 'vitest'
import { ADMIN_BOT, ANNA, BORIS, BOT, openSandbox, PNG, request } from './open-sandbox.ts'

const chat_id = ANNA.id
const button = (fields: object) => ({ inline_keyboard: [[{ text: 'x', ...fields }]] })
const rows = (count: number, perRow: number, make: (index: number) => object | string) =>
  Array.from({ length: Math.ceil(count / perRow) }, (_, row) =>
    Array.from({ length: Math.min(perRow, count - row * perRow) }, (__, column) =>
      make(row * perRow + column),
    ),
  )
const inline = (count: number, perRow: number) => ({
  inline_keyboard: rows(count, perRow, (index) => ({ text: 'x', callback_data: String(index) })),
})
const keyboard = (count: number, perRow: number) => ({
  keyboard: rows(count, perRow, (index) => `button ${index}`),
})

const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
const TOO_OLD = 'Bad Request: query is too old and response timeout expired or query ID is invalid'

describe('sending', () => {
  test.each<[name: string, parameters: object, status: number, description: string]>([
    ['no text', { chat_id }, 400, 'Bad Request: message text is empty'],
    ['only blanks', { chat_id, text: ' \n ' }, 400, 'Bad Request: text must be non-empty'],
    [
      'only tags',
      { chat_id, text: '<b></b>', parse_mode: 'HTML' },
      400,
      'Bad Request: text must be non-empty',
    ],
    ['4097 characters', { chat_id, text: 'я'.repeat(4097) }, 400, 'Bad Request: message is too long'],
    ['over 32 KB', { chat_id, text: 'я'.repeat(16_385) }, 400, 'Bad Request: text is too long'],
    ['no chat', { text: 'x' }, 400, 'Bad Request: chat_id is empty'],
    ['an unknown chat', { chat_id: 5, text: 'x' }, 400, 'Bad Request: chat not found'],
    ['a chat by name', { chat_id: '@anna_v', text: 'x' }, 400, 'Bad Request: chat not found'],
    [
      'a person who never wrote',
      { chat_id: BORIS.id, text: 'x' },
      403,
      "Forbidden: bot can't initiate conversation with a user",
    ],
    [
      'an unknown parse mode',
      { chat_id, text: 'x', parse_mode: 'BBCode' },
      400,
      'Bad Request: unsupported parse_mode',
    ],
    [
      'callback data of 65 bytes',
      { chat_id, text: 'x', reply_markup: button({ callback_data: `${'я'.repeat(32)}!` }) },
      400,
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'an empty callback data',
      { chat_id, text: 'x', reply_markup: button({ callback_data: '' }) },
      400,
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'a button without an action',
      { chat_id, text: 'x', reply_markup: button({}) },
      400,
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'a button without a label',
      { chat_id, text: 'x', reply_markup: { inline_keyboard: [[{ callback_data: 'x' }]] } },
      400,
      'Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"',
    ],
    [
      'a label that is a number list',
      { chat_id, text: 'x', reply_markup: { inline_keyboard: [[{ text: [1], callback_data: 'x' }]] } },
      400,
      'Bad Request: can\'t parse inline keyboard button: Field "text" must be of type String',
    ],
    [
      'an unknown style',
      { chat_id, text: 'x', reply_markup: button({ callback_data: 'x', style: 'pink' }) },
      400,
      "Bad Request: can't parse inline keyboard button: invalid button style specified",
    ],
    [
      'a link to localhost',
      { chat_id, text: 'x', reply_markup: button({ url: 'http://localhost/x' }) },
      400,
      "Bad Request: inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ],
    [
      'a row that is no list',
      { chat_id, text: 'x', reply_markup: { inline_keyboard: [{}] } },
      400,
      'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ],
    [
      'a keyboard that is no list',
      { chat_id, text: 'x', reply_markup: { keyboard: 'x' } },
      400,
      'Bad Request: field "keyboard" must be of type Array',
    ],
    [
      'a keyboard button that is a number',
      { chat_id, text: 'x', reply_markup: { keyboard: [[1]] } },
      400,
      "Bad Request: can't parse keyboard button: KeyboardButton must be a String or an Object",
    ],
    [
      '101 inline buttons',
      { chat_id, text: 'x', reply_markup: inline(101, 8) },
      400,
      'Bad Request: reply markup is too long',
    ],
    [
      '9 inline buttons in a row',
      { chat_id, text: 'x', reply_markup: inline(9, 9) },
      400,
      'Bad Request: reply markup is too long',
    ],
    [
      '301 reply buttons',
      { chat_id, text: 'x', reply_markup: keyboard(301, 12) },
      400,
      'Bad Request: reply markup is too long',
    ],
    [
      '13 reply buttons in a row',
      { chat_id, text: 'x', reply_markup: keyboard(13, 13) },
      400,
      'Bad Request: reply markup is too long',
    ],
    [
      'markup that is broken JSON',
      { chat_id, text: 'x', reply_markup: '{' },
      400,
      "Bad Request: can't parse reply keyboard markup JSON object",
    ],
    [
      'markup that is null',
      { chat_id, text: 'x', reply_markup: null },
      400,
      'Bad Request: object expected as reply markup',
    ],
    [
      'an entity beyond the text',
      { chat_id, text: 'abc', entities: [{ type: 'bold', offset: 1, length: 5 }] },
      400,
      'Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 6',
    ],
    [
      'an unknown entity',
      { chat_id, text: 'abc', entities: [{ type: 'blink', offset: 0, length: 1 }] },
      400,
      "Bad Request: can't parse MessageEntity: Unsupported type specified",
    ],
    [
      'a reply to nothing',
      { chat_id, text: 'x', reply_parameters: { message_id: 1 } },
      400,
      'Bad Request: message to be replied not found',
    ],
    [
      'a reply that names no message',
      { chat_id, text: 'x', reply_parameters: {} },
      400,
      'Bad Request: can\'t find field "message_id"',
    ],
  ])('sendMessage: %s', async (_, parameters, status, description) => {
    const { telegram, call, lastMessage } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const answer = await call('sendMessage', parameters)
    expect(answer).toMatchObject({ ok: false, status, errorCode: status, description })
    expect(lastMessage().from).toBe('person')
  })

  test.each([
    ['4096 characters', { chat_id, text: 'я'.repeat(4096) }],
    [
      '5000 characters of markup around 10',
      { chat_id, text: `<b>${'&amp;'.repeat(10)}</b>${'<i></i>'.repeat(700)}`, parse_mode: 'HTML' },
    ],
    [
      'callback data of 64 bytes',
      { chat_id, text: 'x', reply_markup: button({ callback_data: 'я'.repeat(32) }) },
    ],
    ['100 inline buttons', { chat_id, text: 'x', reply_markup: inline(100, 8) }],
    ['300 reply buttons', { chat_id, text: 'x', reply_markup: keyboard(300, 12) }],
    ['a parameter that nobody knows', { chat_id, text: 'x', hide: false, method: 'x' }],
    [
      'a reply to nothing that may be lost',
      { chat_id, text: 'x', reply_to_message_id: 1, allow_sending_without_reply: true },
    ],
  ])('sendMessage takes %s', async (_, parameters) => {
    const { telegram, call } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    expect(await call('sendMessage', parameters)).toMatchObject({ ok: true, status: 200 })
  })

  test.each<[name: string, method: string, parameters: object, description: string]>([
    ['no photo', 'sendPhoto', { chat_id }, 'Bad Request: there is no photo in the request'],
    ['no document', 'sendDocument', { chat_id }, 'Bad Request: there is no document in the request'],
    [
      'a part that was not sent',
      'sendPhoto',
      { chat_id, photo: 'attach://x' },
      'Bad Request: there is no photo in the request',
    ],
    [
      'an unknown file_id',
      'sendPhoto',
      { chat_id, photo: 'AgACnonsense' },
      'Bad Request: wrong file identifier/HTTP URL specified',
    ],
    [
      'a URL on localhost',
      'sendPhoto',
      { chat_id, photo: 'http://localhost/a.png' },
      'Bad Request: wrong HTTP URL specified',
    ],
    [
      'a caption of 1025',
      'sendPhoto',
      { chat_id, photo: 'https://example.org/a.png', caption: 'я'.repeat(1025) },
      'Bad Request: message caption is too long',
    ],
    ['an album of nothing', 'sendMediaGroup', { chat_id }, 'Bad Request: parameter "media" is required'],
    [
      'an album of a sticker',
      'sendMediaGroup',
      { chat_id, media: [{ type: 'sticker', media: 'x' }] },
      'Bad Request: can\'t parse InputMedia: type "sticker" can\'t be used in sendMediaGroup',
    ],
    [
      'a mixed album',
      'sendMediaGroup',
      {
        chat_id,
        media: [
          { type: 'photo', media: 'https://example.org/a.png' },
          { type: 'document', media: 'https://example.org/b.pdf' },
        ],
      },
      "Bad Request: can't use the media of the specified type in the album",
    ],
    [
      'an unknown action',
      'sendChatAction',
      { chat_id, action: 'dance' },
      'Bad Request: wrong parameter action in request',
    ],
    ['an unknown file', 'getFile', { file_id: 'x' }, 'Bad Request: invalid file_id'],
    ['no file', 'getFile', {}, 'Bad Request: file_id not specified'],
    [
      'a copy of nothing',
      'copyMessage',
      { chat_id, from_chat_id: chat_id, message_id: 1 },
      'Bad Request: message to copy not found',
    ],
    [
      'a forward of nothing',
      'forwardMessage',
      { chat_id, from_chat_id: chat_id, message_id: 1 },
      'Bad Request: message to forward not found',
    ],
    ['a forward from nowhere', 'forwardMessage', { chat_id, message_id: 1 }, 'Bad Request: chat_id is empty'],
    [
      'a pin of nothing',
      'pinChatMessage',
      { chat_id, message_id: 1 },
      'Bad Request: message to pin not found',
    ],
    ['an unpin of nothing', 'unpinChatMessage', { chat_id }, 'Bad Request: message to unpin not found'],
    ['a chat nobody has', 'getChat', { chat_id: 5 }, 'Bad Request: chat not found'],
    [
      'a capital command',
      'setMyCommands',
      { commands: [{ command: 'Start', description: 'x' }] },
      'Bad Request: BOT_COMMAND_INVALID',
    ],
    [
      'a command without a description',
      'setMyCommands',
      { commands: [{ command: 'start', description: '' }] },
      'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
    ],
    [
      '101 commands',
      'setMyCommands',
      { commands: rows(101, 101, (index) => ({ command: `c${index}`, description: 'x' })).flat() },
      'Bad Request: BOT_COMMANDS_TOO_MUCH',
    ],
    [
      'an unknown scope',
      'setMyCommands',
      { commands: [], scope: { type: 'all' } },
      "Bad Request: can't parse BotCommandScope: Unsupported type specified",
    ],
    [
      'a long language',
      'getMyCommands',
      { language_code: 'rus' },
      'Bad Request: invalid language code specified',
    ],
    ['a name of 65', 'setMyName', { name: 'x'.repeat(65) }, 'Bad Request: BOT_TITLE_TOO_LONG'],
    [
      'an unknown menu button',
      'setChatMenuButton',
      { menu_button: { type: 'x' } },
      "Bad Request: can't parse menu button: MenuButton has unsupported type",
    ],
  ])('%s (%s)', async (_, method, parameters, description) => {
    const { telegram, call } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    expect(await call(method, parameters)).toMatchObject({
      ok: false,
      status: 400,
      errorCode: 400,
      description,
    })
  })

  test.each<[name: string, field: string, content: Buffer, description: string]>([
    ['an empty file', 'document', Buffer.alloc(0), 'Bad Request: file must be non-empty'],
    [
      'a photo that is an SVG',
      'photo',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'Bad Request: IMAGE_PROCESS_FAILED',
    ],
    ['a photo of 20 x 1000 pixels', 'photo', pngOf(20, 1000), 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
    ['a photo of 6000 x 6000 pixels', 'photo', pngOf(6000, 6000), 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
    [
      'a photo of 11 MB',
      'photo',
      Buffer.concat([PNG, Buffer.alloc(11 * 1024 * 1024)]),
      `Bad Request: file of size ${11 * 1024 * 1024 + PNG.length} bytes is too big for a photo; the maximum size is 10485760 bytes`,
    ],
  ])('an upload: %s', async (_, field, content, description) => {
    const { telegram, url } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const form = new FormData()
    form.set('chat_id', String(chat_id))
    form.set(field, new File([new Uint8Array(content)], 'a.png'))
    const method = field === 'photo' ? 'sendPhoto' : 'sendDocument'
    const answer = await request(`${url}/bot${BOT.token}/${method}`, { method: 'POST', body: form })
    expect(answer).toMatchObject({ ok: false, status: 400, description })
  })

  test("a photo is not a document, and not another bot's photo", async () => {
    const { telegram, call } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    telegram.start(ADMIN_BOT.id, ANNA.id)
    const photo = await call('sendPhoto', { chat_id, photo: 'https://example.org/a.png' })
    const fileId = photo.result.photo![0]!.file_id
    expect(await call('sendPhoto', { chat_id, photo: fileId })).toMatchObject({ ok: true })
    expect((await call('sendDocument', { chat_id, document: fileId })).description).toBe(
      "Bad Request: can't use file of type Photo as Document",
    )
    expect((await call('sendPhoto', { chat_id, photo: fileId }, ADMIN_BOT.token)).description).toBe(
      'Bad Request: wrong file identifier/HTTP URL specified',
    )
  })
})

describe('a person who blocked the bot', () => {
  test.each([
    ['sendMessage', { text: 'x' }],
    ['sendPhoto', { photo: 'https://example.org/a.png' }],
    ['sendChatAction', { action: 'typing' }],
    ['editMessageText', { text: 'y' }],
    ['copyMessage', { from_chat_id: chat_id }],
  ])('%s gives 403', async (method, parameters) => {
    const { telegram, call } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { message_id } = (await call('sendMessage', { chat_id, text: 'x' })).result
    telegram.block(BOT.id, ANNA.id)
    const answer = await call(method, { chat_id, message_id, ...parameters })
    expect(answer).toMatchObject({ status: 403, description: 'Forbidden: bot was blocked by the user' })
    telegram.unblock(BOT.id, ANNA.id)
    expect((await call(method, { chat_id, message_id, ...parameters })).ok).toBe(true)
  })
})

describe('editing', () => {
  test.each<[name: string, method: string, sent: object, edit: object, description: string]>([
    ['the same text', 'editMessageText', {}, { text: 'x' }, NOT_MODIFIED],
    [
      'the same text and keyboard',
      'editMessageText',
      { reply_markup: inline(1, 1) },
      { text: 'x', reply_markup: inline(1, 1) },
      NOT_MODIFIED,
    ],
    [
      'the same keyboard',
      'editMessageReplyMarkup',
      { reply_markup: inline(1, 1) },
      { reply_markup: inline(1, 1) },
      NOT_MODIFIED,
    ],
    ['no keyboard to take away', 'editMessageReplyMarkup', {}, {}, NOT_MODIFIED],
    ['no text', 'editMessageText', {}, {}, 'Bad Request: message text is empty'],
    ['4097 characters', 'editMessageText', {}, { text: 'x'.repeat(4097) }, 'Bad Request: MESSAGE_TOO_LONG'],
    [
      'a caption of a text',
      'editMessageCaption',
      {},
      { caption: 'y' },
      'Bad Request: there is no caption in the message to edit',
    ],
    [
      'another message',
      'editMessageText',
      {},
      { text: 'y', message_id: 1 },
      'Bad Request: message to edit not found',
    ],
    [
      'no message',
      'editMessageText',
      {},
      { text: 'y', chat_id: '', message_id: '' },
      'Bad Request: message identifier is not specified',
    ],
    [
      'a reply keyboard in an edit',
      'editMessageText',
      {},
      { text: 'y', reply_markup: keyboard(1, 1) },
      'Bad Request: inline keyboard expected',
    ],
    [
      'a message with a reply keyboard',
      'editMessageText',
      { reply_markup: keyboard(1, 1) },
      { text: 'y' },
      "Bad Request: message can't be edited",
    ],
    [
      'a message that removed the keyboard',
      'editMessageText',
      { reply_markup: { remove_keyboard: true } },
      { text: 'y' },
      "Bad Request: message can't be edited",
    ],
  ])('%s (%s)', async (_, method, sent, edit, description) => {
    const { telegram, call } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { message_id } = (await call('sendMessage', { chat_id, text: 'x', ...sent })).result
    expect(await call(method, { chat_id, message_id, ...edit })).toMatchObject({
      ok: false,
      status: 400,
      description,
    })
  })

  test('the same words in bold are a change', async () => {
    const { telegram, call } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { message_id } = (await call('sendMessage', { chat_id, text: 'x' })).result
    const edit = { chat_id, message_id, text: '<b>x</b>', parse_mode: 'HTML' }
    expect((await call('editMessageText', edit)).ok).toBe(true)
    expect((await call('editMessageText', edit)).description).toBe(NOT_MODIFIED)
  })

  test("a person's message and a forwarded one can't be edited, a photo has no text", async () => {
    const { telegram, call, lastMessage } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const message_id = lastMessage().id
    const edit = (id: number) => call('editMessageText', { chat_id, message_id: id, text: 'y' })
    expect((await edit(message_id)).description).toBe("Bad Request: message can't be edited")
    const own = await call('sendMessage', { chat_id, text: 'x' })
    const forward = await call('forwardMessage', {
      chat_id,
      from_chat_id: chat_id,
      message_id: own.result.message_id,
    })
    expect((await edit(forward.result.message_id)).description).toBe("Bad Request: message can't be edited")
    const photo = await call('sendPhoto', { chat_id, photo: 'https://example.org/a.png' })
    expect((await edit(photo.result.message_id)).description).toBe(
      'Bad Request: there is no text in the message to edit',
    )
  })
})

describe('presses and deletions that come too late', () => {
  test('a press is answered once, within its time, by its own bot', async () => {
    let nowMs = Date.UTC(2026, 10, 1)
    const { telegram, call, lastMessage, updates } = await openSandbox({ now: () => nowMs })
    telegram.start(BOT.id, ANNA.id)
    await call('sendMessage', { chat_id, text: 'x', reply_markup: inline(1, 1) })
    const press = async () => {
      telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
      return (await updates()).at(-1)!.callback_query!.id
    }
    const answer = (id: string, token = BOT.token) =>
      call<boolean>('answerCallbackQuery', { callback_query_id: id }, token)
    const first = await press()
    expect((await answer(first, ADMIN_BOT.token)).description).toBe(TOO_OLD)
    expect((await answer(first)).result).toBe(true)
    expect((await answer(first)).description).toBe(TOO_OLD)
    const second = await press()
    nowMs += 14_000
    expect((await answer(second)).result).toBe(true)
    const third = await press()
    nowMs += 15_000
    expect((await answer(third)).description).toBe(TOO_OLD)
    expect((await answer('')).description).toBe(TOO_OLD)
  })

  test('an answer of 201 characters is refused, of 200 is not', async () => {
    const { telegram, call, lastMessage, updates } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    await call('sendMessage', { chat_id, text: 'x', reply_markup: inline(1, 1) })
    telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
    const callback_query_id = (await updates()).at(-1)!.callback_query!.id
    expect(
      (await call('answerCallbackQuery', { callback_query_id, text: 'я'.repeat(201) })).description,
    ).toBe('Bad Request: MESSAGE_TOO_LONG')
    expect((await call('answerCallbackQuery', { callback_query_id, text: 'я'.repeat(200) })).ok).toBe(true)
  })

  test('messages can be deleted for 48 hours', async () => {
    let nowMs = Date.UTC(2026, 10, 1)
    const { telegram, call } = await openSandbox({ now: () => nowMs })
    telegram.start(BOT.id, ANNA.id)
    const sent = await Promise.all(['a', 'b', 'c'].map((text) => call('sendMessage', { chat_id, text })))
    const [first, second, third] = sent.map(({ result }) => result.message_id)
    nowMs += 48 * 3_600_000
    expect((await call('deleteMessage', { chat_id, message_id: first })).ok).toBe(true)
    expect((await call('deleteMessage', { chat_id, message_id: first })).description).toBe(
      'Bad Request: message to delete not found',
    )
    expect((await call('deleteMessages', { chat_id, message_ids: [first, second, 5] })).ok).toBe(true)
    nowMs += 1
    const tooOld = "Bad Request: message can't be deleted for everyone"
    expect((await call('deleteMessage', { chat_id, message_id: third })).description).toBe(tooOld)
    expect((await call('deleteMessages', { chat_id, message_ids: [third] })).description).toBe(tooOld)
    expect(telegram.chat(BOT.id, ANNA.id).messages.map(({ id }) => id)).toContain(third)
  })

  test.each<[name: string, method: string, parameters: object, description: string]>([
    ['no chat', 'deleteMessage', { message_id: 1 }, 'Bad Request: chat identifier is not specified'],
    ['no message', 'deleteMessage', { chat_id }, 'Bad Request: message identifier is not specified'],
    ['no messages', 'deleteMessages', { chat_id }, 'Bad Request: message identifiers are not specified'],
    [
      '101 messages',
      'deleteMessages',
      { chat_id, message_ids: Array.from({ length: 101 }, (_, id) => id + 1) },
      'Bad Request: too many message identifiers specified',
    ],
    [
      'a word',
      'deleteMessages',
      { chat_id, message_ids: ['x'] },
      "Bad Request: can't parse message identifier as a Number",
    ],
  ])('%s (%s)', async (_, method, parameters, description) => {
    const { telegram, call } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    expect(await call(method, parameters)).toMatchObject({ status: 400, description })
  })
})

describe('tokens, paths, bodies', () => {
  test.each<[name: string, path: string, status: number, description: string]>([
    ['a token without a colon', '/botabc/getMe', 401, 'Unauthorized: invalid token specified'],
    ['a token that begins with 0', '/bot042:AAA/getMe', 401, 'Unauthorized: invalid token specified'],
    ['an unknown token', '/bot42:OTHER/getMe', 401, 'Unauthorized'],
    ['an unknown method', `/bot${BOT.token}/getMoney`, 404, 'Not Found: method not found'],
    ['no method', `/bot${BOT.token}`, 404, 'Not Found'],
    ['an unknown file', `/file/bot${BOT.token}/photos/file_9.jpg`, 404, 'Not Found'],
  ])('%s', async (_, path, status, description) => {
    const { url } = await openSandbox()
    expect(await request(url + path)).toMatchObject({ ok: false, status, errorCode: status, description })
  })

  test.each<[name: string, type: string, body: string, description: string]>([
    ['broken JSON', 'application/json', '{"chat_id":', "Bad Request: can't parse JSON object"],
    ['a JSON list', 'application/json', '[1]', 'Bad Request: JSON object expected'],
    ['multipart without a boundary', 'multipart/form-data', 'x', 'Bad Request: boundary not found'],
    [
      'multipart with another boundary',
      'multipart/form-data; boundary=a',
      '--b\r\n',
      'Bad Request: boundary not found',
    ],
    [
      'a part without a name',
      'multipart/form-data; boundary=a',
      '--a\r\ncontent-disposition: form-data; x=y\r\n\r\n1\r\n--a--',
      'Bad Request: field name in multipart/form-data not found',
    ],
    [
      'a part that does not end',
      'multipart/form-data; boundary=a',
      '--a\r\ncontent-disposition: form-data; name="x"\r\n\r\n1',
      'Bad Request: unexpected end of multipart/form-data',
    ],
  ])('%s', async (_, type, body, description) => {
    const { url } = await openSandbox()
    const answer = await request(`${url}/bot${BOT.token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    expect(answer).toMatchObject({ ok: false, status: 400, description })
  })

  test('a body of more than 50 MB is too large', async () => {
    const { url } = await openSandbox()
    const answer = await request(`${url}/bot${BOT.token}/sendDocument`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.alloc(52 * 1024 * 1024, ' '),
    })
    expect(answer).toMatchObject({ ok: false, status: 413, description: 'Request Entity Too Large' })
  })

  test('after logOut nothing works any more', async () => {
    const { call } = await openSandbox()
    expect((await call<boolean>('logOut')).result).toBe(true)
    expect(await call('getMe')).toMatchObject({ status: 400, description: 'Bad Request: logged out' })
    expect((await call('getMe', {}, ADMIN_BOT.token)).ok).toBe(true)
  })

  test('other paths are left to others', async () => {
    const { url } = await openSandbox()
    const response = await fetch(`${url}/method/messages.send`)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('Not Found')
  })
})

function pngOf(width: number, height: number): Buffer {
  const picture = Buffer.from(PNG)
  picture.writeUInt32BE(width, 16)
  picture.writeUInt32BE(height, 20)
  return picture
}
