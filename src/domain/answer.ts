/** What a person answered: the whole state of a dialogue. */

/** A JSON value, so that a state survives the database, a queue and a new version of the program. */
export type Value =
  | string
  | boolean
  | number
  | null
  | string[]
  | { [row: string]: RowValue }
  | { day: number; month: number; year?: number }

/** A row of a grid: a number on its scale, the id of an option, or null for "can't say". */
export type RowValue = number | string | null

/** A scale by its ends, both included. */
export interface Scale {
  from: number
  to: number
}

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
  /** Scale and grid of numbers: the scale that the numbers were given on. */
  scale?: Scale
  /** The dialogue's version that the question was asked in, where it is not the one that the walk began with. */
  version?: number
  /** When it was last given, epoch milliseconds. Kept where times matter: in the survey and the short form. */
  at?: number
  /** Taken from what is known of the person: it was not asked. */
  known?: true
}
export type Answers = Readonly<Record<string, Answer>>
