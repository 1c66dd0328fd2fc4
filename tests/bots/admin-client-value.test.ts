/** A client's card: segment with its reason, visits, money, worth, forecast; the picture and the answers behind buttons. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addCounts, addValues, forgetSegments, today, type Valued } from '../storage/valued-clients.ts'
import { createStage, ira, nowMs, type Stage } from './admin-chat.ts'
import { addClient, addWalk, dayMs, surveyOf, visitOf } from './admin-desk.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  await forgetSegments(stage.database.prisma)
  await stage.hire(ira, 'admin')
})
afterAll(() => stage.close())

const gone: Valued = { first: 404, last: 94, visits: 11, roubles: 11_000, code: 'HHL', segment: 'vulnerable' }

async function addValued(data: { name: string; sex?: string }, ...rows: Valued[]): Promise<number> {
  const id = await addClient(stage, data)
  await addValues(stage.database.prisma, id, ...rows)
  return id
}

/** What stands under the name on the card, as far as it is about money. */
async function cardOf(name: string): Promise<string> {
  stage.telegram.sendText(stage.botId, ira.id, name)
  await stage.settled()
  const { messages } = stage.telegram.chat(stage.botId, ira.id)
  const found = messages.at(-1)!
  const row = found.buttons.findIndex(([first]) => first?.label.startsWith(name))
  stage.telegram.press(stage.botId, ira.id, found.id, row, 0)
  await stage.settled()
  return stage.seenBy(ira).split('\nedit: ').at(-1) ?? ''
}

describe('the segment and why', () => {
  test.each<[string, { sex?: string }, Partial<Valued>, string]>([
    [
      'of a woman who has not come for long, in the past',
      { sex: 'female' },
      {},
      '⏳ «Уязвимые»: приходила часто, платила меньше других; последний визит 94 дня назад, обычно раз в 31 день',
    ],
    [
      'of a man',
      { sex: 'male' },
      {},
      '⏳ «Уязвимые»: приходил часто, платил меньше других; последний визит 94',
    ],
    [
      'where the sex is not known, without a gender',
      {},
      {},
      '⏳ «Уязвимые»: визиты были частыми, суммы меньше, чем у других; последний визит 94 дня назад',
    ],
    [
      'of somebody who was here lately, in the present',
      {},
      { last: 1, code: 'LHH', segment: 'valuable' },
      '💎 «Ценные»: приходит часто, платит много; последний визит вчера, обычно раз в 40 дней',
    ],
    [
      'of a single visit',
      {},
      { first: 0, last: 0, visits: 1, code: 'LLH', segment: 'new' },
      '🌱 «Новые»: один визит, платит много; последний визит сегодня\n',
    ],
    [
      'of two visits there is no habit to speak of',
      {},
      { first: 60, last: 30, visits: 2, code: 'LLL', segment: 'noValue' },
      '💤 «Без ценности»: визитов пока мало, платит меньше других; последний визит 30 дней назад\n',
    ],
    [
      'where nobody wrote down amounts',
      {},
      { roubles: 0, last: 3, code: 'LHL' },
      '⏳ «Уязвимые»: приходит часто, суммы не записаны; последний визит 3 дня назад',
    ],
  ])('%s', async (_, sex, row, words) => {
    await addValued({ name: 'Анна', ...sex }, { ...gone, ...row })
    expect(await cardOf('Анна')).toContain(words)
  })

  test('a line is told of where it is in another segment', async () => {
    await addValued(
      { name: 'Анна' },
      gone,
      { ...gone, line: 'nails', visits: 8 },
      { ...gone, line: 'hair', visits: 3, segment: 'noValue', code: 'HLL' },
    )
    const card = await cardOf('Анна')
    expect(card).toContain('По направлениям: Волосы: «Без ценности»\n')
    expect(card).toContain('🧾 11 визитов с 12 октября 2025 г.: ногти 8, волосы 3')
  })

  test('of somebody who has not come nothing is said', async () => {
    await addValued({ name: 'Анна' })
    expect(await cardOf('Анна')).not.toMatch(/«|🧾|💰|🔮/)
  })
})

describe('money', () => {
  test('what was paid, and what a year brings; what the client is still worth, and on what that rests', async () => {
    // 11 visits, T = 310 and N = 404 days: r = (310 / 404)^11 = 0.0543, n = 1.0574 years. 11 000 / 1.1061 years = 9 945 a year.
    // The first year's middle: 1 / 1.11^0.5 = 0.94916; the rest: 0.0574 / 1.11^1.0287 = 0.05156: 1.00072 * 9 945 = 9 952.
    await addCounts(stage.database.prisma, {}, { vulnerable: [10, 11_000] })
    await addValued({ name: 'Анна' }, gone)
    const card = await cardOf('Анна')
    expect(card).toContain('💰 Заплачено 11 000 ₽, в год примерно 9 945 ₽')
    expect(card).toContain('💵 Ценность для салона: около 9 952 ₽ за 1,1 года вперёд (по 11 визитам)')
    expect(card).not.toContain('🔮')
  })

  test('the forecast says how many clients it rests on', async () => {
    await addValued({ name: 'Анна' }, { ...gone, firstRoubles: 1000 })
    await stage.database.prisma.valueModel.create({ data: { ...models, line: '', day: today } })
    expect(await cardOf('Анна')).toMatch(
      /🔮 Прогноз по 1 200 клиентам: ещё наш клиент с вероятностью \d+ %; за 90 дней визитов: \d+(,\d)?, за год около [\d ]+ ₽/,
    )
  })

  test.each([
    ['fewRepeatClients', '🔮 Для прогноза мало данных: повторно приходили 62 из 300, нужно хотя бы 100'],
    [
      'noConvergence',
      '🔮 Прогноза нет: к визитам не подошла ни одна модель (клиентов 300, повторно приходили 62)',
    ],
  ])('too little data is said in words: %s', async (reason, words) => {
    await addValued({ name: 'Анна' }, gone)
    const none = { kind: 'tooLittleData', clients: 300, repeatClients: 62, reason }
    await stage.database.prisma.valueModel.create({
      data: { line: '', day: today, models: none, clients: 300, repeatClients: 62 },
    })
    expect(await cardOf('Анна')).toContain(words)
  })

  test('the master is the one they came to most', async () => {
    const id = await addValued({ name: 'Анна' }, gone)
    await addVisits(id, [90, 1000, 'maria'], [120, 1000, 'maria'], [100, 500, 'Жанна'])
    expect(await cardOf('Анна')).toContain('💇 Чаще всего мастер: Мария')
  })
})

describe('behind the buttons', () => {
  test('the picture of the visits comes as a photo below', async () => {
    const id = await addValued({ name: 'Анна' }, gone)
    await addVisits(id, [94, 1000], [125, 1500], [156, -500])
    await cardOf('Анна')
    await stage.chat(
      ira,
      `
      person> [📈 Визиты]
      bot: Анна: визиты
        [Карточка]
      person> [Карточка]
      bot: Анна
        ...
      `,
    )
    const { messages } = stage.telegram.chat(stage.botId, ira.id)
    expect(messages.filter(({ picture }) => picture?.name === 'visits.png')).toHaveLength(1)
  })

  test('the answers of the survey and after visits', async () => {
    const id = await addValued({ name: 'Анна' }, gone)
    const words = 'Очень уютно. '.repeat(100)
    await addWalk(stage, id, {
      name: 'survey',
      days: 30,
      answers: {
        ...surveyOf({ nails: 9, hair: null }, words),
        regular: { value: true },
        tenure: { value: '1to2y' },
        frequency: { value: { nails: 'monthly' } },
        age: { skipped: true },
      },
    })
    await addWalk(stage, id, { name: 'visit', days: 2, answers: visitOf('hair', 3, ['price']) })
    await cardOf('Анна')
    await stage.chat(
      ira,
      `
      person> [📝 Ответы]
      edit: Анна: ответы

        После визита, 18 ноября 2026 г.
        ⭐️ Волосы: 3 из 10
        Почему: Цена

        Опрос, 21 октября 2026 г.
        Постоянный клиент: да
        Сколько ходит: 1–2 года
        Как часто: Ногти Каждый месяц
        Посоветует друзьям: Волосы не может оценить; Ногти 9 из 10
        Пожелания: ${words.slice(0, 600).trimEnd()}…
        [Карточка]
      person> [Карточка]
      edit: Анна
        ...
      `,
    )
  })

  test('somebody who was never here, and never answered, has no such buttons', async () => {
    await addValued({ name: 'Анна' })
    expect(await cardOf('Анна')).not.toMatch(/📈|\[📝 Ответы\]/)
  })
})

test('the card of a client of whom everything is known fits into a message', async () => {
  const long = 'Очень длинное имя, '.repeat(20)
  const id = await addClient(stage, {
    name: long,
    phone: '+79161234567',
    city: 'Комсомольск-на-Амуре',
    lines: ['hair', 'nails'],
    master: 'maria',
    convenientTimes: ['morning', 'day', 'evening', 'weekend'],
    heardFrom: 'friends',
  })
  const lines = Array.from({ length: 20 }, (_, index) => ({
    ...gone,
    line: `line-${index}`,
    segment: 'noValue',
  }))
  await addValues(stage.database.prisma, id, gone, ...lines)
  const card = await cardOf('Очень')
  expect(card.length).toBeLessThan(4096)
  expect(card).not.toMatch(/…\s*$/m)
})

async function addVisits(
  clientId: number,
  ...visits: [daysAgo: number, roubles: number, master?: string][]
): Promise<void> {
  await stage.database.prisma.visit.createMany({
    data: visits.map(([daysAgo, roubles, master]) => ({
      clientId,
      line: 'nails',
      at: new Date(nowMs - daysAgo * dayMs),
      kopecks: roubles * 100,
      ...(master !== undefined && { master }),
    })),
  })
}

const fitted = (parameters: object) => ({
  kind: 'fitted',
  parameters,
  logLikelihood: -1,
  clients: 1200,
  steps: 1,
  evaluations: 1,
  steepness: 0,
})
const bgNbd = { r: 0.24, alpha: 31, a: 0.79, b: 2.43 }
const models = {
  models: {
    kind: 'models',
    clients: 1200,
    repeatClients: 800,
    bgNbd: fitted(bgNbd),
    paretoNbd: { kind: 'unfitted', reason: 'noMaximum', clients: 1200 },
    gammaGamma: fitted({ p: 6.25, q: 3.74, gamma: 1545 }),
    chosen: { name: 'bgNbd', parameters: bgNbd },
  },
  clients: 1200,
  repeatClients: 800,
}
