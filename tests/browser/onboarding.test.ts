/** The newcomer's first minutes, in a real browser: a client in Telegram, the same client in VK, and what the admin sees. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../product/product.ts'
import { openBrowser } from './browser.ts'
import { phoneOn } from './phone.ts'

const root = path.join(import.meta.dirname, '../..')
const viewport = { width: 1380, height: 940 }
let browser: Browser
let page: Page
let program: ChildProcess
let folder: Awaited<ReturnType<typeof temporaryFolder>>
const troubles: string[] = []

beforeAll(async () => {
  folder = await temporaryFolder()
  const [opened, url] = await Promise.all([openBrowser(), startSandbox()])
  browser = opened
  page = await browser.newPage({ viewport, locale: 'ru-RU', timezoneId: 'Europe/Moscow' })
  page.on('console', (message) => void (message.type() === 'error' && troubles.push(message.text())))
  page.on('pageerror', (error) => void troubles.push(error.message))
  await page.goto(url)
})

afterAll(async () => {
  await browser?.close()
  program?.kill('SIGTERM')
  if (program?.exitCode === null) await once(program, 'exit')
  await folder?.remove()
})

/** `npm start` without a single setting, but for the port and the folder. */
async function startSandbox(): Promise<string> {
  program = spawn(process.execPath, ['src/otklik.ts', 'start'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LANG: 'ru_RU.UTF-8',
      PORT: '0',
      DATA_DIR: folder.folder,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]
      if (url) resolve(url)
    }
    program.stdout?.on('data', hear)
    program.stderr?.on('data', hear)
    program.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${printed}`)))
  })
}

test('the owner comes in by the one-time link', async () => {
  const admin = phoneOn(page, 'admin')
  await admin.locator.locator('.instead .big').click()
  await admin.sees('Теперь вы владелец этого бота')
})

test('a client in Telegram gets to know the salon', async () => {
  const anna = phoneOn(page, 'telegram')
  await anna.start()
  await anna.hears('Можно сохранить')
  await anna.press('Да, согласие даю')
  await anna.hears('Присылать вам предложения')
  await anna.press('Нет, не нужно')
  await anna.hears('Как к вам обращаться')
  await anna.type('Анна')
  await anna.hears('номер телефона')
  await anna.shareContact()
  await anna.hears('день рождения')
  await anna.type('14 марта')
  await anna.hears('Что вам интересно')
  await anna.press('Ногтевой сервис')
  await anna.press('Готово')
  await anna.press('Ольга Белова')
  await anna.press('Будни вечером')
  await anna.press('Готово')
  await anna.press('От знакомых')
  await anna.sees('Проверьте, пожалуйста')
  await anna.press('Всё верно')
  await anna.hears('Приятно познакомиться, Анна')
})

test('the same client in VK is recognised by the code that came to Telegram', async () => {
  const anna = phoneOn(page, 'vk')
  const inTelegram = phoneOn(page, 'telegram')
  await anna.start()
  await anna.hears('Можно сохранить')
  await anna.press('Да, согласие даю')
  await anna.press('Да, присылайте')
  await anna.hears('Как к вам обращаться')
  await anna.type('Анна')
  await anna.hears('номер телефона')
  await anna.type(await ownPhone())
  await anna.hears('код из шести цифр')
  await inTelegram.sees('Ваш код')
  const code = /\d{6}/.exec(await inTelegram.lastMessage())?.[0] ?? 'no code'
  await anna.type(code)
  await anna.hears('Узнали вас')
})

test('the admin sees the client', async () => {
  const admin = phoneOn(page, 'admin')
  await admin.sees('Анна')
  expect(await admin.transcript()).toContain('Ногтевой сервис')
  await admin.press('Открыть карточку')
  await admin.sees('Откуда узнали о салоне')
})

test('another client takes the phone and is asked from the beginning', async () => {
  const darya = phoneOn(page, 'telegram')
  await darya.switchTo('Дарья')
  await darya.start()
  await darya.hears('Можно сохранить')
  await darya.press('Да, согласие даю')
  await darya.press('Да, присылайте')
  await darya.press('Дарья')
  await darya.hears('номер телефона')
  await darya.shareContact()
  await darya.hears('день рождения')
  await darya.type('2 ноября')
  await darya.press('Парикмахерский зал')
  await darya.press('Готово')
  await darya.press('Инна Ковалёва')
  await darya.press('Будни вечером')
  await darya.press('Выходные')
  await darya.sees('Мастер: Инна Ковалёва')
  await darya.locator.getByRole('button', { name: '✓ Выходные' }).waitFor()
  await screenshot()
})

test('a client in VK gets to know the salon in English, and the admin sees her, too', async () => {
  const emily = phoneOn(page, 'vk')
  await emily.switchTo('Emily')
  await emily.start()
  await emily.hears('May we keep what you tell us?')
  await emily.press('Yes, I give consent')
  await emily.press('No, thank you')
  await emily.hears('What should we call you?')
  await emily.type('Emily')
  await emily.hears('What is your phone number?')
  await emily.type('8 900 555-01-84')
  await emily.hears('When is your birthday?')
  await emily.press('Skip')
  await emily.press('Cosmetology')
  await emily.press('Done')
  await emily.press('Any master')
  await emily.type('weekends')
  await emily.hears('How did you hear of us?')
  await emily.press('On a map')
  await emily.sees('Please check')
  await emily.press('All correct')
  await emily.hears('Nice to meet you, Emily')
  await phoneOn(page, 'admin').sees('Emily')
})

test('the owner finds the demo’s clients in the list, marked as such', async () => {
  const admin = phoneOn(page, 'admin')
  await admin.type('/clients')
  await admin.hears('сначала новые')
  await admin.press('›')
  await admin.sees('· демо ·')
  await admin.locator
    .getByRole('button', { name: /· демо ·/ })
    .first()
    .click()
  await admin.sees('не давали')
})

test('nothing went wrong in the page', () => expect(troubles).toEqual([]))

/** The phone number that the person on the Telegram phone shares. */
async function ownPhone(): Promise<string> {
  const text = await phoneOn(page, 'telegram').transcript()
  return /Телефон: (\+[\d ]+)/.exec(text)?.[1] ?? 'no phone'
}

/** For the README: SCREENSHOT=docs/screenshot.png npx vitest run tests/browser/onboarding.test.ts */
async function screenshot(): Promise<void> {
  const file = process.env['SCREENSHOT']
  if (file === undefined) return
  // Neither a hovered button nor the cursor of a field.
  await page.mouse.move(0, 0)
  await page.evaluate('document.activeElement?.blur()')
  await mkdir(path.dirname(file), { recursive: true })
  await page.screenshot({ path: file, animations: 'disabled' })
}
