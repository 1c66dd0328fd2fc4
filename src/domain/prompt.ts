/** Messages that start on our side. */

export const promptKinds = ['invite', 'remind', 'visit'] as const
export type PromptKind = (typeof promptKinds)[number]

/** Which message it is: the same one is written down, and said, once. */
export interface PromptName {
  kind: PromptKind
  /** invite, remind: the run of the survey. visit: the visit's number. */
  about: number
  /** The first, the second... of its kind about the same. */
  number: number
}

/** A prompt is taken as an update is, under a key of its own: this and the prompt's number. */
export const promptKey = 'prompt:'

/** A message to be said at `dueAt` (epoch milliseconds) or, in quiet hours, in the morning after. */
export interface NewPrompt extends PromptName {
  source: 'onboarding' | 'walk' | 'admin' | 'visit'
  dueAt: number
}

/** What became of a prompt. */
export type Prompted =
  | { what: 'said' }
  /** There is nothing to say any more: answered, declined, forgotten. */
  | { what: 'moot' }
  /** Not now; ask again then (epoch milliseconds). */
  | { what: 'later'; at: number }
