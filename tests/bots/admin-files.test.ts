/** What the staff's bot sends beside words: pictures with a screen under them, and files. */
import { randomBytes } from 'node:crypto'
import { Telegraf } from 'telegraf'
import type { Update } from 'telegraf/types'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/bots/admin/answer.ts'
import { createCommands } from '../../src/bots/admin/commands.ts'
import { createGate } from '../../src/bots/admin/gate.ts'
import { createGateway } from '../../src/bots/admin/gateway.ts'
import type { Gateway } from '../../src/bots/admin/gateway.ts'
import { readUpdate } from '../../src/bots/admin/read-update.ts'
import { createReception } from '../../src/bots/admin/reception.ts'
import { button, screen } from '../../src/bots/admin/screen.ts'
import { fixUploads } from '../../src/bots/admin/upload-fix.ts'
import { createCaller } from '../../src/bots/caller.ts'
import { createLimiter } from '../../src/bots/limiter.ts'
import type { ShownMessage } from '../../src/sandbox/messenger.ts'
import { translate } from '../reports/words.ts'
import { createStage, ira, salon, type Stage } from './admin-chat.ts'
import { tinyPicture } from './stage.ts'

const photo = { name: 'nps.png', content: tinyPicture }
const words = screen([{ bold: 'Неделя' }, ': NPS +42'], [[button('По направлениям', { screen: 'menu' })]])
const longWords = screen(['я'.repeat(1025)], words.keyboard)

let stage: Stage
let gateway: Gateway
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
beforeAll(async () => {
  stage = await createStage()
  fixUploads()
  const limiter = createLimiter({ perSecond: 1000 })
  const { telegram } = new Telegraf(stage.token, { telegram: { apiRoot: stage.url } })
  gateway = createGateway({ telegram, caller: createCaller({ limiter, log: silent, backOffMs: [1, 1, 1] }) })
})
afterAll(() => stage.close())

let before = 0
beforeEach(async () => {
  await stage.reset()
  stage.telegram.faults.clear()
  stage.telegram.start(stage.botId, ira.id)
  before = stage.telegram.chat(stage.botId, ira.id).messages.length
})

const sent = (): ShownMessage[] => stage.telegram.chat(stage.botId, ira.id).messages.slice(before)
const bytesOf = async ({ path }: { path: string }) =>
  Buffer.from(await (await fetch(stage.url + path)).arrayBuffer())

describe('the gateway', () => {
  test('a picture comes with the screen under it: words, bold, buttons', async () => {
    await gateway.sendPhoto(ira.id, photo, words)
    expect(sent()).toMatchObject([
      {
        text: 'Неделя: NPS +42',
        marks: [{ kind: 'bold', offset: 0, length: 6 }],
        picture: { name: 'nps.png' },
        buttons: [[{ label: 'По направлениям', kind: 'callback' }]],
      },
    ])
    expect(tinyPicture.equals(await bytesOf(sent()[0]!.picture!))).toBe(true)
  })

  test('more words than a caption holds come as a message of their own, with the buttons', async () => {
    await gateway.sendPhoto(ira.id, photo, longWords)
    expect(sent()).toMatchObject([
      { text: '', picture: { name: 'nps.png' }, buttons: [] },
      { text: longWords.text, buttons: [[{ label: 'По направлениям' }]] },
    ])
  })

  test('a file of 3 MB arrives whole, with its words', async () => {
    const content = randomBytes(3 * 1024 * 1024)
    await gateway.sendFile(ira.id, { name: 'answers.xlsx', content, caption: 'Ответы за год' })
    expect(sent()).toMatchObject([
      { text: 'Ответы за год', file: { name: 'answers.xlsx', sizeBytes: content.length } },
    ])
    expect(content.equals(await bytesOf(sent()[0]!.file!))).toBe(true)
  })

  test.each([
    ['too many requests', { kind: 'tooManyRequests', retryAfterSeconds: 1, times: 1 } as const],
    ['an error of the server', { kind: 'serverError', times: 2 } as const],
    ['a connection that breaks', { kind: 'disconnect', effect: 'before', times: 2 } as const],
  ])('%s: the picture comes all the same, with its buttons', async (_, fault) => {
    stage.telegram.faults.add({ ...fault, method: 'sendPhoto' })
    await gateway.sendPhoto(ira.id, photo, words)
    expect(sent()).toMatchObject([
      { picture: { name: 'nps.png' }, buttons: [[{ label: 'По направлениям' }]] },
    ])
  })

  test('a picture that may have arrived is not sent again where that was asked for', async () => {
    stage.telegram.faults.add({ kind: 'disconnect', effect: 'after', times: 2, method: 'sendPhoto' })
    const sending = gateway.sendPhoto(ira.id, photo, words, { once: true })
    await expect(sending).rejects.toMatchObject({ trouble: 'repeat', sent: true })
    expect(sent()).toHaveLength(1)
    await gateway.sendPhoto(ira.id, photo, words)
    expect(sent()).toHaveLength(3)
  })

  test('what surely never left may be sent again', async () => {
    const { telegram } = new Telegraf(stage.token, { telegram: { apiRoot: 'http://127.0.0.1:9' } })
    const caller = createCaller({ limiter: createLimiter({ perSecond: 1000 }), log: silent, backOffMs: [1] })
    const sending = createGateway({ telegram, caller }).sendPhoto(ira.id, photo, words, { once: true })
    await expect(sending).rejects.toMatchObject({ trouble: 'repeat', sent: false })
  })

  test('a name that would be garbled on the way is refused before anything is sent', async () => {
    const file = { name: 'ответы.xlsx', content: tinyPicture }
    await expect(gateway.sendFile(ira.id, file)).rejects.toThrow('ASCII')
    await expect(gateway.sendPhoto(ira.id, file, words)).rejects.toThrow('ASCII')
    expect(sent()).toEqual([])
  })

  test('under a picture there is no text to edit: the screen comes anew', async () => {
    await gateway.sendPhoto(ira.id, photo, words)
    await gateway.edit(ira.id, sent()[0]!.id, screen(['По направлениям']))
    expect(sent().map(({ text }) => text)).toEqual(['Неделя: NPS +42', 'По направлениям'])
  })
})

describe('the reception', () => {
  let answer: Answer
  let offset = 0

  /** Takes all that has happened, as the bot does, answering everything with `answer`. */
  async function receiveAll(): Promise<void> {
    const receive = createReception({
      gateway,
      gate: createGate({ staff: stage.staff, translate }),
      answers: { to: async () => answer, menu: async () => screen(['Меню']) },
      commands: createCommands({ gateway, salon, translate }),
      showPicture: () => Promise.resolve(),
      staff: stage.staff,
      translate,
      log: silent,
      onJoined: () => undefined,
    })
    const updates = (await gateway.attempt('getUpdates', { offset, timeout: 0 })) as Update[]
    for (const update of updates) {
      offset = update.update_id + 1
      const incoming = readUpdate(update, stage.botId, ['ru', 'en'])
      if (incoming) await receive(incoming)
    }
  }

  beforeEach(async () => {
    await stage.hire(ira, 'owner')
    answer = {}
    await receiveAll()
  })

  test('words are answered with a picture, its screen and files, in this order', async () => {
    const files = ['answers.csv', 'codes.csv'].map((name) => ({ name, content: Buffer.from('a,b\n') }))
    answer = { screen: words, toast: 'Готово', photo, files }
    stage.telegram.sendText(stage.botId, ira.id, '/digest')
    await receiveAll()
    expect(sent().filter(({ from }) => from === 'bot')).toMatchObject([
      { text: 'Готово\n\nНеделя: NPS +42', picture: { name: 'nps.png' } },
      { file: { name: 'answers.csv' } },
      { file: { name: 'codes.csv' } },
    ])
  })

  test('a press that is answered with a picture leaves the pressed message as it is', async () => {
    await gateway.send(ira.id, screen(['Итоги'], words.keyboard))
    answer = { screen: words, photo, toast: 'Рисую' }
    const pressed = sent().at(-1)!
    stage.telegram.press(stage.botId, ira.id, pressed.id, 0, 0)
    await receiveAll()
    expect(sent()).toMatchObject([
      { text: 'Итоги', buttons: [[{ label: 'По направлениям' }]] },
      { text: 'Неделя: NPS +42', picture: { name: 'nps.png' } },
    ])
    expect(stage.seenBy(ira)).toContain('toast: Рисую')
  })

  test('a press that is answered with files edits the pressed message as ever', async () => {
    await gateway.send(ira.id, screen(['Итоги'], words.keyboard))
    answer = {
      screen: screen(['Вот таблица']),
      files: [{ name: 'answers.csv', content: Buffer.from('a,b\n') }],
    }
    stage.telegram.press(stage.botId, ira.id, sent().at(-1)!.id, 0, 0)
    await receiveAll()
    expect(sent()).toMatchObject([{ text: 'Вот таблица' }, { file: { name: 'answers.csv' } }])
  })

  test('a press under a picture is answered with a new message', async () => {
    await gateway.sendPhoto(ira.id, photo, words)
    answer = { screen: screen(['По направлениям']) }
    stage.telegram.press(stage.botId, ira.id, sent().at(-1)!.id, 0, 0)
    await receiveAll()
    expect(sent().map(({ text }) => text)).toEqual(['Неделя: NPS +42', 'По направлениям'])
  })

  test('a picture without words is a picture', async () => {
    answer = { photo }
    stage.telegram.sendText(stage.botId, ira.id, '/poster')
    await receiveAll()
    expect(sent().at(-1)).toMatchObject({ text: '', picture: { name: 'nps.png' }, buttons: [] })
  })
})
