import { scoresOf, type Score } from './scores.ts'
import type { Survey, SurveyResponse } from './survey.ts'

/** What one walk through the survey or the short form after a visit says of the salon's work, as the staff read it. */
export interface Feedback {
  /** Would they recommend it, line by line, in the order given. "Can't say" is no score. */
  scores: Score[]
  /** Short form: ids of the chosen reasons. */
  reasons: string[]
  /** What they wrote themselves. */
  words?: string
}

export function feedbackOf(response: SurveyResponse): Feedback {
  const { dialogue, answers } = response
  const said = answers[dialogue === 'visit' ? 'why' : 'suggestions']?.value
  return {
    scores: scoresOf([response], asUsual),
    reasons: Array.isArray(said) ? said : [],
    ...(typeof said === 'string' && said !== '' && { words: said }),
  }
}

/** Answers carry their scale; one that does not was given on the usual one. For a look at one client no definition is read. */
export const asUsual = (version: number): Survey => ({ version, questions: [] })
