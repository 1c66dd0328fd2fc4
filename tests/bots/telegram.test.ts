import { createServer } from 'node:http'
import { inspect } from 'node:util'
import type { Update } from 'grammy/types'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createLimiter } from '../../src/bots/limiter.ts'
import { createTelegram } from '../../src/bots/telegram.ts'
import { createWire } from '../../src/bots/wire.ts'
import { listen } from '../../src/sandbox/listen.ts'
import type { Handler } from '../../src/sandbox/listen.ts'
import { coupon, createScriptedConversation, message, options, plain } from './scripted-conversation.ts'
import { anna, boris, openTelegramStage, secret, telegramToken, tinyPicture, until } from './stage.ts'
import type { TelegramStage, Transport } from './stage.ts'

async function begun(transport: Transport = 'long polling'): Promise<TelegramStage> {
  const stage = await openTelegramStage(transport)
  stage.sandbox.start(stage.botId, anna.id)
  await until(() => stage.texts().length === 1)
  return stage
}

const askPhone = { label: '📱 Поделиться номером', typed: ['Пропустить', '← Назад'] }

describe('the phone', () => {
  test('the contact button comes with the typed ways out under it, and the contact is the own one', async () => {
    const stage = await begun()
    await stage.client.send(anna.id, { say: [message('Ваш номер?', { askPhone })] }, { key: 'phone' })
    expect(stage.sandbox.chat(stage.botId, anna.id).keyboard).toMatchObject([
      [{ label: '📱 Поделиться номером', kind: 'contact' }],
      [
        { label: 'Пропустить', kind: 'text' },
        { label: '← Назад', kind: 'text' },
      ],
    ])
    stage.sandbox.pressKeyboard(stage.botId, anna.id, 0, 0)
    await until(() => stage.conversation.taken.length === 2)
    expect(stage.conversation.taken[1]?.input).toEqual({ kind: 'contact', phone: '+79161234567', own: true })
  })

  test("somebody else's contact, or one without an account, is not the own one", async () => {
    const stage = await begun()
    stage.sandbox.sendContact(stage.botId, anna.id, {
      phone: '79031112233',
      firstName: 'Борис',
      userId: boris.id,
    })
    stage.sandbox.sendContact(stage.botId, anna.id, { phone: '+79031112233', firstName: 'Борис' })
    await until(() => stage.conversation.taken.length === 3)
    const input = { kind: 'contact', phone: '+79031112233', own: false }
    expect(stage.conversation.taken.slice(1).map((one) => one.input)).toEqual([input, input])
  })

  test('a later message takes the contact button away', async () => {
    const stage = await begun()
    await stage.client.send(anna.id, { say: [message('Ваш номер?', { askPhone })] }, { key: 'phone' })
    await stage.client.send(
      anna.id,
      { say: [message('Спасибо', { removeKeyboard: true })] },
      { key: 'thanks' },
    )
    expect(stage.sandbox.chat(stage.botId, anna.id).keyboard).toEqual([])
  })

  test('a question that needs the contact button cannot be an edit: the old message loses its buttons, a new one comes', async () => {
    const stage = await begun()
    const live = { message: message('Вопрос', { groups: [options('Да')] }) }
    const { messageIds } = await stage.client.send(anna.id, { say: [], live }, { key: 'a' })
    const phone = { message: message('Ваш номер?', { askPhone }), into: messageIds[0]! }
    await stage.client.send(anna.id, { say: [], live: phone }, { key: 'b' })
    expect(stage.texts().slice(1)).toEqual(['Вопрос', 'Ваш номер?'])
    expect(stage.shown()[1]?.buttons.flat()).toEqual([])
    expect(stage.conversation.shownIds).toHaveLength(2)
  })
})

describe('words', () => {
  test('bold stretches are bold, and nothing a client writes is taken for markup', async () => {
    const stage = await begun()
    const text = { text: 'Итог: <b>Анна</b> & *Ко*', bold: [{ offset: 0, length: 5 }] }
    await stage.client.send(anna.id, { say: [{ text, groups: [] }] }, { key: 'bold' })
    expect(stage.shown().at(-1)).toMatchObject({
      text: text.text,
      marks: [{ kind: 'bold', offset: 0, length: 5 }],
    })
  })

  test('a bold stretch goes on in the next part of a long text', async () => {
    const stage = await begun()
    const text = { text: `${'а'.repeat(4000)} ${'б'.repeat(4000)}`, bold: [{ offset: 3990, length: 20 }] }
    await stage.client.send(anna.id, { say: [{ text, groups: [] }] }, { key: 'bold' })
    expect(
      stage
        .shown()
        .slice(1)
        .map(({ marks }) => marks),
    ).toEqual([[{ kind: 'bold', offset: 3990, length: 10 }], [{ kind: 'bold', offset: 0, length: 9 }]])
  })

  test('a file with more words than a caption holds comes after them', async () => {
    const stage = await begun()
    const file = { name: 'data.json', content: '{}' }
    await stage.client.send(
      anna.id,
      { say: [message('слово '.repeat(300).trim(), { file })] },
      { key: 'file' },
    )
    expect(
      stage
        .shown()
        .slice(1)
        .map((one) => one.file?.name ?? 'words'),
    ).toEqual(['words', 'data.json'])
  })

  test('the words of a picture are its caption, bold where they are bold', async () => {
    const stage = await begun()
    const text = { text: 'Спасибо, Анна!', bold: [{ offset: 9, length: 4 }] }
    await stage.client.send(anna.id, { say: [{ text, groups: [], picture: coupon }] }, { key: 'coupon' })
    expect(stage.shown().slice(1)).toMatchObject([
      {
        text: text.text,
        marks: [{ kind: 'bold', offset: 9, length: 4 }],
        picture: { name: 'K7RWM2FQ9D.png' },
      },
    ])
  })

  test.each([
    [1024, ['picture+words']],
    [1025, ['picture', 'words']],
  ])('%i letters under a picture: %s', async (length, expected) => {
    const stage = await begun()
    await stage.client.send(
      anna.id,
      { say: [message('я'.repeat(length), { picture: coupon })] },
      { key: 'c' },
    )
    const shown = stage.shown().slice(1)
    expect(
      shown.map((one) => [one.picture && 'picture', one.text && 'words'].filter(Boolean).join('+')),
    ).toEqual(expected)
  })

  test('a picture with a file: picture, words, file', async () => {
    const stage = await begun()
    const more = { picture: coupon, file: { name: 'data.json', content: '{}' } }
    await stage.client.send(anna.id, { say: [message('Спасибо!', more)] }, { key: 'both' })
    expect(stage.shown().slice(1)).toMatchObject([
      { text: 'Спасибо!', picture: { name: 'K7RWM2FQ9D.png' } },
      { text: '', file: { name: 'data.json' } },
    ])
  })

  test('a file name that grammY would garble is refused before it is sent', async () => {
    const stage = await begun()
    const file = { name: 'данные.json', content: '{}' }
    const sending = stage.client.send(anna.id, { say: [message('Файл', { file })] }, { key: 'file' })
    await expect(sending).rejects.toThrow('ASCII')
  })

  test('commands and descriptions are announced in every language', async () => {
    const stage = await begun()
    await stage.client.announce({
      languages: ['ru', 'en'],
      commands: {
        ru: [{ command: 'menu', description: 'Меню' }],
        en: [{ command: 'menu', description: 'Menu' }],
      },
      description: { ru: 'Салон', en: 'Salon' },
      about: { ru: 'Бот салона', en: 'The salon’s bot' },
    })
    expect(stage.sandbox.chat(stage.botId, anna.id).commands).toEqual([
      { command: 'menu', description: 'Меню' },
    ])
    stage.sandbox.addPerson({ ...boris, language: 'en' })
    stage.sandbox.start(stage.botId, boris.id)
    expect(stage.sandbox.chat(stage.botId, boris.id).commands).toEqual([
      { command: 'menu', description: 'Menu' },
    ])
  })

  test("the person's name comes with every update, as an offer", async () => {
    const stage = await begun()
    expect(stage.conversation.taken[0]?.profile).toEqual({
      firstName: 'Анна',
      lastName: 'Ветрова',
      language: 'ru',
    })
  })
})

describe('the webhook', () => {
  const post = (stage: TelegramStage, body: string, headers: Record<string, string> = {}) =>
    fetch(stage.webhookUrl, { method: 'POST', body, headers })
  const signed = { 'X-Telegram-Bot-Api-Secret-Token': secret }
  const update = (text: string, id = 1): Update => ({
    update_id: id,
    message: {
      message_id: 1,
      date: 1,
      text,
      chat: { id: anna.id, type: 'private', first_name: 'Анна' },
      from: { id: anna.id, is_bot: false, first_name: 'Анна' },
    },
  })

  test('a wrong or missing secret is refused and nothing is taken', async () => {
    const stage = await openTelegramStage('webhook')
    const body = JSON.stringify(update('раз'))
    expect((await post(stage, body)).status).toBe(401)
    expect((await post(stage, body, { 'X-Telegram-Bot-Api-Secret-Token': `${secret}x` })).status).toBe(401)
    expect(stage.conversation.deliveries).toEqual([])
    expect((await post(stage, body, signed)).status).toBe(200)
  })

  test('what is not an update is refused: broken JSON, no id, too big, not POST', async () => {
    const stage = await openTelegramStage('webhook')
    expect((await post(stage, '{"update_id":', signed)).status).toBe(400)
    expect((await post(stage, 'null', signed)).status).toBe(400)
    expect((await post(stage, '{"message":{}}', signed)).status).toBe(400)
    expect((await post(stage, `{"update_id":1,"x":"${'x'.repeat(1_100_000)}"}`, signed)).status).toBe(413)
    expect((await fetch(stage.webhookUrl, { headers: signed })).status).toBe(405)
    expect((await fetch(`${stage.webhookUrl}/other`, { method: 'POST', headers: signed })).status).toBe(404)
  })

  test('the answer is 500 when nothing was committed, and 200 only after the commit', async () => {
    const stage = await openTelegramStage('webhook')
    stage.conversation.refuse(1)
    expect((await post(stage, JSON.stringify(update('раз')), signed)).status).toBe(500)
    const order: string[] = []
    const gate = Promise.withResolvers<void>()
    stage.conversation.answer(async () => {
      await gate.promise
      order.push('committed')
      return { say: [] }
    })
    const answered = post(stage, JSON.stringify(update('раз')), signed).then(({ status }) =>
      order.push(`answered ${status}`),
    )
    await until(() => stage.conversation.deliveries.length === 2)
    gate.resolve()
    await answered
    expect(order).toEqual(['committed', 'answered 200'])
  })

  test("an update that takes longer than the 10 s of grammY's own handler neither crashes nor goes unanswered", async () => {
    const stage = await openTelegramStage('webhook')
    const gate = Promise.withResolvers<void>()
    stage.conversation.answer(async () => {
      await gate.promise
      return { say: [] }
    })
    const unhandled: unknown[] = []
    const note = (error: unknown) => unhandled.push(error)
    process.on('unhandledRejection', note)
    onTestFinished(() => void process.off('unhandledRejection', note))
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const answered = post(stage, JSON.stringify(update('раз')), signed)
    while (stage.conversation.deliveries.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(15_000)
    gate.resolve()
    expect((await answered).status).toBe(200)
    expect(unhandled).toEqual([])
    vi.useRealTimers()
  })

  test('an edit of the pressed message rides on the answer and needs no call of its own', async () => {
    const stage = await begun('webhook')
    const question = { message: message('Вопрос', { groups: [options('Да')] }) }
    const { messageIds } = await stage.client.send(anna.id, { say: [], live: question }, { key: 'q' })
    stage.conversation.answer(({ messageId }) => ({
      say: [],
      live: { message: message('Дальше'), into: messageId! },
    }))
    stage.sandbox.press(stage.botId, anna.id, messageIds[0]!, 0, 0)
    await until(() => stage.texts().at(-1) === 'Дальше' && stage.calls().includes('answerCallbackQuery'))
    expect(stage.calls()).not.toContain('editMessageText')
  })

  test('the closing edit rides on the answer too, the rest goes by calls', async () => {
    const stage = await begun('webhook')
    const question = { message: message('Вопрос', { groups: [options('Да')] }) }
    const { messageIds } = await stage.client.send(anna.id, { say: [], live: question }, { key: 'q' })
    stage.conversation.answer(({ messageId }) => ({
      close: { messageId: messageId!, text: plain('✓ Да') },
      say: [],
      live: { message: message('Дальше') },
    }))
    stage.sandbox.press(stage.botId, anna.id, messageIds[0]!, 0, 0)
    await until(() => stage.texts().includes('Дальше') && stage.texts().includes('✓ Да'))
    expect(stage.calls()).not.toContain('editMessageText')
  })

  test.each([
    ['the token pauses', (stage: TelegramStage) => stage.limiter.pause(50)],
    [
      'the rate is used up',
      (stage: TelegramStage) => Array.from({ length: 10_000 }, () => stage.limiter.claim()),
    ],
  ])('while %s the edit is a call, so that a refusal is heard', async (_, exhaust) => {
    const stage = await begun('webhook')
    const question = { message: message('Вопрос', { groups: [options('Да')] }) }
    const { messageIds } = await stage.client.send(anna.id, { say: [], live: question }, { key: 'q' })
    stage.conversation.answer(({ messageId }) => {
      exhaust(stage)
      return { say: [], live: { message: message('Дальше'), into: messageId! } }
    })
    stage.sandbox.press(stage.botId, anna.id, messageIds[0]!, 0, 0)
    await until(() => stage.texts().at(-1) === 'Дальше')
    expect(stage.calls()).toContain('editMessageText')
  })

  test('polling removes a webhook that stands in its way', async () => {
    const stage = await begun('webhook')
    void stage.client.poll()
    await until(() => stage.calls().includes('deleteWebhook'))
    stage.sandbox.sendText(stage.botId, anna.id, 'раз')
    await until(() => stage.texts().includes('Вы прислали: раз'))
  })
})

describe('what bites in grammY', () => {
  const options = (apiRoot: string, logged: string[] = []) => ({
    token: telegramToken,
    apiRoot,
    conversation: createScriptedConversation(),
    draw: async () => ({ name: 'tiny.png', content: tinyPicture }),
    limiter: createLimiter({ perSecond: 1000 }),
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    wire: createWire(),
    delaysMs: { calls: [1], updates: [1] },
  })

  async function serve(handler: Handler): Promise<string> {
    const server = await listen([handler])
    onTestFinished(() => server.close())
    return server.url
  }

  test('a slash at the end of the API root is an error with advice, before anything is called', () => {
    expect(() => createTelegram(options('http://127.0.0.1:1/'))).toThrow('Remove the slash')
  })

  test.each([
    ['nobody listens', 'http://127.0.0.1:9'],
    ['the answer is not JSON', undefined],
    ['the connection is cut', null],
  ])('the token is in no error and no log when %s', async (_, given) => {
    const logged: string[] = []
    const apiRoot =
      given ??
      (await serve((request, response) => {
        if (given === null) request.socket.destroy()
        else
          response.writeHead(502, { 'Content-Type': 'text/html' }).end(`<h1>Bad gateway ${request.url}</h1>`)
        return true
      }))
    const telegram = createTelegram(options(apiRoot, logged))
    const error: unknown = await telegram.profile().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).toContain('getMe failed')
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('NOBODY_MAY_SEE')
    await expect(telegram.send(anna.id, { say: [message('тайна')] }, { key: 'x' })).rejects.toThrow(
      'sendMessage failed',
    )
    expect(logged.join('')).toContain('reply.failed')
    expect(logged.join('')).not.toMatch(/NOBODY_MAY_SEE|тайна/)
  })

  test('a wrong token ends the polling with advice', async () => {
    const stage = await openTelegramStage('long polling')
    const wrong = createTelegram({ ...options(stage.apiUrl), token: '42:ANOTHER' })
    await expect(wrong.poll()).rejects.toThrow('@BotFather')
  })

  test('getMe is asked once, and again after it failed', async () => {
    let asked = 0
    const apiRoot = await serve((_, response) => {
      asked += 1
      const result = { id: 42, is_bot: true, first_name: 'Салон', username: 'salon_bot' }
      if (asked <= 2) response.writeHead(500).end('oops')
      else response.end(JSON.stringify({ ok: true, result }))
      return true
    })
    const telegram = createTelegram(options(apiRoot))
    await expect(telegram.profile()).rejects.toThrow('getMe failed')
    expect((await telegram.profile()).username).toBe('salon_bot')
    await telegram.profile()
    expect(asked).toBe(3)
  })

  test('a message that may be said at most once is not repeated when the connection was cut', async () => {
    let sent = 0
    const apiRoot = await serve((request) => {
      sent += 1
      request.socket.destroy()
      return true
    })
    const telegram = createTelegram(options(apiRoot))
    const offer = { say: [message('Скидка')] }
    await expect(telegram.send(anna.id, offer, { key: 'offer:1', once: true })).rejects.toThrow(
      'sendMessage failed',
    )
    expect(sent).toBe(1)
  })

  test('a message that may be said at most once is repeated when it surely never left', async () => {
    const refused = createServer()
    await new Promise<void>((resolve) => refused.listen(0, '127.0.0.1', resolve))
    const address = refused.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await new Promise((resolve) => refused.close(resolve))
    const logged: string[] = []
    const telegram = createTelegram(options(`http://127.0.0.1:${port}`, logged))
    const offer = { say: [message('Скидка')] }
    await expect(telegram.send(anna.id, offer, { key: 'offer:1', once: true })).rejects.toThrow(
      'ECONNREFUSED',
    )
    expect(logged.filter((line) => line.includes('call.repeated'))).toHaveLength(1)
  })
})
