import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createStage, ira, kate, nowMs, salon, stranger, type Stage } from './admin-chat.ts'
import { addClient, dayMs } from './admin-desk.ts'

const massage = { title: { ru: 'парафиновый массаж рук', en: 'a paraffin hand massage' }, validDays: 60 }

let stage: Stage
beforeAll(async () => {
  stage = await createStage({ salon: { ...salon, rewards: { survey: massage } } })
  stage.poll()
})
beforeEach(() => stage.reset())
afterAll(() => stage.close())

async function addCoupon(name: string, code: string, daysLeft = 60): Promise<number> {
  const clientId = await addClient(stage, { name })
  const expiresAt = new Date(nowMs + daysLeft * dayMs)
  const row = { clientId, reward: 'survey', code, issuedAt: new Date(nowMs), expiresAt }
  await stage.database.prisma.coupon.create({ data: row })
  return clientId
}

const annasCoupon = `
      bot: 🎁 Подарок ABCEH-KMPT2

        Анна
        Что: парафиновый массаж рук
        Действует до 19 января 2027 г.
        [🎁 Погасить]
        [Открыть карточку] [☰ Меню]`

describe('a code is found', () => {
  test.each([
    'ABCEH-KMPT2',
    'abcehkmpt2',
    'авсен кмрт2',
    '/start coupon-ABCEHKMPT2',
    'https://t.me/daisy_staff_bot?start=coupon-ABCEHKMPT2',
  ])('%s', async (typed) => {
    await stage.hire(ira, 'admin')
    await addCoupon('Анна', 'ABCEHKMPT2')
    await stage.chat(ira, `\n      person> ${typed}${annasCoupon}\n`)
  })

  test('in English', async () => {
    await stage.hire(kate, 'admin')
    await addCoupon('Anna', 'ABCEHKMPT2')
    await stage.chat(
      kate,
      `
      person> abceh-kmpt2
      bot: 🎁 Gift ABCEH-KMPT2

        Anna
        What: a paraffin hand massage
        Good until January 19, 2027
        [🎁 Redeem]
        [Open the card] [☰ Menu]
      person> [🎁 Redeem]
      toast: Done! Hand over the gift: a paraffin hand massage
      edit: 🎁 Gift ABCEH-KMPT2

        Anna
        What: a paraffin hand massage
        Given: Kate, today at 12:00 PM
        [Open the card] [☰ Menu]
      `,
    )
  })

  test('a name that could be a code is looked for among the clients', async () => {
    await stage.hire(ira, 'admin')
    await addClient(stage, { name: 'Anna Peters' })
    await stage.chat(
      ira,
      `
      person> Anna Peters
      bot: По запросу «Anna Peters» нашёлся 1 человек
        ...
      `,
    )
  })

  test('so is a phone of ten digits', async () => {
    await stage.hire(ira, 'admin')
    await addClient(stage, { name: 'Анна', phone: '+79234567892' })
    await stage.chat(
      ira,
      `
      person> 9234567892
      bot: По запросу «9234567892» нашёлся 1 человек
        ...
      `,
    )
  })

  test('a code with a slip in it is no client, and the admin is told what to look at', async () => {
    await stage.hire(ira, 'admin')
    await addCoupon('Анна', 'ABCEHKMPT2')
    const unknown =
      'bot: Подарка с таким кодом нет. Проверьте, пожалуйста, буквы и цифры: в кодах не бывает нуля, единицы и букв O, I, L.'
    await stage.chat(
      ira,
      `
      person> ABCEH-KMPT3
      ${unknown}
        [☰ Меню]
      person> /start coupon-ABCEHKMPT0
      ${unknown}
        [☰ Меню]
      `,
    )
  })
})

describe('a gift is given once', () => {
  test('the second to press is told who gave it, and when', async () => {
    await stage.hire(ira, 'admin')
    await stage.hire(kate, 'admin')
    await addCoupon('Анна', 'ABCEHKMPT2')
    await stage.chat(kate, '\nperson> ABCEHKMPT2\nbot: 🎁 Gift ABCEH-KMPT2\n  ...')
    await stage.chat(
      ira,
      `
      person> ABCEHKMPT2${annasCoupon}
      person> [🎁 Погасить]
      toast: Готово! Отдавайте подарок: парафиновый массаж рук
      edit: 🎁 Подарок ABCEH-KMPT2

        Анна
        Что: парафиновый массаж рук
        Выдан: Ира, сегодня в 12:00
        [Открыть карточку] [☰ Меню]
      `,
    )
    stage.pass(dayMs)
    await stage.chat(
      kate,
      `
      person> [🎁 Redeem]
      toast: Given: Ира, yesterday at 12:00 PM
      edit: 🎁 Gift ABCEH-KMPT2

        Анна
        What: a paraffin hand massage
        Given: Ира, yesterday at 12:00 PM
        [Open the card] [☰ Menu]
      `,
    )
  })

  test('a press that is delivered twice gives it once and does not say that it was given before', async () => {
    await stage.hire(ira, 'admin')
    await addCoupon('Анна', 'ABCEHKMPT2')
    await stage.chat(ira, `\n      person> ABCEHKMPT2${annasCoupon}\n`)
    stage.telegram.faults.duplicate(2)
    const shown = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    stage.telegram.press(stage.botId, ira.id, shown.id, 0, 0)
    await stage.settled()
    expect(stage.seenBy(ira).match(/^toast: .*$/gm)).toEqual([
      'toast: Готово! Отдавайте подарок: парафиновый массаж рук',
    ])
    expect(stage.logged.filter((line) => line['event'] === 'admin.failed')).toEqual([])
  })

  test('not after its time', async () => {
    await stage.hire(ira, 'admin')
    await addCoupon('Анна', 'ABCEHKMPT2')
    await stage.chat(ira, `\n      person> ABCEHKMPT2${annasCoupon}\n`)
    stage.pass(60 * dayMs)
    await stage.chat(
      ira,
      `
      person> [🎁 Погасить]
      toast: Срок вышел 19 января 2027 г.
      edit: 🎁 Подарок ABCEH-KMPT2

        Анна
        Что: парафиновый массаж рук
        Срок вышел 19 января 2027 г.
        [Открыть карточку] [☰ Меню]
      `,
    )
  })
})

test('the card has the client’s gift', async () => {
  await stage.hire(ira, 'admin')
  await addCoupon('Анна', 'ABCEHKMPT2')
  await stage.chat(
    ira,
    `
    person> Анна
    bot: По запросу «Анна» нашёлся 1 человек
      ...
    person> [Анна · ✈️ · 10 нояб.]
    edit: Анна

      📞 Телефон пока не оставлен
      💬 Telegram: можно писать

      🎁 ABCEH-KMPT2, парафиновый массаж рук. Действует до 19 января 2027 г.

      📄 Согласие на обработку данных: есть, от 10 ноября 2026 г.
      📄 Согласие на рекламу: не давали

      Первый раз в боте: 10 ноября 2026 г.
      Последний раз в боте: 10 ноября 2026 г.
      [✓ Отметить визит]
      [🎁 Подарок]
      [📝 Пригласить в опрос]
      [↻ Обновить]
      [‹ Назад]
    person> [🎁 Подарок]
    edit: 🎁 Подарок ABCEH-KMPT2
      ...
    `,
  )
})

describe('a client who scans their own code', () => {
  test('reads what it is for, whether it exists or not', async () => {
    await addCoupon('Анна', 'ABCEHKMPT2')
    await stage.chat(
      stranger,
      `
      person> /start coupon-ABCEHKMPT2
      bot: Это ваш подарок от салона. Просто покажите код администратору, когда придёте.
      person> /start coupon-AAAAAAAAAA
      bot: Это ваш подарок от салона. Просто покажите код администратору, когда придёте.
      person> ABCEHKMPT2
      bot: Здравствуйте! Этот бот только для сотрудников. Если вы здесь работаете, попросите у руководителя личную ссылку-приглашение.
      `,
    )
    expect(await stage.staff.list()).toEqual([])
  })
})

describe('a coupon of an offer', () => {
  async function addOfferCoupon({
    uses = 1,
    state = 'done',
    discount = { kind: 'percent', percent: 10 },
  } = {}) {
    const clientId = await addClient(stage, { name: 'Анна', lines: ['nails'] })
    const { prisma } = stage.database
    const at = new Date(nowMs)
    const title = { ru: 'Осенняя скидка', en: 'Autumn discount' }
    const offer = await prisma.offer.create({
      data: { origin: 'manual', state, spec: {}, seed: 'seed', endedAt: at },
    })
    const delivery = await prisma.delivery.create({
      data: { offerId: offer.id, clientId, state: 'sent', dueAt: at, sentAt: at },
    })
    await prisma.coupon.create({
      data: {
        clientId,
        reward: `offer:${offer.id}:`,
        code: 'ABCEHKMPT2',
        issuedAt: at,
        expiresAt: new Date(nowMs + 14 * dayMs),
        uses,
        deliveryId: delivery.id,
        promise: { title, discount },
      },
    })
    return clientId
  }

  test('is taken, and the visit is written down in one more tap', async () => {
    await stage.hire(ira, 'admin')
    await addOfferCoupon()
    await stage.chat(
      ira,
      `
      person> ABCEH-KMPT2
      bot: 🎟 Купон ABCEH-KMPT2

        Анна
        Что: скидка 10 %
        Предложение: Осенняя скидка
        Действует до 4 декабря 2026 г.
        [🎁 Погасить]
        [Открыть карточку] [☰ Меню]
      person> [🎁 Погасить]
      toast: Готово! По купону: скидка 10 %
      edit: 🎟 Купон ABCEH-KMPT2

        Анна
        Что: скидка 10 %
        Предложение: Осенняя скидка
        Погашен: Ира, сегодня в 12:00
        [✓ Отметить визит: ногти] [Другое…]
        [Открыть карточку] [☰ Меню]
      person> [✓ Отметить визит: ногти]
      edit: ✓ Записали: Анна, ногти
        ...
      person> ABCEH-KMPT2
      bot: 🎟 Купон ABCEH-KMPT2

        Анна
        Что: скидка 10 %
        Предложение: Осенняя скидка
        Погашен: Ира, сегодня в 12:00
        [Открыть карточку] [☰ Меню]
      `,
    )
    expect(await stage.database.prisma.couponUse.findMany({ include: { visit: true } })).toMatchObject([
      { visit: { line: 'nails' } },
    ])
  })

  test('with several uses: who comes second is told of the first, and that some are left', async () => {
    await stage.hire(ira, 'admin')
    await stage.hire(kate, 'admin')
    await addOfferCoupon({ uses: 3 })
    await stage.chat(kate, '\nperson> ABCEHKMPT2\nbot: 🎟 Coupon ABCEH-KMPT2\n  ...')
    await stage.chat(ira, '\nperson> ABCEHKMPT2\nbot: 🎟 Купон ABCEH-KMPT2\n  ...')
    await stage.chat(
      ira,
      '\nperson> [🎁 Погасить]\ntoast: Готово! По купону: скидка 10 %\nedit: 🎟 Купон ABCEH-KMPT2\n  ...',
    )
    await stage.chat(
      kate,
      `
      person> [🎁 Redeem]
      toast: Redeemed: Ира, today at 12:00 PM
      edit: 🎟 Coupon ABCEH-KMPT2

        Анна
        What: 10% off
        Offer: Autumn discount
        Good until December 4, 2026
        Uses left: 2 of 3
        Redeemed: Ира, today at 12:00 PM
        [🎁 Redeem]
        [✓ Record the visit: nails] [Something else…]
        [Open the card] [☰ Menu]
      `,
    )
  })

  test('of an offer that was stopped holds, and one that is too old does not', async () => {
    await stage.hire(ira, 'admin')
    await addOfferCoupon({ state: 'cancelled' })
    await stage.chat(
      ira,
      `
      person> ABCEH-KMPT2
      bot: 🎟 Купон ABCEH-KMPT2

        Анна
        Что: скидка 10 %
        Предложение: Осенняя скидка
        Действует до 4 декабря 2026 г.
        Рассылку остановили 20 ноября 2026 г., но обещанное этому клиенту действует.
        [🎁 Погасить]
        [Открыть карточку] [☰ Меню]
      `,
    )
    stage.pass(14 * dayMs)
    await stage.chat(
      ira,
      `
      person> [🎁 Погасить]
      toast: Срок вышел 4 декабря 2026 г.
      edit: 🎟 Купон ABCEH-KMPT2

        Анна
        Что: скидка 10 %
        Предложение: Осенняя скидка
        Срок вышел 4 декабря 2026 г.
        [Открыть карточку] [☰ Меню]
      `,
    )
  })
})
