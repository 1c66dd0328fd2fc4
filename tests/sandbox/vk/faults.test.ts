import { expect, test } from 'vitest'
import type { Fault } from '../../../src/sandbox/messenger.ts'
import { anna, boris, fresh, group, serveVk, until } from './serve-vk.ts'

const message = () => ({ peer_id: anna.id, random_id: fresh(), message: 'x' })

test.each<[string, Fault, number]>([
  ['too many requests, to be waited out for a second', { kind: 'tooManyRequests', retryAfterSeconds: 1 }, 6],
  ['too many requests for longer', { kind: 'tooManyRequests', retryAfterSeconds: 30 }, 9],
  ['forbidden', { kind: 'forbidden' }, 901],
  ['a server error', { kind: 'serverError' }, 10],
])('%s: error, once, and nothing is sent', async (_, fault, code) => {
  const { vk, call } = await serveVk()
  vk.faults.add({ ...fault, times: 1 })
  expect(await call('messages.send', message())).toMatchObject({ error: { error_code: code } })
  expect(vk.chat(group.id, anna.id).messages).toHaveLength(1)
  expect(await call('messages.send', message())).toMatchObject({ response: expect.any(Number) as number })
})

test('forbidden, in a list of peers: the item, not the call', async () => {
  const { vk, ok } = await serveVk()
  vk.start(group.id, boris.id)
  vk.faults.add({ kind: 'forbidden', chatId: boris.id })
  const list = { peer_ids: '777,778', random_id: fresh(), message: 'x' }
  expect(await ok('messages.send', list)).toMatchObject([
    { peer_id: 777, message_id: expect.any(Number) as number },
    { peer_id: 778, message_id: 0, error: { code: 901 } },
  ])
})

test('a fault within execute hits its own call only', async () => {
  const { vk, call } = await serveVk()
  vk.faults.add({ kind: 'serverError', method: 'users.get', times: 1 })
  const code = 'return [API.users.get({"user_ids":777}), API.users.get({"user_ids":777})];'
  expect(await call('execute', { code })).toMatchObject({
    response: [false, [{ id: 777 }]],
    execute_errors: [{ method: 'users.get', error_code: 10, error_msg: 'Internal server error' }],
  })
})

test('a method that no peer belongs to can be forbidden too', async () => {
  const { vk, call } = await serveVk()
  vk.faults.add({ kind: 'forbidden', method: 'users.get' })
  expect(await call('users.get')).toMatchObject({ error: { error_code: 7 } })
})

test('a bare HTTP error', async () => {
  const { vk, url } = await serveVk()
  vk.faults.add({ kind: 'serverError', status: 502 })
  const answer = await fetch(`${url}/method/users.get?v=5.199&access_token=${group.token}`)
  expect(answer.status).toBe(502)
})

test.each(['before', 'after'] as const)('a connection cut %s the call took effect', async (effect) => {
  const { vk, call } = await serveVk()
  vk.faults.add({ kind: 'disconnect', effect, times: 1 })
  await expect(call('messages.send', message())).rejects.toThrow('fetch failed')
  expect(vk.chat(group.id, anna.id).messages).toHaveLength(effect === 'before' ? 1 : 2)
})

test('a slow call, the effect after the pause: others are served meanwhile', async () => {
  const { vk, call, seen } = await serveVk()
  vk.faults.add({ kind: 'slow', delayMs: 600, effect: 'before', times: 1, method: 'messages.send' })
  const slow = call('messages.send', message())
  expect(await call('messages.setActivity', { peer_id: anna.id })).toEqual({ response: 1 })
  expect(seen.map(({ type }) => type)).toEqual(['typing'])
  expect(await slow).toEqual({ response: expect.any(Number) as number })
  expect(seen.some(({ type }) => type === 'message')).toBe(true)
})

test('a slow call, the effect before the pause: the person has the message, the bot not yet its answer', async () => {
  const { vk, call, seen } = await serveVk()
  vk.faults.add({ kind: 'slow', delayMs: 600, effect: 'after', times: 1 })
  let answered = false
  const slow = call('messages.send', message()).then((answer) => {
    answered = true
    return answer
  })
  await until(() => seen.find(({ type }) => type === 'message'))
  expect(answered).toBe(false)
  expect(await slow).toEqual({ response: expect.any(Number) as number })
})

test('polls have a name of their own, and are left alone by faults without a name', async () => {
  const { vk, position, poll, url } = await serveVk()
  const { key, ts } = await position()
  vk.faults.add({ kind: 'serverError', status: 500 })
  expect(await poll({ key, ts, wait: 0 })).toEqual({ ts, updates: [] })
  vk.faults.clear()
  vk.faults.add({ kind: 'serverError', method: 'longpoll', times: 1 })
  const failed = await fetch(`${url}/whp/5555?act=a_check&key=${key}&ts=${ts}&wait=0`)
  expect(failed.status).toBe(502)
  vk.faults.add({ kind: 'disconnect', effect: 'before', method: 'longpoll', times: 1 })
  await expect(poll({ key, ts, wait: 0 })).rejects.toThrow('fetch failed')
  vk.faults.add({ kind: 'slow', delayMs: 1, effect: 'before', method: 'longpoll', times: 1 })
  expect(await poll({ key, ts, wait: 0 })).toEqual({ ts, updates: [] })
})

test('duplicates come with the same event_id under numbers of their own, and another order as wished', async () => {
  const { vk, position, poll } = await serveVk()
  const { key, ts } = await position()
  vk.faults.duplicate(2)
  vk.sendText(group.id, anna.id, 'раз')
  vk.faults.duplicate(1)
  vk.faults.reorder(2, ([first, second]) => [second!, first!])
  vk.sendText(group.id, anna.id, 'два')
  vk.sendText(group.id, anna.id, 'три')
  const { updates, ts: next } = await poll({ key, ts })
  expect(updates?.map(({ object }) => (object['message'] as { text: string }).text)).toEqual([
    'раз',
    'раз',
    'три',
    'два',
  ])
  expect(updates?.[0]?.event_id).toBe(updates?.[1]?.event_id)
  expect(Number(next)).toBe(Number(ts) + 4)
})
