/** A newcomer's machine: the program started without a single setting, and its page in a real browser. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { temporaryFolder } from '../product/product.ts'
import { openBrowser } from './browser.ts'

const root = path.join(import.meta.dirname, '../..')
const viewport = { width: 1380, height: 940 }

export interface Newcomer {
  page: Page
  /** What the page's console complained of. */
  troubles: string[]
  /** For a person to look at: `name`.png in the folder SCREENSHOTS, where there is one. */
  shoot(name: string): Promise<void>
  close(): Promise<void>
}

export async function arrive(): Promise<Newcomer> {
  const folder = await temporaryFolder()
  const [browser, { program, url }] = await Promise.all([openBrowser(), startSandbox(folder.folder)])
  const page = await browser.newPage({ viewport, locale: 'ru-RU', timezoneId: 'Europe/Moscow' })
  const troubles: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && troubles.push(message.text())))
  page.on('pageerror', (error) => void troubles.push(error.message))
  await page.goto(url)
  return {
    page,
    troubles,
    async shoot(name) {
      const shots = process.env['SCREENSHOTS']
      if (shots === undefined) return
      // Neither a hovered button nor the cursor of a field.
      await page.mouse.move(0, 0)
      await page.evaluate('document.activeElement?.blur()')
      await mkdir(shots, { recursive: true })
      await page.screenshot({ path: path.join(shots, `${name}.png`), animations: 'disabled' })
    },
    async close() {
      await browser.close()
      program.kill('SIGTERM')
      if (program.exitCode === null) await once(program, 'exit')
      await folder.remove()
    },
  }
}

/** `npm start` without a single setting, but for the port and the folder. */
async function startSandbox(folder: string): Promise<{ program: ChildProcess; url: string }> {
  const program = spawn(process.execPath, ['src/otklik.ts', 'start'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LANG: 'ru_RU.UTF-8',
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]
      if (url) resolve({ program, url })
    }
    program.stdout.on('data', hear)
    program.stderr.on('data', hear)
    program.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${printed}`)))
  })
}
