/** The service lines in the digest: how each does, and whether one of them falls behind. */
import { compareNps, fewAnswers, type Nps } from '../nps.ts'
import { lineCounts, npsOfLine, peopleCounts, type Rated } from '../scores.ts'

export interface LineWeeks {
  /** The line's id. */
  line: string
  /** The week that the digest tells of. */
  week: Nps
  /** It and the three before. */
  fourWeeks: Nps
  /** It and the eleven before. */
  twelveWeeks: Nps
}

export const lineWeeks = (
  lines: readonly string[],
  { week, fourWeeks, twelveWeeks }: { week: Rated; fourWeeks: Rated; twelveWeeks: Rated },
): LineWeeks[] =>
  lines.map((line) => ({
    line,
    week: npsOfLine(week, line),
    fourWeeks: npsOfLine(fourWeeks, line),
    twelveWeeks: npsOfLine(twelveWeeks, line),
  }))

/**
 * The line that is surely below the others, and by how much (negative). Each line with ten ratings is compared with the people
 * who rated others, ten at least; so many comparisons would find something by chance, so each is made at 1 - 0.05 / their
 * number (Bonferroni). Of several, the one that is furthest below. Who rated both sides counts on both, as if they were two
 * people: that errs on the careful side as long as people who like one line like the others, too.
 */
export function lineBelowOthers(
  lines: readonly string[],
  rated: Rated,
): { line: string; difference: number } | undefined {
  const sides = lines
    .map((line) => {
      const others = { ...rated, scores: rated.scores.filter((score) => score.line !== line) }
      return { line, own: lineCounts(rated, line), others: peopleCounts(others) }
    })
    .filter(({ own }) => own.detractors + own.passives + own.promoters >= fewAnswers)
  const confidence = 1 - 0.05 / sides.length
  const below = sides.flatMap(({ line, own, others }) => {
    const found = compareNps(others, own, { confidence })
    const sure = found.kind === 'change' && found.certain && found.difference < 0
    return sure ? [{ line, difference: found.difference }] : []
  })
  return below.sort((one, other) => one.difference - other.difference)[0]
}
