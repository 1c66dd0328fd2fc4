/** Changing an offer part by part in the staff's bot: real Telegraf over HTTP, the Telegram stand-in, a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Audience } from '../../src/domain/offers/audience.ts'
import type { OfferSpec } from '../../src/domain/offers/offer.ts'
import type { Prisma } from '../../src/storage/generated/client.ts'
import { addWalk } from './admin-desk.ts'
import { createStage, ira, kate, nowMs, salon, type Stage } from './admin-chat.ts'

const mark = { advertiser: 'ООО «Ромашка»', erid: '2VfnxyNkZrY' }

let stage: Stage
beforeAll(async () => {
  stage = await createStage({ salon: { ...salon, offers: { ...salon.offers, mark } } })
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  await stage.hire(ira, 'admin')
})
afterAll(() => stage.close())

const spec = (changes: Partial<OfferSpec> = {}): OfferSpec => ({
  title: { ru: 'Осень' },
  variants: [{ id: 'A', text: { ru: '{name}, ждём вас!' }, share: 1 }],
  audience: { kind: 'everyone' },
  discount: { kind: 'none' },
  validity: { kind: 'days', days: 14 },
  limits: { perClient: 1 },
  channel: 'any',
  schedule: { kind: 'now' },
  holdoutShare: 0,
  attributionDays: 15,
  ...changes,
})

async function drafted(changes: Partial<OfferSpec> = {}): Promise<number> {
  const offer = await stage.books.offers.create({ origin: 'manual', spec: spec(changes) })
  return offer!.id
}

const now = async (id: number) => (await stage.books.offers.byId(id))!.spec

async function client(name: string, changes: Partial<Prisma.ClientCreateInput> = {}): Promise<number> {
  const data = { name, advertisingConsentAt: new Date(nowMs - 1000), ...changes }
  const { id } = await stage.database.prisma.client.create({ data })
  const chat = { platform: 'telegram' as const, clientId: id, externalId: 1000n + id, language: 'ru' }
  await stage.database.prisma.chat.create({ data: chat })
  return Number(id)
}

/** From the list to what can be changed. */
const opened = `
      person> /offers
      bot: Предложения
        ...
      person> [📝 Осень]
      edit: ✉️ Осень
        ...
      person> [✏️ Изменить]
      edit: Осень: что изменить?
        ...`

describe('several texts', () => {
  test('are written one after the other, shared by a press or in words, and one changes without the other', async () => {
    await client('Анна')
    const id = await drafted()
    await stage.chat(
      ira,
      `${opened}
      person> [Текст]
      edit: Осень
        ...
      person> [➕ Второй текст, сравнить]
      edit: Осень
        Пришлите текст варианта B. Кому какой достанется, решит жребий, а потом я скажу, какой сработал лучше.
        ...
      person> {name}, соскучились!
      bot: Изменил

        Осень
        Кому какой вариант достанется, решит жребий. Доли выберите или напишите: 60/40.

        Вариант A, 50 %
        {name}, ждём вас!

        Вариант B, 50 %
        {name}, соскучились!
        [✏️ Текст A] [✕ Убрать A]
        [✏️ Текст B] [✕ Убрать B]
        [✓ 50/50] [70/30] [80/20]
        [➕ Ещё вариант]
        [✓ Готово]
      person> [70/30]
      toast: Изменил
      edit: Осень
        ...
        Вариант A, 70 %
        ...
        [50/50] [✓ 70/30] [80/20]
        ...
      person> пополам
      bot: Осень
        ⚠️ Доли не сошлись. Напишите два числа, вместе 100: 70/30.
        ...
      person> 60/40
      bot: Изменил

        Осень
        ...
        Вариант A, 60 %
        ...
      person> [✏️ Текст B]
      edit: Осень
        Пришлите новый текст варианта B целиком. Остальные варианты останутся как есть.
        ...
      person> {name}, пора к нам!
      bot: Изменил

        Осень
        ...
        Вариант A, 60 %
        {name}, ждём вас!

        Вариант B, 40 %
        {name}, пора к нам!
        ...
      person> [✓ Готово]
      edit: Осень: что изменить?
        Кому: все клиенты
        Когда: сразу после утверждения
        [Варианты: A 60 %, B 40 %] [Название]
        ...
      person> [✓ Готово]
      edit: ✉️ Осень
        Черновик
        ...
        Так увидит Анна, в Telegram и ВКонтакте одинаково:

        Вариант A, 60 %
        Анна, ждём вас!
        [Не присылать предложения]

        Вариант B, 40 %
        Анна, пора к нам!
        [Не присылать предложения]
        ...
      person> [👥 Три примера]
      edit: Осень: как это прочтут

        Анна, Telegram, вариант ${await variantOf(id)}:
        ...
      `,
    )
    expect((await now(id)).variants.map(({ id: name, share }) => [name, share])).toEqual([
      ['A', 0.6],
      ['B', 0.4],
    ])
  })

  /** Which text Anna gets follows from the offer's seed. */
  async function variantOf(id: number): Promise<string> {
    const offer = (await stage.books.offers.byId(id))!
    const two = {
      ...offer.spec,
      variants: [
        { id: 'A', share: 0.6, text: {} },
        { id: 'B', share: 0.4, text: {} },
      ],
    }
    return (await stage.books.previews.of({ ...offer, spec: two })).examples[0]!.variant
  }

  test('one of them goes, the other stays', async () => {
    const id = await drafted({
      variants: [
        { id: 'A', text: { ru: 'Раз' }, share: 0.7 },
        { id: 'B', text: { ru: 'Два' }, share: 0.3 },
      ],
    })
    await stage.chat(
      ira,
      `${opened}
      person> [Варианты: A 70 %, B 30 %]
      edit: Осень
        ...
      person> [✕ Убрать A]
      toast: Изменил
      edit: Осень
        Пока вариант один. Добавьте второй, и я скажу, какой сработал лучше.

        Два
        [✏️ Текст B]
        [➕ Второй текст, сравнить]
        [✓ Готово]
      `,
    )
    expect((await now(id)).variants).toEqual([{ id: 'B', text: { ru: 'Два' }, share: 1 }])
  })

  test('that are too long for one card are shown by turns', async () => {
    await drafted({
      variants: [
        { id: 'A', text: { ru: 'А'.repeat(900) }, share: 0.5 },
        { id: 'B', text: { ru: 'Б'.repeat(900) }, share: 0.5 },
      ],
    })
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [📝 Осень]
      edit: ✉️ Осень
        ...
        Вариант A, 50 %
        ...
        [Вариант B ›]
        [📨 На утверждение]
        ...
      person> [Вариант B ›]
      edit: ✉️ Осень
        ...
        Вариант B, 50 %
        ...
        [Вариант A ›]
        ...
      `,
    )
  })
})

describe('to whom', () => {
  const page = (name: string) => `
      person> [${name}]
      edit: Осень
        ...`
  const pressed = (name: string) => `
      person> [${name}]
      toast: Изменил
      edit: Осень
        ...`

  test('is put together of visits, answers, sources and birthdays, and counted while it is', async () => {
    const anna = await client('Анна', { birthDay: 29, birthMonth: 2, heardFrom: 'friends' })
    await addWalk(stage, anna, {
      name: 'survey',
      days: 20,
      answers: { regular: { value: true }, recommend: { value: { nails: 9, hair: 3 } } },
    })
    await client('Вера', { birthDay: 1, birthMonth: 2, heardFrom: 'maps' })
    const gone = await client('Глаша')
    await stage.database.prisma.chat.updateMany({ where: { clientId: gone }, data: { source: 'wall-нокти' } })
    const id = await drafted()
    await stage.chat(
      ira,
      `${opened}
      person> [Кому]
      edit: Осень
        Кому: все клиенты
        Подходит сейчас: 3 клиента
        ...
      person> [Ответы]
      edit: Осень
        ...
        Что ответили в опросе. Кто не отвечал, не подойдёт.
        [Постоянные без карты]
        [Постоянный клиент] [Карта клиента]
        [Сколько ходит] [Как часто]
        [Качество обслуживания] [Посоветует друзьям]
        [Что важно] [Останется, если изменится]
        [Собирается ходить] [Пол]
        [1 из 2] [›]
        [Группы] [Визиты] [• Ответы •]
        [Откуда] [ДР и ещё]
        [✓ Готово]
      person> [Посоветует друзьям]
      edit: Осень
        ...
        [✓ любое] [Волосы]
        [Ногти]
        [Сторонники: 9–10]
        [Нейтральные: 7–8]
        [Критики: 1–6]
        [‹ Назад] [✓ Готово]
      person> [Ногти]
      edit: Осень
        ...
      person> [Сторонники: 9–10]
      toast: Изменил
      edit: Осень
        Кому: «Посоветует друзьям: Ногти»: 9–10
        Подходит сейчас: 1 клиент
        ...
      person> много
      bot: Осень
        ⚠️ Не понял оценку. Напишите в пределах шкалы: от 7 до 9 или 5.
        ...
      person> 7-8
      bot: Изменил

        Осень
        Кому: «Посоветует друзьям: Ногти»: 7–10
        ...
        [✓ Сторонники: 9–10]
        [✓ Нейтральные: 7–8]
        [Критики: 1–6]
        ...
      person> [‹ Назад]
      edit: Осень
        ...
        [Качество обслуживания] [✓ Посоветует друзьям]
        ...
      person> [Постоянные без карты]
      toast: Изменил
      edit: Осень
        Кому: «Посоветует друзьям: Ногти»: 7–10, «Постоянный клиент»: да и нет карты клиента
        Подходит сейчас: 1 клиент
        ...
      person> [Откуда]
      edit: Осень
        ...
        [от друзей · 1] [на картах · 1]
        [wall-нокти · 1]
        ...
      person> [wall-нокти · 1]
      toast: Изменил
      edit: Осень
        ...${pressed('от друзей · 1')}
        [✓ от друзей · 1] [на картах · 1]
        [✓ wall-нокти · 1]
        ...
      person> [✓ ДР и ещё]
      edit: Осень
        ...
        [ДР за 7 дней] [ДР за 30 дней]
        [ДР в ноябре] [ДР в декабре]
        [🎂 Другой месяц]
        [женщины] [мужчины]
        [есть карта] [✓ нет карты]
        [есть купон] [нет купона]
        [♡ Волосы] [♡ Ногти]
        [Группы] [Визиты] [✓ Ответы]
        ...
      `,
    )
    await stage.chat(
      ira,
      `
      person> [🎂 Другой месяц]
      edit: Осень
        ...
      person> [февраль]
      toast: Изменил
      edit: Осень
        Кому: «Посоветует друзьям: Ногти»: 7–10, «Постоянный клиент»: да, нет карты клиента, пришли отсюда: wall-нокти или от друзей и день рождения в феврале
        Подходит сейчас: 1 клиент
        ...
      `,
    )
    expect((await now(id)).audience).toEqual({
      kind: 'all',
      of: [
        { kind: 'score', question: 'recommend', row: 'nails', score: { from: 7, to: 10 } },
        { kind: 'answer', question: 'regular', values: ['yes'] },
        { kind: 'card', has: false },
        { kind: 'source', sources: ['wall-нокти', 'friends'] },
        { kind: 'birthday', month: 2 },
      ],
    })
  })

  test('takes visits in words, and any condition the other way round', async () => {
    const id = await drafted()
    await stage.chat(
      ira,
      `${opened}${page('Кому')}${page('Визиты')}
      person> давно
      bot: Осень
        ⚠️ Не понял, сколько. Напишите так: от 30 до 90, больше 60 или 3 визита.
        ...
      person> от 30 до 90
      bot: Изменил

        Осень
        Кому: были от 30 до 90 дней назад
        ...
        [✓ были от 30 до 90 дней назад]
        [Визиты: по всему салону ›]
        ...
      person> от 3 визитов
      bot: Изменил

        Осень
        Кому: были от 30 до 90 дней назад и визитов: не меньше 3
        ...${pressed('Визиты: по всему салону ›')}
      person> [⇄ Кроме…]
      edit: Осень
        ...
        [были от 30 до 90 дней назад (Волосы)]
        [визитов: не меньше 3 (Волосы)]
        ...
      person> [визитов: не меньше 3 (Волосы)]
      toast: Изменил
      edit: Осень
        ...
        [были от 30 до 90 дней назад (Волосы)]
        [✓ кроме: визитов: не меньше 3 (Волосы)]
        ...
      `,
    )
    expect((await now(id)).audience).toEqual({
      kind: 'all',
      of: [
        { kind: 'lastVisit', days: { from: 30, to: 90 }, line: 'hair' },
        { kind: 'not', of: { kind: 'visits', count: { from: 3 }, line: 'hair' } },
      ],
    })
    await stage.chat(
      ira,
      `
      person> [Собрать заново]
      toast: Изменил
      edit: Осень
        Кому: все клиенты
        ...
      `,
    )
  })

  test('is not touched by a look at what buttons can’t show', async () => {
    await client('Анна', { sex: 'female' })
    const audience: Audience = {
      kind: 'any',
      of: [
        { kind: 'sex', sex: 'female' },
        { kind: 'coupon', has: true },
      ],
    }
    const id = await drafted({ audience })
    await stage.chat(
      ira,
      `${opened}
      person> [Кому]
      edit: Осень
        Кому: женщины или есть неиспользованный купон
        Подходит сейчас: 1 клиент

        Эти условия кнопками не изменить, они сложнее. Можно оставить как есть или собрать заново.
        [Собрать заново]
        [✓ Готово]
      person> [✓ Готово]
      edit: Осень: что изменить?
        ...
      `,
    )
    expect((await now(id)).audience).toEqual(audience)
  })
})

describe('a salon with two languages', () => {
  test('writes one text for everybody, or each by itself', async () => {
    const id = await drafted()
    await stage.chat(
      ira,
      `${opened}
      person> [Текст]
      edit: Осень
        ...
        [Русский] [English · нет]
        [➕ Второй текст, сравнить]
        [‹ Назад]
      person> [English · нет]
      edit: Осень
        Пришлите новый текст целиком.
        Сейчас пишем: English. Второй язык останется как есть.
        ...
        [Русский] [✓ English · нет]
        ...
      person> {name}, we miss you!
      bot: Изменил

        Осень: что изменить?
        ...
      `,
    )
    expect((await now(id)).variants[0]?.text).toEqual({ ru: '{name}, ждём вас!', en: '{name}, we miss you!' })
    await stage.chat(
      ira,
      `
      person> [Текст]
      edit: Осень
        Пришлите новый текст целиком.
        Новые слова заменят оба языка. Чтобы править один, нажмите его.
        ...
      person> [English]
      edit: Осень
        ...
        [Русский] [✓ English]
        [✕ Убрать: English]
        ...
      person> [✕ Убрать: English]
      toast: Изменил
      edit: Осень: что изменить?
        ...
      `,
    )
    expect((await now(id)).variants[0]?.text).toEqual({ ru: '{name}, ждём вас!' })
  })

  test('and what it gives', async () => {
    const id = await drafted({ discount: { kind: 'gift', words: { ru: 'маникюр' } } })
    await stage.chat(
      ira,
      `${opened}
      person> [Скидка: маникюр]
      edit: Осень
        ...
      person> [English · нет]
      edit: Осень
        ...
      person> a manicure
      bot: Изменил

        Осень: что изменить?
        ...
      person> [Название]
      edit: Осень
        ...
      person> [English · нет]
      edit: Осень
        ...
      person> Autumn
      bot: Изменил
        ...
      `,
    )
    expect(await now(id)).toMatchObject({
      title: { ru: 'Осень', en: 'Autumn' },
      discount: { kind: 'gift', words: { ru: 'маникюр', en: 'a manicure' } },
    })
  })

  test('speaks English to whoever reads English', async () => {
    await stage.hire(kate, 'admin')
    await drafted({ title: { ru: 'Осень', en: 'Autumn' } })
    await stage.chat(
      kate,
      `
      person> /offers
      bot: Offers
        ...
      person> [📝 Autumn]
      edit: ✉️ Autumn
        ...
      person> [✏️ Edit]
      edit: Autumn: what to change?
        To whom: all clients
        When: as soon as it is approved
        ...
      person> [To whom]
      edit: Autumn
        ...
      person> [Birthday…]
      edit: Autumn
        ...
      person> [birthday in November]
      toast: Changed
      edit: Autumn
        To whom: birthday in November
        Fit now: 0 clients
        ...
      `,
    )
  })
})

describe('what is rarely another', () => {
  test('is on a screen of its own: how many, how long, under whose name', async () => {
    const id = await drafted()
    await stage.chat(
      ira,
      `${opened}
      person> [⚙ Ещё]
      edit: Осень
        ...
      person> [Сколько человек: без предела]
      edit: Осень
        Сколько человек получат, самое большее? Выберите или напишите число. Если подойдёт больше, выберу жребием: шансы у всех равны.
        [✓ без предела] [50]
        [100] [300]
        [‹ Назад]
      person> десяток
      bot: Осень
        ⚠️ Не понял, сколько. Напишите число от 1: 100. Или «без предела».
        ...
      person> 40 человек
      bot: Изменил

        Осень
        Остальные условия. Обычно их не трогают.
        ...
        [Сколько человек: 40]
        ...
      person> [Считаем визиты: 15 дней]
      edit: Осень
        ...
      person> [30 дней]
      toast: Изменил
      edit: Осень
        ...
      person> [Пометка о рекламе: нет]
      edit: Осень
        Пометка стоит над текстом: кто рекламирует и номер erid. Напишите их вместе: ООО «Ромашка», erid 2VfnxyNkZrY.
        В настройках салона:
        Реклама. ООО «Ромашка». erid: 2VfnxyNkZrY
        [✓ нет]
        [как в настройках]
        [‹ Назад]
      person> Ромашка
      bot: Осень
        ⚠️ Нужны и название, и номер. Напишите их вместе: ООО «Ромашка», erid 2VfnxyNkZrY.
        ...
      person> ИП Иванова 2ABCDEF
      bot: Изменил

        Осень
        ...
        [Пометка о рекламе: есть]
        ...
      `,
    )
    expect(await now(id)).toMatchObject({
      limits: { recipients: 40, perClient: 1 },
      attributionDays: 30,
      mark: { advertiser: 'ИП Иванова', erid: '2ABCDEF' },
    })
    await stage.chat(
      ira,
      `
      person> [Пометка о рекламе: есть]
      edit: Осень
        ...
      person> [как в настройках]
      toast: Изменил
      edit: Осень
        ...
      person> [‹ Назад]
      edit: Осень: что изменить?
        ...
      person> [✓ Готово]
      edit: ✉️ Осень
        ...
        Реклама. ООО «Ромашка». erid: 2VfnxyNkZrY
        ...
        Не больше 40 человек (если подойдёт больше, выберем жребием)
        ...
      `,
    )
    expect((await now(id)).mark).toEqual(mark)
  })

  test('a new offer has the salon’s mark from the beginning', async () => {
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [➕ Новое предложение]
      edit: Новое предложение
        ...
      person> {name}, ждём!
      bot: Ждём
        ...
      `,
    )
    const [offer] = await stage.books.offers.list({ states: ['draft'], offset: 0, limit: 1 })
    expect(offer?.spec).toMatchObject({ mark, attributionDays: 15, holdoutShare: 0.1 })
  })
})

test('an offer is made to come again and again, on an occasion, at a time, and not any more', async () => {
  const id = await drafted()
  await stage.chat(
    ira,
    `${opened}
      person> [🕙 Когда]
      edit: Осень
        ...
      person> [🔁 Постоянно, по поводу]
      edit: Осень
        Предложение будет приходить само, каждому в его день, пока вы его не отзовёте. Утвердить нужно один раз.
        [🎂 День рождения]
        [⏳ Обычный срок визита прошёл]
        [🌱 После первого визита]
        [‹ Назад]
      person> [🎂 День рождения]
      toast: Изменил
      edit: Осень
        Предложение будет приходить само, каждому в его день, пока вы его не отзовёте. Утвердить нужно один раз.

        Сейчас: в день рождения, в 11:00.
        Другое число дней или время можно написать: 5 или 12:30.
        [✓ 🎂 День рождения]
        [✓ в сам день] [за 3 дня] [за 7 дней]
        [⏳ Обычный срок визита прошёл]
        [🌱 После первого визита]
        [Не постоянно, разослать один раз]
        [✓ Готово]
      person> скоро
      bot: Осень
        ⚠️ Не понял. Напишите число дней до 365 или время: 5 или 12:30.
        ...
      person> 5
      bot: Изменил

        Осень
        ...
        Сейчас: за 5 дней до дня рождения, в 11:00.
        ...
      person> 12:30
      bot: Изменил

        Осень
        ...
      person> [✓ Готово]
      edit: Осень: что изменить?
        Кому: все клиенты
        Когда: за 5 дней до дня рождения, в 12:30
        ...
      person> [⚙ Ещё]
      edit: Осень
        ...
        [Одному клиенту: каждый раз]
        ...
      person> [Одному клиенту: каждый раз]
      edit: Осень
        ...
      person> [2 раза]
      toast: Изменил
      edit: Осень
        ...
        [Одному клиенту: 2 раза]
        ...
      `,
  )
  expect(await now(id)).toMatchObject({
    schedule: { kind: 'standing', occasion: { kind: 'birthday', daysBefore: 5 }, at: '12:30' },
    limits: { perClient: 2 },
  })
  await stage.chat(
    ira,
    `
      person> [‹ Назад]
      edit: Осень: что изменить?
        ...
      person> [🕙 Когда]
      edit: Осень
        ...
      person> [Не постоянно, разослать один раз]
      toast: Изменил
      edit: Осень
        ...
        [‹ Назад]
      `,
  )
  expect(await now(id)).toEqual(spec())
})
