import { expect, test } from 'vitest'

import { textIn, validUntil } from '../../../src/domain/offers/offer.ts'

const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds

test.each([
  ['days are whole days after the one it was sent on', { kind: 'days', days: 14 } as const, '2026-12-10'],
  ['none: the same day', { kind: 'days', days: 0 } as const, '2026-11-26'],
  ['a date is that day', { kind: 'until', date: '2026-12-31' } as const, '2026-12-31'],
])('%s, to its end where the salon is', (_, validity, day) => {
  const until = validUntil(validity, at('2026-11-26T23:30[Asia/Vladivostok]'), 'Asia/Vladivostok')
  expect(until).toBe(at(`${day}T23:59:59.999[Asia/Vladivostok]`))
})

test.each([
  ['the language’s own', { ru: 'да', en: 'yes' }, 'en', 'yes'],
  ['the salon’s first, where it has none', { ru: 'да' }, 'en', 'да'],
  ['what there is', { en: 'yes' }, 'ru', 'yes'],
  ['nothing', {}, 'ru', ''],
] as const)('a text: %s', (_, text, language, said) => {
  expect(textIn(text, language, ['ru', 'en'])).toBe(said)
})
