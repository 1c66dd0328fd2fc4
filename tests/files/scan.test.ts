import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { readAmount } from '../../src/domain/visit-file/read-amount.ts'
import { readBookPhone } from '../../src/domain/visit-file/read-book-phone.ts'
import { readDate } from '../../src/domain/visit-file/read-date.ts'
import { createByteNames } from '../../src/files/scan/byte-names.ts'
import { notPlain, readPlainDay, readPlainKopecks, readPlainPhone } from '../../src/files/scan/read-bytes.ts'
import { createRowScanner } from '../../src/files/scan/row-scanner.ts'
import { scanFile } from '../../src/files/scan/scan-file.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** All rows of a text that comes in parts of these lengths. */
function rowsOf(
  text: string,
  partLengths: readonly number[] = [],
  delimiter = ',',
): Record<number, string[]> {
  const rows: Record<number, string[]> = {}
  const scanner = createRowScanner({
    delimiter: delimiter.charCodeAt(0),
    columns: 10,
    onRow({ bytes, starts, ends, count }, row) {
      rows[row] = Array.from({ length: count }, (_, at) => textOf(bytes.subarray(starts[at], ends[at])))
    },
  })
  const all = bytesOf(text)
  let [from, to] = [0, 0]
  for (const length of partLengths) {
    to = Math.min(all.length, to + length)
    from += scanner.scan(all.slice(from, to), false)
  }
  scanner.scan(all.slice(from), true)
  return rows
}

describe('rows', () => {
  test.each<[string, string, Record<number, string[]>]>([
    ['nothing', '', {}],
    ['lines ended in three ways', 'a,b\nc\r\nd\re', { 1: ['a', 'b'], 2: ['c'], 3: ['d'], 4: ['e'] }],
    ['empty lines count and are no rows', 'a\n\n\r\nb\n', { 1: ['a'], 4: ['b'] }],
    ['empty cells', ',\na,,\n', { 1: ['', ''], 2: ['a', '', ''] }],
    [
      'quoted delimiters, line breaks and quotes',
      '"a,b","c\r\nd","e""f"\ng',
      { 1: ['a,b', 'c\r\nd', 'e"f'], 2: ['g'] },
    ],
    ['blanks behind a quoted cell', '"a" ,b', { 1: ['a', 'b'] }],
    ['a quote within a cell is a letter', 'a"b,c"\nd', { 1: ['a"b', 'c"'], 2: ['d'] }],
    [
      'a quoted word at the beginning of a cell is a part of it',
      '"Rose" salon,b',
      { 1: ['"Rose" salon', 'b'] },
    ],
    ['a quote that is never closed is a letter', '"a,b\nc', { 1: ['"a', 'b'], 2: ['c'] }],
    ['an empty quoted cell', '"",a', { 1: ['', 'a'] }],
  ])('%s', (_, text, expected) => {
    expect(rowsOf(text)).toEqual(expected)
    for (let length = 1; length < 4; length++)
      expect(
        rowsOf(
          text,
          Array.from(text, () => length),
        ),
      ).toEqual(expected)
  })

  test('what a library writes is read as it was, in whatever parts it comes', () => {
    const cell = fc.stringMatching(/^[ab ",;\n\r\tя]{0,5}$/)
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 })
    const parts = fc.array(fc.integer({ min: 0, max: 12 }))
    const delimiters = fc.constantFrom(',', ';', '\t')
    fc.assert(
      fc.property(
        table,
        parts,
        delimiters,
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        (rows, lengths, delimiter, quoted, end) => {
          const text = stringify(rows, {
            delimiter,
            quoted,
            record_delimiter: end,
            quote_record_delimiter: true,
            quoted_match: /[\r\n]|^ /,
          })
          const found = rowsOf(text, lengths, delimiter)
          expect(Object.values(found)).toEqual(rows)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a file is read whole, its longest rows too', async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'scan-'))
    const wanted = Array.from({ length: 3000 }, (_, at) => [
      `client ${at}`,
      'x'.repeat(at % 500 === 0 ? 900_000 : 3000),
    ])
    await writeFile(
      path.join(dir, 'long.csv'),
      wanted.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n'),
    )
    const file = await open(path.join(dir, 'long.csv'))
    const found: [string, number][] = []
    await scanFile(file, {
      encoding: 'utf-8',
      skip: 0,
      delimiter: 44,
      columns: 2,
      onRow: ({ bytes, starts, ends }) =>
        found.push([textOf(bytes.subarray(starts[0], ends[0])), (ends[1] ?? 0) - (starts[1] ?? 0)]),
    })
    await file.close()
    await rm(dir, { recursive: true })
    expect(found).toEqual(wanted.map(([name = '', rest = '']) => [name, rest.length]))
  })
})

describe('names', () => {
  test('each has one number and keeps its bytes, alone and among many', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[ab]{1,4}$/),
      fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).filter((text) => text.isWellFormed()),
      fc.stringMatching(/^[a\0]{1,14}$/),
      fc.stringMatching(/^client-[0-9]{1,8}$/),
    )
    fc.assert(
      fc.property(fc.array(name, { maxLength: 100 }), (all) => {
        const known = new Map<string, number>()
        for (const one of all) if (!known.has(one)) known.set(one, known.size)
        const names = createByteNames()
        expect(all.map((one) => names.numberOf(bytesOf(`<${one}>`), 1, 1 + bytesOf(one).length))).toEqual(
          all.map((one) => known.get(one)),
        )
        expect(names.size()).toBe(known.size)
        for (const [text, number] of known) expect(textOf(names.bytesOf(number))).toBe(text)
        const together = createByteNames()
        const numbers = numbersOf(together, all)
        expect(numbers.map((number) => textOf(together.bytesOf(number)))).toEqual(all)
        expect(together.size()).toBe(known.size)
      }),
      { numRuns: 100 },
    )
  })

  test('a hundred thousand of them', () => {
    const all = Array.from({ length: 100_000 }, (_, at) => `client number ${at % 70_000}`)
    const names = createByteNames()
    expect(numbersOf(names, all)).toEqual(all.map((_, at) => at % 70_000))
    expect(numbersOf(names, ['client number 69999', 'nobody'])).toEqual([69_999, 70_000])
  })

  function numbersOf(names: ReturnType<typeof createByteNames>, all: readonly string[]): number[] {
    const pieces = all.map(bytesOf)
    const ends = Int32Array.from(pieces.keys(), () => 0)
    let at = 0
    pieces.forEach((piece, place) => (ends[place] = at += piece.length))
    const numbers = new Int32Array(all.length)
    const starts = ends.map((end, place) => end - (pieces[place]?.length ?? 0))
    names.numberAll({
      bytes: Uint8Array.from(pieces.flatMap((piece) => [...piece])),
      starts,
      ends,
      numbers,
      size: all.length,
    })
    return [...numbers]
  }
})

describe('a cell that is written plainly means the same as it does to those who read texts', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
  const around = (text: string) => bytesOf(`x${text}y`)

  test('days', () => {
    const number = fc.integer({ min: 0, max: 40 }).map((value) => String(value).padStart(2, '0'))
    const year = fc.integer({ min: 1940, max: 2160 }).map(String)
    const time = fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom(' ', 'T', '_'), number, number).map(([sign, h, m]) => `${sign}${h}:${m}`),
      fc.tuple(number, number, digits(2)).map(([h, m, s]) => ` ${h}:${m}:${s}`),
    )
    const date = fc
      .tuple(year, number, number, fc.boolean(), time)
      .map(([y, m, d, russian, behind]) => (russian ? `${d}.${m}.${y}${behind}` : `${y}-${m}-${d}${behind}`))
    let plain = 0
    fc.assert(
      fc.property(date, (text) => {
        const day = readPlainDay(around(text), 1, 1 + text.length)
        if (day === notPlain) return
        plain++
        const reading = readDate(text, 'unclear')
        expect(reading).toMatchObject({ ok: true, offsetMinutes: undefined })
        const shown = reading.ok ? Date.UTC(reading.year, reading.month - 1, reading.day) / 86_400_000 : NaN
        expect(day).toBe(shown)
      }),
      { numRuns: 3000 },
    )
    expect(plain).toBeGreaterThan(100)
    for (const text of ['2024-02-29', '29.02.2024', '31.12.1999 23:59', '2026-06-30T00:00:00'])
      expect(readPlainDay(around(text), 1, 1 + text.length)).not.toBe(notPlain)
    for (const text of [
      '2023-02-29',
      '29.02.2023',
      '2024-13-01',
      '2024-00-10',
      '10.10.24',
      '2024-01-01 24:00',
    ])
      expect(readPlainDay(around(text), 1, 1 + text.length)).toBe(notPlain)
  })

  test('amounts', () => {
    const amount = fc.stringMatching(/^-?[0-9]{0,10}[.,]?[0-9]{0,3}$/)
    fc.assert(
      fc.property(amount, (text) => {
        const kopecks = readPlainKopecks(around(text), 1, 1 + text.length)
        if (kopecks === notPlain) return
        expect(readAmount(text, { thousands: [',', '.'] })).toEqual({ ok: true, kopecks })
      }),
      { numRuns: 3000 },
    )
    for (const [text, kopecks] of [
      ['0', 0],
      ['-0', 0],
      ['1950', 195_000],
      ['1950.5', 195_050],
      ['-0,05', -5],
      ['999999999.99', 99_999_999_999],
    ] as const)
      expect(readPlainKopecks(around(text), 1, 1 + text.length)).toBe(kopecks)
  })

  test('phones', () => {
    const phone = fc.stringMatching(/^\+?[78]?[ (-]?9?[0-9]{2}[) -]?[0-9]{3}[ -]?[0-9]{2}-?[0-9]{2}$/)
    const into = new Uint8Array(12)
    let plain = 0
    fc.assert(
      fc.property(phone, (text) => {
        if (!readPlainPhone(around(text), 1, 1 + text.length, into)) return
        plain++
        expect(readBookPhone(text)).toEqual({ ok: true, phone: textOf(into) })
      }),
      { numRuns: 3000 },
    )
    expect(plain).toBeGreaterThan(100)
  })
})
