/** The digest when an owner asks for it. Every figure is worked out by hand; the oracles of the formulas are in tests/domain. */
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest'
import { createStage, nowMs, olga, type Stage } from './admin-chat.ts'
import { addClient, addUnhappy, dayMs, visitOf } from './admin-desk.ts'
import { addCounts, forgetSegments, today } from '../storage/valued-clients.ts'
import { addScores, addWeek, lastWeek, times } from './admin-scores.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  await forgetSegments(stage.database.prisma)
  await stage.hire(olga, 'owner')
})
afterAll(() => stage.close())

const hourMs = 60 * 60_000

describe('the digest', () => {
  test('tells of the last whole week, and what opens stands under it', async () => {
    await addWeek(stage)
    await stage.chat(
      olga,
      `
      person> /digest
      bot: Неделя 9–15 ноября

        NPS +8, ответили 13 человек (вероятно, от −37 до +49)
        Сравнить пока не с чем: за четыре недели до этого мало ответов

        По направлениям, за 4 недели
        • Волосы: мало ответов (3)
        • Ногти: +8 (−37…+49) 👤13

        Отклик: ответили 13 из 13 приглашённых (100 %)

        Что говорят
        👎 «Грубо говорили» (Ногти, 3)
        👎 «Долго ждала, а потом спешили» (Ногти, 5)
        👍 «Мастер золото» (Ногти, 10)

        Недовольные
        За неделю 1, ни с кем ещё не поговорили
        Ждёт разговора 1 (просит позвонить: 1), уже 7 дней

        Что сделать
        • 1 клиент просил позвонить и ждёт больше суток: позвоните сегодня.
        [📞 Кому позвонить: 1]
        [💬 Отзывы] [По направлениям]
        [Все вопросы] [☰ Меню]
        [‹ 2–8 нояб.] [16–22 нояб. ›]
      person> [📞 Кому позвонить: 1]
      bot: Ждёт разговора 1 человек
        ...
      person> [По направлениям]
      bot: По направлениям, неделя 9–15 ноября

        Волосы
        неделя: ответов нет
        4 недели: мало ответов (3)
        12 недель: мало ответов (3)

        Ногти
        неделя: +8 (−37…+49), 13 чел.
        4 недели: +8 (−37…+49), 13 чел.
        12 недель: +8 (−37…+49), 13 чел.
        [📈 NPS] [☰ Меню]
      `,
    )
  })

  test('tells who moved up, who slipped, and who may leave, with what they bring', async () => {
    const { prisma } = stage.database
    const paid = {
      line: '',
      firstDay: 1,
      lastDay: 2,
      visits: 1,
      firstDayKopecks: 1,
      code: 'LLH',
      segment: 'new',
    }
    const move = async (clients: number, from: string, to: string, roubles: number) => {
      for (let count = 0; count < clients; count++) {
        const clientId = await addClient(stage, { name: 'Анна' })
        await prisma.clientValue.create({ data: { ...paid, clientId, kopecks: roubles * 100 } })
        await prisma.segmentMove.create({
          data: { clientId, line: '', day: today - 8, from, to, toCode: 'LLH', reason: 'came' },
        })
      }
    }
    await addCounts(prisma, { daysAgo: 40 }, { new: [1, 1] })
    await move(1, 'new', 'valuable', 9_000)
    await move(2, 'valuable', 'new', 20_000)
    await move(1, 'new', 'noValue', 1_000)
    for (const since of [today - 8, today - 6, today - 20])
      await prisma.earlyWarning.create({
        data: {
          clientId: await addClient(stage, { name: 'Анна' }),
          kind: 'overdue',
          daysAway: 40,
          atStakeKopecks: 1_500_000,
          since,
        },
      })
    await stage.chat(
      olga,
      `
      person> /digest
      bot: Неделя 9–15 ноября

        За эту неделю оценок нет

        За эту неделю мы никого не спрашивали

        ↗ Поднялся 1 клиент: «Новые» → «Ценные»
        ↘ Опустились 3 клиента, чаще всего «Ценные» → «Новые»; всего заплатили 41 000 ₽
        ⏰ Могут уйти ещё 2 клиента: на кону 30 000 ₽ в год
        ...
        [↘ Опустились] [⏰ Могут уйти]
        ...
      person> [⏰ Могут уйти]
      bot: ⏰ Могут уйти: 3 клиента
        ...
      `,
    )
  })

  test('says it when nobody has moved', async () => {
    const { prisma } = stage.database
    await addCounts(prisma, { daysAgo: 40 }, { new: [1, 1] })
    await stage.chat(
      olga,
      `
      person> /digest
      bot: Неделя 9–15 ноября

        За эту неделю оценок нет

        За эту неделю мы никого не спрашивали

        Из сегмента в сегмент за неделю никто не перешёл
        ...
      `,
    )
  })

  test('quotes without names; who it was is behind a button', async () => {
    await addWeek(stage)
    await stage.chat(
      olga,
      `
      person> /digest
      bot: Неделя 9–15 ноября
        ...
      person> [💬 Отзывы]
      bot: Чем недовольны, неделя 9–15 ноября

        1. «Грубо говорили» (Ногти, 3)

        2. «Долго ждала, а потом спешили» (Ногти, 5)
        [1. Кто это?] [2. Кто это?]
        [👍 За что хвалят]
        [📈 NPS] [☰ Меню]
      person> [👍 За что хвалят]
      edit: За что хвалят, неделя 9–15 ноября

        1. «Мастер золото» (Ногти, 10)
        [1. Кто это?]
        [👎 Чем недовольны]
        [📈 NPS] [☰ Меню]
      person> [👎 Чем недовольны]
      edit: Чем недовольны, неделя 9–15 ноября
        ...
      person> [1. Кто это?]
      bot: Вера

        📞 +7 916 123 45 67 (не подтверждён)
        ...
      `,
    )
  })

  test('goes from week to week, the running one included', async () => {
    await addWeek(stage)
    await addScores(stage, 'hair', times([1, 10]), { days: 1 })
    await stage.chat(
      olga,
      `
      person> /digest
      bot: Неделя 9–15 ноября
        ...
      person> [16–22 нояб. ›]
      bot: Неделя 16–22 ноября
        Неделя ещё не закончилась

        Оценку поставил всего 1 человек: о цифре говорить рано

        По направлениям, за 4 недели
        • Волосы: мало ответов (4)
        • Ногти: +8 (−37…+49) 👤13

        Отклик: ответили 1 из 1 приглашённого (100 %)
        ...
        [‹ 9–15 нояб.]
      person> [‹ 9–15 нояб.]
      bot: Неделя 9–15 ноября
        ...
      person> [‹ 2–8 нояб.]
      bot: Неделя 2–8 ноября

        За эту неделю оценок нет
        За 4 недели: оценку поставили всего 3 человека, о цифре говорить рано
        ...
      `,
    )
  })

  test.each([
    ['a day of it', '/digest 14.10', 'Неделя 12–18 октября'],
    ['as computers write it', '/digest 2026-10-14', 'Неделя 12–18 октября'],
    [
      'of another year, which is said then',
      '/digest 31.12.2025',
      'Неделя 29 декабря 2025 г. – 4 января 2026 г.',
    ],
    ['today', '/digest 20.11', 'Неделя 16–22 ноября'],
  ])('of a given week: %s', async (_, typed, title) => {
    await stage.chat(olga, `\nperson> ${typed}\nbot: ${title}\n  ...`)
  })

  test('of no week, and of one that has not begun', async () => {
    await stage.chat(
      olga,
      `
      person> /digest вчера
      bot: Не понял, какая неделя. Напишите любой её день, например /digest 16.11 или /digest 2026-11-16.
        [☰ Меню]
      person> /digest 31.02
      bot: Не понял, какая неделя. Напишите любой её день, например /digest 16.11 или /digest 2026-11-16.
        [☰ Меню]
      person> /digest 23.11.2026
      bot: Эта неделя ещё не началась.
        [☰ Меню]
      `,
    )
  })

  test('on Monday before nine is that of the week that ended at midnight', async () => {
    // Monday, 23 November, 8:00 in Moscow.
    stage.pass(2 * dayMs + 20 * hourMs)
    await stage.chat(olga, '\nperson> /digest\nbot: Неделя 16–22 ноября\n  ...')
  })

  test('of a salon that nobody has answered says so, and what to do', async () => {
    await stage.chat(
      olga,
      `
      person> /digest
      bot: Неделя 9–15 ноября

        За эту неделю оценок нет

        За эту неделю мы никого не спрашивали

        Что сделать
        • За неделю никто не поставил оценку: предлагайте опрос лично, пока клиент в салоне, и поставьте QR-код на стойку.
        [💬 Отзывы] [По направлениям]
        [Все вопросы] [☰ Меню]
        [‹ 2–8 нояб.] [16–22 нояб. ›]
      person> [💬 Отзывы]
      bot: Чем недовольны, неделя 9–15 ноября

        За эту неделю никто ничего такого не написал.
        [👍 За что хвалят]
        [📈 NPS] [☰ Меню]
      person> [По направлениям]
      bot: По направлениям, неделя 9–15 ноября

        Волосы
        неделя: ответов нет
        4 недели: ответов нет
        12 недель: ответов нет
        ...
      `,
    )
  })

  test('compares with the four weeks before, and says how sure that is', async () => {
    // 5 promoters and 5 detractors of 10: 0; variance (5.75 + 5.75) / 13 = 0.8846, 1.96 * sqrt(0.8846 / 13) = 0.51.
    await addScores(stage, 'nails', times([40, 5]), { days: 21 })
    await addScores(stage, 'nails', times([5, 10], [5, 6]))
    await stage.chat(
      olga,
      `
      person> /digest
      bot: Неделя 9–15 ноября

        NPS 0, ответили 10 человек (вероятно, от −51 до +51)
        На 100 пунктов выше, чем за четыре недели до этого: вряд ли случайно
        ...
      `,
    )
  })

  test('says how fast the unhappy were spoken to', async () => {
    const at = new Date(nowMs - lastWeek * dayMs)
    const answers = visitOf('nails', 4)
    for (const minutes of [40, 90, undefined]) {
      const id = await addClient(stage, { name: 'Вера' })
      const followUp = await addUnhappy(stage, id, { name: 'visit', days: lastWeek, answers })
      const handledAt = minutes === undefined ? null : new Date(at.getTime() + minutes * 60_000)
      await stage.database.prisma.followUp.update({ where: { id: followUp }, data: { handledAt } })
    }
    await stage.chat(
      olga,
      `
      person> /digest
      bot: Неделя 9–15 ноября

        Оценку поставили всего 3 человека: о цифре говорить рано
        ...

        Недовольные
        За неделю 3, поговорили с 2, обычно через 1 час
        Ждёт разговора 1, уже 7 дней
        ...
      `,
    )
  })
})
