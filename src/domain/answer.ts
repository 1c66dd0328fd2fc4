/** What a person answered: the whole state of a dialogue. */

/** A JSON value, so that a state survives the database, a queue and a new version of the program. */
export type Value =
  | string
  | boolean
  | number
  | null
  | string[]
  | { [row: string]: number | null }
  | { day: number; month: number; year?: number }

export interface Answer {
  value?: Value
  /** The person passed over the question; rows of a grid that were given still count. */
  skipped?: true
  /** Being given right now, or opened again to be changed: the old value stays until a new one comes. */
  open?: true
  /** Grid: rows opened again to be changed. */
  again?: string[]
  /** Opened again from the summary, and leads back to it. */
  edited?: true
}
export type Answers = Readonly<Record<string, Answer>>
