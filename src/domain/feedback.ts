import type { Answer, Answers, Scale } from './answer.ts'
import { recommendId } from './survey.ts'

/** What one walk through the survey or the short form after a visit says about the salon's work, as the staff read it. */
export interface Feedback {
  /** Would they recommend it, line by line, in the order given. "Can't say" is no score. */
  scores: LineScore[]
  /** Short form: ids of the chosen reasons. */
  reasons: string[]
  /** What they wrote themselves. */
  words?: string
}

export interface LineScore {
  /** Id of the service line. */
  line: string
  value: number
  /** The upper end of the scale it was given on: both NPS scales end at 10. */
  outOf: number
}

/** @param dialogue `survey`, or `visit` for the short form; anything else says nothing */
export function feedbackOf(dialogue: string, answers: Answers): Feedback {
  const { [recommendId]: recommend, line, why, suggestions } = answers
  if (dialogue === 'survey')
    return { scores: rowScores(recommend), reasons: [], ...inWords(suggestions?.value) }
  if (dialogue === 'visit') {
    const reasons = Array.isArray(why?.value) ? why.value : []
    return { scores: lineScore(line, recommend), reasons, ...inWords(why?.value) }
  }
  return { scores: [], reasons: [] }
}

function rowScores(recommend: Answer | undefined): LineScore[] {
  const rows = recommend?.value
  if (rows === null || typeof rows !== 'object' || Array.isArray(rows)) return []
  const outOf = endOf(recommend?.scale)
  return Object.entries(rows).flatMap(([line, value]) =>
    typeof value === 'number' ? [{ line, value, outOf }] : [],
  )
}

function lineScore(line: Answer | undefined, recommend: Answer | undefined): LineScore[] {
  const value = recommend?.value
  if (typeof line?.value !== 'string' || typeof value !== 'number') return []
  return [{ line: line.value, value, outOf: endOf(recommend?.scale) }]
}

const endOf = (scale: Scale | undefined): number => scale?.to ?? 10

const inWords = (value: Answer['value']): { words?: string } =>
  typeof value === 'string' && value !== '' ? { words: value } : {}
