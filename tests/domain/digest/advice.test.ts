import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { adviceOf, adviceRules, type AdviceFacts } from '../../../src/domain/digest/advice.ts'
import { compareNps, npsOf } from '../../../src/domain/nps.ts'
import type { FactorGap } from '../../../src/domain/results/factors.ts'
import { numbersOf } from '../../../src/domain/results/numbers.ts'
import { languages } from '../../../src/domain/salon.ts'
import { createTranslator } from '../../../src/locales.ts'

const counts = (detractors: number, passives: number, promoters: number) => ({
  detractors,
  passives,
  promoters,
})
const steady = compareNps(counts(20, 20, 60), counts(20, 20, 60))
const fell = (to: number) => compareNps(counts(0, 0, 100), counts(to, 0, 100 - to))
const nobody = { count: 0, late: 0, longestMs: undefined }
const waiting = (late: number, count = late) => ({ count, late, longestMs: late * 99 })
const quiet = {
  count: 0,
  handled: 0,
  callsWanted: 0,
  medianMs: undefined,
  waiting: nobody,
  callsWaiting: nobody,
}
const invited = (people: number, rate: number) => ({
  people,
  now: 0,
  evening: 0,
  no: 0,
  silent: people,
  started: 0,
  responded: people * rate,
  finished: 0,
  rate,
})
const gap = (factor: string, named: number, rest: Partial<FactorGap> = {}): FactorGap => ({
  factor,
  importance: numbersOf([7], { from: 1, to: 7 }),
  named,
  weakness: 0.5,
  gap: 0.5,
  quadrant: 'concentrate',
  ...rest,
})

/** A good week with nothing to be done. */
const calm: AdviceFacts = {
  week: npsOf(counts(1, 4, 15)),
  change: steady,
  trend: steady,
  lineBelow: undefined,
  unhappy: quiet,
  slippingAway: 0,
  invited: invited(50, 0.5),
  gaps: [],
}
const advice = (facts: Partial<AdviceFacts>) => adviceOf({ ...calm, ...facts })

const cases: [string, Partial<AdviceFacts>, object[]][] = [
  ['a good week', {}, [{ rule: 'allWell', values: {} }]],
  ['a week that may be as bad as good', { week: npsOf(counts(6, 6, 8)) }, []],
  [
    'somebody waits for a call for more than a day',
    { unhappy: { ...quiet, waiting: waiting(2, 5), callsWaiting: waiting(2, 3) } },
    [{ rule: 'callWaiting', values: { count: 2 } }],
  ],
  [
    'somebody waits for a call since this morning',
    { unhappy: { ...quiet, callsWaiting: waiting(0, 3) } },
    [{ rule: 'allWell', values: {} }],
  ],
  [
    'three others wait for more than a day',
    { unhappy: { ...quiet, waiting: waiting(3) } },
    [{ rule: 'unhappyWaiting', values: { count: 3 } }],
  ],
  ['two others wait', { unhappy: { ...quiet, waiting: waiting(2) } }, [{ rule: 'allWell', values: {} }]],
  [
    'the week has fallen',
    { change: fell(20), trend: fell(10) },
    [{ rule: 'fellThisWeek', values: { count: 40 } }],
  ],
  ['the month has fallen', { trend: fell(10) }, [{ rule: 'fellThisMonth', values: { count: 20 } }]],
  ['the week has fallen, perhaps by chance', { change: fell(1) }, [{ rule: 'allWell', values: {} }]],
  [
    'the week has fallen by the word of a few',
    { change: compareNps(counts(0, 0, 100), counts(9, 0, 0)) },
    [{ rule: 'allWell', values: {} }],
  ],
  [
    'the week has risen',
    { change: compareNps(counts(50, 0, 50), counts(0, 0, 100)) },
    [{ rule: 'allWell', values: {} }],
  ],
  [
    'a line is below the others',
    { lineBelow: { line: 'hair', difference: -0.347 } },
    [{ rule: 'lineBelow', values: { line: 'hair', count: 35 } }],
  ],
  ['three clients begin to slip away', { slippingAway: 3 }, [{ rule: 'slippingAway', values: { count: 3 } }]],
  ['two do', { slippingAway: 2 }, [{ rule: 'allWell', values: {} }]],
  ['nobody gave a score', { week: npsOf(counts(0, 0, 0)) }, [{ rule: 'noAnswers', values: {} }]],
  ['nine people did', { week: npsOf(counts(0, 0, 9)) }, [{ rule: 'fewAnswers', values: { count: 9 } }]],
  [
    'few of the invited answer',
    { invited: invited(20, 0.15) },
    [{ rule: 'lowRate', values: { percent: 15 } }],
  ],
  ['one in five answers', { invited: invited(20, 0.2) }, [{ rule: 'allWell', values: {} }]],
  ['few of a few answer', { invited: invited(19, 0.1) }, [{ rule: 'allWell', values: {} }]],
  [
    'few answers say what a low rate would',
    { week: npsOf(counts(0, 0, 2)), invited: invited(20, 0.1) },
    [{ rule: 'fewAnswers', values: { count: 2 } }],
  ],
  [
    'an important factor is weak: the widest gap of those that are named enough',
    { gaps: [gap('other', 9), gap('master', 2), gap('price', 3), gap('quality', 4)] },
    [{ rule: 'weakFactor', values: { factor: 'price', count: 3 } }],
  ],
  [
    'a factor is weak that matters less',
    { gaps: [gap('price', 9, { quadrant: 'lowPriority' })] },
    [{ rule: 'allWell', values: {} }],
  ],
  [
    'everything at once: the three most pressing',
    {
      unhappy: { ...quiet, waiting: waiting(9), callsWaiting: waiting(2) },
      change: fell(20),
      lineBelow: { line: 'hair', difference: -0.3 },
      gaps: [gap('price', 9)],
    },
    [{ rule: 'callWaiting' }, { rule: 'unhappyWaiting', values: { count: 7 } }, { rule: 'fellThisWeek' }],
  ],
]

describe('what to do', () => {
  test.each(cases)('%s', (_, facts, wanted) => {
    const found = advice(facts)
    expect(found).toHaveLength(wanted.length)
    expect(found).toMatchObject(wanted)
  })

  test('every rule has a case of its own', () => {
    const shown = new Set(cases.flatMap(([, facts]) => advice(facts).map(({ rule }) => rule)))
    expect([...shown].sort()).toEqual([...adviceRules].sort())
  })
})

test.each(languages)('every rule has its sentence in %s, and the sentence all its values', (language) => {
  const t = createTranslator({ dir: path.resolve(import.meta.dirname, '../../../locales') })(language)
  const all = cases.flatMap(([, facts]) => advice(facts))
  for (const { rule, values } of all) {
    const sentence = t(`advice.${rule}`, values)
    expect(sentence).toMatch(/^\S[^.]*\.$/)
    for (const value of Object.values<string | number>(values)) expect(sentence).toContain(String(value))
  }
  expect(new Set(all.map(({ rule }) => rule)).size).toBe(adviceRules.length)
})
