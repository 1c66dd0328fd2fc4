import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Answer, RowValue, Scale, Value } from '../../src/domain/answer.ts'
import { exportTables } from '../../src/domain/export-table.ts'
import type { Cell, ExportedResponse } from '../../src/domain/export/parts.ts'
import { surveyKinds, type Survey, type SurveyQuestion } from '../../src/domain/survey.ts'

const ids = ['a', 'b', 'c', 'run', 'status']
const parts = ['x', 'y', 'day', 'noOpinion', 'constructor', '0']
const lines = ['nails', 'hair']
const scales: Scale[] = [
  { from: 0, to: 10 },
  { from: 1, to: 10 },
  { from: 1, to: 5 },
]
const someParts = fc
  .subarray(parts, { minLength: 1 })
  .map((some) => some.map((id) => ({ id, name: { ru: id } })))

const question = (id: string): fc.Arbitrary<SurveyQuestion> =>
  fc
    .record({
      kind: fc.constantFrom(...surveyKinds),
      options: someParts,
      rows: fc.oneof(fc.constantFrom('lines' as const, 'usedLines' as const), someParts),
      scale: fc.constantFrom(...scales),
      noOpinion: fc.boolean(),
      chosen: fc.boolean(),
    })
    .map(({ kind, options, rows, scale, noOpinion, chosen }): SurveyQuestion => ({
      id,
      kind,
      block: 'salon',
      own: true,
      words: { ask: { ru: 'Что?' }, short: { ru: id } },
      ...(kind === 'choice' || kind === 'choices' ? { options } : {}),
      ...(kind === 'scale' ? { scale, noOpinion } : {}),
      ...(kind === 'grid' ? { rows, noOpinion, ...(chosen ? { options } : { scale }) } : {}),
    }))

const versions: fc.Arbitrary<Survey[]> = fc
  .array(
    fc.subarray(ids, { minLength: 1 }).chain((some) => fc.tuple(...some.map(question))),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => all.map((questions, at) => ({ version: at + 1, questions })))

const rated = ({ scale, options = [], noOpinion }: SurveyQuestion): fc.Arbitrary<number | string | null> =>
  fc.oneof(
    scale ? fc.integer({ min: scale.from, max: scale.to }) : fc.constantFrom(...options.map((one) => one.id)),
    ...(noOpinion ? [fc.constant(null)] : []),
  )

function valueTo(one: SurveyQuestion): fc.Arbitrary<Value> {
  switch (one.kind) {
    case 'yesNo':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...(one.options ?? []).map(({ id }) => id))
    case 'choices':
      return fc.subarray((one.options ?? []).map(({ id }) => id))
    case 'scale':
      return rated(one)
    case 'text':
      return fc.string({ minLength: 1 })
    case 'date':
      return fc.record(
        {
          day: fc.integer({ min: 1, max: 28 }),
          month: fc.integer({ min: 1, max: 12 }),
          year: fc.integer({ min: 1900, max: 2026 }),
        },
        { requiredKeys: ['day', 'month'] },
      )
    case 'grid': {
      // A line that the salon had once is a row, too.
      const rows = typeof one.rows === 'object' ? one.rows.map(({ id }) => id) : [...lines, 'gone']
      return fc
        .subarray(rows)
        .chain((some) => fc.tuple(...some.map((row) => fc.tuple(fc.constant(row), rated(one)))))
        .map((given) => Object.fromEntries(given) as Value)
    }
  }
}

const answerTo = (one: SurveyQuestion): fc.Arbitrary<Answer | undefined> =>
  fc.option(
    valueTo(one).map((value): Answer => ({ value, ...(one.scale && { scale: one.scale }) })),
    { nil: undefined },
  )

const responsesTo = (surveys: Survey[]): fc.Arbitrary<ExportedResponse[]> =>
  fc.array(
    fc.constantFrom(...surveys).chain(({ version, questions }) =>
      fc.tuple(...questions.map(answerTo)).map((given): ExportedResponse => ({
        clientId: 1,
        dialogue: 'survey',
        run: 1,
        version,
        status: 'finished',
        answers: Object.fromEntries(
          questions.flatMap(({ id }, at) => (given[at] === undefined ? [] : [[id, given[at]]])),
        ),
        startedAt: 0,
        changedAt: 0,
      })),
    ),
    { maxLength: 6 },
  )

/** All that one answer says, piece by piece: which column's name begins so, and what stands there. */
function saidBy({ id, kind }: SurveyQuestion, value: Value | undefined): string[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value.map((option) => `${id}.${option}=1`)
  if (kind === 'grid')
    return Object.entries(value as Record<string, RowValue>).map(([row, given]) =>
      piece(`${id}.${row}`, given),
    )
  if (kind !== 'date') return [piece(id, value as string | number | boolean | null)]
  const { day, month, year } = value as { day: number; month: number; year?: number }
  const two = (number: number) => String(number).padStart(2, '0')
  return [`${id}=${year ?? 'XXXX'}-${two(month)}-${two(day)}`]
}

const piece = (name: string, value: string | number | boolean | null): string =>
  value === null ? `${name}.noOpinion=1` : `${name}=${typeof value === 'boolean' ? Number(value) : value}`

test('every piece of every answer stands in exactly one column, and nothing else does', () => {
  const everything = versions.chain((surveys) => fc.tuple(fc.constant(surveys), responsesTo(surveys)))
  fc.assert(
    fc.property(everything, ([surveys, responses]) => {
      const [table, , codebook] = exportTables({
        responses,
        versions: surveys,
        salon: {
          timeZone: 'Europe/Moscow',
          lines: lines.map((id) => ({ id, name: { ru: id }, services: [] })),
        },
        t: (key) => key,
        language: 'ru',
      })
      const keys = table.columns.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      const meanings = new Map([...codebook.rows].map((cells) => [cells[1], String(cells[6])]))
      const meta = keys.indexOf('npsScale') + 1
      const rows = [...table.rows].map((cells) =>
        cells.slice(meta).flatMap((cell, at) => foundIn(keys[meta + at] ?? '', cell, meanings)),
      )
      const expected = responses.map(({ version, answers }) =>
        (surveys[version - 1]?.questions ?? []).flatMap((one) => saidBy(one, answers[one.id]?.value)),
      )
      expect(rows.map((row) => row.sort())).toEqual(expected.map((row) => row.sort()))
    }),
    { numRuns: 1000 },
  )
})

/** What a cell says, under the column's name without what tells it from its namesakes. */
function foundIn(key: string, cell: Cell, meanings: ReadonlyMap<Cell, string>): string[] {
  // A 0 in "was it ticked" and in "can't they say" is no piece of an answer.
  const isSign = /export\.values\.(notTicked|answered)$/.test(meanings.get(key) ?? '')
  return cell === undefined || (cell === 0 && isSign)
    ? []
    : [`${key.replace(/ \(.*\)$/, '')}=${String(cell)}`]
}
