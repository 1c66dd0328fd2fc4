import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  afterQuiet,
  contactDecision,
  defaultCaps,
  defaultSpreadMs,
  neverReasons,
  type ContactOffer,
  type ContactPerson,
  type NeverReason,
  type PolicySettings,
} from '../../../src/domain/offers/contact-policy.ts'
import type { Platform } from '../../../src/domain/platform.ts'
import { quietUntil } from '../../../src/domain/quiet-hours.ts'

const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds
const noon = at('2026-11-26T12:00[Europe/Moscow]')
const dayMs = 24 * 3600_000
const settings: PolicySettings = {
  advertising: { telegram: true, vk: true },
  quietHours: { from: '21:00', to: '09:00' },
  timeZone: 'Europe/Moscow',
  caps: defaultCaps,
  spreadMs: defaultSpreadMs,
}
const chatOn = (platform: Platform, more: { reachable?: boolean; lastSeenAt?: number } = {}) => ({
  platform,
  externalId: platform === 'telegram' ? 11 : 22,
  language: 'ru' as const,
  reachable: true,
  lastSeenAt: 0,
  ...more,
})
const anna: ContactPerson = {
  clientId: 5,
  advertisingConsent: true,
  openComplaint: false,
  chats: [chatOn('telegram', { lastSeenAt: 1 }), chatOn('vk')],
  contactedAt: [],
  ofThisOffer: 0,
}
const offer: ContactOffer = {
  standing: { state: 'sending', version: 2, approvedVersion: 2 },
  spec: { channel: 'any', limits: { perClient: 1 } },
  seed: 'seed',
  heldOut: false,
}
interface Change {
  now?: number
  offer?: Partial<ContactOffer>
  person?: Partial<ContactPerson>
  settings?: Partial<PolicySettings>
}
const decide = (change: Change = {}) =>
  contactDecision(
    change.now ?? noon,
    { ...offer, ...change.offer },
    { ...anna, ...change.person },
    { ...settings, ...change.settings },
  )
const said = (change: Change) => {
  const decision = decide(change)
  return decision.say === 'never'
    ? decision.reason
    : decision.say === 'send'
      ? decision.platform
      : decision.say
}
const ago = (...days: number[]) => days.map((day) => noon - day * dayMs)

describe('one person, now', () => {
  test.each<[string, Change, string]>([
    ['all is well: where they were last', {}, 'telegram'],
    ['all is well: where they prefer it', { person: { preferredPlatform: 'vk' } }, 'vk'],
    [
      'the preferred one is closed',
      {
        person: { preferredPlatform: 'vk', chats: [chatOn('vk', { reachable: false }), chatOn('telegram')] },
      },
      'telegram',
    ],
    [
      'no advertising on the preferred one',
      { person: { preferredPlatform: 'telegram' }, settings: { advertising: { telegram: false, vk: true } } },
      'vk',
    ],
    [
      'the offer is for one channel',
      {
        person: { preferredPlatform: 'telegram' },
        offer: { spec: { channel: 'vk', limits: { perClient: 1 } } },
      },
      'vk',
    ],
    [
      'only a chat on another channel',
      {
        person: { chats: [chatOn('telegram')] },
        offer: { spec: { channel: 'vk', limits: { perClient: 1 } } },
      },
      'noChat',
    ],
    ['no chat at all: known from the books', { person: { chats: [] } }, 'noChat'],
    [
      'the offer’s channel is switched off',
      {
        settings: { advertising: { telegram: true, vk: false } },
        offer: { spec: { channel: 'vk', limits: { perClient: 1 } } },
      },
      'channelOff',
    ],
    [
      'all channels are switched off',
      { settings: { advertising: { telegram: false, vk: false } } },
      'channelOff',
    ],
    [
      'both chats are closed',
      { person: { chats: [chatOn('vk', { reachable: false }), chatOn('telegram', { reachable: false })] } },
      'unreachable',
    ],
    ['no consent', { person: { advertisingConsent: false } }, 'noConsent'],
    ['an open complaint', { person: { openComplaint: true } }, 'complaint'],
    ['the occasion has passed', { offer: { moot: true } }, 'noOccasion'],
    ['held out', { offer: { heldOut: true } }, 'heldOut'],
    ['had it', { person: { ofThisOffer: 1 } }, 'perClient'],
    [
      'had it once of twice',
      { person: { ofThisOffer: 1 }, offer: { spec: { channel: 'any', limits: { perClient: 2 } } } },
      'telegram',
    ],
    ['one message this week', { person: { contactedAt: ago(1) } }, 'telegram'],
    ['two messages this week', { person: { contactedAt: ago(1, 6) } }, 'cap'],
    [
      'two messages, one of them seven days ago to the minute',
      { person: { contactedAt: ago(1, 7) } },
      'telegram',
    ],
    [
      'two messages, one of them a moment less ago',
      { person: { contactedAt: [noon - dayMs, noon - 7 * dayMs + 1] } },
      'cap',
    ],
    ['four messages this month', { person: { contactedAt: ago(8, 15, 22, 29) } }, 'cap'],
    [
      'four messages, one of them thirty days ago',
      { person: { contactedAt: ago(8, 15, 22, 30) } },
      'telegram',
    ],
    ['a clock that is behind: what comes later counts', { person: { contactedAt: ago(-0.1, -0.2) } }, 'cap'],
    ['paused', { offer: { standing: { state: 'paused', version: 2, approvedVersion: 2 } } }, 'hold'],
    ['edited since the approval', { offer: { standing: { state: 'pending', version: 3 } } }, 'hold'],
    [
      'another version than the approved one',
      { offer: { standing: { state: 'sending', version: 3, approvedVersion: 2 } } },
      'hold',
    ],
    ['never approved', { offer: { standing: { state: 'sending', version: 1 } } }, 'hold'],
    ['cancelled', { offer: { standing: { state: 'cancelled', version: 2, approvedVersion: 2 } } }, 'over'],
    ['expired a moment ago', { offer: { standing: { ...offer.standing, expiresAt: noon - 1 } } }, 'over'],
    ['the last moment', { offer: { standing: { ...offer.standing, expiresAt: noon } } }, 'telegram'],
    ['at night', { now: at('2026-11-26T23:00[Europe/Moscow]') }, 'later'],
    [
      'over before the morning',
      {
        now: at('2026-11-26T23:00[Europe/Moscow]'),
        offer: { standing: { ...offer.standing, expiresAt: at('2026-11-27T08:00[Europe/Moscow]') } },
      },
      'over',
    ],
    [
      'day in Moscow, night where she lives',
      { person: { timeZone: 'Asia/Vladivostok' }, now: at('2026-11-26T15:00[Europe/Moscow]') },
      'later',
    ],
    [
      'night in Moscow, day where her profile says that she lives',
      { person: { timeZone: 'Asia/Vladivostok' }, now: at('2026-11-26T03:00[Europe/Moscow]') },
      'later',
    ],
    [
      'day in both',
      { person: { timeZone: 'Asia/Vladivostok' }, now: at('2026-11-26T10:30[Europe/Moscow]') },
      'telegram',
    ],
  ])('%s: %s', (_, change, expected) => {
    expect(said(change)).toBe(expected)
  })

  test('a night message waits for the morning there, within the spread', () => {
    const decision = decide({
      now: at('2026-11-26T23:00[Europe/Samara]'),
      person: { timeZone: 'Europe/Kaliningrad' },
    })
    const morning = at('2026-11-27T09:00[Europe/Kaliningrad]')
    expect(decision.say === 'later' && decision.at - morning).toBeGreaterThanOrEqual(0)
    expect(decision.say === 'later' && decision.at - morning).toBeLessThan(defaultSpreadMs)
  })
})

describe('the order of the reasons', () => {
  const spoil: Record<NeverReason, (change: Required<Change>) => void> = {
    over: ({ offer: own }) => (own.standing = { ...offer.standing, expiresAt: noon - 1 }),
    noOccasion: ({ offer: own }) => (own.moot = true),
    heldOut: ({ offer: own }) => (own.heldOut = true),
    noConsent: ({ person }) => (person.advertisingConsent = false),
    complaint: ({ person }) => (person.openComplaint = true),
    noChat: ({ person }) => (person.chats = []),
    channelOff: ({ settings: own }) => (own.advertising = { telegram: false, vk: false }),
    unreachable: ({ person }) =>
      (person.chats = (person.chats ?? anna.chats).map((chat) => ({ ...chat, reachable: false }))),
    perClient: ({ person }) => (person.ofThisOffer = 1),
    cap: ({ person }) => (person.contactedAt = ago(1, 2)),
  }

  const spoiled = (reasons: readonly NeverReason[], change: Partial<Change>): Required<Change> => {
    const all = { now: noon, offer: {}, person: {}, settings: {}, ...change }
    for (const reason of reasons) spoil[reason](all)
    return all
  }
  const someReasons = fc.subarray([...neverReasons], { minLength: 1 })

  test('whatever else holds, the first of the list is told', () => {
    fc.assert(
      fc.property(someReasons, (reasons) => {
        expect(said(spoiled(reasons, {}))).toBe(reasons[0])
      }),
    )
  })

  test('nobody is refused before the moment: while it is quiet, or the offer is held', () => {
    const withoutOver = someReasons.map((reasons) => reasons.filter((one) => one !== 'over'))
    fc.assert(
      fc.property(withoutOver, (reasons) => {
        expect(said(spoiled(reasons, { now: at('2026-11-26T02:00[Europe/Moscow]') }))).toBe('later')
        expect(said(spoiled(reasons, { offer: { standing: { ...offer.standing, state: 'paused' } } }))).toBe(
          'hold',
        )
      }),
    )
  })

  test('a cap that is full at night and free in the morning hinders nobody', () => {
    const night = at('2026-11-26T02:00[Europe/Moscow]')
    const contactedAt = [night - dayMs, night - 7 * dayMs + 3600_000]
    const decision = decide({ now: night, person: { contactedAt } })
    expect(decision.say === 'later' && said({ now: decision.at, person: { contactedAt } })).toBe('telegram')
  })
})

describe('caps', () => {
  const caps = fc.array(
    fc.record({ messages: fc.integer({ min: 1, max: 4 }), days: fc.integer({ min: 1, max: 30 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  const attempts = fc.array(fc.integer({ min: 0, max: 60 * 24 * 60 }), { maxLength: 200 })

  test('are never exceeded in any window, whatever is tried, and whatever became of what was sent', () => {
    fc.assert(
      fc.property(caps, attempts, (own, minutes) => {
        const sent: number[] = []
        for (const minute of [...minutes].sort((one, other) => one - other)) {
          const now = noon + minute * 60_000
          // In any order: what the database tells first is not what came first.
          const contactedAt = sent.toReversed()
          const decision = decide({
            now,
            person: { contactedAt },
            settings: { caps: own, quietHours: { from: '03:00', to: '04:00' } },
          })
          if (decision.say === 'send') sent.push(now)
        }
        for (const { messages, days } of own)
          for (const first of sent)
            expect(
              sent.filter((one) => one >= first && one < first + days * dayMs).length,
            ).toBeLessThanOrEqual(messages)
      }),
      { numRuns: 500 },
    )
  })

  test('hinder nobody whom they don’t concern: the first message always goes', () => {
    fc.assert(
      fc.property(caps, (own) => {
        expect(decide({ settings: { caps: own } }).say).toBe('send')
      }),
    )
  })
})

describe('quiet hours in the night that the clocks are changed', () => {
  test.each([
    // Their end is left out: it is past as soon as the clock is put past it.
    [
      'the end is left out',
      '2026-03-29T01:00[Europe/Berlin]',
      '21:00',
      '02:30',
      0,
      '2026-03-29T03:00[Europe/Berlin]',
    ],
    // 02:30 to 02:45 is left out that day: nothing goes before the next.
    [
      'all that is not quiet is left out',
      '2026-03-29T01:00[Europe/Berlin]',
      '02:45',
      '02:30',
      0,
      '2026-03-30T02:30[Europe/Berlin]',
    ],
    // From 02:30 it is not quiet, at 03:00 it is 02:00 once more.
    [
      'they begin once more',
      '2026-10-25T02:15+02:00[Europe/Berlin]',
      '21:00',
      '02:30',
      0.9,
      '2026-10-25T02:57+02:00[Europe/Berlin]',
    ],
    [
      'the clock is put back out of them',
      '2026-10-25T02:45+02:00[Europe/Berlin]',
      '02:30',
      '05:00',
      0,
      '2026-10-25T02:00+01:00[Europe/Berlin]',
    ],
    [
      'and into them again, half an hour later',
      '2026-10-25T02:45+02:00[Europe/Berlin]',
      '02:30',
      '05:00',
      0.5,
      '2026-10-25T02:15+01:00[Europe/Berlin]',
    ],
    [
      'half an hour is left out',
      '2026-10-04T01:30[Australia/Lord_Howe]',
      '21:00',
      '02:10',
      0,
      '2026-10-04T02:30[Australia/Lord_Howe]',
    ],
    [
      'half an hour comes twice',
      '2026-04-05T01:35+11:00[Australia/Lord_Howe]',
      '21:00',
      '01:50',
      0.5,
      '2026-04-05T01:55+11:00[Australia/Lord_Howe]',
    ],
    [
      'their beginning is left out',
      '2026-03-29T00:30[Europe/Berlin]',
      '02:15',
      '01:00',
      0.5,
      '2026-03-29T01:30[Europe/Berlin]',
    ],
  ])('%s', (_, now, from, to, chance, expected) => {
    const zone = /\[(.+)\]/.exec(now)?.[1] ?? ''
    const then = afterQuiet(at(now), [zone], { quietHours: { from, to }, spreadMs: 3600_000 }, chance)
    expect(then).toBe(at(expected))
  })
})

describe('quiet hours, wherever and whenever', () => {
  const zones = fc.constantFrom(
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Europe/Moscow',
    'Europe/Berlin',
    'Africa/Casablanca',
    'America/New_York',
    'Australia/Adelaide',
    'Asia/Kathmandu',
  )
  const times = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
  const changes = [
    '2026-03-29T01:00Z', // Berlin, forward
    '2026-10-25T01:00Z', // Berlin, back
    '2026-10-03T15:30Z', // Lord Howe, half an hour forward
    '2026-04-04T15:00Z', // Lord Howe, half an hour back
    '2026-03-08T05:30Z', // St. John's, forward
    '2026-11-01T04:30Z', // St. John's, back
    '2014-10-25T22:00Z', // Moscow, back for good
    '2011-03-26T23:00Z', // Moscow, forward
    '2026-03-08T07:00Z', // New York, forward
    '2026-11-01T06:00Z', // New York, back
    '2026-10-03T16:30Z', // Adelaide, forward
    '2026-04-04T16:30Z', // Adelaide, back
  ].map((text) => Temporal.Instant.from(text).epochMilliseconds)
  const instants = fc.oneof(
    fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2030, 0) }),
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -dayMs, max: dayMs }))
      .map(([change, off]) => change + off),
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -2 * 3600_000, max: 2 * 3600_000 }))
      .map(([change, off]) => change + off),
  )
  const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  /** Near the hours in which clocks are changed. */
  const nightTimes = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('00', '01', '15', '30', '31', '45', '59'))
    .map(([hour, minute]) => `0${hour}:${minute}`)
  const quiets = fc
    .oneof(fc.tuple(times, times), fc.tuple(nightTimes, nightTimes), fc.tuple(times, nightTimes))
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => ({ from, to }))

  /** By the clock on the wall, the slow way. */
  const isQuiet = (instant: number, { from, to }: { from: string; to: string }, zone: string) => {
    const time = Temporal.Instant.fromEpochMilliseconds(instant)
      .toZonedDateTimeISO(zone)
      .toPlainTime()
      .toString()
      .slice(0, 5)
    return from < to ? time >= from && time < to : time >= from || time < to
  }
  const firstLoud = (now: number, quiet: { from: string; to: string }, zone: string) => {
    let minute = now
    while (isQuiet(minute, quiet, zone)) minute = Math.floor(minute / 60_000) * 60_000 + 60_000
    return minute
  }

  test('never inside, never earlier than their end, never later than that and the spread', () => {
    fc.assert(
      fc.property(
        instants,
        quiets,
        zones,
        chances,
        fc.integer({ min: 0, max: 4 * 3600_000 }),
        (now, quietHours, zone, chance, spreadMs) => {
          const then = afterQuiet(now, [zone], { quietHours, spreadMs }, chance)
          expect(then === undefined).toBe(!isQuiet(now, quietHours, zone))
          if (then === undefined) return
          const end = firstLoud(now, quietHours, zone)
          expect(isQuiet(then, quietHours, zone)).toBe(false)
          expect(quietUntil(then, quietHours, zone)).toBeUndefined()
          expect(then).toBeGreaterThanOrEqual(end)
          expect(then).toBeLessThanOrEqual(end + spreadMs)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('a decision to send is never made inside, and one to wait comes true when it is asked again', () => {
    fc.assert(
      fc.property(
        instants,
        quiets,
        zones,
        fc.integer({ min: 1, max: 1_000_000 }),
        (now, quietHours, timeZone, clientId) => {
          const change = { person: { clientId, timeZone }, settings: { quietHours, timeZone } }
          const decision = decide({ now, ...change })
          const sentAt = decision.say === 'later' ? decision.at : now
          expect(isQuiet(sentAt, quietHours, timeZone)).toBe(false)
          expect(decide({ now: sentAt, ...change }).say).toBe('send')
        },
      ),
      { numRuns: 500 },
    )
  })

  test('two clocks: quiet by none of them, at the first such moment and the spread', () => {
    const days = fc.integer({ min: 7, max: 11 }).chain((morning) =>
      fc.integer({ min: morning + 4, max: 23 }).map((evening) => ({
        from: `${evening}:00`,
        to: `${String(morning).padStart(2, '0')}:30`,
      })),
    )
    const apart = fc.tuple(zones, zones)
    const spreadMs = 3600_000
    fc.assert(
      fc.property(instants, days, apart, chances, (now, quietHours, [hers, salons], chance) => {
        const isQuietBy = (clocks: string[], instant: number) =>
          clocks.some((zone) => isQuiet(instant, quietHours, zone))
        const firstDay = (clocks: string[]): number | undefined => {
          let minute = now
          while (isQuietBy(clocks, minute) && minute < now + 3 * dayMs)
            minute = Math.floor(minute / 60_000) * 60_000 + 60_000
          return minute < now + 3 * dayMs ? minute : undefined
        }
        const common = firstDay([hers, salons])
        // Where they have no hour in common hers counts.
        const clocks = common === undefined ? [hers] : [hers, salons]
        const begins = common ?? firstDay([hers]) ?? Number.NaN
        const then = afterQuiet(now, [hers, salons], { quietHours, spreadMs }, chance)
        expect(then === undefined).toBe(begins === now)
        const sentAt = then ?? now
        expect(isQuietBy(clocks, sentAt)).toBe(false)
        expect(sentAt).toBeGreaterThanOrEqual(begins)
        expect(sentAt).toBeLessThanOrEqual(begins + spreadMs)
      }),
      { numRuns: 500 },
    )
  })

  test('no burst after any night: every tenth of the spread gets about a tenth of the people', () => {
    const nights = fc.constantFrom(
      { from: '21:00', to: '09:00' },
      { from: '23:30', to: '08:15' },
      { from: '01:00', to: '06:45' },
    )
    const people = 600
    fc.assert(
      fc.property(instants, nights, zones, (near, quietHours, timeZone) => {
        // In the middle of the night that is near, whatever the clocks do in it.
        const day = Temporal.Instant.fromEpochMilliseconds(near).toZonedDateTimeISO(timeZone).toPlainDate()
        const now = day.toZonedDateTime({ timeZone, plainTime: '04:00' }).epochMilliseconds
        const end = day.toZonedDateTime({ timeZone, plainTime: quietHours.to }).epochMilliseconds
        const parts = Array.from({ length: 10 }, () => 0)
        for (let clientId = 1; clientId <= people; clientId += 1) {
          const decision = decide({ now, person: { clientId }, settings: { quietHours, timeZone } })
          if (decision.say !== 'later') throw new Error('it is night')
          parts[Math.floor(((decision.at - end) / defaultSpreadMs) * 10)]! += 1
        }
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(people)
        expect(Math.max(...parts)).toBeLessThan(people / 10 + 5 * Math.sqrt(people / 10))
      }),
      { numRuns: 30 },
    )
  })

  test('no burst in the morning: every five minutes of the spread get their part of 6,000 people', () => {
    const now = at('2026-11-26T02:00[Europe/Moscow]')
    const morning = at('2026-11-26T09:00[Europe/Moscow]')
    const parts = Array.from({ length: 12 }, () => 0)
    for (let clientId = 1; clientId <= 6_000; clientId++) {
      const decision = decide({ now, person: { clientId } })
      if (decision.say === 'later') parts[Math.floor((decision.at - morning) / 300_000)]! += 1
    }
    const expected = 6_000 / 12
    for (const part of parts) expect(Math.abs(part - expected)).toBeLessThan(4 * Math.sqrt(expected))
  })
})
