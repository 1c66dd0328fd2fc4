import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createStage, ira, kate, nowMs, type Stage } from './admin-chat.ts'
import { addClient, addUnhappy, surveyOf, visitOf } from './admin-desk.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  stage.telegram.faults.clear()
})
afterAll(() => stage.close())

/** Presses Start, so that the bot may write to them. */
async function hireAndStart(...people: Parameters<Stage['hire']>[0][]): Promise<void> {
  for (const person of people) {
    await stage.hire(person, 'admin')
    stage.telegram.start(stage.botId, person.id)
  }
  await stage.settled()
  for (const person of people) stage.seenBy(person)
}

const phone = { phone: '+79161234567', confirmedPhone: '+79161234567' }

async function notice(kind: 'unhappy' | 'callWanted', clientId: number, followUpId: number): Promise<string> {
  const row = { kind, clientId, followUpId, platform: 'telegram' as const, externalId: 9001 }
  return String((await stage.database.prisma.notice.create({ data: row })).id)
}

describe('whom to call', () => {
  test('stands in the menu with how many they are, and says how they can be reached', async () => {
    await stage.hire(ira, 'admin')
    const anna = await addClient(stage, { name: 'Анна', ...phone })
    await addUnhappy(stage, anna, {
      days: 2,
      answers: surveyOf({ hair: 9, nails: 3 }, 'Долго ждала мастера.\nИ чай холодный.'),
    })
    const boris = await addClient(stage, { name: 'Борис' })
    await addUnhappy(stage, boris, {
      name: 'visit',
      days: 0,
      answers: visitOf('hair', 5, ['price', 'other', 'нечто']),
      callWanted: true,
    })
    await stage.chat(
      ira,
      `
      person> /menu
      bot: Клиенты салона

        Новых за неделю: 0
        Всего: 2

        Чтобы найти человека, просто напишите имя или последние цифры телефона.
        [✓ Визит] [📝 Опрос]
        [📞 Кому позвонить: 2] [💎 Сегменты]
        ...
      person> [📞 Кому позвонить: 2]
      edit: Ждут разговора 2 человека

        1. Борис, сегодня в 12:00
        ⭐️ Волосы: 5 из 10
        Почему: Цена, Другое, нечто
        🙏 Просит написать
        📞 Телефон пока не оставлен, 💬 Telegram

        2. Анна, 18 ноября 2026 г.
        ⭐️ Ногти: 3 из 10, Волосы: 9 из 10
        «Долго ждала мастера.
        И чай холодный.»
        📞 +7 916 123 45 67 (подтверждён), 💬 Telegram
        [1 · ✓ Разобрались] [1 · Карточка]
        [2 · ✓ Разобрались] [2 · Карточка]
        [☰ Меню]
      person> [1 · ✓ Разобрались]
      toast: Спасибо! Отметили, остальные увидят
      edit: Ждёт разговора 1 человек

        1. Анна, 18 ноября 2026 г.
        ...
      person> [1 · ✓ Разобрались]
      toast: Спасибо! Отметили, остальные увидят
      edit: Звонить некому: со всеми, кто остался недоволен, уже поговорили.
        [☰ Меню]
      person> [☰ Меню]
      edit: Клиенты салона

        Новых за неделю: 0
        Всего: 2

        Чтобы найти человека, просто напишите имя или последние цифры телефона.
        [✓ Визит] [📝 Опрос]
        [📞 Кому позвонить] [💎 Сегменты]
        ...
      `,
    )
  })

  test('reads in English, too', async () => {
    await stage.hire(kate, 'admin')
    const anna = await addClient(stage, { name: 'Anna', ...phone })
    await addUnhappy(stage, anna, { days: 0, answers: surveyOf({ nails: 1 }, 'Cold tea'), callWanted: false })
    await stage.chat(
      kate,
      `
      person> /calls
      bot: 1 person is waiting to be talked to

        1. Anna, today at 12:00 PM
        ⭐️ Nails: 1 of 10
        “Cold tea”
        🔕 Doesn't want a call
        📞 +7 916 123 45 67 (confirmed), 💬 Telegram
        [1 · ✓ Sorted out] [1 · Card]
        [☰ Menu]
      `,
    )
  })

  test('marks who is invented', async () => {
    await stage.hire(ira, 'admin')
    const anna = await addClient(stage, { name: 'Анна', demo: true })
    await addUnhappy(stage, anna, { days: 0, answers: surveyOf({ nails: 3 }) })
    await stage.chat(
      ira,
      `
      person> /calls
      bot: Ждёт разговора 1 человек

        1. Анна · демо, сегодня в 12:00
        ...
      `,
    )
  })

  test('is turned page by page, and gets shorter as it is worked off', async () => {
    await stage.hire(ira, 'admin')
    for (let number = 1; number <= 5; number += 1) {
      const id = await addClient(stage, { name: `Клиент ${number}` })
      await addUnhappy(stage, id, { days: 10 - number, answers: surveyOf({ nails: number }) })
    }
    await stage.chat(
      ira,
      `
      person> /calls
      bot: Ждут разговора 5 человек

        1. Клиент 1, 11 ноября 2026 г.
        ...
      person> [›]
      edit: Ждут разговора 5 человек

        5. Клиент 5, 15 ноября 2026 г.
        ⭐️ Ногти: 5 из 10
        📞 Телефон пока не оставлен, 💬 Telegram
        [5 · ✓ Разобрались] [5 · Карточка]
        [‹] [2 из 2]
        [☰ Меню]
      person> [5 · ✓ Разобрались]
      toast: Спасибо! Отметили, остальные увидят
      edit: Ждут разговора 4 человека

        1. Клиент 1, 11 ноября 2026 г.
        ...
      `,
    )
  })

  test('a very long complaint does not burst the list, and is whole enough on the client’s own screen', async () => {
    await stage.hire(ira, 'admin')
    const words = '😡'.repeat(5000)
    for (let number = 1; number <= 4; number += 1) {
      const id = await addClient(stage, { name: `Клиент ${number}` })
      await addUnhappy(stage, id, { days: number, answers: surveyOf({ nails: 2 }, words) })
    }
    stage.telegram.sendText(stage.botId, ira.id, '/calls')
    await stage.settled()
    const list = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    expect(list.text.match(/😡…»/g)).toHaveLength(4)
    stage.telegram.press(stage.botId, ira.id, list.id, 0, 1)
    await stage.settled()
    await stage.chat(ira, '\nperson> [📞 Что случилось]\nedit: 😟 Клиент 4\n  ...')
    const one = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    expect(one.text).toContain(`«${'😡'.repeat(1500)}…»`)
  })
})

describe('two admins', () => {
  test('the second to press is told who has spoken to the client, and when', async () => {
    await hireAndStart(ira, kate)
    const anna = await addClient(stage, { name: 'Анна', ...phone })
    const id = await addUnhappy(stage, anna, { days: 0, answers: surveyOf({ nails: 3 }) })
    await stage.admin.notify(await notice('unhappy', anna, id))
    await stage.chat(
      ira,
      `
      person> [✓ Разобрались]
      toast: Спасибо! Отметили, остальные увидят
      edit: 😟 Анна
        ⭐️ Ногти: 3 из 10
        📞 +7 916 123 45 67 (подтверждён), 💬 Telegram

        ✓ Разобрались: Ира, сегодня в 12:00
        [Открыть карточку]
      `,
    )
    stage.pass(60 * 60 * 1000)
    await stage.chat(
      kate,
      `
      person> [✓ Sorted out]
      toast: ✓ Sorted out: Ира, today at 12:00 PM
      edit: 😟 Анна
        ⭐️ Nails: 3 of 10
        📞 +7 916 123 45 67 (confirmed), 💬 Telegram

        ✓ Sorted out: Ира, today at 12:00 PM
        [Open the card]
      `,
    )
  })

  test('a press that is delivered twice thanks once', async () => {
    await stage.hire(ira, 'admin')
    const anna = await addClient(stage, { name: 'Анна' })
    await addUnhappy(stage, anna, { answers: surveyOf({ nails: 3 }) })
    stage.telegram.sendText(stage.botId, ira.id, '/calls')
    await stage.settled()
    stage.seenBy(ira)
    stage.telegram.faults.duplicate(2)
    const shown = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    stage.telegram.press(stage.botId, ira.id, shown.id, 0, 0)
    await stage.settled()
    expect(stage.seenBy(ira).match(/^toast: .*$/gm)).toEqual(['toast: Спасибо! Отметили, остальные увидят'])
    expect(stage.logged.filter((line) => line['event'] === 'admin.failed')).toEqual([])
  })
})

describe('the notice', () => {
  test('comes at once, with the scores as they are at the moment of sending', async () => {
    await hireAndStart(ira)
    const anna = await addClient(stage, { name: 'Анна', ...phone })
    const id = await addUnhappy(stage, anna, { days: 0, answers: surveyOf({ nails: 3 }) })
    const noticeId = await notice('unhappy', anna, id)
    // She went on answering before the job got to it.
    await stage.database.prisma.dialogue.updateMany({
      data: { answers: surveyOf({ nails: 3, hair: 6 }, 'Дорого') },
    })
    await stage.admin.notify(noticeId)
    expect(stage.seenBy(ira)).toBe(
      `
bot: 😟 Недоволен клиент: Анна
  ⭐️ Ногти: 3 из 10, Волосы: 6 из 10
  «Дорого»
  📞 +7 916 123 45 67 (подтверждён), 💬 Telegram
  [✓ Разобрались]
  [Открыть карточку]`.trim(),
    )
  })

  test('comes again when the client wants to be called', async () => {
    await hireAndStart(ira, kate)
    const anna = await addClient(stage, { name: 'Анна', ...phone })
    const id = await addUnhappy(stage, anna, { days: 0, answers: surveyOf({ nails: 3 }), callWanted: true })
    await stage.admin.notify(await notice('callWanted', anna, id))
    expect(stage.seenBy(ira)).toContain('bot: 📞 Просит позвонить: Анна\n  ⭐️ Ногти: 3 из 10')
    expect(stage.seenBy(kate)).toContain('bot: 📞 Wants a call: Анна\n  ⭐️ Nails: 3 of 10')
  })

  test('and says when there is no number to call', async () => {
    await hireAndStart(ira, kate)
    const boris = await addClient(stage, { name: 'Борис' })
    const id = await addUnhappy(stage, boris, { days: 0, answers: surveyOf({ nails: 3 }), callWanted: true })
    await stage.admin.notify(await notice('callWanted', boris, id))
    expect(stage.seenBy(ira)).toContain('bot: 💬 Просит написать: Борис')
    expect(stage.seenBy(kate)).toContain('bot: 💬 Wants to be written to: Борис')
  })

  test('that comes after somebody has called already says so', async () => {
    await hireAndStart(ira)
    const anna = await addClient(stage, { name: 'Анна' })
    const id = await addUnhappy(stage, anna, { days: 0, answers: surveyOf({ nails: 3 }) })
    await stage.database.prisma.followUp.updateMany({ data: { handledAt: new Date(nowMs) } })
    await stage.admin.notify(await notice('unhappy', anna, id))
    expect(stage.seenBy(ira)).toContain('✓ Разобрались: сегодня в 12:00\n  [Открыть карточку]')
  })

  test('leads to the card, which leads back to what happened', async () => {
    await hireAndStart(ira)
    const anna = await addClient(stage, { name: 'Анна', ...phone })
    const id = await addUnhappy(stage, anna, { days: 0, answers: surveyOf({ nails: 3 }) })
    await stage.admin.notify(await notice('unhappy', anna, id))
    await stage.chat(
      ira,
      `
      person> [Открыть карточку]
      edit: Анна

        📞 +7 916 123 45 67 (подтверждён)
        💬 Telegram: можно писать

        📝 Опрос пройден: сегодня в 12:00
        Снова пригласить в опрос можно с 18 февраля 2027 г.
        ⭐️ Ногти: 3 из 10
        😟 Недовольная оценка, ждёт разговора: сегодня в 12:00

        📄 Согласие на обработку данных: есть, от 10 ноября 2026 г.
        📄 Согласие на рекламу: не давали

        Первый раз в боте: 10 ноября 2026 г.
        Последний раз в боте: 10 ноября 2026 г.
        [✓ Отметить визит]
        [📞 Что случилось]
        [📝 Ответы]
        [↻ Обновить]
        [‹ Назад]
      person> [📞 Что случилось]
      edit: 😟 Анна
        ⭐️ Ногти: 3 из 10
        📞 +7 916 123 45 67 (подтверждён), 💬 Telegram
        [✓ Разобрались]
        [Открыть карточку]
      `,
    )
  })

  test('of a client who was forgotten meanwhile is told to nobody, and its button says so', async () => {
    await hireAndStart(ira)
    const anna = await addClient(stage, { name: 'Анна' })
    const id = await addUnhappy(stage, anna, { days: 0, answers: surveyOf({ nails: 3 }) })
    const noticeId = await notice('unhappy', anna, id)
    await stage.admin.notify(noticeId)
    await stage.database.prisma.client.deleteMany({})
    await stage.admin.notify(noticeId)
    expect(stage.seenBy(ira).match(/^bot: /gm)).toHaveLength(1)
    await stage.chat(
      ira,
      `
      person> [✓ Разобрались]
      edit: Этой карточки больше нет: человек попросил забыть его.
        [☰ Меню]
      `,
    )
  })
})
