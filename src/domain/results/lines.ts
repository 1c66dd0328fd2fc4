/** The service lines side by side: who uses them, how good they are found, whether they are recommended and come back to. */
import { fewAnswers, type Nps } from '../nps.ts'
import { npsOfLine, type Rated } from '../scores.ts'
import type { Survey } from '../survey.ts'
import { wordsOn, type Words } from './last-words.ts'
import type { Numbers } from './numbers.ts'
import { numbersOn, type QuestionResult } from './questions.ts'

export interface LineResult {
  /** The line's id. */
  line: string
  /** People who use it, by their own word (question `frequency`: anything but "never"). Undefined when that isn't asked. */
  users: number | undefined
  /** Undefined when the question isn't asked. */
  satisfaction: Numbers | undefined
  nps: Nps
  intention: Numbers | undefined
  /**
   * 0: no line does better in anything; 1: every other line does better in everything. Undefined when there is too little to
   * go by.
   */
  behind: number | undefined
}

/** The answer to "how often?" that makes somebody no user of a line. */
export const never = 'never'

/**
 * Every line, the weakest first; those that can't be placed last, in the salon's order. A line's place is a Borda count: in
 * each of three measures (mean satisfaction, NPS, mean intention) the share of the other lines that are better, ties counting
 * half, and the mean of those shares. A measure of a line counts from ten answers on.
 * @param questions the results of the questions
 * @param users who uses each line (`usersByLine`)
 * @param rated the scores of the same period
 */
export function lineResults(
  lines: readonly string[],
  questions: readonly QuestionResult[],
  users: ReadonlyMap<string, ReadonlySet<number>> | undefined,
  rated: Rated,
): LineResult[] {
  const results = lines.map((line) => ({
    line,
    users: users?.get(line)?.size,
    satisfaction: numbersOn(questions, 'satisfaction', line),
    nps: npsOfLine(rated, line),
    intention: numbersOn(questions, 'intention', line),
  }))
  const places = placesOf(results.map(measuresOf))
  return results
    .map((result, index) => ({ ...result, behind: places[index] }))
    .sort((one, other) => (other.behind ?? -1) - (one.behind ?? -1))
}

/** Ids of the clients who use each line; undefined when the survey doesn't ask how often. */
export function usersByLine(
  lines: readonly string[],
  survey: Survey,
  wordsOf: Words,
): Map<string, ReadonlySet<number>> | undefined {
  const question = survey.questions.find(({ id }) => id === 'frequency')
  if (question === undefined) return undefined
  const words = wordsOf(question)
  const users = (line: string) =>
    wordsOn(words, line).filter(({ value }) => value !== null && value !== never)
  return new Map(lines.map((line) => [line, new Set(users(line).map(({ clientId }) => clientId))]))
}

type Measures = readonly (number | undefined)[]

const measuresOf = ({ satisfaction, nps, intention }: Omit<LineResult, 'behind'>): Measures => [
  meanOf(satisfaction),
  nps.kind === 'figure' ? nps.nps : undefined,
  meanOf(intention),
]

const meanOf = (numbers: Numbers | undefined): number | undefined =>
  numbers && numbers.n >= fewAnswers ? numbers.figures?.mean : undefined

function placesOf(all: readonly Measures[]): (number | undefined)[] {
  return all.map((own, index) => {
    const others = all.filter((_, other) => other !== index)
    const shares = own.flatMap((value, measure) => {
      const theirs = others.flatMap((other) => other[measure] ?? [])
      if (value === undefined || theirs.length === 0) return []
      const better = theirs.filter((one) => one > value).length
      const same = theirs.filter((one) => one === value).length
      return [(better + same / 2) / theirs.length]
    })
    return shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length
  })
}
