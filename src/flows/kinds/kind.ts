import type { ButtonGroup, RichText } from '../conversation.ts'
import type { Answer, Answers } from '../../domain/answer.ts'
import type { Question, Scene } from '../question.ts'

/** What the person gave to the current question: a button's token, or words. */
export type Said = { token: string } | { typed: string } | { contact: { phone: string; own: boolean } }

export type Reading =
  /** `page` keeps a long list where it is while its options are ticked. */
  | { ok: true; answer: Answer; page?: number }
  /** Nothing changes but the look: another page of a long list. */
  | { ok: true; page: number }
  /** `problem` tells the person what was wrong and what to do. */
  | { ok: false; problem: string }

/** One place in a dialogue: a question, the sentences' key, the grid's row, the answer so far. */
export interface Spot<Q extends Question = Question> {
  question: Q
  /** Locale key of the question: "<dialogue>.<question>". */
  key: string
  answers: Answers
  answer: Answer | undefined
  row?: string
  page: number
}

/** How a question is put. */
export interface Face {
  text?: RichText
  groups: ButtonGroup[]
  hint?: string
  askPhone?: { label: string }
}

/** A question kind: how it is put, how an answer is read, when it is complete, how it is shown when given. */
export interface Kind<Q extends Question> {
  /** `values` makes a button's value of its token. */
  face(spot: Spot<Q>, scene: Scene, value: (token: string) => string): Face
  read(spot: Spot<Q>, scene: Scene, said: Said): Reading
  /** In words, for the trail and the summary. */
  show(spot: Spot<Q>, scene: Scene): string
}

export const problem = (sentence: string): Reading => ({ ok: false, problem: sentence })
export const given = (value: Answer['value']): Reading => ({
  ok: true,
  answer: value === undefined ? {} : { value },
})
