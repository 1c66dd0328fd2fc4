import { PassThrough } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { AdviceError } from '../../src/domain/advice-error.ts'
import type { Cell, Table } from '../../src/domain/export/parts.ts'
import { writeCsv } from '../../src/reports/csv.ts'
import { spreadsheet } from '../../src/reports/spreadsheet.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'

const t = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
  [' …', key, ...Object.values(values)].join(' ')

const time = Temporal.ZonedDateTime.from('2026-11-26T01:04:29.123+05:00[Asia/Yekaterinburg]')

function table(rows: Cell[][], change: Partial<Table> = {}): Table {
  const types = ['number', 'text', 'time'] as const
  return {
    name: 'survey',
    title: 'Опрос',
    columns: types.map((type) => ({ key: `${type}.key`, header: `«${type}» для людей`, type })),
    rows,
    rowCount: rows.length,
    ...change,
  }
}

const csvOf = async (one: Table): Promise<string> => {
  const output = new PassThrough()
  // The mark is what a reader of bytes sees; the decoder of streams would take it off.
  const read = readAll(output.setEncoding('utf8'))
  await writeCsv(one, output)
  return read
}

const xlsxOf = async (one: Table) => readXlsx(await spreadsheet([one], t))

/** What a program does with a text from our CSV: the apostrophe before a formula goes. */
const formula = /^['\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|^'*[\t\r\n]/u
const asWritten = (field: string): string =>
  field.startsWith("'") && formula.test(field.slice(1)) ? field.slice(1) : field

describe('XLSX', () => {
  test('has a sheet for each table, its names above, bold and staying', async () => {
    const book = readXlsx(await spreadsheet([table([]), table([[1]], { title: 'После визита' })], t))
    expect(book.map(({ name, frozenRows }) => [name, frozenRows])).toEqual([
      ['Опрос', 1],
      ['После визита', 1],
    ])
    expect(book[0]?.rows).toEqual([
      ['number', 'text', 'time'].map((type) => ({ value: `«${type}» для людей`, styled: true })),
    ])
  })

  test("numbers are numbers, times are times of the salon's clock, texts are texts", async () => {
    const [sheet] = await xlsxOf(
      table([
        [7, '7', time],
        [0, undefined, undefined],
        [-1.5, '=1+1', undefined],
      ]),
    )
    const days = (Date.UTC(2026, 10, 26, 1, 4, 29) - Date.UTC(1899, 11, 30)) / 86_400_000
    const values = sheet?.rows.slice(1).map((cells) => cells.map(({ value }) => value))
    expect(values?.[0]?.slice(0, 2)).toEqual([7, '7'])
    expect(values?.[0]?.[2]).toBeCloseTo(days, 6)
    expect(sheet?.rows[1]?.map(({ styled }) => styled)).toEqual([false, false, true])
    expect(values?.slice(1)).toEqual([[0], [-1.5, '=1+1']])
  })

  test.each([
    ['as long as a cell may be', 32_767, 32_767],
    ['longer by one', 32_768, 32_600],
    ['much longer', 70_000, 32_600],
  ])('a text %s: cut where it must be, and it says so', async (_, length, kept) => {
    const [sheet] = await xlsxOf(table([[1, 'я'.repeat(length)]]))
    const value = String(sheet?.rows[1]?.[1]?.value)
    expect(value.length).toBeLessThanOrEqual(32_767)
    expect(value.startsWith('я'.repeat(kept))).toBe(true)
    expect(value.slice(kept)).toBe(kept === length ? '' : ` … export.cut ${kept} ${length}`)
  })

  test('is not cut in the middle of an emoji', async () => {
    const [sheet] = await xlsxOf(table([[1, `я${'🌷'.repeat(20_000)}`]]))
    expect(sheet?.rows[1]?.[1]?.value).toBe(`я${'🌷'.repeat(16_299)} … export.cut 32599 40001`)
  })

  test('what would not fit into the memory of a small server is refused with advice', async () => {
    const huge = table([], { rowCount: 700_000 })
    await expect(spreadsheet([huge], t)).rejects.toEqual(new AdviceError('export.tooBig'))
  })
})

describe('CSV', () => {
  test('is UTF-8 with a mark, semicolons, and the names for programs', async () => {
    expect(
      await csvOf(
        table([
          [7, 'да; "нет"', time],
          [0, undefined, undefined],
        ]),
      ),
    ).toBe('\uFEFFnumber.key;text.key;time.key\r\n7;"да; ""нет""";2026-11-26T01:04:29+05:00\r\n0;;\r\n')
    expect(await csvOf(table([]))).toBe('\uFEFFnumber.key;text.key;time.key\r\n')
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x";"y")', `'=HYPERLINK("http://x";"y")`],
    ['+7 999', "'+7 999"],
    ['-', "'-"],
    ['@SUM(1)', "'@SUM(1)"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠a', "'＠a"],
    ['﹦1', "'﹦1"],
    ['\t=1', "'\t=1"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['  =1', "'  =1"],
    ['\u200B=1', "'\u200B=1"],
    ["'=1", "''=1"],
    ["'слово", "'слово"],
    ['10-12', '10-12'],
    ['нет', 'нет'],
  ])('%j is no formula: %j', async (text, written) => {
    const [, row] = readCsv(await csvOf(table([[1, text]])))
    expect(row?.[1]).toBe(written)
    expect(asWritten(row?.[1] ?? '')).toBe(text)
  })
})

/** What clients write, at its worst; what no database would keep is cleaned before it is stored. */
const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '=HYPERLINK("http://x","y")',
    '+7',
    '-1',
    '@a',
    '＝1',
    "'",
    '"',
    ';',
    ',',
    '\r\n',
    '\n',
    '\r',
    '\t',
    ' ',
  ),
  fc.constantFrom(
    '_x0041_',
    '_x',
    '_x000D_',
    'constructor',
    '__proto__',
    'toString',
    '&amp;',
    '<t>',
    ']]>',
    '\uFFFD',
  ),
  fc.constantFrom(
    '🌷',
    '👩‍👩‍👧',
    'Ё',
    '\u0007',
    '\u001B',
    '\u0085',
    '\uFDD0',
    '\uFFFF',
    '\u{10FFFF}',
    '\uFEFF',
    '\u2028',
  ),
)
const written = fc
  .oneof(
    piece,
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.tuple(piece, fc.integer({ min: 1, max: 2500 })).map(([one, times]) => one.slice(0, 12).repeat(times)),
  )
  .map((text) => text.replaceAll('\0', '').toWellFormed())

test('whatever people write comes back from both files as it was, and is never a formula', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 12 }), async (texts) => {
      const one = table(texts.map((text, at) => [at, text]))
      const [sheet] = await xlsxOf(one)
      expect(sheet?.rows.slice(1).map((cells) => cells[1]?.value ?? '')).toEqual(texts)
      const [, ...rows] = readCsv(await csvOf(one))
      expect(rows.map((row) => asWritten(row[1] ?? ''))).toEqual(texts)
      for (const [, field = ''] of rows) expect(field).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
    }),
    { numRuns: 300 },
  )
})

test("half a letter becomes the sign for what can't be read", async () => {
  const [sheet] = await xlsxOf(table([[1, 'a\uD83Cb']]))
  expect(sheet?.rows[1]?.[1]?.value).toBe('a\uFFFDb')
  expect(readCsv(await csvOf(table([[1, 'a\uD83Cb']])))[1]?.[1]).toBe('a\uFFFDb')
})
