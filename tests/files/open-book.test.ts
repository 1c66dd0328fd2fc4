import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { detectDelimiter } from '../../src/files/detect-delimiter.ts'
import { detectEncoding } from '../../src/files/detect-encoding.ts'
import { openBook } from '../../src/files/open-book.ts'
import { cp1251 } from './cp1251.ts'
import { bookOf, zipOf } from './workbook.ts'

async function read(bytes: Uint8Array) {
  const book = await openBook({ bytes })
  const rows = []
  for await (const batch of book.batches()) rows.push(...batch.rows)
  await book.close()
  return { format: book.format, rows: rows.map(({ number, cells }) => [number, ...cells]) }
}

const rows = [
  [1, 'Дата', 'Имя'],
  [2, '01.02.2024', 'Оля; «Ёлка»'],
]

describe('a CSV file', () => {
  const text = 'Дата;Имя\r\n01.02.2024;"Оля; «Ёлка»"\r\n'
  const utf16 = (order: 'le' | 'be') => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
    return order === 'le' ? bytes : bytes.swap16()
  }
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['Windows-1251', cp1251(text), 'windows-1251'],
    ['UTF-16', utf16('le'), 'utf-16le'],
    ['UTF-16, the other way round', utf16('be'), 'utf-16be'],
  ])('in %s is read', async (_, bytes, encoding) => {
    expect(await read(bytes)).toEqual({ format: { kind: 'csv', encoding, delimiter: ';' }, rows })
  })

  test.each([
    [';', 'Дата;Имя\n01.02.2024;"Оля; «Ёлка»"'],
    [',', 'Дата,Имя\n01.02.2024,Оля; «Ёлка»'],
    ['\t', 'Дата\tИмя\n01.02.2024\tОля; «Ёлка»\n'],
    ['|', 'Дата|Имя\n01.02.2024|Оля; «Ёлка»\n'],
    [';', 'sep=;\r\nДата;Имя\r\n01.02.2024;"Оля; «Ёлка»"'],
    ['|', '"sep=|"\nДата|Имя\n01.02.2024|Оля; «Ёлка»'],
    [';', 'Дата;Имя\r01.02.2024;"Оля; «Ёлка»"\r'],
  ])('parted by "%s" is read: %j', async (delimiter, csv) => {
    expect(await read(Buffer.from(csv))).toEqual({
      format: { kind: 'csv', encoding: 'utf-8', delimiter },
      rows,
    })
  })

  test('counts rows as a spreadsheet does, breaks in quotes and empty lines included', async () => {
    const { rows: found } = await read(Buffer.from('a;b\n\n"1\n2";"say ""hi"""\n;\n3;with "quotes" inside\n'))
    expect(found).toEqual([
      [1, 'a', 'b'],
      [2, ''],
      [3, '1\n2', 'say "hi"'],
      [4, '', ''],
      [5, '3', 'with "quotes" inside'],
    ])
  })

  test('is told from a decimal comma by what is regular', () => {
    const prices = Array.from({ length: 20 }, (_, at) => `0${(at % 9) + 1}.03.2024;${at}50,50;Анна`)
    expect(detectDelimiter(['Визиты, март, 2024', 'Дата;Сумма;Имя', ...prices].join('\n'))).toEqual({
      delimiter: ';',
      cells: 3,
      skip: 0,
    })
  })

  test('whose Russian begins far below is not spoilt', async () => {
    const ascii = 'date;name\n' + '01.02.2024;Anna\n'.repeat(20_000)
    const { rows: found, format } = await read(
      Buffer.concat([Buffer.from(ascii), cp1251('02.02.2024;Жанна')]),
    )
    expect(format).toMatchObject({ encoding: 'windows-1251' })
    expect(found).toHaveLength(20_002)
    expect(found.at(-1)).toEqual([20_002, '02.02.2024', 'Жанна'])
  })

  test('with one broken letter among hundreds stays UTF-8', () => {
    const good = Buffer.from('Привет, салон! '.repeat(20))
    expect(detectEncoding(Buffer.concat([good, Buffer.from([0xd0, 0x20])]))).toBe('utf-8')
    expect(detectEncoding(Buffer.from([0xd0, 0x20, 0xcf]))).toBe('windows-1251')
  })

  test('with a quote that is never closed says in which row', async () => {
    const broken = 'a;b\n1;2\n3;"never closed\n' + '4;5\n'.repeat(10)
    await expect(read(Buffer.from(broken))).rejects.toMatchObject({
      key: 'files.quoteOpen',
      params: { row: 3 },
    })
    const long = 'a;b\n1;"' + '4;5\n'.repeat(500_000)
    await expect(read(Buffer.from(long))).rejects.toMatchObject({
      key: 'files.quoteOpen',
      params: { row: 2 },
    })
  })
})

const cell = (place: string, value: string, attributes = '') =>
  `<c r="${place}" ${attributes}><v>${value}</v></c>`

describe('an XLSX book', () => {
  test('is read with its dates, times and numbers as a person sees them', async () => {
    const formats = [
      'dd.mm.yyyy',
      'yyyy-mm-dd hh:mm',
      'h:mm',
      '#,##0.00 "руб. d"',
      '[$-419]d mmmm yyyy;@',
      '[h]:mm',
      '0.00" дней"',
    ]
    const cells = [
      cell('A1', '45366', 's="1"'),
      cell('B1', '45366.604166666664', 's="2"'),
      cell('C1', '0.60416666666666663', 's="3"'),
      cell('D1', '1500.5', 's="4"'),
      cell('E1', '45366', 's="5"'),
      cell('F1', '0.5', 's="6"'),
      cell('G1', '3', 's="7"'),
      cell('H1', '45366', 's="8"'),
      cell('I1', '7.9123456789E10'),
      cell('J1', '0.30000000000000004'),
      cell('K1', '1500.125'),
      cell('L1', '1', 't="b"'),
      cell('M1', '#N/A', 't="e"'),
      cell('N1', '2024-03-15T14:30:00', 't="d"'),
    ]
    const { rows: found } = await read(
      bookOf([{ name: 'Лист1', rows: `<row r="1">${cells.join('')}</row>` }], { formats }),
    )
    expect(found).toEqual([
      [
        1,
        '15.03.2024',
        '15.03.2024 14:30',
        '14:30',
        '1500.5',
        '15.03.2024',
        '12:00',
        '3',
        '15.03.2024',
      ].concat(['79123456789', '0.3', '1500.1250', '1', '#N/A', '2024-03-15T14:30:00'] as never[]),
    ])
  })

  test('is read with texts of every kind', async () => {
    const texts = [
      '<t>Анна &amp; Оля</t>',
      '<r><t>жир</t></r><r><rPr><b/></rPr><t xml:space="preserve">ный </t></r>',
      '<t>漢字</t><rPh sb="0" eb="1"><t>かんじ</t></rPh>',
      '<t>две_x000D_строки_x005F_x000D_</t>',
      '<t/>',
    ]
    const cells = texts.map((_, at) => cell(`${'ABCDE'[at]}1`, String(at), 't="s"'))
    cells.push(
      '<c r="F1" t="inlineStr"><is><t>прямо тут</t></is></c>',
      '<c r="G1" t="str"><f>A1</f><v>по формуле</v></c>',
    )
    const { rows: found } = await read(
      bookOf([{ name: 'Лист1', rows: `<row r="1">${cells.join('')}</row>` }], { texts }),
    )
    expect(found).toEqual([
      [1, 'Анна & Оля', 'жирный ', '漢字', 'две\rстроки_x000D_', '', 'прямо тут', 'по формуле'],
    ])
  })

  test('keeps the numbers of its rows and the places of its cells, said or not', async () => {
    const made =
      '<row r="2"><c r="C2"><v>1</v></c></row><row><c><v>2</v></c><c/><c r="D3"><v>3</v></c></row><row r="7"/>'
    expect((await read(bookOf([{ name: 'Лист1', rows: made }]))).rows).toEqual([
      [2, '', '', '1'],
      [3, '2', '', '', '3'],
      [7],
    ])
  })

  test('counts days from 1904 where it says so', async () => {
    const made = `<row r="1">${cell('A1', '43904', 's="1"')}</row>`
    expect((await read(bookOf([{ name: 'Лист1', rows: made }], { epoch1904: true }))).rows).toEqual([
      [1, '15.03.2024'],
    ])
  })

  test('is its first visible sheet with anything on it, and the others are named', async () => {
    const one = `<row r="1">${cell('A1', '1')}</row>`
    const sheets = [
      { name: 'Скрытый', hidden: true, rows: one },
      { name: 'Пустой', rows: '<row r="1"><c r="A1" s="0"/></row>' },
      { name: 'Визиты', rows: one },
      { name: 'Прайс', rows: one },
    ]
    expect(await read(bookOf(sheets))).toEqual({
      format: { kind: 'xlsx', sheet: 'Визиты', otherSheets: ['Прайс'] },
      rows: [[1, '1']],
    })
  })

  test('of a program that puts prefixes before its names is read as well', async () => {
    const made = '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>да</x:t></x:is></x:c></x:row>'
    const book = bookOf([{ name: 'Лист1', rows: made }])
    expect((await read(book)).rows).toEqual([[1, 'да']])
  })
})

describe("what can't be read says what to do", () => {
  const ole = (name: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000), Buffer.from(name, 'utf16le')])
  const book = bookOf([{ name: 'Лист1', rows: `<row r="1">${cell('A1', '1')}</row>` }])
  test.each([
    ['nothing at all', Buffer.alloc(0), 'files.empty'],
    ['an old Excel book', ole('Workbook'), 'files.oldExcel'],
    ['a book with a password', ole('EncryptedPackage'), 'files.password'],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'files.pdf'],
    ['an archive of something', zipOf({ 'визиты.csv': 'a;b' }), 'files.archive'],
    ['another archive', Buffer.from('Rar!\u001a\u0007'), 'files.archive'],
    ['a binary book', zipOf({ 'xl/workbook.bin': '' }), 'files.oldExcel'],
    ['a LibreOffice table', zipOf({ mimetype: '', 'content.xml': '' }), 'files.openDocument'],
    ['a web page called .xls', Buffer.from('\n<html><table>'), 'files.markup'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'files.image'],
    ['half a book', book.subarray(0, book.length / 2), 'files.broken'],
    ['a book with a broken sheet', bookOf([{ name: 'Лист1', rows: '<row r="1"><c></row>' }]), 'files.broken'],
    ['an empty book', bookOf([{ name: 'Лист1', rows: '' }]), 'files.empty'],
    ['a program', Buffer.from('7f454c4600000000', 'hex'), 'files.unreadable'],
  ])('%s', async (_, bytes, key) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'AdviceError', key })
  })

  let dir: string
  beforeAll(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'books-'))
  })
  afterAll(() => rm(dir, { recursive: true }))

  test('a file that is not there, and a folder', async () => {
    await expect(openBook({ path: path.join(dir, 'нет.csv') })).rejects.toMatchObject({
      key: 'files.notThere',
    })
    await expect(openBook({ path: dir })).rejects.toMatchObject({
      key: 'files.notRead',
      params: { code: 'EISDIR' },
    })
  })

  test('a file on the disk is read like one in memory, and as often as one likes', async () => {
    const file = path.join(dir, 'визиты.csv')
    await writeFile(file, 'a;b\n1;2\n')
    const opened = await openBook({ path: file })
    for (let time = 0; time < 2; time++) {
      const batches: unknown[] = []
      for await (const batch of opened.batches()) batches.push(batch)
      expect(batches).toEqual([
        {
          rows: [
            { number: 1, cells: ['a', 'b'] },
            { number: 2, cells: ['1', '2'] },
          ],
          share: 1,
        },
      ])
    }
    await opened.close()
  })
})
