import type { RowProblem, VisitRecord } from '../../domain/visit-file/visit-record.ts'

/** What a problem is about: the writer knows no columns. */
export type RecordField = 'clientId' | 'phone' | 'name' | 'visitId' | 'line' | 'service' | 'master'

/** A `RowProblem` before its column is named. */
export type RecordProblem = Omit<RowProblem, 'column'> & { field: RecordField }

/** An index holds no longer values. */
const mostLetters = 300

/** Why the database can't hold this record; undefined when it can. */
export function unstorable(record: VisitRecord): RecordProblem | undefined {
  for (const [field, value] of textsOf(record)) {
    // PostgreSQL has no text with a zero byte.
    if (value === undefined || (value.length <= mostLetters && !value.includes('\0'))) continue
    const params = { most: mostLetters }
    return { row: record.row, field, value, reason: 'importBot.problem.tooLong', params }
  }
  return undefined
}

const textsOf = (record: VisitRecord): [RecordField, string | undefined][] => [
  ['clientId', record.client.externalId],
  ['phone', record.client.phone],
  ['name', record.client.name],
  ['visitId', record.externalId],
  ['line', record.line],
  ['service', record.service],
  ['master', record.master],
]
