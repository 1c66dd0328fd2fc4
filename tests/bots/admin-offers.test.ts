/** Offers in the staff's bot: real Telegraf over HTTP, the Telegram stand-in, a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OfferSpec } from '../../src/domain/offers/offer.ts'
import type { Prisma } from '../../src/storage/generated/client.ts'
import { createStage, ira, kate, lena, nowMs, olga, salon, type Stage } from './admin-chat.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage({
    salon: { ...salon, offers: { ...salon.offers, ownerAbove: { discountPercent: 20 } } },
  })
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  await stage.hire(olga, 'owner')
  await stage.hire(ira, 'admin')
})
afterAll(() => stage.close())

/** Somebody who agreed to advertising and can be written to, unless said otherwise. */
async function client(
  name: string,
  {
    chats = ['telegram'],
    ...changes
  }: Partial<Prisma.ClientCreateInput> & { chats?: ('telegram' | 'vk')[] } = {},
): Promise<number> {
  const { prisma } = stage.database
  const { id } = await prisma.client.create({
    data: { name, advertisingConsentAt: new Date(nowMs - 1000), ...changes },
  })
  await prisma.chat.createMany({
    data: chats.map((platform) => ({ platform, clientId: id, externalId: 1000n + id, language: 'ru' })),
  })
  return Number(id)
}

async function valued(clientId: number, segment: string, line = 'nails'): Promise<void> {
  const value = {
    clientId,
    firstDay: 20_000,
    lastDay: 20_690,
    visits: 4,
    kopecks: 520_000n,
    firstDayKopecks: 0n,
  }
  const coded = { code: segment === 'valuable' ? 'LHH' : 'HHL', segment }
  await stage.database.prisma.clientValue.createMany({
    data: [
      { ...value, ...coded, line: '' },
      { ...value, ...coded, line },
    ],
  })
}

const spec = (changes: Partial<OfferSpec> = {}): OfferSpec => ({
  title: { ru: 'Осень' },
  variants: [
    { id: 'A', text: { ru: '{name}, здравствуйте! Дарим скидку {discount} до {until}.' }, share: 1 },
  ],
  audience: { kind: 'everyone' },
  discount: { kind: 'percent', percent: 10 },
  validity: { kind: 'days', days: 14 },
  limits: { perClient: 1 },
  channel: 'any',
  schedule: { kind: 'now' },
  holdoutShare: 0,
  attributionDays: 15,
  ...changes,
})

async function pending(changes: Partial<OfferSpec> = {}): Promise<number> {
  const { offers } = stage.books
  const by = (await stage.staff.byTelegramId(ira.id))!.id
  const { id } = (await offers.create({ origin: 'manual', spec: spec(changes), by }))!
  await offers.change({ id, by, act: { kind: 'submit' } })
  return id
}

const state = async (id: number) => (await stage.books.offers.byId(id))?.standing.state

describe('an offer that waits for approval', () => {
  test('goes out when it is day for the last of them, too', async () => {
    await pending()
    await client('Анна')
    await client('Вера', { city: 'Анадырь' })
    await stage.chat(
      olga,
      `
      person> /offers
      bot: Предложения
        ...
      person> [❗ Осень]
      edit: ✉️ Осень
        ...
      `,
    )
    // 21:00 there; the next hour that is day in both begins at nine here.
    const { text } = stage.telegram.chat(stage.botId, olga.id).messages.at(-1)!
    expect(text).toContain('Получат: 2 клиента (Telegram 2)')
    expect(text).toMatch(/Уйдёт всё: завтра в (09:\d\d|10:00)/)
  })

  test('is shown as a client sees it, with who gets it, who does not and why, what it may cost, and when it is sent', async () => {
    const id = await pending()
    await valued(await client('Анна'), 'valuable')
    await client('Глаша', { advertisingConsentAt: null })
    await client('Даша', { chats: [] })
    await stage.chat(
      olga,
      `
      person> /offers
      bot: Предложения
        Ждёт вашего решения: 1

        ❗ Осень: ждёт утверждения
        [❗ Осень]
        [➕ Новое предложение]
        [🗂 Прошлые] [☰ Меню]
      person> [❗ Осень]
      edit: ✉️ Осень
        Ждёт утверждения
        Отдано на утверждение: Ира, сегодня в 12:00

        Так увидит Анна, в Telegram и ВКонтакте одинаково:
        Анна, здравствуйте! Дарим скидку 10 % до 4 декабря.
        [Не присылать предложения]

        Кому: все клиенты
        Скидка: 10 %, действует 14 дней
        Без купона

        Получат: 1 клиент (Telegram 1)
        По группам: Ценные 1
        Не получат: 2 клиента
        • нет согласия на рекламу: 1
        • нет чата в этом мессенджере: 1
        Скидка обойдётся не больше чем в 130 ₽: это если придут все, а средний визит у них 1 300 ₽.
        Уйдёт всё: сегодня в 12:01
        [✅ Утвердить] [✖ Отклонить]
        [✏️ Изменить] [🕙 Когда]
        [👥 Три примера]
        [‹ Предложения] [🕓 История]
      person> [👥 Три примера]
      edit: Осень: как это прочтут

        Анна, Telegram:
        Анна, здравствуйте! Дарим скидку 10 % до 4 декабря.
        [Не присылать предложения]
        [‹ Назад]
      person> [‹ Назад]
      edit: ✉️ Осень
        ...
      person> [✅ Утвердить]
      toast: Утверждено. Получат: 1 клиент
      edit: ✉️ Осень
        Утверждено, сейчас начнём
        Утверждено: Ольга, сегодня в 12:00
        ...
      `,
    )
    expect(await state(id)).toBe('approved')
    expect(stage.changedOffers()).toEqual([id])
  })

  test('approved by two at once is approved by one, and the other reads by whom and when', async () => {
    const id = await pending()
    await client('Анна')
    await stage.chat(
      ira,
      `person> /offers\nbot: Предложения\n  ...\nperson> [❗ Осень]\nedit: ✉️ Осень\n  ...`,
    )
    const { offers } = stage.books
    const by = (await stage.staff.byTelegramId(olga.id))!.id
    await offers.change({ id, by, act: { kind: 'approve', version: 1 } })
    await stage.chat(
      ira,
      `
      person> [✅ Утвердить]
      toast: Вас опередили. Утверждено: Ольга, сегодня в 12:00
      edit: ✉️ Осень
        Утверждено, сейчас начнём
        ...
      `,
    )
    expect((await offers.log(id)).filter(({ what }) => what === 'approved')).toHaveLength(1)
    expect(stage.changedOffers()).toEqual([])
  })

  test('is rejected with a reason, which its author reads', async () => {
    const id = await pending()
    await stage.chat(
      olga,
      `
      person> /offers
      bot: Предложения
        ...
      person> [❗ Осень]
      edit: ✉️ Осень
        ...
      person> [✖ Отклонить]
      edit: Осень
        Почему нет? Напишите в двух словах: это увидит автор.
        [‹ Назад]
      person> слишком щедро
      bot: Отклонено

        ✉️ Осень
        Отклонено
        Отклонено: Ольга, сегодня в 12:00
        Почему: слишком щедро
        ...
      `,
    )
    expect(await state(id)).toBe('rejected')
    await stage.notifyOfOffers()
    expect(stage.seenBy(ira)).toBe(
      ['bot: ✉️ Осень', '  Отклонено: Ольга', '  Почему: слишком щедро', '  [Посмотреть]'].join('\n'),
    )
  })

  test('is planned for a moment that was typed; what can’t be one is asked again', async () => {
    const id = await pending()
    await client('Анна')
    await stage.chat(
      olga,
      `
      person> /offers
      bot: Предложения
        ...
      person> [❗ Осень]
      edit: ✉️ Осень
        ...
      person> [🕙 Когда]
      edit: Осень
        Когда разослать? Выберите или напишите день и время: завтра 10:00, 31.12 18:30.
        [Сейчас] [завтра в 10:00]
        [🔁 Постоянно, по поводу]
        [‹ Назад]
      person> когда-нибудь
      bot: Осень
        ⚠️ Не понял, когда это. Напишите день и время: завтра 10:00, 31.12 18:30.
        ...
      person> вчера 10:00
      bot: Осень
        ⚠️ Не понял, когда это. Напишите день и время: завтра 10:00, 31.12 18:30.
        ...
      person> 01.11.2026 10:00
      bot: Осень
        ⚠️ Это уже прошло. Напишите день впереди.
        ...
      person> 22.11 23:30
      bot: Изменил

        ✉️ Осень
        Ждёт утверждения, начнём 22 ноября 2026 г. в 23:30
        Отдано на утверждение: Ира, сегодня в 12:00
        ...
        Начнём 23 ноября 2026 г. в 09:00, уйдёт всё: 23 ноября 2026 г. в 10:00
        ...
      `,
    )
    expect((await stage.books.offers.byId(id))?.spec.schedule).toEqual({
      kind: 'at',
      at: Date.UTC(2026, 10, 22, 20, 30),
    })
  })

  test('that gives much is the owner’s to approve, and an admin is told', async () => {
    const id = await pending({ discount: { kind: 'percent', percent: 25 } })
    await client('Анна')
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [❗ Осень]
      edit: ✉️ Осень
        ...
        ⚠️ Такую скидку или рассылку утверждает владелец.
        ...
      person> [✅ Утвердить]
      toast: Такую скидку или рассылку утверждает владелец.
      `,
    )
    expect(await state(id)).toBe('pending')
  })

  test('again and again says on which occasion, and a copy of it goes on the same ones', async () => {
    const occasion = { kind: 'birthday', daysBefore: 0 } as const
    const schedule = { kind: 'standing', occasion, at: '11:00' } as const
    const id = await pending({ schedule })
    await client('Анна')
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [❗ Осень]
      edit: ✉️ Осень
        ...
        Когда: в день рождения, в 11:00
        Одному клиенту: 1 раз
        ...
        Если бы повод был сегодня у всех:
        Получат: 1 клиент (Telegram 1)
        По группам: без группы 1
        Во что обойдётся скидка, не знаю: сумм визитов у этих клиентов нет.
        Это те, кто подходит сегодня. Каждому предложение придёт в свой день, и тем, кто станет клиентом позже, тоже.
        [✅ Утвердить] [✖ Отклонить]
        [✏️ Изменить]
        [👥 Три примера]
        [‹ Предложения] [🕓 История]
      `,
    )
    const by = (await stage.staff.byTelegramId(ira.id))!.id
    await stage.books.offers.change({ id, by, act: { kind: 'cancel' } })
    await stage.chat(
      ira,
      `
      person> [‹ Предложения]
      edit: Предложения
        ...
      person> [🗂 Прошлые]
      edit: Прошлые предложения
        ...
      person> [■ Осень]
      edit: ✉️ Осень
        ...
      person> [🔁 Повторить]
      toast: Сделал копию: проверьте и отдайте на утверждение
      edit: ✉️ Осень
        ...
      `,
    )
    const [copy] = await stage.books.offers.list({ states: ['draft'], offset: 0, limit: 1 })
    expect(copy?.spec.schedule).toEqual(schedule)
  })

  test('is shown in English to whoever reads English', async () => {
    await stage.hire(kate, 'admin')
    await pending({ title: { ru: 'Осень', en: 'Autumn' } })
    await stage.chat(
      kate,
      `
      person> /offers
      bot: Offers
        Waits for your decision: 1

        ❗ Autumn: waits for approval
        ...
      person> [❗ Autumn]
      edit: ✉️ Autumn
        Waits for approval
        Sent for approval: Ира, today at 12:00 PM
        ...
        Nobody fits these conditions now.
        ...
      `,
    )
  })
})

describe('an offer that is being sent', () => {
  async function sending(): Promise<number> {
    const id = await pending()
    const by = (await stage.staff.byTelegramId(olga.id))!.id
    for (const name of ['Анна', 'Вера', 'Глаша', 'Даша']) await client(name)
    await stage.books.offers.change({ id, by, act: { kind: 'approve', version: 1 } })
    await stage.books.offers.change({ id, act: { kind: 'start' } })
    const claim = await stage.books.deliveries.claim({ offerId: id, platform: 'telegram', limit: 1 })
    if (claim.what === 'message') await stage.books.deliveries.end(claim.delivery.id, { state: 'sent' })
    return id
  }

  test('tells how far it is, and is paused, resumed and stopped by a press', async () => {
    const id = await sending()
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения

        ▶️ Осень: рассылается
        ...
      person> [▶️ Осень]
      edit: ✉️ Осень
        Рассылается
        Рассылка началась: сегодня в 12:00

        ▓▓▓░░░░░░░░░ 25 %
        • отправлено: 1
        • ждут очереди: 3
        Закончим: сегодня в 12:01
        ...
        [⏸ Пауза] [■ Остановить]
        [↻ Обновить]
        [‹ Предложения] [🕓 История]
      person> [⏸ Пауза]
      toast: Пауза: больше никому не пишу
      edit: ✉️ Осень
        На паузе
        Пауза: Ира, сегодня в 12:00
        ...
        [▶ Продолжить] [■ Остановить]
        [✏️ Изменить]
        [‹ Предложения] [🕓 История]
      `,
    )
    expect(await stage.books.deliveries.claim({ offerId: id, platform: 'telegram', limit: 1 })).toMatchObject(
      {
        what: 'none',
      },
    )
    await stage.chat(
      ira,
      `
      person> [▶ Продолжить]
      toast: Продолжаю
      edit: ✉️ Осень
        Рассылается
        ...
      person> [■ Остановить]
      edit: Осень
        Остановить рассылку насовсем? Кому уже ушло, тем ушло; остальные не получат.
        [Да, остановить] [Нет]
      person> [Да, остановить]
      toast: Остановил
      edit: ✉️ Осень
        Отменено
        ...
        [🔁 Повторить] [🗄 Убрать]
        [📊 Что принесло]
        [‹ Предложения] [🕓 История]
      `,
    )
    expect(await state(id)).toBe('cancelled')
    expect(stage.changedOffers()).toEqual([id, id, id])
  })

  test('is followed by the card on which it was looked at, until something else is shown there', async () => {
    const id = await sending()
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [▶️ Осень]
      edit: ✉️ Осень
        Рассылается
        ...
      `,
    )
    await stage.admin.showOffers()
    expect(stage.seenBy(ira)).toBe('')
    const claim = await stage.books.deliveries.claim({ offerId: id, platform: 'telegram', limit: 1 })
    if (claim.what === 'message') await stage.books.deliveries.end(claim.delivery.id, { state: 'unknown' })
    await stage.admin.showOffers()
    expect(stage.seenBy(ira)).toContain('▓▓▓▓▓▓░░░░░░ 50 %')
    const by = (await stage.staff.byTelegramId(olga.id))!.id
    await stage.books.offers.change({ id, by, act: { kind: 'pause' } })
    await stage.admin.showOffers()
    const seen = stage.seenBy(ira)
    expect(seen).toContain('Пауза: Ольга, сегодня в 12:00')
    expect(seen).toContain('неизвестно, дошло ли (второй раз не пошлём): 1')
    await stage.chat(ira, `person> [‹ Предложения]\nedit: Предложения\n  ...`)
    await stage.books.offers.change({ id, by, act: { kind: 'resume' } })
    await stage.admin.showOffers()
    expect(stage.seenBy(ira)).toBe('')
  })

  test('is followed by a card that came after a typed time, and by another process than the one that was asked', async () => {
    const id = await pending()
    const by = (await stage.staff.byTelegramId(olga.id))!.id
    await client('Анна')
    await stage.books.offers.change({ id, by, act: { kind: 'approve', version: 1 } })
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [✅ Осень]
      edit: ✉️ Осень
        ...
      person> [🕙 Когда]
      edit: Осень
        ...
      person> завтра 10:00
      bot: Запланировал

        ✉️ Осень
        Утверждено и запланировано, начнём завтра в 10:00
        ...
      `,
    )
    stage.pass(24 * 3600_000)
    await stage.books.offers.change({ id, act: { kind: 'start' } })
    const another = stage.another()
    await another.showOffers()
    expect(stage.seenBy(ira)).toContain('Рассылка началась: сегодня в 12:00')
    await another.stop()
    await stage.admin.showOffers()
    expect(stage.seenBy(ira)).toBe('')
  })

  test('is not edited as long as it looks the same, and not at all for who has blocked the bot', async () => {
    const id = await sending()
    await stage.chat(
      ira,
      `person> /offers\nbot: Предложения\n  ...\nperson> [▶️ Осень]\nedit: ✉️ Осень\n  ...`,
    )
    await stage.admin.showOffers()
    const shown = async () => (await stage.database.prisma.offerView.findFirst())?.shown
    const first = await shown()
    expect(first).toEqual(expect.any(String))
    stage.telegram.block(stage.botId, ira.id)
    // It would be refused now, were it edited.
    await stage.admin.showOffers()
    expect(await shown()).toBe(first)
    const by = (await stage.staff.byTelegramId(olga.id))!.id
    await stage.books.offers.change({ id, by, act: { kind: 'pause' } })
    await stage.admin.showOffers()
    expect(await stage.database.prisma.offerView.count()).toBe(0)
    stage.telegram.unblock(stage.botId, ira.id)
    await stage.settled()
  })

  test('shows its end on the card, and is left alone then', async () => {
    const id = await sending()
    await stage.chat(
      ira,
      `person> /offers\nbot: Предложения\n  ...\nperson> [▶️ Осень]\nedit: ✉️ Осень\n  ...`,
    )
    const by = (await stage.staff.byTelegramId(olga.id))!.id
    await stage.books.offers.change({ id, by, act: { kind: 'cancel' } })
    await stage.admin.showOffers()
    expect(stage.seenBy(ira)).toContain('Отменено: Ольга, сегодня в 12:00')
    expect(await stage.database.prisma.offerView.count()).toBe(0)
  })
})

describe('an offer written by hand', () => {
  test('is a draft from its first words on, and goes for approval from one card, with a word of caution', async () => {
    // Maria, whom Анна wishes for, does hair: an offer about nails does not name her.
    await valued(await client('Анна', { master: 'maria' }), 'vulnerable')
    await valued(await client('Вера'), 'valuable')
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        Пока ни одного. Напишите своё или откройте /segments: для каждой группы есть готовое.
        ...
      person> [➕ Новое предложение]
      edit: Новое предложение
        Напишите текст, как он придёт клиенту. Дальше я спрошу, кому и на каких условиях.

        Можно подставить: {name} имя, {master} мастер клиента, {service} последняя услуга, {line} направление, {discount} скидка, {until} последний день, {days} сколько дней, {code} код купона. Чего о клиенте не знаю, того не будет; в [квадратных скобках] пропадёт весь кусок.
        [‹ Предложения]
      person> {name}, соскучились![ Мастер {master} вас ждёт.] Скидка {discount} до {until}, код {code}.
      bot: Соскучились
        Кому: все клиенты
        Подходит сейчас: 2 клиента

        Сверху группы, ниже — на что приходили. Разные условия действуют вместе, внутри одного хватит любого. Ничего не отмечено — это все клиенты.
        [Ценные] [Новые]
        [Уязвимые] [Без ценности]
        [Волосы] [Ногти]
        [• Группы •] [Визиты] [Ответы]
        [Откуда] [ДР и ещё]
        [✓ Готово]
      person> [Уязвимые]
      toast: Изменил
      edit: Соскучились
        Кому: группа «Уязвимые»
        Подходит сейчас: 1 клиент
        ...
      person> [Группа: по всему салону ›]
      toast: Изменил
      edit: Соскучились
        Кому: группа «Уязвимые» (Волосы)
        Подходит сейчас: 0 клиентов
        ...
      person> [Группа: Волосы ›]
      toast: Изменил
      edit: Соскучились
        Кому: группа «Уязвимые» (Ногти)
        Подходит сейчас: 1 клиент

        Сверху группы, ниже — на что приходили. Разные условия действуют вместе, внутри одного хватит любого. Ничего не отмечено — это все клиенты.
        [Ценные] [Новые]
        [✓ Уязвимые] [Без ценности]
        [Группа: Ногти ›]
        [Волосы] [Ногти]
        [• Группы •] [Визиты] [Ответы]
        [Откуда] [ДР и ещё]
        [⇄ Кроме…] [Собрать заново]
        [✓ Готово]
      person> [✓ Готово]
      edit: Соскучились: что изменить?
        Кому: группа «Уязвимые» (Ногти)
        Когда: сразу после утверждения
        [Текст] [Название]
        [Картинка: нет]
        [Кому] [🕙 Когда]
        [Скидка: нет] [Срок: 14 дней]
        [Купон: нет] [⚙ Ещё]
        [✓ Готово]
      person> [⚙ Ещё]
      edit: Соскучились
        Остальные условия. Обычно их не трогают.
        [Сравнение: 10 %]
        [Где: где удобнее]
        [Сколько человек: без предела]
        [Считаем визиты: 15 дней]
        [Пометка о рекламе: нет]
        [‹ Назад]
      person> [Сравнение: 10 %]
      edit: Соскучились
        Какой части не писать, чтобы потом честно сравнить? Обычно 10 %.
        [никого] [✓ 10 %] [20 %]
        [‹ Назад]
      person> [никого]
      toast: Изменил
      edit: Соскучились
        Остальные условия. Обычно их не трогают.
        [Сравнение: никого]
        ...
      person> [‹ Назад]
      edit: Соскучились: что изменить?
        ...
      person> [✓ Готово]
      edit: ✉️ Соскучились
        Черновик
        ...
        ⚠️ В тексте обещана скидка, а в предложении её нет. Укажите скидку или уберите её из текста.
        ⚠️ В тексте есть код, а купона у предложения нет. Включите купон или уберите код из текста.
        ...
      person> [📨 На утверждение]
      toast: Сначала поправьте то, что отмечено.
      person> [✏️ Изменить]
      edit: Соскучились: что изменить?
        ...
      person> [Скидка: нет]
      edit: Соскучились
        Какая скидка? Выберите или напишите: 7 %, 500 ₽ или что дарите.
        [✓ нет] [3 %] [5 %]
        [10 %] [15 %] [20 %]
        [‹ Назад]
      person> 200 %
      bot: Соскучились
        ⚠️ Скидка бывает от 1 до 100 %.
        ...
      person> 7
      bot: Изменил

        Соскучились: что изменить?
        Кому: группа «Уязвимые» (Ногти)
        Когда: сразу после утверждения
        [Текст] [Название]
        [Картинка: нет]
        [Кому] [🕙 Когда]
        [Скидка: 7 %] [Срок: 14 дней]
        ...
      person> [Купон: нет]
      edit: Соскучились
        ...
      person> [на 1 раз]
      toast: Изменил
      edit: Соскучились: что изменить?
        ...
      person> [✓ Готово]
      edit: ✉️ Соскучились
        Черновик
        Черновик: Ира, сегодня в 12:00

        Так увидит Анна, в Telegram и ВКонтакте одинаково:
        Анна, соскучились! Скидка 7 % до 4 декабря, код ABCDE-FGHJK.
        [🎁 Показать QR] [Не присылать предложения]
        Код ABCDE-FGHJK для примера: у каждого будет свой.

        Кому: группа «Уязвимые» (Ногти)
        Скидка: 7 %, действует 14 дней
        Купон: на 1 раз

        Получат: 1 клиент (Telegram 1)
        ...
        ⚠️ Уязвимые клиенты: скидка больше 5 %. Они могут уйти и так: подумайте, окупится ли.
        ...
      person> [📨 На утверждение]
      toast: Отдал на утверждение
      edit: ✉️ Соскучились
        Ждёт утверждения
        ...
      `,
    )
    await stage.notifyOfOffers()
    expect(stage.seenBy(olga)).toBe(
      ['bot: ✉️ Соскучились', '  Ира: нужно ваше решение', '  [Посмотреть]'].join('\n'),
    )
    const [offer] = await stage.books.offers.list({ states: ['pending'], offset: 0, limit: 1 })
    expect(offer).toMatchObject({
      origin: 'manual',
      spec: {
        audience: { kind: 'segment', segments: ['vulnerable'], line: 'nails' },
        discount: { kind: 'percent', percent: 7 },
        coupon: { uses: 1 },
        holdoutShare: 0,
      },
    })
  })

  test('can’t be changed behind the back of whoever approved it: it waits for approval again', async () => {
    const id = await pending()
    await client('Анна')
    const by = (await stage.staff.byTelegramId(olga.id))!.id
    await stage.books.offers.change({ id, by, act: { kind: 'approve', version: 1 } })
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [✅ Осень]
      edit: ✉️ Осень
        ...
      person> [✏️ Изменить]
      edit: Осень: что изменить?
        Кому: все клиенты
        Когда: сразу после утверждения
        Утверждение после изменений понадобится снова, а рассылка остановится.
        ...
      person> [Название]
      edit: Осень
        ...
      person> Поздняя осень
      bot: Изменил

        Поздняя осень: что изменить?
        ...
      `,
    )
    expect(await state(id)).toBe('pending')
    expect(await stage.database.prisma.delivery.groupBy({ by: ['state'] })).toEqual([{ state: 'cancelled' }])
  })
})

describe('an offer for a segment', () => {
  const day = 20_776
  beforeEach(async () => {
    await stage.database.prisma.segmentCount.deleteMany()
    await stage.database.prisma.segmentCount.createMany({
      data: ['valuable', 'vulnerable', 'noValue'].flatMap((segment) =>
        ['', 'nails'].map((line) => ({ day, line, scheme: 'halves', segment, clients: 1, kopecks: 100n })),
      ),
    })
    await valued(await client('Анна'), 'vulnerable')
    await valued(await client('Вера'), 'noValue')
  })

  test('is drafted from the playbook, and found again by whoever asks for it next', async () => {
    await stage.chat(
      ira,
      `
      person> /segments
      bot: Сегменты клиентов
        ...
      person> [Ногти]
      bot: Сегменты: Ногти
        ...
      person> [⏳ Уязвимые · 1]
      edit: ⏳ Уязвимые, Ногти: 1 клиент
        ...
        [✉️ Предложение] [📋 В опрос]
        [‹ Назад]
      person> [✉️ Предложение]
      toast: Подготовил черновик
      edit: ✉️ Вернуть: Ногти
        Черновик
        Черновик: сегодня в 12:00
        ...
        Кому: группа «Уязвимые» (Ногти) и не были 30 дней и дольше (Ногти)
        Скидка: 5 %, действует 14 дней
        Купон: на 1 раз
        Для сравнения не пишем: 10 %
        ...
      person> [✏️ Изменить]
      edit: Вернуть: Ногти: что изменить?
        ...
      person> [Скидка: 5 %]
      edit: Вернуть: Ногти
        ...
      person> [3 %]
      toast: Изменил
      edit: Вернуть: Ногти: что изменить?
        ...
      person> [✓ Готово]
      edit: ✉️ Вернуть: Ногти
        Черновик
        ...
      person> [📨 На утверждение]
      toast: Отдал на утверждение
      edit: ✉️ Вернуть: Ногти
        Ждёт утверждения
        ...
      `,
    )
    await stage.chat(
      olga,
      `
      person> /segments
      bot: Сегменты клиентов
        ...
      person> [⏳ Уязвимые · 1]
      bot: ⏳ Уязвимые: 1 клиент
        ...
      person> [✉️ Предложение]
      edit: Уязвимые
        Для этой группы предложение готовится по направлению. По какому?
        [Волосы]
        [Ногти]
        [➕ Новое предложение]
        [‹ Назад]
      person> [Ногти]
      toast: Такое предложение уже есть
      edit: ✉️ Вернуть: Ногти
        Ждёт утверждения
        ...
      `,
    )
    expect(await stage.books.offers.count(['pending'])).toBe(1)
  })

  test('that is not worth the spending has none ready', async () => {
    await stage.chat(
      ira,
      `
      person> /segments
      bot: Сегменты клиентов
        ...
      person> [💤 Без ценности · 1]
      bot: 💤 Без ценности: 1 клиент
        ...
      person> [✉️ Предложение]
      edit: Без ценности
        Для этой группы готового предложения нет: тратить на них не стоит. Но можно написать своё.
        [➕ Новое предложение]
        [‹ Назад]
      `,
    )
  })
})

describe('an offer that is over', () => {
  async function over(draftKey?: string): Promise<number> {
    const { offers } = stage.books
    const by = (await stage.staff.byTelegramId(ira.id))!.id
    const origin = draftKey === undefined ? 'manual' : 'playbook'
    const { id } = (await offers.create({ origin, spec: spec(), ...(draftKey && { draftKey }) }))!
    await offers.change({ id, by, act: { kind: 'cancel' } })
    return id
  }

  test('leaves the list by a press, is found among those put away, and comes back', async () => {
    const id = await over('playbook:comeBack:nails:2026-11')
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [🗂 Прошлые]
      edit: Прошлые предложения

        ■ Осень: отменено
        [■ Осень]
        [‹ Предложения] [☰ Меню]
      person> [■ Осень]
      edit: ✉️ Осень
        Отменено
        ...
        [🔁 Повторить] [🗄 Убрать]
        [‹ Предложения] [🕓 История]
      person> [🗄 Убрать]
      toast: Убрал из списка
      edit: ✉️ Осень
        Отменено, убрано из списка
        До 18 февраля 2027 г. по правилам такое же готовить не буду.
        Убрано из списка: Ира, сегодня в 12:00
        ...
        [🔁 Повторить] [↩ Вернуть]
        [‹ Предложения] [🕓 История]
      person> [‹ Предложения]
      edit: Убранные предложения

        ■ Осень: отменено, убрано из списка
        [■ Осень]
        [🗂 Прошлые] [☰ Меню]
      person> [🗂 Прошлые]
      edit: Прошлые предложения
        Здесь будут те, что уже разосланы или отменены.
        [🗄 Убранные: 1]
        [‹ Предложения] [☰ Меню]
      person> [🗄 Убранные: 1]
      edit: Убранные предложения
        ...
      person> [■ Осень]
      edit: ✉️ Осень
        ...
      person> [↩ Вернуть]
      toast: Вернул в список
      edit: ✉️ Осень
        Отменено
        Возвращено в список: Ира, сегодня в 12:00
        ...
      person> [🕓 История]
      edit: Осень: что происходило

        • Возвращено в список: Ира, сегодня в 12:00
        • Убрано из списка: Ира, сегодня в 12:00
        • Отменено: Ира, сегодня в 12:00
        • Черновик: сегодня в 12:00
        [‹ Предложение]
      person> [‹ Предложение]
      edit: ✉️ Осень
        ...
      `,
    )
    expect((await stage.books.offers.byId(id))?.standing).toEqual({ state: 'cancelled', version: 1 })
  })

  test('is put away once: who comes second reads by whom', async () => {
    const id = await over()
    await stage.chat(
      olga,
      `person> /offers\nbot: Предложения\n  ...\nperson> [🗂 Прошлые]\nedit: Прошлые предложения\n  ...\nperson> [■ Осень]\nedit: ✉️ Осень\n  ...`,
    )
    const by = (await stage.staff.byTelegramId(ira.id))!.id
    await stage.books.offers.change({ id, by, act: { kind: 'retire' } })
    await stage.chat(
      olga,
      `
      person> [🗄 Убрать]
      toast: Вас опередили. Убрано из списка: Ира, сегодня в 12:00
      edit: ✉️ Осень
        Отменено, убрано из списка
        ...
      `,
    )
  })

  test('has a history of pages, with the versions, the reasons, and those who have left', async () => {
    const id = await pending()
    const { offers } = stage.books
    const by = (await stage.hire(lena, 'admin')).id
    for (let version = 1; version <= 15; version++)
      await offers.change({ id, by, act: { kind: 'edit', version, spec: spec() } })
    await offers.change({ id, by, act: { kind: 'reject', why: 'слишком щедро' } })
    await stage.database.prisma.staff.delete({ where: { id: by } })
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [✖️ Осень]
      edit: ✉️ Осень
        ...
      person> [🕓 История]
      edit: Осень: что происходило

        • Отклонено: кто-то, кто у нас больше не работает, сегодня в 12:00
          Почему: слишком щедро
        • Изменено: кто-то, кто у нас больше не работает, сегодня в 12:00 (версия 16)
        ...
        [1 из 2] [›]
        [‹ Предложение]
      person> [›]
      edit: Осень: что происходило

        • Изменено: кто-то, кто у нас больше не работает, сегодня в 12:00 (версия 2)
        • Отдано на утверждение: Ира, сегодня в 12:00
        • Черновик: Ира, сегодня в 12:00
        ...
      `,
    )
  })

  test('is repeated as a draft of its own', async () => {
    const id = await pending()
    const by = (await stage.staff.byTelegramId(olga.id))!.id
    await stage.books.offers.change({ id, by, act: { kind: 'cancel' } })
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [🗂 Прошлые]
      edit: Прошлые предложения

        ■ Осень: отменено
        [■ Осень]
        [‹ Предложения] [☰ Меню]
      person> [■ Осень]
      edit: ✉️ Осень
        Отменено
        ...
      person> [🔁 Повторить]
      toast: Сделал копию: проверьте и отдайте на утверждение
      edit: ✉️ Осень
        Черновик
        Черновик: Ира, сегодня в 12:00
        ...
      `,
    )
    expect(await stage.books.offers.count(['draft'])).toBe(1)
  })
})
