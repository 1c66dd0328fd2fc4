/** What the demo's texts are sorted by. */

/** Service lines that have texts of their own; `any` fits every other one. */
export const talks = ['nails', 'hair', 'cosmetology', 'any'] as const
export type Talk = (typeof talks)[number]

export const moods = ['good', 'neutral', 'bad'] as const
export type Mood = (typeof moods)[number]

export interface Quotes {
  /** After a visit: why the score. */
  said: Readonly<Record<Talk, Readonly<Record<Mood, readonly string[]>>>>
  /** The same from unhappy clients of the master who is ill. */
  ill: readonly string[]
  /** In the survey: what to do better. */
  suggestions: readonly string[]
}
