/** The owner's screens in the largest salon that the settings allow, with a survey of its own, full of demo answers. */
import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createInsightAnswers } from '../../src/bots/admin/insights/answers.ts'
import type { InsightRoute } from '../../src/bots/admin/insights/route.ts'
import { isInsight } from '../../src/bots/admin/insights/route.ts'
import { maxRouteBytes, readRoute, writeRoute } from '../../src/bots/admin/route.ts'
import { asideMark, type Screen } from '../../src/bots/admin/screen.ts'
import { couponCode } from '../../src/domain/coupon.ts'
import { demoSalon } from '../../src/domain/demo-salon.ts'
import { instrument } from '../../src/domain/instrument.ts'
import type { Salon } from '../../src/domain/salon.ts'
import type { Survey, SurveyQuestion } from '../../src/domain/survey.ts'
import { createDemoData } from '../../src/storage/demo-data.ts'
import { recordSurvey } from '../../src/storage/survey-versions.ts'
import { inWordsOf } from '../../src/wiring/words.ts'
import { translate } from '../reports/words.ts'
import { createStage, nowMs, olga, salon, type Stage } from './admin-chat.ts'
import { addScores, addSurveys, times } from './admin-scores.ts'

const long = (words: string, length: number) => words.padEnd(length, ' очень длинно').slice(0, length)
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `o${index}`, name: { ru: long(`Ответ ${index}`, 36) } }))
const own = (
  id: string,
  short: string,
  rest: Pick<SurveyQuestion, 'kind'> & Partial<SurveyQuestion>,
): SurveyQuestion => ({
  id,
  block: 'person',
  own: true,
  ...rest,
  words: { ask: { ru: `${short}?` }, short: { ru: short }, ...rest.words },
})

const ends = { low: { ru: 'неуютно' }, high: { ru: 'уютно' } }
const ownQuestions: SurveyQuestion[] = [
  own('pets', 'Есть кот', { kind: 'yesNo' }),
  own('colour', 'Цвет', { kind: 'choice', options: options(20) }),
  own('drinks', 'Напитки', { kind: 'choices', options: options(3) }),
  own('cozy', 'Уют', { kind: 'scale', scale: { from: 0, to: 5 }, noOpinion: true, words: ends }),
  own('table', 'Таблица', {
    kind: 'grid',
    rows: Array.from({ length: 12 }, (_, index) => ({
      id: `r${index}`,
      name: { ru: long(`Ряд ${index}`, 60) },
    })),
    options: options(20),
    words: { ask: { ru: long('Таблица', 500) } },
  }),
  own('poem', 'Стихи', { kind: 'text' }),
  own('wedding', 'Свадьба', { kind: 'date' }),
]
const zeroToTen = instrument.map((one) =>
  one.id === 'recommend' ? { ...one, scale: { from: 0, to: 10 } } : one,
)
const asked: Survey = { version: 2, questions: [...zeroToTen, ...ownQuestions] }

const twenty: Salon = {
  ...salon,
  lines: Array.from({ length: 20 }, (_, index) => ({
    id: `line-${index + 1}-of-many`,
    name: { ru: long(`${index + 1}. Направление`, 36) },
    services: [],
  })),
}
const lineId = (number: number) => `line-${number}-of-many`

let stage: Stage
beforeAll(async () => {
  stage = await createStage({ salon: twenty, asked })
  stage.poll()
  await recordSurvey(stage.database.prisma, instrument)
})
afterAll(() => stage.close())

describe('answers on two scales', () => {
  test('are never mixed, and those on the other one are mentioned', async () => {
    await stage.reset()
    await stage.hire(olga, 'owner')
    await addScores(stage, lineId(1), times([12, 9]), { from: 0 })
    await addScores(stage, lineId(2), times([7, 1]))
    await addScores(stage, lineId(2), times([30, 1]), { days: 30 })
    await stage.chat(
      olga,
      `
      person> /digest
      bot: Неделя 9–15 ноября

        NPS +100, ответили 12 человек (вероятно, от +54 до +100)
        Сравнить пока не с чем: за четыре недели до этого мало ответов
        Ещё 7 человек ответили по другой шкале: они не учтены.

        По направлениям, за 4 недели
        • ${twenty.lines[0]?.name.ru}: +100 (+54…+100) 👤12

        Отклик: ответили 19 из 19 приглашённых (100 %)
        ...
      person> [По направлениям]
      bot: По направлениям, неделя 9–15 ноября
        Ещё 37 человек ответили по другой шкале: они не учтены.
        ...
      person> /nps
      bot: Готовы ли вас рекомендовать

        За 12 недель: +100, ответили 12 человек (вероятно, от +54 до +100)
        9–10: 100 %, 7–8: 0 %, до 6: 0 %
        За 4 недели: +100, ответили 12 человек (вероятно, от +54 до +100)
        Сравнить пока не с чем: за восемь недель до этого мало ответов
        Ещё 37 человек ответили по другой шкале: они не учтены.
        ...
      `,
    )
  })

  test('nor are they in the question’s own results', async () => {
    await stage.reset()
    await stage.hire(olga, 'owner')
    const scored = (value: number, from: number) => ({
      recommend: { value: { [lineId(1)]: value }, scale: { from, to: 10 } },
    })
    await addSurveys(stage, [scored(10, 0), scored(0, 0)], { version: 2 })
    await addSurveys(stage, [scored(1, 1), scored(1, 1), scored(1, 1)])
    await stage.chat(
      olga,
      `
      person> /nps
      bot: Готовы ли вас рекомендовать
        ...
      person> [Все вопросы]
      edit: Ответы на вопросы, за всё время
        ...
      person> [Посоветует друзьям · 2]
      edit: Посоветуете нас друзьям, знакомым, родным?
        Ответили 2 человека
        Ещё 3 ответили, когда вопрос был другим: они не учтены

        ${twenty.lines[0]?.name.ru}, 2 чел.
        среднее 5,0, медиана 5, 9–10: 50 %
        0 ▇▁▁▁▁▁▁▁▁▁▇ 10
        ...
      `,
    )
  })
})

describe('the salon’s own questions', () => {
  test.each<[string, object[], string]>([
    [
      'Есть кот · 2',
      [{ pets: { value: true } }, { pets: { value: false } }],
      `
        ▰▰▰▱▱ 50 % Да (1)
        ▰▰▰▱▱ 50 % Нет (1)`,
    ],
    [
      'Напитки · 2',
      [{ drinks: { value: ['o0', 'o1'] } }, { drinks: { value: ['o0'] } }],
      `
        ▰▰▰▰▰ 100 % Ответ 0 очень длинно очень длинно оч (2)
        ▰▰▰▱▱ 50 % Ответ 1 очень длинно очень длинно оч (1)
        ▱▱▱▱▱ 0 % Ответ 2 очень длинно очень длинно оч (0)`,
    ],
    [
      'Уют · 3',
      [5, 0, null].map((value) => ({ cozy: { value, scale: { from: 0, to: 5 } } })),
      `
        5 ▰▰▰▱▱ 50 % (1), уютно
        4 ▱▱▱▱▱ 0 % (0)
        3 ▱▱▱▱▱ 0 % (0)
        2 ▱▱▱▱▱ 0 % (0)
        1 ▱▱▱▱▱ 0 % (0)
        0 ▰▰▰▱▱ 50 % (1), неуютно
        среднее 2,5, медиана 2,5, 4–5: 50 %
        не смог оценить 1`,
    ],
    [
      'Стихи · 1',
      [{ poem: { value: 'Буря мглою '.repeat(30) } }],
      `
        • ${'Буря мглою '.repeat(18)}Бу…`,
    ],
    [
      'Свадьба · 2',
      [
        { wedding: { value: { day: 3, month: 5 } } },
        { wedding: { value: { day: 4, month: 6, year: 2010 } } },
      ],
      `
        Сами даты есть в выгрузке, раздел «Опрос»`,
    ],
  ])('%s', async (label, answers, body) => {
    await stage.reset()
    await stage.hire(olga, 'owner')
    await addSurveys(stage, answers, { version: 2 })
    await stage.chat(
      olga,
      `
      person> /nps
      bot: Готовы ли вас рекомендовать
        ...
      person> [Все вопросы]
      edit: Ответы на вопросы, за всё время
        ...
      person> [›]
      edit: Ответы на вопросы, за всё время
        ...
      person> [›]
      edit: Ответы на вопросы, за всё время
        ...
      person> [${label}]
      edit: ${label.split(' · ')[0]}?
        Ответили ${answers.length} человека
${body}
        [‹ Назад]
      `.replace('Ответили 1 человека', 'Ответил 1 человек'),
    )
  })
})

describe('with the answers of the demo salon', () => {
  let found: Map<string, Screen>

  /** Everything that the buttons lead to from these, but for other weeks. */
  async function crawl(...from: InsightRoute[]): Promise<Map<string, Screen>> {
    const { insights } = stage.storages
    const results = await insights.results()
    const t = inWordsOf(asked, translate)('ru')
    const deskOf = () => ({ t, language: 'ru' as const, salon: twenty, now: new Date(nowMs) })
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const showMenu = () => Promise.reject(new Error('not for an owner'))
    const { to } = createInsightAnswers({
      insights: { ...insights, results: async () => results },
      deskOf,
      showMenu,
      log,
    })
    const owner = await stage.hire(olga, 'owner')
    const seen = new Map<string, Screen>()
    const left = [...from]
    for (let route = left.pop(); route; route = left.pop()) {
      if (seen.has(writeRoute(route))) continue
      const { screen } = await to(route, owner)
      seen.set(writeRoute(route), screen!)
      for (const data of dataOf(screen!)) {
        const next = readRoute(data.replace(asideMark, ''))
        if (next && isInsight(next) && next.screen !== 'digest') left.push(next)
      }
    }
    return seen
  }

  beforeAll(async () => {
    await stage.reset()
    const data = createDemoData({ prisma: stage.database.prisma, drawCode: () => couponCode(randomInt) })
    await data.insert(demoSalon({ seed: 3, now: nowMs, salon: twenty, survey: asked }), 'sandbox')
    await addSurveys(
      stage,
      Array.from({ length: 20 }, (_, index) => ({
        colour: { value: `o${index}` },
        table: {
          value: Object.fromEntries(Array.from({ length: 12 }, (_, row) => [`r${row}`, `o${index}`])),
        },
        poem: { value: 'Мороз и солнце; '.repeat(250) },
        suggestions: { value: `${index}: ${'💇 стрижка '.repeat(400)}` },
        recommend: { value: { [lineId(1)]: index < 10 ? 0 : 10 }, scale: { from: 0, to: 10 } },
      })),
      { version: 2 },
    )
    found = await crawl({ screen: 'nps' }, { screen: 'digest' })
  })

  test('every screen fits into a message, whole, and every button into 64 bytes', () => {
    expect(found.size).toBeGreaterThan(45)
    for (const [route, { text, keyboard }] of found) {
      expect([route, text.length <= 4096, text.endsWith('…')]).toEqual([route, true, false])
      expect(keyboard.flat().length).toBeLessThanOrEqual(100)
      expect([route, keyboard.flat().filter(({ text: label }) => label.length > 64)]).toEqual([route, []])
    }
    const longest = [...found.values()].flatMap(dataOf).map((data) => Buffer.byteLength(data))
    expect(Math.max(...longest)).toBeLessThanOrEqual(maxRouteBytes)
  })

  test('every screen with figures says that the clients are invented', () => {
    const without = [...found].filter(([, { text }]) => !text.includes('🧪 Демо: клиенты придуманы'))
    expect(without.map(([route]) => route)).toEqual(['groups'])
  })

  test('what is too much for one message is on pages: nothing is missing', () => {
    const pagesOf = (id: string) => [...found].filter(([route]) => route.startsWith(`question:${id}:`))
    for (const id of ['frequency', 'table']) expect(pagesOf(id).length).toBeGreaterThan(1)
    const frequencies = pagesOf('frequency')
      .map(([, { text }]) => text)
      .join('\n')
    const named = twenty.lines.filter(({ name }) => frequencies.includes(name.ru))
    expect(named).toHaveLength(20)
    const table = pagesOf('table').map(([, { text }]) => text)
    expect(table.join('\n').match(/^Ряд \d+/gm)).toHaveLength(12)
    expect(table.join('\n').match(/^[▰▱]{5} /gm)).toHaveLength(12 * 20)
  })

  test('the digest names no one', async () => {
    const { prisma } = stage.database
    const quoted = await stage.storages.insights.digest(Temporal.PlainDate.from('2026-11-16'))
    const { good, bad } = quoted.found.quotes
    const ids = [...good, ...bad].map(({ clientId }) => clientId)
    const clients = await prisma.client.findMany({ where: { id: { in: ids } } })
    expect(clients).toHaveLength(6)
    for (const route of ['digest', 'quotes:bad:2026-11-16', 'quotes:good:2026-11-16'])
      for (const { name, phone } of clients) {
        expect(found.get(route)?.text).not.toContain(name)
        expect(found.get(route)?.text).not.toContain(phone ?? 'no phone')
      }
  })

  test('of twenty lines the digest tells of five, and how many there are besides', () => {
    const block = found.get('digest')?.text.split('По направлениям, за 4 недели\n')[1]?.split('\n\n')[0]
    expect(block?.split('\n')).toHaveLength(6)
    expect(block).toMatch(/\nи ещё \d+$/)
  })
})

const dataOf = ({ keyboard }: Screen): string[] =>
  keyboard.flat().flatMap((button) => ('callback_data' in button ? [button.callback_data] : []))
