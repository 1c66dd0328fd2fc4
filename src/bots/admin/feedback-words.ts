import { factors } from '../../domain/instrument.ts'
import type { Score } from '../../domain/scores.ts'
import { nameOf, type Desk } from './desk.ts'

/** "Ногти: 3 из 10, Волосы: 9 из 10", the lowest first. */
export const scoreWords = (scores: readonly Score[], desk: Desk): string =>
  [...scores]
    .sort((a, b) => a.value - b.value)
    .map(({ line, value, scale }) =>
      desk.t('desk.feedback.score', { line: nameOf(desk.salon.lines, line, desk), value, outOf: scale.to }),
    )
    .join(', ')

/** The short form's reasons; one that this version does not know is shown as it is kept. */
export const reasonWords = (reasons: readonly string[], { t }: Desk): string =>
  reasons
    .map((id) => (factors.some((factor) => factor.id === id) ? t(`visit.why.options.${id}`) : id))
    .join(', ')

/** The beginning of what somebody wrote, with "…" where it was cut; never inside a surrogate pair. */
export function shortened(words: string, most: number): string {
  if (words.length <= most) return words
  const cut = /[\uD800-\uDBFF]$/.test(words.slice(0, most)) ? most - 1 : most
  return `${words.slice(0, cut).trimEnd()}…`
}
