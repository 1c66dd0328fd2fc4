/** What an owner reads of the answers. Every figure here is worked out by hand; the oracles of the formulas are in tests/domain. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createStage, ira, kate, olga, type Stage } from './admin-chat.ts'
import { addClient, addWalk } from './admin-desk.ts'
import { addScores, addSurveys, addWeek, times } from './admin-scores.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(() => stage.reset())
afterAll(() => stage.close())

describe('/nps', () => {
  test('tells of twelve weeks, four weeks, and each line, with the interval and the shares', async () => {
    await stage.hire(olga, 'owner')
    await addWeek(stage)
    // 26 promoters and 5 detractors of 33: (26 - 5) / 33 = 0.636; (26.75 - 5.75) / 36 = 0.583, variance 0.5625,
    // 1.96 * sqrt(0.5625 / 36) = 0.245. Four weeks: 9 and 5 of 16; before them 17 of 17.
    await addScores(stage, 'hair', times([17, 10]), { days: 60 })
    await stage.chat(
      olga,
      `
      person> /nps
      bot: Готовы ли вас рекомендовать

        За 12 недель: +64, ответили 33 человека (вероятно, от +34 до +83)
        9–10: 79 %, 7–8: 6 %, до 6: 15 %
        За 4 недели: +25, ответили 16 человек (вероятно, от −18 до +61)
        На 75 пунктов ниже, чем за восемь недель до этого: вряд ли случайно

        По направлениям, за 12 недель
        • Волосы: +100 (+70…+100) 👤20
        • Ногти: +8 (−37…+49) 👤13

        NPS — это доля тех, кто поставил 9 или 10, минус доля тех, кто поставил 6 и меньше: от −100 до +100. В скобках пределы, в которых он, вероятно, на самом деле.
        [📊 Сводка за неделю]
        [Все вопросы] [По группам]
        [Как отвечают] [☰ Меню]
      person> [📊 Сводка за неделю]
      bot: Неделя 9–15 ноября
        ...
      `,
    )
  })

  test('of few says no figure', async () => {
    await stage.hire(olga, 'owner')
    await addScores(stage, 'nails', times([9, 10]))
    await stage.chat(
      olga,
      `
      person> /nps
      bot: Готовы ли вас рекомендовать

        За 12 недель: оценку поставили всего 9 человек, о цифре говорить рано
        За 4 недели: оценку поставили всего 9 человек, о цифре говорить рано
        Сравнить пока не с чем: за восемь недель до этого мало ответов

        По направлениям, за 12 недель
        • Волосы: ответов нет
        • Ногти: мало ответов (9)
        ...
      `,
    )
  })

  test('of nobody says that', async () => {
    await stage.hire(olga, 'owner')
    await stage.chat(
      olga,
      `
      person> /nps
      bot: Готовы ли вас рекомендовать

        За 12 недель: пока никто не поставил оценку
        За 4 недели: пока никто не поставил оценку
        Сравнить пока не с чем: за восемь недель до этого мало ответов

        По направлениям, за 12 недель
        • Волосы: ответов нет
        • Ногти: ответов нет
        ...
      person> [Все вопросы]
      edit: Ответы на вопросы, за всё время

        Число на кнопке — сколько человек ответили.
        [Постоянный клиент · 0]
        ...
      person> [Постоянный клиент · 0]
      edit: Вы считаете себя нашим постоянным клиентом?
        Ответили 0 человек

        ответов пока нет
        [‹ Назад]
      person> [‹ Назад]
      edit: Ответы на вопросы, за всё время
        ...
      person> [Как отвечают]
      edit: Как отвечают, за всё время

        Начали 0 (кто-то сам, без приглашения), дошли до конца 0
        [‹ Назад]
      person> [‹ Назад]
      edit: Ответы на вопросы, за всё время
        ...
      person> [По группам]
      edit: По группам клиентов
        ...
      person> [Пол]
      edit: Пол

        Оценок пока нет.
        [‹ Назад]
      `,
    )
  })
})

describe('only for owners', () => {
  test('an admin is led back to the menu', async () => {
    await stage.hire(ira, 'admin')
    await addWeek(stage)
    const menu = `bot: Это может только владелец

        Клиенты салона
        ...`
    await stage.chat(
      ira,
      `
      person> /nps
      ${menu}
      person> /digest
      ${menu}
      person> /digest 16.11
      ${menu}
      `,
    )
    expect(stage.telegram.chat(stage.botId, ira.id).messages.at(-1)?.buttons.flat()).not.toContainEqual(
      expect.objectContaining({ label: '📊 Сводка' }),
    )
  })

  test('whoever is no owner any more can’t press on', async () => {
    await stage.hire(olga, 'owner')
    await addWeek(stage)
    await stage.chat(olga, '\nperson> /nps\nbot: Готовы ли вас рекомендовать\n  ...')
    await stage.database.prisma.staff.updateMany({ data: { role: 'admin' } })
    for (const button of ['📊 Сводка за неделю', 'Все вопросы', 'По группам', 'Как отвечают']) {
      await stage.chat(
        olga,
        `
        person> [${button}]
        toast: Это может только владелец
        edit: Клиенты салона
          ...
        `,
      )
      await stage.database.prisma.staff.updateMany({ data: { role: 'owner' } })
      await stage.chat(olga, '\nperson> /nps\nbot: Готовы ли вас рекомендовать\n  ...')
      await stage.database.prisma.staff.updateMany({ data: { role: 'admin' } })
    }
  })

  test('the commands stand in the owner’s list only', async () => {
    await stage.hire(olga, 'owner')
    await stage.hire(ira, 'admin')
    const commandsOf = (id: number) =>
      stage.telegram.chat(stage.botId, id).commands.map(({ command }) => command)
    for (const person of [olga, ira]) await stage.chat(person, '\nperson> /start\nbot: Клиенты салона\n  ...')
    await expect.poll(() => commandsOf(ira.id)).toContain('visit')
    expect(commandsOf(ira.id)).not.toContain('digest')
    await expect.poll(() => commandsOf(olga.id)).toContain('digest')
    expect(commandsOf(olga.id)).toContain('nps')
  })

  test('the menu and the help lead the owner there', async () => {
    await stage.hire(olga, 'owner')
    await stage.chat(
      olga,
      `
      person> /help
      bot: Я рассказываю о клиентах салона.
        ...

        Вы владелец. Сводка за неделю приходит сама, а по /digest — когда угодно; /nps — готовы ли вас рекомендовать и что отвечают в опросе. В разделе «Сотрудники» (/staff) можно пригласить администратора и закрыть доступ тому, кто больше не работает.
        ...
      person> [☰ Меню]
      edit: Клиенты салона
        ...
      person> [📊 Сводка]
      bot: Неделя 9–15 ноября
        ...
      `,
    )
  })
})

/** One walk through the survey. Lines and factors stand by their ids. */
const scale7 = { scale: { from: 1, to: 7 } }
const scale10 = { scale: { from: 1, to: 10 } }

describe('the results of a question', () => {
  beforeEach(() => stage.hire(olga, 'owner'))

  /** From /nps to the question with this label. */
  const open = (label: string, then: string, page = '') => `
      person> /nps
      bot: Готовы ли вас рекомендовать
        ...
      person> [Все вопросы]
      edit: Ответы на вопросы, за всё время
        ...${
          page === ''
            ? ''
            : `
      person> [${page}]
      edit: Ответы на вопросы, за всё время
        ...`
        }
      person> [${label}]
      ${then.trim()}
      `

  test('yes or no: 3 of 4, and one who passed it over', async () => {
    const yes = { regular: { value: true } }
    await addSurveys(stage, [yes, yes, yes, { regular: { value: false } }, { regular: { skipped: true } }])
    await stage.chat(
      olga,
      open(
        'Постоянный клиент · 4',
        `
      edit: Вы считаете себя нашим постоянным клиентом?
        Ответили 4 человека, пропустил 1

        ▰▰▰▰▱ 75 % Да (3)
        ▰▱▱▱▱ 25 % Пока нет (1)
        [‹ Назад]`,
      ),
    )
  })

  test('a grid of options', async () => {
    const often = (nails: string, hair: string) => ({ frequency: { value: { nails, hair } } })
    await addSurveys(stage, [often('monthly', 'never'), often('monthly', 'never'), often('never', 'every2m')])
    await stage.chat(
      olga,
      open(
        'Как часто · 3',
        `
      edit: Как часто вы пользуетесь нашими услугами?
        Ответили 3 человека

        Волосы, 3 чел.
        ▰▰▰▱▱ 67 % Никогда (2)
        ▱▱▱▱▱ 0 % Раз в год и реже (0)
        ▱▱▱▱▱ 0 % 1–2 раза в год (0)
        ▱▱▱▱▱ 0 % 3–4 раза в год (0)
        ▰▰▱▱▱ 33 % Раз в два месяца (1)
        ▱▱▱▱▱ 0 % Каждый месяц (0)

        Ногти, 3 чел.
        ▰▰▱▱▱ 33 % Никогда (1)
        ...`,
      ),
    )
  })

  test('a grid of numbers: mean, median, the two highest, how they are spread, and who can’t say', async () => {
    // Nails 7, 7, 6, 2: mean 5.5, median 6.5, 3 of 4 gave 6 or 7.
    const liked = (...all: (number | null)[]) =>
      all.map((nails) => ({ satisfaction: { value: { nails }, ...scale7 } }))
    await addSurveys(stage, liked(7, 7, 6, 2, null))
    await stage.chat(
      olga,
      open(
        'Качество обслуживания · 5',
        `
      edit: Насколько вам нравится, как у нас работают?
        Ответили 5 человек

        Волосы
        ответов пока нет

        Ногти, 4 чел.
        среднее 5,5, медиана 6,5, 6–7: 75 %
        1 ▁▄▁▁▁▄▇ 7
        не смог оценить 1
        [‹ Назад]`,
      ),
    )
  })

  test('importance says where to begin: what matters and is complained of', async () => {
    const matters = { master: 7, price: 4, quality: 6, location: 1 }
    await addSurveys(stage, [{ importance: { value: matters, ...scale7 } }], { days: 200 })
    // Of four who gave less than a 9 and named something, 3 named the price and 2 the master.
    const says = [['price'], ['price', 'master'], ['price'], ['master']]
    await addScores(stage, 'nails', times([4, 7]), { says })
    await stage.chat(
      olga,
      open(
        'Что важно · 1',
        `
      edit: Насколько это важно, когда вы выбираете салон?
        Ответил 1 человек

        Мастер, 1 чел.
        среднее 7,0, медиана 7, 6–7: 100 %
        1 ▁▁▁▁▁▁▇ 7
        ...

        С чего начать: важно и хромает
        1. Мастер: важность 7,0, недовольны 2 человека
        2. Цена: важность 4,0, недовольны 3 человека
        [‹ Назад]`,
      ),
    )
  })

  test('retention says what to take care of', async () => {
    // Risk = importance x readiness to leave, both from 0 to 1: quality 1 x 1, master 1 x 0.5, location 0 x 1.
    await addSurveys(stage, [
      {
        importance: { value: { quality: 7, master: 7, location: 1 }, ...scale7 },
        retention: { value: { quality: 1, master: 4, location: 1 }, ...scale7 },
      },
    ])
    await stage.chat(
      olga,
      open(
        'Останется, если изменится · 1',
        `
      edit: А если у нас это изменится не к лучшему, останетесь с нами?
        Ответил 1 человек
        ...

        Что беречь: важно, и без этого уйдут
        1. Качество работы: важность 7,0, останутся 1,0
        2. Мастер: важность 7,0, останутся 4,0
        3. Удобное место: важность 1,0, останутся 1,0
        [‹ Назад]`,
      ),
    )
  })

  test('texts: the latest twelve, each on one line, and how many more there are', async () => {
    const wishes = Array.from({ length: 13 }, (_, index) => ({
      suggestions: { value: `Идея\n${index + 1}` },
    }))
    await addSurveys(stage, [...wishes, { suggestions: { value: '🙂'.repeat(150) } }])
    await addSurveys(stage, [{ suggestions: { value: 'Самая новая' } }], { days: 1 })
    await stage.chat(
      olga,
      open(
        'Пожелания · 15',
        `
      edit: Что нам сделать лучше?
        Ответили 15 человек

        • Самая новая
        • Идея 1
        ...
        • Идея 11

        И ещё 3: все есть в выгрузке, раздел «Опрос»
        [‹ Назад]
      person> [‹ Назад]
      edit: Ответы на вопросы, за всё время

        Число на кнопке — сколько человек ответили.
        [Пожелания · 15]
        ...`,
        '›',
      ),
    )
  })

  test('a scale: each point, its ends in words', async () => {
    await addSurveys(
      stage,
      [1, 4, 4, 7].map((value) => ({ income: { value, ...scale7 } })),
    )
    await stage.chat(
      olga,
      open(
        'Доход · 4',
        `
      edit: Как вы сами оцениваете свой доход?
        Ответили 4 человека

        7 ▰▱▱▱▱ 25 % (1), очень высокий
        6 ▱▱▱▱▱ 0 % (0)
        5 ▱▱▱▱▱ 0 % (0)
        4 ▰▰▰▱▱ 50 % (2)
        3 ▱▱▱▱▱ 0 % (0)
        2 ▱▱▱▱▱ 0 % (0)
        1 ▰▱▱▱▱ 25 % (1), очень низкий
        среднее 4,0, медиана 4, 6–7: 25 %
        [‹ Назад]`,
        '›',
      ),
    )
  })
})

describe('the way through the survey', () => {
  test('tells the survey from the short form, and where people stop', async () => {
    await stage.hire(olga, 'owner')
    const [first] = await addSurveys(
      stage,
      [{ regular: { value: true }, card: { value: true } }, { regular: { value: true } }],
      { minutes: 4, status: 'stopped' },
    )
    await addSurveys(stage, [{ regular: { value: true } }, { regular: { skipped: true } }], { minutes: 6 })
    await addWalk(stage, first!, { name: 'invite', days: 8, answers: { when: { value: 'now' } } })
    const silent = await addClient(stage, { name: 'Молчунья' })
    await addWalk(stage, silent, { name: 'invite', days: 8 })
    await addScores(stage, 'nails', times([3, 9]))
    await stage.chat(
      olga,
      `
      person> /nps
      bot: Готовы ли вас рекомендовать
        ...
      person> [Как отвечают]
      edit: Как отвечают, за всё время

        Позвали в опрос 2, ответили 1 (50 %)
        Начали 4 (кто-то сам, без приглашения), дошли до конца 2
        Весь опрос обычно занимает 6 минут
        После визита спросили 3, ответили 3 (100 %)

        Дошли до вопроса (остановились на нём)
        4 · Постоянный клиент
        2 (−1) · Карта клиента
        1 (−1) · Сколько ходит
        0 · Как часто
        ...

        О том, что уже знаем, не спрашиваем: там числа меньше.
        [‹ Назад]
      person> [‹ Назад]
      edit: Ответы на вопросы, за всё время
        ...
      `,
    )
  })
})

describe('groups', () => {
  /** 9 promoters and 3 detractors of 12: (9.75 - 3.75) / 15 = 0.4; variance 13.5 / 15 - 0.16 = 0.74; 1.96 * sqrt(0.74 / 15) = 0.435. */
  const told = (sex: string | undefined, nails: number) => ({
    ...(sex === undefined ? {} : { sex: { value: sex } }),
    recommend: { value: { nails }, ...scale10 },
    satisfaction: { value: { nails: nails > 6 ? 7 : 3 }, ...scale7 },
  })

  test('of ten and more have a figure, smaller ones words, and under five nothing', async () => {
    await stage.hire(olga, 'owner')
    await addSurveys(stage, [
      ...times([9, 10], [3, 5]).map((score) => told('female', score)),
      ...times([6, 9]).map((score) => told('male', score)),
      ...times([5, 9]).map((score) => told(undefined, score)),
    ])
    await stage.chat(
      olga,
      `
      person> /nps
      bot: Готовы ли вас рекомендовать
        ...
      person> [По группам]
      edit: По группам клиентов

        Что сравнить? Группы меньше пяти человек не показываем, чтобы никого нельзя было узнать.
        [Пол]
        ...
      person> [Пол]
      edit: Пол

        Женский, 12 человек
        NPS: +50 (−4…+84), 12 чел.
        качество 6,0 из 7

        Мужской, 6 человек
        NPS: мало ответов (6)
        качество 7,0 из 7

        Не сказали, 5 человек
        NPS: мало ответов (5)
        качество 7,0 из 7
        [‹ Назад]
      `,
    )
  })

  test('that are small are hidden, and so is another one from which they could be worked out', async () => {
    await stage.hire(olga, 'owner')
    await addSurveys(stage, [
      ...times([12, 10]).map((score) => told('female', score)),
      ...times([4, 1]).map((score) => told('male', score)),
      ...times([6, 9]).map((score) => told(undefined, score)),
    ])
    await stage.chat(
      olga,
      `
      person> /nps
      bot: Готовы ли вас рекомендовать
        ...
      person> [По группам]
      edit: По группам клиентов
        ...
      person> [Пол]
      edit: Пол

        Женский, 12 человек
        NPS: +100 (+54…+100), 12 чел.
        качество 7,0 из 7

        Маленькие группы не показаны, чтобы никого нельзя было узнать.
        [‹ Назад]
      `,
    )
  })
})

test('in English all of it is English', async () => {
  await stage.hire(kate, 'owner')
  await addScores(stage, 'nails', times([6, 10], [2, 8], [5, 5]))
  await addSurveys(stage, [{ regular: { value: true }, satisfaction: { value: { nails: 7 }, ...scale7 } }])
  const seen: string[] = []
  const press = async (label: string) => {
    const { messages } = stage.telegram.chat(stage.botId, kate.id)
    for (const { id, buttons } of messages.toReversed())
      for (const [row, all] of buttons.entries()) {
        const column = all.findIndex((one) => one.label.startsWith(label))
        if (column < 0) continue
        stage.telegram.press(stage.botId, kate.id, id, row, column)
        await stage.settled()
        return void seen.push(stage.seenBy(kate))
      }
    throw new Error(`There is no button ${label}`)
  }
  for (const command of ['/digest', '/digest nonsense', '/digest 1.1.2030', '/nps', '/digest']) {
    stage.telegram.sendText(stage.botId, kate.id, command)
    await stage.settled()
    seen.push(stage.seenBy(kate))
  }
  for (const label of ['By service', '📈 NPS', 'All questions', 'Quality', '‹ Back', 'Regular', '‹ Back'])
    await press(label)
  for (const label of ['Funnel', '‹ Back', 'By group', 'Sex', '‹ Back', '‹ Back']) await press(label)
  for (const label of ['💬 Quotes', '👍 What']) await press(label)
  expect(seen.join('\n')).not.toMatch(/[а-яё]/i)
  expect(seen[0]).toContain('NPS +8, 13 people answered (probably −37 to +49)')
  expect(seen).toHaveLength(20)
})
