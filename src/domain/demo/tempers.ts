/** How clients take to a service line: the parameters of the process (demo-salon.ts says what they do). */
import type { ServiceLine } from '../salon.ts'
import type { Talk } from './speech.ts'

export interface Temper {
  /** How many come mainly for this line, relative to the others. */
  draw: number
  /** Days between two visits of the average client. */
  gapDays: number
  /** After each visit a client stays away for good with a probability of their own, from Beta(a, b). */
  dropout: { a: number; b: number }
  /** The average answer to "would you recommend it?" if the scale were without ends, 1 to 10. */
  liked: number
  /** Which texts fit. */
  talk: Talk
  /** Its master is ill in the weeks of `illness`. */
  ill?: true
}

/** The three lines of the study that the instrument comes from, and what it found: nails weakest, cosmetology strongest. */
const known: Readonly<Record<string, Temper>> = {
  nails: { draw: 40, gapDays: 30, dropout: { a: 1, b: 5 }, liked: 7.1, talk: 'nails' },
  hair: { draw: 35, gapDays: 45, dropout: { a: 0.8, b: 6 }, liked: 8.2, talk: 'hair' },
  cosmetology: { draw: 25, gapDays: 38, dropout: { a: 0.6, b: 7 }, liked: 9, talk: 'cosmetology' },
}

/** Lines that the study did not have, in turn. */
const others: readonly Temper[] = [
  { draw: 30, gapDays: 40, dropout: { a: 0.8, b: 6 }, liked: 7.7, talk: 'any' },
  { draw: 20, gapDays: 50, dropout: { a: 0.6, b: 7 }, liked: 8.6, talk: 'any' },
  { draw: 20, gapDays: 35, dropout: { a: 1, b: 5 }, liked: 7.2, talk: 'any' },
]

/** The temper of every line. The master of the hair line falls ill, or the one of the first line where there is no hair. */
export function tempersOf(lines: readonly ServiceLine[]): ReadonlyMap<string, Temper> {
  const illLine = lines.find((line) => line.id === 'hair') ?? lines[0]
  return new Map(
    lines.flatMap((line, index) => {
      const temper = known[line.id] ?? others[index % others.length]
      if (temper === undefined) return []
      return [[line.id, line === illLine ? { ...temper, ill: true } : temper]]
    }),
  )
}

/** While a master is ill, answers about the line are lower by so much: weeks 6 to 8, and a little in the week of the return. */
export function illness(week: number): number {
  if (week >= 6 && week <= 8) return 3
  return week === 9 ? 1 : 0
}
