/** The picture of an offer in the staff's bot: real Telegraf over HTTP, the Telegram stand-in, a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OfferSpec } from '../../src/domain/offers/offer.ts'
import type { ShownMessage } from '../../src/sandbox/messenger.ts'
import { jpegHead, png } from '../domain/pictures.ts'
import { offerSpec } from '../storage/offer-salon.ts'
import { createStage, ira, olga, type Stage } from './admin-chat.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  await stage.database.prisma.picture.deleteMany()
  await stage.hire(ira, 'admin')
})
afterAll(() => stage.close())

const files = {
  'cake.png': png(640, 480),
  'pie.png': png(640, 480, 90),
  'strip.png': png(2100, 100),
  'poster.jpg': jpegHead(8000, 4000),
  'heavy.png': Buffer.concat([png(10, 10), Buffer.alloc(10 * 1024 * 1024)]),
  'move.gif': Buffer.concat([Buffer.from('GIF89a'), Buffer.from([100, 0, 50, 0]), Buffer.alloc(20)]),
  'IMG_1.HEIC': Buffer.concat([Buffer.alloc(4), Buffer.from('ftypheic'), Buffer.alloc(40)]),
}

async function draft(changes: Partial<OfferSpec> = {}): Promise<number> {
  const by = (await stage.staff.byTelegramId(ira.id))!.id
  return (await stage.books.offers.create({ origin: 'manual', spec: offerSpec(changes), by }))!.id
}

const pictureOf = async (id: number) => (await stage.books.offers.byId(id))?.spec.picture

/** What the bot has shown last with a picture in it. */
const lastPicture = (): ShownMessage | undefined =>
  stage.telegram.chat(stage.botId, ira.id).messages.findLast(({ from, picture }) => from === 'bot' && picture)

async function asksForPicture(id: number): Promise<void> {
  await stage.staff.setAsked((await stage.staff.byTelegramId(ira.id))!.id, `offerPart:${id}:picture`)
}

describe('a picture', () => {
  test('is sent as a photo, shown as the client gets it, replaced by another one, and taken away', async () => {
    const id = await draft()
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
        [📝 Осень]
        ...
      person> [📝 Осень]
      edit: ✉️ Осень
        ...
      person> [✏️ Изменить]
      edit: Осень: что изменить?
        ...
        [Картинка: нет]
        ...
      person> [Картинка: нет]
      edit: Осень
        Пришлите картинку: её увидят все, кто получит предложение, а текст будет под ней.
        Подойдёт фото или файл JPEG или PNG. Под картинкой в Telegram помещается до 1024 знаков.
        [‹ Назад]
      person> сейчас пришлю
      bot: ⚠️ Это слова, а я жду картинку.

        Осень
        ...
        [‹ Назад]
      person> (photo cake.png)
      bot: Изменил

        Осень: что изменить?
        ...
        [Картинка: есть]
        ...
      person> [✓ Готово]
      edit: ✉️ Осень
        ...
        🖼 С картинкой
        Здравствуйте! Дарим вам 10 % до 4 декабря.
        ...
        [🖼 Показать с картинкой]
        [‹ Предложения] [🕓 История]
      person> [🖼 Показать с картинкой]
      bot: Здравствуйте! Дарим вам 10 % до 4 декабря.
        [Не присылать предложения]
        [‹ К предложению]
      person> [Не присылать предложения]
      person> [‹ К предложению]
      bot: ✉️ Осень
        ...
      `,
      files,
    )
    const first = await pictureOf(id)
    expect(lastPicture()?.picture?.name).toBe('cake.png')
    await stage.chat(
      ira,
      `
      person> [✏️ Изменить]
      edit: Осень: что изменить?
        ...
      person> [Картинка: есть]
      edit: Осень
        Картинка есть. Пришлите другую, и она встанет вместо неё.
        ...
        [🖼 Показать с картинкой]
        [🗑 Убрать картинку]
        [‹ Назад]
      person> (photo pie.png)
      bot: Изменил
        ...
      `,
      files,
    )
    expect(await pictureOf(id)).not.toBe(first)
    await stage.chat(
      ira,
      `
      person> [Картинка: есть]
      edit: Осень
        ...
      person> [🗑 Убрать картинку]
      toast: Изменил
      edit: Осень: что изменить?
        ...
        [Картинка: нет]
        ...
      `,
    )
    expect(await pictureOf(id)).toBeUndefined()
  })

  test('that is sent as a file is shown once as a photo, and is one of Telegram’s from then on', async () => {
    const id = await draft()
    await asksForPicture(id)
    await stage.chat(
      ira,
      `
      person> (file cake.png)
      bot: Осень: что изменить?
        ...
        [Картинка: есть]
        ...
      `,
      files,
    )
    const shown = lastPicture()
    expect(shown?.text).toContain('Осень: что изменить?')
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [📝 Осень]
      edit: ✉️ Осень
        ...
      person> [👥 Три примера]
      edit: Осень: как это прочтут
        Получателей сейчас нет, показать не на ком.
        [🖼 Показать с картинкой]
        [‹ Назад]
      person> [🖼 Показать с картинкой]
      bot: Здравствуйте! Дарим вам 10 % до 4 декабря.
        ...
      `,
    )
    expect(lastPicture()?.picture?.path).toBe(shown?.picture?.path)
  })

  test('that Telegram does not show after all is told of at once', async () => {
    const id = await draft()
    const strange = await stage.database.prisma.picture.create({
      data: {
        sha256: 'x',
        type: 'png',
        width: 1,
        height: 1,
        bytes: Buffer.from('no picture at all, sorry!!'),
      },
    })
    const by = (await stage.staff.byTelegramId(ira.id))!.id
    const spec = offerSpec({ picture: strange.id })
    await stage.books.offers.change({ id, by, act: { kind: 'edit', version: 1, spec } })
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [📝 Осень]
      edit: ✉️ Осень
        ...
      person> [🖼 Показать с картинкой]
      bot: ⚠️ Telegram эту картинку не показывает, и клиенты её не получат. Пришлите другую.

        Здравствуйте! Дарим вам 10 % до 4 декабря.
        ...
      `,
    )
  })

  test('that no messenger would take is not taken here, and it is said why', async () => {
    const id = await draft()
    await asksForPicture(id)
    await stage.chat(
      ira,
      `
      person> (file strip.png)
      bot: ⚠️ Картинка слишком узкая: 2100 × 100 точек. Одна сторона может быть длиннее другой не больше чем в 20 раз. Обрежьте её и пришлите снова.

        Осень
        Пришлите картинку: её увидят все, кто получит предложение, а текст будет под ней.
        ...
      person> (file poster.jpg)
      bot: ⚠️ Картинка слишком большая: 8000 × 4000 точек, а ширина и высота вместе должны давать не больше 10 000. Пришлите её как фото, а не файлом: Telegram сам её уменьшит.

        ...
      person> (file heavy.png)
      bot: ⚠️ Картинка тяжелее 10 МБ. Пришлите её как фото, а не файлом: Telegram сам её облегчит.

        ...
      person> (file move.gif)
      bot: ⚠️ Это GIF, а нужна JPEG или PNG. Пришлите её как фото, а не файлом: Telegram сам её переделает.

        ...
      person> (file IMG_1.HEIC)
      bot: ⚠️ Это не получается открыть как картинку. Нужна JPEG или PNG; проще всего прислать её как фото, а не файлом.

        ...
      `,
      files,
    )
    expect(await pictureOf(id)).toBeUndefined()
  })

  test('has no place over a text that is too long for it, nor such a text under it', async () => {
    const long = 'Дарим вам скидку! '.repeat(60)
    const id = await draft({ variants: [{ id: 'A', text: { ru: long }, share: 1 }] })
    await asksForPicture(id)
    const tooLong =
      '⚠️ Под картинкой в Telegram помещается 1024 знака, а со всеми подстановками здесь лишних 55 знаков. Сократите текст или уберите картинку.'
    await stage.chat(
      ira,
      `
      person> (photo cake.png)
      bot: ${tooLong}

        Осень: что изменить?
        ...
        [Картинка: нет]
        ...
      `,
      files,
    )
    const other = await draft({ picture: await keptPicture() })
    const by = (await stage.staff.byTelegramId(ira.id))!.id
    await stage.staff.setAsked(by, `offerPart:${other}:text`)
    await stage.chat(
      ira,
      `
      person> ${long}
      bot: ${tooLong}

        Осень
        ...
      `,
    )
    // However it came there, it does not get any further.
    const spec = offerSpec({
      picture: await keptPicture(),
      variants: [{ id: 'A', text: { ru: long }, share: 1 }],
    })
    await stage.books.offers.change({ id: other, by, act: { kind: 'edit', version: 1, spec } })
    expect(await stage.books.offers.change({ id: other, by, act: { kind: 'submit' } })).toMatchObject({
      ok: false,
      reason: 'problems',
    })
  })
})

const keptPicture = async () =>
  (
    await stage.database.prisma.picture.upsert({
      where: { sha256: 'kept' },
      create: {
        sha256: 'kept',
        type: 'png',
        width: 640,
        height: 480,
        bytes: new Uint8Array(files['cake.png']),
      },
      update: {},
    })
  ).id

describe('a photo', () => {
  test('with a caption begins a new offer with both; without one it needs words', async () => {
    await stage.chat(
      ira,
      `
      person> /offers
      bot: Предложения
        ...
      person> [➕ Новое предложение]
      edit: Новое предложение
        ...
      person> (photo cake.png)
      bot: ⚠️ Картинка есть, а слов нет. Пришлите её ещё раз с текстом в подписи, или начните с текста, а картинку добавите потом.

        Новое предложение
        ...
      person> (photo cake.png) {name}, ждём вас на чай с тортом!
      bot: Ждём вас на чай с тортом
        Кому: все клиенты
        ...
      `,
      files,
    )
    const [offer] = await stage.books.offers.list({ states: ['draft'], offset: 0, limit: 5 })
    expect(offer?.spec.variants[0]?.text).toEqual({ ru: '{name}, ждём вас на чай с тортом!' })
    expect(offer?.spec.picture).toBeDefined()
  })

  test('that nothing asked for is told where it belongs, and other files are still for imports', async () => {
    await stage.chat(
      ira,
      `
      person> (photo cake.png) торт
      bot: Красиво! Если это для предложения, откройте его, нажмите «Изменить», потом «Картинка» и пришлите её ещё раз. А чтобы начать новое, нажмите кнопку ниже и пришлите картинку с текстом в подписи.
        [➕ Новое предложение]
        [‹ Предложения]
      person> (file cake.png)
      bot: Красиво! Если это для предложения, откройте его, нажмите «Изменить», потом «Картинка» и пришлите её ещё раз. А чтобы начать новое, нажмите кнопку ниже и пришлите картинку с текстом в подписи.
        ...
      person> (file визиты.csv)
      bot: 📄 визиты.csv
        ...
      `,
      { ...files, 'визиты.csv': Buffer.from('Дата;Телефон\n01.11.2026;89161234567\n') },
    )
  })
})

test('an offer that is repeated has its picture again', async () => {
  await stage.hire(olga, 'owner')
  const picture = await keptPicture()
  const id = await draft({ picture })
  await stage.books.offers.change({
    id,
    act: { kind: 'cancel' },
    by: (await stage.staff.byTelegramId(olga.id))!.id,
  })
  await stage.chat(
    ira,
    `
    person> /offers
    bot: Предложения
      ...
    person> [🗂 Прошлые]
    edit: Прошлые предложения
      ...
    person> [■ Осень]
    edit: ✉️ Осень
      ...
      🖼 С картинкой
      ...
      [🔁 Повторить] [🗄 Убрать]
      [🖼 Показать с картинкой]
      ...
    person> [🔁 Повторить]
    toast: Сделал копию: проверьте и отдайте на утверждение
    edit: ✉️ Осень
      ...
    `,
  )
  const [again] = await stage.books.offers.list({ states: ['draft'], offset: 0, limit: 5 })
  expect(again?.spec.picture).toBe(picture)
})
