/** The whole program as a child process, talking to stand-ins that live in the test: what a salon runs, and what can be killed. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Salon } from '../../src/domain/salon.ts'
import { createLog } from '../../src/log.ts'
import { startProduct } from '../../src/main.ts'
import type { Product } from '../../src/main.ts'
import { listen } from '../../src/sandbox/listen.ts'
import type { Messenger, ShownMessage } from '../../src/sandbox/messenger.ts'
import { createTelegram } from '../../src/sandbox/telegram/telegram.ts'
import { createVk } from '../../src/sandbox/vk/vk.ts'
import { readSettings } from '../../src/settings.ts'

const root = path.join(import.meta.dirname, '../..')
export const clientBot = 101
export const adminBot = 102
export const group = 201

/** Both messengers with one person (and the owner), on one port. */
export async function openMessengers() {
  const people = [{ id: 7, firstName: 'Анна', language: 'ru' as const, phone: '+79123456789' }]
  const telegram = createTelegram({
    bots: [
      { id: clientBot, token: `${clientBot}:client`, name: 'Салон', username: 'salon_bot' },
      { id: adminBot, token: `${adminBot}:admin`, name: 'Салон, сотрудники', username: 'salon_admin_bot' },
    ],
    people: [...people, { id: 8, firstName: 'Марина', language: 'ru' }],
    limits: null,
  })
  const vk = createVk({
    group: { id: group, token: 'vk-token', name: 'Салон', screenName: 'salon' },
    people,
    rate: null,
  })
  const server = await listen([telegram.handle.bind(telegram), vk.handle.bind(vk)])
  return {
    telegram,
    vk,
    url: server.url,
    async close() {
      telegram.close()
      vk.close()
      await server.close()
    },
  }
}

export type Messengers = Awaited<ReturnType<typeof openMessengers>>

export const temporaryFolder = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'otklik-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) }
}

export interface Started {
  child: ChildProcess
  /** What was printed so far, to both outputs. */
  printed(): string
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>
  /** Asks it to end; returns the exit code. */
  stop(): Promise<number | null>
}

/** Runs `otklik start` until it says that it is ready. Rejects with what it printed when it ends before. */
export async function startProgram({
  messengers,
  dataDir,
  env = {},
  role = 'all',
  salonFile = 'salon.example.yaml',
}: {
  messengers: Messengers
  dataDir: string
  env?: Record<string, string>
  role?: 'web' | 'worker' | 'all'
  salonFile?: string
}): Promise<Started> {
  const child = spawn(process.execPath, ['src/otklik.ts', 'start', '--role', role, '--salon', salonFile], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      LANG: 'en_US.UTF-8',
      TELEGRAM_BOT_TOKEN: `${clientBot}:client`,
      ADMIN_BOT_TOKEN: `${adminBot}:admin`,
      TELEGRAM_API_ROOT: messengers.url,
      VK_TOKEN: 'vk-token',
      VK_GROUP_ID: String(group),
      VK_API_URL: `${messengers.url}/method`,
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.includes('"event":"product.ready"')) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${printed}`)))
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  await ready
  return {
    child,
    printed: () => printed,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      return (await exited)[0]
    },
  }
}

/**
 * The program in this process, with webhooks: the settings insist on https for the public address, and the stand-ins have none,
 * so the address is put in after the settings are read.
 */
export async function startWithWebhooks({
  messengers,
  dataDir,
  connectionString,
  salon = {},
  role = 'all',
}: {
  messengers: Messengers
  dataDir: string
  connectionString: string
  /** What is different from the example. */
  salon?: Partial<Salon>
  role?: 'web' | 'all'
}): Promise<Product> {
  const settings = readSettings({
    cwd: dataDir,
    file: path.join(root, 'salon.example.yaml'),
    env: {
      TELEGRAM_BOT_TOKEN: `${clientBot}:client`,
      ADMIN_BOT_TOKEN: `${adminBot}:admin`,
      TELEGRAM_API_ROOT: messengers.url,
      VK_TOKEN: 'vk-token',
      VK_GROUP_ID: String(group),
      VK_API_URL: `${messengers.url}/method`,
      DATABASE_URL: connectionString,
      DATA_DIR: dataDir,
      PORT: String(await freePort()),
      PUBLIC_URL: 'https://salon.example',
      WEBHOOK_SECRET: 'webhook-secret',
      VK_SECRET: 'vkSecret',
      VK_CONFIRMATION: 'c0nfirm',
    },
  })
  const url = `http://127.0.0.1:${settings.port}`
  const log = createLog({ level: 'silent' })
  const product = await startProduct({
    settings: { ...settings, salon: { ...settings.salon, ...salon }, publicUrl: url },
    role,
    log,
  })
  await messengers.vk.setCallback({ url: `${url}/vk`, secret: 'vkSecret', confirmation: 'c0nfirm' })
  return product
}

/**
 * A port for later. Below those that systems hand out by themselves (Linux from 32,768): one of these could become the near end of
 * any connection before the program listens.
 */
async function freePort(): Promise<number> {
  const port = randomInt(20_000, 30_000)
  try {
    await (await listen([], { port })).close()
    return port
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRINUSE') return freePort()
    throw error
  }
}

/** One person in one messenger. Everything waits for what a person would wait for: that the bot has answered. */
export function phoneOf(messenger: Messenger, botId: number, personId = 7) {
  const messages = () => messenger.chat(botId, personId).messages
  const fromBot = () => messages().filter((one) => one.from === 'bot')
  const until = async <T>(look: () => T | undefined, what: string): Promise<T> => {
    for (let waited = 0; waited < 20_000; waited += 10) {
      const found = look()
      if (found !== undefined) return found
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`waited in vain for ${what}; the chat:\n${transcript()}`)
  }
  const buttonAt = (message: ShownMessage, label: string) => {
    for (const [row, buttons] of message.buttons.entries())
      for (const [column, button] of buttons.entries()) if (button.label === label) return { row, column }
    return undefined
  }
  const find = (label: string) => {
    for (const message of fromBot().toReversed()) {
      const at = buttonAt(message, label)
      if (at) return { messageId: message.id, ...at }
    }
    return undefined
  }
  const transcript = () =>
    messages()
      .map(
        (one) =>
          `${one.from}: ${one.text}${
            one.buttons.length > 0
              ? ` ${one.buttons
                  .flat()
                  .map((button) => `[${button.label}]`)
                  .join(' ')}`
              : ''
          }`,
      )
      .join('\n')
  return {
    start: (payload?: string) =>
      messenger.start(botId, personId, payload === undefined ? undefined : { payload }),
    says: (text: string) => messenger.sendText(botId, personId, text),
    contact: () => messenger.sendContact(botId, personId),
    /** Presses the newest button with this label, as soon as there is one. */
    async press(label: string) {
      const { messageId, row, column } = await until(() => find(label), `the button "${label}"`)
      messenger.press(botId, personId, messageId, row, column)
    },
    /** Until the newest message with buttons, or the newest at all, says this. */
    sees: (text: string) =>
      until(
        () =>
          fromBot()
            .slice(-3)
            .find((one) =>
              [one.text, ...one.buttons.flat().map((button) => button.label)].some((words) =>
                words.includes(text),
              ),
            ),
        `"${text}"`,
      ),
    /** A keyboard stands under the input field (Telegram's contact button). */
    keyboardShown: () => messenger.chat(botId, personId).keyboard.length > 0,
    until,
    messages,
    transcript,
  }
}
