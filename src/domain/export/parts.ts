/** What the tables that people take away are made of. */
import type { Language, Salon } from '../salon.ts'
import type { Survey, SurveyResponse } from '../survey.ts'
import type { Translate } from '../survey-words.ts'

/** Nothing: not answered, passed over, or not asked. */
export type Cell = string | number | Temporal.ZonedDateTime | undefined

export interface Column {
  /** The column's name for programs: the same in every language. */
  key: string
  /** Its name for people. Both are unique in their table. */
  header: string
  type: 'text' | 'number' | 'time'
}

export interface Table {
  name: 'survey' | 'visits' | 'codebook' | 'segments' | 'segments-codebook'
  title: string
  columns: readonly Column[]
  /** Made while they are walked through, and anew each time. */
  rows: Iterable<readonly Cell[]>
  rowCount: number
}

/** A table whose rows come from somewhere as they are wanted; made anew each time. */
export type StreamedTable = Omit<Table, 'rows'> & { rows: AsyncIterable<readonly Cell[]> }

/** A column of answers, where its cells come from, and what the codebook says of it. */
export interface Field extends Column {
  read(response: ExportedResponse): Cell
  about: {
    question: string
    kind: string
    scale?: string
    values?: string
    /** Those that ask it. */
    versions?: string
    /** When the answer was given that it reads, epoch milliseconds. */
    givenAt?(response: ExportedResponse): number
  }
}

export type ExportedResponse = SurveyResponse & {
  /** Given by a client whom `demo-data` invented. */
  demo?: boolean
}

export interface ExportOptions {
  responses: readonly ExportedResponse[]
  /** Every version that was ever asked; at least one. */
  versions: readonly Survey[]
  salon: Pick<Salon, 'lines' | 'timeZone'>
  /** Says `export.…` and the built-in words of the survey. */
  t: Translate
  language: Language
}
