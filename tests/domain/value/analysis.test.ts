import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { analyse, type Analysis } from '../../../src/domain/value/analysis.ts'
import { checkForecast } from '../../../src/domain/value/forecast-check.ts'
import type { GroupAnalysis } from '../../../src/domain/value/group-analysis.ts'
import { revenueTenths } from '../../../src/domain/value/tenths.ts'
import { defaultValueSettings, schemeNames } from '../../../src/domain/value/value-settings.ts'
import { createVisitTally } from '../../../src/domain/value/visit-tally.ts'
import { close } from './close.ts'
import { salonEnd, salonVisits } from './salon.ts'

interface Row {
  client: string
  line: number
  day: number
  kopecks: number
}

const lineIds = ['nails', 'hair', 'cosmetology']
const settings = { ...defaultValueSettings, forecasts: true }

/** The analysis of rows in their order, and the clients' names by their numbers. */
function analysed(rows: readonly Row[], asOf: number, changed: Partial<typeof settings> = {}) {
  const names: string[] = []
  const tally = createVisitTally()
  for (const { client, line, day, kopecks } of rows) {
    if (!names.includes(client)) names.push(client)
    tally.add(names.indexOf(client), line, day, kopecks)
  }
  return {
    names,
    analysis: analyse({ totals: tally.totals(), lineIds, asOf, settings: { ...settings, ...changed } }),
  }
}

const groupsOf = ({ overall, lines }: Analysis): [string, GroupAnalysis][] => [['', overall], ...lines]

/** Everything that is said of each client in each group, by their names. */
function toldOf({ names, analysis }: ReturnType<typeof analysed>) {
  return Object.fromEntries(
    groupsOf(analysis).flatMap(([line, { totals, rfm, clv }]) =>
      Array.from(totals.client, (client, row) => [
        `${names[client]} ${line}`,
        {
          r: rfm.r[row]!,
          f: rfm.f[row]!,
          m: rfm.m[row]!,
          code: rfm.scheme.codes[rfm.code[row]!]!,
          clv: clv[row]!,
        },
      ]),
    ),
  )
}

const end = 20_000
const rows = fc.array(
  fc.record({
    client: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    line: fc.integer({ min: -1, max: 2 }),
    day: fc.integer({ min: end - 900, max: end }),
    kopecks: fc.integer({ min: -50_000, max: 1_000_000 }),
  }),
  { maxLength: 60 },
)
const scheme = fc.constantFrom(...schemeNames)

describe('whatever the visits are', () => {
  test('counts add up: codes, segments and clients; visits and money', () => {
    fc.assert(
      fc.property(rows, scheme, (all, chosen) => {
        for (const [, { totals, codes, segments, clv }] of groupsOf(
          analysed(all, end, { scheme: chosen }).analysis,
        )) {
          const n = totals.client.length
          const sum = (values: Iterable<number>) =>
            Iterator.from(values).reduce((one, other) => one + other, 0)
          expect(sum(Object.values(codes))).toBe(n)
          expect(sum(segments.map(({ clients }) => clients))).toBe(n)
          expect(sum(segments.map(({ visits }) => visits))).toBe(sum(totals.visits))
          expect(sum(segments.map(({ kopecks }) => kopecks))).toBe(sum(totals.kopecks))
          expect(sum(segments.map(({ clvKopecks }) => clvKopecks))).toBe(sum(clv.map(Math.round)))
        }
      }),
    )
  })

  test('a hundred times the money is a hundred times M and CLV, and nothing else', () => {
    fc.assert(
      fc.property(rows, scheme, (all, chosen) => {
        const before = toldOf(analysed(all, end, { scheme: chosen }))
        const richer = all.map((row) => ({ ...row, kopecks: row.kopecks * 100 }))
        const after = toldOf(analysed(richer, end, { scheme: chosen }))
        expect(Object.keys(after)).toEqual(Object.keys(before))
        for (const [key, { m, clv, ...rest }] of Object.entries(after)) {
          expect({ ...rest, m }).toEqual({
            ...rest,
            r: before[key]!.r,
            f: before[key]!.f,
            code: before[key]!.code,
            m: before[key]!.m * 100,
          })
          close(clv, before[key]!.clv * 100, 1e-12)
        }
      }),
    )
  })

  test('the order of the rows does not matter', () => {
    const shuffled = rows.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, scheme, ([one, other], chosen) => {
        const [before, after] = [one, other].map((all) => analysed(all, end, { scheme: chosen }))
        expect(toldOf(after!)).toEqual(toldOf(before!))
        expect(after!.analysis.overall.segments).toEqual(before!.analysis.overall.segments)
      }),
    )
  })

  test("one client's visits change nobody else's R, F and M", () => {
    fc.assert(
      fc.property(rows, rows, (all, more) => {
        const before = toldOf(analysed(all, end))
        const after = toldOf(analysed([...all, ...more.map((row) => ({ ...row, client: 'new' }))], end))
        for (const [key, { r, f, m }] of Object.entries(before)) expect(after[key]).toMatchObject({ r, f, m })
      }),
    )
  })

  test('visits told many at once count as visits told one by one', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const column = (key: 'line' | 'day') => Int32Array.from(all, (row) => row[key])
        const names = [...new Set(all.map(({ client }) => client))]
        const client = Int32Array.from(all, (row) => names.indexOf(row.client))
        const kopecks = Float64Array.from(all, (row) => row.kopecks)
        const [single, many] = [createVisitTally(), createVisitTally()]
        all.forEach(({ line, day, kopecks: paid }, at) => single.add(client[at]!, line, day, paid))
        many.addAll({ client, line: column('line'), day: column('day'), kopecks, size: all.length })
        expect(many.totals()).toEqual(single.totals())
      }),
    )
  })
})

describe('the made-up salon', () => {
  const salon = salonVisits.map(({ line, roubles, ...visit }) => ({
    ...visit,
    line: lineIds.indexOf(line),
    kopecks: roubles * 100,
  }))

  test('has forecasts in each group, and warnings with what would be lost, the greatest loss first', () => {
    for (const [, { models, forecast, warnings, totals }] of groupsOf(analysed(salon, salonEnd).analysis)) {
      expect(models).toMatchObject({ kind: 'models', clients: totals.client.length })
      expect(forecast?.alive).toHaveLength(totals.client.length)
      const losses = warnings.map(({ atStakeKopecks }) => atStakeKopecks)
      expect(losses.length).toBeGreaterThan(0)
      expect(losses).toEqual(losses.toSorted((one, other) => other - one))
    }
  })

  test('in which few came again has too little data, and the structural model', () => {
    const few = analysed(
      salon.filter(({ client }) => client < 'C0090'),
      salonEnd,
    ).analysis.overall
    expect(few.models).toMatchObject({ kind: 'tooLittleData', reason: 'fewRepeatClients' })
    expect(few.forecast).toBeUndefined()
    expect(few.clv.every((value) => value > 0)).toBe(true)
    // Without a model a year of them is worth what they paid a year until now.
    expect(few.warnings.every(({ alive, atStakeKopecks }) => alive === undefined && atStakeKopecks > 0)).toBe(
      true,
    )
  })

  test('came about as often as the models would have said three months before', () => {
    const cut = salonEnd - 90
    const totalsOf = (until: number) => {
      const names = [...new Set(salon.map(({ client }) => client))]
      const tally = createVisitTally()
      for (const { client, line, day, kopecks } of salon)
        if (day <= until) tally.add(names.indexOf(client), line, day, kopecks)
      return tally.totals().overall
    }
    const check = checkForecast(totalsOf(cut), totalsOf(salonEnd), cut)!
    const days = new Map<string, Set<number>>()
    for (const { client, day } of salon) days.set(client, (days.get(client) ?? new Set()).add(day))
    const known = [...days.values()].filter((own) => Math.min(...own) <= cut)
    const came = known.reduce((sum, own) => sum + [...own].filter((day) => day > cut).length, 0)
    expect(check).toMatchObject({ clients: known.length, actual: came })
    expect(check.groups.reduce((sum, { clients }) => sum + clients, 0)).toBe(known.length)
    expect(Math.abs(check.expected / check.actual - 1)).toBeLessThan(0.1)
  })
})

const tenTimes = (value: number): number[] => Array.from({ length: 10 }, () => value)

test.each<[string, number[], number[]]>([
  ['nobody', [], tenTimes(0)],
  ['one who paid', [5], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['people who paid nothing, or got money back', [0, -5], tenTimes(0)],
  ['ten, each as much', tenTimes(7), tenTimes(0.1)],
  [
    'twenty, two of whom paid',
    [...tenTimes(0), 30, 0, 10, ...tenTimes(0).slice(3)],
    [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ],
])('tenths of %s', (_, kopecks, expected) => {
  expect(revenueTenths(Float64Array.from(kopecks))).toEqual(expected)
})
