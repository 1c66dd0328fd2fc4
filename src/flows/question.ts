/**
 * The vocabulary of a dialogue. A dialogue is a list of questions and its state is its answers, keyed by the question's id:
 * what is asked next, what is shown and where "back" leads all follow from those two.
 */
import type { Answers } from '../domain/answer.ts'
import type { Birthday } from '../domain/birthday.ts'
import type { Chat, Client, ConsentPurpose } from '../domain/client.ts'
import type { Language, Salon } from '../domain/salon.ts'

export type Translate = (key: string, values?: Record<string, string | number>) => string

/** All that a question may know besides the answers. Arguments of the pure step: the engine looks nowhere else. */
export interface Scene {
  t: Translate
  language: Language
  salon: Salon
  client: Client
  chat: Chat
  /** Platforms on which this person has a chat that can be reached. */
  reachableOn: readonly Chat['platform'][]
  /** The salon's date. */
  today: { day: number; month: number; year: number }
  now: number
  documents: Record<ConsentPurpose, { text: string; hash: string }>
  /** How many inline buttons a message may have on this platform. */
  room: number
  /** The platform can share the person's phone by a button. */
  contactButton: boolean
  /** Every dialogue there is, by name. */
  dialogues: Readonly<Record<string, Dialogue>>
}

export interface Option {
  value: string
  label: string
  color?: 'primary' | 'positive' | 'negative'
  /** What is typed for it, beside its label. */
  means?: 'yes' | 'no'
}

interface Asked {
  /** Unique in its dialogue, [a-zA-Z]{1,16}: stands in button values. */
  id: string
  /** Asked only when this holds. */
  when?: (scene: Scene, answers: Answers) => boolean
  /** May be passed over. */
  optional?: boolean
  /** Once answered there is no way back to it (a consent is changed in its own place). */
  final?: boolean
  /** The answered question stays in the chat as a message of its own. */
  keep?: boolean
  /** There is a sentence "<key>.hint" under the question. */
  hint?: boolean
  /** Placeholders of its sentences. */
  values?: (scene: Scene, answers: Answers) => Record<string, string | number>
  /** Further buttons that do not answer: label's key and the value they send. */
  extra?: (scene: Scene) => { label: string; value: string }[]
  /** Stands outside the progress: it belongs to the question before it, or asks about something else. */
  uncounted?: boolean
}

type Options = (scene: Scene, answers: Answers) => Option[]

export interface Choice extends Asked {
  kind: 'choice'
  options: Options
  /** What is typed for an option without being its label or its number: the option's value. */
  means?: (typed: string) => string | undefined
}
export interface Choices extends Asked {
  kind: 'choices'
  options: Options
}
export interface Confirm extends Asked {
  kind: 'confirm'
  /** A yes must be meant: "ok" after something else was said is none, and "<key>.unclear" is said. */
  explicit?: boolean
}
export interface Scale extends Asked {
  kind: 'scale'
  from: number
  to: number
  noOpinion?: boolean
}
/** A card that walks row by row: each is answered with a number, or with one of the `columns`. */
export type Grid = Asked & { kind: 'grid'; rows: Options } & (
    | { from: number; to: number; noOpinion?: boolean; columns?: never }
    | { columns: Options; from?: never; to?: never; noOpinion?: never }
  )
/** A reason in one tap, or in the person's own words: the answer is a list of one option, or a text. */
export interface Chips extends Asked {
  kind: 'chips'
  options: Options
  maxLength: number
}
export interface TextQuestion extends Asked {
  kind: 'text'
  maxLength: number
  /** What the answer must look like; otherwise "<key>.invalid" is said. */
  pattern?: RegExp
  /** Offered as a button. */
  suggestion?: (scene: Scene) => string | undefined
  /** Several messages in a row are one answer; "done" ends it. */
  several?: boolean
}
export interface Phone extends Asked {
  kind: 'phone'
}
export interface DateQuestion extends Asked {
  kind: 'date'
  /** Offered as a button. */
  suggestion?: (scene: Scene) => Birthday | undefined
}
/** The last card: the answers, a button to change each, and "all right". */
export interface Summary extends Asked {
  kind: 'summary'
  /** Whether an answered question stands on it; absent: all of them do. */
  includes?: (question: Question, scene: Scene, answers: Answers) => boolean
}

export type Question =
  | Choice
  | Choices
  | Confirm
  | Scale
  | Grid
  | Chips
  | TextQuestion
  | Phone
  | DateQuestion
  | Summary

export interface Dialogue {
  /** [a-z]{1,12}: stands in button values and names the locale namespace. */
  name: string
  /** Raised when the meaning of an id changes. */
  version: number
  questions: readonly Question[]
  /** A side dialogue is dropped without a word when the person does something else. */
  side?: boolean
  /** What leaving in the middle is: put off ("not now") or ended with what was given ("enough"). */
  leave?: 'later' | 'stop'
  /** Shows "3 of 8", counted in questions. */
  progress?: boolean
  /** Each card stands alone: what was answered does not pile up above it. */
  compact?: boolean
  /** What does not answer its question goes to the salon's people instead of being asked again. */
  soft?: boolean
  /** Shown once: what does not answer its question goes to the salon's people, and it is dropped. */
  once?: boolean
  /** Answers keep when they were given, on which scale, and in which version they were asked. */
  stamped?: boolean
}

type Without<Q> = Q extends unknown ? Omit<Q, 'kind' | 'id'> : never
export const dialogue = (definition: Dialogue): Dialogue => definition
export const choice = (id: string, rest: Without<Choice>): Choice => ({ kind: 'choice', id, ...rest })
export const choices = (id: string, rest: Without<Choices>): Choices => ({ kind: 'choices', id, ...rest })
export const confirm = (id: string, rest: Without<Confirm> = {}): Confirm => ({
  kind: 'confirm',
  id,
  ...rest,
})
export const scale = (id: string, rest: Without<Scale>): Scale => ({ kind: 'scale', id, ...rest })
export const grid = (id: string, rest: Without<Grid>): Grid => ({ kind: 'grid', id, ...rest })
export const chips = (id: string, rest: Without<Chips>): Chips => ({ kind: 'chips', id, ...rest })
export const text = (id: string, rest: Without<TextQuestion>): TextQuestion => ({ kind: 'text', id, ...rest })
export const phone = (id: string, rest: Without<Phone> = {}): Phone => ({ kind: 'phone', id, ...rest })
export const date = (id: string, rest: Without<DateQuestion> = {}): DateQuestion => ({
  kind: 'date',
  id,
  ...rest,
})
export const summary = (id: string, rest: Without<Summary> = {}): Summary => ({
  kind: 'summary',
  id,
  ...rest,
})
