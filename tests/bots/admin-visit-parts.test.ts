/** Line, service, amount, master and date of a visit, and visitors who are not known yet. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createStage, ira, kate, salon, type Stage } from './admin-chat.ts'
import { addClient } from './admin-desk.ts'

const named = (id: string, ru: string, en: string) => ({ id, name: { ru, en } })
const priced = {
  ...salon,
  lines: [
    {
      ...named('nails', 'Ногти', 'Nails'),
      services: [
        { ...named('manicure', 'Маникюр', 'Manicure'), priceKopecks: 130_000 },
        { ...named('pedicure', 'Педикюр', 'Pedicure'), priceKopecks: 240_000 },
      ],
    },
    {
      ...named('hair', 'Волосы', 'Hair'),
      services: Array.from({ length: 12 }, (_, index) => ({
        ...named(`cut${index + 1}`, `Стрижка ${index + 1}`, `Cut ${index + 1}`),
        priceKopecks: 190_050,
      })),
    },
  ],
  masters: [
    { ...named('olga', 'Ольга', 'Olga'), lines: ['nails'] },
    { ...named('dasha', 'Даша', 'Dasha'), lines: ['nails'] },
    { ...named('inna', 'Инна', 'Inna'), lines: ['hair'] },
  ],
}

let stage: Stage
beforeAll(async () => {
  stage = await createStage({ salon: priced })
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  await stage.hire(ira, 'admin')
})
afterAll(() => stage.close())

const theVisit = () => stage.database.prisma.visit.findFirstOrThrow()

/** Anna was here: nails. */
const recorded = `
    person> /visit анна
    bot: По запросу «анна» нашёлся 1 человек
      ...
    person> [Анна · ✈️ · 10 нояб.]
    edit: Анна: что делали?
      ...
    person> [Ногти]
    edit: ✓ Записали: Анна, ногти
      ...`

describe('as it most likely was', () => {
  test('and each part of it two taps from another: never more than four from the card', async () => {
    await addClient(stage, { name: 'Анна', master: 'dasha' })
    const script = `
      person> анна
      bot: По запросу «анна» нашёлся 1 человек
        ...
      person> [Анна · ✈️ · 10 нояб.]
      edit: Анна
        ...
      person> [✓ Отметить визит]
      edit: Анна: что делали?
        ...
      person> [Ногти]
      edit: ✓ Записали: Анна, ногти
        маникюр · 1 300 ₽ · Даша · сегодня в 12:00
        Через 3 часа спросим, как всё прошло.
        [✎ Маникюр]
        [✎ Даша]
        [✎ 1 300 ₽] [✎ сегодня]
        [Отменить] [Карточка]
        [✓ Ещё визит] [☰ Меню]
      person> [✎ Маникюр]
      edit: Анна: что делали?
        [✓ Маникюр · 1 300 ₽]
        [Педикюр · 2 400 ₽]
        [Другое направление]
        [‹ Назад]
      person> [Педикюр · 2 400 ₽]
      edit: ✓ Поправили: Анна, ногти
        педикюр · 2 400 ₽ · Даша · сегодня в 12:00
        Через 3 часа спросим, как всё прошло.
        ...
      `
    await stage.chat(ira, script)
    const [, fromTheCard = ''] = script.split('edit: Анна\n')
    expect(fromTheCard.match(/person> \[/g)).toHaveLength(4)
    expect(await theVisit()).toMatchObject({
      line: 'nails',
      service: 'pedicure',
      kopecks: 240_000n,
      master: 'dasha',
      at: new Date(Date.UTC(2026, 10, 20, 9)),
    })
    expect(stage.prompts().length).toBeGreaterThan(0)
    expect(await stage.database.prisma.prompt.count()).toBe(1)
  })

  test('the next one as the last: two taps, and the card tells of both', async () => {
    await addClient(stage, { name: 'Анна' })
    await stage.chat(
      ira,
      `${recorded}
    person> [✎ Кто делал?]
    edit: Анна: кто делал?
      [Ольга]
      [Даша]
      [✓ Не указывать]
      [‹ Назад]
    person> [Ольга]
    edit: ✓ Поправили: Анна, ногти
      ...
    person> [✎ сегодня]
    edit: Анна: когда это было? Нажмите или напишите дату, например 17.04
      [✓ сегодня]
      [вчера]
      [позавчера]
      [‹ Назад]
    person> [вчера]
    edit: ✓ Поправили: Анна, ногти
      маникюр · 1 300 ₽ · Ольга · вчера
      Через 3 часа спросим, как всё прошло.
      ...
    person> [✓ Ещё визит]
    edit: Кто у нас был? Напишите имя или любые цифры телефона.
      ...
    person> анна
    bot: По запросу «анна» нашёлся 1 человек
      ...
    person> [Анна · ✈️ · 10 нояб.]
    edit: Анна: что делали?
      🗓 Визиты:
      • вчера: маникюр, 1 300 ₽, Ольга
      ...
    person> [Ногти]
    edit: ✓ Записали: Анна, ногти
      маникюр · 1 300 ₽ · Ольга · сегодня в 12:00
      Спрашивать не будем: недавно уже спрашивали.
      ...
    person> [Карточка]
    edit: Анна

      📞 Телефон пока не оставлен
      💬 Telegram: можно писать

      🗓 Визиты:
      • сегодня в 12:00: маникюр, 1 300 ₽, Ольга
      • вчера: маникюр, 1 300 ₽, Ольга
      ...
    `,
    )
  })

  test('another line brings its own service, price and master, and a long list has pages', async () => {
    await addClient(stage, { name: 'Анна' })
    await stage.chat(
      ira,
      `${recorded}
    person> [✎ Маникюр]
    edit: Анна: что делали?
      ...
    person> [Другое направление]
    edit: Анна: какое направление?
      [✓ Ногти]
      [Волосы]
      [‹ Назад]
    person> [Волосы]
    edit: ✓ Поправили: Анна, волосы
      стрижка 1 · 1 900,50 ₽ · Инна · сегодня в 12:00
      ...
    person> [✎ Стрижка 1]
    edit: Анна: что делали?
      ...
    person> [›]
    edit: Анна: что делали?
      [Стрижка 11 · 1 900,50 ₽]
      [Стрижка 12 · 1 900,50 ₽]
      [‹] [2 из 2]
      [Другое направление]
      [‹ Назад]
    person> [Стрижка 12 · 1 900,50 ₽]
    edit: ✓ Поправили: Анна, волосы
      стрижка 12 · 1 900,50 ₽ · Инна · сегодня в 12:00
      ...
    `,
    )
    expect(await theVisit()).toMatchObject({ line: 'hair', service: 'cut12' })
  })
})

describe('typed', () => {
  beforeEach(() => addClient(stage, { name: 'Анна' }))

  test('an amount, and what can’t be one is asked again', async () => {
    await stage.chat(
      ira,
      `${recorded}
    person> [✎ 1 300 ₽]
    edit: Анна: сколько заплатили? Нажмите или напишите сумму, например 1500 или 1 500,50
      [✓ 1 300 ₽]
      [0 ₽]
      [Не знаю]
      [‹ Назад]
    person> 15оо
    bot: Не получилось прочитать сумму. Напишите её цифрами, не больше десяти миллионов.
      Анна: сколько заплатили? Нажмите или напишите сумму, например 1500 или 1 500,50
      ...
    person> 1 500,50
    bot: ✓ Поправили: Анна, ногти
      маникюр · 1 500,50 ₽ · сегодня в 12:00
      ...
    person> [✎ 1 500,50 ₽]
    edit: Анна: сколько заплатили? Нажмите или напишите сумму, например 1500 или 1 500,50
      [1 300 ₽]
      [✓ 1 500,50 ₽]
      ...
    person> [Не знаю]
    edit: ✓ Поправили: Анна, ногти
      маникюр · сегодня в 12:00
      ...
    `,
    )
    expect(await theVisit()).toMatchObject({ kopecks: null })
  })

  test('a date, and what can’t be one is asked again; long ago asks nobody anything', async () => {
    await stage.chat(
      ira,
      `${recorded}
    person> [✎ сегодня]
    edit: Анна: когда это было? Нажмите или напишите дату, например 17.04
      ...
    person> 31.02
    bot: Такого дня нет, проверьте дату.
      Анна: когда это было? Нажмите или напишите дату, например 17.04
      ...
    person> 21.11.2026
    bot: Этот день ещё не наступил.
      ...
    person> 1234567
    bot: Не получилось прочитать дату.
      ...
    person> 17.04
    bot: ✓ Поправили: Анна, ногти
      маникюр · 1 300 ₽ · 17 апр.
      Спрашивать, как всё прошло, не будем: визит был давно.
      [✎ Маникюр]
      [✎ Кто делал?]
      [✎ 1 300 ₽] [✎ 17 апр.]
      ...
    `,
    )
    expect(await theVisit()).toMatchObject({ at: new Date(Date.UTC(2026, 3, 17, 9)), timeKnown: false })
    expect(await stage.database.prisma.prompt.findMany()).toMatchObject([{ state: 'cancelled' }])
  })

  test('a name is the next customer’s, and after something else digits are a search again', async () => {
    await stage.chat(
      ira,
      `${recorded}
    person> [✎ 1 300 ₽]
    edit: Анна: сколько заплатили? Нажмите или напишите сумму, например 1500 или 1 500,50
      ...
    person> борис
    bot: По запросу «борис» никого не нашлось
      ...
    person> 1500
    bot: По запросу «1500» никого не нашлось
      ...
    `,
    )
    expect(await theVisit()).toMatchObject({ kopecks: 130_000n })
  })

  test('what was asked is known after a restart: it stands in the database', async () => {
    await stage.chat(
      ira,
      `${recorded}
    person> [✎ 1 300 ₽]
    edit: Анна: сколько заплатили? Нажмите или напишите сумму, например 1500 или 1 500,50
      ...`,
    )
    const { id, clientId } = await theVisit()
    expect(await stage.database.prisma.staff.findFirst()).toMatchObject({
      asked: `change:${clientId}:${id}:amount`,
    })
  })

  test('an amount that is delivered twice is one amount', async () => {
    await stage.chat(
      ira,
      `${recorded}
    person> [✎ 1 300 ₽]
    edit: Анна: сколько заплатили? Нажмите или напишите сумму, например 1500 или 1 500,50
      ...`,
    )
    stage.telegram.faults.duplicate(2)
    stage.telegram.sendText(stage.botId, ira.id, '900')
    await stage.settled()
    expect(await theVisit()).toMatchObject({ kopecks: 90_000n })
    expect(stage.logged.filter((line) => line['event'] === 'admin.failed')).toEqual([])
  })
})

describe('for ten minutes', () => {
  beforeEach(() => addClient(stage, { name: 'Анна' }))

  test('another admin can correct it, too, and the second of two takes nothing back from the first', async () => {
    await stage.hire(kate, 'admin')
    await stage.chat(ira, recorded)
    await stage.chat(
      kate,
      `
      person> /visit анна
      bot: “анна”: 1 person found
        ...
      person> [Анна · ✈️ · Nov 10]
      edit: Анна: what was it today?
        🗓 Visits:
        • today at 12:00 PM: manicure, ₽1,300
        ...
      person> [Nails]
      edit: ✓ Recorded already: Анна, nails
        manicure · ₽1,300 · today at 12:00 PM
        In 3 hours we'll ask how it was.
        [✎ Manicure]
        [✎ By whom?]
        [✎ ₽1,300] [✎ today]
        ...
      person> [✎ By whom?]
      edit: Анна: who did it?
        ...
      person> [Olga]
      edit: ✓ Corrected: Анна, nails
        manicure · ₽1,300 · Olga · today at 12:00 PM
        ...
      `,
    )
    await stage.chat(
      ira,
      `
      person> [✎ Маникюр]
      edit: Анна: что делали?
        ...
      person> [‹ Назад]
      edit: Записано: Анна, ногти
        маникюр · 1 300 ₽ · Ольга · сегодня в 12:00
        ...
      `,
    )
  })

  test('afterwards it stays as it is', async () => {
    await stage.chat(ira, `${recorded}\n    person> [✎ Маникюр]\n    edit: Анна: что делали?\n      ...`)
    stage.pass(10 * 60_000)
    await stage.chat(
      ira,
      `
      person> [Педикюр · 2 400 ₽]
      toast: Прошло больше десяти минут, поправить уже нельзя
      edit: Анна
        ...
      `,
    )
    expect(await theVisit()).toMatchObject({ service: 'manicure' })
  })

  test('a service that the settings no longer have is not taken', async () => {
    await stage.chat(ira, `${recorded}\n    person> [✎ Маникюр]\n    edit: Анна: что делали?\n      ...`)
    const services = priced.lines[0]?.services ?? []
    const gone = services.pop()
    try {
      await stage.chat(
        ira,
        `
        person> [Педикюр · 2 400 ₽]
        edit: Записано: Анна, ногти
          маникюр · 1 300 ₽ · сегодня в 12:00
          ...
        `,
      )
    } finally {
      if (gone) services.push(gone)
    }
    expect(await theVisit()).toMatchObject({ service: 'manicure' })
  })
})

describe('somebody who is not known yet', () => {
  const asking = `
    person> /visit мария
    bot: По запросу «мария» никого не нашлось

      Попробуйте часть имени или последние 4 цифры телефона.
      [➕ Новый клиент]
      [🔎 Искать другое] [☰ Меню]
    person> [➕ Новый клиент]
    edit: Как зовут нового клиента и какой у него телефон? Напишите одним сообщением, например: Мария 8 916 123-45-67
      [‹ Назад] [☰ Меню]`

  test('is written down with name and phone, and comes', async () => {
    await stage.chat(
      ira,
      `${asking}
    person> Мария
    bot: Нужен и телефон: по нему клиента узнает бот.
      Как зовут нового клиента и какой у него телефон? Напишите одним сообщением, например: Мария 8 916 123-45-67
      ...
    person> Мария Петрова 8 916 123-45-67
    bot: Добавили нового клиента

      Мария Петрова: что делали?
      [Ногти]
      [Волосы]
      [‹ Назад]
    person> [Ногти]
    edit: ✓ Записали: Мария Петрова, ногти
      маникюр · 1 300 ₽ · сегодня в 12:00
      Спросить не получится: в боте ещё не знакомились.
      ...
    person> [Карточка]
    edit: Мария Петрова
      📒 Из ваших записей: в боте пока не знакомились, писать некуда

      📞 +7 916 123 45 67 (из ваших записей)

      🗓 Визиты:
      • сегодня в 12:00: маникюр, 1 300 ₽
      ...
    person> 4567
    bot: По запросу «4567» нашёлся 1 человек
      ...
    `,
    )
    expect(stage.prompts()).toEqual([])
  })

  test('and is found when the phone is known already', async () => {
    await addClient(stage, { name: 'Маша', confirmedPhone: '+79161234567', phone: '+79161234567' })
    await stage.chat(
      ira,
      `${asking}
    person> Мария 8 916 123-45-67
    bot: Такой телефон уже есть, вот этот клиент

      Маша: что делали?
      ...
    `,
    )
  })

  test('goes again with the visit that is taken back', async () => {
    await stage.chat(
      ira,
      `${asking}
    person> Мария 8 916 123-45-67
    bot: Добавили нового клиента

      Мария: что делали?
      ...
    person> [Волосы]
    edit: ✓ Записали: Мария, волосы
      ...
    person> [Отменить]
    toast: Отменили, этого визита не было
    edit: Кто у нас был? Напишите имя или любые цифры телефона.
      [➕ Новый клиент] [☰ Меню]
    `,
    )
    expect(await stage.database.prisma.client.count()).toBe(0)
  })
})
