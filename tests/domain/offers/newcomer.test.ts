import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { checkOffer } from '../../../src/domain/offers/check-offer.ts'
import { newcomerWeights } from '../../../src/domain/offers/newcomer-weights.ts'
import { newcomerOffer, type NewcomerFacts } from '../../../src/domain/offers/newcomer.ts'
import { draftWords } from '../../../src/domain/offers/draft-about.ts'
import { newcomerDraft, newcomerReasonWords } from '../../../src/domain/offers/newcomer-draft.ts'
import { createTranslator } from '../../../src/locales.ts'
import { readSalonFile } from '../../../src/settings/salon-file.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const words = createTranslator({ dir: path.join(root, 'locales') })
const reading = readSalonFile(path.join(root, 'salon.example.yaml'))
if (!reading.ok) throw new Error('salon.example.yaml can’t be read')
const salon = reading.read
const options = { salon, words, discountPercent: 10, holdoutShare: 0.1, attributionDays: 15 }
const nobody: NewcomerFacts = {
  clientId: 7,
  interests: [],
  convenientTimes: [],
  hasPhone: false,
  activeDays: 1,
}

describe('what is offered to a newcomer, and why', () => {
  test.each<[string, Partial<NewcomerFacts>, string | undefined, number, string[]]>([
    ['nothing is known', {}, undefined, 0, []],
    ['an interest', { interests: ['hair'] }, 'hair', 3, ['interest']],
    ['two interests: the salon’s order', { interests: ['cosmetology', 'hair'] }, 'hair', 3, ['interest']],
    [
      'two interests, a link to one of them',
      { interests: ['hair', 'nails'], source: 'wall-manicure' },
      'nails',
      5,
      ['interest', 'source'],
    ],
    ['a link to a service', { source: 'wall', sourceDetail: 'post_peeling' }, 'cosmetology', 2, ['source']],
    ['a link with one word inside another', { source: 'chair' }, undefined, 0, ['link']],
    ['a link that names nothing', { source: 'blogger' }, undefined, 0, ['link']],
    [
      'her own word is worth more than the link',
      { interests: ['hair'], source: 'wall-manicure' },
      'hair',
      3,
      ['interest', 'link'],
    ],
    ['the master she wants to', { master: 'inna' }, 'hair', 2, ['master']],
    [
      'a master of two lines, and an interest in one',
      { master: 'sveta', interests: ['cosmetology'] },
      'cosmetology',
      5,
      ['interest', 'master'],
    ],
    ['any master', { master: 'any' }, undefined, 0, []],
    ['a master who has left', { master: 'gone' }, undefined, 0, []],
    [
      'all of it',
      {
        interests: ['nails'],
        source: 'nails',
        master: 'olga',
        hasPhone: true,
        convenientTimes: ['evening'],
        activeDays: 3,
        heardFrom: 'friends',
      },
      'nails',
      12,
      ['interest', 'source', 'master', 'phone', 'times', 'cameBack', 'friends'],
    ],
  ])('%s', (_, known, line, score, reasons) => {
    const offer = newcomerOffer({ ...nobody, ...known }, salon)
    expect([offer.line, offer.score, offer.reasons.map(({ kind }) => kind)]).toEqual([line, score, reasons])
  })

  const facts = fc.record({
    clientId: fc.integer({ min: 1, max: 1000 }),
    interests: fc.subarray(salon.lines.map(({ id }) => id)),
    master: fc.constantFrom('any', ...salon.masters.map(({ id }) => id)),
    convenientTimes: fc.subarray(['morning', 'day', 'evening', 'weekend']),
    source: fc.constantFrom('wall-manicure', 'blogger', 'hair'),
    hasPhone: fc.boolean(),
    activeDays: fc.integer({ min: 1, max: 9 }),
  })

  test('the score is the sum of the weights of the reasons, the weightiest first', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const { score, reasons } = newcomerOffer(known, salon)
        const weights = reasons.map(({ kind }) => newcomerWeights[kind])
        expect(weights.reduce<number>((sum, weight) => sum + weight, 0)).toBe(score)
        expect(weights.toSorted((one, other) => other - one)).toEqual(weights)
      }),
    )
  })

  test('a salon’s weights decide: where the master counts most, her line is offered', () => {
    const known = { ...nobody, interests: ['hair'], master: 'olga', hasPhone: true }
    const weights = { master: 5, phone: 0 }
    expect(newcomerOffer(known, salon).line).toBe('hair')
    const { about, spec } = newcomerDraft(known, { ...options, weights })
    expect(about).toMatchObject({ score: 5, reasons: [{ kind: 'master' }, { kind: 'phone' }] })
    expect(spec.title.ru).toBe('Для новичка: Ногтевой сервис')
  })

  test('whatever is known, nothing is wrong with the draft', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const context = {
          terms: { lines: [], segments: [], questions: [] },
          languages: salon.languages,
          today: 0,
          now: 0,
          longest: () => ({}),
          frameLength: () => 0,
        }
        expect(checkOffer(newcomerDraft(known, options).spec, context)).toEqual([])
      }),
    )
  })
})

describe('its words', () => {
  test('all that is known is in them', () => {
    const draft = newcomerDraft(
      { ...nobody, interests: ['nails'], master: 'olga', convenientTimes: ['evening', 'weekend'] },
      options,
    )
    expect(draft.draftKey).toBe('newcomer:7')
    expect(draft.spec.title).toEqual({ ru: 'Для новичка: Ногтевой сервис', en: 'For a newcomer: Nails' })
    expect(draft.spec.variants[0]?.text.ru).toBe(
      '{name}, здравствуйте! Рады знакомству. Вам интересно направление «Ногтевой сервис», и нам есть что вам показать. [Мастер {master} с радостью вас примет.] Найдём время, когда вам удобно: будни вечером или выходные. На первый визит дарим скидку {discount}, до {until}. Назовите администратору код {code}.\n\nЗаписать вас?',
    )
    expect(draft.spec.audience).toEqual({ kind: 'clients', ids: [7] })
  })

  test('nothing is known', () => {
    const draft = newcomerDraft(nobody, options)
    expect(draft.spec.title.ru).toBe('Для новичка')
    expect(draft.spec.variants[0]?.text.en).toBe(
      'Hello, {name}! Nice to meet you. On your first visit: {discount} off until {until}. Just tell us the code {code}.\n\nShall we book you in?',
    )
  })

  test('the reasons, for who approves it', () => {
    const {
      about: { reasons },
    } = newcomerDraft(
      {
        ...nobody,
        interests: ['nails'],
        source: 'wall-manicure',
        master: 'olga',
        convenientTimes: ['evening'],
        hasPhone: true,
        activeDays: 3,
        heardFrom: 'friends',
      },
      options,
    )
    const said = (sex?: 'female' | 'male') =>
      draftWords({ by: 'newcomer', score: 0, reasons, ...(sex && { sex }) }, 'ru', options)[1]
    expect(said('female')).toBe(
      'Почему такое: интересует «Ногтевой сервис», пришла с поста «Маникюр», хочет к мастеру (Ольга Белова), телефон уже есть, удобно вечером в будни, пишет боту уже 3 дня, посоветовали друзья.',
    )
    expect(said('male')).toContain('пришёл с поста «Маникюр»')
    expect(said()).toContain('пришли с поста «Маникюр»')
  })

  test.each<[string, 'ru' | 'en', string]>([
    ['blogger', 'en', 'came from a link “blogger”'],
    ['blogger', 'ru', 'пришла по ссылке «blogger»'],
    ['stories_2', 'ru', 'пришла из истории «stories_2»'],
    ['QR-hall', 'ru', 'пришла по QR-коду «QR-hall»'],
  ])('a link that names no line: %s in %s', (source, language, text) => {
    expect(newcomerReasonWords({ kind: 'link', source }, 'female', language, options)).toBe(text)
  })
})
