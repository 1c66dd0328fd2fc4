import { expect, test } from 'vitest'
import { createInOrder } from '../../src/bots/in-order.ts'

test('tasks of one key run one after another, in the order they came', async () => {
  const inOrder = createInOrder()
  const log: string[] = []
  const slow = Promise.withResolvers<void>()
  const first = inOrder.run(1, async () => {
    log.push('first begins')
    await slow.promise
    log.push('first ends')
  })
  const second = inOrder.run(1, async () => void log.push('second'))
  await Promise.resolve()
  expect(log).toEqual(['first begins'])
  slow.resolve()
  await Promise.all([first, second])
  expect(log).toEqual(['first begins', 'first ends', 'second'])
})

test('a key does not wait for another', async () => {
  const inOrder = createInOrder()
  const never = Promise.withResolvers<void>()
  void inOrder.run(1, () => never.promise)
  expect(await inOrder.run(2, async () => 'done')).toBe('done')
  never.resolve()
})

test('a task that fails tells its caller and lets the next one run', async () => {
  const inOrder = createInOrder()
  const failing = inOrder.run(1, async () => {
    throw new Error('no luck')
  })
  const next = inOrder.run(1, async () => 'next')
  await expect(failing).rejects.toThrow('no luck')
  expect(await next).toBe('next')
})

test('a task that throws before its first await rejects like any other', async () => {
  const inOrder = createInOrder()
  const failing = inOrder.run(1, () => {
    throw new Error('at once')
  })
  await expect(failing).rejects.toThrow('at once')
  expect(await inOrder.run(1, async () => 1)).toBe(1)
})

test('a key is busy until its last task has ended, and idle waits for all of them', async () => {
  const inOrder = createInOrder()
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const ends: number[] = []
  for (const [index, gate] of gates.entries()) {
    void inOrder.run('k', () => gate.promise).then(() => ends.push(index))
  }
  const idle = inOrder.idle().then(() => ends.length)
  expect(inOrder.busy('k')).toBe(true)
  expect(inOrder.busy('other')).toBe(false)
  for (const gate of gates) gate.resolve()
  expect(await idle).toBe(2)
  expect(inOrder.busy('k')).toBe(false)
})
