/** A row of the salon's books, understood. */
export interface VisitRecord {
  /** The row's number in the file as a spreadsheet counts: the header is in row 1. */
  row: number
  /** Whose visit it is: at least an external id or a phone. */
  client: {
    externalId?: string
    /** E.164. */
    phone?: string
    name?: string
  }
  /** Epoch milliseconds; noon in the salon's zone where only the day is known. */
  at: number
  timeKnown: boolean
  /** A salon's line id. */
  line?: string
  /** A salon's service id, or as the books call it. */
  service?: string
  /** A salon's master id, or as the books call them. */
  master?: string
  /** Integer; below 0: a refund. */
  kopecks?: number
  externalId?: string
}

/** Why a row can't be taken: a cell, and what is wrong with it. */
export interface RowProblem {
  row: number
  /** The column's name as in the file. */
  column: string
  value: string
  /** A sentence of the locales, and what it mentions. */
  reason: string
  params?: Record<string, string | number>
}
