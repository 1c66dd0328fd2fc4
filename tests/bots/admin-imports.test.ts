import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createStage, ira, kate, olga, stranger, type Stage } from './admin-chat.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  stage.telegram.faults.clear()
  await stage.hire(ira, 'admin')
})
afterAll(() => stage.close())

const visits = () =>
  stage.database.prisma.visit.findMany({ orderBy: { at: 'asc' }, include: { client: true } })
const imports = () => stage.database.prisma.import.findMany({ orderBy: { id: 'asc' } })

/** A table as Excel saves it as CSV. */
const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n'))

const good = csv(
  'Дата визита;Телефон;Имя;Услуга;Оплачено;Комментарий',
  '01.11.2026 14:30;8 916 123-45-67;Анна;Стрижка;2 500,00;',
  '02.11.2026;+7 (916) 000-00-02;Ольга;Окрашивание;;постоянная',
)
const mixed = csv(
  'Дата визита;Телефон;Оплачено',
  '01.11.2026;8 916 123-45-67;2500',
  '31.02.2026;8 916 000-00-02;много',
  ';;',
  '03.11.2026;;1000',
)
const files = { 'визиты.csv': good, 'с ошибками.csv': mixed }

/** What the last document of the bot to this person holds. */
async function lastDocument(): Promise<string> {
  const { file } = stage.telegram
    .chat(stage.botId, ira.id)
    .messages.findLast((message) => message.from === 'bot' && message.file !== undefined)!
  return (await fetch(stage.url + file!.path)).text()
}

/** Sends the file, says yes, and lets the job do it. */
const bringIn = (name: string) => `
      person> (file ${name})
      bot: 📄 ${name}
        ...
      person> [📥 Загрузить]
      edit: 📄 ${name}
        ⏳ Сейчас начну загружать.
        [↻ Обновить]
      person> (import)
      edit: 📄 ${name}
        ░░░░░░░░░░░░ 0 %
        Загружаю: прочитано 0 строк, визитов записано 0.
        [↻ Обновить]`

describe('a file of visits', () => {
  test('is shown as it was understood, imported at a word, and accounted for', async () => {
    await stage.chat(
      ira,
      `
      person> (file визиты.csv)
      bot: 📄 визиты.csv

        Вот как я понимаю этот файл:
        CSV, кодировка UTF-8, разделитель «;». Всего 2 строки.
        • дата: «Дата визита», например 01.11.2026 14:30
        • телефон: «Телефон», например 8 916 123-45-67
        • имя: «Имя», например Анна
        • услуга: «Услуга», например Стрижка
        • сумма: «Оплачено», например 2 500,00
        Не беру колонки: «Комментарий»
        ...
      person> [📥 Загрузить]
      edit: 📄 визиты.csv
        ⏳ Сейчас начну загружать.
        [↻ Обновить]
      person> (import)
      edit: 📄 визиты.csv
        ░░░░░░░░░░░░ 0 %
        Загружаю: прочитано 0 строк, визитов записано 0.
        [↻ Обновить]
      edit: 📄 визиты.csv
        ✅ Готово.

        Всего 2 строки:
        • новых визитов: 2
        [💎 Сегменты]
        [☰ Меню]
      `,
      files,
    )
    expect(await visits()).toMatchObject([
      { kopecks: 250_000n, timeKnown: true, client: { name: 'Анна', bookPhone: '+79161234567' } },
      { kopecks: null, timeKnown: false, client: { name: 'Ольга', bookPhone: '+79160000002' } },
    ])
    expect(await imports()).toMatchObject([{ state: 'done', fileName: 'визиты.csv', rows: 2, added: 2 }])
  })

  test('sent again adds nothing', async () => {
    const account = `
      edit: 📄 визиты.csv
        ✅ Готово.

        Всего 2 строки:`
    await stage.chat(ira, `${bringIn('визиты.csv')}${account}\n        ...`, files)
    await stage.chat(
      ira,
      `${bringIn('визиты.csv')}${account}
        • уже были или повторяются: 2
        [💎 Сегменты]
        [☰ Меню]
      `,
      files,
    )
    expect(await visits()).toHaveLength(2)
  })

  test('of an English-speaking admin is answered in English', async () => {
    await stage.hire(kate, 'owner')
    await stage.chat(
      kate,
      `
      person> /import
      bot: Send me a file with past visits from your program: Excel (.xlsx) or CSV, up to 20 MB. It needs the date and the client's phone or number; the name, service, line, master and amount are welcome. First I show how I understood it: nothing is written without your “yes”.
        [☰ Menu]
      person> (file visits.csv)
      bot: 📄 visits.csv
        ...
      person> [📥 Import]
      edit: 📄 visits.csv
        ⏳ About to begin.
        [↻ Refresh]
      person> (import)
      edit: 📄 visits.csv
        ...
      edit: 📄 visits.csv
        ✅ Done.

        2 rows in all:
        • new visits: 2
        [💎 Segments]
        [☰ Menu]
      `,
      { 'visits.csv': good },
    )
  })

  test('from a stranger is none of the bot’s business', async () => {
    await stage.chat(
      stranger,
      `
      person> (file визиты.csv)
      bot: Здравствуйте! Этот бот только для сотрудников. Если вы здесь работаете, попросите у руководителя личную ссылку-приглашение.
      `,
      files,
    )
    expect(await imports()).toEqual([])
  })

  test('leaves nothing of its content in the log, nor the address it came from', async () => {
    await stage.chat(
      ira,
      `${bringIn('с ошибками.csv')}
      bot: (file visits-to-fix.csv) Эти 2 строки я не понял. В последней колонке написано, что не так: исправьте и пришлите файл мне.
      edit: 📄 с ошибками.csv
        ...
      `,
      files,
    )
    const log = JSON.stringify(stage.logged)
    expect(log).toContain('import.ended')
    for (const secret of [stage.token, 'file_', 'ошибками', '916', '2500']) expect(log).not.toContain(secret)
  })
})

describe('rows that can’t be taken', () => {
  test('come back as a file that can be mended and sent again; the good ones are not held back', async () => {
    await stage.chat(
      ira,
      `${bringIn('с ошибками.csv')}
      bot: (file visits-to-fix.csv) Эти 2 строки я не понял. В последней колонке написано, что не так: исправьте и пришлите файл мне.
      edit: 📄 с ошибками.csv
        ✅ Готово.

        Всего 4 строки:
        • новых визитов: 1
        • пропущено (пустые, итоги, не пришли): 1
        • не понял: 2
        [💎 Сегменты]
        [☰ Меню]
      `,
      files,
    )
    const toFix = await lastDocument()
    expect(toFix.split('\r\n')).toEqual([
      'Дата визита;Телефон;Оплачено;Что не так',
      expect.stringMatching(/^31\.02\.2026;8 916 000-00-02;много;"«Дата визита»: .*; «Оплачено»: /),
      expect.stringMatching(/^03\.11\.2026;;1000;«Телефон»: /),
      '',
    ])
    const mended = toFix
      .replace('31.02', '28.02')
      .replace('много', '900')
      .replace(';;1000', ';89160000003;1000')
    await stage.chat(
      ira,
      `${bringIn('исправлено.csv')}
      edit: 📄 исправлено.csv
        ✅ Готово.

        Всего 2 строки:
        • новых визитов: 2
        [💎 Сегменты]
        [☰ Меню]
      `,
      { 'исправлено.csv': Buffer.from(mended) },
    )
    expect(await visits()).toHaveLength(3)
  })

  test('about a phone of somebody else are taken, and pointed out', async () => {
    const first = csv('Дата;Код клиента;Телефон', '01.11.2026;К1;89161234567', '01.11.2026;К2;')
    const second = csv('Дата;Код клиента;Телефон', '02.11.2026;К2;89161234567')
    await stage.chat(
      ira,
      `${bringIn('a.csv')}
      edit: 📄 a.csv
        ...
      ${bringIn('b.csv').trim()}
      edit: 📄 b.csv
        ✅ Готово.

        Всего 1 строка:
        • новых визитов: 1

        Обратите внимание:
        строка 2, «Телефон»: +79161234567 — этот телефон записан за другим клиентом; визит записал по номеру клиента, телефон не трогал
        [💎 Сегменты]
        [☰ Меню]
      `,
      { 'a.csv': first, 'b.csv': second },
    )
  })
})

describe('what is no table of visits', () => {
  const how = /Пришлите сюда файл с прошлыми визитами/
  test.each([
    ['договор.pdf', Buffer.from('%PDF-1.7\n'), /Это PDF/],
    ['старый.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /старый формат Excel/],
    ['снимок.csv', Buffer.from('89504e470d0a1a0a', 'hex'), /Это картинка/],
    ['слова.csv', csv('просто', 'слова'), /Не нашёл строку с названиями колонок/],
    ['пустой.csv', csv('', ''), /ничего нет/],
    ['архив.xlsx', Buffer.from('504b0506'.padEnd(44, '0'), 'hex'), /архив|повреждён/],
  ])('%s: a sentence says why, and what can be sent', async (name, bytes, why) => {
    stage.telegram.sendDocument(stage.botId, ira.id, { name, bytes })
    await stage.settled()
    const { text, buttons } = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    expect(text).toMatch(why)
    expect(text).toMatch(how)
    expect(buttons.flat().map(({ label }) => label)).toEqual(['☰ Меню'])
    expect(await imports()).toEqual([])
  })

  test('a sticker is answered, too', async () => {
    await stage.chat(
      ira,
      `
      person> (sticker)
      bot: Здесь я понимаю текст и таблицы. Напишите имя клиента или цифры его телефона, и я найду карточку, а файл Excel или CSV с визитами могу загрузить.
        [☰ Меню]
      `,
    )
  })

  test('more than Telegram gives to bots is led to the command line, and not asked for', async () => {
    stage.telegram.faults.add({ kind: 'forbidden', method: 'getFile' })
    await stage.chat(
      ira,
      `
      person> (file огромный.xlsx)
      bot: 📄 огромный.xlsx
        Файл больше 20 МБ: такие Telegram ботам не отдаёт. Разделите его на части или загрузите на компьютере, где работает Отклик: npm run -s otklik -- import ФАЙЛ
        ...
      `,
      { 'огромный.xlsx': Buffer.alloc(20 * 1024 * 1024 + 1) },
    )
  })
})

describe('what was misunderstood', () => {
  const odd = csv(
    'Приход;Кто;Цех;Оплачено;Возврат',
    '01.11.2026;89161234567;Маникюр;2500;0',
    '02.11.2026;89160000002;Маникюр;3000;100',
  )

  test('is put right by buttons, and looked at again before anything is written', async () => {
    await stage.chat(
      ira,
      `
      person> (file выгрузка.csv)
      bot: 📄 выгрузка.csv

        Вот как я понимаю этот файл:
        CSV, кодировка UTF-8, разделитель «;». Всего 2 строки.
        • сумма: «Оплачено», например 2500
        Не беру колонки: «Приход», «Кто», «Цех», «Возврат»
        ✗ Нет колонки с датой визита: без неё никак.
        ✗ Не понять, чьи это визиты: нужна колонка с телефоном или с номером клиента.
        [Другие колонки] [Не надо]
      person> [Другие колонки]
      edit: Что откуда брать? Нажмите на то, что понято неверно, и выберите другую колонку.
        Нет колонки с датой визита: без неё никак.
        Не понять, чьи это визиты: нужна колонка с телефоном или с номером клиента.
        [Дата: нет]
        [Время: нет]
        [Телефон: нет]
        [Номер клиента: нет]
        [Имя: нет]
        [Направление: нет]
        [Услуга: нет]
        [Сумма: Оплачено]
        [Мастер: нет]
        [Номер записи: нет]
        [Состояние: нет]
        [Посмотреть, что вышло]
      person> [Дата: нет]
      edit: В какой колонке дата?
        [Приход]
        [Кто]
        [Цех]
        [Оплачено]
        [Возврат]
        [Ни в какой] [‹ Назад]
      person> [Приход]
      edit: Что откуда брать? Нажмите на то, что понято неверно, и выберите другую колонку.
        Не понять, чьи это визиты: нужна колонка с телефоном или с номером клиента.
        [Дата: Приход]
        ...
      person> [Телефон: нет]
      edit: В какой колонке телефон?
        ...
      person> [Кто]
      edit: Что откуда брать? Нажмите на то, что понято неверно, и выберите другую колонку.
        ...
      person> [Посмотреть, что вышло]
      edit: 📄 выгрузка.csv

        Вот как я понимаю этот файл:
        CSV, кодировка UTF-8, разделитель «;». Всего 2 строки.
        • дата: «Приход», например 01.11.2026
        • телефон: «Кто», например 89161234567
        • сумма: «Оплачено», например 2500
        ...
      person> [📥 Загрузить]
      edit: 📄 выгрузка.csv
        ...
      person> (import)
      edit: 📄 выгрузка.csv
        ...
      edit: 📄 выгрузка.csv
        ✅ Готово.
        ...
      `,
      { 'выгрузка.csv': odd },
    )
    expect((await visits()).map(({ kopecks }) => kopecks)).toEqual([250_000n, 300_000n])
  })

  test('a column has one meaning: who takes it takes it away; and none may have it', async () => {
    await stage.chat(
      ira,
      `
      person> (file визиты.csv)
      bot: 📄 визиты.csv
        ...
      person> [Другие колонки]
      edit: Что откуда брать? Нажмите на то, что понято неверно, и выберите другую колонку.
        [Дата: Дата визита]
        [Время: нет]
        [Телефон: Телефон]
        [Номер клиента: нет]
        [Имя: Имя]
        ...
      person> [Мастер: нет]
      edit: В какой колонке мастер?
        ...
      person> [Услуга]
      edit: Что откуда брать? Нажмите на то, что понято неверно, и выберите другую колонку.
        [Дата: Дата визита]
        [Время: нет]
        [Телефон: Телефон]
        [Номер клиента: нет]
        [Имя: Имя]
        [Направление: нет]
        [Услуга: нет]
        [Сумма: Оплачено]
        [Мастер: Услуга]
        ...
      person> [Сумма: Оплачено]
      edit: В какой колонке сумма?
        [Дата визита]
        [Телефон]
        [Имя]
        [Услуга]
        [✓ Оплачено]
        [Комментарий]
        [Ни в какой] [‹ Назад]
      person> [Ни в какой]
      edit: Что откуда брать? Нажмите на то, что понято неверно, и выберите другую колонку.
        ...
      person> [Посмотреть, что вышло]
      edit: 📄 визиты.csv

        Вот как я понимаю этот файл:
        CSV, кодировка UTF-8, разделитель «;». Всего 2 строки.
        • дата: «Дата визита», например 01.11.2026 14:30
        • телефон: «Телефон», например 8 916 123-45-67
        • имя: «Имя», например Анна
        • мастер: «Услуга», например Стрижка
        Не беру колонки: «Оплачено», «Комментарий»
        ...
      `,
      files,
    )
  })

  test('two columns of one name are told apart', async () => {
    const twins = csv('Дата;Номер;Номер;Оплачено', '01.11.2026;17;89161234567;2500')
    await stage.chat(
      ira,
      `
      person> (file близнецы.csv)
      bot: 📄 близнецы.csv
        ...
      person> [Другие колонки]
      edit: Что откуда брать? Нажмите на то, что понято неверно, и выберите другую колонку.
        ...
      person> [Телефон: нет]
      edit: В какой колонке телефон?
        ...
      `,
      { 'близнецы.csv': twins },
    )
    const { messages } = stage.telegram.chat(stage.botId, ira.id)
    stage.telegram.press(stage.botId, ira.id, messages.at(-1)!.id, 2, 0)
    await stage.settled()
    await stage.chat(
      ira,
      `
      person> [Посмотреть, что вышло]
      edit: 📄 близнецы.csv

        Вот как я понимаю этот файл:
        CSV, кодировка UTF-8, разделитель «;». Всего 1 строка.
        • дата: «Дата», например 01.11.2026
        • телефон: «Номер», например 89161234567
        ...
      `,
    )
  })

  test('a wide table is chosen from page by page', async () => {
    const names = Array.from({ length: 45 }, (_, index) => `К${index + 1}`)
    const wide = csv(
      ['Дата', 'Телефон', ...names].join(';'),
      ['01.11.2026', '89161234567', ...names].join(';'),
    )
    await stage.chat(
      ira,
      `
      person> (file широкий.csv)
      bot: 📄 широкий.csv
        ...
      person> [Другие колонки]
      edit: Что откуда брать? Нажмите на то, что понято неверно, и выберите другую колонку.
        ...
      person> [Имя: нет]
      edit: В какой колонке имя?
        ...
      person> [›]
      edit: В какой колонке имя?
        ...
      person> [›]
      edit: В какой колонке имя?
        [К39]
        [К40]
        [К41]
        [К42]
        [К43]
        [К44]
        [К45]
        [‹] [3 из 3]
        [Ни в какой] [‹ Назад]
      person> [К45]
      edit: Что откуда брать? Нажмите на то, что понято неверно, и выберите другую колонку.
        [Дата: Дата]
        [Время: нет]
        [Телефон: Телефон]
        [Номер клиента: нет]
        [Имя: К45]
        ...
      `,
      { 'широкий.csv': wide },
    )
  })

  test('lines by other names than the salon’s are left out at one press', async () => {
    const lines = csv(
      'Дата;Телефон;Категория',
      '01.11.2026;89161234567;Маникюр',
      '02.11.2026;89160000002;Массаж',
      '03.11.2026;89160000003;Ногти',
    )
    await stage.chat(
      ira,
      `
      person> (file направления.csv)
      bot: 📄 направления.csv

        Вот как я понимаю этот файл:
        CSV, кодировка UTF-8, разделитель «;». Всего 3 строки.
        • дата: «Дата», например 01.11.2026
        • телефон: «Телефон», например 89161234567
        • направление: «Категория», например Маникюр
        Проверены первые 3 строки: понятных 1, с ошибками 2, пустых и лишних 0.
          строка 2, «Категория»: Маникюр — такого направления в настройках салона нет; есть: Волосы, Ногти
          строка 3, «Категория»: Массаж — такого направления в настройках салона нет; есть: Волосы, Ногти
        [Не брать «Категория»]
        [📥 Загрузить]
        [Другие колонки] [Не надо]
      person> [Не брать «Категория»]
      edit: 📄 направления.csv

        Вот как я понимаю этот файл:
        CSV, кодировка UTF-8, разделитель «;». Всего 3 строки.
        • дата: «Дата», например 01.11.2026
        • телефон: «Телефон», например 89161234567
        Не беру колонки: «Категория»
        ...
      person> [📥 Загрузить]
      edit: 📄 направления.csv
        ...
      person> (import)
      edit: 📄 направления.csv
        ...
      edit: 📄 направления.csv
        ✅ Готово.

        Всего 3 строки:
        • новых визитов: 3
        [💎 Сегменты]
        [☰ Меню]
      `,
      { 'направления.csv': lines },
    )
  })

  test('where nothing can be read there is nothing to import', async () => {
    await stage.chat(
      ira,
      `
      person> (file плохой.csv)
      bot: 📄 плохой.csv

        Вот как я понимаю этот файл:
        CSV, кодировка UTF-8, разделитель «;». Всего 1 строка.
        • дата: «Дата», например 31.02.2026
        • телефон: «Телефон», например 89161234567
        Проверена 1 строка: понятных 0, с ошибками 1, пустых и лишних 0.
          строка 2, «Дата»: 31.02.2026 — такого дня в календаре нет
        [Другие колонки] [Не надо]
      `,
      { 'плохой.csv': csv('Дата;Телефон', '31.02.2026;89161234567') },
    )
  })

  test('dates that can be read in two ways are asked about', async () => {
    const dates = csv('Date;Phone', '03/04/2026;89161234567')
    await stage.chat(
      ira,
      `
      person> (file dates.csv)
      bot: 📄 dates.csv
        ...
      person> [03/04 — это 4 марта]
      edit: 📄 dates.csv
        ...
      person> [📥 Загрузить]
      edit: 📄 dates.csv
        ...
      person> (import)
      edit: 📄 dates.csv
        ...
      edit: 📄 dates.csv
        ✅ Готово.
        ...
      `,
      { 'dates.csv': dates },
    )
    expect((await visits()).map(({ at }) => at)).toEqual([new Date('2026-03-04T09:00:00Z')])
  })
})

describe('one file is imported once', () => {
  const start = `
      person> (file визиты.csv)
      bot: 📄 визиты.csv
        ...
      person> [📥 Загрузить]
      edit: 📄 визиты.csv
        ⏳ Сейчас начну загружать.
        [↻ Обновить]`
  test('however often its button is pressed, and however late', async () => {
    stage.telegram.sendDocument(stage.botId, ira.id, { name: 'визиты.csv', bytes: good })
    await stage.settled()
    const { id } = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    for (let press = 0; press < 3; press += 1) stage.telegram.press(stage.botId, ira.id, id, 0, 0)
    await stage.settled()
    expect(stage.started()).toHaveLength(1)
    await stage.runImports()
    expect(await imports()).toMatchObject([{ state: 'done', added: 2 }])
  })

  test('however often Telegram brings an update', async () => {
    stage.telegram.faults.duplicate(2)
    stage.telegram.sendDocument(stage.botId, ira.id, { name: 'визиты.csv', bytes: good })
    await stage.settled()
    const { messages } = stage.telegram.chat(stage.botId, ira.id)
    for (const { id, from } of messages.slice(-2))
      if (from === 'bot') stage.telegram.press(stage.botId, ira.id, id, 0, 0)
    await stage.settled()
    expect(await imports()).toHaveLength(1)
    expect(stage.started()).toHaveLength(1)
  })

  test('by two of the staff: the second one finds everything there', async () => {
    await stage.hire(olga, 'owner')
    await stage.chat(ira, start, files)
    await stage.chat(olga, start, files)
    await stage.runImports()
    expect(await imports()).toMatchObject([{ added: 2 }, { added: 0, unchanged: 2 }])
    expect(await visits()).toHaveLength(2)
  })

  test('never, when somebody has said no', async () => {
    await stage.chat(
      ira,
      `
      person> (file визиты.csv)
      bot: 📄 визиты.csv
        ...
      person> [Не надо]
      edit: 📄 визиты.csv
        Хорошо, ничего не записал.
        [☰ Меню]
      `,
      files,
    )
    expect(await imports()).toMatchObject([{ state: 'cancelled' }])
    expect(stage.started()).toEqual([])
  })

  test('and its message can be asked how far it is', async () => {
    await stage.chat(ira, start, files)
    await stage.chat(
      ira,
      `
      person> [↻ Обновить]
      `,
    )
    await stage.runImports()
    stage.seenBy(ira)
    expect((await imports())[0]).toMatchObject({ state: 'done' })
  })
})

describe('after a crash', () => {
  const names = 'Дата;Телефон;Имя;Оплачено'
  /** More than are written at once; every tenth is wrong. */
  const long = csv(
    names,
    ...Array.from({ length: 2500 }, (_, index) => {
      const amount = index % 10 === 0 ? 'много' : String(1000 + index)
      return `01.${String(1 + (index % 10)).padStart(2, '0')}.2026 12:00;8916${1_000_000 + index};Анна;${amount}`
    }),
  )
  const begun = async () => {
    stage.telegram.sendDocument(stage.botId, ira.id, { name: 'длинный.csv', bytes: long })
    await stage.settled()
    const { id } = stage.telegram.chat(stage.botId, ira.id).messages.at(-1)!
    stage.telegram.press(stage.botId, ira.id, id, 0, 0)
    await stage.settled()
    const [importId] = stage.started()
    return importId!
  }
  const ended = async () => {
    expect(await imports()).toMatchObject([
      { state: 'done', rows: 2500, added: 2250, unchanged: 0, refused: 250 },
    ])
    expect(await stage.database.prisma.visit.count()).toBe(2250)
    // The rows of before the crash are among them.
    expect((await lastDocument()).split('\r\n')).toHaveLength(1 + 250 + 1)
    expect(
      stage.telegram.chat(stage.botId, ira.id).messages.findLast(({ buttons }) => buttons.length > 0)?.text,
    ).toMatch(/✅ Готово[^]*Всего 2.500 строк:[^]*новых визитов: 2.250[^]*не понял: 250/)
  }

  test('an import goes on where it was, and ends with an exact account', async () => {
    const id = await begun()
    const stopping = new AbortController()
    stopping.abort()
    const { importer } = stage.admin
    // Told to stop: the batch at hand is finished.
    expect(await importer.run((await stage.imports.claim(id))!, stopping.signal)).toBe('later')
    const [{ state, rows, added }] = (await imports()) as [Awaited<ReturnType<typeof imports>>[0]]
    expect([state, rows > 0, rows < 2500]).toEqual(['waiting', true, true])
    expect(await stage.database.prisma.visit.count()).toBe(added)
    // Dead without a word: another process waits until it is sure.
    await stage.imports.claim(id)
    expect(await stage.imports.claim(id)).toBeUndefined()
    stage.pass(31_000)
    const one = (await stage.imports.claim(id))!
    expect(await importer.run(one, new AbortController().signal)).toBe('ended')
    await ended()
  })

  test('Telegram out of reach gives it back, and the next try ends it', async () => {
    const id = await begun()
    stage.telegram.faults.add({ kind: 'serverError', method: 'getFile' })
    const { importer } = stage.admin
    const { signal } = new AbortController()
    await expect(importer.run((await stage.imports.claim(id))!, signal)).rejects.toThrow('getFile failed')
    expect(await imports()).toMatchObject([{ state: 'waiting', rows: 0 }])
    stage.telegram.faults.clear()
    expect(await importer.run((await stage.imports.claim(id))!, signal)).toBe('ended')
    await ended()
  })

  test('who comes back from the dead writes nothing more', async () => {
    const id = await begun()
    const one = (await stage.imports.claim(id))!
    stage.pass(31_000)
    const other = (await stage.imports.claim(id))!
    const { importer } = stage.admin
    const { signal } = new AbortController()
    expect(await importer.run(other, signal)).toBe('ended')
    expect(await importer.run(one, signal)).toBe('ended')
    await ended()
    expect(stage.logged).toContainEqual({ event: 'import.lost', import: id })
  })

  test('given up, it says so, and sending the file again is no harm', async () => {
    const id = await begun()
    await stage.admin.importer.giveUp((await stage.imports.claim(id))!)
    expect(await imports()).toMatchObject([{ state: 'failed' }])
    expect(stage.seenBy(ira)).toContain('Не получилось загрузить до конца. Пришлите файл ещё раз')
  })

  test('an import whose starter has left the salon is done without a word', async () => {
    const id = await begun()
    await stage.database.prisma.staff.deleteMany()
    stage.seenBy(ira)
    await stage.admin.importer.run((await stage.imports.claim(id))!, new AbortController().signal)
    expect(stage.seenBy(ira)).toBe('')
    expect(await imports()).toMatchObject([{ state: 'done', startedBy: null, added: 2250 }])
  })
})

test('an Excel book is known by its content, whatever it is called', async () => {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const text = (value: string) => ({ value, type: String })
  const rows = [
    ['Дата', 'Телефон', 'Сумма'].map(text),
    [
      { value: new Date('2026-11-01T14:30:00Z'), type: Date, format: 'dd.mm.yyyy hh:mm' },
      text('89161234567'),
      { value: 2500.5, type: Number },
    ],
  ]
  const bytes = await writeXlsxFile(rows).toBuffer()
  await stage.chat(
    ira,
    `${bringIn('выгрузка')}
      edit: 📄 выгрузка
        ✅ Готово.
        ...
      `,
    { выгрузка: Buffer.from(bytes) },
  )
  expect(await visits()).toMatchObject([
    { at: new Date('2026-11-01T11:30:00Z'), kopecks: 250_050n, client: { bookPhone: '+79161234567' } },
  ])
})
