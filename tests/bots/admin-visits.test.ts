import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createStage, ira, kate, type Stage } from './admin-chat.ts'
import { addClient, addWalk, dayMs } from './admin-desk.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(() => stage.reset())
afterAll(() => stage.close())

const minuteMs = 60_000
const visits = () => stage.database.prisma.visit.findMany({ orderBy: { id: 'asc' } })
const states = async () =>
  (await stage.database.prisma.prompt.findMany({ orderBy: { id: 'asc' } })).map((row) => row.state)

/** The card of somebody called Anna, from a search. */
const openCard = `
    person> Анна
    bot: По запросу «Анна» нашёлся 1 человек
      ...
    person> [Анна · ✈️ · 10 нояб.]
    edit: Анна
      ...`

describe('from the card', () => {
  test('Anna was here, nails: two taps, and she will be asked', async () => {
    const { id: staffId } = await stage.hire(ira, 'admin')
    const clientId = await addClient(stage, { name: 'Анна', lines: ['nails'] })
    await stage.chat(
      ira,
      `${openCard}
    person> [✓ Отметить визит]
    edit: Анна: что делали?
      [Ногти]
      [Волосы]
      [‹ Назад]
    person> [Ногти]
    edit: ✓ Записали: Анна, ногти
      сегодня в 12:00
      Через 3 часа спросим, как всё прошло.
      [✎ Ногти]
      [✎ Сколько?] [✎ сегодня]
      [Отменить] [Карточка]
      [✓ Ещё визит] [☰ Меню]
    person> [Карточка]
    edit: Анна

      📞 Телефон пока не оставлен
      💬 Telegram: можно писать

      ✨ Интересно: Ногти

      🗓 Визиты:
      • сегодня в 12:00: ногти
      ...
    `,
    )
    expect(await visits()).toMatchObject([{ clientId: BigInt(clientId), line: 'nails', recordedBy: staffId }])
    const prompt = await stage.database.prisma.prompt.findFirstOrThrow()
    expect(stage.prompts()).toEqual([String(prompt.id)])
  })

  test('an English-speaking admin records it, too', async () => {
    await stage.hire(kate, 'admin')
    await addClient(stage, { name: 'Anna', lines: ['hair'] })
    await stage.chat(
      kate,
      `
      person> /visit anna
      bot: “anna”: 1 person found

        Press a name to record the visit.
        [Anna · ✈️ · Nov 10]
        [➕ New client]
        [🔎 Search again] [☰ Menu]
      person> [Anna · ✈️ · Nov 10]
      edit: Anna: what was it today?
        [Hair]
        [Nails]
        [‹ Back]
      person> [Hair]
      edit: ✓ Recorded: Anna, hair
        Maria · today at 12:00 PM
        In 3 hours we'll ask how it was.
        [✎ Hair]
        [✎ Maria]
        [✎ How much?] [✎ today]
        [Undo] [Card]
        [✓ Another visit] [☰ Menu]
      `,
    )
  })

  test('the way back leads to the card', async () => {
    await stage.hire(ira, 'admin')
    await addClient(stage, { name: 'Анна' })
    await stage.chat(
      ira,
      `${openCard}
    person> [✓ Отметить визит]
    edit: Анна: что делали?
      ...
    person> [‹ Назад]
    edit: Анна
      ...
    `,
    )
  })
})

describe('from the menu', () => {
  test('a name leads straight to the lines, and a slip of the finger is no matter', async () => {
    await stage.hire(ira, 'admin')
    await addClient(stage, { name: 'Анна' })
    await stage.chat(
      ira,
      `
      person> /menu
      bot: Клиенты салона
        ...
      person> [✓ Визит]
      edit: Кто у нас был? Напишите имя или любые цифры телефона.
        [➕ Новый клиент] [☰ Меню]
      person> Анар
      bot: По запросу «Анар» никого не нашлось

        Попробуйте часть имени или последние 4 цифры телефона.
        [➕ Новый клиент]
        [🔎 Искать другое] [☰ Меню]
      person> Анна
      bot: По запросу «Анна» нашёлся 1 человек

        Нажмите на имя, чтобы отметить визит.
        [Анна · ✈️ · 10 нояб.]
        [➕ Новый клиент]
        [🔎 Искать другое] [☰ Меню]
      person> [Анна · ✈️ · 10 нояб.]
      edit: Анна: что делали?
        ...
      person> [‹ Назад]
      edit: По запросу «Анна» нашёлся 1 человек
        ...
      person> [🔎 Искать другое]
      edit: Кто у нас был? Напишите имя или любые цифры телефона.
        ...
      person> Анна
      bot: По запросу «Анна» нашёлся 1 человек

        Нажмите на имя, чтобы отметить визит.
        ...
      `,
    )
  })

  test('after something else a typed name is a search again', async () => {
    await stage.hire(ira, 'admin')
    await addClient(stage, { name: 'Анна' })
    await stage.chat(
      ira,
      `
      person> /visit
      bot: Кто у нас был? Напишите имя или любые цифры телефона.
        ...
      person> [☰ Меню]
      edit: Клиенты салона
        ...
      person> Анна
      bot: По запросу «Анна» нашёлся 1 человек

        ✈️ Telegram, 💙 ВКонтакте. Нажмите на имя, чтобы открыть карточку.
        ...
      `,
    )
  })

  test('one customer after the other', async () => {
    await stage.hire(ira, 'admin')
    await addClient(stage, { name: 'Анна' })
    await addClient(stage, { name: 'Борис' })
    await stage.chat(
      ira,
      `
      person> /visit анна
      bot: По запросу «анна» нашёлся 1 человек
        ...
      person> [Анна · ✈️ · 10 нояб.]
      edit: Анна: что делали?
        ...
      person> [Ногти]
      edit: ✓ Записали: Анна, ногти
        сегодня в 12:00
        Через 3 часа спросим, как всё прошло.
        ...
      person> [✓ Ещё визит]
      edit: Кто у нас был? Напишите имя или любые цифры телефона.
        ...
      person> борис
      bot: По запросу «борис» нашёлся 1 человек
        ...
      person> [Борис · ✈️ · 10 нояб.]
      edit: Борис: что делали?
        ...
      person> [Волосы]
      edit: ✓ Записали: Борис, волосы
        Мария · сегодня в 12:00
        Через 3 часа спросим, как всё прошло.
        ...
      `,
    )
    expect(await visits()).toHaveLength(2)
  })
})

/** Searches, opens the lines, presses "nails". @param said what comes of it */
const record = (said: string, time = '12:00') => `
    person> /visit анна
    bot: По запросу «анна» нашёлся 1 человек
      ...
    person> [Анна · ✈️ · 10 нояб.]
    edit: Анна: что делали?
      ...
    person> [Ногти]
    edit: ✓ Записали: Анна, ногти
      сегодня в ${time}
      ${said}
      ...
    `

describe('what comes of it', () => {
  beforeEach(() => stage.hire(ira, 'admin'))

  test('who was asked lately is not asked', async () => {
    const id = await addClient(stage, { name: 'Анна' })
    await addWalk(stage, id, { name: 'survey', days: 20 })
    await stage.chat(ira, record('Спрашивать не будем: недавно уже спрашивали.'))
    expect(stage.prompts()).toEqual([])
  })

  test('who can’t be written to is not asked', async () => {
    await addClient(stage, { name: 'Анна' }, false)
    await stage.chat(ira, record('Спросить не получится: писать этому клиенту сейчас нельзя.'))
    expect(stage.prompts()).toEqual([])
  })

  test('who came late is asked in the morning', async () => {
    await addClient(stage, { name: 'Анна' })
    stage.pass(7 * 60 * minuteMs)
    await stage.chat(ira, record('Утром спросим, как всё прошло.', '19:00'))
    expect(stage.prompts()).toHaveLength(1)
  })

  test('a client who was forgotten meanwhile has no visits', async () => {
    const id = await addClient(stage, { name: 'Анна' })
    await stage.chat(ira, '\nperson> /visit анна\nbot: По запросу «анна» нашёлся 1 человек\n  ...')
    await stage.database.prisma.client.delete({ where: { id } })
    await stage.chat(
      ira,
      `
      person> [Анна · ✈️ · 10 нояб.]
      edit: Этой карточки больше нет: человек попросил забыть его.
        [☰ Меню]
      `,
    )
  })
})

describe('nothing is recorded twice, and nothing for good by mistake', () => {
  beforeEach(async () => {
    await stage.hire(ira, 'admin')
    await addClient(stage, { name: 'Анна', lines: ['nails'] })
  })

  test('for ten minutes a visit can be taken back, and recorded rightly', async () => {
    await stage.chat(
      ira,
      `${record('Через 3 часа спросим, как всё прошло.').trimEnd()}
    person> [Отменить]
    toast: Отменили, этого визита не было
    edit: Анна

      📞 Телефон пока не оставлен
      💬 Telegram: можно писать

      ✨ Интересно: Ногти

      📄 Согласие на обработку данных: есть, от 10 ноября 2026 г.
      ...
    person> [✓ Отметить визит]
    edit: Анна: что делали?
      ...
    person> [Волосы]
    edit: ✓ Записали: Анна, волосы
      Мария · сегодня в 12:00
      Через 3 часа спросим, как всё прошло.
      ...
    `,
    )
    expect((await visits()).map((visit) => visit.line)).toEqual(['hair'])
    expect(await states()).toEqual(['cancelled', 'waiting'])
  })

  test('later it stays', async () => {
    await stage.chat(ira, record('Через 3 часа спросим, как всё прошло.'))
    stage.pass(10 * minuteMs)
    await stage.chat(
      ira,
      `
      person> [Отменить]
      toast: Прошло больше десяти минут, отменить уже нельзя
      edit: Анна
        ...
      `,
    )
    expect(await visits()).toHaveLength(1)
    expect(await states()).toEqual(['waiting'])
  })

  test('a second tap and another admin’s tap are the same visit', async () => {
    await stage.hire(kate, 'admin')
    await stage.chat(
      ira,
      `${record('Через 3 часа спросим, как всё прошло.').trimEnd()}
    person> /visit анна
    bot: По запросу «анна» нашёлся 1 человек
      ...
    person> [Анна · ✈️ · 10 нояб.]
    edit: Анна: что делали?
      🗓 Визиты:
      • сегодня в 12:00: ногти
      ...
    person> [Ногти]
    edit: ✓ Уже записано: Анна, ногти
      сегодня в 12:00
      Через 3 часа спросим, как всё прошло.
      ...
    `,
    )
    await stage.chat(
      kate,
      `
      person> /visit анна
      bot: “анна”: 1 person found
        ...
      person> [Анна · ✈️ · Nov 10]
      edit: Анна: what was it today?
        ...
      person> [Nails]
      edit: ✓ Recorded already: Анна, nails
        today at 12:00 PM
        In 3 hours we'll ask how it was.
        ...
      `,
    )
    expect(await visits()).toHaveLength(1)
    expect(stage.prompts()).toHaveLength(1)
  })

  test('a press that is delivered twice records once, and one that comes back a day later nothing', async () => {
    await stage.chat(
      ira,
      `
      person> /visit анна
      bot: По запросу «анна» нашёлся 1 человек
        ...
      person> [Анна · ✈️ · 10 нояб.]
      edit: Анна: что делали?
        ...
      `,
    )
    stage.telegram.faults.duplicate(2)
    const shown = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    stage.telegram.press(stage.botId, ira.id, shown.id, 0, 0)
    await stage.settled()
    expect(await visits()).toHaveLength(1)
    expect(stage.prompts()).toHaveLength(1)
    expect(stage.logged.filter((line) => line['event'] === 'admin.failed')).toEqual([])

    const [key] = (await stage.database.prisma.seenUpdate.findMany()).map((row) => row.key)
    stage.pass(dayMs)
    const [visit] = await visits()
    const wish = { clientId: Number(visit?.clientId), line: 'nails', by: 1, updateKey: key ?? '' }
    expect(await stage.storages.visits.record({ ...wish, at: new Date() })).toEqual({
      ok: false,
      reason: 'repeated',
    })
    expect(await visits()).toHaveLength(1)
  })
})

test('a job that can’t be told of a prompt does not lose the visit', async () => {
  const broken = await createStage({ onPrompts: () => Promise.reject(new Error('no queue')) })
  try {
    broken.poll()
    await broken.hire(ira, 'admin')
    await addClient(broken, { name: 'Анна' })
    await broken.chat(ira, record('Через 3 часа спросим, как всё прошло.'))
    expect(broken.logged).toContainEqual({ event: 'admin.promptsUntold', prompts: 1, error: 'Error' })
  } finally {
    await broken.close()
  }
})
