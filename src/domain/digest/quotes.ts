/** The words of the week that say most, good and bad. */
import { npsClass } from '../nps.ts'
import type { Rated, Score } from '../scores.ts'
import type { SurveyResponse } from '../survey.ts'
import type { Period } from '../weeks.ts'

/** What somebody wrote; who it was is a number, the name is nobody's business until it is opened. */
export interface Quote {
  clientId: number
  dialogue: SurveyResponse['dialogue']
  run: number
  /** The line it is about, where there is one. */
  line: string | undefined
  /** The lowest that they gave in this walk. */
  score: number
  /** On one line, shortened to `quoteLength` characters at the end of a word, then with "…". */
  text: string
  /** It was longer. */
  cut: boolean
  at: number
}

export interface Quotes {
  good: Quote[]
  bad: Quote[]
}

/** As much as a quote may take in the digest, in characters as people count them. */
export const quoteLength = 240
const mostQuotes = 3

/**
 * Three of each at most, one of each person. What was typed in the short form ("why?") or at the end of the survey ("what
 * should we do better?") belongs to the lowest score of its walk: a detractor's is bad, a promoter's good, a passive's neither.
 * Bad: the lowest score first, then the longest. Good: the highest score first, then "why?" before wishes, then the longest.
 * Length counts up to `quoteLength`; what is still equal is told apart by time, the latest first.
 * @param rated the scores of the week: a rating that was corrected later is not quoted
 */
export function quotesOf(responses: readonly SurveyResponse[], rated: Rated, week: Period): Quotes {
  const lowest = new Map<string, Score>()
  const lines = new Map<string, number>()
  for (const score of rated.scores) {
    const walk = walkOf(score)
    const before = lowest.get(walk)
    lowest.set(walk, before !== undefined && before.value <= score.value ? before : score)
    lines.set(walk, (lines.get(walk) ?? 0) + 1)
  }
  const told = responses.flatMap((response) => {
    const score = lowest.get(walkOf(response))
    const said = score && textOf(response, week)
    if (score === undefined || said === undefined) return []
    const line = lines.get(walkOf(response)) === 1 ? score.line : undefined
    return [{ ...said, score, line }]
  })
  const bad = told.filter(({ score }) => npsClass(score.value, score.scale) === 'detractor')
  const good = told.filter(({ score }) => npsClass(score.value, score.scale) === 'promoter')
  return {
    bad: strongest(bad.sort((one, other) => one.score.value - other.score.value || stronger(one, other))),
    good: strongest(
      good.sort(
        (one, other) =>
          other.score.value - one.score.value ||
          Number(other.score.dialogue === 'visit') - Number(one.score.dialogue === 'visit') ||
          stronger(one, other),
      ),
    ),
  }
}

interface Told {
  text: string
  at: number
  score: Score
  line: string | undefined
}

const walkOf = ({ clientId, dialogue, run }: { clientId: number; dialogue: string; run: number }) =>
  `${clientId} ${dialogue} ${run}`

/** What was written in the week; there must be a letter in it. */
function textOf({ dialogue, answers, changedAt }: SurveyResponse, { from, until }: Period) {
  const { value, at = changedAt } = answers[dialogue === 'visit' ? 'why' : 'suggestions'] ?? {}
  if (typeof value !== 'string' || !/\p{L}/u.test(value) || at < from || at >= until) return undefined
  return { text: value.replaceAll(/\s+/g, ' ').trim(), at }
}

const stronger = (one: Told, other: Told): number =>
  Math.min(quoteLength, other.text.length) - Math.min(quoteLength, one.text.length) ||
  other.at - one.at ||
  one.score.clientId - other.score.clientId

function strongest(told: readonly Told[]): Quote[] {
  const people = new Set<number>()
  const first = told.filter(({ score: { clientId } }) => !people.has(clientId) && people.add(clientId))
  return first.slice(0, mostQuotes).map(({ text, at, line, score: { clientId, dialogue, run, value } }) => ({
    clientId,
    dialogue,
    run,
    line,
    score: value,
    ...shortened(text),
    at,
  }))
}

/**
 * Never in the middle of an emoji, and of a word only when it is very long.
 * @param most characters as people count them, at most `quoteLength`
 */
export function shortened(text: string, most = quoteLength): { text: string; cut: boolean } {
  const characters = [...new Intl.Segmenter('ru').segment(text.slice(0, 20 * quoteLength))]
  const end = characters[most]?.index
  if (end === undefined) return { text, cut: false }
  const head = text.slice(0, end)
  const space = text[end] === ' ' ? end : head.lastIndexOf(' ')
  const words = space > head.length / 2 ? head.slice(0, space) : head
  return { text: `${words.replace(/[\s,;:.…-]+$/, '')}…`, cut: true }
}
