import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { phoneOn } from '../phone.ts'

export type OpenPage = Awaited<ReturnType<typeof openPage>>

/**
 * The sandbox's page in a fresh browser profile. Closing it throws when something has happened that never may:
 * an error in the console (violations of the content security policy among them), an exception, a request elsewhere.
 */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    locale: 'ru-RU',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  const troubles = watch(page, url)
  await page.goto(url)
  await page.locator('.phone').first().waitFor({ state: 'attached' })
  const language = options.locale?.startsWith('en') === true ? 'en' : 'ru'
  return {
    page,
    telegram: phoneOn(page, 'telegram', language),
    vk: phoneOn(page, 'vk', language),
    admin: phoneOn(page, 'admin', language),
    /** The test has broken something on purpose, and the browser has complained about it. */
    forgive: () => void troubles.splice(0),
    async close(): Promise<void> {
      await context.close()
      if (troubles.length > 0) throw new Error(`On the page:\n${troubles.join('\n')}`)
    },
  }
}

function watch(page: Page, url: string): string[] {
  const troubles: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) troubles.push(`a request to ${request.url()}`)
  })
  return troubles
}
