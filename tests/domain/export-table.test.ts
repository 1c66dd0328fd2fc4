import { describe, expect, test } from 'vitest'

import type { Answers } from '../../src/domain/answer.ts'
import { exportTables } from '../../src/domain/export-table.ts'
import type { Cell, ExportedResponse, ExportOptions, Table } from '../../src/domain/export/parts.ts'
import { instrument } from '../../src/domain/instrument.ts'
import { surveyQuestions, type SurveyChanges } from '../../src/domain/survey-changes.ts'
import type { Survey, SurveyQuestion } from '../../src/domain/survey.ts'

/** Says the key and the values, so that a test sees which sentence it was. */
const t = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
  [key, ...Object.values(values)].join(' ')

const salon: ExportOptions['salon'] = {
  timeZone: 'Asia/Yekaterinburg',
  lines: [
    { id: 'nails', name: { ru: 'Ногти', en: 'Nails' }, services: [] },
    { id: 'hair', name: { ru: 'Волосы' }, services: [] },
  ],
}

const at = (minute: number): number => Date.UTC(2026, 10, 25, 20, minute)
const response = (answers: Answers, rest: Partial<ExportedResponse> = {}): ExportedResponse => ({
  clientId: 7,
  dialogue: 'survey',
  run: 1,
  version: 1,
  status: 'finished',
  answers,
  startedAt: at(0),
  changedAt: at(9),
  ...rest,
})
const version = (number: number, changes?: SurveyChanges): Survey => ({
  version: number,
  questions: surveyQuestions(changes),
})
const own = (id: string, rest: Partial<SurveyQuestion> = {}): SurveyQuestion => ({
  id,
  kind: 'yesNo',
  block: 'salon',
  own: true,
  words: { ask: { ru: `${id}?` }, short: { ru: id } },
  ...rest,
})
const withOwn = (number: number, ...questions: SurveyQuestion[]): Survey => ({ version: number, questions })

const tablesOf = (
  responses: ExportedResponse[],
  versions: Survey[] = [version(1)],
  language: 'ru' | 'en' = 'ru',
) => exportTables({ responses, versions, salon, t, language })

const shown = (cell: Cell): string | number | undefined =>
  typeof cell === 'object' ? cell.toString({ timeZoneName: 'never' }) : cell

/** The rows as objects of what is not empty, by the columns' keys. */
const rowsOf = ({ columns, rows }: Table): Record<string, string | number | undefined>[] =>
  [...rows].map((cells) =>
    Object.fromEntries(
      columns.flatMap(({ key }, column) =>
        cells[column] === undefined ? [] : [[key, shown(cells[column])]],
      ),
    ),
  )
const keysOf = (table: Table): string[] => table.columns.map(({ key }) => key)

const meta = [
  'clientId',
  'run',
  'version',
  'status',
  'startedAt',
  'lastAnswerAt',
  'finishedAt',
  'minutes',
  'npsScale',
]
const factors = ['master', 'reputation', 'location', 'price', 'quality', 'habit', 'other']
const rated = (id: string) =>
  ['nails', 'hair'].flatMap((line) => [`${id}.${line}`, `${id}.${line}.noOpinion`])

describe('the columns', () => {
  test('are one per question, row and "can\'t say"', () => {
    const [survey, visits] = tablesOf([])
    expect(keysOf(survey)).toEqual([
      ...meta,
      'regular',
      'card',
      'tenure',
      'frequency.nails',
      'frequency.hair',
      ...rated('satisfaction'),
      ...rated('recommend'),
      'callMe',
      ...factors.map((factor) => `importance.${factor}`),
      ...factors.map((factor) => `retention.${factor}`),
      ...rated('intention'),
      'suggestions',
      'sex',
      'age',
      'marital',
      'education',
      'employment',
      'income',
      'incomeAmount',
      'travel',
    ])
    expect(keysOf(visits)).toEqual([
      ...meta,
      'line',
      'recommend',
      'recommend.noOpinion',
      ...factors.map((factor) => `why.${factor}`),
      'callMe',
    ])
    expect([survey.rowCount, visits.rowCount]).toEqual([0, 0])
  })

  test('have names for people, too', () => {
    const names = (language: 'ru' | 'en') =>
      tablesOf([], undefined, language)[0].columns.map(({ header }) => header)
    expect(names('ru')).toEqual(
      expect.arrayContaining([
        'export.columns.clientId.name',
        'survey.satisfaction.short: Ногти',
        'survey.satisfaction.short: Ногти — survey.satisfaction.noOpinion',
        'survey.retention.short: survey.importance.options.price',
      ]),
    )
    expect(names('en')).toContain('survey.satisfaction.short: Nails')
    expect(names('en')).toContain('survey.satisfaction.short: Волосы')
  })

  test('have a row for each line that the answers mention, though the salon has it no longer', () => {
    const [survey] = tablesOf([response({ satisfaction: { value: { massage: 7 } } })])
    expect(keysOf(survey)).toContain('satisfaction.massage')
    expect(rowsOf(survey)[0]).toMatchObject({
      'satisfaction.massage': 7,
      'satisfaction.massage.noOpinion': 0,
    })
  })
})

const kinds: [
  what: string,
  question: SurveyQuestion,
  value: Answers[string],
  expected: Record<string, unknown>,
][] = [
  ['yes', own('q'), { value: true }, { q: 1 }],
  ['no', own('q'), { value: false }, { q: 0 }],
  [
    'one option',
    own('q', { kind: 'choice', options: [{ id: '0' }, { id: 'b' }] }),
    { value: '0' },
    { q: '0' },
  ],
  [
    'several options',
    own('q', { kind: 'choices', options: [{ id: 'a' }, { id: 'b' }] }),
    { value: ['b'] },
    { 'q.a': 0, 'q.b': 1 },
  ],
  [
    'an option that is no longer there',
    own('q', { kind: 'choices', options: [{ id: 'a' }] }),
    { value: ['z'] },
    { 'q.a': 0, 'q.z': 1 },
  ],
  ['a number', own('q', { kind: 'scale', scale: { from: 0, to: 5 } }), { value: 0 }, { q: 0 }],
  [
    'a number where "can\'t say" is offered',
    own('q', { kind: 'scale', scale: { from: 0, to: 5 }, noOpinion: true }),
    { value: 0 },
    { q: 0, 'q.noOpinion': 0 },
  ],
  [
    '"can\'t say"',
    own('q', { kind: 'scale', scale: { from: 0, to: 5 }, noOpinion: true }),
    { value: null },
    { 'q.noOpinion': 1 },
  ],
  [
    'a grid of numbers',
    own('q', {
      kind: 'grid',
      rows: [{ id: 'day' }, { id: 'month' }, { id: 'year' }],
      scale: { from: 1, to: 7 },
      noOpinion: true,
    }),
    { value: { day: 7, month: null } },
    { 'q.day': 7, 'q.day.noOpinion': 0, 'q.month.noOpinion': 1 },
  ],
  [
    'a grid of options',
    own('q', { kind: 'grid', rows: 'usedLines', options: [{ id: 'never' }] }),
    { value: { hair: 'never' } },
    { 'q.hair': 'never' },
  ],
  [
    "a grid of options that some can't choose from",
    own('q', { kind: 'grid', rows: 'lines', options: [{ id: 'never' }], noOpinion: true }),
    { value: { hair: 'never', nails: null } },
    { 'q.hair': 'never', 'q.hair.noOpinion': 0, 'q.nails.noOpinion': 1 },
  ],
  ['a text', own('q', { kind: 'text' }), { value: '=1+1\n"да" 🌷' }, { q: '=1+1\n"да" 🌷' }],
  ['a date', own('q', { kind: 'date' }), { value: { day: 5, month: 11, year: 1990 } }, { q: '1990-11-05' }],
  [
    'a date without a year',
    own('q', { kind: 'date' }),
    { value: { day: 5, month: 11 } },
    { q: 'XXXX-11-05' },
  ],
  ['nothing', own('q'), {}, {}],
  ['passed over', own('q', { kind: 'text' }), { skipped: true }, {}],
  [
    'passed over in the middle of a grid',
    own('q', { kind: 'grid', rows: 'lines', scale: { from: 1, to: 7 } }),
    { skipped: true, value: { nails: 3 } },
    { 'q.nails': 3 },
  ],
  [
    'known beforehand',
    own('q', { kind: 'choice', options: [{ id: 'a' }] }),
    { value: 'a', known: true },
    { q: 'a' },
  ],
]

describe('the cells', () => {
  test.each(kinds)('%s', (_, question, answer, expected) => {
    const [survey] = tablesOf([response({ q: answer })], [withOwn(1, question)])
    const cells = Object.entries(rowsOf(survey)[0] ?? {}).filter(([key]) => !meta.includes(key))
    expect(Object.fromEntries(cells)).toEqual(expected)
  })

  test("about the walk: whose, which, when by the salon's clock, how long", () => {
    const answers: Answers = {
      regular: { value: true, at: at(1) },
      card: { value: false, at: at(4) + 29_000 },
      sex: { value: 'female', at: at(8), known: true },
      age: { skipped: true, at: at(8) },
    }
    const [survey] = tablesOf([
      response(answers, { run: 2, demo: true }),
      response({}, { clientId: 8, status: 'open' }),
    ])
    const [first, second] = rowsOf(survey)
    expect(first).toEqual({
      clientId: 7,
      demo: 1,
      run: 2,
      version: 1,
      status: 'finished',
      startedAt: '2026-11-26T01:00:00+05:00',
      lastAnswerAt: '2026-11-26T01:04:29+05:00',
      finishedAt: '2026-11-26T01:09:00+05:00',
      minutes: 4,
      npsScale: '1..10',
      regular: 1,
      card: 0,
      sex: 'female',
    })
    expect(second).toEqual({
      clientId: 8,
      demo: 0,
      run: 1,
      version: 1,
      status: 'open',
      startedAt: '2026-11-26T01:00:00+05:00',
      npsScale: '1..10',
    })
  })

  test("where answers have no time of their own, the walk's last change is theirs", () => {
    const [survey] = tablesOf([response({ regular: { value: true } })])
    expect(rowsOf(survey)[0]).toMatchObject({ lastAnswerAt: '2026-11-26T01:09:00+05:00', minutes: 9 })
  })

  test('of the short form stand in a table of their own; why may be said in own words', () => {
    const visit = (answers: Answers, run: number) => response(answers, { dialogue: 'visit', run })
    const [survey, visits] = tablesOf([
      response({}),
      visit({ line: { value: 'hair' }, recommend: { value: 10 }, why: { value: ['master', 'price'] } }, 1),
      visit({ line: { value: 'nails' }, why: { value: 'Долго ждала' }, callMe: { value: true } }, 2),
      visit({ line: { value: 'nails' }, recommend: { value: null } }, 3),
    ])
    expect([survey.rowCount, visits.rowCount]).toEqual([1, 3])
    const rows = rowsOf(visits).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([key]) => !meta.includes(key))),
    )
    expect(rows).toEqual([
      {
        line: 'hair',
        recommend: 10,
        'recommend.noOpinion': 0,
        ...Object.fromEntries(
          factors.map((factor) => [`why.${factor}`, Number(['master', 'price'].includes(factor))]),
        ),
      },
      { line: 'nails', 'why.words': 'Долго ждала', callMe: 1 },
      { line: 'nails', 'recommend.noOpinion': 1 },
    ])
  })

  test('the line that a visit was for is no answer: the form may have been left as it came', () => {
    const [, visits] = tablesOf([
      response({ line: { value: 'hair', at: at(1) } }, { dialogue: 'visit', status: 'open' }),
    ])
    expect(rowsOf(visits)[0]).not.toHaveProperty('lastAnswerAt')
    expect(rowsOf(visits)[0]).not.toHaveProperty('minutes')
  })

  test('can be walked through again', () => {
    const [survey] = tablesOf([response({ regular: { value: true } })])
    expect([...survey.rows]).toEqual([...survey.rows])
  })
})

describe('several versions', () => {
  const zeroToTen = version(2, { recommendScale: { from: 0, to: 10 } })

  test('on two scales have a column for each, and no answer stands in the wrong one', () => {
    const recommend = { value: { nails: 9 } }
    const [survey, visits] = tablesOf(
      [
        response({ recommend }),
        response({ recommend }, { version: 2 }),
        // The scale that the answer remembers counts, whatever the version says.
        response({ recommend: { ...recommend, scale: { from: 0, to: 10 } } }),
        response({ recommend: { ...recommend, version: 2 } }),
        response({ recommend: { value: 9 } }, { dialogue: 'visit', version: 2 }),
      ],
      [zeroToTen, version(1)],
    )
    const [old, now] = ['recommend.nails (1-10)', 'recommend.nails (0-10)']
    expect(keysOf(survey).filter((key) => key.startsWith('recommend.nails'))).toEqual([
      now,
      'recommend.nails.noOpinion (0-10)',
      old,
      'recommend.nails.noOpinion (1-10)',
    ])
    expect(rowsOf(survey).map((row) => [row['npsScale'], row[old], row[now]])).toEqual([
      ['1..10', 9, undefined],
      ['0..10', undefined, 9],
      ['0..10', undefined, 9],
      ['0..10', undefined, 9],
    ])
    expect(rowsOf(visits)[0]).toMatchObject({ 'recommend (0-10)': 9 })
  })

  test('have all their columns: those of the newest first, then what is no longer asked', () => {
    const [survey] = tablesOf(
      [response({ a: { value: true } }), response({ b: { value: ['y'] } }, { version: 2 })],
      [
        withOwn(1, own('a'), own('b', { kind: 'choices', options: [{ id: 'x' }] })),
        withOwn(2, own('c'), own('b', { kind: 'choices', options: [{ id: 'y' }, { id: 'x' }] })),
      ],
    )
    expect(keysOf(survey).slice(meta.length)).toEqual(['c', 'b.y', 'b.x', 'a'])
    expect(rowsOf(survey).map(({ a, 'b.x': x, 'b.y': y }) => [a, x, y])).toEqual([
      [1, undefined, undefined],
      [undefined, 0, 1],
    ])
  })

  test('an option that was not there to be ticked is empty, not "no"', () => {
    const [survey] = tablesOf(
      [response({ b: { value: ['x'] } })],
      [
        withOwn(1, own('b', { kind: 'choices', options: [{ id: 'x' }] })),
        withOwn(2, own('b', { kind: 'choices', options: [{ id: 'x' }, { id: 'y' }] })),
      ],
    )
    expect(rowsOf(survey)[0]).toMatchObject({ 'b.x': 1 })
    expect(rowsOf(survey)[0]).not.toHaveProperty('b.y')
  })

  test('an id that was given away again keeps its answers apart by kind', () => {
    const [survey] = tablesOf(
      [response({ a: { value: true } }), response({ a: { value: 'да' } }, { version: 2 })],
      [withOwn(1, own('a')), withOwn(2, own('a', { kind: 'text' }))],
    )
    expect(keysOf(survey).slice(meta.length)).toEqual(['a (text)', 'a (yesNo)'])
    expect(rowsOf(survey).map((row) => [row['a (text)'], row['a (yesNo)']])).toEqual([
      [undefined, 1],
      ['да', undefined],
    ])
  })

  test('an answer to a version that is not kept is read as one to the newest', () => {
    const [survey] = tablesOf([response({ regular: { value: true } }, { version: 99 })])
    expect(rowsOf(survey)[0]).toMatchObject({ regular: 1, version: 99 })
  })
})

test('no two columns bear one name, whatever the salon calls its questions', () => {
  const [survey] = tablesOf(
    [],
    [
      withOwn(
        1,
        own('status'),
        own('clientId', { kind: 'scale', scale: { from: 1, to: 5 } }),
        own('a', { words: { short: { ru: 'Кофе' } } }),
        own('b', { words: { short: { ru: 'Кофе' } } }),
        own('c', {
          kind: 'grid',
          rows: [{ id: 'noOpinion' }, { id: 'x' }],
          scale: { from: 1, to: 5 },
          noOpinion: true,
        }),
      ),
      withOwn(2, own('c', { kind: 'scale', scale: { from: 1, to: 5 }, noOpinion: true })),
    ],
  )
  const keys = keysOf(survey)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys).toEqual(
    expect.arrayContaining(['status', 'status (yesNo)', 'clientId (1-5)', 'c.noOpinion (1-5, 2)']),
  )
  const headers = survey.columns.map(({ header }) => header)
  expect(new Set(headers).size).toBe(headers.length)
  expect(headers).toEqual(expect.arrayContaining(['Кофе [a]', 'Кофе [b]']))
})

describe('the codebook', () => {
  const versions = [
    version(1),
    version(2, {
      recommendScale: { from: 0, to: 10 },
      wording: { recommend: { ask: { ru: 'Советуете нас?' }, low: { ru: 'нет' } } },
      add: [{ question: own('tea', { kind: 'choices', options: [{ id: 'a', name: { ru: 'Ассам' } }] }) }],
    }),
  ]
  const responses = [
    response({ recommend: { value: { nails: 9, hair: null }, at: at(3) }, regular: { value: true } }),
    response({ recommend: { value: { nails: 8 }, at: at(5) } }),
    response({ recommend: { value: { nails: 0 }, at: at(1) } }, { version: 2, startedAt: at(60 * 24) }),
  ]
  const [survey, visits, codebook] = tablesOf(responses, versions)
  const rows = rowsOf(codebook)
  const about = (column: string, table = survey.title) =>
    rows.find((row) => row['column'] === column && row['table'] === table)

  test('has a row for every column, and notes on the whole before them', () => {
    const columns = rows.filter((row) => row['column'] !== undefined).map((row) => row['column'])
    expect(columns).toEqual([...keysOf(survey), ...keysOf(visits)])
    expect(rows).toHaveLength(codebook.rowCount)
    expect(rows[0]).toEqual({
      table: 'export.notes.of',
      question: 'export.notes.anonymous Asia/Yekaterinburg',
    })
    expect(new Set([...codebook.rows].map((cells) => cells.length))).toEqual(
      new Set([codebook.columns.length]),
    )
  })

  test('says what was asked in which words, on which scale, when, and what the numbers mean', () => {
    expect(about('recommend.nails (1-10)')).toEqual({
      table: 'export.titles.survey',
      column: 'recommend.nails (1-10)',
      header: 'survey.recommend.short: Ногти (1-10)',
      question: 'export.values.wording survey.recommend.ask 1\nexport.values.wording Советуете нас? 2',
      kind: 'export.kinds.grid',
      scale: '1..10',
      values: '1 = survey.recommend.low\n10 = survey.recommend.high',
      versions: '1, 2',
      answers: 2,
      firstAt: '2026-11-26T01:03:00+05:00',
      lastAt: '2026-11-26T01:05:00+05:00',
    })
    expect(about('recommend.nails (0-10)')).toMatchObject({
      scale: '0..10',
      values: '0 = нет\n10 = survey.recommend.high',
      answers: 1,
    })
    expect(about('recommend.hair.noOpinion (1-10)')).toMatchObject({
      values: '1 = survey.recommend.noOpinion\n0 = export.values.answered',
      answers: 1,
    })
  })

  test.each([
    [
      'regular',
      {
        values: '1 = survey.regular.yes\n0 = survey.regular.no',
        kind: 'export.kinds.yesNo',
        versions: '1, 2',
      },
    ],
    ['sex', { values: 'female = survey.sex.options.female\nmale = survey.sex.options.male' }],
    ['frequency.hair', { header: 'survey.frequency.short: Волосы', kind: 'export.kinds.grid' }],
    ['retention.price', { header: 'survey.retention.short: survey.importance.options.price', scale: '1..7' }],
    ['suggestions', { values: 'export.values.text' }],
    [
      'tea.a',
      {
        header: 'tea: Ассам',
        values: '1 = export.values.ticked\n0 = export.values.notTicked',
        versions: '2',
      },
    ],
    ['clientId', { question: 'export.columns.clientId.about', kind: 'export.kinds.meta', answers: 3 }],
    [
      'version',
      {
        values:
          '1 = export.values.versionAsked 2026-11-26 2026-11-26 2\n2 = export.values.versionAsked 2026-11-27 2026-11-27 1',
      },
    ],
    ['status', { values: expect.stringContaining('finished = export.status.finished') as string }],
  ])('%s', (column, expected) => {
    expect(about(column)).toMatchObject(expected)
  })

  test.each([
    ['line', { question: 'visit.line.ask …', values: 'nails = Ногти\nhair = Волосы' }],
    ['recommend (0-10)', { question: 'visit.recommend.ask …', versions: '1, 2' }],
    ['why.price', { header: 'visit.why.short …: visit.why.options.price …' }],
  ])('%s of the short form', (column, expected) => {
    expect(about(column, visits.title)).toMatchObject(expected)
  })
})

test('the built-in instrument needs no more words than it has', () => {
  const asked = new Set<string>()
  const listening = (key: string) => {
    asked.add(key)
    return key
  }
  const tables = exportTables({
    responses: [],
    versions: [version(1, { on: ['spend'] })],
    salon,
    t: listening,
    language: 'ru',
  })
  expect([...tables[2].rows]).not.toEqual([])
  const word = /^(?:survey|visit)\.(\w+)\.(ask|short|low|high|noOpinion|yes|no|options\.\w+)$/
  const foreign = [...asked].filter((key) => !key.startsWith('export.') && !word.test(key))
  expect(foreign).toEqual([])
  const ids = new Set([...asked].flatMap((key) => word.exec(key)?.[1] ?? []))
  expect(ids).toEqual(new Set([...instrument.map(({ id }) => id), 'spend', 'callMe', 'line', 'why']))
})
