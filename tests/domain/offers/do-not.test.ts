import { describe, expect, test } from 'vitest'

import type { Audience } from '../../../src/domain/offers/audience.ts'
import { defaultPlaybook } from '../../../src/domain/offers/default-playbook.ts'
import { brokenRules } from '../../../src/domain/offers/do-not.ts'
import type { OfferSpec } from '../../../src/domain/offers/offer.ts'

const salon = {
  lines: [
    {
      id: 'nails',
      name: { ru: 'Ногти' },
      services: [{ id: 'manicure', name: { ru: 'Маникюр' }, priceKopecks: 200_000 }],
    },
  ],
}
const offer = (audience: Audience, changes: Partial<OfferSpec> = {}): OfferSpec => ({
  title: { ru: 'Осень' },
  variants: [{ id: 'A', text: { ru: 'Ждём вас!' }, share: 1 }],
  audience,
  discount: { kind: 'percent', percent: 10 },
  validity: { kind: 'days', days: 14 },
  limits: { perClient: 1 },
  channel: 'any',
  schedule: { kind: 'now' },
  holdoutShare: 0.1,
  attributionDays: 15,
  ...changes,
})
const to = (...segments: string[]): Audience => ({ kind: 'segment', segments })
const broken = (spec: OfferSpec, doNot = defaultPlaybook.doNot) =>
  brokenRules(spec, doNot, salon).map(({ group, rule }) => `${group} ${rule}`)
const gift = { discount: { kind: 'gift', words: { ru: 'маску' } } } as const
const visits = (count: { from?: number; to?: number }): Audience => ({ kind: 'visits', count })
const all = (...of: Audience[]): Audience => ({ kind: 'all', of })

describe('what is not done by default', () => {
  test.each<[string, OfferSpec, string[]]>([
    ['a price promotion for the valuable', offer(to('valuable')), ['valuable priceOnly']],
    ['so it is by the other scheme', offer(to('champions')), ['valuable priceOnly']],
    [
      'in roubles, too',
      offer(to('valuable'), { discount: { kind: 'amount', kopecks: 5000 } }),
      ['valuable priceOnly'],
    ],
    ['a gift is more than a price', offer(to('valuable'), gift), []],
    ['a discount for two brings somebody', offer(to('valuable'), { coupon: { uses: 2 } }), []],
    ['a discount where they have never been', offer(all(to('valuable'), visits({ to: 0 }))), []],
    ['10 % for the vulnerable', offer(to('vulnerable')), ['vulnerable discountAbovePercent']],
    ['5 % for the vulnerable', offer(to('vulnerable'), { discount: { kind: 'percent', percent: 5 } }), []],
    [
      '100 of 2000 roubles are 5 %',
      offer(to('atRisk'), { discount: { kind: 'amount', kopecks: 10_000 } }),
      [],
    ],
    [
      '101 are more',
      offer(to('atRisk'), { discount: { kind: 'amount', kopecks: 10_100 } }),
      ['vulnerable discountAbovePercent'],
    ],
    [
      'news for those of no value',
      offer(to('noValue'), { discount: { kind: 'none' } }),
      ['noValue anything'],
    ],
    [
      'the new ones when they come again',
      offer(all(to('new'), visits({ from: 2 }))),
      ['new waitForSecondVisit'],
    ],
    ['the new ones at once', offer(all(to('new'), visits({ from: 1 }))), []],
    [
      'some wait, some don’t',
      offer(all(to('new'), { kind: 'any', of: [visits({ from: 2 }), to('new')] })),
      [],
    ],
    [
      'several groups, each by its own rule',
      offer(to('valuable', 'vulnerable', 'lost')),
      ['valuable priceOnly', 'vulnerable discountAbovePercent', 'noValue anything'],
    ],
    ['everybody is no group', offer({ kind: 'everyone' }), []],
    ['nor are those who are left out', offer({ kind: 'not', of: to('noValue') }), []],
  ])('%s', (_, spec, rules) => {
    expect(broken(spec)).toEqual(rules)
  })
})

test('a salon has its own rules, or none', () => {
  const spec = offer(to('valuable', 'vulnerable'))
  expect(broken(spec, {})).toEqual([])
  expect(broken(spec, { vulnerable: { discountAbovePercent: 10 } })).toEqual([])
  expect(broken(spec, { valuable: { discountAbovePercent: 9, anything: true } })).toEqual([
    'valuable anything',
    'valuable discountAbovePercent',
  ])
})
