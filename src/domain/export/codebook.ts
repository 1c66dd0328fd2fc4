import type { Cell, Column, ExportedResponse, ExportOptions, Field, Table } from './parts.ts'

/** A table of answers as it was made. */
export interface Sheet {
  questionnaire: Pick<Table, 'title'>
  responses: readonly ExportedResponse[]
  fields: readonly Field[]
}

const columns = [
  ['table', 'text'],
  ['column', 'text'],
  ['header', 'text'],
  ['question', 'text'],
  ['kind', 'text'],
  ['scale', 'text'],
  ['values', 'text'],
  ['versions', 'text'],
  ['answers', 'number'],
  ['firstAt', 'time'],
  ['lastAt', 'time'],
] as const satisfies readonly [key: string, type: Column['type']][]

/** What concerns all columns, in the order in which it is worth knowing. */
const notes = [
  'anonymous',
  'words',
  'empty',
  'noOpinion',
  'rows',
  'known',
  'scales',
  'zone',
  'xlsx',
  'csv',
] as const

/** What every column is: notes on the whole first, then one row per column. */
export function codebookOf(sheets: readonly Sheet[], { t, salon }: ExportOptions): Table {
  const time = (at: number | undefined): Cell =>
    at === undefined
      ? undefined
      : Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(salon.timeZone)
  const aboutAll = notes.map((note): Cell[] => [
    t('export.notes.of'),
    undefined,
    undefined,
    t(`export.notes.${note}`, { zone: salon.timeZone }),
  ])
  const aboutColumn = ({ questionnaire, responses }: Sheet, field: Field): Cell[] => {
    const { question, kind, scale, values, versions } = field.about
    const { count, first, last } = answersTo(field, responses)
    const { key, header } = field
    return [
      questionnaire.title,
      key,
      header,
      question,
      kind,
      scale,
      values,
      versions,
      count,
      time(first),
      time(last),
    ]
  }
  return {
    name: 'codebook',
    title: t('export.titles.codebook'),
    columns: columns.map(([key, type]) => ({ key, header: t(`export.codebook.${key}`), type })),
    rows: {
      *[Symbol.iterator]() {
        for (const row of aboutAll) yield padded(row)
        for (const sheet of sheets) for (const field of sheet.fields) yield aboutColumn(sheet, field)
      },
    },
    rowCount: aboutAll.length + sheets.reduce((sum, { fields }) => sum + fields.length, 0),
  }
}

const padded = (row: readonly Cell[]): Cell[] => columns.map((_, at) => row[at])

/** How many answered, and from when to when. */
function answersTo({ read, about: { givenAt } }: Field, responses: readonly ExportedResponse[]) {
  let count = 0
  let first: number | undefined
  let last: number | undefined
  for (const response of responses) {
    if (read(response) === undefined) continue
    count += 1
    const at = givenAt?.(response)
    if (at === undefined) continue
    first = Math.min(first ?? at, at)
    last = Math.max(last ?? at, at)
  }
  return { count, first, last }
}
