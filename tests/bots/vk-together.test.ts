import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createLimiter } from '../../src/bots/limiter.ts'
import { createVkApi } from '../../src/bots/vk-api.ts'
import { createWire } from '../../src/bots/wire.ts'
import { listen } from '../../src/sandbox/listen.ts'
import { createVk } from '../../src/sandbox/vk/vk.ts'
import { anna, boris, group, vera } from '../sandbox/vk/serve-vk.ts'

const people = [anna, boris, vera]

/** @param instead answers a method in the stand-in's place, or not */
async function open({ instead }: { instead?: (method: string, response: ServerResponse) => boolean } = {}) {
  const vk = createVk({ group })
  for (const person of people) {
    vk.addPerson(person)
    vk.start(group.id, person.id)
  }
  const methods: string[] = []
  const server = await listen([
    (request: IncomingMessage, response: ServerResponse) => {
      const method = /^\/method\/([\w.]+)/.exec(request.url ?? '')?.[1] ?? ''
      methods.push(method)
      return instead?.(method, response) ?? false
    },
    vk.handle.bind(vk),
  ])
  const wire = createWire()
  onTestFinished(async () => {
    wire.close()
    vk.close()
    await server.close()
  })
  const limiter = createLimiter({ perSecond: 20 })
  const { call } = createVkApi({ token: group.token, apiUrl: `${server.url}/method`, limiter, wire })
  const send = (userId: number, text: string) =>
    call<{ peer_id: number }[]>('messages.send', {
      peer_ids: userId,
      random_id: userId,
      message: text,
      keyboard: undefined,
    })
  const said = new Map<number, string[]>()
  vk.subscribe((event) => {
    if (event.type !== 'message' || event.message.from !== 'bot') return
    said.set(event.personId, [...(said.get(event.personId) ?? []), event.message.text])
  })
  const texts = (userId: number) => said.get(userId) ?? []
  return { vk, methods, call, send, texts }
}

const words = 'Скидка «10 %» до \\n 5'

test('calls that begin in the same moment are one request, and each gets its own answer', async () => {
  const { methods, send, texts } = await open()
  const answers = await Promise.all(people.map(({ id }) => send(id, `${words} ${id}`)))
  expect(answers.map(([item]) => item?.peer_id)).toEqual(people.map(({ id }) => id))
  expect(methods).toEqual(['execute'])
  expect(people.map(({ id }) => texts(id))).toEqual(people.map(({ id }) => [`${words} ${id}`]))
})

test('a call that is alone is made by its own name', async () => {
  const { methods, send } = await open()
  await send(anna.id, words)
  await send(boris.id, words)
  expect(methods).toEqual(['messages.send', 'messages.send'])
})

test('what is wrong with one of them is nothing to the others', async () => {
  const { vk, call, send, texts } = await open()
  const edit = { peer_id: boris.id, conversation_message_id: 99_999, message: words }
  vk.faults.add({ kind: 'serverError', method: 'messages.send', chatId: vera.id, times: 1 })
  const outcomes = await Promise.allSettled([
    send(anna.id, words),
    call('messages.edit', edit),
    send(vera.id, words),
    send(boris.id, words),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: { method: 'messages.edit', trouble: 'gone' } })
  expect(outcomes[2]).toMatchObject({ reason: { method: 'messages.send', code: 10, trouble: 'repeat' } })
  expect([anna, vera, boris].map(({ id }) => texts(id).length)).toEqual([1, 0, 1])
})

test('more than one request can carry are several requests', async () => {
  const { methods, send } = await open()
  await Promise.all(Array.from({ length: 30 }, (_, index) => send(anna.id, `${words} ${index}`)))
  expect(methods).toEqual(['execute', 'execute'])
})

test('where VK can not read them together, each goes alone', async () => {
  const { methods, send, texts } = await open({
    instead(method, response) {
      if (method !== 'execute') return false
      const error = { error_code: 12, error_msg: 'Unable to compile code', request_params: [] }
      response.end(JSON.stringify({ error }))
      return true
    },
  })
  await Promise.all(people.map(({ id }) => send(id, words)))
  expect(methods).toEqual(['execute', 'messages.send', 'messages.send', 'messages.send'])
  expect(people.map(({ id }) => texts(id))).toEqual([[words], [words], [words]])
})

test.each([
  ['a connection that is cut', (response: ServerResponse) => void response.destroy(), { sent: true }],
  [
    'an answer that is not about them',
    (response: ServerResponse) => void response.end('{"response":[1]}'),
    { sent: true, trouble: 'repeat' },
  ],
  [
    'too many requests',
    (response: ServerResponse) =>
      void response.end('{"error":{"error_code":6,"error_msg":"Too many requests","request_params":[]}}'),
    { trouble: 'wait' },
  ],
])('%s is told to all of them', async (_, answer, reason) => {
  const { send } = await open({
    instead(method, response) {
      if (method === 'execute') answer(response)
      return method === 'execute'
    },
  })
  const outcomes = await Promise.allSettled(people.map(({ id }) => send(id, words)))
  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason })
})
