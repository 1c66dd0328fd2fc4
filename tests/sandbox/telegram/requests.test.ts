import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { File as ApiFile, Message, Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { ANNA, BOT, openSandbox, PNG, request } from './open-sandbox.ts'

const FOLDER = new URL('../../fixtures/telegram/requests/', import.meta.url)
/** The photo's bytes were lost when the requests were recorded as text. */
const LOST_PHOTO = Buffer.from('\uFFFDPNG\r\n\u001a\n')
const LOST_PHOTO_TELEGRAF = Buffer.from('\uFFFDPNG')

describe('requests as the libraries send them', () => {
  test.each([
    ['grammy-001-getMe', { id: 42, is_bot: true, first_name: 'Салон', username: 'salon_bot' }],
    ['grammy-002-deleteWebhook', true],
    ['grammy-020-getUpdates', []],
    ['grammy-004-sendMessage', { text: 'Привет & тест', entities: [{ type: 'bold', offset: 0, length: 6 }] }],
    ['grammy-009-sendMessage', { text: 'share' }],
    ['grammy-011-sendPhoto', { caption: 'c' }],
    ['telegraf-004-sendMessage', { text: 'Привет', entities: [{ type: 'bold', offset: 0, length: 6 }] }],
    [
      'telegraf-upload-003-sendDocument',
      { document: { file_name: 'export.csv', file_size: 8, mime_type: 'text/csv' } },
    ],
  ])('%s is understood', async (name, result) => {
    const { url, telegram } = await openSandbox({ bots: [{ ...BOT, token: tokenOf(name) }] })
    telegram.start(BOT.id, ANNA.id)
    await confirmAll(url, name)
    const answer = await replay(url, name)
    expect(answer).toMatchObject({ ok: true, result })
  })

  test('the inline keyboard comes back without the field that only Telegraf knows', async () => {
    const { url, telegram } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { result } = await replay(url, 'telegraf-004-sendMessage')
    expect(result.reply_markup!.inline_keyboard).toEqual([
      [
        { text: 'Да', callback_data: 'yes:1' },
        { text: 'Сайт', url: 'https://example.org/' },
      ],
    ])
  })

  test.each([
    ['grammy-010-sendPhoto', LOST_PHOTO],
    ['telegraf-upload-001-sendPhoto', LOST_PHOTO_TELEGRAF],
  ])('%s: the file arrives byte by byte, the caption and the keyboard with it', async (name, lost) => {
    const { url, telegram } = await openSandbox({ bots: [{ ...BOT, token: tokenOf(name) }] })
    telegram.start(BOT.id, ANNA.id)
    const { result } = await replay(url, name, (body) => swap(body, lost, PNG))
    expect(result).toMatchObject({
      caption: 'Подпись',
      reply_markup: { inline_keyboard: [[{ text: 'ok', callback_data: 'ok' }]] },
      photo: [{ width: 1, height: 1, file_size: PNG.length }],
    })
    const fileId = result.photo![0]!.file_id
    const file = await request<ApiFile>(`${url}/bot${tokenOf(name)}/getFile?file_id=${fileId}`)
    const download = await fetch(`${url}/file/bot${tokenOf(name)}/${file.result.file_path}`)
    expect(Buffer.from(await download.arrayBuffer())).toEqual(PNG)
  })

  test('an album of two uploads becomes two messages of one group', async () => {
    const { url, telegram } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { result } = await replay<Message[]>(url, 'grammy-012-sendMediaGroup', (body) =>
      swap(swap(body, Buffer.from('\r\n\r\na\r\n'), part(PNG)), Buffer.from('\r\n\r\nb\r\n'), part(PNG)),
    )
    expect(result).toHaveLength(2)
    expect(result[0]!.media_group_id).toBe(result[1]!.media_group_id)
    expect(result[0]!.photo![0]!.file_id).not.toBe(result[1]!.photo![0]!.file_id)
  })

  test('an album mixes an upload and the file_id of an earlier photo', async () => {
    const name = 'telegraf-upload-002-sendMediaGroup'
    const { url, telegram } = await openSandbox({ bots: [{ ...BOT, token: tokenOf(name) }] })
    telegram.start(BOT.id, ANNA.id)
    const photo = await replay(url, 'telegraf-upload-001-sendPhoto', (body) =>
      swap(body, LOST_PHOTO_TELEGRAF, PNG),
    )
    const fileId = photo.result.photo![0]!.file_id
    const { result } = await replay(url, name, (body) =>
      swap(swap(body, Buffer.from('\r\n\r\na\r\n'), part(PNG)), Buffer.from('FILEID'), Buffer.from(fileId)),
    )
    expect(result).toMatchObject([{ caption: 'x' }, { photo: [{ file_id: fileId }] }])
  })

  test.each([
    ['grammy-007-editMessageText', 'grammy-008-editMessageReplyMarkup'],
    ['telegraf-011-editMessageText', 'telegraf-012-editMessageReplyMarkup'],
  ])(
    '%s takes the keyboard away with an empty one; then there is nothing left to change',
    async (text, markup) => {
      const { url, telegram } = await openSandbox()
      telegram.start(BOT.id, ANNA.id)
      const sent = await replay(url, 'grammy-004-sendMessage')
      const withId = (body: Buffer) =>
        swap(body, Buffer.from('"message_id":1'), Buffer.from(`"message_id":${sent.result.message_id}`))
      const edited = await replay(url, text, withId)
      expect(edited.result.text).toBe('изменено')
      expect(edited.result.reply_markup).toBeUndefined()
      const again = await replay(url, markup, withId)
      expect(again.description).toContain('message is not modified')
    },
  )

  test.each(['grammy-006-answerCallbackQuery', 'telegraf-010-answerCallbackQuery'])(
    '%s reaches the person',
    async (name) => {
      const { url, telegram, events, lastMessage, updates } = await openSandbox()
      telegram.start(BOT.id, ANNA.id)
      await replay(url, 'grammy-004-sendMessage')
      telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
      const press = (await updates()).at(-1)!.callback_query!
      const answer = await replay(url, name, (body) =>
        swap(body, Buffer.from('cbq101'), Buffer.from(press.id)),
      )
      expect(answer.result).toBe(true)
      expect(events).toContainEqual({
        type: 'toast',
        botId: BOT.id,
        personId: ANNA.id,
        text: 'ok',
        alert: true,
      })
    },
  )

  test('setWebhook and getWebhookInfo agree', async () => {
    const { url, call } = await openSandbox()
    expect((await replay(url, 'grammy-030-setWebhook')).result).toBe(true)
    expect((await call('getWebhookInfo')).result).toEqual({
      url: 'https://example.org/hook',
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 40,
      allowed_updates: ['message'],
    })
  })
})

describe('a call may come in any way', () => {
  test.each([
    ['query of a GET', '?chat_id=777&text=a%20b', undefined],
    ['form', '', ['application/x-www-form-urlencoded', 'chat_id=777&text=a+b']],
    ['JSON with a number', '', ['application/json', '{"chat_id":777,"text":"a b"}']],
    ['JSON with strings only', '', ['application/json; charset=utf-8', '{"chat_id":"777","text":"a b"}']],
    ['query and body together', '?chat_id=777', ['application/json', '{"text":"a b"}']],
    [
      'multipart',
      '',
      [
        'multipart/form-data; boundary="x y"',
        '--x y\r\ncontent-disposition: form-data; name="chat_id"\r\n\r\n777\r\n--x y\r\nContent-Disposition: form-data; name=text\r\n\r\na b\r\n--x y--',
      ],
    ],
  ])('%s', async (_, query, content) => {
    const { url, telegram } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const init = content
      ? { method: 'POST', headers: { 'content-type': content[0]! }, body: content[1]! }
      : { method: 'GET' }
    const answer = await request(`${url}/bot${BOT.token}/SENDmessage${query}`, init)
    expect(answer).toMatchObject({ status: 200, result: { text: 'a b', chat: { id: 777 } } })
    expect(answer.headers.get('content-type')).toBe('application/json')
  })

  test('nested parameters may be strings of JSON', async () => {
    const { telegram, call } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { result } = await call('sendMessage', {
      chat_id: '777',
      text: 'x',
      reply_markup: '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}',
    })
    expect(result.reply_markup!.inline_keyboard).toEqual([[{ text: 'a', callback_data: 'b' }]])
  })

  test('a file name that is neither quoted nor ASCII is kept', async () => {
    const { url, telegram } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const body =
      '--b\r\ncontent-disposition:form-data;name="d1";filename=отчёт.csv\r\n\r\nid;имя\r\n--b\r\ncontent-disposition:form-data;name="document"\r\n\r\nattach://d1\r\n--b--'
    const { result } = await request(`${url}/bot${BOT.token}/sendDocument?chat_id=777`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body,
    })
    expect(result.document).toMatchObject({ file_name: 'отчёт.csv', file_size: 9 })
  })

  test('a file name with quotes inside quotes is kept', async () => {
    const { url, telegram } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { result } = await request(`${url}/bot${BOT.token}/sendDocument?chat_id=777`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\nContent-Disposition: form-data; name="document"; filename="a \\"b\\"; c.txt"\r\n\r\nx\r\n--b--',
    })
    expect(result.document!.file_name).toBe('a "b"; c.txt')
  })

  test("Node's own FormData uploads a file", async () => {
    const { url, telegram, lastMessage } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const form = new FormData()
    form.set('chat_id', '777')
    form.set('document', new File(['{"a":1}'], 'data "1".json'))
    const { result } = await request(`${url}/bot${BOT.token}/sendDocument`, { method: 'POST', body: form })
    expect(result.document).toMatchObject({ file_name: 'data "1".json', mime_type: 'application/json' })
    const { file } = lastMessage()
    const shown = await fetch(url + file!.path)
    expect(shown.headers.get('content-type')).toBe('application/json')
    expect(shown.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''data%20%221%22.json")
    expect(await shown.json()).toEqual({ a: 1 })
  })
})

test('an upload that breaks off in the middle harms nobody', async () => {
  const { url, call } = await openSandbox()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(`POST /bot${BOT.token}/sendDocument HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n--a`)
  await call('getMe')
  socket.destroy()
  await new Promise((resolve) => socket.once('close', resolve))
  expect((await call('getMe')).ok).toBe(true)
})

function tokenOf(name: string): string {
  return name.startsWith('telegraf-upload') ? '42:TEST' : BOT.token
}

function part(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from('\r\n\r\n'), content, Buffer.from('\r\n')])
}

function swap(body: Buffer, old: Buffer, next: Buffer): Buffer {
  const at = body.indexOf(old)
  if (at === -1) throw new Error(`the recorded request does not hold ${old.toString()}`)
  return Buffer.concat([body.subarray(0, at), next, body.subarray(at + old.length)])
}

async function confirmAll(url: string, name: string): Promise<void> {
  await request(`${url}/bot${tokenOf(name)}/getUpdates?offset=-1&limit=1`)
  const [update] = (await request<Update[]>(`${url}/bot${tokenOf(name)}/getUpdates`)).result
  // The recorded poll asks from 111 on, which is far behind and confirms nothing by itself.
  await request(`${url}/bot${tokenOf(name)}/getUpdates?offset=${update!.update_id + 1}`)
}

/** Sends the recorded bytes over a socket, chunked in crumbs when they came chunked. */
async function replay<Result = Message>(url: string, name: string, change = (body: Buffer) => body) {
  const recorded = readFileSync(new URL(`${name}.http.txt`, FOLDER))
  const split = recorded.indexOf('\n\n')
  const body = change(recorded.subarray(split + 2))
  const chunked = recorded.subarray(0, split).includes('Transfer-Encoding: chunked')
  const head = recorded
    .toString('latin1', 0, split)
    .replace(/^Content-Length: \d+$/m, `Content-Length: ${body.length}`)
    .replace('connection: keep-alive', 'connection: close')
    .replaceAll('\n', '\r\n')
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(`${head}\r\n\r\n`)
  if (chunked) {
    for (let at = 0; at < body.length; at += 13) {
      const crumb = body.subarray(at, at + 13)
      socket.write(
        Buffer.concat([Buffer.from(`${crumb.length.toString(16)}\r\n`), crumb, Buffer.from('\r\n')]),
      )
    }
    socket.write('0\r\n\r\n')
  } else socket.write(body)
  const received = Buffer.concat((await socket.toArray()) as Buffer[]).toString('utf8')
  return JSON.parse(received.slice(received.indexOf('\r\n\r\n') + 4)) as {
    ok: boolean
    result: Result
    description?: string
  }
}
