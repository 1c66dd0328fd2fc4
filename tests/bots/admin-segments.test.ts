/** What the staff read of the segments. Every figure here is put in by hand; the oracles of the formulas are in tests/domain/value. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AdviceError } from '../../src/domain/advice-error.ts'
import type { SegmentFiles } from '../../src/bots/admin/segments/answers.ts'
import { quintileSegments } from '../../src/domain/value/quintiles.ts'
import { addCounts, addValues, forgetSegments, today, type Valued } from '../storage/valued-clients.ts'
import { createStage, ira, kate, olga, type Stage } from './admin-chat.ts'
import { addClient } from './admin-desk.ts'

let stage: Stage
beforeAll(async () => {
  const exportSegments: SegmentFiles['exportSegments'] = (format) => {
    if (format === 'csv') return Promise.reject(new AdviceError('value.export.tooBigForChat'))
    return Promise.resolve([{ name: 'segments.xlsx', content: Buffer.from('PK') }])
  }
  stage = await createStage({ exportSegments })
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  await forgetSegments(stage.database.prisma)
})
afterAll(() => stage.close())

/** A hundred clients, most of the money from a few, and how it was a month ago. */
async function addSalon() {
  const { prisma } = stage.database
  await addCounts(
    prisma,
    {},
    { valuable: [20, 600_000], new: [30, 250_000], vulnerable: [10, 50_000], noValue: [40, 100_000] },
  )
  await addCounts(prisma, { line: 'nails' }, { valuable: [15, 400_000], noValue: [45, 100_000] })
  const month = { valuable: [17, 0], new: [30, 0], vulnerable: [14, 0], noValue: [36, 0] } as const
  await addCounts(prisma, { daysAgo: 31 }, month as unknown as Record<string, [number, number]>)
}

const usual: Valued = { first: 400, last: 9, visits: 12, roubles: 45_600, code: 'LHH', segment: 'valuable' }

async function addValued(name: string, ...rows: Valued[]): Promise<number> {
  const id = await addClient(stage, { name })
  await addValues(stage.database.prisma, id, ...rows)
  return id
}

const lastMessage = () => stage.telegram.chat(stage.botId, olga.id).messages.at(-1)

describe('/segments', () => {
  test('shows an owner a picture, the table with money and movement, and how sure it is', async () => {
    await stage.hire(olga, 'owner')
    await addSalon()
    await stage.database.prisma.valueModel.create({
      data: {
        line: '',
        day: today,
        models: { kind: 'tooLittleData', reason: 'fewRepeatClients' },
        clients: 100,
        repeatClients: 62,
      },
    })
    await stage.chat(
      olga,
      `
      person> /segments
      bot: Сегменты клиентов
        100 клиентов, заплатили 1 000 000 ₽

        💎 Ценные: 20 (20 %), 60 % денег, +3
        ходят часто, платят много, были недавно
        🌱 Новые: 30 (30 %), 25 % денег, 0
        платят много; одни пришли недавно, другие давно не были
        ⏳ Уязвимые: 10 (10 %), 5 % денег, −4
        ходят часто, но платят меньше среднего
        💤 Без ценности: 40 (40 %), 10 % денег, +4
        были редко и заплатили меньше среднего

        Посчитано сегодня
        Плюс и минус: по сравнению с 20 октября 2026 г.
        Для прогноза мало данных: повторно приходили 62 из 100, нужно хотя бы 100. Ценность считаем по прошлым визитам
        [💎 Ценные · 20] [🌱 Новые · 30]
        [⏳ Уязвимые · 10] [💤 Без ценности · 40]
        [Ногти]
        [↗ Поднялись] [↘ Опустились]
        [⬇ Excel] [⬇ CSV]
        [Как считаем] [☰ Меню]
      person> [Ногти]
      bot: Сегменты: Ногти
        60 клиентов, заплатили 500 000 ₽

        💎 Ценные: 15 (25 %), 80 % денег, +15
        ...
      `,
    )
    const { messages } = stage.telegram.chat(stage.botId, olga.id)
    expect(messages.at(-2)).toMatchObject({ picture: { name: 'segments.png' } })
  })

  test('an admin sees the clients, and not what the salon earns', async () => {
    await stage.hire(ira, 'admin')
    await addSalon()
    await addValued('Анна', usual)
    await stage.chat(
      ira,
      `
      person> /segments
      bot: Сегменты клиентов
        100 клиентов

        💎 Ценные: 20 (20 %), +3
        ...
      person> [💎 Ценные · 20]
      bot: 💎 Ценные: 1 клиент
        Они ходят часто, платят много, были недавно.

        Сначала те, кто заплатил больше. Рядом дата последнего визита.
        [Анна · 11 нояб.]
        [✉️ Предложение] [📋 В опрос]
        [‹ Назад]
      person> [📋 В опрос]
      edit: Ценные: пригласить 1 человека?
        [Да] [Нет]
      person> [Нет]
      edit: 💎 Ценные: 1 клиент
        ...
      person> [📋 В опрос]
      edit: Ценные: пригласить 1 человека?
        ...
      person> [Да]
      toast: Приглашений отправляем: 1
      edit: Опрос клиентов
        ...
      `,
    )
    expect(await stage.database.prisma.prompt.findMany()).toMatchObject([{ kind: 'invite', source: 'admin' }])
    expect(stage.telegram.chat(stage.botId, ira.id).messages.some(({ text }) => text.includes('₽'))).toBe(
      false,
    )
  })

  test('without any visits says how to bring them in', async () => {
    await stage.hire(olga, 'owner')
    await stage.chat(
      olga,
      `
      person> /menu
      bot: Клиенты салона
        ...
      person> [💎 Сегменты]
      edit: Сегментов пока нет: они считаются по визитам.

        Как принести визиты:
        • пришлите сюда файл с визитами, CSV или Excel;
        • или загрузите его на сервере: otklik import ФАЙЛ;
        • или отмечайте визиты по одному: /visit.

        Если визиты уже есть, сегменты появятся после ночного пересчёта.
        [☰ Меню]
      `,
    )
  })

  test('says when the figures are old, that they are invented, and that there was nothing before them', async () => {
    await stage.hire(olga, 'owner')
    const { prisma } = stage.database
    await prisma.setting.create({ data: { name: 'demoData', value: '{"seed":1}' } })
    await addCounts(prisma, { daysAgo: 5 }, { valuable: [1, 0], noValue: [1, 0] })
    await stage.chat(
      olga,
      `
      person> /segments
      bot: Сегменты клиентов
        🧪 Демо: клиенты придуманы
        2 клиента

        💎 Ценные: 1 (50 %)
        ходят часто, платят много, были недавно
        🌱 Новые: 0 (0 %)
        платят много; одни пришли недавно, другие давно не были
        ⏳ Уязвимые: 0 (0 %)
        ходят часто, но платят меньше среднего
        💤 Без ценности: 1 (50 %)
        были редко и заплатили меньше среднего

        Суммы в визитах не записаны, поэтому доли денег нет
        ⚠️ Посчитано 15 ноября 2026 г.: с тех пор сегменты не обновлялись
        Сравнить пока не с чем: сегменты посчитаны впервые
        ...
      `,
    )
  })

  test('by quintiles has the eleven common names', async () => {
    await stage.hire(olga, 'owner')
    const { prisma } = stage.database
    await prisma.setting.create({ data: { name: 'segmentScheme', value: 'quintiles' } })
    const counts = Object.fromEntries(
      quintileSegments.map((segment, index) => [segment, [index, index * 1000]]),
    )
    await addCounts(prisma, { scheme: 'quintiles' }, counts as Record<string, [number, number]>)
    await addValued('Вера', { ...usual, code: '145', segment: 'cantLoseThem' })
    await stage.chat(
      olga,
      `
      person> /segments
      bot: Сегменты клиентов
        55 клиентов, заплатили 55 000 ₽

        💎 Чемпионы: 0 (0 %), 0 % денег
        💎 Почти постоянные: 1 (2 %), 2 % денег
        💎 Постоянные: 2 (4 %), 4 % денег
        🌱 Многообещающие: 3 (5 %), 5 % денег
        🌱 Новички: 4 (7 %), 7 % денег
        ⏳ Нельзя потерять: 5 (9 %), 9 % денег
        ⏳ Под угрозой: 6 (11 %), 11 % денег
        ⏳ Ждут внимания: 7 (13 %), 13 % денег
        ⏳ Засыпают: 8 (15 %), 15 % денег
        💤 Потерянные: 9 (16 %), 16 % денег
        💤 Остальные: 10 (18 %), 18 % денег

        Посчитано сегодня
        ...
      person> [⏳ Нельзя потерять · 5]
      bot: ⏳ Нельзя потерять: 1 клиент
        Они ходили часто, платили много и давно не были.
        ...
        [Вера · 45 600 ₽ · 11 нояб.]
        [✉️ Предложение] [📋 В опрос]
        [‹ Назад]
      person> [Вера · 45 600 ₽ · 11 нояб.]
      edit: Вера
        ⏳ «Нельзя потерять»: визиты были частыми, суммы большие; последний визит 9 дней назад, обычно раз в 36 дней
        ...
      `,
    )
  })
})

describe('behind a segment', () => {
  test('its clients come by what they paid, page by page, open their card and come back', async () => {
    await stage.hire(olga, 'owner')
    await addSalon()
    for (let index = 1; index <= 10; index++)
      await addValued(`Клиент ${index}`, { ...usual, roubles: index * 1000 }, { ...usual, line: 'nails' })
    await stage.chat(
      olga,
      `
      person> /segments
      bot: Сегменты клиентов
        ...
      person> [💎 Ценные · 20]
      bot: 💎 Ценные: 20 клиентов
        ...
        [Клиент 10 · 10 000 ₽ · 11 нояб.]
        [Клиент 9 · 9 000 ₽ · 11 нояб.]
        [Клиент 8 · 8 000 ₽ · 11 нояб.]
        [Клиент 7 · 7 000 ₽ · 11 нояб.]
        [Клиент 6 · 6 000 ₽ · 11 нояб.]
        [Клиент 5 · 5 000 ₽ · 11 нояб.]
        [Клиент 4 · 4 000 ₽ · 11 нояб.]
        [Клиент 3 · 3 000 ₽ · 11 нояб.]
        [1 из 3] [›]
        [✉️ Предложение] [📋 В опрос]
        [‹ Назад]
      person> [›]
      edit: 💎 Ценные: 10 клиентов
        ...
        [Клиент 2 · 2 000 ₽ · 11 нояб.]
        [Клиент 1 · 1 000 ₽ · 11 нояб.]
        [‹] [2 из 2]
        [✉️ Предложение] [📋 В опрос]
        [‹ Назад]
      person> [Клиент 1 · 1 000 ₽ · 11 нояб.]
      edit: Клиент 1
        ...
      person> [‹ Назад]
      edit: 💎 Ценные: 10 клиентов
        ...
      person> [‹ Назад]
      edit: Сегменты клиентов
        ...
      `,
    )
  })
})

describe('moves', () => {
  const move = (clientId: number, from: string, to: string, daysAgo: number, reason = 'came') => ({
    clientId,
    line: '',
    day: today - daysAgo,
    from,
    to,
    fromCode: 'LLL',
    toCode: 'LHH',
    reason,
  })

  test('tell who moved up and who slipped within a month, and why, the newest first', async () => {
    await stage.hire(olga, 'owner')
    await addSalon()
    const [anna, vera] = [await addValued('Анна', usual), await addValued('Вера', usual)]
    await stage.database.prisma.segmentMove.createMany({
      data: [
        move(anna, 'new', 'valuable', 3),
        move(vera, 'new', 'valuable', 1, 'others'),
        move(vera, 'valuable', 'vulnerable', 2, 'away'),
        move(anna, 'noValue', 'new', 60),
        { ...move(anna, '', 'new', 2), from: null, fromCode: null },
        { ...move(anna, 'new', 'valuable', 2), line: 'nails' },
      ],
    })
    await stage.chat(
      olga,
      `
      person> /segments
      bot: Сегменты клиентов
        ...
      person> [↗ Поднялись]
      bot: ↗ Поднялись с 21 октября 2026 г.: 2
        • Новые → Ценные: 2

        1. Вера, 19 нояб.: Новые → Ценные, изменились средние по салону
        2. Анна, 17 нояб.: Новые → Ценные, был визит или оплата
        [1. Вера] [2. Анна]
        [↘ Опустились]
        [‹ Назад]
      person> [1. Вера]
      edit: Вера
        ...
      person> [‹ Назад]
      edit: ↗ Поднялись с 21 октября 2026 г.: 2
        ...
      person> [↘ Опустились]
      edit: ↘ Опустились с 21 октября 2026 г.: 1
        • Ценные → Уязвимые: 1

        1. Вера, 18 нояб.: Ценные → Уязвимые, визитов не было
        ...
      person> [‹ Назад]
      edit: Сегменты клиентов
        ...
      person> [Ногти]
      edit: Сегменты: Ногти
        ...
      person> [↗ Поднялись]
      edit: ↗ Поднялись с 21 октября 2026 г.: 1
        Направление: Ногти
        • Новые → Ценные: 1

        1. Анна, 18 нояб.: Новые → Ценные, был визит или оплата
        ...
      person> [↘ Опустились]
      edit: ↘ Опустились с 21 октября 2026 г.: 0
        Направление: Ногти

        За это время никого.
        [↗ Поднялись]
        [‹ Назад]
      `,
    )
  })
})

describe('early warnings', () => {
  test('are ranked by what would be lost, with the reason', async () => {
    await stage.hire(olga, 'owner')
    await addSalon()
    const [anna, vera] = [await addValued('Анна', usual), await addValued('Вера', usual)]
    const warning = { daysAway: 94, since: today }
    await stage.database.prisma.earlyWarning.createMany({
      data: [
        { ...warning, clientId: anna, kind: 'overdue', usualDays: 31, atStakeKopecks: 1_200_050 },
        {
          ...warning,
          clientId: vera,
          kind: 'fell',
          aliveBefore: 0.81,
          aliveNow: 0.42,
          usualDays: 31,
          atStakeKopecks: 8_400_000,
        },
      ],
    })
    await stage.chat(
      olga,
      `
      person> /segments
      bot: Сегменты клиентов
        ...
        ⏰ Могут уйти: 2, на кону 96 001 ₽ в год
        Посчитано сегодня
        ...
      person> [⏰ Могут уйти · 2]
      bot: ⏰ Могут уйти: 2 клиента
        На кону 96 001 ₽ в год. Сначала те, с кем салон потеряет больше.

        1. Вера: нет уже 94 дня, вероятность, что ещё наш клиент, упала с 81 % до 42 %; на кону 84 000 ₽ в год

        2. Анна: нет уже 94 дня, обычно раз в 31 день; на кону 12 001 ₽ в год
        [1. Вера] [2. Анна]
        [‹ Назад]
      person> [2. Анна]
      edit: Анна
        💎 «Ценные»: приходит часто, платит много; последний визит 9 дней назад, обычно раз в 36 дней
        ⏰ Может уйти: нет уже 94 дня, обычно раз в 31 день; на кону 12 001 ₽ в год
        ...
      person> [‹ Назад]
      edit: ⏰ Могут уйти: 2 клиента
        ...
      `,
    )
  })
})

describe('the export', () => {
  test('comes as a file to an owner, who is told that it is personal, or why it does not come', async () => {
    await stage.hire(olga, 'owner')
    await addSalon()
    await stage.chat(
      olga,
      `
      person> /segments
      bot: Сегменты клиентов
        ...
      person> [⬇ Excel]
      bot: (file segments.xlsx) В файле имена, телефоны и суммы: он для работы салона. Храните его так, чтобы не увидели чужие, и не пересылайте.
      person> [⬇ CSV]
      bot: Клиентов слишком много для файла в Telegram. Выгрузите их на сервере: otklik export --what segments --format csv
        [📊 Сегменты]
      `,
    )
  })

  test('is not for an admin, who has no such buttons, nor for whoever is an owner no more', async () => {
    await stage.hire(olga, 'owner')
    await addSalon()
    await stage.chat(olga, '\nperson> /segments\nbot: Сегменты клиентов\n  ...')
    await stage.database.prisma.staff.updateMany({ data: { role: 'admin' } })
    await stage.chat(
      olga,
      `
      person> [⬇ Excel]
      toast: Это может только владелец
      bot: Клиенты салона
        ...
      person> /segments
      bot: Сегменты клиентов
        ...
      `,
    )
    expect(
      lastMessage()
        ?.buttons.flat()
        .map(({ label }) => label),
    ).not.toContain('⬇ Excel')
  })
})

test('what the words mean, and who sees what, is a button away', async () => {
  await stage.hire(olga, 'owner')
  await addSalon()
  await stage.chat(
    olga,
    `
    person> /segments
    bot: Сегменты клиентов
      ...
    person> [Как считаем]
    bot: Как считаются сегменты
      ...
      💎 Ценные: ходят часто, платят много, были недавно
      ...
    `,
  )
  expect(lastMessage()?.text).toContain('если повторно приходили меньше 100, его нет')
})

test('in English all of it is English', async () => {
  await stage.hire(kate, 'owner')
  await addSalon()
  await addCounts(stage.database.prisma, { line: 'hair' }, { new: [2, 10] })
  const id = await addValued('Anna', usual, { ...usual, line: 'nails', segment: 'new', code: 'HLH' })
  await stage.database.prisma.earlyWarning.create({
    data: {
      clientId: id,
      kind: 'fell',
      aliveBefore: 0.9,
      aliveNow: 0.1,
      daysAway: 94,
      atStakeKopecks: 100_000,
      since: today,
    },
  })
  await stage.database.prisma.segmentMove.create({
    data: {
      clientId: id,
      line: '',
      day: today,
      from: 'new',
      fromCode: 'LLH',
      to: 'valuable',
      toCode: 'LHH',
      reason: 'came',
    },
  })
  const seen: string[] = []
  const look = async () => {
    await stage.settled()
    seen.push(stage.seenBy(kate))
  }
  const press = async (label: string) => {
    const { messages } = stage.telegram.chat(stage.botId, kate.id)
    for (const { id: message, buttons } of messages.toReversed())
      for (const [row, all] of buttons.entries()) {
        const column = all.findIndex((one) => one.label.startsWith(label))
        if (column < 0) continue
        stage.telegram.press(stage.botId, kate.id, message, row, column)
        return look()
      }
    throw new Error(`There is no button ${label}`)
  }
  stage.telegram.sendText(stage.botId, kate.id, '/segments')
  await look()
  for (const label of [
    '💎 Valuable',
    'Anna',
    '‹ Back',
    '‹ Back',
    'Nails',
    'All services',
    '⏰ May',
    '1. Anna',
    '‹ Back',
  ])
    await press(label)
  for (const label of ['‹ Back', '↗ Moved', '↘ Slipped', '‹ Back', 'How we count']) await press(label)
  expect(seen.join('\n')).not.toMatch(/[а-яё]/i)
  expect(seen[0]).toContain('💎 Valuable: 20 (20%), 60% of the money, +3')
  expect(seen[2]).toContain(
    '💎 “Valuable”: comes often, pays much; last visit 9 days ago, usually every 36 days',
  )
  expect(seen).toHaveLength(15)
})
