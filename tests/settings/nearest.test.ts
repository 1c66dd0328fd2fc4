import { expect, test } from 'vitest'

import { nearest } from '../../src/settings/nearest.ts'

const keys = ['name', 'operator', 'timeZone', 'quietHours', 'reminders', 'rewards', 'rates']

test.each([
  ['timezone', 'timeZone'],
  ['time_zone', 'timeZone'],
  ['quiet-hours', 'quietHours'],
  ['oprator', 'operator'],
  ['opertaor', 'operator'],
  ['reward', 'rewards'],
  ['nmae', 'name'],
  ['instagram', undefined],
  ['x', undefined],
])('"%s" means %s', (word, meant) => {
  expect(nearest(word, keys)).toBe(meant)
})

test('a limit on slips is kept', () => {
  expect(nearest('TELEGRAM_TOKEN', ['TELEGRAM_BOT_TOKEN'], 2)).toBeUndefined()
  expect(nearest('TELEGRAM_TOKEN', ['TELEGRAM_BOT_TOKEN'], 3)).toBe('TELEGRAM_BOT_TOKEN')
})
