import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { openPage } from './open-page.ts'
import type { OpenPage } from './open-page.ts'
import { anna, olgaId, openSandbox } from './open-sandbox.ts'
import { contrast, scrolledPx, sidewaysPx, spokenName } from './seen-in-page.ts'

let browser: Browser
let sandbox: Awaited<ReturnType<typeof openSandbox>>
let open: OpenPage
let ownerLink: string | undefined

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  ownerLink = 'https://t.me/silk_work_bot?start=owner_42'
  sandbox = await openSandbox({ adminLink: () => ownerLink })
})
afterEach(async () => {
  await open.close()
  await sandbox.close()
})

const visit = async (options?: Parameters<typeof openPage>[2]) =>
  (open = await openPage(browser, sandbox.url, options))
const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

describe('on a laptop', () => {
  test.each([
    [1440, 900],
    [1280, 800],
  ])('three phones stand side by side at %i x %i, with nothing cut off', async (width, height) => {
    const { page } = await visit({ viewport: { width, height } })
    const boxes = await Promise.all(
      (await page.locator('.device').all()).map((device) => device.boundingBox()),
    )
    expect(boxes).toHaveLength(3)
    for (const box of boxes) {
      expect(box!.width).toBeGreaterThan(330)
      expect(box!.x).toBeGreaterThanOrEqual(0)
      expect(box!.x + box!.width).toBeLessThanOrEqual(width)
      expect(box!.y + box!.height).toBeLessThanOrEqual(height)
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  test('a newcomer is told what to do first, and then what next', async () => {
    const { page, telegram, admin } = await visit()
    const hint = page.locator('.hint')
    expect(await hint.innerText()).toContain('Нажмите «Начать» в телефоне слева')
    await telegram.start()
    await page.getByText('загляните в телефон справа').waitFor()
    await admin.press('Открыть ссылку владельца')
    expect((await sandbox.admin.next()).message?.text).toBe('/start owner_42')
    ownerLink = undefined
    await page.getByText('сообщения не уходят дальше этого компьютера').waitFor()
    expect(await page.getByText('У салона ещё нет владельца').count()).toBe(0)
  })

  test('a stranger in the admin phone still finds the link of the owner', async () => {
    const { admin } = await visit()
    await admin.switchTo('Анна')
    await admin.start()
    expect((await sandbox.admin.next()).message?.text).toBe('/start')
    await admin.sees('/start')
    expect(await admin.locator.getByRole('complementary').innerText()).toContain('У салона ещё нет владельца')
  })
})

describe('on a phone', () => {
  test('one phone is shown at a time and nothing scrolls sideways', async () => {
    const { page, telegram } = await visit(narrow)
    await telegram.start()
    await sandbox.client.next()
    const long = 'Оченьдлинноесловобезпробелов'.repeat(6)
    await sandbox.client.say(anna.telegramId, long, {
      reply_markup: {
        inline_keyboard: [[1, 2, 3].map((n) => ({ text: `${long.slice(0, 30)}${n}`, callback_data: 'x' }))],
      },
    })
    await telegram.hears(long)
    expect(await page.locator('.device:visible').count()).toBe(1)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    const scroller = telegram.locator.getByRole('log')
    expect(await scroller.evaluate(sidewaysPx)).toBe(0)
  })

  test('a hidden phone counts what has come', async () => {
    const { page, vk } = await visit(narrow)
    sandbox.vk.start(sandbox.groupId, anna.vkId)
    await sandbox.community.say(anna.vkId, 'Здравствуйте!')
    await sandbox.community.say(anna.vkId, 'Познакомимся?')
    const tab = page.getByRole('button', { name: /ВКонтакте/ })
    await tab.getByLabel('2 новых сообщения').waitFor()
    await tab.click()
    await vk.hears('Познакомимся?')
    await page.locator('.tabs .badge').waitFor({ state: 'detached' })
  })
})

describe('reading up', () => {
  test('stays where one reads, counts what is new, and goes to the end on a tap', async () => {
    const { telegram } = await visit()
    await telegram.start()
    await sandbox.client.next()
    for (let n = 1; n <= 30; n += 1) await sandbox.client.say(anna.telegramId, `Строка ${n}`)
    await telegram.hears('Строка 30')
    const scroller = telegram.locator.getByRole('log')
    await scroller.hover()
    await open.page.mouse.wheel(0, -2000)
    const jump = telegram.locator.getByRole('button', { name: 'К последним сообщениям' })
    await jump.waitFor()
    await sandbox.client.say(anna.telegramId, 'Новое')
    await jump.getByText('1', { exact: true }).waitFor()
    expect(await scroller.evaluate(scrolledPx)).toBe(0)
    await jump.click()
    await jump.waitFor({ state: 'hidden' })
    await telegram.hears('Новое')
  })
})

describe('languages', () => {
  test('begins in the language of the browser and remembers the choice', async () => {
    const { page } = await visit({ locale: 'en-GB' })
    await page.getByText('Press “Start” in the phone on the left').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('button', { name: 'Русский' }).click()
    await page.getByText('Нажмите «Начать» в телефоне слева').waitFor()
    expect(await page.title()).toBe('Отклик: песочница')
    await page.reload()
    await page.getByText('Нажмите «Начать» в телефоне слева').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('ru')
  })

  test('keeps the conversation when the language changes', async () => {
    const { page, telegram } = await visit()
    await telegram.start()
    await telegram.type('Здравствуйте')
    await telegram.sees('Здравствуйте')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('Now look at the phone on the right').waitFor()
    await telegram.sees('Здравствуйте')
    expect(await telegram.locator.getByRole('textbox').getAttribute('placeholder')).toBe('Message')
  })
})

describe('with the keyboard alone', () => {
  test('a client can be greeted, press a button, write, and share the phone', async () => {
    const { page } = await visit()
    const { client } = sandbox
    const focused = () => page.locator(':focus, body:not(:has(:focus))').evaluate(spokenName)
    const tabTo = async (label: string, key = 'Tab') => {
      for (let presses = 0; presses < 30; presses += 1) {
        if ((await focused()).trim() === label) return
        await page.keyboard.press(key)
      }
      throw new Error(`${key} does not lead to "${label}"; it ends at "${await focused()}"`)
    }
    await tabTo('Начать')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Enter')
    await client.next()
    const question = await client.say(anna.telegramId, 'Согласны?', {
      reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] },
    })
    await page.getByText('Согласны?').waitFor()
    // The line to write in has the focus by itself; the buttons of the message are just before it.
    expect(await focused()).toBe('Сообщение')
    await tabTo('Да', 'Shift+Tab')
    await page.keyboard.press('Space')
    const press = (await client.next()).callback_query!
    await client.call('answerCallbackQuery', { callback_query_id: press.id })
    await client.call('editMessageText', {
      chat_id: anna.telegramId,
      message_id: question,
      text: 'Согласны? — Да',
    })
    await page.getByText('Согласны? — Да').waitFor()
    expect(await focused()).toBe('Сообщение')
    await page.keyboard.type('Анна')
    await page.keyboard.press('Enter')
    expect((await client.next()).message?.text).toBe('Анна')
    await client.say(anna.telegramId, 'Телефон?', {
      reply_markup: { keyboard: [[{ text: 'Поделиться', request_contact: true }]] },
    })
    await page.getByRole('button', { name: 'Поделиться' }).waitFor()
    await tabTo('Поделиться')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    expect((await focused()).trim()).toBe('Поделиться')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Enter')
    expect((await client.next()).message?.contact?.phone_number).toBe(anna.phone)
  })

  test('menus open and close, and give the focus back', async () => {
    const { page, telegram } = await visit()
    await telegram.locator.getByRole('button', { name: 'Ещё' }).focus()
    await page.keyboard.press('Enter')
    await telegram.locator.getByRole('button', { name: 'Открыть по ссылке' }).waitFor()
    await page.keyboard.press('Escape')
    await telegram.locator.getByRole('button', { name: 'Открыть по ссылке' }).waitFor({ state: 'hidden' })
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Ещё')
  })
})

describe('for a screen reader', () => {
  test('every phone is a region, every conversation a live log, every control has a name', async () => {
    const { page, telegram } = await visit()
    await telegram.start()
    for (const name of ['Клиент в Telegram', 'Клиент во ВКонтакте', 'Администратор салона']) {
      await page.getByRole('region', { name }).waitFor()
    }
    expect(await telegram.locator.getByRole('log').getAttribute('aria-live')).toBe('polite')
    const controls = await page.locator('button:visible, textarea:visible, a:visible').all()
    const names = await Promise.all(controls.map((control) => control.evaluate(spokenName)))
    expect(names.length).toBeGreaterThan(10)
    expect(names).not.toContain('')
  })
})

describe('in the dark', () => {
  test.each(['light', 'dark'] as const)('words can be read: %s', async (colorScheme) => {
    const { telegram, vk, admin } = await visit({ colorScheme })
    sandbox.telegram.start(sandbox.clientBotId, anna.telegramId)
    await sandbox.client.say(anna.telegramId, 'Светло?')
    sandbox.vk.start(sandbox.groupId, anna.vkId)
    await sandbox.community.say(anna.vkId, 'Светло?')
    sandbox.telegram.start(sandbox.adminBotId, olgaId)
    await sandbox.admin.say(olgaId, 'Светло?')
    for (const phone of [telegram, vk, admin]) {
      await phone.hears('Светло?')
      for (const bubble of await phone.locator.locator('.bubble').all()) {
        expect(await bubble.evaluate(contrast)).toBeGreaterThan(7)
        expect(await bubble.locator('.meta').evaluate(contrast)).toBeGreaterThan(4.5)
      }
    }
  })
})
