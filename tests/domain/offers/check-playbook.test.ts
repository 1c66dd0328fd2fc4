import { expect, test } from 'vitest'

import { checkPlaybook } from '../../../src/domain/offers/check-playbook.ts'
import { defaultPlaybook } from '../../../src/domain/offers/default-playbook.ts'
import type { PlaybookChanges } from '../../../src/domain/offers/playbook.ts'
import { halvesSegments } from '../../../src/domain/value/halves.ts'
import { quintileSegments } from '../../../src/domain/value/quintiles.ts'
import { instrument } from '../../../src/domain/instrument.ts'

const terms = {
  lines: ['nails', 'hair', 'cosmetology'],
  segments: [...halvesSegments, ...quintileSegments],
  questions: instrument.map(({ id }) => id),
}
const mine = {
  id: 'mine',
  segments: ['new'],
  each: 'line',
  template: 'comeBack',
  discount: { kind: 'none' },
  validDays: 7,
  conditions: [],
  every: 'month',
} as const

test('nothing is wrong with the default, also where a question was taken out of the survey', () => {
  expect(checkPlaybook({}, defaultPlaybook, terms)).toEqual([])
  expect(checkPlaybook({ off: ['birthday'] }, defaultPlaybook, { ...terms, questions: [] })).toEqual([])
})

test('nothing is wrong with any of its entries, were it a salon’s own', () => {
  const entries = Object.fromEntries(defaultPlaybook.entries.map(({ id }) => [id, {}]))
  expect(checkPlaybook({ entries }, defaultPlaybook, terms)).toEqual([])
})

test.each<[string, PlaybookChanges, string[]]>([
  ['one that is not there is switched off', { off: ['comeback'] }, ['off unknownEntry comeback']],
  [
    'one that is not there is changed',
    { entries: { back: { validDays: 3 } } },
    ['entries.back unknownEntry back'],
  ],
  ['a name that is taken', { own: [{ ...mine, id: 'family' }] }, ['own.family takenEntry family']],
  ['a name that is taken twice', { own: [mine, mine] }, ['own.mine takenEntry mine']],
  ['one of the salon’s own', { own: [mine] }, []],
  [
    'a line that there is not',
    { own: [{ ...mine, lines: ['feet', 'hair'] }] },
    ['entries.mine.lines unknownLine feet'],
  ],
  [
    'a text that there is not',
    { own: [{ ...mine, template: 'spring' }] },
    ['entries.mine unknownTemplate spring'],
  ],
  [
    'a text of its own',
    { own: [{ ...mine, template: 'spring', title: { ru: 'Весна' }, text: { ru: 'Весна!' } }] },
    [],
  ],
  [
    'a condition on the draft’s own line',
    { own: [{ ...mine, conditions: [{ kind: 'visits', count: { from: 2 }, line: '*' }] }] },
    [],
  ],
  [
    'a condition that nobody fulfils',
    { entries: { family: { conditions: [{ kind: 'any', of: [] }] } } },
    ['entries.family.conditions.0.of emptyList'],
  ],
  [
    'a question that the salon has taken out of its survey',
    { entries: { family: { conditions: [{ kind: 'answer', question: 'pets', values: ['yes'] }] } } },
    ['entries.family.conditions.0.question unknownQuestion pets'],
  ],
  [
    'cross-selling of what there is not',
    {
      crossSell: [
        { from: 'nails', to: ['massage'] },
        { from: '*', to: '*', except: ['spa'] },
      ],
    },
    ['crossSell.0 unknownLine massage', 'crossSell.1 unknownLine spa'],
  ],
  [
    'those of no value, by either scheme, and a segment that there is not',
    { own: [{ ...mine, segments: ['new', 'noValue', 'lost', 'rich'] }] },
    [
      'entries.mine.segments unaddressed noValue',
      'entries.mine.segments unaddressed lost',
      'entries.mine.segments unknownSegment rich',
    ],
  ],
])('%s', (_, changes, problems) => {
  const told = checkPlaybook(changes, defaultPlaybook, terms)
  expect(
    told.map(({ where, reason, params }) => [where, reason, ...Object.values(params ?? {})].join(' ')),
  ).toEqual(problems)
})
