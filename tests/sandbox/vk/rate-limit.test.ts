import { expect, test } from 'vitest'
import { createRateLimit } from '../../../src/sandbox/vk/rate-limit.ts'
import { serveVk } from './serve-vk.ts'

test('in no second, wherever it starts, more calls go through than allowed', () => {
  let nowMs = 1_000_000
  const mayCall = createRateLimit({ perSecond: 20, now: () => nowMs })
  const passed: number[] = []
  for (let step = 0; step < 4000; step += 1) {
    nowMs += step % 7
    if (mayCall()) passed.push(nowMs)
  }
  expect(passed.length).toBeGreaterThan(200)
  for (const [index, time] of passed.entries()) {
    expect(time - (passed[index - 20] ?? -Infinity)).toBeGreaterThanOrEqual(1000)
  }
})

test('the 21st call within a second is error 6, and a call a second later goes through', async () => {
  let nowMs = Date.UTC(2026, 10, 20)
  const { call } = await serveVk({ rate: 20, now: () => nowMs })
  const answers = await Promise.all(Array.from({ length: 21 }, () => call('users.get', { user_ids: 777 })))
  expect(answers.filter(({ response }) => response)).toHaveLength(20)
  expect(answers.flatMap(({ error }) => error ?? [])).toMatchObject([
    { error_code: 6, error_msg: 'Too many requests per second' },
  ])
  nowMs += 1000
  expect(await call('users.get', { user_ids: 777 })).toMatchObject({ response: [{ id: 777 }] })
})

test('one execute counts as one call', async () => {
  const { call } = await serveVk({ rate: 1 })
  const code = `return [${Array.from({ length: 25 }, () => 'API.users.get({"user_ids":777})').join()}];`
  const { response } = await call('execute', { code })
  expect(response).toHaveLength(25)
})
