import { expect, test } from 'vitest'
import { createOnce } from '../../src/bots/once.ts'

function counting() {
  const done: string[] = []
  return { done, work: (what: string) => () => Promise.resolve(void done.push(what)) }
}

test('what is asked for again is not done again, not even at the same time', async () => {
  const { done, work } = counting()
  const once = createOnce()
  await Promise.all([once.run('1', work('first')), once.run('1', work('second'))])
  await once.run('1', work('third'))
  await once.run('2', work('other'))
  expect(done).toEqual(['first', 'other'])
})

test('what failed may be tried again', async () => {
  const { done, work } = counting()
  const once = createOnce()
  await expect(once.run('1', () => Promise.reject(new Error('no network')))).rejects.toThrow('no network')
  await once.run('1', work('second'))
  expect(done).toEqual(['second'])
})

test('only the newest are remembered', async () => {
  const { done, work } = counting()
  const once = createOnce(2)
  for (const key of ['1', '2', '3', '3', '1']) await once.run(key, work(key))
  expect(done).toEqual(['1', '2', '3', '1'])
})
