/** An answer that was taken, and what it leads to beyond being an answer. */
import type { Fact, Known, Walk } from '../domain/known.ts'
import type { Current } from './current.ts'
import type { Move, Stepped } from './engine.ts'
import type { Before, Spoken } from './reply.ts'

export interface Effect {
  known: Known
  facts: Fact[]
  spoken: Spoken
}

export interface Done {
  known: Known
  /** With the answer. */
  walk: Walk
  /** Where the person was before: the former walk, the question and its row. */
  at: Current
  stepped: Stepped
  move: Move
  evidence: string
  before: Before
}
