import type { Message, Update } from 'grammy/types'
import { onTestFinished } from 'vitest'
import { listen } from '../../../src/sandbox/listen.ts'
import type { MessengerEvent, Person } from '../../../src/sandbox/messenger.ts'
import { createTelegram } from '../../../src/sandbox/telegram/telegram.ts'
import type { TelegramOptions } from '../../../src/sandbox/telegram/telegram.ts'

export const BOT = {
  id: 42,
  token: '42:TEST_TOKEN_AAAAAAAAAAAAAAAAAAAAAAAAAAA',
  name: 'Салон',
  username: 'salon_bot',
}
export const ADMIN_BOT = { id: 43, token: '43:ADMIN_TOKEN', name: 'Админ', username: 'salon_admin_bot' }

export const ANNA: Person = {
  id: 777,
  firstName: 'Анна',
  lastName: 'Ветрова',
  username: 'anna_v',
  language: 'ru',
  phone: '+79161234567',
}
export const BORIS: Person = { id: 888, firstName: 'Boris', language: 'en' }

/** An answer of the API; whether `result` is what the type says is checked in spec.test.ts. */
export interface Answer<Result> {
  status: number
  headers: Headers
  ok: boolean
  result: Result
  description?: string
  errorCode: number | undefined
  parameters?: { retry_after?: number }
}

/** A sandbox on a free port, closed at the end of the test. Rates are off unless asked for. */
export async function openSandbox(options: Partial<TelegramOptions> = {}) {
  const telegram = createTelegram({ bots: [BOT, ADMIN_BOT], people: [ANNA, BORIS], limits: null, ...options })
  const server = await listen([telegram.handle])
  onTestFinished(async () => {
    telegram.close()
    await server.close()
  })
  const events: MessengerEvent[] = []
  telegram.subscribe((event) => events.push(event))

  return { telegram, url: server.url, events, call, lastMessage, updates }

  /** Calls a method with JSON. */
  function call<Result = Message>(method: string, parameters: object = {}, token = BOT.token) {
    return request<Result>(`${server.url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    })
  }

  function lastMessage(personId = ANNA.id, botId = BOT.id) {
    return telegram.chat(botId, personId).messages.at(-1)!
  }

  /** What a poll without an offset shows. */
  async function updates(token = BOT.token): Promise<Update[]> {
    return (await call<Update[]>('getUpdates', {}, token)).result
  }
}

export async function request<Result = Message>(url: string, init?: RequestInit): Promise<Answer<Result>> {
  const response = await fetch(url, init)
  const body = (await response.json()) as Omit<Answer<Result>, 'errorCode'> & { error_code?: number }
  return { ...body, status: response.status, headers: response.headers, errorCode: body.error_code }
}

/** Waits until the condition holds; the test's own timeout ends a vain wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** The smallest PNG that is one: 1 x 1. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
