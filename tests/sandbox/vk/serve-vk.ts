import { Agent } from 'node:http'
import { VK } from 'vk-io'
import { onTestFinished } from 'vitest'
import { listen } from '../../../src/sandbox/listen.ts'
import type { MessengerEvent, Person } from '../../../src/sandbox/messenger.ts'
import { createVk } from '../../../src/sandbox/vk/vk.ts'
import type { Vk, VkOptions } from '../../../src/sandbox/vk/vk.ts'

export const group = { id: 5555, token: 'GROUPTOKEN', name: 'Салон «Ирис»', screenName: 'iris' }
export const anna: Person = {
  id: 777,
  firstName: 'Анна',
  lastName: 'Петрова',
  language: 'ru',
  sex: 1,
  birthDate: '17.4.1990',
  city: 'Москва',
}
export const boris: Person = { id: 778, firstName: 'Борис', language: 'ru', sex: 2 }
export const vera: Person = { id: 779, firstName: 'Vera', language: 'en' }

export interface ApiAnswer {
  response?: unknown
  error?: {
    error_code: number
    error_msg: string
    request_params: { key: string; value: string }[]
  }
  execute_errors?: { method: string; error_code: number; error_msg: string }[]
}

export interface Update {
  type: string
  group_id: number
  event_id: string
  v: string
  secret?: string
  object: Record<string, unknown>
}

export interface PollAnswer {
  ts?: string | number
  updates?: Update[]
  failed?: number
}

export interface Served {
  vk: Vk
  url: string
  /** What the people saw, from the start. */
  seen: MessengerEvent[]
  /** One call of the API with the right token and version. */
  call(method: string, params?: Record<string, string | number>): Promise<ApiAnswer>
  /** The same, for calls that must succeed: the `response`. */
  ok<T = unknown>(method: string, params?: Record<string, string | number>): Promise<T>
  /** One poll; without a position, from the fresh one. */
  poll(at: { key: string; ts: string | number; wait?: number }): Promise<PollAnswer>
  position(): Promise<{ server: string; key: string; ts: string }>
  /** The real client library. */
  bot(options?: Partial<ConstructorParameters<typeof VK>[0]>): VK
}

/** A stand-in listening on a free port until the test ends. Anna has pressed "Начать"; Boris and Vera have not. */
export async function serveVk(options: Partial<VkOptions> = {}): Promise<Served> {
  const vk = createVk({
    group,
    people: [anna, boris, vera],
    rate: null,
    callbackRetryDelayMs: 10,
    ...options,
  })
  const server = await listen([vk.handle])
  const agent = new Agent({ keepAlive: true })
  const bots: VK[] = []
  const seen: MessengerEvent[] = []
  if (!vk.chat(group.id, anna.id).started) vk.start(group.id, anna.id)
  vk.subscribe((event) => seen.push(event))
  onTestFinished(async () => {
    for (const bot of bots) await bot.updates.stop()
    vk.close()
    await server.close()
    agent.destroy()
  })

  const call: Served['call'] = async (method, params = {}) => {
    const body = new URLSearchParams({ access_token: group.token, v: '5.199' })
    for (const [name, value] of Object.entries(params)) body.set(name, String(value))
    const answer = await fetch(`${server.url}/method/${method}`, { method: 'POST', body })
    return (await answer.json()) as ApiAnswer
  }
  const ok = async <T>(method: string, params?: Record<string, string | number>): Promise<T> => {
    const answer = await call(method, params)
    if (answer.error) throw new Error(`${method}: ${answer.error.error_msg}`)
    return answer.response as T
  }
  return {
    vk,
    url: server.url,
    seen,
    call,
    ok,
    async poll({ key, ts, wait = 1 }) {
      const asked = new URLSearchParams({ act: 'a_check', key, ts: String(ts), wait: String(wait) })
      const answer = await fetch(`${server.url}/whp/${group.id}?${asked.toString()}`)
      return (await answer.json()) as PollAnswer
    },
    position: () => ok('groups.getLongPollServer', { group_id: group.id }),
    bot(extra = {}) {
      // The types ask for an https agent; the library hands it on to node-fetch as it is.
      const http = { agent: agent as never, apiBaseUrl: `${server.url}/method` }
      const bot = new VK({ token: group.token, apiLimit: 1000, pollingGroupId: group.id, ...http, ...extra })
      bots.push(bot)
      return bot
    },
  }
}

/** Waits until `condition` gives something. */
export async function until<T>(condition: () => T | undefined | false): Promise<T> {
  for (;;) {
    const value = condition()
    if (value !== undefined && value !== false) return value
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

let lastRandomId = 0
/** A random_id that was not used before. */
export const fresh = (): number => (lastRandomId += 1)

/** An inline keyboard with one callback button. */
export const yesNo = JSON.stringify({
  inline: true,
  buttons: [
    [
      { action: { type: 'callback', label: 'Да', payload: '{"a":"yes"}' }, color: 'positive' },
      { action: { type: 'text', label: 'Нет', payload: '{"a":"no"}' }, color: 'negative' },
    ],
  ],
})
