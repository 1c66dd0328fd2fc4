import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { matches, type Audience, type ClientFacts } from '../../../src/domain/offers/audience.ts'
import { brokenRules } from '../../../src/domain/offers/do-not.ts'
import { draftWords } from '../../../src/domain/offers/draft-about.ts'
import { checkOffer, type OfferContext } from '../../../src/domain/offers/check-offer.ts'
import { defaultPlaybook } from '../../../src/domain/offers/default-playbook.ts'
import { offerValues } from '../../../src/domain/offers/offer-values.ts'
import {
  changedPlaybook,
  crossSellTargets,
  groupSegments,
  playbookGroups,
  type Playbook,
} from '../../../src/domain/offers/playbook.ts'
import { draftsFor, type OfferDraft, type SegmentFact } from '../../../src/domain/offers/playbook-drafts.ts'
import { fill, namesIn, type PlaceholderValues } from '../../../src/domain/offers/template.ts'
import { halvesSegments } from '../../../src/domain/value/halves.ts'
import { quintileSegments } from '../../../src/domain/value/quintiles.ts'
import type { AudienceTerms } from '../../../src/domain/offers/read-audience.ts'
import { instrument } from '../../../src/domain/instrument.ts'
import { createTranslator } from '../../../src/locales.ts'
import { readSalonFile } from '../../../src/settings/salon-file.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const words = createTranslator({ dir: path.join(root, 'locales') })
const reading = readSalonFile(path.join(root, 'salon.example.yaml'))
if (!reading.ok) throw new Error('salon.example.yaml can’t be read')
const salon = reading.read
const lines = salon.lines.map(({ id }) => id)
const day = Temporal.PlainDate.from('2026-11-26')
const today = Temporal.PlainDate.from('1970-01-01').until(day).days
const everywhere = (clients: number): SegmentFact[] =>
  ['', ...lines].flatMap((line) => halvesSegments.map((segment) => ({ line, segment, clients })))
const termsOf = (segments: readonly string[]) => ({
  lines,
  segments,
  questions: instrument.map(({ id }) => id),
})
const draftsOf = (
  change: {
    facts?: SegmentFact[]
    playbook?: Playbook
    day?: Temporal.PlainDate
    terms?: AudienceTerms
  } = {},
) =>
  draftsFor({
    facts: everywhere(20),
    playbook: defaultPlaybook,
    terms: termsOf(halvesSegments),
    day,
    salon,
    words,
    ...change,
  })
const keysOf = (drafts: OfferDraft[]) => drafts.map(({ draftKey }) => draftKey)

describe('what the playbook proposes', () => {
  test('for a salon with everybody in it', () => {
    expect(keysOf(draftsOf())).toEqual([
      'playbook:crossSell:nails:hair:2026-q4',
      'playbook:crossSell:hair:nails:2026-q4',
      'playbook:crossSell:cosmetology:nails:2026-q4',
      'playbook:crossSell:cosmetology:hair:2026-q4',
      'playbook:bonusCard:nails:2026-q4',
      'playbook:bonusCard:hair:2026-q4',
      'playbook:bonusCard:cosmetology:2026-q4',
      'playbook:family:2026-q4',
      'playbook:newCard:2026-11',
      'playbook:regularCard:2026-q4',
      'playbook:comeBack:nails:2026-11',
      'playbook:comeBack:hair:2026-11',
      'playbook:comeBack:cosmetology:2026-11',
      'playbook:birthday',
      'playbook:overdue',
      'playbook:firstVisit',
    ])
  })

  test('the same on every day of the month, and in any order of the facts', () => {
    const first = draftsOf({ day: day.with({ day: 1 }), facts: everywhere(20).reverse() })
    expect(first).toEqual(draftsOf())
    expect(new Set(keysOf(first)).size).toBe(first.length)
  })

  test('anew in the next month what comes monthly, in the next quarter what comes quarterly, never what stands', () => {
    const fresh = (next: string) =>
      keysOf(draftsOf({ day: Temporal.PlainDate.from(next) }))
        .filter((key) => !keysOf(draftsOf()).includes(key))
        .map((key) => key.split(':')[1])
    expect(new Set(fresh('2026-12-01'))).toEqual(new Set(['newCard', 'comeBack']))
    expect(new Set(fresh('2027-01-01'))).toEqual(
      new Set(['crossSell', 'bonusCard', 'family', 'newCard', 'regularCard', 'comeBack']),
    )
  })

  test('nothing for no value: a salon with nobody else gets no draft but those that stand', () => {
    const worthless = everywhere(0).map((fact) => ({
      ...fact,
      clients: fact.segment === 'noValue' ? 500 : 0,
    }))
    expect(draftsOf({ facts: worthless }).every(({ origin }) => origin === 'standing')).toBe(true)
  })

  test('nothing for a handful', () => {
    const few = draftsOf({
      facts: everywhere(0).map((fact) => ({
        ...fact,
        clients: fact.line === 'nails' && fact.segment === 'vulnerable' ? 5 : 1,
      })),
    })
    expect(keysOf(few).filter((key) => key.includes(':2026'))).toEqual(['playbook:comeBack:nails:2026-11'])
  })

  test('modestly for the vulnerable', () => {
    const percents = draftsOf()
      .filter(({ about }) => about.group === 'vulnerable')
      .map(({ spec }) => spec.discount)
    expect(percents).toEqual(Array.from({ length: 3 }, () => ({ kind: 'percent', percent: 5 })))
  })

  test('what it advises against itself: nothing', () => {
    const broken = draftsOf().flatMap(({ spec }) => brokenRules(spec, defaultPlaybook.doNot, salon))
    expect(broken).toEqual([])
  })

  test('nothing that asks for what the salon’s survey does not', () => {
    const unasked = draftsOf({ terms: { ...termsOf(halvesSegments), questions: ['regular', 'card'] } })
    expect(keysOf(draftsOf()).filter((key) => !keysOf(unasked).includes(key))).toEqual([
      'playbook:family:2026-q4',
    ])
  })

  test('in the words of the other scheme, too', () => {
    const segments = quintileSegments
    const facts = ['', ...lines].flatMap((line) =>
      segments.map((segment) => ({ line, segment, clients: 20 })),
    )
    const drafts = draftsOf({ terms: termsOf(segments), facts })
    expect(keysOf(drafts)).toEqual(keysOf(draftsOf()))
    expect(drafts.flatMap(({ spec }) => checkOffer(spec, contextFor(segments)))).toEqual([])
  })
})

describe('cross-selling', () => {
  test.each([
    ['nails', ['hair']],
    ['hair', ['nails']],
    ['cosmetology', ['nails', 'hair']],
    ['massage', ['nails', 'hair']],
  ])('clients of %s are offered %j', (line, targets) => {
    expect(crossSellTargets(defaultPlaybook, line, lines)).toEqual(targets)
  })

  test('by the salon’s own rules', () => {
    const own = changedPlaybook(defaultPlaybook, { crossSell: [{ from: 'nails', to: ['cosmetology'] }] })
    expect(lines.map((line) => crossSellTargets(own, line, lines))).toEqual([['cosmetology'], [], []])
  })
})

const facts = fc.record<ClientFacts>({
  clientId: fc.integer({ min: 1, max: 1000 }),
  values: fc
    .dictionary(
      fc.constantFrom(...lines),
      fc.record({
        segment: fc.constantFrom(...halvesSegments),
        visits: fc.integer({ min: 1, max: 30 }),
        lastDay: fc.integer({ min: today - 400, max: today }),
      }),
    )
    .chain((own) =>
      fc
        .constantFrom(...halvesSegments)
        .map((segment) => ({ ...own, '': { segment, visits: 3, lastDay: today - 40 } })),
    ),
  interests: fc.subarray(lines),
  answers: fc.record(
    {
      regular: fc.record({ value: fc.boolean() }),
      card: fc.record({ value: fc.boolean() }),
      marital: fc.record({ value: fc.constantFrom('married', 'single') }),
    },
    { requiredKeys: [] },
  ),
  hasCoupon: fc.boolean(),
})
const meantBy = (client: ClientFacts, id: string) =>
  draftsOf()
    .filter(({ draftKey, spec }) => draftKey.split(':')[1] === id && matches(spec.audience, client, today))
    .map(({ draftKey }) => draftKey)

describe('whom it means', () => {
  test('nobody of no value in the line, or in the salon where it is about the whole of it', () => {
    fc.assert(
      fc.property(facts, (client) => {
        for (const { draftKey, spec } of draftsOf()) {
          const line = lines.find((one) => draftKey.split(':')[2] === one) ?? ''
          const worthless = client.values[line]?.segment === 'noValue'
          expect(worthless && matches(spec.audience, client, today)).toBe(false)
        }
      }),
    )
  })

  test('nobody is offered a line that they know, and no client of nails or hair alone is offered cosmetology', () => {
    fc.assert(
      fc.property(facts, (client) => {
        const targets = meantBy(client, 'crossSell').map((key) => key.split(':')[3] ?? '')
        expect(
          targets.filter((target) => client.values[target] !== undefined || target === 'cosmetology'),
        ).toEqual([])
      }),
    )
  })

  test.each<[string, Partial<ClientFacts>, string, string[]]>([
    [
      'a valuable client of cosmetology who has nothing else',
      { values: { cosmetology: { segment: 'valuable', visits: 9, lastDay: today - 5 } } },
      'crossSell',
      ['playbook:crossSell:cosmetology:nails:2026-q4', 'playbook:crossSell:cosmetology:hair:2026-q4'],
    ],
    [
      'one who calls herself regular and has no card',
      { answers: { regular: { value: true }, card: { value: false } } },
      'regularCard',
      ['playbook:regularCard:2026-q4'],
    ],
    [
      'one who calls herself regular and has a card',
      { answers: { regular: { value: true }, card: { value: true } } },
      'regularCard',
      [],
    ],
    [
      'one who calls herself regular and did not say',
      { answers: { regular: { value: true } } },
      'regularCard',
      [],
    ],
    [
      'a new one',
      { values: { '': { segment: 'new', visits: 1, lastDay: today - 3 } } },
      'newCard',
      ['playbook:newCard:2026-11'],
    ],
    [
      'a new one with a card',
      {
        values: { '': { segment: 'new', visits: 1, lastDay: today - 3 } },
        answers: { card: { value: true } },
      },
      'newCard',
      [],
    ],
    [
      'a vulnerable one who was here last week',
      { values: { nails: { segment: 'vulnerable', visits: 9, lastDay: today - 7 } } },
      'comeBack',
      [],
    ],
    [
      'a vulnerable one who has been away',
      { values: { nails: { segment: 'vulnerable', visits: 9, lastDay: today - 30 } } },
      'comeBack',
      ['playbook:comeBack:nails:2026-11'],
    ],
    [
      'a married valuable one',
      {
        values: { '': { segment: 'valuable', visits: 9, lastDay: today - 3 } },
        answers: { marital: { value: 'married' } },
      },
      'family',
      ['playbook:family:2026-q4'],
    ],
    [
      'a valuable one of whom we don’t know',
      { values: { '': { segment: 'valuable', visits: 9, lastDay: today - 3 } } },
      'family',
      [],
    ],
  ])('%s: %s', (_, client, id, keys) => {
    expect(
      meantBy({ clientId: 1, values: {}, interests: [], answers: {}, hasCoupon: false, ...client }, id),
    ).toEqual(keys)
  })
})

const longest = (language: 'ru' | 'en'): PlaceholderValues => {
  const name = (all: readonly { name: { ru: string; en?: string } }[]) =>
    'x'.repeat(Math.max(...all.map((one) => one.name[language]?.length ?? 0)))
  return {
    name: 'x'.repeat(60),
    master: name(salon.masters),
    line: name(salon.lines),
    discount: '100 %',
    until: '30 сентября 2027',
    days: '365 дней',
    code: 'ABCDE-FGHJK',
  }
}
const contextFor = (segments: readonly string[]): OfferContext => ({
  terms: termsOf(segments),
  languages: salon.languages,
  today,
  now: 0,
  longest,
  frameLength: () => 60,
})

describe('its words', () => {
  const drafts = draftsOf()
  const sentAt = Temporal.ZonedDateTime.from('2026-11-26T12:00[Europe/Moscow]').epochMilliseconds
  const said = ({ spec }: OfferDraft, language: 'ru' | 'en', person: { name?: string; master?: string }) => {
    const reader = { language, t: words(language), languages: salon.languages, timeZone: salon.timeZone }
    return fill(
      spec.variants[0]?.text[language] ?? '',
      offerValues(spec, { ...person, code: 'ABCDEFGHJK' }, sentAt, reader),
    ).replace(/\u00a0/g, ' ')
  }

  test('nothing is wrong with any of them', () => {
    expect(drafts.flatMap(({ spec }) => checkOffer(spec, contextFor(halvesSegments)))).toEqual([])
  })

  test('both languages put in the same', () => {
    for (const { spec } of drafts) {
      const [ru, en] = (['ru', 'en'] as const).map((language) =>
        namesIn(spec.variants[0]?.text[language] ?? '').sort(),
      )
      expect(en).toEqual(ru)
    }
  })

  test.each<[string, 'ru' | 'en', { name?: string; master?: string }, string]>([
    [
      'comeBack:nails',
      'ru',
      { name: 'Анна', master: 'Артём Лисин' },
      'Анна, здравствуйте! Давно вас не видели и соскучились. Ваш мастер Артём Лисин вас ждёт. Для вас скидка 5 % на услуги направления «Ногтевой сервис», до 10 декабря. Назовите администратору код ABCDE-FGHJK.\n\nПодобрать удобное время?',
    ],
    [
      'comeBack:nails',
      'ru',
      {},
      'Здравствуйте! Давно вас не видели и соскучились. Для вас скидка 5 % на услуги направления «Ногтевой сервис», до 10 декабря. Назовите администратору код ABCDE-FGHJK.\n\nПодобрать удобное время?',
    ],
    [
      'crossSell:cosmetology:hair',
      'ru',
      { master: 'Вера Зайцева' },
      'Здравствуйте! Спасибо, что вы с нами. Ваш мастер Вера Зайцева ждёт вас, как всегда. А ещё у нас есть направление, где вы не были: «Парикмахерский зал». Приходите попробовать: для вас скидка 10 %, до 17 декабря. Назовите администратору код ABCDE-FGHJK.\n\nПодобрать удобное время?',
    ],
    [
      'birthday',
      'ru',
      { name: 'Анна' },
      'Анна, с днём рождения! 🎂 Пусть будет побольше поводов чувствовать себя красиво. Вся наша команда поздравляет вас. Дарим вам скидку 10 % на любую услугу, до 10 декабря. Ваш код: ABCDE-FGHJK.',
    ],
    [
      'birthday',
      'ru',
      { master: 'Артём Лисин' },
      'С днём рождения! 🎂 Пусть будет побольше поводов чувствовать себя красиво. Артём Лисин и вся наша команда поздравляют вас. Дарим вам скидку 10 % на любую услугу, до 10 декабря. Ваш код: ABCDE-FGHJK.',
    ],
    [
      'newCard',
      'en',
      {},
      'Hello! We are glad to have you with us. We would like to give you a loyalty card: it waits for you at the desk until 26 December. We will tell you all about it there.',
    ],
    [
      'birthday',
      'en',
      {},
      'Happy birthday! 🎂 May there be many reasons to feel beautiful. Best wishes from all of us. Our present: 10% off any service until 10 December. Your code: ABCDE-FGHJK.',
    ],
  ])('%s in %s to %o', (id, language, person, text) => {
    const draft = drafts.find(({ draftKey }) => draftKey.startsWith(`playbook:${id}`))
    expect(draft && said(draft, language, person)).toBe(text)
  })

  test('whatever is known of the person, the text says what is offered, and has no gap', () => {
    for (const draft of drafts)
      for (const language of ['ru', 'en'] as const)
        for (const person of [
          {},
          { name: 'Анна' },
          { master: 'Ольга Белова' },
          { name: 'Анна', master: 'Ольга Белова' },
        ]) {
          const text = said(draft, language, person)
          expect(text).not.toMatch(/[{}[\]|]| {2}|^[^\p{Lu}]/u)
          expect(text.includes('ABCDE-FGHJK')).toBe(draft.spec.coupon !== undefined)
          expect(Object.values(person).filter((value) => !text.includes(value))).toEqual([])
        }
  })

  test('in Russian a master stands in the nominative, and a name is an address', () => {
    const texts = [
      ...drafts.map(({ spec }) => spec.variants[0]?.text.ru ?? ''),
      words('ru')('playbook.newcomer.master'),
      words('ru')('playbook.newcomer.hello'),
    ]
    const before = texts.flatMap((text) =>
      [...text.matchAll(/(\S*\s?)\{master\}/g)].map((match) => match[1]?.toLowerCase()),
    )
    expect(new Set(before)).toEqual(new Set(['мастер ', '[мастер ', '[']))
    expect(texts.filter((text) => text.includes('{name}') && !text.startsWith('{name}, '))).toEqual([])
  })

  test('what is said to do and not to do is there for every group', () => {
    for (const language of ['ru', 'en'] as const)
      for (const group of playbookGroups)
        expect(
          [words(language)(`playbook.do.${group}`), words(language)(`playbook.dont.${group}`)].every(
            (one) => one.length > 10,
          ),
        ).toBe(true)
  })
})

describe('a salon’s changes', () => {
  test('an entry off, one changed, one of its own', () => {
    const changed = changedPlaybook(defaultPlaybook, {
      off: defaultPlaybook.entries.map(({ id }) => id).filter((id) => id !== 'comeBack'),
      entries: {
        comeBack: {
          discount: { kind: 'percent', percent: 3 },
          lines: ['hair'],
          text: { ru: 'Ждём! Скидка {discount}, код {code}.' },
        },
      },
      own: [
        {
          id: 'brows',
          segments: ['valuable'],
          each: 'line',
          lines: ['cosmetology'],
          template: 'overdue',
          discount: { kind: 'amount', kopecks: 30_000 },
          validDays: 7,
          conditions: [],
          every: 'month',
        },
      ],
      leastClients: 20,
      holdoutShare: 0.2,
    })
    const drafts = draftsOf({ playbook: changed })
    expect(keysOf(drafts)).toEqual(['playbook:comeBack:hair:2026-11', 'playbook:brows:cosmetology:2026-11'])
    expect(drafts[0]?.spec).toMatchObject({
      discount: { kind: 'percent', percent: 3 },
      holdoutShare: 0.2,
      variants: [{ text: { ru: 'Ждём! Скидка {discount}, код {code}.' } }],
    })
  })

  test('one of its own says its own words, and names the lines that it is about', () => {
    const [draft] = draftsOf({
      playbook: changedPlaybook(defaultPlaybook, {
        off: defaultPlaybook.entries.map(({ id }) => id),
        own: [
          {
            id: 'try',
            each: 'crossSell',
            lines: ['nails'],
            title: { ru: '{line}: {target}' },
            text: { ru: 'Любите «{line}»? Полюбите и «{target}». Дарим {discount}.', en: 'Try “{target}”.' },
            discount: { kind: 'gift', words: { ru: 'укладку' } },
            validDays: 7,
            conditions: [],
            every: 'once',
            why: { ru: 'Зал пустует по вторникам.' },
            dont: { ru: 'Не обещайте вечер.' },
          },
        ],
      }),
    })
    expect(draft?.draftKey).toBe('playbook:try:nails:hair')
    expect(draft?.spec).toMatchObject({
      title: { ru: 'Ногтевой сервис: Парикмахерский зал' },
      variants: [
        {
          text: {
            ru: 'Любите «Ногтевой сервис»? Полюбите и «Парикмахерский зал». Дарим {discount}.',
            en: 'Try “Hair”.',
          },
        },
      ],
      // Everybody who comes for it and is not of no value there.
      audience: {
        kind: 'all',
        of: [
          { kind: 'line', lines: ['nails'] },
          { kind: 'not', of: { kind: 'segment', segments: ['noValue'], line: 'nails' } },
          { kind: 'visits', count: { to: 0 }, line: 'hair' },
        ],
      },
    })
    expect(draft && draftWords(draft.about, 'ru', { salon, words })).toEqual([
      'Черновик по правилам: клиенты всех групп, Ногтевой сервис, предлагаем: Парикмахерский зал, 60 человек.',
      'Почему такое: Зал пустует по вторникам.',
      'Не обещайте вечер.',
    ])
  })

  test('an entry for those of no value is not drafted, whatever the settings say', () => {
    const own = JSON.parse(
      '[{"id":"x","segments":["noValue"],"each":"salon","template":"overdue","discount":{"kind":"none"},"validDays":7,"conditions":[],"every":"month"}]',
    ) as Playbook['entries']
    expect(keysOf(draftsOf({ playbook: { ...defaultPlaybook, entries: own } }))).toEqual([])
  })

  test('"*" is the draft’s own line, however deep, and over all lines where it has none', () => {
    const conditions: Audience[] = [
      { kind: 'not', of: { kind: 'any', of: [{ kind: 'visits', count: { to: 2 }, line: '*' }] } },
    ]
    const own = (each: 'line' | 'salon') => ({
      ...defaultPlaybook,
      entries: [
        {
          id: 'x',
          group: 'new' as const,
          each,
          lines: ['hair'],
          template: 'overdue',
          discount: { kind: 'none' as const },
          validDays: 7,
          conditions,
          every: 'month' as const,
        },
      ],
    })
    const conditionOf = (each: 'line' | 'salon') =>
      JSON.stringify(draftsOf({ playbook: own(each) })[0]?.spec.audience)
    expect(conditionOf('line')).toContain('{"kind":"visits","count":{"to":2},"line":"hair"}')
    expect(conditionOf('salon')).toContain('{"kind":"visits","count":{"to":2}}')
  })
})

test('every segment of the built-in schemes belongs to one group at most, and only "others" to none', () => {
  const all = Object.values(groupSegments).flat()
  const known = new Set<string>([...halvesSegments, ...quintileSegments])
  expect([...new Set(all)].sort()).toEqual([...all].sort())
  expect(all.filter((segment) => !known.has(segment))).toEqual([])
  expect([...known].filter((segment) => !all.includes(segment))).toEqual(['others'])
})
