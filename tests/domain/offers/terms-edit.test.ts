import { describe, expect, test } from 'vitest'
import type { Edited } from '../../../src/domain/offers/edited.ts'
import { newOffer } from '../../../src/domain/offers/offer-edit.ts'
import type { OfferSpec } from '../../../src/domain/offers/offer.ts'
import {
  occasionWith,
  withAttribution,
  withMark,
  withOccasion,
  withoutOccasion,
  withPerClient,
  withRecipients,
  withStanding,
} from '../../../src/domain/offers/terms-edit.ts'

const spec = newOffer('{name}, ждём вас.', 'ru')
const erid = '2VfnxyNkZrY'

describe('typed terms', () => {
  const standing = withOccasion(spec, { kind: 'overdue', days: 7 })
  test.each<[string, Edited, object]>([
    ['150', withRecipients(spec, '150'), { limits: { recipients: 150, perClient: 1 } }],
    ['1 500 человек', withRecipients(spec, '1 500 человек'), { limits: { recipients: 1500, perClient: 1 } }],
    ['2 раза', withPerClient(spec, '2 раза'), { limits: { perClient: 2 } }],
    ['30 дней', withAttribution(spec, '30 дней'), { attributionDays: 30 }],
    [
      'a name and erid',
      withMark(spec, `ООО «Ромашка», erid: ${erid}`),
      { mark: { advertiser: 'ООО «Ромашка»', erid } },
    ],
    [
      'a name and a number',
      withMark(spec, `ИП Иванова А. Б.\n${erid}`),
      { mark: { advertiser: 'ИП Иванова А. Б.', erid } },
    ],
    [
      'a time',
      withStanding(standing, 'в 9:05'),
      { schedule: { kind: 'standing', at: '09:05', occasion: { kind: 'overdue', days: 7 } } },
    ],
    [
      'days',
      withStanding(standing, '10 дней'),
      { schedule: { kind: 'standing', at: '11:00', occasion: { kind: 'overdue', days: 10 } } },
    ],
  ])('%s', (_, edited, changes) => {
    expect(edited).toMatchObject({ ok: true, spec: changes })
  })

  test.each<[string, Edited, string]>([
    ['no people', withRecipients(spec, '0'), 'recipients'],
    ['words', withRecipients(spec, 'немного'), 'recipients'],
    ['too often', withPerClient(spec, '101'), 'perClient'],
    ['too long', withAttribution(spec, '91'), 'attribution'],
    ['a number alone', withMark(spec, erid), 'mark'],
    ['a name alone', withMark(spec, 'ООО «Ромашка»'), 'mark'],
    ['a name in Latin letters', withMark(spec, 'Studio Daisy'), 'mark'],
    ['no occasion yet', withStanding(spec, '5'), 'noOccasion'],
    ['a time that no clock shows', withStanding(standing, '25:00'), 'occasion'],
    ['more than a year', withStanding(standing, '366'), 'occasion'],
  ])('%s is not understood: %s', (_, edited, reason) => {
    expect(edited).toEqual({ ok: false, reason })
  })

  test('without a limit or a mark there is none', () => {
    const limited = { ...spec, limits: { recipients: 5, perClient: 1 }, mark: { advertiser: 'Р', erid } }
    expect(withRecipients(limited, 'без предела')).toMatchObject({ spec: { limits: { perClient: 1 } } })
    expect((withRecipients(limited, 'все') as { spec: OfferSpec }).spec.limits).not.toHaveProperty(
      'recipients',
    )
    expect((withMark(limited, 'нет') as { spec: OfferSpec }).spec).not.toHaveProperty('mark')
  })
})

describe('a standing offer', () => {
  test('comes each time on what comes again, and once after a first visit', () => {
    expect(withOccasion(spec, occasionWith('birthday', 3))).toMatchObject({
      schedule: { kind: 'standing', occasion: { kind: 'birthday', daysBefore: 3 }, at: '11:00' },
      limits: { perClient: 100 },
    })
    expect(withOccasion(spec, occasionWith('firstVisit', 1)).limits).toEqual({ perClient: 1 })
  })

  test('keeps its time and how often it comes when only the days change', () => {
    const before = withOccasion(spec, occasionWith('birthday', 3))
    const twice = {
      ...before,
      limits: { perClient: 2 },
      schedule: { ...before.schedule, at: '18:00' },
    } as OfferSpec
    expect(withOccasion(twice, occasionWith('birthday', 7))).toMatchObject({
      schedule: { at: '18:00', occasion: { daysBefore: 7 } },
      limits: { perClient: 2 },
    })
  })

  test('goes once again when it does not stand any more; what does not stand is left alone', () => {
    expect(withoutOccasion(withOccasion(spec, occasionWith('overdue', 7)))).toEqual(spec)
    const planned: OfferSpec = { ...spec, schedule: { kind: 'at', at: 5 } }
    expect(withoutOccasion(planned)).toBe(planned)
  })
})
