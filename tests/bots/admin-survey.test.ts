import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAnswers } from '../../src/bots/admin/answers.ts'
import { createOfferViews } from '../../src/storage/offer-views.ts'
import { createPictures } from '../../src/storage/pictures.ts'
import { createTranslator } from '../../src/locales.ts'
import { createStage, ira, kate, nowMs, salon, type Stage } from './admin-chat.ts'
import { addClient, addWalk } from './admin-desk.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(() => stage.reset())
afterAll(() => stage.close())

const invited = () => stage.database.prisma.prompt.findMany({ orderBy: { id: 'asc' } })

/** Three who may be invited (two of them for their nails), and some who may not. */
async function addPeople(): Promise<void> {
  await addClient(stage, { name: 'Анна', lines: ['nails'] })
  await addClient(stage, { name: 'Борис', lines: ['hair', 'nails'] })
  await addClient(stage, { name: 'Вера' })
  await addClient(stage, { name: 'Глеб' }, false)
  await addClient(stage, { name: 'Дина', lines: ['nails'] }, false)
  await addClient(stage, { name: 'Гость', personalDataConsentAt: null })
  const eva = await addClient(stage, { name: 'Ева', lines: ['nails'] })
  await addWalk(stage, eva, { name: 'survey', days: 20 })
  const zoe = await addClient(stage, { name: 'Зоя' })
  await addWalk(stage, zoe, {
    name: 'invite',
    days: 3,
    status: 'stopped',
    answers: { when: { value: 'no' } },
  })
}

describe('the survey’s screen', () => {
  test('tells how it goes, and who can be invited', async () => {
    await stage.hire(ira, 'admin')
    await addPeople()
    await stage.chat(
      ira,
      `
      person> /menu
      bot: Клиенты салона
        ...
      person> [📝 Опрос]
      edit: Опрос клиентов

        За 30 дней пригласили: 1, начали: 1, закончили: 1.
        [Пригласить всех, кто давно не отвечал (3)]
        [По направлению…] [По сегменту…]
        [☰ Меню]
      person> [Пригласить всех, кто давно не отвечал (3)]
      edit: Пригласить 3 человека?
        Не получат: 1 без согласия на обработку данных, 2 недоступны, 1 недавно отвечал, 1 недавно отказался.
        [Да] [Нет]
      person> [Да]
      toast: Приглашений отправляем: 3
      edit: Опрос клиентов

        За 30 дней пригласили: 1, начали: 1, закончили: 1.

        Сейчас приглашать некого.
        [☰ Меню]
      `,
    )
    const prompts = await invited()
    expect(prompts).toHaveLength(3)
    expect(stage.prompts()).toEqual(prompts.map((row) => String(row.id)))
  })

  test('asks for a line first, if that is wanted', async () => {
    await stage.hire(ira, 'admin')
    await addPeople()
    await stage.chat(
      ira,
      `
      person> /survey
      bot: Опрос клиентов
        ...
      person> [По направлению…]
      edit: Кого пригласить? Тех, кто интересуется направлением или приходил на него за последний год:
        [Волосы]
        [Ногти]
        [‹ Назад]
      person> [Ногти]
      edit: Ногти: пригласить 2 человека?
        Не получат: 1 недоступен, 1 недавно отвечал.
        [Да] [Нет]
      person> [Нет]
      edit: Опрос клиентов
        ...
      person> [По направлению…]
      edit: Кого пригласить? Тех, кто интересуется направлением или приходил на него за последний год:
        ...
      person> [Волосы]
      edit: Волосы: пригласить 1 человека?
        [Да] [Нет]
      person> [Да]
      toast: Приглашений отправляем: 1
      edit: Опрос клиентов

        За 30 дней пригласили: 1, начали: 1, закончили: 1.
        [Пригласить всех, кто давно не отвечал (2)]
        ...
      person> [По направлению…]
      edit: Кого пригласить? Тех, кто интересуется направлением или приходил на него за последний год:
        ...
      person> [Волосы]
      edit: Волосы: сейчас приглашать некого.
        Не получат: 1 уже приглашён.
        [‹ Назад]
      `,
    )
    expect(await invited()).toHaveLength(1)
  })

  test('speaks English', async () => {
    await stage.hire(kate, 'admin')
    await addPeople()
    await stage.chat(
      kate,
      `
      person> /survey
      bot: The clients' survey

        In 30 days invited: 1, started: 1, finished: 1.
        [Invite all who haven't answered lately (3)]
        [By line…] [By segment…]
        [☰ Menu]
      person> [Invite all who haven't answered lately (3)]
      edit: Invite 3 people?
        Won't get it: 1 without consent to personal data, 2 can't be reached, 1 answered lately, 1 declined lately.
        [Yes] [No]
      person> [Yes]
      toast: Invitations on their way: 3
      edit: The clients' survey
        ...
      `,
    )
  })

  test('says when the messages go out in the morning only', async () => {
    await stage.hire(ira, 'admin')
    await addClient(stage, { name: 'Анна' })
    stage.pass(10 * 60 * 60 * 1000)
    await stage.chat(
      ira,
      `
      person> /survey
      bot: Опрос клиентов
        ...
      person> [Пригласить всех, кто давно не отвечал (1)]
      edit: Пригласить 1 человека?
        Сейчас тихие часы, сообщения уйдут утром.
        [Да] [Нет]
      `,
    )
  })

  test('a press that is delivered twice invites once', async () => {
    await stage.hire(ira, 'admin')
    await addPeople()
    await stage.chat(
      ira,
      `
      person> /survey
      bot: Опрос клиентов
        ...
      person> [Пригласить всех, кто давно не отвечал (3)]
      edit: Пригласить 3 человека?
        ...
      `,
    )
    stage.telegram.faults.duplicate(2)
    const shown = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    stage.telegram.press(stage.botId, ira.id, shown.id, 0, 0)
    await stage.settled()
    expect(await invited()).toHaveLength(3)
    expect(stage.prompts()).toHaveLength(3)
    expect(stage.seenBy(ira).match(/^toast: .*$/gm)).toEqual(['toast: Приглашений отправляем: 3'])
    expect(stage.logged.filter((line) => line['event'] === 'admin.failed')).toEqual([])
  })
})

describe('one client', () => {
  /** Finds by name and opens the card. @param shown the card from "how to write" on */
  const card = (name: string, shown: string) => `
      person> ${name}
      bot: По запросу «${name}» нашёлся 1 человек
        ...
      person> [${name} · ✈️ · 10 нояб.]
      edit: ${name}

        📞 Телефон пока не оставлен
${shown}`

  test('is invited from the card, which then says so', async () => {
    await stage.hire(ira, 'admin')
    await addClient(stage, { name: 'Анна' })
    await stage.chat(
      ira,
      `${card('Анна', '        💬 Telegram: можно писать\n        ...')}
      person> [📝 Пригласить в опрос]
      edit: Анна: пригласить в опрос?
        [Да] [Нет]
      person> [Да]
      toast: Приглашаем: Анна
      edit: Анна

        📞 Телефон пока не оставлен
        💬 Telegram: можно писать

        📝 Приглашение в опрос уйдёт: сегодня в 12:00

        📄 Согласие на обработку данных: есть, от 10 ноября 2026 г.
        📄 Согласие на рекламу: не давали

        Первый раз в боте: 10 ноября 2026 г.
        Последний раз в боте: 10 ноября 2026 г.
        [✓ Отметить визит]
        [↻ Обновить]
        [‹ Назад]
      `,
    )
    expect(stage.prompts()).toEqual((await invited()).map((row) => String(row.id)))
  })

  test('is told of as they were when somebody else was quicker', async () => {
    await stage.hire(ira, 'admin')
    const id = await addClient(stage, { name: 'Анна' })
    await stage.chat(ira, card('Анна', '        💬 Telegram: можно писать\n        ...'))
    await stage.storages.invitations.invite({ audience: { kind: 'client', id }, updateKey: 'ad:42:0' })
    await stage.chat(
      ira,
      `
      person> [📝 Пригласить в опрос]
      edit: Анна: сейчас пригласить нельзя.
        Приглашение уже отправлено.
        [‹ Назад]
      person> [‹ Назад]
      edit: Анна
        ...
      `,
    )
  })

  test.each([
    [
      'finished',
      20,
      '        📝 Опрос пройден: 31 октября 2026 г.\n        Снова пригласить в опрос можно с 29 января 2027 г.',
    ],
    [
      'stopped',
      20,
      '        📝 Ответы на часть опроса: 31 октября 2026 г.\n        Снова пригласить в опрос можно с 29 января 2027 г.',
    ],
    ['paused', 1, '        📝 Опрос на середине, последний ответ: вчера в 12:00'],
  ])('whose survey is %s can’t be invited, and the card says why', async (status, days, lines) => {
    await stage.hire(ira, 'admin')
    const id = await addClient(stage, { name: 'Анна' })
    await addWalk(stage, id, { name: 'survey', days, status })
    await stage.chat(
      ira,
      card(
        'Анна',
        `        💬 Telegram: можно писать

${lines}

        📄 Согласие на обработку данных: есть, от 10 ноября 2026 г.
        📄 Согласие на рекламу: не давали

        Первый раз в боте: 10 ноября 2026 г.
        Последний раз в боте: 10 ноября 2026 г.
        [✓ Отметить визит]
        [📝 Ответы]
        [↻ Обновить]
        [‹ Назад]`,
      ),
    )
  })

  test('who declined can be invited again in ninety days', async () => {
    await stage.hire(ira, 'admin')
    const id = await addClient(stage, { name: 'Анна' })
    await addWalk(stage, id, {
      name: 'invite',
      days: 20,
      status: 'stopped',
      answers: { when: { value: 'no' } },
    })
    await stage.chat(
      ira,
      card(
        'Анна',
        `        💬 Telegram: можно писать

        📝 От опроса отказались: 31 октября 2026 г.
        Снова пригласить в опрос можно с 29 января 2027 г.

        ...`,
      ),
    )
    stage.pass(71 * 24 * 60 * 60 * 1000)
    await stage.chat(
      ira,
      `
      person> [↻ Обновить]
      edit: Анна

        📞 Телефон пока не оставлен
        💬 Telegram: можно писать

        📝 От опроса отказались: 31 октября 2026 г.

        📄 Согласие на обработку данных: есть, от 10 ноября 2026 г.
        📄 Согласие на рекламу: не давали

        Первый раз в боте: 10 ноября 2026 г.
        Последний раз в боте: 10 ноября 2026 г.
        [✓ Отметить визит]
        [📝 Пригласить в опрос]
        ...
      `,
    )
  })
})

describe('what is made to take away', () => {
  const noImports = () => ({
    imports: stage.imports,
    onImport: () => Promise.resolve(),
    books: stage.books,
    views: createOfferViews(stage.database),
    onOffer: () => Promise.resolve(),
    fetchFile: () => Promise.resolve(undefined),
    pictures: createPictures(stage.database),
    photos: { named: () => Promise.resolve() },
  })
  const poster = { name: 'survey.png', content: new Uint8Array([1]) }
  const table = { name: 'answers.xlsx', content: new Uint8Array([2]) }

  test('is offered where it can be made, and comes as files', async () => {
    const owner = await stage.hire(ira, 'owner')
    const admin = await stage.hire(kate, 'admin')
    const asked: string[] = []
    const answers = createAnswers({
      ...stage.storages,
      salon,
      staff: stage.staff,
      translate: createTranslator({ dir: new URL('../../locales/', import.meta.url) }),
      username: () => Promise.resolve('daisy_staff_bot'),
      onPrompts: () => Promise.resolve(),
      ...noImports(),
      log: silent,
      now: () => nowMs,
      poster: () => Promise.resolve(poster),
      exportFile: (format) => {
        asked.push(format)
        return Promise.resolve([table])
      },
    })
    const press = (route: object, member = owner) =>
      answers.to(member, { kind: 'press', queryId: '1', route: route as never }, 'ad:42:1')
    const { screen } = await press({ screen: 'survey' })
    expect(screen?.keyboard.flat().map((button) => button.text)).toEqual([
      '🖨 QR для печати',
      '⬇ Выгрузка Excel',
      '⬇ Выгрузка CSV',
      '☰ Меню',
    ])
    expect(await press({ screen: 'poster' })).toEqual({ files: [poster] })
    expect(await press({ screen: 'export', format: 'xlsx' })).toEqual({ files: [table] })
    expect(await press({ screen: 'export', format: 'csv' })).toEqual({ files: [table] })
    expect(asked).toEqual(['xlsx', 'csv'])

    // The answers of all clients are the owner's; a poster is anybody's.
    const offered = (await press({ screen: 'survey' }, admin)).screen
    expect(offered?.keyboard.flat().map((button) => button.text)).toEqual(['🖨 QR to print', '☰ Menu'])
    expect(await press({ screen: 'poster' }, admin)).toEqual({ files: [poster] })
    const refused = await press({ screen: 'export', format: 'csv' }, admin)
    expect(refused).toMatchObject({ toast: 'Only the owner can do that' })
    expect(refused).not.toHaveProperty('files')
    expect(asked).toEqual(['xlsx', 'csv'])
  })

  test('a button from a time when it could be made leads back to the survey', async () => {
    const member = await stage.hire(ira, 'admin')
    const answers = createAnswers({
      ...stage.storages,
      salon,
      staff: stage.staff,
      translate: createTranslator({ dir: new URL('../../locales/', import.meta.url) }),
      username: () => Promise.resolve('daisy_staff_bot'),
      onPrompts: () => Promise.resolve(),
      ...noImports(),
      log: silent,
      now: () => nowMs,
    })
    for (const route of [{ screen: 'poster' }, { screen: 'export', format: 'csv' }] as const) {
      const answer = await answers.to(member, { kind: 'press', queryId: '1', route }, 'ad:42:1')
      expect(answer.screen?.text).toContain('Опрос клиентов')
    }
  })
})

test('the commands lead to what is needed between two customers', async () => {
  const member = await stage.hire(ira, 'admin')
  await stage.chat(ira, '\nperson> /start\nbot: Клиенты салона\n  ...')
  await expect
    .poll(() => stage.telegram.chat(stage.botId, ira.id).commands.map(({ command }) => command))
    .toEqual([
      'menu',
      'visit',
      'calls',
      'segments',
      'offers',
      'survey',
      'new',
      'clients',
      'find',
      'import',
      'language',
      'help',
    ])
  expect(member.role).toBe('admin')
})
