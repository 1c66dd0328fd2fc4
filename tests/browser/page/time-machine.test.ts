/** The clock in the page's header: what it shows, where it can be put on to, and what the phones make of it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { openPage } from './open-page.ts'
import type { OpenPage } from './open-page.ts'
import { anna, begins, openSandbox } from './open-sandbox.ts'

let browser: Browser
let sandbox: Awaited<ReturnType<typeof openSandbox>>
let open: OpenPage

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  sandbox = await openSandbox()
})
afterEach(async () => {
  await open.close()
  await sandbox.close()
})

/** In a browser whose own clock shows something else altogether. */
const visit = async (options?: Parameters<typeof openPage>[2]) =>
  (open = await openPage(browser, sandbox.url, { timezoneId: 'America/New_York', ...options }))

const clockOf = (page: Page) => page.getByRole('button', { name: 'Перемотать время' })
const shows = (page: Page, time: string) => clockOf(page).getByText(time, { exact: true }).waitFor()

async function skip(page: Page, label: string): Promise<void> {
  await clockOf(page).click()
  await page.getByRole('button', { name: label }).click()
}

const minuteMs = 60_000
const at = (hour: number, minute: number) => begins + ((hour - 14) * 60 + minute - 5) * minuteMs

test('the salon’s date and time are shown, and where each skip leads', async () => {
  const { page } = await visit()
  expect(await clockOf(page).innerText()).toContain('ср, 27 ноября, 14:05')
  await clockOf(page).click()
  const items = await page.locator('.time-machine .menu-item').allInnerTexts()
  expect(items.map((item) => item.replaceAll('\n', ' | '))).toEqual([
    'На час вперёд | 15:05',
    'Вечер, 19:00 | ср, 27 ноября',
    'Завтра, 10:00 | чт, 28 ноября',
    'Понедельник, 9:00 | пн, 2 декабря',
  ])
  await page.getByText('Так можно сразу увидеть напоминание и сводку').waitFor()
})

test('an hour that leads into tomorrow says so', async () => {
  const { page } = await visit()
  await sandbox.clock.skipTo(at(23, 30))
  await shows(page, '23:30')
  await clockOf(page).click()
  await page.getByRole('button', { name: 'На час вперёд' }).getByText('чт, 28 ноября, 00:30').waitFor()
})

test('the phones follow: their clocks, and the time of what is said then', async () => {
  const { page, telegram, vk } = await visit()
  await telegram.start()
  await vk.start()
  await skip(page, 'Вечер')
  await shows(page, '19:00')
  expect(await page.locator('.status-bar .clock').allInnerTexts()).toEqual(['19:00', '19:00', '19:00'])
  await sandbox.client.say(anna.telegramId, 'Добрый вечер!')
  await sandbox.community.say(anna.vkId, 'Добрый вечер!')
  for (const phone of [telegram, vk]) {
    await phone.hears('Добрый вечер!')
    expect(await phone.locator.locator('time').allInnerTexts()).toEqual(['14:05', '19:00'])
  }
})

test('messages of different days are set apart, and a day’s name changes as it passes', async () => {
  const { page, telegram } = await visit()
  const days = () => telegram.locator.locator('.day').allInnerTexts()
  await telegram.start()
  await telegram.type('Сегодня')
  await telegram.sees('Сегодня')
  expect(await days()).toEqual(['Сегодня'])
  await skip(page, 'Завтра')
  await shows(page, '10:00')
  expect(await days()).toEqual(['Вчера'])
  await telegram.type('А вот и завтра')
  await telegram.sees('А вот и завтра')
  expect(await days()).toEqual(['Вчера', 'Сегодня'])
  await skip(page, 'Понедельник')
  await shows(page, '09:00')
  expect(await days()).toEqual(['27 ноября', '28 ноября'])
  await sandbox.clock.skipTo(begins + 300 * 24 * 3600_000)
  await shows(page, '14:05')
  expect(await days()).toEqual(['27 ноября 2030 г.', '28 ноября 2030 г.'])
})

test('each side of midnight, the last message before it has its tail', async () => {
  const { page, telegram } = await visit()
  await telegram.start()
  await telegram.sees('/start')
  await sandbox.client.say(anna.telegramId, 'Доброй ночи')
  await telegram.hears('Доброй ночи')
  await skip(page, 'Завтра')
  await sandbox.client.say(anna.telegramId, 'Доброе утро')
  await telegram.hears('Доброе утро')
  const ends = telegram.locator.locator('.message.from-bot.first.last')
  expect(await ends.allInnerTexts()).toEqual([
    expect.stringContaining('Доброй ночи'),
    expect.stringContaining('Доброе утро'),
  ])
})

test('minutes pass by themselves, and so does midnight', async () => {
  const { page, telegram } = await visit()
  await telegram.start()
  await telegram.sees('/start')
  await sandbox.clock.skipTo(at(24, 0) - 1000)
  await shows(page, '00:00')
  expect(await clockOf(page).innerText()).toContain('чт, 28 ноября')
  expect(await telegram.locator.locator('.day').allInnerTexts()).toEqual(['Вчера'])
})

test('a second page is told, and a page that is opened anew knows', async () => {
  const { page } = await visit()
  const other = await openPage(browser, sandbox.url)
  await skip(page, 'Завтра')
  await shows(other.page, '10:00')
  await other.close()
  await page.reload()
  await shows(page, '10:00')
  expect(await clockOf(page).innerText()).toContain('чт, 28 ноября')
})

test('a screen reader is told the new time, and that the clock is busy until what became due is done', async () => {
  const { page } = await visit()
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  sandbox.clock.onSkip(() => held)
  await skip(page, 'Вечер')
  await page.getByRole('status').getByText('Теперь ср, 27 ноября, 19:00').waitFor({ state: 'attached' })
  expect(await clockOf(page).getAttribute('aria-busy')).toBe('true')
  release()
  await page.locator('.clock-now[aria-busy="false"]').waitFor()
})

test('what went wrong is told', async () => {
  const { page } = await visit()
  sandbox.clock.onSkip(() => Promise.reject(new Error('the digest has no picture')))
  await skip(page, 'Понедельник')
  await page.getByRole('alert').getByText('the digest has no picture').waitFor()
  await shows(page, '09:00')
  open.forgive()
})

describe('with the keyboard alone', () => {
  test('the menu opens, closes on Esc, skips, and gives the focus back each time', async () => {
    const { page } = await visit()
    const clock = clockOf(page)
    const expanded = () => clock.getAttribute('aria-expanded')
    const hasFocus = () => page.locator('.clock-now:focus').isVisible()
    await clock.focus()
    await page.keyboard.press('Enter')
    expect(await expanded()).toBe('true')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    expect([await expanded(), await hasFocus()]).toEqual(['false', true])
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await shows(page, '19:00')
    expect([await expanded(), await hasFocus()]).toEqual(['false', true])
  })

  test('the menu closes when the focus goes on', async () => {
    const { page } = await visit()
    await clockOf(page).focus()
    await page.keyboard.press('Enter')
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('Tab')
    expect(await clockOf(page).getAttribute('aria-expanded')).toBe('false')
    await page.locator('.time-machine .menu-list').waitFor({ state: 'hidden' })
  })
})

describe('where there is little room', () => {
  test.each([
    [1100, 760],
    [700, 900],
    [390, 844],
    [320, 640],
  ])('nothing is cut off at %i x %i', async (width, height) => {
    const { page } = await visit({ viewport: { width, height } })
    await clockOf(page).click()
    const parts = ['.brand', '.clock-now', '.time-machine .menu-list', '.languages']
    const boxes = await Promise.all(parts.map((part) => page.locator(part).boundingBox()))
    for (const box of boxes) {
      expect(box!.x).toBeGreaterThanOrEqual(0)
      expect(box!.x + box!.width).toBeLessThanOrEqual(width)
    }
    const [brand, clock, , languages] = boxes
    expect(brand!.x + brand!.width).toBeLessThanOrEqual(clock!.x)
    expect(clock!.x + clock!.width).toBeLessThanOrEqual(languages!.x)
  })
})

test('it speaks English, too', async () => {
  const { page } = await visit({ locale: 'en-GB' })
  const clock = page.getByRole('button', { name: 'Skip ahead' })
  expect(await clock.innerText()).toContain('Wed, November 27, 14:05')
  await clock.click()
  await page.getByRole('button', { name: 'Monday, 9:00' }).getByText('Mon, December 2').click()
  await clock.getByText('09:00').waitFor()
})
