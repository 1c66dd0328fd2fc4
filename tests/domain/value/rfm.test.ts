import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { clientRfm, type Visit } from '../../../src/domain/value/client-rfm.ts'
import { halves } from '../../../src/domain/value/halves.ts'
import { quintiles } from '../../../src/domain/value/quintiles.ts'
import { countsOf, rfmOf } from '../../../src/domain/value/rfm.ts'
import { structuralClv } from '../../../src/domain/value/structural-clv.ts'
import { createVisitTally, type Totals } from '../../../src/domain/value/visit-tally.ts'
import halvesOracle from '../../fixtures/clv/rfm_2x2x2.json' with { type: 'json' }
import quintilesOracle from '../../fixtures/clv/rfm_quintiles.json' with { type: 'json' }
import salon from '../../fixtures/clv/salon_oracle.json' with { type: 'json' }
import { close } from './close.ts'
import { dayOf, salonEnd, salonVisits } from './salon.ts'

const visits: Visit[] = salonVisits.map(({ roubles, ...visit }) => ({ ...visit, kopecks: roubles * 100 }))

const meanOf = (column: ArrayLike<number>): number =>
  Array.from(column).reduce((sum, value) => sum + value, 0) / column.length

/** Totals as rfmOf wants them, from R, F and M. */
const totalsOf = (rows: readonly { r: number; f: number; m: number }[]) => ({
  lastDay: Int32Array.from(rows, ({ r }) => -r),
  visits: Uint32Array.from(rows, ({ f }) => f),
  kopecks: Float64Array.from(rows, ({ m }) => m),
})

const codesOf = (rows: readonly { r: number; f: number; m: number }[], scheme = halves()): string[] =>
  Array.from(rfmOf(totalsOf(rows), 0, scheme).code, (place) => scheme.codes[place]!)

describe('the made-up salon, counted elsewhere', () => {
  const lines = ['nails', 'hair', 'cosmetology']
  const tally = createVisitTally()
  const names = [...new Set(salonVisits.map(({ client }) => client))]
  const numbers = new Map(names.map((name, number) => [name, number]))
  for (const { client, line, day, kopecks } of visits)
    tally.add(numbers.get(client)!, lines.indexOf(line!), day, kopecks)
  const totals = tally.totals()
  const groups: [keyof typeof salon.rfm_2x2x2, Totals][] = [
    ['overall', totals.overall],
    ['nails', totals.lines[0]!],
    ['hair', totals.lines[1]!],
    ['cosmetology', totals.lines[2]!],
  ]

  test.each(groups)('%s', (name, group) => {
    const wanted = salon.rfm_2x2x2[name]
    if (typeof wanted === 'string') throw new Error('no group')
    const rfm = rfmOf(group, salonEnd, halves())
    expect(group.client).toHaveLength(wanted.clients)
    close(meanOf(rfm.r), wanted.mean.R, 1e-14)
    close(meanOf(rfm.f), wanted.mean.F, 1e-14)
    close(meanOf(rfm.m), wanted.mean.M * 100, 1e-14)
    expect(countsOf(rfm).codes).toEqual(wanted.counts)
  })

  test('client by client', () => {
    const found = clientRfm(visits, salonEnd, halves())
    for (const [name] of groups) {
      const wanted = salon.rfm_2x2x2[name]
      if (typeof wanted === 'string') throw new Error('no group')
      for (const [client, { R, F, M, code }] of Object.entries(wanted.first_clients)) {
        const own = found.get(client)!
        const rfm = name === 'overall' ? own.overall : own.lines.get(name)
        expect({ client, ...rfm }).toMatchObject({ client, r: R, f: F, m: M * 100, code })
      }
    }
  })
})

describe('the scheme', () => {
  test('names each code as it was published', () => {
    const scheme = halves()
    const names = { valuable: 'valuable', new: 'new', vulnerable: 'vulnerable', noValue: 'no value' }
    const found = Object.fromEntries(
      scheme.codes.map((code, place) => [code, names[scheme.segmentOf[place]!]]),
    )
    expect(found).toEqual(halvesOracle.segments)
  })

  test('can call a code something else', () => {
    const scheme = halves({ HHH: 'vulnerable' })
    expect(scheme.segmentOf[scheme.codes.indexOf('HHH')]).toBe('vulnerable')
    expect(scheme.segmentOf[scheme.codes.indexOf('LHH')]).toBe('valuable')
  })

  test.each([
    ['one client', [{ r: 5, f: 3, m: 100 }], ['LLL'], ['511']],
    [
      'clients who are all equal',
      Array.from({ length: 3 }, () => ({ r: 5, f: 3, m: 100 })),
      ['LLL', 'LLL', 'LLL'],
      ['511', '511', '511'],
    ],
    [
      'a client who is exactly at the mean',
      [
        { r: 1, f: 1, m: 1 },
        { r: 2, f: 2, m: 2 },
        { r: 3, f: 3, m: 3 },
      ],
      ['LLL', 'LLL', 'HHH'],
      ['511', '333', '155'],
    ],
    [
      'refunds that are more than what was paid',
      [
        { r: 0, f: 1, m: -300 },
        { r: 0, f: 1, m: -100 },
      ],
      ['LLL', 'LLH'],
      ['511', '515'],
    ],
    ['nobody', [], [], []],
  ])('of %s', (_, rows, halved, fifths) => {
    expect(codesOf(rows)).toEqual(halved)
    const scheme = quintiles({ step: { r: 0, f: 0, m: 0 } })
    expect(Array.from(rfmOf(totalsOf(rows), 0, scheme).code, (place) => scheme.codes[place])).toEqual(fifths)
  })
})

describe('quintiles', () => {
  const { customers } = quintilesOracle

  test("the R package's scores and segments of a few of its customers", () => {
    const scheme = quintiles()
    const ids: Record<string, string> = {
      Champions: 'champions',
      'Potential Loyalist': 'potentialLoyalist',
      'Loyal Customers': 'loyalCustomers',
      Promising: 'promising',
      'New Customers': 'newCustomers',
      "Can't Lose Them": 'cantLoseThem',
      'At Risk': 'atRisk',
      'Need Attention': 'needAttention',
      'About To Sleep': 'aboutToSleep',
      Lost: 'lost',
      Others: 'others',
    }
    for (const { rfm_score, segment } of customers)
      expect(scheme.segmentOf[scheme.codes.indexOf(String(rfm_score))]).toBe(ids[segment])
  })

  test('every code has a segment', () => {
    const { codes, segmentOf, segments } = quintiles()
    expect(codes).toHaveLength(125)
    expect(segmentOf).toHaveLength(125)
    expect(segmentOf.every((segment) => segments.includes(segment))).toBe(true)
  })
})

// Public data that may not be copied here: `CLV_DATA` names the folder where they are.
const data = process.env['CLV_DATA'] ?? path.resolve(import.meta.dirname, '../../../../shared/clv/data')
const present = (file: string): string[] => (existsSync(path.join(data, file)) ? [path.join(data, file)] : [])
const linesOf = (file: string): string[] => readFileSync(file, 'utf8').trim().split(/\r?\n/)

describe.each(present('CDNOW_sample.txt'))('CDNOW', (file) => {
  const wanted = halvesOracle.results[0]!
  const bought: Visit[] = linesOf(file).map((line) => {
    const [, client = '', date = '', , amount = ''] = line.trim().split(/\s+/)
    const day = dayOf(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`)
    return { client, day, kopecks: Math.round(Number(amount) * 100) }
  })
  const found = clientRfm(bought, dayOf(wanted.analysis_date), halves())

  test('codes and segments', () => {
    const codes: Record<string, number> = {}
    for (const { overall } of found.values()) codes[overall.code] = (codes[overall.code] ?? 0) + 1
    expect(found.size).toBe(wanted.customers)
    expect(codes).toEqual(wanted.codes)
  })

  test('some customers', () => {
    for (const { id, R, F, M_cents, code } of wanted.sample)
      expect(found.get(id.padStart(4, '0'))?.overall).toMatchObject({ r: R, f: F, m: M_cents, code })
  })
})

describe.each(present('rfm_data_orders.csv'))("the R package's orders", (file) => {
  const rows = new Map<string, { last: number; f: number; m: number }>()
  for (const line of linesOf(file).slice(1)) {
    const [client = '', date = '', amount = ''] = line.split(',')
    const { last, f, m } = rows.get(client) ?? { last: -Infinity, f: 0, m: 0 }
    rows.set(client, { last: Math.max(last, dayOf(date)), f: f + 1, m: m + Number(amount) })
  }
  const asOf = dayOf(quintilesOracle.analysis_date)
  const names = [...rows.keys()]
  const scheme = quintiles({ step: { r: 1, f: 1, m: 1 } })
  const rfm = rfmOf(
    totalsOf([...rows.values()].map(({ last, f, m }) => ({ r: asOf - last, f, m }))),
    0,
    scheme,
  )

  test('scores', () => {
    for (const customer of quintilesOracle.customers) {
      const row = names.indexOf(customer.customer_id)
      expect(scheme.codes[rfm.code[row]!]).toBe(String(customer.rfm_score))
    }
  })

  test('segments', () => {
    const counts = Object.values(countsOf(rfm).segments)
    const wanted = Object.values<number>(quintilesOracle.segment_counts)
    expect(counts.filter((count) => count > 0).sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b))
  })
})

/** A few clients, lines and days, so that they meet often. */
const anyVisits = fc.array(
  fc.record({
    client: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    line: fc.option(fc.constantFrom('nails', 'hair'), { nil: undefined }),
    day: fc.integer({ min: 0, max: 40 }),
    kopecks: fc.oneof(
      { weight: 5, arbitrary: fc.nat(1000) },
      { weight: 1, arbitrary: fc.integer({ min: -500, max: 0 }) },
    ),
  }),
  { maxLength: 60 },
)

const asVisits = (
  rows: readonly { client: string; line: string | undefined; day: number; kopecks: number }[],
): Visit[] => rows.map(({ line, ...rest }) => ({ ...rest, ...(line !== undefined && { line }) }))

const asOf = 45

/** What anybody would count, with sets and sums. */
function plainly(rows: readonly Visit[]) {
  const came = rows.filter(({ kopecks }) => kopecks >= 0)
  return Object.fromEntries(
    [...new Set(came.map(({ client }) => client))].sort().map((client) => {
      const days = new Set(came.filter((row) => row.client === client).map(({ day }) => day))
      const m = rows.filter((row) => row.client === client).reduce((sum, { kopecks }) => sum + kopecks, 0)
      return [client, { r: asOf - Math.max(...days), f: days.size, m }]
    }),
  )
}

const overallOf = (rows: readonly Visit[]) =>
  Object.fromEntries(
    [...clientRfm(rows, asOf, halves())].map(
      ([
        client,
        {
          overall: { r, f, m },
        },
      ]) => [client, { r, f, m }],
    ),
  )

const numbered = (rows: readonly Visit[]): Totals => {
  const tally = createVisitTally()
  for (const { client, day, kopecks } of rows) tally.add(client.charCodeAt(0) - 97, -1, day, kopecks)
  return tally.totals().overall
}

describe('whatever the visits', () => {
  test('R, F and M are what anybody would count', () => {
    fc.assert(
      fc.property(anyVisits.map(asVisits), (rows) => {
        expect(overallOf(rows)).toEqual(plainly(rows))
      }),
      { numRuns: 500 },
    )
  })

  test('the first day and its amount are those of the first day', () => {
    fc.assert(
      fc.property(anyVisits.map(asVisits), (rows) => {
        const totals = numbered(rows)
        totals.client.forEach((client, row) => {
          const own = rows.filter((one) => one.client === String.fromCharCode(97 + client))
          const first = Math.min(...own.filter(({ kopecks }) => kopecks >= 0).map(({ day }) => day))
          const paid = own.filter(({ day }) => day === first).reduce((sum, { kopecks }) => sum + kopecks, 0)
          expect([totals.firstDay[row], totals.firstDayKopecks[row]]).toEqual([first, paid])
        })
      }),
      { numRuns: 300 },
    )
  })

  test('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(anyVisits.map(asVisits), fc.infiniteStream(fc.nat()), (rows, keys) => {
        const shuffled = rows
          .map((row) => ({ row, key: keys.next().value as number }))
          .sort((one, other) => one.key - other.key)
          .map(({ row }) => row)
        const sorted = (all: readonly Visit[]) =>
          [...clientRfm(all, asOf, halves())].sort(([one], [other]) => (one < other ? -1 : 1))
        expect(sorted(shuffled)).toEqual(sorted(rows))
      }),
      { numRuns: 300 },
    )
  })

  test.each([halves(), quintiles()])('counts add up: $id', (scheme) => {
    fc.assert(
      fc.property(anyVisits.map(asVisits), (rows) => {
        const totals = numbered(rows)
        const counts = countsOf(rfmOf<string>(totals, asOf, scheme))
        const sum = (all: Record<string, number>) => Object.values(all).reduce((one, other) => one + other, 0)
        expect(sum(counts.codes)).toBe(totals.client.length)
        expect(sum(counts.segments)).toBe(totals.client.length)
      }),
    )
  })

  test.each([halves(), quintiles()])(
    'a hundred times the money is a hundred times M and CLV, and nothing else: $id',
    (scheme) => {
      fc.assert(
        fc.property(anyVisits.map(asVisits), (rows) => {
          const totals = numbered(rows)
          const richer = numbered(rows.map((row) => ({ ...row, kopecks: row.kopecks * 100 })))
          const [one, other] = [rfmOf<string>(totals, asOf, scheme), rfmOf<string>(richer, asOf, scheme)]
          expect(other).toEqual({ ...one, m: one.m.map((kopecks) => kopecks * 100) })
          const values = structuralClv(richer, asOf)
          structuralClv(totals, asOf).forEach((value, row) => close(values[row]!, 100 * value, 1e-12))
        }),
        { numRuns: 300 },
      )
    },
  )

  test("one client's visits change nobody else's R, F and M", () => {
    fc.assert(
      fc.property(anyVisits.map(asVisits), anyVisits.map(asVisits), (rows, more) => {
        const own = more.map((row) => ({ ...row, client: 'e' }))
        const { e: _, ...before } = overallOf(rows)
        const { e: __, ...after } = overallOf([...rows, ...own])
        expect(after).toEqual(before)
      }),
    )
  })
})
