import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createStage, ira, kate, nowMs, type Stage } from './admin-chat.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(() => stage.reset())
afterAll(() => stage.close())

const dayMs = 24 * 60 * 60 * 1000

async function addClient(name: string, daysAgo: number, rest: Record<string, unknown> = {}): Promise<number> {
  const createdAt = new Date(nowMs - daysAgo * dayMs)
  const data = { name, createdAt, personalDataConsentAt: createdAt, onboardedAt: createdAt, ...rest }
  const { id } = await stage.database.prisma.client.create({ data })
  return Number(id)
}

async function addAnna(): Promise<number> {
  const { prisma } = stage.database
  const id = await addClient('Анна <b>Петрова</b>', 2, {
    phone: '+79161234567',
    confirmedPhone: '+79161234567',
    birthDay: 29,
    birthMonth: 2,
    birthYear: 1996,
    lines: ['hair', 'nails', 'gone'],
    master: 'maria',
    convenientTimes: ['evening', 'weekend'],
    heardFrom: 'friends',
    preferredPlatform: 'telegram',
  })
  const lastSeenAt = new Date(nowMs - 25 * 60 * 1000)
  const chat = { clientId: id, language: 'ru', lastSeenAt }
  await prisma.chat.createMany({
    data: [
      {
        ...chat,
        platform: 'telegram',
        externalId: 9001,
        source: 'spring',
        createdAt: new Date(nowMs - 2 * dayMs),
      },
      { ...chat, platform: 'vk', externalId: 9002, reachable: false, createdAt: new Date(nowMs - dayMs) },
    ],
  })
  await prisma.consentDocument.upsert({
    where: { hash: 'h' },
    create: { hash: 'h', purpose: 'personalData', language: 'ru', text: 't' },
    update: {},
  })
  const consent = {
    clientId: id,
    subject: 's',
    documentHash: 'h',
    platform: 'telegram',
    evidence: 'e',
  } as const
  const at = new Date(nowMs - 2 * dayMs)
  await prisma.consent.createMany({
    data: [
      { ...consent, purpose: 'personalData', granted: true, at },
      { ...consent, purpose: 'advertising', granted: true, at },
      { ...consent, purpose: 'advertising', granted: false, at: new Date(nowMs - dayMs) },
    ],
  })
  const evening = new Date(Date.UTC(2026, 10, 18, 16))
  await prisma.event.createMany({
    data: Array.from({ length: 6 }, (_, index) => ({
      clientId: id,
      at: evening,
      platform: 'telegram' as const,
      kind: 'answer',
      tookMs: 20_000 + index * 500,
    })),
  })
  return id
}

test('an admin opens a card from the list and goes back', async () => {
  await stage.hire(ira, 'admin')
  await addAnna()
  await addClient('Борис', 400)
  await stage.chat(
    ira,
    `
    person> /menu
    bot: Клиенты салона

      Новых за неделю: 1
      Всего: 2

      Чтобы найти человека, просто напишите имя или последние цифры телефона.
      [✓ Визит] [📝 Опрос]
      [📞 Кому позвонить] [💎 Сегменты]
      [🆕 Новые] [✉️ Предложения]
      [👥 Все клиенты] [🔎 Поиск]
      [🌐 Язык] [❓ Помощь]
    person> [👥 Все клиенты]
    edit: 2 клиента, сначала новые

      ✈️ Telegram, 💙 ВКонтакте. Нажмите на имя, чтобы открыть карточку.
      [Анна <b>Петрова</b> · ✈️💙 · 18 нояб.]
      [Борис · 16 окт. 2025 г.]
      [☰ Меню]
    person> [Анна <b>Петрова</b> · ✈️💙 · 18 нояб.]
    edit: Анна <b>Петрова</b>

      📞 +7 916 123 45 67 (подтверждён)
      💬 Telegram: можно писать, удобнее здесь
      💬 ВКонтакте: писать нельзя, сообщения закрыты

      🎂 День рождения: 29 февраля 1996 г.
      ✨ Интересно: Волосы, Ногти, gone
      💇 Мастер: Мария
      🕐 Удобно: будни вечером, выходные
      📣 Откуда узнали о салоне: от друзей
      🔗 Пришли по ссылке: spring

      📄 Согласие на обработку данных: есть, от 18 ноября 2026 г.
      📄 Согласие на рекламу: отозвано 19 ноября 2026 г.

      Первый раз в боте: 18 ноября 2026 г.
      Обычно пишет вечером
      Отвечает примерно за 21 секунду
      Последний раз в боте: сегодня в 11:35
      [✓ Отметить визит]
      [📝 Пригласить в опрос]
      [↻ Обновить]
      [‹ Назад]
    person> [↻ Обновить]
    person> [‹ Назад]
    edit: 2 клиента, сначала новые
      ...
    `,
  )
})

test('an English-speaking admin reads the same card in English', async () => {
  await stage.hire(kate, 'admin')
  await addAnna()
  await stage.chat(
    kate,
    `
    person> 4567
    bot: “4567”: 1 person found

      ✈️ Telegram, 💙 VK. Press a name to open the card.
      [Анна <b>Петрова</b> · ✈️💙 · Nov 18]
      [🔎 Search again] [☰ Menu]
    person> [Анна <b>Петрова</b> · ✈️💙 · Nov 18]
    edit: Анна <b>Петрова</b>

      📞 +7 916 123 45 67 (confirmed)
      💬 Telegram: can be written to, preferred
      💬 VK: cannot be written to, messages are closed

      🎂 Birthday: February 29, 1996
      ✨ Interested in: Hair, Nails, gone
      💇 Specialist: Maria
      🕐 Convenient: weekday evenings, weekends
      📣 Heard of the salon from: friends
      🔗 Came by link: spring

      📄 Consent to personal data: given on November 18, 2026
      📄 Consent to advertising: withdrawn on November 19, 2026

      First time in the bot: November 18, 2026
      Usually writes in the evening
      Answers in about 21 seconds
      Last time in the bot: today at 11:35 AM
      [✓ Record a visit]
      [📝 Invite to the survey]
      [↻ Refresh]
      [‹ Back]
    `,
  )
})

test('a client who has only just agreed has a card that says so', async () => {
  await stage.hire(ira, 'admin')
  await addClient('Рита', 0, { name: null, onboardedAt: null })
  await stage.chat(
    ira,
    `
    person> /new
    bot: 1 новый клиент за неделю

      ✈️ Telegram, 💙 ВКонтакте. Нажмите на имя, чтобы открыть карточку.
      [Без имени · 20 нояб.]
      [☰ Меню]
    person> [Без имени · 20 нояб.]
    edit: Без имени
      Знакомится с ботом прямо сейчас или отложил анкету на потом

      📞 Телефон пока не оставлен

      📝 Пригласить в опрос нельзя: сообщения закрыты

      📄 Согласие на обработку данных: есть, от 20 ноября 2026 г.
      📄 Согласие на рекламу: не давали

      Первый раз в боте: сегодня в 12:00
      [✓ Отметить визит]
      [↻ Обновить]
      [‹ Назад]
    `,
  )
})

test('an invented client is marked as such, and has agreed to nothing', async () => {
  await stage.hire(ira, 'admin')
  await addClient('Полина Зимина', 1, { demo: true, phone: '+70001007919', lines: ['hair'] })
  await stage.chat(
    ira,
    `
    person> зимина
    bot: По запросу «зимина» нашёлся 1 человек

      ✈️ Telegram, 💙 ВКонтакте. Нажмите на имя, чтобы открыть карточку.
      [Полина Зимина · демо · 19 нояб.]
      [🔎 Искать другое] [☰ Меню]
    person> [Полина Зимина · демо · 19 нояб.]
    edit: Полина Зимина · демо

      📞 +7 000 100 79 19 (не подтверждён)

      ✨ Интересно: Волосы

      📄 Согласие на обработку данных: не давали
      📄 Согласие на рекламу: не давали

      Первый раз в боте: вчера в 12:00
      [✓ Отметить визит]
      [↻ Обновить]
      [‹ Назад]
    `,
  )
})

test('a long list is turned page by page, and old clients are not new', async () => {
  await stage.hire(ira, 'admin')
  for (let index = 1; index <= 17; index += 1) await addClient(`Клиент ${index}`, index - 0.9)
  await stage.chat(
    ira,
    `
    person> /clients
    bot: 17 клиентов, сначала новые

      ✈️ Telegram, 💙 ВКонтакте. Нажмите на имя, чтобы открыть карточку.
      [Клиент 1 · 20 нояб.]
      [Клиент 2 · 19 нояб.]
      [Клиент 3 · 18 нояб.]
      [Клиент 4 · 17 нояб.]
      [Клиент 5 · 16 нояб.]
      [Клиент 6 · 15 нояб.]
      [Клиент 7 · 14 нояб.]
      [Клиент 8 · 13 нояб.]
      [1 из 3] [›]
      [☰ Меню]
    person> [1 из 3]
    person> [›]
    edit: 17 клиентов, сначала новые

      ✈️ Telegram, 💙 ВКонтакте. Нажмите на имя, чтобы открыть карточку.
      [Клиент 9 · 12 нояб.]
      ...
    person> [›]
    edit: 17 клиентов, сначала новые

      ✈️ Telegram, 💙 ВКонтакте. Нажмите на имя, чтобы открыть карточку.
      [Клиент 17 · 4 нояб.]
      [‹] [3 из 3]
      [☰ Меню]
    person> [‹]
    edit: 17 клиентов, сначала новые
      ...
    person> /new
    bot: 7 новых клиентов за неделю
      ...
    `,
  )
})

test('whatever an admin types outside a dialogue is a search', async () => {
  await stage.hire(ira, 'admin')
  await addAnna()
  const found = `
      ✈️ Telegram, 💙 ВКонтакте. Нажмите на имя, чтобы открыть карточку.
      [Анна <b>Петрова</b> · ✈️💙 · 18 нояб.]
      [🔎 Искать другое] [☰ Меню]`
  await stage.chat(
    ira,
    `
    person> ПЕТРОВА
    bot: По запросу «ПЕТРОВА» нашёлся 1 человек
${found}
    person> /find анна 45
    bot: По запросу «анна 45» нашёлся 1 человек
${found}
    person> [Анна <b>Петрова</b> · ✈️💙 · 18 нояб.]
    edit: Анна <b>Петрова</b>
      ...
    person> [‹ Назад]
    edit: По запросу «анна 45» нашёлся 1 человек
      ...
    person> [🔎 Искать другое]
    edit: Напишите имя или любые цифры телефона, например последние 4. Можно вместе: «Анна 4567».
      [☰ Меню]
    person> кто-то
    bot: По запросу «кто-то» никого не нашлось

      Попробуйте часть имени или последние 4 цифры телефона.
      [🔎 Искать другое] [☰ Меню]
    person> !
    bot: Напишите имя или хотя бы две цифры телефона, и я поищу.
      [☰ Меню]
    `,
  )
})

test('a contact from the address book is searched by its number', async () => {
  await stage.hire(ira, 'admin')
  await addAnna()
  stage.telegram.sendContact(stage.botId, ira.id, { phone: '+79161234567', firstName: 'Анечка' })
  await stage.settled()
  expect(stage.seenBy(ira)).toContain('[Анна <b>Петрова</b> · ✈️💙 · 18 нояб.]')
})

test('nothing stays without an answer', async () => {
  await stage.hire(ira, 'admin')
  await stage.chat(
    ira,
    `
    person> (photo)
    bot: Красиво! Если это для предложения, откройте его, нажмите «Изменить», потом «Картинка» и пришлите её ещё раз. А чтобы начать новое, нажмите кнопку ниже и пришлите картинку с текстом в подписи.
      [➕ Новое предложение]
      [‹ Предложения]
    person> (voice)
    bot: Здесь я понимаю текст и таблицы. Напишите имя клиента или цифры его телефона, и я найду карточку, а файл Excel или CSV с визитами могу загрузить.
      [☰ Меню]
    person> (location)
    bot: Здесь я понимаю текст и таблицы. Напишите имя клиента или цифры его телефона, и я найду карточку, а файл Excel или CSV с визитами могу загрузить.
      [☰ Меню]
    person> /constructor
    bot: Такой команды я не знаю. Всё, что я умею, есть в меню:

      Клиенты салона
      ...
    person> /help
    bot: Я рассказываю о клиентах салона.
      ...
    `,
  )
})

test('the card of a client who asked to be forgotten is gone', async () => {
  await stage.hire(ira, 'admin')
  const id = await addAnna()
  await stage.chat(
    ira,
    `
    person> /new
    bot: 1 новый клиент за неделю
      ...
    `,
  )
  await stage.database.prisma.client.delete({ where: { id } })
  await stage.chat(
    ira,
    `
    person> [Анна <b>Петрова</b> · ✈️💙 · 18 нояб.]
    edit: Этой карточки больше нет: человек попросил забыть его.
      [☰ Меню]
    `,
  )
})

test('somebody from the books is found, and the card says that nobody can write to them yet', async () => {
  await stage.hire(ira, 'admin')
  const createdAt = new Date(nowMs - 9 * dayMs)
  const booked = { createdAt, bookedAt: createdAt, bookPhone: '+79165554433', externalId: '0042' }
  await stage.database.prisma.client.create({ data: { name: 'Мария Книгина', ...booked } })
  await addClient('Анна', 20)
  await stage.chat(
    ira,
    `
    person> /clients
    bot: 2 клиента, сначала новые

      ✈️ Telegram, 💙 ВКонтакте. Нажмите на имя, чтобы открыть карточку.
      📒 из ваших записей, в боте ещё не знакомились; рядом последние цифры телефона.
      [Анна · 31 окт.]
      [Мария Книгина · 📒 4433]
      [☰ Меню]
    person> /new
    bot: За неделю новых клиентов не было
      ...
    person> 4433
    bot: По запросу «4433» нашёлся 1 человек
      ...
    person> [Мария Книгина · 📒 4433]
    edit: Мария Книгина
      📒 Из ваших записей: в боте пока не знакомились, писать некуда

      📞 +7 916 555 44 33 (из ваших записей)
      📒 Номер в ваших записях: 0042

      📄 Согласие на обработку данных: не давали
      📄 Согласие на рекламу: не давали
      [✓ Отметить визит]
      [↻ Обновить]
      [‹ Назад]
    `,
  )
})

test('of somebody from the books who met the bot, the card shows both phones where they differ', async () => {
  await stage.hire(kate, 'admin')
  const id = await addAnna()
  await stage.database.prisma.client.update({
    where: { id },
    data: { bookedAt: new Date(nowMs), bookPhone: '+79165554433' },
  })
  await stage.chat(
    kate,
    `
    person> 554433
    bot: “554433”: 1 person found
      ...
    person> [Анна <b>Петрова</b> · ✈️💙 · Nov 18]
    edit: Анна <b>Петрова</b>

      📞 +7 916 123 45 67 (confirmed)
      📞 +7 916 555 44 33 (from your books)
      ...
    `,
  )
})
