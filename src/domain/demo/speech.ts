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
  /** In the survey, by the lowest score there: what to do better. */
  suggestions: Readonly<Record<Mood, readonly string[]>>
}

/** How somebody speaks who gave this score, on 1-10 or 0-10. */
export function moodOf(score: number): Mood {
  if (score >= 9) return 'good'
  return score >= 7 ? 'neutral' : 'bad'
}
