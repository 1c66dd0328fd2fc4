import type { Translate } from '../survey-words.ts'
import type { Preview } from './preview.ts'
import type { RowProblem } from './visit-record.ts'

/** "I understood it so": the whole preview, a line each, from the title to what is wrong. */
export const sayPreview = (preview: Preview, t: Translate): string[] => [
  t('visitFile.preview.title'),
  sayFormat(preview, t),
  ...preview.columns.map(({ meaning, name, example }) => {
    const cell = example === '' ? 'noExample' : 'example'
    return `• ${t(`visitFile.meaning.${meaning}`)}: ${t(`visitFile.preview.${cell}`, { name, example: shortened(example) })}`
  }),
  ...sayRest(preview, t),
  ...sayMeaning(preview, t),
  ...sayCounts(preview, t),
  ...preview.missing.map((what) => `✗ ${t(`visitFile.missing.${what}`)}`),
]

/** "row 5, "Date": 31.02.2024: there is no such day". */
export function sayProblem({ row, column, value, reason, params }: RowProblem, t: Translate): string {
  const key = value === '' ? 'problemEmpty' : 'problem'
  return t(`visitFile.${key}`, { row, column, value: shortened(value), reason: t(reason, params) })
}

const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1251': 'Windows-1251',
}
const delimiters: Readonly<Record<string, string>> = {
  ';': 'semicolon',
  ',': 'comma',
  '\t': 'tab',
  '|': 'bar',
}

function sayFormat({ format, rows }: Preview, t: Translate): string {
  const what =
    format.kind === 'xlsx'
      ? t('visitFile.preview.xlsx', { sheet: format.sheet })
      : t('visitFile.preview.csv', {
          encoding: encodings[format.encoding] ?? format.encoding,
          delimiter: t(`visitFile.delimiter.${delimiters[format.delimiter] ?? 'comma'}`),
        })
  return `${what}. ${t('visitFile.preview.rows', { count: rows })}`
}

const quoted = (names: readonly string[], t: Translate): string =>
  names.map((name) => t('visitFile.preview.noExample', { name: shortened(name) })).join(', ')

function sayRest({ format, unused, rivals, columns }: Preview, t: Translate): string[] {
  const lost = new Set(rivals.map(({ name }) => name))
  const left = unused.filter((name) => !lost.has(name))
  return [
    ...rivals.map(({ name, meaning }) => {
      const taken = columns.find((column) => column.meaning === meaning)?.name ?? ''
      return t('visitFile.preview.rival', { name, meaning: t(`visitFile.meaning.${meaning}`), taken })
    }),
    ...(left.length > 0 ? [t('visitFile.preview.unused', { names: quoted(left, t) })] : []),
    ...(format.kind === 'xlsx' && format.otherSheets.length > 0
      ? [t('visitFile.preview.otherSheets', { sheets: quoted(format.otherSheets, t) })]
      : []),
  ]
}

/** How dates and amounts are read, where a cell alone does not tell. */
function sayMeaning({ found, layout }: Preview, t: Translate): string[] {
  return [
    ...(found.dateOrder === 'none' ? [] : [t(`visitFile.preview.${layout.dateOrder}`)]),
    ...found.thousands.map((sign) => t('visitFile.preview.thousands', { sign })),
    ...found.unclear.map((sign) => t('visitFile.preview.thousandsUnclear', { sign })),
    ...(layout.kopecks ? [t('visitFile.preview.kopecks')] : []),
  ]
}

function sayCounts({ looked, missing }: Preview, t: Translate): string[] {
  if (missing.length > 0) return []
  const { rows, readable, skipped, problems } = looked
  const wrong = rows - readable - skipped
  return [
    t('visitFile.preview.looked', { count: rows, readable, wrong, skipped }),
    ...problems.map((problem) => `  ${sayProblem(problem, t)}`),
  ]
}

/** Cells are short; who has written a novel into one is shown its beginning. */
const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
