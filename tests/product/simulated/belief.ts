/** What a client believes to have answered, by what they were shown. Ids stand for words; nothing of the program is asked. */
import type { AnswerValue, Asked, Card, Place, Words } from './shown-card.ts'

export interface BelievedAnswer {
  value?: AnswerValue
  rows?: Map<string, AnswerValue>
  skipped?: true
  /** The salon knew it before: it was not asked. */
  known?: true
}

export interface Belief {
  answers: Map<string, BelievedAnswer>
  /** How many acts were taken as answers, passing over and keeping included. */
  taken: number
  finished: boolean
  /** A low score was given at some time. */
  unhappy: boolean
  /** "May we call you?" was answered with yes at some time. */
  wantedCall: boolean
  coupon?: string
}

/** @param known what the salon knows of the client, by question */
export const newBelief = (known: Readonly<Record<string, AnswerValue>>): Belief => ({
  answers: new Map(Object.entries(known).map(([id, value]) => [id, { value, known: true }])),
  taken: 0,
  finished: false,
  unhappy: false,
  wantedCall: false,
})

/** An answer was given at a place, and the next card came. */
export function believeAnswer(belief: Belief, { question, row }: Place, value: AnswerValue): void {
  belief.taken += 1
  if (question === 'recommend' && typeof value === 'number' && value <= 6) belief.unhappy = true
  if (question === 'callMe' && value === true) belief.wantedCall = true
  if (row === undefined) return void belief.answers.set(question, { value })
  const rows = new Map(belief.answers.get(question)?.rows).set(row, value)
  belief.answers.set(question, { rows })
}

/** One more message of a letter. */
export function believeWords(belief: Belief, { question, more }: Place, words: string): void {
  belief.taken += 1
  const before = more ? belief.answers.get(question)?.value : undefined
  belief.answers.set(question, { value: typeof before === 'string' ? `${before}\n${words}` : words })
}

/** The question was passed over; rows that were given stand. An answer that was there is cleared, in a grid that of the row. */
export function believeSkip(belief: Belief, { question, row }: Place, cleared: boolean): void {
  belief.taken += 1
  const rows = new Map(belief.answers.get(question)?.rows)
  if (cleared && row !== undefined) rows.delete(row)
  belief.answers.set(question, rows.size > 0 ? { rows, skipped: true } : { skipped: true })
}

/** What the card shows of earlier answers must be what is believed. @returns what is wrong, in words */
export function doubts({ answers }: Belief, { place, given, was }: Card, words: Words): string[] {
  if (!place) return []
  const asked = words.asked.get(place.question)
  const rows = answers.get(place.question)?.rows ?? new Map<string, AnswerValue>()
  if (!asked) return []
  const shown = new Map(given)
  const believed = new Map([...rows].filter(([row]) => row !== place.row))
  const wrong = [...new Set([...shown.keys(), ...believed.keys()])].filter(
    (row) => shown.get(row) !== (believed.has(row) ? inWords(asked, believed.get(row), words) : undefined),
  )
  if (was === undefined) return wrong.map((row) => `row ${row} of ${place.question}`)
  const value = place.row === undefined ? answers.get(place.question)?.value : rows.get(place.row)
  return [
    ...wrong.map((row) => `row ${row} of ${place.question}`),
    ...(was === inWords(asked, value, words) ? [] : [`"${was}" at ${place.question} ${place.row}`]),
  ]
}

/** How an answer is shown. */
function inWords(asked: Asked, value: AnswerValue | undefined, { noRating }: Words): string {
  if (value === null) return noRating
  if (asked.kind === 'number' || asked.kind === 'text') return String(value)
  return [...asked.answers].find(([, one]) => one === value)?.[0] ?? ''
}
