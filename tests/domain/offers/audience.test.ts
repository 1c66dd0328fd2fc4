import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  daysToBirthday,
  matches,
  type Audience,
  type ClientFacts,
} from '../../../src/domain/offers/audience.ts'
import { audienceWords } from '../../../src/domain/offers/audience-words.ts'
import { readAudience } from '../../../src/domain/offers/read-audience.ts'
import { createTranslator } from '../../../src/locales.ts'

const dayOf = (date: string) =>
  Temporal.PlainDate.from('1970-01-01').until(Temporal.PlainDate.from(date)).days
const today = dayOf('2026-11-26')

const anna: ClientFacts = {
  clientId: 5,
  values: {
    '': { segment: 'vulnerable', visits: 9, lastDay: today - 94 },
    nails: { segment: 'valuable', visits: 7, lastDay: today - 120 },
  },
  interests: ['hair'],
  answers: {
    regular: { value: true },
    card: { value: false },
    tenure: { value: '1to2y' },
    satisfaction: { value: { nails: 6, hair: null } },
    recommend: { value: { nails: 9 } },
    frequency: { value: { nails: 'monthly', hair: 'never' } },
    likes: { value: ['coffee', 'music'] },
    suggestions: { skipped: true },
  },
  source: 'wall-manicure',
  heardFrom: 'social',
  birthday: { day: 3, month: 12 },
  sex: 'female',
  hasCoupon: false,
}
const stranger: ClientFacts = { clientId: 6, values: {}, interests: [], answers: {}, hasCoupon: false }

describe('one rule', () => {
  test.each<[Audience, boolean, boolean]>([
    // The rule, whether it means Anna, whether it means somebody of whom nothing is known.
    [{ kind: 'everyone' }, true, true],
    [{ kind: 'clients', ids: [4, 5] }, true, false],
    [{ kind: 'segment', segments: ['new', 'vulnerable'] }, true, false],
    [{ kind: 'segment', segments: ['vulnerable'], line: 'nails' }, false, false],
    [{ kind: 'segment', segments: ['valuable'], line: 'nails' }, true, false],
    [{ kind: 'segment', segments: ['valuable'], line: 'hair' }, false, false],
    [{ kind: 'line', lines: ['hair', 'nails'] }, true, false],
    [{ kind: 'line', lines: ['hair'] }, false, false],
    [{ kind: 'interest', lines: ['hair'] }, true, false],
    [{ kind: 'lastVisit', days: { from: 94, to: 94 } }, true, false],
    [{ kind: 'lastVisit', days: { from: 95 } }, false, false],
    [{ kind: 'lastVisit', days: { to: 93 } }, false, false],
    [{ kind: 'lastVisit', days: { from: 95 }, line: 'nails' }, true, false],
    [{ kind: 'visits', count: { from: 9 } }, true, false],
    [{ kind: 'visits', count: { to: 8 } }, false, true],
    [{ kind: 'visits', count: { from: 0, to: 0 }, line: 'hair' }, true, true],
    [{ kind: 'answer', question: 'regular', values: ['yes'] }, true, false],
    [{ kind: 'answer', question: 'regular', values: ['no'] }, false, false],
    [{ kind: 'answer', question: 'tenure', values: ['1to2y', '2to5y'] }, true, false],
    [{ kind: 'answer', question: 'frequency', row: 'nails', values: ['monthly'] }, true, false],
    [{ kind: 'answer', question: 'frequency', row: 'hair', values: ['monthly'] }, false, false],
    [{ kind: 'answer', question: 'frequency', row: 'cosmetology', values: ['monthly'] }, false, false],
    [{ kind: 'answer', question: 'frequency', values: ['monthly'] }, true, false],
    [{ kind: 'answer', question: 'likes', values: ['music'] }, true, false],
    [{ kind: 'answer', question: 'suggestions', values: [''] }, false, false],
    [{ kind: 'score', question: 'recommend', score: { from: 9, to: 10 } }, true, false],
    [{ kind: 'score', question: 'recommend', row: 'nails', score: { to: 8 } }, false, false],
    [{ kind: 'score', question: 'satisfaction', row: 'hair', score: { from: 0 } }, false, false],
    [{ kind: 'score', question: 'satisfaction', score: { from: 6 } }, true, false],
    [{ kind: 'source', sources: ['wall-manicure'] }, true, false],
    [{ kind: 'source', sources: ['social'] }, true, false],
    [{ kind: 'source', sources: ['maps'] }, false, false],
    [{ kind: 'birthday', withinDays: 7 }, true, false],
    [{ kind: 'birthday', withinDays: 6 }, false, false],
    [{ kind: 'birthday', month: 12 }, true, false],
    [{ kind: 'birthday', month: 11 }, false, false],
    [{ kind: 'sex', sex: 'female' }, true, false],
    [{ kind: 'sex', sex: 'male' }, false, false],
    [{ kind: 'coupon', has: false }, true, true],
    [{ kind: 'coupon', has: true }, false, false],
    [{ kind: 'card', has: false }, true, true],
    [{ kind: 'card', has: true }, false, false],
    [{ kind: 'not', of: { kind: 'sex', sex: 'male' } }, true, true],
    [{ kind: 'all', of: [{ kind: 'everyone' }, { kind: 'sex', sex: 'male' }] }, false, false],
    [
      {
        kind: 'any',
        of: [
          { kind: 'sex', sex: 'male' },
          { kind: 'coupon', has: false },
        ],
      },
      true,
      true,
    ],
  ])('%j', (rule, isAnna, isStranger) => {
    expect([anna, stranger].map((client) => matches(rule, client, today))).toEqual([isAnna, isStranger])
  })
})

describe('days to a birthday', () => {
  test.each([
    ['today', { day: 26, month: 11 }, '2026-11-26', 0],
    ['tomorrow', { day: 27, month: 11 }, '2026-11-26', 1],
    ['it was yesterday', { day: 25, month: 11 }, '2026-11-26', 364],
    ['over New Year', { day: 1, month: 1 }, '2026-12-31', 1],
    ['the 29th of February, in a leap year', { day: 29, month: 2 }, '2028-02-28', 1],
    ['the 29th of February, in another year', { day: 29, month: 2 }, '2027-02-27', 1],
  ])('%s', (_, birthday, date, days) => {
    expect(daysToBirthday(birthday, dayOf(date))).toBe(days)
  })
})

test('who was born on 29 February has their birthday in that month of every year', () => {
  const leap = { ...stranger, birthday: { day: 29, month: 2 } }
  for (const date of ['2027-02-28', '2028-02-29', '2027-03-01'])
    expect([2, 3].map((month) => matches({ kind: 'birthday', month }, leap, dayOf(date)))).toEqual([
      true,
      false,
    ])
})

const terms = {
  lines: ['nails', 'hair'],
  segments: ['valuable', 'new', 'vulnerable'],
  questions: ['regular', 'recommend'],
}

describe('a rule as JSON', () => {
  const range = fc.tuple(fc.nat(50), fc.nat(50)).map(([from, more]) => ({ from, to: from + more }))
  const lines = fc.subarray(terms.lines, { minLength: 1 })
  const { rule } = fc.letrec<{ rule: Audience; leaf: Audience }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', maxDepth: 5 },
      tie('leaf'),
      fc.record({
        kind: fc.constantFrom('all', 'any'),
        of: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not'), of: tie('rule') }),
    ),
    leaf: fc.oneof(
      fc.constant<Audience>({ kind: 'everyone' }),
      fc.record({ kind: fc.constant('segment'), segments: fc.subarray(terms.segments, { minLength: 1 }) }),
      fc.record({ kind: fc.constantFrom('line', 'interest'), lines }),
      fc.record(
        { kind: fc.constant('lastVisit'), days: range, line: fc.constantFrom(...terms.lines) },
        { requiredKeys: ['kind', 'days'] },
      ),
      fc.record({ kind: fc.constant('visits'), count: range }),
      fc.record(
        {
          kind: fc.constant('score'),
          question: fc.constant('recommend'),
          row: fc.constantFrom(...terms.lines),
          score: range,
        },
        { requiredKeys: ['kind', 'question', 'score'] },
      ),
      fc.record({ kind: fc.constant('birthday'), month: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ kind: fc.constant('birthday'), withinDays: fc.nat(365) }),
      fc.record({ kind: fc.constantFrom('coupon', 'card'), has: fc.boolean() }),
    ) as fc.Arbitrary<Audience>,
  }))

  test('what is right is read as it is, through JSON too', () => {
    fc.assert(
      fc.property(rule, (one) => {
        expect(readAudience(JSON.parse(JSON.stringify(one)), terms)).toEqual({ ok: true, audience: one })
      }),
    )
  })

  test('whatever it is, "not" turns it over, and adding everybody changes nothing', () => {
    fc.assert(
      fc.property(rule, (one) => {
        const means = matches(one, anna, today)
        expect(matches({ kind: 'not', of: one }, anna, today)).toBe(!means)
        expect(matches({ kind: 'all', of: [one, { kind: 'everyone' }] }, anna, today)).toBe(means)
      }),
    )
  })

  test('whatever comes, it is read or told what is wrong with it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const reading = readAudience(json, terms)
        expect(reading.ok || reading.problems.length > 0).toBe(true)
      }),
    )
  })

  let deep: unknown = { kind: 'everyone' }
  for (let depth = 0; depth < 8; depth++) deep = { kind: 'not', of: deep }

  test.each([
    [null, 'audience rule'],
    [[], 'audience rule'],
    [{}, 'audience rule'],
    [{ kind: 'toString' }, 'audience rule'],
    [{ kind: 'everyone', but: 1 }, 'audience.but rule'],
    [{ kind: 'all', of: [] }, 'audience.of emptyList'],
    [{ kind: 'all', of: [{ kind: 'sex', sex: 'cat' }] }, 'audience.of.0.sex rule'],
    [{ kind: 'segment', segments: ['lost'] }, 'audience.segments unknownSegment lost'],
    [{ kind: 'segment', segments: 'new' }, 'audience.segments rule'],
    [{ kind: 'segment', segments: ['new'], line: 'feet' }, 'audience.line unknownLine feet'],
    [{ kind: 'line', lines: [] }, 'audience.lines emptyList'],
    [{ kind: 'interest', lines: ['feet', 'nails'] }, 'audience.lines unknownLine feet'],
    [{ kind: 'lastVisit', days: {} }, 'audience.days range'],
    [{ kind: 'lastVisit', days: { from: 9, to: 8 } }, 'audience.days range'],
    [{ kind: 'lastVisit', days: { from: -1 } }, 'audience.days range'],
    [{ kind: 'visits', count: { from: 1.5 } }, 'audience.count range'],
    [{ kind: 'visits', count: { least: 1 } }, 'audience.count range'],
    [{ kind: 'answer', question: 'shoes', values: ['yes'] }, 'audience.question unknownQuestion shoes'],
    [{ kind: 'clients', ids: [0] }, 'audience.ids rule'],
    [{ kind: 'birthday', withinDays: 400 }, 'audience.withinDays range'],
    [{ kind: 'birthday', month: 13 }, 'audience.month range'],
    [{ kind: 'birthday', month: 0 }, 'audience.month range'],
    [{ kind: 'birthday' }, 'audience rule'],
    [{ kind: 'birthday', month: 5, withinDays: 7 }, 'audience rule'],
    [deep, `audience${'.of'.repeat(7)} tooDeep`],
  ])('%j: %s', (json, expected) => {
    const reading = readAudience(json, terms)
    const told = reading.ok
      ? []
      : reading.problems.map(({ where, reason, params }) =>
          [where, reason, params?.['id']].filter((one) => one !== undefined).join(' '),
        )
    expect(told).toEqual([expected])
  })
})

describe('a rule in words', () => {
  const t = createTranslator({ dir: path.resolve(import.meta.dirname, '../../../locales') })
  const named: Record<string, string> = {
    vulnerable: 'Уязвимые',
    new: 'Новые',
    nails: 'Ногтевой сервис',
    hair: 'Парикмахерский зал',
    regular: 'Постоянный клиент',
    recommend: 'Порекомендует',
    yes: 'Да',
    no: 'Нет',
    maps: 'карты',
  }
  const name = (id: string) => named[id] ?? id
  const names = {
    segment: name,
    line: name,
    source: name,
    question: name,
    row: (_: string, row: string) => name(row),
    answer: (_: string, value: string) => name(value),
  }
  const inRussian = (rule: Audience) => audienceWords(rule, { language: 'ru', t: t('ru'), names })

  test.each<[Audience, string]>([
    [{ kind: 'everyone' }, 'все клиенты'],
    [{ kind: 'segment', segments: ['vulnerable'], line: 'nails' }, 'группа «Уязвимые» (Ногтевой сервис)'],
    [{ kind: 'segment', segments: ['vulnerable', 'new'] }, 'группа «Уязвимые» или «Новые»'],
    [{ kind: 'lastVisit', days: { from: 60 } }, 'не были 60 дней и дольше'],
    [{ kind: 'lastVisit', days: { to: 21 } }, 'были за последний 21 день'],
    [{ kind: 'lastVisit', days: { from: 60, to: 121 } }, 'были от 60 до 121 дня назад'],
    [
      { kind: 'lastVisit', days: { from: 60, to: 122 }, line: 'hair' },
      'были от 60 до 122 дней назад (Парикмахерский зал)',
    ],
    [{ kind: 'visits', count: { from: 3 } }, 'визитов: не меньше 3'],
    [{ kind: 'visits', count: { from: 1, to: 1 } }, 'визитов: 1'],
    [{ kind: 'answer', question: 'regular', values: ['yes'] }, '«Постоянный клиент»: Да'],
    [{ kind: 'score', question: 'recommend', score: { from: 9, to: 10 } }, '«Порекомендует»: 9–10'],
    [
      { kind: 'score', question: 'recommend', row: 'nails', score: { to: 6 } },
      '«Порекомендует: Ногтевой сервис»: не больше 6',
    ],
    [{ kind: 'birthday', withinDays: 7 }, 'день рождения в ближайшие 7 дней'],
    [{ kind: 'birthday', month: 5 }, 'день рождения в мае'],
    [{ kind: 'clients', ids: [7] }, '1 клиент, лично'],
    [
      {
        kind: 'all',
        of: [
          { kind: 'sex', sex: 'female' },
          {
            kind: 'any',
            of: [
              { kind: 'coupon', has: false },
              { kind: 'source', sources: ['maps'] },
            ],
          },
          { kind: 'not', of: { kind: 'card', has: true } },
        ],
      },
      'женщины, (нет неиспользованного купона или пришли отсюда: карты) и кроме тех, о ком верно: есть карта клиента',
    ],
  ])('%j', (rule, words) => {
    expect(inRussian(rule)).toBe(words)
  })

  test('every kind of rule has words in both languages', () => {
    const rules: Audience[] = [
      { kind: 'not', of: { kind: 'everyone' } },
      { kind: 'clients', ids: [1] },
      { kind: 'line', lines: ['nails'] },
      { kind: 'interest', lines: ['nails'] },
      { kind: 'lastVisit', days: { from: 1 } },
      { kind: 'lastVisit', days: { to: 1 } },
      { kind: 'visits', count: { to: 3 } },
      { kind: 'birthday', withinDays: 0 },
      { kind: 'birthday', withinDays: 1 },
      ...Array.from({ length: 12 }, (_, month): Audience => ({ kind: 'birthday', month: month + 1 })),
      { kind: 'sex', sex: 'male' },
      { kind: 'coupon', has: true },
      { kind: 'card', has: false },
      { kind: 'any', of: [{ kind: 'source', sources: ['maps'] }] },
    ]
    for (const language of ['ru', 'en'] as const)
      expect(
        new Set(rules.map((rule) => audienceWords(rule, { language, t: t(language), names }))).size,
      ).toBe(rules.length)
  })
})
