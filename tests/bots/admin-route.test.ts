import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportFormats } from '../../src/bots/admin/desk-route.ts'
import type { ImportRoute } from '../../src/bots/admin/imports/route.ts'
import { moods, type InsightRoute } from '../../src/bots/admin/insights/route.ts'
import { answerCode, scoreCode } from '../../src/bots/admin/offers/condition-codes.ts'
import { audiencePages } from '../../src/bots/admin/offers/audience-route.ts'
import { offerParts, pressedActs, type OfferRoute } from '../../src/bots/admin/offers/route.ts'
import type { ListRoute } from '../../src/bots/admin/list-route.ts'
import { maxRouteBytes, readRoute, writeRoute, type Route } from '../../src/bots/admin/route.ts'
import { meanings } from '../../src/domain/visit-file/column-names.ts'
import { languages } from '../../src/domain/language.ts'
import { couponCode } from '../../src/domain/coupon.ts'
import { asideMark } from '../../src/bots/admin/screen.ts'
import type { SegmentListRoute, SegmentRoute } from '../../src/bots/admin/segments/route.ts'
import { halvesSegments } from '../../src/domain/value/halves.ts'
import { quintileSegments } from '../../src/domain/value/quintiles.ts'
import type { Audience } from '../../src/storage/invitations.ts'

const page = fc.nat({ max: 99_999 })
const part = fc.constantFrom(
  'line' as const,
  'service' as const,
  'amount' as const,
  'master' as const,
  'day' as const,
)
const id = fc.nat({ max: 999_999_999_999 })
const role = fc.constantFrom('owner' as const, 'admin' as const)
const list: fc.Arbitrary<ListRoute> = fc.oneof(
  fc.record({ screen: fc.constant('fresh' as const), page }),
  fc.record({ screen: fc.constant('clients' as const), page }),
  fc.record({
    screen: fc.constantFrom('found' as const, 'came' as const),
    page,
    query: fc.string({ unit: 'grapheme' }),
  }),
)
/** The longest that salon.yaml takes, too. */
const line = fc.stringMatching(/^[a-z0-9_-]{1,16}$/)
const code = fc.nat({ max: 30 }).map((number) => couponCode(() => number))
const audience: fc.Arbitrary<Audience> = fc.oneof(
  fc.record({ kind: fc.constant('all' as const) }),
  fc.record({ kind: fc.constant('line' as const), line }),
  fc.record({
    kind: fc.constant('segment' as const),
    line: fc.oneof(line, fc.constant('')),
    segment: fc.constantFrom('valuable' as const, 'potentialLoyalist' as const),
  }),
  fc.record({ kind: fc.constant('client' as const), id }),
)
const week = fc
  .nat({ max: 5_000 })
  .map((weeks) => Temporal.PlainDate.from('1999-01-04').add({ weeks }).toString())
const question = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,15}$/)
const fewPages = fc.nat({ max: 999 })
const insight: fc.Arbitrary<InsightRoute> = fc.oneof(
  fc.record({
    screen: fc.constantFrom('nps' as const, 'funnel' as const, 'digest' as const, 'groups' as const),
  }),
  fc.record({ week, screen: fc.constantFrom('digest' as const, 'npsLines' as const) }),
  fc.record({ week, mood: fc.constantFrom(...moods), screen: fc.constant('quotes' as const) }),
  fc.record({ page: fewPages, screen: fc.constant('questions' as const) }),
  fc.record({ page: fewPages, id: question, screen: fc.constant('question' as const) }),
  fc.record({ id: question, screen: fc.constant('groups' as const) }),
)
const offer: fc.Arbitrary<OfferRoute> = fc.oneof(
  fc.record({ screen: fc.constantFrom('offers' as const, 'offersOver' as const), page }),
  fc.record({
    screen: fc.constantFrom(
      'offer' as const,
      'offerReject' as const,
      'offerExamples' as const,
      'offerWhen' as const,
      'offerEdit' as const,
      'offerMore' as const,
      'offerAgain' as const,
    ),
    id,
  }),
  fc.record({ screen: fc.constant('offerNew' as const) }),
  fc.record({
    screen: fc.constant('offerAct' as const),
    id,
    version: page,
    act: fc.constantFrom(...pressedActs),
  }),
  fc.record({ screen: fc.constant('offerCancel' as const), id, version: page }),
  fc.record({ screen: fc.constant('offerAt' as const), id, minutes: fc.nat({ max: 99_999_999 }) }),
  fc.record({ screen: fc.constant('offer' as const), id, variant: fc.constantFrom('A', 'D') }),
  fc.record(
    {
      screen: fc.constant('offerPart' as const),
      id,
      part: fc.constantFrom(...offerParts),
      variant: fc.constantFrom('A', 'D'),
      language: fc.constantFrom(...languages),
    },
    { requiredKeys: ['screen', 'id', 'part'] },
  ),
  fc.record({
    screen: fc.constant('offerWhom' as const),
    id,
    page: fc.constantFrom(...audiencePages, 'months' as const, 'except' as const),
  }),
  fc.record({
    screen: fc.constant('offerWhom' as const),
    id,
    page: fc.constant('answers' as const),
    at: fc.nat(99),
  }),
  fc.record(
    { screen: fc.constant('offerAnswer' as const), id, question, row: line },
    { requiredKeys: ['screen', 'id', 'question'] },
  ),
  fc.record({
    screen: fc.constant('offerIf' as const),
    id,
    value: fc.oneof(
      fc.tuple(question, line, line).map(([asked, row, answer]) => answerCode(asked, row, answer)),
      fc.tuple(question, line).map(([asked, row]) => scoreCode(asked, row, { from: 10, to: 10 })),
      fc.constantFrom(
        'last.30-',
        'visits.-30',
        'not.1z141z3',
        'seg.potentialLoyalist',
        'a.regular.*.1z141z3',
      ),
    ),
  }),
  fc.record({
    screen: fc.constant('offerSet' as const),
    id,
    part: fc.constantFrom(...offerParts),
    value: fc.oneof(
      fc.constantFrom('none', '10', 'any', 'all', 'away.180', 'birthday.30', 'seg.potentialLoyalist'),
      line.map((one) => `line.${one}`),
    ),
  }),
  fc.record({
    screen: fc.constant('offerFor' as const),
    line: fc.oneof(line, fc.constant('')),
    segment: fc.constantFrom(...halvesSegments, ...quintileSegments),
  }),
)
const lineOrAll = fc.oneof(line, fc.constant(''))
const segmentList: fc.Arbitrary<SegmentListRoute> = fc.oneof(
  fc.record({
    screen: fc.constant('in' as const),
    line: lineOrAll,
    segment: fc.constantFrom(...halvesSegments, ...quintileSegments),
    page,
  }),
  fc.record({
    screen: fc.constant('moved' as const),
    line: lineOrAll,
    way: fc.constantFrom('up' as const, 'down' as const),
    page,
  }),
  fc.record({ screen: fc.constant('leaving' as const), page }),
)
const ofSegments: fc.Arbitrary<SegmentRoute> = fc.oneof(
  segmentList,
  fc.record({ screen: fc.constantFrom('segments' as const, 'aboutSegments' as const) }),
  fc.record({ screen: fc.constant('segmentsOf' as const), line: lineOrAll }),
  fc.record({ screen: fc.constant('exportSegments' as const), format: fc.constantFrom(...exportFormats) }),
  fc.record({ screen: fc.constant('visitChart' as const), id }),
  fc.record({ screen: fc.constant('surveyOf' as const), id, page }),
)
const importId = fc.nat({ max: 2 ** 31 - 1 })
const meaning = fc.constantFrom(...meanings)
const ofImport: fc.Arbitrary<ImportRoute> = fc.oneof(
  fc.record({
    screen: fc.constantFrom('importLook' as const, 'importStart' as const, 'importCancel' as const),
    id: importId,
  }),
  fc.record({ screen: fc.constantFrom('importState' as const, 'importColumns' as const), id: importId }),
  fc.record({ screen: fc.constant('importMeaning' as const), id: importId, meaning, page: fewPages }),
  fc.record({
    screen: fc.constant('importColumn' as const),
    id: importId,
    meaning,
    column: fc.nat({ max: 16_383 }),
  }),
  fc.record({
    screen: fc.constantFrom('importColumn' as const, 'importWithout' as const),
    id: importId,
    meaning,
  }),
  fc.record({
    screen: fc.constant('importDates' as const),
    id: importId,
    order: fc.constantFrom('dayFirst' as const, 'monthFirst' as const),
  }),
)
const route: fc.Arbitrary<Route> = fc.oneof(
  offer,
  list,
  ofSegments,
  fc.record({ screen: fc.constant('client' as const), id, back: segmentList }),
  insight,
  ofImport,
  fc.record({ screen: fc.constant('imports' as const) }),
  fc.record({ screen: fc.constant('client' as const), id }),
  fc.record({ screen: fc.constant('client' as const), id, back: list }),
  fc.record({ screen: fc.constantFrom('removal' as const, 'remove' as const), id }),
  fc.record({ screen: fc.constant('invite' as const), role }),
  fc.record({
    screen: fc.constant('setLanguage' as const),
    language: fc.constantFrom('ru' as const, 'en' as const),
  }),
  fc.record({
    screen: fc.constantFrom('menu' as const, 'search' as const, 'languages' as const, 'help' as const),
  }),
  fc.record({ screen: fc.constantFrom('staff' as const, 'here' as const) }),
  fc.record({ screen: fc.constant('visit' as const), id }),
  fc.record({ screen: fc.constant('visit' as const), id, back: list }),
  fc.record({ screen: fc.constant('record' as const), id, line }),
  fc.record({ screen: fc.constantFrom('recorded' as const, 'undo' as const), id, visit: id }),
  fc.record({ screen: fc.constant('change' as const), id, visit: id, part }),
  fc.record({
    screen: fc.constant('change' as const),
    id,
    visit: id,
    part,
    page: fc.integer({ min: 1, max: 99 }),
  }),
  fc.record({ screen: fc.constant('set' as const), id, visit: id, part, value: line }),
  fc.record({ screen: fc.constant('newVisitor' as const) }),
  fc.record({ screen: fc.constant('followUps' as const), page }),
  fc.record({ screen: fc.constantFrom('followUp' as const, 'handle' as const), id }),
  fc.record({ screen: fc.constant('handle' as const), id, page }),
  fc.record({ screen: fc.constantFrom('coupon' as const, 'redeem' as const), code }),
  fc.record({ screen: fc.constantFrom('confirmInvites' as const, 'sendInvites' as const), audience }),
  fc.record({ screen: fc.constant('export' as const), format: fc.constantFrom(...exportFormats) }),
  fc.record({
    screen: fc.constantFrom('visits' as const, 'survey' as const, 'lines' as const, 'poster' as const),
  }),
)

describe('what a button carries', () => {
  test('always fits into callback data', () => {
    fc.assert(fc.property(route, (one) => Buffer.byteLength(writeRoute(one)) <= maxRouteBytes))
  })

  test('also with the mark of a button that opens a screen of its own', () => {
    fc.assert(
      fc.property(ofSegments, (one) => Buffer.byteLength(asideMark + writeRoute(one)) <= maxRouteBytes),
    )
  })

  test('is read back as it was written, but for the end of a long query', () => {
    fc.assert(
      fc.property(route, (one) => {
        const read = readRoute(writeRoute(one))
        expect(withoutQuery(read)).toEqual(withoutQuery(one))
        expect(queryOf(one).startsWith(queryOf(read))).toBe(true)
      }),
    )
  })

  test('keeps a usual query whole', () => {
    const back = { screen: 'found', page: 2, query: 'петрова анна 45' } as const
    const one: Route = { screen: 'client', id: 123_456, back }
    expect(readRoute(writeRoute(one))).toEqual(one)
  })
})

test('anything else that could stand there is no route and no error', () => {
  fc.assert(
    fc.property(fc.string(), (data) => {
      const read = readRoute(data)
      return read === undefined || typeof read.screen === 'string'
    }),
  )
})

test.each([
  '',
  'client',
  'client:',
  'client:-1',
  'clients:1.5',
  'invite:god',
  'setLanguage:de',
  'onboarding.name=1',
  'visit',
  'record:7',
  'record:7:',
  'record:7:Ногти',
  'undo:7',
  'change:7:8',
  'change:7:8:price',
  'set:7:8:amount',
  'set:7:8:amount:1,5',
  'coupon:ABC',
  'redeem:0000000000',
  'sendInvites',
  'sendInvites:line',
  'sendInvites:client:x',
  'export:pdf',
  'followUps:',
  'npsLines',
  'npsLines:2026-11-17',
  'npsLines:2026-02-30',
  'quotes:2026-11-16:bad',
  'quotes:fine:2026-11-16',
  'questions:x',
  'question:',
  'question:1a',
  'question:sex:-1',
  'toString:1',
  'segmentsOf:Ногти',
  'offer:',
  'offerAct:1:2:delete',
  'offerAct:1::approve',
  'offerPart:1:price',
  'offerSet:1:discount:',
  'offerSet:1:discount:10 %',
  'offerFor:nails:best',
  'in:nails:best:0',
  'in:nails:valuable',
  'moved::sideways:0',
  'leaving:x',
  'visitChart:',
  'surveyOf:7',
  'exportSegments:pdf',
  'importStart',
  'importStart:x',
  'importColumn:7:99:1',
  'importColumn:7:0:x',
  'importMeaning:7:0',
  'importDates:7:yearFirst',
])('%j is no button of ours', (data) => {
  expect(readRoute(data)).toBeUndefined()
})

test('a button from before a question had pages opens the first one', () => {
  expect(readRoute('question:sex')).toEqual({ screen: 'question', id: 'sex', page: 0 })
})

test('a card whose way back is unreadable is still a card', () => {
  expect(readRoute('client:7:nowhere:1')).toEqual({ screen: 'client', id: 7 })
})

function queryOf(one: Route | undefined): string {
  if (one && 'query' in one) return one.query
  return one && 'back' in one && one.back ? queryOf(one.back) : ''
}

function withoutQuery(one: Route | undefined): unknown {
  if (one && 'query' in one) return { ...one, query: '' }
  return one && 'back' in one && one.back ? { ...one, back: withoutQuery(one.back) } : one
}
