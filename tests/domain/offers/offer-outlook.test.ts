import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Discount } from '../../../src/domain/offers/offer.ts'
import { discountCost, sentBy } from '../../../src/domain/offers/offer-outlook.ts'
import { quietUntil } from '../../../src/domain/quiet-hours.ts'

describe('what a discount may cost', () => {
  const facts = { recipients: 200, uses: 1, visitKopecks: 200_000 }
  test.each<
    [string, Discount, Partial<typeof facts & { cameShare: number }>, ReturnType<typeof discountCost>]
  >([
    ['nothing', { kind: 'none' }, {}, { mostKopecks: 0 }],
    ['ten percent of everybody’s visit', { kind: 'percent', percent: 10 }, {}, { mostKopecks: 4_000_000 }],
    [
      'of those who came before',
      { kind: 'percent', percent: 10 },
      { cameShare: 0.12 },
      { mostKopecks: 4_000_000, likelyKopecks: 480_000 },
    ],
    ['of both visits', { kind: 'percent', percent: 10 }, { uses: 2 }, { mostKopecks: 8_000_000 }],
    ['an amount', { kind: 'amount', kopecks: 50_000 }, {}, { mostKopecks: 10_000_000 }],
    ['an amount above the visit', { kind: 'amount', kopecks: 300_000 }, {}, { mostKopecks: 40_000_000 }],
    ['a gift: who knows', { kind: 'gift', words: { ru: 'уход для рук' } }, {}, undefined],
  ])('%s', (_, discount, change, cost) => {
    expect(discountCost(discount, { ...facts, ...change })).toEqual(cost)
  })
})

describe('when the last message goes', () => {
  const settings = {
    quietHours: { from: '21:00', to: '09:00' },
    timeZone: 'Europe/Moscow',
    spreadMs: 3600_000,
  }
  const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Moscow]`).epochMilliseconds
  test.each([
    ['by day, at once', '2026-11-26T12:00', 25, '2026-11-26T12:00:01'],
    ['twenty thousand at 25 a second', '2026-11-26T12:00', 20_000, '2026-11-26T12:13:20'],
    ['over night: the rest is spread over the morning', '2026-11-26T20:50', 20_000, '2026-11-27T10:00'],
    ['so many that the spread does not matter', '2026-11-26T20:50', 200_000, '2026-11-27T11:03:20'],
    ['approved at night', '2026-11-26T23:00', 10, '2026-11-27T10:00'],
    ['more than a day', '2026-11-26T09:00', 1_080_001, '2026-11-27T10:00'],
  ])('%s', (_, start, messages, end) => {
    expect(sentBy(at(start), messages, 25, settings)).toBe(at(end))
  })

  test('is never in quiet hours, and later for more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 48 * 60 }),
        fc.integer({ min: 1, max: 3_000_000 }),
        (minute, messages) => {
          const start = at('2026-11-26T00:00') + minute * 60_000
          const end = sentBy(start, messages, 25, settings)
          // The very end of the day is still the day.
          expect(quietUntil(end - 1, settings.quietHours, settings.timeZone)).toBeUndefined()
          expect(sentBy(start, messages + 1, 25, settings)).toBeGreaterThanOrEqual(end)
        },
      ),
    )
  })
})
