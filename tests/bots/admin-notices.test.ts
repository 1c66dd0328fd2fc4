import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OfferAct } from '../../src/storage/offers.ts'
import { offerSpec } from '../storage/offer-salon.ts'
import { createStage, ira, kate, nowMs, olga, type Stage } from './admin-chat.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  stage.telegram.faults.clear()
})
afterAll(() => stage.close())

const consented = { personalDataConsentAt: new Date(nowMs), onboardedAt: new Date(nowMs) }
const anna = {
  name: 'Анна',
  phone: '+79161234567',
  confirmedPhone: '+79161234567',
  lines: ['hair'],
  ...consented,
}

async function notice(
  kind: string,
  {
    client,
    text,
    platform = 'telegram',
  }: { client?: object; text?: string; platform?: 'telegram' | 'vk' } = {},
): Promise<string> {
  const { prisma } = stage.database
  const externalId = platform === 'vk' ? 260_001 : 9001
  const chat = { platform, externalId, language: 'ru' }
  const row = client && (await prisma.client.create({ data: { ...client, chats: { create: chat } } }))
  const data = { kind, platform, externalId, clientId: row?.id ?? null, text: text ?? null }
  const { id } = await prisma.notice.create({ data })
  return String(id)
}

const rowOf = (id: string) => stage.database.prisma.notice.findUnique({ where: { id: BigInt(id) } })
/** Presses Start, so that the bot may write to them. */
async function hireAndStart(...people: Parameters<Stage['hire']>[0][]): Promise<void> {
  for (const person of people) {
    await stage.hire(person, 'admin')
    stage.telegram.unblock(stage.botId, person.id)
    stage.telegram.start(stage.botId, person.id)
  }
  await stage.settled()
  for (const person of people) stage.seenBy(person)
}

describe('what the staff read', () => {
  test('of an offer: that they are to decide, unless somebody has, and how it ended', async () => {
    await hireAndStart(ira, kate)
    const { offers } = stage.books
    const by = (await stage.staff.byTelegramId(ira.id))!.id
    const other = (await stage.staff.byTelegramId(kate.id))!.id
    await stage.database.prisma.client.create({
      data: {
        name: 'Анна',
        advertisingConsentAt: new Date(nowMs),
        chats: { create: { platform: 'telegram', externalId: 9001, language: 'ru' } },
      },
    })
    const { id } = (await offers.create({ origin: 'manual', spec: offerSpec(), by }))!
    const act = (one: OfferAct, who?: number) =>
      offers.change({ id, act: one, ...(who !== undefined && { by: who }) })
    await act({ kind: 'submit' }, by)
    await act({ kind: 'approve', version: 1 }, other)
    await stage.notifyOfOffers()
    // Kate has decided before she was told that she had to.
    expect(stage.seenBy(kate)).toBe('')
    expect(stage.seenBy(ira)).toBe('bot: ✉️ Осень\n  Утверждено: Kate\n  [Посмотреть]')
    await act({ kind: 'start' })
    await stage.database.prisma.delivery.updateMany({ data: { state: 'sent' } })
    await act({ kind: 'finish' })
    await stage.notifyOfOffers()
    expect(stage.seenBy(ira)).toBe(
      'bot: ✉️ Осень\n  Разослали. Вот что вышло:\n  • отправлено: 1\n  [Посмотреть]',
    )
    expect(stage.seenBy(kate)).toBe(
      'bot: ✉️ Осень\n  All sent. This is how it went:\n  • sent: 1\n  [Have a look]',
    )
    expect(await stage.notices.waiting(10)).toEqual([])
  })

  test('a new client comes as a short card with a way to the whole one', async () => {
    await hireAndStart(ira)
    await stage.admin.notify(await notice('newClient', { client: anna }))
    expect(stage.seenBy(ira)).toBe(
      `
bot: 🆕 Новый клиент: Анна

  📞 +7 916 123 45 67 (подтверждён)
  ✨ Интересно: Волосы
  💬 Telegram
  [Открыть карточку]`.trim(),
    )
    await stage.chat(
      ira,
      `
      person> [Открыть карточку]
      edit: Анна

        📞 +7 916 123 45 67 (подтверждён)
        💬 Telegram: можно писать
        ...
      `,
    )
  })

  test('a client’s words come with the ways to reply, in the language of each member', async () => {
    await hireAndStart(ira, kate)
    await stage.admin.notify(await notice('message', { client: anna, text: 'Можно к вам завтра?\nВечером' }))
    expect(stage.seenBy(ira)).toBe(
      `
bot: 💬 Анна (Telegram) пишет салону:
  Можно к вам завтра?
  Вечером

  Ответить: 📞 +7 916 123 45 67 (подтверждён), 💬 Telegram
  [Открыть карточку]`.trim(),
    )
    expect(stage.seenBy(kate)).toBe(
      `
bot: 💬 Анна (Telegram) writes to the salon:
  Можно к вам завтра?
  Вечером

  Reply: 📞 +7 916 123 45 67 (confirmed), 💬 Telegram
  [Open the card]`.trim(),
    )
  })

  test('a guest without a card can be reached by the page in VK', async () => {
    await hireAndStart(ira)
    await stage.admin.notify(await notice('message', { text: 'Вы открыты?', platform: 'vk', client: {} }))
    expect(stage.seenBy(ira)).toBe(
      `
bot: 💬 Гость (ВКонтакте) пишет салону:
  Вы открыты?

  Ответить: 💬 ВКонтакте`.trim(),
    )
    const shown = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    const link = shown.marks.find((mark) => mark.kind === 'link')
    expect(link?.link).toBe('https://vk.com/id260001')
    expect(shown.text.slice(link?.offset, link!.offset + link!.length)).toBe('ВКонтакте')
  })

  test('an attachment is told in words', async () => {
    await hireAndStart(ira)
    await stage.admin.notify(await notice('attachment', { client: anna, text: 'photo\nХочу такую же' }))
    expect(stage.seenBy(ira)).toContain('bot: 📎 Анна (Telegram) присылает салону фото\n  Хочу такую же')
    await stage.admin.notify(await notice('attachment', { text: 'voice' }))
    expect(stage.seenBy(ira)).toContain('bot: 📎 Гость (Telegram) присылает салону голосовое сообщение')
    await stage.admin.notify(await notice('attachment', { text: 'что-то новое' }))
    expect(stage.seenBy(ira)).toContain('bot: 📎 Гость (Telegram) присылает салону вложение\n  что-то новое')
  })

  test('the longest message arrives whole, in several pieces', async () => {
    await hireAndStart(ira)
    const words = Array.from({ length: 900 }, (_, index) => `слово${index}`).join(' ')
    await stage.admin.notify(await notice('message', { client: anna, text: words }))
    const shown = stage.telegram.chat(stage.botId, ira.id).messages.slice(-3)
    expect(shown.map(({ text }) => text.split('\n')[0])).toEqual([
      '💬 Анна (Telegram) пишет салону:',
      '(продолжение)',
      '(продолжение)',
    ])
    expect(shown.map(({ text }) => text.split('\n')[1]).join(' ')).toBe(words)
    expect(shown.map(({ buttons }) => buttons.length)).toEqual([0, 0, 1])
  })
})

describe('who is told', () => {
  test('everybody, once, however often the job runs', async () => {
    await hireAndStart(ira, kate)
    const id = await notice('message', { client: anna, text: 'привет' })
    await stage.admin.notify(id)
    await stage.admin.notify(id)
    for (const person of [ira, kate]) expect(stage.seenBy(person).match(/^bot: /gm)).toHaveLength(1)
    expect((await rowOf(id))?.doneAt).toBeInstanceOf(Date)
  })

  test('a retry after a failure tells only those who were not told', async () => {
    await hireAndStart(ira, kate)
    const id = await notice('message', { client: anna, text: 'привет' })
    stage.telegram.faults.add({ kind: 'serverError', method: 'sendMessage', chatId: kate.id, times: 20 })
    await expect(stage.admin.notify(id)).rejects.toThrow('sendMessage failed')
    expect((await rowOf(id))?.doneAt).toBeNull()
    stage.telegram.faults.clear()
    await stage.admin.notify(id)
    for (const person of [ira, kate]) expect(stage.seenBy(person).match(/^bot: /gm)).toHaveLength(1)
    expect((await rowOf(id))?.doneAt).toBeInstanceOf(Date)
  })

  test('one who blocked the bot keeps nobody waiting, and is marked', async () => {
    await hireAndStart(ira, kate)
    stage.telegram.faults.add({ kind: 'forbidden', method: 'sendMessage', chatId: ira.id, times: 1 })
    const id = await notice('message', { client: anna, text: 'привет' })
    await stage.admin.notify(id)
    expect(stage.seenBy(ira)).toBe('')
    expect(stage.seenBy(kate)).toContain('привет')
    expect((await stage.staff.byTelegramId(ira.id))?.reachable).toBe(false)
    expect((await rowOf(id))?.doneAt).toBeInstanceOf(Date)
  })

  test('one whose account is gone keeps nobody waiting either', async () => {
    await hireAndStart(ira, kate)
    // Telegram knows nothing of a person with this id: the chat is not found, as after a deleted account.
    await stage.database.prisma.staff.updateMany({
      where: { telegramId: ira.id },
      data: { telegramId: 12_345 },
    })
    const id = await notice('message', { client: anna, text: 'привет' })
    await stage.admin.notify(id)
    expect(stage.seenBy(kate)).toContain('привет')
    expect((await stage.staff.byTelegramId(12_345))?.reachable).toBe(false)
  })

  test('too many requests are waited out', async () => {
    await hireAndStart(ira)
    stage.telegram.faults.add({
      kind: 'tooManyRequests',
      retryAfterSeconds: 1,
      method: 'sendMessage',
      times: 1,
    })
    await stage.admin.notify(await notice('message', { client: anna, text: 'привет' }))
    expect(stage.seenBy(ira)).toContain('привет')
  })

  test('nobody yet: the notice waits for the first owner, and is then told', async () => {
    const id = await notice('message', { client: anna, text: 'есть кто?' })
    await stage.admin.notify(id)
    expect((await rowOf(id))?.doneAt).toBeNull()
    expect(await stage.notices.waiting(10)).toEqual([])
    await hireAndStart(olga)
    expect(await stage.notices.waiting(10)).toEqual([id])
    await stage.admin.notify(id)
    expect(stage.seenBy(olga)).toContain('есть кто?')
    expect(await stage.notices.waiting(10)).toEqual([])
  })

  test('nobody reachable: the notice waits too', async () => {
    await hireAndStart(ira)
    stage.telegram.faults.add({ kind: 'forbidden', method: 'sendMessage', times: 1 })
    const id = await notice('message', { client: anna, text: 'есть кто?' })
    await stage.admin.notify(id)
    expect((await rowOf(id))?.doneAt).toBeNull()
  })
})

describe('what is kept', () => {
  test('the words of a person without consent are erased once they are told', async () => {
    await hireAndStart(ira)
    const guest = await notice('message', { client: {}, text: 'тайна', platform: 'vk' })
    const known = await notice('message', { client: anna, text: 'не тайна' })
    await stage.admin.notify(guest)
    await stage.admin.notify(known)
    expect((await rowOf(guest))?.text).toBeNull()
    expect((await rowOf(known))?.text).toBe('не тайна')
  })

  test('a notice of somebody who was forgotten meanwhile is told to nobody', async () => {
    await hireAndStart(ira)
    const id = await notice('message', { client: anna, text: 'привет' })
    await stage.database.prisma.client.deleteMany({})
    await stage.admin.notify(id)
    expect(stage.seenBy(ira)).toBe('')
  })

  test('nothing of it is in the log', async () => {
    await hireAndStart(ira)
    stage.telegram.faults.add({ kind: 'forbidden', method: 'sendMessage', times: 1 })
    await stage.admin.notify(await notice('message', { client: anna, text: 'тайна' }))
    expect(stage.logged).toEqual([{ event: 'admin.unreachable', staff: expect.any(Number) as number }])
  })
})
