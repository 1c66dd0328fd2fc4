import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { svgToPng } from '../../../src/reports/svg-to-png.ts'
import { openBrowser } from '../browser.ts'
import { openPage } from './open-page.ts'
import type { OpenPage } from './open-page.ts'
import { anna, olgaId, openSandbox } from './open-sandbox.ts'
import { loaded } from './seen-in-page.ts'

let browser: Browser
let sandbox: Awaited<ReturnType<typeof openSandbox>>
let open: OpenPage

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  sandbox = await openSandbox()
  open = await openPage(browser, sandbox.url)
})
afterEach(async () => {
  await open.close()
  await sandbox.close()
})

const inline = (...rows: string[][]) => ({
  reply_markup: { inline_keyboard: rows.map((row) => row.map((text) => ({ text, callback_data: text }))) },
})
const keyboard = (...rows: (string | object)[][]) => ({
  reply_markup: { keyboard: rows, resize_keyboard: true },
})

test('the staff send a table from this computer, and see it in the chat', async () => {
  const { admin, page } = open
  await admin.start()
  expect((await sandbox.admin.next()).message?.text).toBe('/start')
  const chooser = page.waitForEvent('filechooser')
  await admin.attach('Файл с компьютера')
  const buffer = Buffer.from('Дата;Телефон\n01.11.2026;89161234567\n')
  await (await chooser).setFiles({ name: 'визиты.csv', mimeType: 'text/csv', buffer })
  await sandbox.admin.next()
  const sent = sandbox.telegram.chat(sandbox.adminBotId, olgaId).messages.at(-1)
  expect(sent).toMatchObject({ from: 'person', file: { name: 'визиты.csv', sizeBytes: buffer.length } })
  await admin.locator.getByRole('link', { name: 'Скачать «визиты.csv»' }).waitFor()
})

describe('a conversation', () => {
  test('begins with Start and reads like a chat', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    expect((await client.next()).message?.text).toBe('/start')
    await client.say(
      anna.telegramId,
      'Здравствуйте! Как вас зовут?',
      inline(['Анна'], ['Пропустить', 'Назад']),
    )
    await telegram.hears('Как вас зовут?')
    await telegram.type('Анна')
    expect((await client.next()).message?.text).toBe('Анна')
    await client.say(anna.telegramId, 'Очень приятно!')
    await telegram.hears('Очень приятно!')
    expect(await telegram.transcript()).toBe(
      [
        'client: /start',
        'bot: Здравствуйте! Как вас зовут? [Анна] [Пропустить] [Назад]',
        'client: Анна',
        'bot: Очень приятно!',
      ].join('\n'),
    )
  })

  test('survives a reload of the page', async () => {
    const { telegram, page } = open
    await telegram.start()
    await sandbox.client.say(anna.telegramId, 'Здравствуйте!')
    await telegram.hears('Здравствуйте!')
    const before = await telegram.transcript()
    await page.reload()
    await telegram.hears('Здравствуйте!')
    expect(await telegram.transcript()).toBe(before)
  })

  test('goes on by itself after the program was away, and misses nothing', async () => {
    const { telegram, page } = open
    await telegram.start()
    await telegram.sees('/start')
    const lost = page.getByText('Связь с программой потеряна')
    await sandbox.stopServing()
    await lost.waitFor()
    await telegram.type('Есть кто?')
    await page.getByText('программа не отвечает').waitFor()
    expect(await telegram.locator.locator('.input').inputValue()).toBe('Есть кто?')
    await sandbox.serveAgain()
    await sandbox.client.say(anna.telegramId, 'Я вернулась!')
    await telegram.sees('Я вернулась!')
    await lost.waitFor({ state: 'hidden' })
    open.forgive() // the browser's own words about the failed requests
  })

  test('what a client types is text, whatever it looks like', async () => {
    const { telegram, page } = open
    await telegram.start()
    await telegram.type('<img src=x onerror=alert(1)><b>жирно</b>')
    await telegram.sees('<img src=x onerror=alert(1)><b>жирно</b>')
    expect(await page.locator('.message b, .message img').count()).toBe(0)
  })

  test('marks, links and commands look and work as in Telegram', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    const text =
      '<blockquote>Цитата</blockquote>\n' +
      '<b>Важно <i>и мягко</i></b>: <a href="https://example.org/a">сайт</a>, <tg-spoiler>тайна</tg-spoiler>, /help'
    await client.say(anna.telegramId, text, { parse_mode: 'HTML' })
    await telegram.hears('Важно и мягко: сайт, тайна, /help')
    const bubble = telegram.locator.locator('.message').last()
    expect(await bubble.locator('blockquote').innerText()).toBe('Цитата')
    expect(await bubble.locator('strong').innerText()).toBe('Важно и мягко')
    expect(await bubble.locator('strong em').innerText()).toBe('и мягко')
    await bubble.getByRole('button', { name: 'Показать скрытый текст' }).click()
    expect(await bubble.locator('.spoiler.revealed').innerText()).toBe('тайна')
    expect(await bubble.locator('a').getAttribute('href')).toBe('https://example.org/a')
    expect(await bubble.locator('a').getAttribute('rel')).toBe('noopener noreferrer')
    await telegram.press('/help')
    expect((await client.next()).message?.text).toBe('/help')
  })
})

describe('buttons', () => {
  test('a press spins until the bot answers it, and the answer is shown', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    await client.say(anna.telegramId, 'Согласны?', inline(['Да', 'Нет']))
    await telegram.press('Да')
    const spinner = telegram.locator.locator('.spinner')
    await spinner.waitFor()
    const press = (await client.next()).callback_query!
    expect(press.data).toBe('Да')
    await client.call('answerCallbackQuery', { callback_query_id: press.id, text: 'Записали' })
    expect(await telegram.toast()).toBe('Записали')
    await spinner.waitFor({ state: 'detached' })
  })

  test('an alert must be closed before going on', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    await client.say(anna.telegramId, 'Стереть всё?', inline(['Стереть']))
    await telegram.press('Стереть')
    const press = (await client.next()).callback_query!
    await client.call('answerCallbackQuery', {
      callback_query_id: press.id,
      text: 'Готово',
      show_alert: true,
    })
    expect(await telegram.closeAlert()).toBe('Готово')
    await telegram.type('спасибо')
    expect((await client.next()).message?.text).toBe('спасибо')
  })

  test('an edit changes the message in place', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    const id = await client.say(anna.telegramId, 'Что вам интересно?', inline(['Волосы'], ['Готово']))
    await telegram.hears('Что вам интересно?')
    await client.call('editMessageReplyMarkup', {
      chat_id: anna.telegramId,
      message_id: id,
      ...inline(['✓ Волосы'], ['Готово']),
    })
    await telegram.locator.getByRole('button', { name: '✓ Волосы' }).waitFor()
    expect(await telegram.buttons()).toEqual([['✓ Волосы'], ['Готово']])
    await client.call('editMessageText', {
      chat_id: anna.telegramId,
      message_id: id,
      text: 'Интересно: волосы',
    })
    await telegram.hears('Интересно: волосы')
    expect(await telegram.transcript()).toBe('client: /start\nbot: Интересно: волосы')
    await client.call('deleteMessage', { chat_id: anna.telegramId, message_id: id })
    await telegram.losesSight('Интересно')
  })

  test('the keyboard under the input sends its words and can be folded', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    await client.say(anna.telegramId, 'Когда удобно?', keyboard(['Утром', 'Вечером'], ['Выходные']))
    await telegram.hears('Когда удобно?')
    expect(await telegram.keyboard()).toEqual([['Утром', 'Вечером'], ['Выходные']])
    await telegram.press('Скрыть клавиатуру бота')
    expect(await telegram.keyboard()).toEqual([])
    await telegram.press('Показать клавиатуру бота')
    await telegram.press('Вечером')
    expect((await client.next()).message?.text).toBe('Вечером')
    await client.say(anna.telegramId, 'Хорошо', { reply_markup: { remove_keyboard: true } })
    await telegram.hears('Хорошо')
    expect(await telegram.keyboard()).toEqual([])
  })

  test('the contact button asks first, then shares the own number', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    await client.say(
      anna.telegramId,
      'Ваш телефон?',
      keyboard([{ text: 'Поделиться', request_contact: true }]),
    )
    await telegram.hears('Ваш телефон?')
    await telegram.locator.locator('.keyboard .key').click()
    const dialog = telegram.locator.getByRole('dialog')
    expect(await dialog.innerText()).toContain('+7 900 555-01-23')
    await telegram.press('Отмена')
    await dialog.waitFor({ state: 'detached' })
    await telegram.shareContact()
    expect((await client.next()).message?.contact).toMatchObject({
      phone_number: anna.phone,
      user_id: anna.telegramId,
    })
  })

  test("the bot's commands are behind the Menu button", async () => {
    const { telegram } = open
    const { client } = sandbox
    await client.call('setMyCommands', { commands: [{ command: 'data', description: 'Мои данные' }] })
    await telegram.start()
    await client.next()
    await telegram.command('Мои данные')
    expect((await client.next()).message?.text).toBe('/data')
  })

  test('a link to one of our bots opens in the phone where that bot lives', async () => {
    const { telegram, admin } = open
    await telegram.start()
    await sandbox.client.next()
    await sandbox.client.say(anna.telegramId, 'Ваша ссылка: https://t.me/silk_work_bot?start=invite_7')
    await telegram.hears('Ваша ссылка')
    await telegram.locator.getByRole('link').click()
    await admin.press('Открыть')
    expect((await sandbox.admin.next()).message?.text).toBe('/start invite_7')
  })
})

describe('files', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )

  test('a picture is shown and opens over the screen', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    await client.sendFile('photo', anna.telegramId, {
      name: 'mastera.png',
      bytes: png,
      caption: 'Наши мастера',
    })
    await telegram.hears('Наши мастера')
    await telegram.locator.locator('.picture').click()
    const viewer = telegram.locator.getByRole('dialog')
    expect(await viewer.locator('img').getAttribute('src')).toMatch(/^\/telegram\/file\//)
    await open.page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'detached' })
  })

  test('a coupon is seen whole in the chat, as wide as the words under it', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    const bytes = await svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="1440"/>')
    await client.sendFile('photo', anna.telegramId, { name: 'coupon.png', bytes, caption: 'Ваш подарок' })
    await telegram.hears('Ваш подарок')
    const picture = telegram.locator.locator('.picture img')
    await picture.evaluate(loaded)
    const { width, height } = (await picture.boundingBox())!
    expect(height / width).toBeCloseTo(1440 / 1080, 1)
    expect(width).toBeGreaterThan(250)
  })

  test('a document can be downloaded as it was sent', async () => {
    const { telegram, page } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    const bytes = Buffer.from('{"name":"Анна"}')
    await client.sendFile('document', anna.telegramId, { name: 'data.json', bytes, caption: 'Ваши данные' })
    await telegram.hears('Ваши данные')
    const downloading = page.waitForEvent('download')
    await telegram.locator.locator('.file').click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('data.json')
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toBe(bytes.toString())
  })

  test('a client can send everything that is not words', async () => {
    const { telegram } = open
    await telegram.start()
    await sandbox.client.next()
    for (const label of ['Фото', 'Стикер', 'Голосовое', 'Видео', 'Геопозиция', 'Файл']) {
      await telegram.attach(label)
      await sandbox.client.next()
    }
    await telegram.locator.locator('.from-person').nth(6).waitFor()
    expect(await telegram.transcript()).toBe(
      [
        'client: /start',
        'client: <Открыть картинку «photo.png»>',
        'client: <Стикер>',
        'client: <Голосовое сообщение>',
        'client: <Видео>',
        'client: <Геопозиция>',
        'client: <Скачать «document.txt»>',
      ].join('\n'),
    )
  })

  test("a client can send somebody else's contact", async () => {
    const { telegram } = open
    await telegram.start()
    await sandbox.client.next()
    await telegram.attach('Чужой контакт')
    await telegram.locator.getByRole('dialog').getByRole('button', { name: /Дарья/ }).click()
    const { contact } = (await sandbox.client.next()).message!
    expect(contact).toMatchObject({ phone_number: '+79005550148', user_id: 410_002 })
  })
})

describe('people', () => {
  test('each has a chat of their own', async () => {
    const { telegram } = open
    await telegram.start()
    await telegram.sees('/start')
    await telegram.switchTo('Emily')
    expect(await telegram.transcript()).toBe('')
    await telegram.start()
    await telegram.type('Hello')
    await telegram.sees('Hello')
    await telegram.switchTo('Анна')
    await telegram.sees('/start')
    expect(await telegram.transcript()).toBe('client: /start')
  })

  test('a new one can be added, with a page in VK too', async () => {
    const { telegram, vk, page } = open
    await telegram.switchTo('Добавить человека')
    await page.getByLabel('Имя').fill('Вера')
    await page.getByLabel('Телефон', { exact: true }).fill('12')
    await telegram.press('Добавить')
    await page.getByText('Это не похоже на номер').waitFor()
    await page.getByLabel('Телефон', { exact: true }).fill('8 (900) 555-07-07')
    await telegram.press('Добавить')
    await telegram.start()
    const { message } = await sandbox.client.next()
    const id = sandbox.telegram.people().find(({ firstName }) => firstName === 'Вера')?.id
    expect(message).toMatchObject({ from: { id, first_name: 'Вера' } })
    await vk.switchTo('Вера')
    expect(sandbox.vk.people().find(({ firstName }) => firstName === 'Вера')?.phone).toBe('+79005550707')
  })

  test('a deep link starts the bot with its payload', async () => {
    const { telegram } = open
    await telegram.openLink({ payload: 'vitrina-3' })
    expect((await sandbox.client.next()).message?.text).toBe('/start vitrina-3')
    await telegram.sees('/start vitrina-3')
  })

  test('a payload that Telegram would not take is refused in the form', async () => {
    const { telegram } = open
    await telegram.openLink({ payload: 'две недели' })
    const field = telegram.locator.getByRole('dialog').locator('input')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    await telegram.press('Отмена')
    expect(await telegram.transcript()).toBe('')
  })

  test('the bot can be blocked and unblocked', async () => {
    const { telegram } = open
    const { client } = sandbox
    await telegram.start()
    await client.next()
    await telegram.option('Заблокировать бота')
    expect((await client.next()).my_chat_member?.new_chat_member.status).toBe('kicked')
    await expect(client.say(anna.telegramId, 'Вы тут?')).rejects.toThrow('bot was blocked by the user')
    await telegram.press('Разблокировать')
    expect((await client.next()).my_chat_member?.new_chat_member.status).toBe('member')
    await client.say(anna.telegramId, 'С возвращением!')
    await telegram.hears('С возвращением!')
  })
})
