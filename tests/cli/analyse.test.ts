import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import writeExcelFile from 'write-excel-file/node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { runCommandLine } from '../../src/cli/command-line.ts'
import oracle from '../fixtures/clv/salon_oracle.json' with { type: 'json' }
import { close, fixture } from '../domain/value/close.ts'

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'analyse-'))
})
afterEach(() => rm(cwd, { recursive: true }))

async function run(argv: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const said: string[] = []
  const complained: string[] = []
  const code = await runCommandLine({
    argv: ['analyse', ...argv],
    env: { LANG: 'en_US.UTF-8', LOG_LEVEL: 'silent', ...env },
    cwd,
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
    loadProduct: () => Promise.reject(new Error('nothing was to be started here')),
    exit: () => {},
  })
  return { code, said: said.join('\n').replaceAll('\u00a0', ' '), complained: complained.join('\n') }
}

const save = (name: string, content: string | Uint8Array) => writeFile(path.join(cwd, name), content)

interface Told {
  r: number
  f: number
  m: number
  code: string
  segment: string
  clv: number
  pAlive: number | null
  expectedVisits: Record<string, number> | null
  expectedAmount: number | null
  predictiveClv: number | null
  warning: { kind: string; atStake: number } | null
}

type Fitted = Record<string, number> | null

interface Json {
  version: number
  asOf: string
  asOfSource: string
  file: Record<string, number | string | null> & { examples: unknown[] }
  scheme: string
  settings: Record<string, unknown>
  models: Record<'overall', GroupModels> & { lines: Record<string, GroupModels> }
  segments: { overall: GroupSegments; lines: Record<string, GroupSegments> }
  clients: Record<string, { overall: Told; lines: Record<string, Told> }>
}

interface GroupModels {
  n: number
  repeatClients: number | null
  tooLittleData: string | null
  bgNbd: Fitted
  paretoNbd: Fitted
  gammaGamma: Fitted
  chosen: string | null
}

interface GroupSegments {
  n: number
  codes: Record<string, number>
  segments: Record<string, { n: number; visits: number; m: number; clv: number }>
}

async function analysed(...argv: string[]): Promise<Json> {
  const { code, said, complained } = await run([...argv, '--json'])
  expect({ code, complained }).toEqual({ code: 0, complained: '' })
  return JSON.parse(said) as Json
}

/** What is said of the clients, without the floating point's last digits. */
const figuresOf = ({ clients }: Json) =>
  Object.fromEntries(
    Object.entries(clients).map(([id, { overall, lines }]) => [
      id,
      {
        overall: plain(overall),
        lines: Object.fromEntries(Object.entries(lines).map(([line, told]) => [line, plain(told)])),
      },
    ]),
  )
const plain = ({ r, f, m, code, segment, clv }: Told) => ({ r, f, m, code, segment, clv: Math.round(clv) })

describe('the made-up salon, counted elsewhere', () => {
  const salon = async (...more: string[]) => {
    await save('visits.csv', fixture('salon_visits.csv'))
    return analysed('visits.csv', '--as-of', oracle.end_of_data, ...more)
  }

  test('has the codes, the counts and the models of the oracle', async () => {
    const found = await salon()
    expect(found).toMatchObject({
      version: 1,
      asOf: oracle.end_of_data,
      asOfSource: 'option',
      scheme: 'halves',
      file: {
        name: 'visits.csv',
        rows: oracle.visits,
        visits: oracle.visits,
        refunds: 0,
        refused: 0,
        clients: oracle.clients,
      },
    })
    const { overall, nails, hair, cosmetology } = oracle.rfm_2x2x2
    for (const [group, wanted] of [
      [found.segments.overall, overall],
      [found.segments.lines['nails'], nails],
      [found.segments.lines['hair'], hair],
      [found.segments.lines['cosmetology'], cosmetology],
    ] as const) {
      expect(group).toMatchObject({ n: wanted.clients, codes: wanted.counts })
    }
    for (const [name, wanted] of Object.entries({ overall, nails, hair, cosmetology }))
      for (const [id, { R, F, M, code }] of Object.entries(wanted.first_clients)) {
        const own = found.clients[id]
        expect(name === 'overall' ? own?.overall : own?.lines[name]).toMatchObject({
          r: R,
          f: F,
          m: M * 100,
          code,
        })
      }
    const { bgNbd, paretoNbd, gammaGamma, chosen, n } = found.models.overall
    for (const [fitted, names, { params, loglik }] of [
      [bgNbd, ['r', 'alpha', 'a', 'b'], oracle.fits.bg],
      [paretoNbd, ['r', 'alpha', 's', 'beta'], oracle.fits.pn],
      [gammaGamma, ['p', 'q', 'gamma'], oracle.fits.gg],
    ] as const) {
      names.forEach((name, place) => close(fitted?.[name] ?? NaN, params[place] ?? NaN, 1e-4))
      expect(Math.abs((fitted?.['logLikelihood'] ?? NaN) - loglik)).toBeLessThan(1e-6)
    }
    expect({ n, chosen }).toEqual({ n: oracle.clients, chosen: 'paretoNbd' })
  })

  test('gives each client a forecast, and names those who are slipping away', async () => {
    const { clients } = await salon()
    expect(Object.keys(clients)).toHaveLength(oracle.clients)
    for (const { overall } of Object.values(clients)) {
      expect(overall.pAlive).toBeGreaterThanOrEqual(0)
      expect(overall.pAlive).toBeLessThanOrEqual(1)
      expect(overall.expectedVisits?.['365']).toBeGreaterThanOrEqual(overall.expectedVisits?.['90'] ?? NaN)
      expect(overall.predictiveClv).toBeGreaterThanOrEqual(0)
      expect(overall.expectedAmount).toBeGreaterThan(0)
    }
    const warned = Object.values(clients).filter(({ overall }) => overall.warning !== null)
    expect(warned.length).toBeGreaterThan(10)
    expect(warned.every(({ overall }) => (overall.warning?.atStake ?? 0) > 0)).toBe(true)
  })

  test('ends with the last visit where no other day is asked for, and says so', async () => {
    await save('visits.csv', fixture('salon_visits.csv'))
    expect(await analysed('visits.csv')).toMatchObject({ asOf: '2026-06-29', asOfSource: 'lastVisit' })
    const { said } = await run(['visits.csv'])
    expect(said).toContain('Counted as of June 29, 2026, the day of the last visit in the file.')
    expect(said).toMatch(/^ {2}Valuable +281 +23% +₽17,112,550 +61% /m)
    expect(said).toContain('Pareto/NBD')
  })

  test('is as well without a forecast, but for what only a forecast tells', async () => {
    const [full, quick] = [await salon(), await salon('--no-forecast')]
    expect(figuresOf(quick)).toEqual(figuresOf(full))
    expect(quick.models.overall).toMatchObject({ bgNbd: null, tooLittleData: null, chosen: null })
    expect(quick.clients['C0001']?.overall).toMatchObject({ pAlive: null, expectedVisits: null })
  })

  test('leaves out what is later than the day asked for', async () => {
    await save('visits.csv', fixture('salon_visits.csv'))
    const { file, clients } = await analysed('visits.csv', '--as-of', '31.12.2025')
    expect(Number(file['visits']) + Number(file['later'])).toBe(oracle.visits)
    expect(file['lastVisit']).toMatch(/^2025-12/)
    expect(Object.values(clients).every(({ overall }) => overall.r >= 0)).toBe(true)
  })

  test('can be divided in fifths, and discounted otherwise', async () => {
    const found = await salon('--scheme', 'quintiles', '--discount', '20')
    expect(found).toMatchObject({ scheme: 'quintiles', settings: { discount: 0.2 } })
    expect(Object.keys(found.segments.overall.segments)).toContain('champions')
    const half = await salon()
    expect(found.clients['C0001']?.overall.clv).toBeLessThan(half.clients['C0001']?.overall.clv ?? 0)
  })
})

const plainFile = `client,date,line,amount
1,2026-01-10,nails,1500
1,2026-03-15,hair,2000.50
2,2026-02-01,nails,700
2,2026-02-01,hair,300
3,2026-03-31,nails,1000
1,2026-03-15,nails,-500
`

describe('however the file is written', () => {
  const wanted = async () => {
    await save('plain.csv', plainFile)
    return figuresOf(await analysed('plain.csv'))
  }
  const russian = [
    'Клиент;Дата визита;Направление;Сумма',
    '1;10.01.2026;nails;1 500,00',
    '1;15.03.2026 14:30;hair;2 000,50 ₽',
    '2;01.02.2026;nails;700',
    '2;1.2.2026;"Hair";300,0',
    '3;31.03.2026;nails;1000 руб.',
    '1;15.03.2026 9:05;NAILS;-500',
    '',
  ]

  test('rows are one client on one day, refunds no visits, and lines one whatever their case', async () => {
    expect(await wanted()).toMatchObject({
      1: {
        overall: { r: 16, f: 2, m: 300050 },
        lines: { nails: { r: 80, f: 1, m: 100000 }, hair: { f: 1, m: 200050 } },
      },
      2: { overall: { r: 58, f: 1, m: 100000 }, lines: { nails: { m: 70000 }, hair: { m: 30000 } } },
      3: { overall: { r: 0, f: 1, m: 100000 } },
    })
  })

  test.each<[string, () => string | Uint8Array]>([
    ['in Russian, with commas before kopecks and dots in dates', () => russian.join('\n')],
    ['with a mark at the beginning, and Windows line ends', () => `\uFEFF${russian.join('\r\n')}`],
    ['in Windows-1251', () => inWindows1251(russian.join('\r\n'))],
    ['in UTF-16', () => Buffer.from(`\uFEFF${russian.join('\r\n')}`, 'utf16le')],
    ['with the separator told to Excel', () => `sep=;\r\n${russian.join('\r\n')}`],
    ['with line ends of an old Mac', () => plainFile.replaceAll('\n', '\r')],
    ['with tabs', () => plainFile.replaceAll(',', '\t')],
    ['with bars', () => plainFile.replaceAll(',', '|')],
    ['with everything quoted', () => plainFile.replaceAll(/[^,\n]+/g, '"$&"')],
    ['with no end of the last line', () => plainFile.trimEnd()],
    [
      'with blanks around the cells, and empty lines',
      () => plainFile.replaceAll(',', ' , ').replaceAll('\n', '\n\n'),
    ],
    ['with a title above and a sum below', () => `Visits in 2026,,,\n\n${plainFile}Total,,,5000.50\n`],
    [
      'with other columns that hold line breaks and delimiters',
      () =>
        plainFile
          .replace('client,', 'Comment,client,')
          .replaceAll(/^(?=\d)/gm, '"said ""well, \nyes"", left",'),
    ],
  ])('%s', async (_, content) => {
    await save('visits.csv', content())
    const found = figuresOf(await analysed('visits.csv', '--as-of', '2026-03-31'))
    expect(lowerLines(found)).toEqual(await wanted())
  })

  test('as a book of Excel', async () => {
    const rows = plainFile
      .trim()
      .split('\n')
      .map((row) => row.split(','))
    const cells = rows.map((row, at) =>
      row.map((cell, column) => {
        if (at > 0 && column === 1)
          return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'dd.mm.yyyy' }
        return at > 0 && column === 3 ? { value: Number(cell), type: Number } : { value: cell, type: String }
      }),
    )
    await save('visits.xlsx', await writeExcelFile(cells as never).toBuffer())
    expect(figuresOf(await analysed('visits.xlsx'))).toEqual(await wanted())
  })

  test('a phone is one client however it is written', async () => {
    await save(
      'visits.csv',
      'Телефон;Дата;Сумма\n8 912 345-67-89;01.03.2026;1000\n+79123456789;02.03.2026;1000\n"8(912)3456789";03.03.2026;1000\n9123456789;04.03.2026;1000\n8 (495) 123-45-67;04.03.2026;1000\n+7 495 1234567;05.03.2026;1\n',
    )
    const { clients } = await analysed('visits.csv')
    expect(Object.fromEntries(Object.entries(clients).map(([id, { overall }]) => [id, overall.f]))).toEqual({
      '+79123456789': 4,
      '+74951234567': 2,
    })
  })

  test('what a column means is learnt from all of it, also from its end', async () => {
    const rows = Array.from(
      { length: 30_000 },
      (_, at) => `C${at % 50},0${1 + (at % 9)}/0${1 + (at % 7)}/2025,"1,${100 + (at % 900)}"`,
    )
    const told = ['C1,03/25/2025,"2,000"', 'C1,03/26/2025,900.50']
    await save(
      'visits.csv',
      ['client,date,amount,note', ...rows.map((row) => `${row},${'x'.repeat(40)}`), ...told].join('\n'),
    )
    const { file, clients } = await analysed('visits.csv')
    expect(file).toMatchObject({
      rows: 30_002,
      refused: 0,
      firstVisit: '2025-01-01',
      lastVisit: '2025-09-07',
    })
    const sum = rows.reduce((all, _, at) => all + 1000_00 + (100 + (at % 900)) * 100, 0) + 2000_00 + 900_50
    expect(Object.values(clients).reduce((all, { overall }) => all + overall.m, 0)).toBe(sum)
  })

  const lowerLines = (found: Awaited<ReturnType<typeof wanted>>) =>
    Object.fromEntries(
      Object.entries(found).map(([id, { overall, lines }]) => [
        id,
        {
          overall,
          lines: Object.fromEntries(Object.entries(lines).map(([line, told]) => [line.toLowerCase(), told])),
        },
      ]),
    )
})

function inWindows1251(text: string): Uint8Array {
  const decoder = new TextDecoder('windows-1251')
  const letters = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  )
  return Uint8Array.from(text.replaceAll('₽', 'р.'), (letter) => letters.get(letter) ?? 63)
}

test('of too many lines the last ones count overall only, and that is told', async () => {
  const rows = Array.from({ length: 150 }, (_, at) => `${at},2026-01-10,line ${at},100`)
  await save('visits.csv', ['client,date,line,amount', ...rows].join('\n'))
  const { file, models } = await analysed('visits.csv')
  expect(file).toMatchObject({ clients: 150, linesLeft: 23 })
  expect(Object.keys(models.lines)).toHaveLength(127)
  expect((await run(['visits.csv'])).said).toContain('23 of them count overall only')
})

test('a last visit that is still to come is told of', async () => {
  await save('visits.csv', plainFile.replace('2026-03-31', '2126-03-31'))
  expect((await run(['visits.csv'])).said).toContain('That day is still to come.')
  expect((await run(['visits.csv', '--as-of', '2026-03-31'])).said).not.toContain('still to come')
})

test('nothing from the file is a command to the terminal', async () => {
  await save(
    'visits.csv',
    plainFile.replaceAll('nails', '\u001b[31mnails').replace('2026-01-10', '\u001b[2J'),
  )
  const { said } = await run(['visits.csv'])
  expect(said).toContain('[31mnails')
  expect(said).not.toContain('\u001b')
})

describe('what can not be taken', () => {
  test('bad rows are counted, the first of them told with their place and reason, and hold nobody back', async () => {
    await save(
      'visits.csv',
      'client;date;amount;status\n1;01.02.2026;1000;пришёл\n2;31.02.2026;1000;\n;01.02.2026;1000;\n3;01.02.2026;много;\n4;01.02.2026;;\n5;02.02.2026;10;не пришёл\n',
    )
    const { file, clients } = await analysed('visits.csv')
    expect(Object.keys(clients)).toEqual(['1', '4'])
    expect(file).toMatchObject({ rows: 6, visits: 2, refused: 3, withoutAmount: 1, calledOff: 1 })
    expect(file.examples).toEqual([
      { row: 3, column: 'date', value: '31.02.2026', reason: 'dateNotReal' },
      { row: 4, column: 'client', value: '', reason: 'noClient' },
      { row: 5, column: 'amount', value: 'много', reason: 'amountUnreadable' },
    ])
    const { said } = await run(['visits.csv'], { LANG: 'ru_RU.UTF-8' })
    expect(said).toContain('3 строки понять не удалось')
    expect(said).toContain('строка 3, «date»: «31.02.2026» (такого дня в календаре нет)')
    expect(said).toContain('Клиентов пока 2: по такому числу доли ни о чём не говорят')
    expect(said).toContain(
      'Для прогноза данных мало: из клиентов (2) повторно приходили 0, а нужно хотя бы 100',
    )
  })

  test.each([
    ['nothing.csv', undefined, /nothing\.csv/],
    ['folder', 'folder', /folder is a folder/],
    ['empty.csv', '', /./],
    ['blank.csv', ' \n\n', /./],
    ['names.csv', 'client,date,amount\n', /not one visit below the names of the columns in names\.csv/],
    [
      'headless.csv',
      '1,2026-01-01,500\n2,2026-01-02,500\n',
      /no names of columns.*First row|no names of columns.*«1», «2026-01-01», «500»/,
    ],
    ['who.csv', 'date,amount\n2026-01-01,500\n', /no client number, no phone and no name.*«date», «amount»/],
    ['when.csv', 'client,amount\n1,500\n', /no column with the date.*«client», «amount»/],
    ['what.csv', 'client,date\n1,2026-01-01\n', /no column with the amount.*«client», «date»/],
    ['bad.csv', 'client,date,amount\n1,never,500\n', /Not one row of bad\.csv.*row 2.*"date".*"never"/],
    ['binary.csv', Uint8Array.of(0, 1, 2, 3, 0, 255), /./],
    ['old.csv', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0), /./],
    ['paper.csv', '%PDF-1.7\n', /PDF/],
  ])('%s', async (name, content, expected) => {
    if (content === 'folder') await mkdir(path.join(cwd, name))
    else if (content !== undefined) await save(name, content)
    for (const LANG of ['en_US.UTF-8', 'ru_RU.UTF-8']) {
      const { code, said, complained } = await run([name], { LANG })
      expect({ code, said }).toEqual({ code: 1, said: '' })
      expect(complained).toMatch(LANG.startsWith('en') ? expected : /^✗ .*[а-яё]{3}/i)
      expect(complained).not.toMatch(/\n {2,}at |undefined|Неожиданная|Unexpected/)
    }
  })

  test.each([
    [['--as-of', 'tomorrow'], '--as-of <date>: a date is needed'],
    [['--as-of', '2026-02-30'], '--as-of <date>: a date is needed'],
    [['--discount', '-1'], '--discount <percent>: a percentage'],
    [['--scheme', 'thirds'], '--scheme <scheme>: only halves, quintiles are possible here.'],
    [[], '✗ file is missing.'],
  ])('%j is a mistake of usage', async (flags, expected) => {
    await save('visits.csv', plainFile)
    const { code, complained } = await run(flags.length === 0 ? [] : ['visits.csv', ...flags])
    expect(code).toBe(2)
    expect(complained).toContain(expected)
  })

  test('a day before all visits', async () => {
    await save('visits.csv', plainFile)
    const { code, complained } = await run(['visits.csv', '--as-of', '2020-01-01'])
    expect([code, complained]).toEqual([1, expect.stringContaining('later than the day you are asking for')])
  })

  test('a salon file with mistakes, where there is one', async () => {
    await save('visits.csv', plainFile)
    await save('salon.yaml', 'name: 5\n')
    const { code, complained } = await run(['visits.csv'])
    expect([code, complained]).toEqual([2, expect.stringContaining('✗ name')])
  })
})

test("the salon's own settings and names count where it has a file", async () => {
  const example = await readFile(path.resolve(import.meta.dirname, '../../salon.example.yaml'), 'utf8')
  await save(
    'mine.yaml',
    `${example.replace(/^value:[\s\S]*?(?=^\S)/m, '')}\nvalue:\n  scheme: quintiles\n  discountPercent: 7\n`,
  )
  await save('visits.csv', plainFile.replaceAll('nails', 'Ногтевой сервис'))
  const found = await analysed('visits.csv', '--salon', 'mine.yaml')
  expect(found).toMatchObject({ scheme: 'quintiles', settings: { discount: 0.07 } })
  expect(Object.keys(found.models.lines)).toEqual(['nails', 'hair'])
})

describe('the report', () => {
  test('is one page in which whatever came from the file is text', async () => {
    await save(
      '<i>visits.csv',
      fixture('salon_visits.csv')
        .replaceAll('nails', '<b>&"nails')
        .replaceAll('C0991', '<script>alert(1)</script>'),
    )
    const { code, said } = await run(['<i>visits.csv', '--report', 'out/report'])
    expect(code).toBe(0)
    const dir = path.join(cwd, 'out', 'report')
    expect(await readdir(dir)).toEqual(['otklik-clients-2026-06-29.html'])
    expect(said).toContain(path.join(dir, 'otklik-clients-2026-06-29.html'))
    const page = await readFile(path.join(dir, 'otklik-clients-2026-06-29.html'), 'utf8')
    expect(page).not.toMatch(/<script|<b>&|<i>visits/)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page.match(/<svg /g)).toHaveLength(4)
    const ids = Array.from(page.matchAll(/ id="([^"]+)"/g), ([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/)
  })

  test('of a few clients has no shares, and no forecast', async () => {
    await save('visits.csv', plainFile)
    const { code } = await run(['visits.csv', '--report', '.'], { LANG: 'ru_RU.UTF-8' })
    expect(code).toBe(0)
    const page = await readFile(path.join(cwd, 'otklik-clients-2026-03-31.html'), 'utf8')
    expect(page).toContain('<html lang="ru">')
    expect(page).toContain('Клиентов пока 3')
    expect(page).not.toContain('<svg')
    expect(page).toContain('Для прогноза данных мало')
  })

  test('can not be written where a file is in the way', async () => {
    await save('visits.csv', plainFile)
    const { code, complained } = await run(['visits.csv', '--report', 'visits.csv'])
    expect([code, complained]).toEqual([1, expect.stringContaining('could not be written')])
  })
})

test('whoever has seen enough of the JSON ends it quietly', async () => {
  const rows = Array.from({ length: 50_000 }, (_, at) => `client${at},2026-01-0${1 + (at % 9)},${at}`)
  await save('visits.csv', ['client,date,amount', ...rows].join('\n'))
  const program = path.resolve(import.meta.dirname, '../../src/otklik.ts')
  const command = `"${process.execPath}" "${program}" analyse visits.csv --json | head -c 100`
  const child = spawn('bash', ['-c', `${command}; echo "\${PIPESTATUS[0]}" >&2`], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  await once(child, 'close')
  expect(out).toHaveLength(100)
  expect(err).toBe('0\n')
})
