/** What an offer has brought, as the staff read it; the numbers of the picture are those of the database. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chartOf } from '../../src/bots/admin/offer-results/result-picture.ts'
import { resultScreen } from '../../src/bots/admin/offer-results/result-screen.ts'
import { createOfferResultAnswers } from '../../src/bots/admin/offer-results/answers.ts'
import { digestScreen } from '../../src/bots/admin/insights/digest-screen.ts'
import { clientStorages } from '../../src/wiring/client-storages.ts'
import { armOf, type Outcome } from '../../src/domain/offers/uplift.ts'
import { offerResult } from '../../src/domain/offers/offer-result.ts'
import { offerChart, offerChartSvg } from '../../src/reports/offer-chart.ts'
import { createOfferResults, type OfferReport } from '../../src/storage/offer-results.ts'
import type { Member } from '../../src/storage/staff.ts'
import { pixelsOf } from '../reports/pixels.ts'
import { placesOf, translate, wordsOf } from '../reports/words.ts'
import { createStage, ira, nowMs, olga, salon, type Stage } from './admin-chat.ts'
import { dayMs } from './admin-desk.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  await stage.database.prisma.$executeRaw`TRUNCATE "Offer" CASCADE`
})
afterAll(() => stage.close())

/** So many were written to 20 days ago, or held out; the first `came` of each came five days later and paid about 2 000 ₽. */
async function addOffer({ treated = 0, treatedCame = 0, heldOut = 0, heldOutCame = 0, days = 20 } = {}) {
  const { prisma } = stage.database
  const sentAt = new Date(nowMs - days * dayMs)
  const spec = {
    title: { ru: 'Осенняя скидка', en: 'Autumn discount' },
    variants: [{ id: 'A', text: { ru: 'а' }, share: 1 }],
    audience: { kind: 'everyone' },
    discount: { kind: 'percent', percent: 10 },
    validity: { kind: 'days', days: 14 },
    limits: { perClient: 1 },
    channel: 'any',
    holdoutShare: 0.1,
    schedule: { kind: 'now' },
    attributionDays: 15,
  }
  const row = { origin: 'manual', state: 'done', spec, seed: 'seed', sendingSince: sentAt }
  const { id: offerId } = await prisma.offer.create({ data: row })
  const people = await prisma.client.createManyAndReturn({
    data: Array.from({ length: treated + heldOut }, () => ({})),
    select: { id: true },
  })
  const isHeldOut = (index: number) => index >= treated
  await prisma.delivery.createMany({
    data: people.map(({ id }, index) => ({
      offerId,
      clientId: id,
      dueAt: sentAt,
      changedAt: sentAt,
      ...(isHeldOut(index) ? { heldOut: true, state: 'heldOut' } : { state: 'sent', sentAt }),
    })),
  })
  const came = people.filter((_, index) =>
    isHeldOut(index) ? index - treated < heldOutCame : index < treatedCame,
  )
  await prisma.visit.createMany({
    data: came.map(({ id }, index) => ({
      clientId: id,
      at: new Date(sentAt.getTime() + 5 * dayMs),
      kopecks: 200_000 + ((index % 5) - 2) * 10_000,
    })),
  })
  return offerId
}

const deskOf = ({ language }: { language: string }) => deskIn(language === 'en' ? 'en' : 'ru')

async function shown(person: typeof ira, role: Member['role'], id: number) {
  const member = await stage.hire(person, role)
  const { pool } = stage.database
  const offerResults = createOfferResults({ pool, timeZone: salon.timeZone, now: () => nowMs })
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const { screen, photo } = await createOfferResultAnswers({ offerResults, deskOf, log })(
    { screen: 'offerResult', id },
    member,
  )
  return { text: plain([screen?.text ?? ''])[0], photo }
}

const deskIn = (language: 'ru' | 'en') => ({ t: translate(language), language, salon, now: new Date(nowMs) })
const plain = (words: string[]) => words.map((one) => one.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' '))

const outcomes = (people: number, came: number, kopecks = 200_000): Outcome[] =>
  Array.from({ length: people }, (_, index) =>
    index < came ? { visits: 1, kopecks: kopecks + ((index % 5) - 2) * 10_000 } : { visits: 0, kopecks: 0 },
  )

function reportOf(changes: Partial<Parameters<typeof offerResult>[0]> = {}): OfferReport {
  const treated = armOf(outcomes(900, 270))
  return {
    id: 7,
    title: { ru: 'Осенняя скидка', en: 'Autumn discount' },
    attributionDays: 15,
    standing: false,
    state: 'done',
    version: 1,
    retired: false,
    result: offerResult(
      {
        treated,
        heldOut: armOf(outcomes(100, 10)),
        variants: [{ id: 'A', arm: treated }],
        windowEndsAt: nowMs,
        ...changes,
      },
      nowMs,
    ),
  }
}

describe('the picture', () => {
  test('has the groups’ figures with their intervals, and says what follows', () => {
    const report = reportOf()
    const words = plain(wordsOf(offerChartSvg(chartOf(report, { money: true }, deskIn('ru')))))
    expect([words[0], words.slice(1, 3).join(' ')]).toEqual([
      'Осенняя скидка',
      'Написали 900 клиентам. Для сравнения не писали 100 клиентам.',
    ])
    // 270 of 900 and 10 of 100, by Wilson; 600 and 200 roubles a person, by Wilson for who came and Student's t for what they paid.
    const rows = ['Пришли хотя бы раз', 'Визитов на человека', 'Выручка на человека'].map((name) => {
      const at = words.indexOf(name)
      return words.slice(at + 1, at + 7)
    })
    expect(rows).toEqual([
      ['Написали, 900', '30 %', 'от 27 % до 33 %', 'Не писали, 100', '10 %', 'от 6 % до 17 %'],
      ['Написали, 900', '0,3', 'от 0,27 до 0,33', 'Не писали, 100', '0,1', 'от 0,06 до 0,17'],
      ['Написали, 900', '600 ₽', 'от 542 ₽ до 662 ₽', 'Не писали, 100', '200 ₽', 'от 110 ₽ до 349 ₽'],
    ])
    expect(words.join(' ')).toContain('Те, кому написали, принесли больше: на 400 ₽ каждый')
  })

  test('has no sums for who is not the owner', () => {
    const words = plain(wordsOf(offerChartSvg(chartOf(reportOf(), { money: false }, deskIn('en')))))
    expect(words).toContain('Came at least once')
    expect(words.join(' ')).not.toMatch(/₽|Revenue/)
  })

  test('has a row for each text', () => {
    const variants = [
      { id: 'A', arm: armOf(outcomes(450, 200)) },
      { id: 'B', arm: armOf(outcomes(450, 70)) },
    ]
    const words = plain(
      wordsOf(offerChartSvg(chartOf(reportOf({ variants }), { money: true }, deskIn('ru')))),
    )
    expect(words).toEqual(expect.arrayContaining(['Текст A, 450', 'Текст B, 450', 'Написали, 900']))
    expect(words).not.toContain('Визитов на человека')
    expect(words.join(' ')).toContain('Те, кто получил текст A, а не B, приходили чаще')
  })

  test('says at its top that it is preliminary, and draws no bar where nobody came', () => {
    const early = reportOf({
      treated: armOf(outcomes(90, 9)),
      heldOut: armOf(outcomes(10, 0)),
      windowEndsAt: nowMs + dayMs,
    })
    const svg = offerChartSvg(chartOf(early, { money: true }, deskIn('ru')))
    expect(plain(wordsOf(svg)).slice(1, 3).join(' ')).toBe(
      'Предварительно. Написали 90 клиентам. Для сравнения не писали 10 клиентам.',
    )
    expect(plain(wordsOf(svg))).toContain('от 0 ₽ до 549 ₽')
    expect(svg).not.toContain('fill-opacity')
  })

  test('of few people has no intervals, and of nobody held out no group', () => {
    const few = reportOf({ treated: armOf(outcomes(9, 3)), heldOut: armOf([]) })
    const words = plain(wordsOf(offerChartSvg(chartOf(few, { money: true }, deskIn('ru')))))
    expect(words).toContain('33 %')
    expect(words.filter((one) => /^(от|Не писали|Чёрная черта) /.test(one))).toEqual([])
  })

  test.each(['ru', 'en'] as const)('fits a phone’s width at its largest, in %s', async (language) => {
    const treated = armOf(outcomes(100_000, 99_999, 999_999_900))
    const report = reportOf({
      treated,
      heldOut: armOf(outcomes(11_111, 11_000, 999_999_900)),
      variants: ['A', 'B', 'C'].map((id) => ({ id, arm: treated })),
    })
    const long = { ...report, title: { ru: 'Очень длинное название предложения '.repeat(5) } }
    const svg = offerChartSvg(chartOf(long, { money: true }, deskIn(language)))
    const outside = placesOf(svg).filter(({ left, right }) => left < -2 || right > 1080 - 2 * 56 + 1)
    expect(outside).toEqual([])
    const picture = await offerChart(chartOf(long, { money: true }, deskIn(language)))
    expect(pixelsOf(picture).width).toBe(1080)
  })
})

describe('without a picture', () => {
  const alone = (changes: Parameters<typeof reportOf>[0], more: Partial<OfferReport> = {}) =>
    plain([resultScreen({ ...reportOf(changes), ...more }, { money: true }, deskIn('ru'), 'alone').text])[0]

  test('the words have its figures', () => {
    expect(
      alone({
        coupons: { given: 900, people: 13, uses: 14, cost: { kopecks: 310_000, unknown: 2, gifts: 0 } },
      }),
    ).toBe(`📊 Что принесло: Осенняя скидка

Написали 900 клиентам. Для сравнения не писали 100 клиентам.

Пришли хотя бы раз
• Написали, 900: 30 % (от 27 % до 33 %)
• Не писали, 100: 10 % (от 6 % до 17 %)

Визитов на человека
• Написали, 900: 0,3 (от 0,27 до 0,33)
• Не писали, 100: 0,1 (от 0,06 до 0,17)

Выручка на человека
• Написали, 900: 600 ₽ (от 542 ₽ до 662 ₽)
• Не писали, 100: 200 ₽ (от 110 ₽ до 349 ₽)

Те, кому написали, принесли больше: на 400 ₽ каждый (от 240 ₽ до 509 ₽).
Те, кому написали, приходили чаще: на 0,2 визита каждый (от 0,12 до 0,25).
Те, кому написали, чаще приходили хотя бы раз: разница в 20 процентных пунктов (от 12 до 25,4).
Всего предложение принесло сверх обычного около 360 000 ₽ (от 220 000 ₽ до 460 000 ₽).

🎟 Купоны: выдали 900, пришли с ними 13, погасили 14. Скидки стоили примерно 3 100 ₽. Без суммы в книгах: 2 применения.

Считаем визиты за 15 дней после сообщения, с купоном и без, и сравниваем с теми, кому не писали.`)
  })

  test('of an offer that nobody was held out from they say what that means', () => {
    const gifts = { given: 900, people: 3, uses: 3, cost: { kopecks: 0, unknown: 0, gifts: 3 } }
    const words = alone({ heldOut: armOf([]), coupons: gifts })
    expect(words).toContain('\nНаписали 900 клиентам.\n')
    expect(words).toContain('Сравнить не с кем: написали всем, а часть этих людей пришла бы и без сообщения.')
    expect(words).toContain('пришли с ними 3. Подарили 3 раза: сколько это стоит, знаете вы.')
    expect(words).toMatch(/Считаем визиты за 15 дней после сообщения, с купоном и без\.$/)
  })

  test.each([
    ['done', false, '🗄 Убрать'],
    ['cancelled', true, '↩ Вернуть'],
    ['sending', false, '■ Остановить'],
  ] as const)('an offer that is %s (put away: %s) can be repeated, and: %s', (state, retired, label) => {
    const report = { ...reportOf(), state, retired }
    const { keyboard } = resultScreen(report, { money: true }, deskIn('ru'), 'alone')
    expect(keyboard[0]?.map(({ text }) => text)).toEqual(['🔁 Повторить', label])
  })

  test('a standing offer counts those whose days are over, and says so', () => {
    expect(alone({}, { standing: true })).toMatch(/Тех, у кого эти дни ещё идут, пока не считаем\.$/)
    expect(alone({ treated: armOf([]), heldOut: armOf([]) }, { standing: true })).toContain(
      'Считать пока нечего: нужно, чтобы после первых сообщений прошло 15 дней.',
    )
  })
})

describe('under the picture', () => {
  test('the owner reads what it has brought', async () => {
    const id = await addOffer({ treated: 300, treatedCame: 90, heldOut: 60, heldOutCame: 3 })
    const { text, photo } = await shown(olga, 'owner', id)
    expect(photo?.name).toBe('offer.png')
    expect(text).toBe(`📊 Что принесло: Осенняя скидка

Написали 300 клиентам. Для сравнения не писали 60 клиентам.

Те, кому написали, принесли больше: на 505 ₽ каждый (от 305 ₽ до 632 ₽).
Те, кому написали, приходили чаще: на 0,25 визита каждый (от 0,15 до 0,31).
Те, кому написали, чаще приходили хотя бы раз: разница в 25 процентных пунктов (от 15 до 31,3).
Всего предложение принесло сверх обычного около 150 000 ₽ (от 92 000 ₽ до 190 000 ₽).

Считаем визиты за 15 дней после сообщения, с купоном и без, и сравниваем с теми, кому не писали.`)
  })

  test('an admin reads no sums, and before the window closes that it is preliminary', async () => {
    const id = await addOffer({ treated: 300, treatedCame: 90, heldOut: 60, heldOutCame: 3, days: 10 })
    const { text } = await shown(ira, 'admin', id)
    expect(text).toContain('приходили чаще')
    expect(text).toContain('Это предварительно: визиты считаем по 25 ноября 2026 г.')
    expect(text).not.toContain('₽')
  })

  test('of an offer that nobody has got there is nothing to count, and no picture', async () => {
    expect(await shown(ira, 'admin', await addOffer())).toEqual({
      text: '📊 Что принесло: Осенняя скидка\n\nЭто предложение пока никто не получил: считать нечего.',
      photo: undefined,
    })
    expect((await shown(olga, 'owner', 0)).text).toContain('Такого предложения нет')
  })
})

test('the way there is on the card of an offer that is over, and it can be repeated from there', async () => {
  await stage.hire(olga, 'owner')
  await addOffer({ treated: 300, treatedCame: 90, heldOut: 60, heldOutCame: 3 })
  await stage.chat(
    olga,
    `
    person> /offers
    bot: Предложения
      ...
    person> [🗂 Прошлые]
    edit: Прошлые предложения
      ...
    person> [✔️ Осенняя скидка]
    edit: ✉️ Осенняя скидка
      ...
      [🔁 Повторить] [🗄 Убрать]
      [📊 Что принесло]
      [‹ Предложения] [🕓 История]
    person> [📊 Что принесло]
    bot: 📊 Что принесло: Осенняя скидка
      ...
      [🔁 Повторить] [🗄 Убрать]
      [‹ Предложение]
      [↻ Обновить] [☰ Меню]
    person> [🗄 Убрать]
    toast: Убрал из списка
    bot: ✉️ Осенняя скидка
      Разослано, убрано из списка
      Убрано из списка: Ольга, сегодня в 12:00
      ...
      [🔁 Повторить] [↩ Вернуть]
      [📊 Что принесло]
      [‹ Предложения] [🕓 История]
    person> [📊 Что принесло]
    bot: 📊 Что принесло: Осенняя скидка
      ...
      [🔁 Повторить] [↩ Вернуть]
      [‹ Предложение]
      [↻ Обновить] [☰ Меню]
    person> [🔁 Повторить]
    toast: Сделал копию: проверьте и отдайте на утверждение
    bot: ✉️ Осенняя скидка
      ...
    `,
  )
  expect(stage.logged.filter((line) => line['event'] === 'admin.failed')).toEqual([])
  expect(await stage.database.prisma.offer.count()).toBe(2)
})

describe('the first digest of a month', () => {
  test('tells what the offers of the month before have brought', async () => {
    await stage.hire(olga, 'owner')
    await addOffer({ treated: 300, treatedCame: 90, heldOut: 60, heldOutCame: 3, days: 50 })
    await addOffer({ treated: 40, treatedCame: 4, days: 40 })
    // Its window closes in November.
    await addOffer({ treated: 100, treatedCame: 50, heldOut: 50, days: 25 })
    await stage.chat(
      olga,
      `
      person> /digest 26.10
      bot: Неделя 26 октября – 1 ноября

        За эту неделю оценок нет

        За эту неделю мы никого не спрашивали

        💌 Итоги предложений за октябрь: 2 рассылки, сообщений: 340.
        Сверх обычного они принесли около 150 000 ₽ (от 92 000 ₽ до 190 000 ₽). Это про 1 из 2: остальные сравнить не с кем.
        Ещё 1 рассылку досчитываем: визиты после неё продолжаются.
        ...
      `,
    )
    expect(stage.logged.filter((line) => line['event'] === 'admin.failed')).toEqual([])
  })

  test('says when it can’t be seen, and nothing in the other weeks', async () => {
    await stage.hire(olga, 'owner')
    await addOffer({ treated: 50, treatedCame: 10, heldOut: 50, heldOutCame: 10, days: 50 })
    const { insights } = stageStorages()
    const words = async (week: string) =>
      plain([digestScreen(await insights.digest(Temporal.PlainDate.from(week)), deskIn('ru')).text])[0] ?? ''
    expect(await words('2026-11-02')).toContain(
      'Итоги предложений за октябрь: 1 рассылка, сообщений: 50.\nПринесли ли они больше обычного, пока не видно: могло быть от −',
    )
    expect(await words('2026-11-09')).not.toContain('редложени')
    expect(await words('2026-10-05')).not.toContain('редложени')
  })
})

const stageStorages = () => clientStorages(stage.database, salon, { version: 1, questions: [] }, () => nowMs)
