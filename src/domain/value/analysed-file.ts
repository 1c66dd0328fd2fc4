import type { Analysis } from './analysis.ts'
import type { AnalysisSettings } from './group-analysis.ts'

/** What became of the rows of a file. */
export interface FileAccount {
  /** Rows with something in them, below the header. */
  rows: number
  /** Rows that are visits, and rows that take money back. */
  visits: number
  refunds: number
  /** Visits without an amount: they count as visits that brought nothing. */
  withoutAmount: number
  /** Rows after the day of the analysis: left out. */
  later: number
  /** Rows whose status says that nobody came: left out. */
  calledOff: number
  /** Sums, and headers that come again: left out. */
  others: number
  /** Different lines for which there was no room: their visits count overall only. */
  linesLeft: number
  /** Rows that could not be understood, and the first few of them. */
  refused: number
  examples: readonly RefusedExample[]
  /** Days of the first and the last visit, since 1970-01-01; absent where there are no visits. */
  days?: { first: number; last: number }
}

/** A row that could not be understood: the cell that is to blame, and why. */
export interface RefusedExample {
  row: number
  /** The column's name as in the file. */
  column: string
  value: string
  /** The last word of `visitFile.reason.…`. */
  reason: string
}

/** A file of visits, read and analysed. */
export interface AnalysedFile {
  /** Its name, without folders. */
  name: string
  account: FileAccount
  /** Of the days on which moments fell that were written with their offset from UTC. */
  timeZone: string
  /** Days since 1970-01-01, and where that day comes from. */
  asOf: number
  asOfSource: 'lastVisit' | 'option'
  settings: AnalysisSettings
  analysis: Analysis
  /** A client's id as in the file, or their phone. */
  clientId: (client: number) => string
  /** A line's name for people. */
  lineName: (id: string) => string
}
