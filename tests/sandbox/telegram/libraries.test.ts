import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import {
  Bot,
  GrammyError,
  InlineKeyboard,
  InputFile,
  InputMediaBuilder,
  Keyboard,
  webhookCallback,
} from 'grammy'
import { Input, Markup, Telegraf, TelegramError } from 'telegraf'
import { message } from 'telegraf/filters'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ANNA, BOT, openSandbox, PNG, until } from './open-sandbox.ts'

// Telegraf 4.16.3 uploads through sandwich-stream 2.0.2, which reads one chunk per 'readable' event; since
// Node 26 that leaves the rest unread, and the request hangs.
beforeAll(() => {
  const require = createRequire(import.meta.url)
  const { SandwichStream } = createRequire(require.resolve('telegraf'))('sandwich-stream') as {
    SandwichStream: {
      prototype: {
        currentStreamOnReadable: (this: { currentStream: Readable; push(chunk: unknown): void }) => void
      }
    }
  }
  SandwichStream.prototype.currentStreamOnReadable = function () {
    for (let chunk: unknown; (chunk = this.currentStream.read()) !== null;) this.push(chunk)
  }
})

async function listenOnce(handler: (request: never, response: never) => unknown): Promise<string> {
  const server = createServer((request, response) => void handler(request as never, response as never))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
}

describe('grammY', () => {
  test('polls, answers in place, takes a contact, and stops', async () => {
    const { url, telegram, events, lastMessage } = await openSandbox()
    const bot = new Bot(BOT.token, { client: { apiRoot: url } })
    bot.command('start', (ctx) =>
      ctx.reply(`<b>Привет</b>, ${ctx.match}`, {
        parse_mode: 'HTML',
        reply_markup: new InlineKeyboard().text('Да', 'yes'),
      }),
    )
    bot.callbackQuery('yes', async (ctx) => {
      await ctx.answerCallbackQuery('Спасибо')
      await ctx.editMessageText('Готово', { reply_markup: new InlineKeyboard() })
      await ctx.reply('Телефон?', { reply_markup: new Keyboard().requestContact('Поделиться').oneTime() })
    })
    bot.on('message:contact', (ctx) =>
      ctx.reply(`${ctx.message.contact.phone_number} ${ctx.message.contact.user_id === ctx.from.id}`, {
        reply_markup: { remove_keyboard: true },
      }),
    )
    const running = bot.start()
    telegram.start(BOT.id, ANNA.id, { payload: 'vk_1' })
    await until(() => lastMessage().from === 'bot')
    expect(lastMessage()).toMatchObject({
      text: 'Привет, vk_1',
      marks: [{ kind: 'bold', offset: 0, length: 6 }],
      buttons: [[{ label: 'Да', kind: 'callback' }]],
    })
    telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
    await until(() => telegram.chat(BOT.id, ANNA.id).keyboard.length > 0)
    expect(events).toContainEqual({
      type: 'toast',
      botId: BOT.id,
      personId: ANNA.id,
      text: 'Спасибо',
      alert: false,
    })
    expect(telegram.chat(BOT.id, ANNA.id).messages[1]).toMatchObject({ text: 'Готово', buttons: [] })
    telegram.pressKeyboard(BOT.id, ANNA.id, 0, 0)
    await until(() => lastMessage().text === '+79161234567 true')
    expect(telegram.chat(BOT.id, ANNA.id).keyboard).toEqual([])
    await bot.stop()
    await running
    expect(telegram.updatesPending(BOT.id)).toBe(0)
  })

  test('uploads a buffer and a stream, albums them, and sends a file again by its id', async () => {
    const { url, telegram, lastMessage } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { api } = new Bot(BOT.token, { client: { apiRoot: url } })
    const big = Buffer.alloc(9 * 1024 * 1024, 'x')
    const sent = await api.sendDocument(ANNA.id, new InputFile(Readable.from([big]), 'big.txt'), {
      caption: 'всё',
    })
    expect(sent.document).toMatchObject({ file_name: 'big.txt', file_size: big.length })
    const again = await api.sendDocument(ANNA.id, sent.document.file_id)
    expect(again.document.file_unique_id).toBe(sent.document.file_unique_id)
    const album = await api.sendMediaGroup(ANNA.id, [
      InputMediaBuilder.photo(new InputFile(PNG, 'a.png')),
      InputMediaBuilder.photo(new InputFile(PNG, 'b.png'), { caption: 'б' }),
    ])
    const photos = album.map((message) => ('photo' in message ? message.photo[0]! : undefined))
    expect(photos.map((photo) => photo?.width)).toEqual([1, 1])
    const { picture } = lastMessage()
    const shown = await fetch(url + picture!.path)
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG)
    const file = await api.getFile(photos[0]!.file_id)
    const fetched = await fetch(`${url}/file/bot${BOT.token}/${file.file_path}`)
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(PNG)
  })

  test('sees errors with code, text and retry_after', async () => {
    const { url, telegram } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { api } = new Bot(BOT.token, { client: { apiRoot: url } })
    telegram.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 7, method: 'sendMessage', times: 1 })
    const limited = await api.sendMessage(ANNA.id, 'x').catch((error: unknown) => error)
    expect(limited).toBeInstanceOf(GrammyError)
    expect(limited).toMatchObject({ error_code: 429, parameters: { retry_after: 7 } })
    const broken = await api
      .sendMessage(ANNA.id, '<i>x', { parse_mode: 'HTML' })
      .catch((error: unknown) => error)
    expect(broken).toMatchObject({
      error_code: 400,
      description: 'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "i"',
    })
    expect(await api.sendMessage(ANNA.id, 'x')).toMatchObject({ text: 'x' })
  })

  test('lives by webhook, with the secret checked', async () => {
    const { url, telegram, lastMessage } = await openSandbox()
    const bot = new Bot(BOT.token, { client: { apiRoot: url } })
    bot.on('message:text', (ctx) => ctx.reply(`эхо ${ctx.message.text}`))
    const hook = await listenOnce(webhookCallback(bot, 'http', { secretToken: 'sek' }))
    await bot.api.setWebhook(hook, { secret_token: 'sek' })
    telegram.sendText(BOT.id, ANNA.id, 'раз')
    await until(() => lastMessage().text === 'эхо раз')
    await until(() => telegram.updatesPending(BOT.id) === 0)
  })

  test('a second bot with the same token stops the first with 409', async () => {
    const { url, call, telegram } = await openSandbox()
    const bot = new Bot(BOT.token, { client: { apiRoot: url } })
    const running = bot.start().catch((error: unknown) => error)
    await until(() => telegram.isPolled(BOT.id))
    const rival = call('getUpdates', { timeout: 1 })
    expect(await running).toMatchObject({ error_code: 409 })
    await rival
  })
})

describe('Telegraf', () => {
  test('polls, answers in place, and stops', async () => {
    const { url, telegram, events, lastMessage } = await openSandbox()
    const bot = new Telegraf(BOT.token, { telegram: { apiRoot: url } })
    bot.start((ctx) => ctx.reply('Привет', Markup.inlineKeyboard([Markup.button.callback('Да', 'yes')])))
    bot.action('yes', async (ctx) => {
      await ctx.answerCbQuery('Спасибо', { show_alert: true })
      await ctx.editMessageText('Готово', Markup.inlineKeyboard([]))
    })
    bot.on(message('text'), (ctx) => ctx.reply('Меню', Markup.keyboard([['А', 'Б']]).resize()))
    const running = bot.launch()
    telegram.start(BOT.id, ANNA.id)
    await until(() => lastMessage().from === 'bot')
    telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
    await until(() => lastMessage().text === 'Готово')
    expect(lastMessage().buttons).toEqual([])
    expect(events).toContainEqual({
      type: 'toast',
      botId: BOT.id,
      personId: ANNA.id,
      text: 'Спасибо',
      alert: true,
    })
    telegram.sendText(BOT.id, ANNA.id, 'меню')
    await until(() => lastMessage().text === 'Меню')
    expect(telegram.chat(BOT.id, ANNA.id).keyboard).toEqual([
      [
        { label: 'А', kind: 'text' },
        { label: 'Б', kind: 'text' },
      ],
    ])
    bot.stop()
    await running
  })

  test('uploads a buffer, a stream and an album', async () => {
    const { url, telegram } = await openSandbox()
    telegram.start(BOT.id, ANNA.id)
    const { telegram: api } = new Telegraf(BOT.token, { telegram: { apiRoot: url } })
    const photo = await api.sendPhoto(ANNA.id, Input.fromBuffer(PNG, 'a.png'), {
      caption: 'а',
      reply_markup: Markup.inlineKeyboard([Markup.button.callback('x', 'y')]).reply_markup,
    })
    expect(photo).toMatchObject({ caption: 'а', photo: [{ width: 1 }] })
    const table = Buffer.from('id;name\n'.repeat(200_000))
    const sent = await api.sendDocument(ANNA.id, Input.fromReadableStream(Readable.from([table]), 'all.csv'))
    expect(sent.document).toMatchObject({
      file_name: 'all.csv',
      file_size: table.length,
      mime_type: 'text/csv',
    })
    const album = await api.sendMediaGroup(ANNA.id, [
      { type: 'photo', media: { source: PNG, filename: '1.png' } },
      { type: 'photo', media: photo.photo[0]!.file_id },
    ])
    expect(album).toHaveLength(2)
  })

  test('answers in the webhook response, as it does by default', async () => {
    const { url, telegram, events, lastMessage, call } = await openSandbox()
    const bot = new Telegraf(BOT.token, { telegram: { apiRoot: url } })
    bot.start((ctx) => ctx.reply('Привет', Markup.inlineKeyboard([Markup.button.callback('Да', 'yes')])))
    bot.action('yes', (ctx) => ctx.answerCbQuery('Спасибо'))
    const hook = await listenOnce(bot.webhookCallback('/hook', { secretToken: 'sek' }))
    await call('setWebhook', { url: hook, secret_token: 'sek' })
    telegram.start(BOT.id, ANNA.id)
    await until(() => lastMessage().from === 'bot')
    telegram.press(BOT.id, ANNA.id, lastMessage().id, 0, 0)
    await until(() => events.some((event) => event.type === 'toast'))
    await until(() => telegram.updatesPending(BOT.id) === 0)
  })

  test('sees errors with code and text', async () => {
    const { url } = await openSandbox()
    const { telegram: api } = new Telegraf(BOT.token, { telegram: { apiRoot: url } })
    const refused = await api.sendMessage(ANNA.id, 'x').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(TelegramError)
    expect(refused).toMatchObject({
      code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    })
  })
})
