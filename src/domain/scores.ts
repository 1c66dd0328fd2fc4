/** Scores: the numbers that people gave to "would you recommend us?", one for each service line, and the NPS they make. */
import type { Answer, Scale } from './answer.ts'
import { npsClass, npsOf, type Nps, type NpsClass, type NpsCounts, type NpsOptions } from './nps.ts'
import { recommendId, recommendScale, type Survey, type SurveyResponse } from './survey.ts'
import type { Period } from './weeks.ts'

export interface Score {
  clientId: number
  /** The service line's id. */
  line: string
  value: number
  /** 1-10 or 0-10. */
  scale: Scale
  /** Epoch milliseconds. */
  at: number
  dialogue: SurveyResponse['dialogue']
  run: number
}

/** The definitions of the survey that answers were given on, by their number. */
export type Surveys = ReadonlyMap<number, Survey> | ((version: number) => Survey | undefined)

export const surveyOf = (surveys: Surveys, version: number): Survey | undefined =>
  typeof surveys === 'function' ? surveys(version) : surveys.get(version)

export const sameScale = (one: Scale, other: Scale): boolean => one.from === other.from && one.to === other.to

/**
 * The scores in these walks, of all that were ever given: a walk through the survey has one for each line that was rated, the
 * short form one. No opinion is no score; neither is what is not on a scale of the NPS (1-10, 0-10) or whose scale nobody knows.
 */
export function scoresOf(responses: readonly SurveyResponse[], surveys: Surveys): Score[] {
  return responses.flatMap((response) => {
    const answer: Answer = response.answers[recommendId] ?? {}
    const scale = scaleOf(answer, response, surveys)
    if (scale === undefined) return []
    const { clientId, dialogue, run, changedAt } = response
    return rowsOf(response, answer).flatMap(([line, value]) =>
      isScore(value, scale)
        ? [{ clientId, line, value, scale, at: answer.at ?? changedAt, dialogue, run }]
        : [],
    )
  })
}

/** What people gave in a period, each line's latest word of each person, all on one scale. */
export interface Rated {
  /** Undefined when there is no score. */
  scale: Scale | undefined
  scores: readonly Score[]
  /** People whose scores are all on another scale, and therefore not here. */
  otherScale: number
}

/**
 * The scores of a period. Scales are not mixed: where there are several, it is `current`
 * when somebody used it, or else that of the newest score.
 */
export function scoresIn(scores: readonly Score[], { from, until }: Period, current?: Scale): Rated {
  const within = scores.filter(({ at }) => at >= from && at < until)
  const scale = within.some((score) => current && sameScale(score.scale, current))
    ? current
    : within.reduce<Score | undefined>(newer, undefined)?.scale
  if (scale === undefined) return { scale, scores: [], otherScale: 0 }
  const fitting = within.filter((score) => sameScale(score.scale, scale))
  return { scale, scores: latest(fitting), otherScale: peopleIn(within) - peopleIn(fitting) }
}

/**
 * The NPS of people, not of ratings: everybody weighs 1, split equally over the lines that they rated.
 * Its interval is a little too wide for that: what one person says of several lines varies less than so many people.
 */
export const npsByPeople = (rated: Rated, options?: NpsOptions): Nps => npsOf(peopleCounts(rated), options)

/** The NPS of one line: everybody who rated it weighs 1. */
export const npsOfLine = (rated: Rated, line: string, options?: NpsOptions): Nps =>
  npsOf(lineCounts(rated, line), options)

/** Detractors, passives and promoters in people; the fractions add up to the number of people. */
export function peopleCounts({ scores }: Rated): NpsCounts {
  const perPerson = new Map<number, Tally>()
  for (const score of scores) add(perPerson, score.clientId, classOf(score))
  // Whole numbers are added up for each number of lines, and divided last: the order of the scores leaves no trace.
  const perLines = new Map<number, Tally>()
  for (const tally of perPerson.values()) merge(perLines, sizeOf(tally), tally)
  const shares = [...perLines].sort(([one], [other]) => one - other)
  const sum = (which: NpsClass) => shares.reduce((all, [lines, tally]) => all + tally[which] / lines, 0)
  return { detractors: sum('detractor'), passives: sum('passive'), promoters: sum('promoter') }
}

export function lineCounts({ scores }: Rated, line: string): NpsCounts {
  const tally = empty()
  for (const score of scores) if (score.line === line) tally[classOf(score)]++
  return { detractors: tally.detractor, passives: tally.passive, promoters: tally.promoter }
}

function scaleOf(answer: Answer, response: SurveyResponse, surveys: Surveys): Scale | undefined {
  const survey = answer.scale ? undefined : surveyOf(surveys, answer.version ?? response.version)
  const scale = answer.scale ?? (survey && recommendScale(survey))
  return scale?.to === 10 && (scale.from === 0 || scale.from === 1) ? scale : undefined
}

/** Lines and what was given to them. */
function rowsOf({ dialogue, answers }: SurveyResponse, { value }: Answer): [string, unknown][] {
  if (dialogue === 'visit') {
    const line = answers['line']?.value
    return typeof line === 'string' ? [[line, value]] : []
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}

const isScore = (value: unknown, { from, to }: Scale): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to

const classOf = ({ value, scale }: Score): NpsClass => npsClass(value, scale)

const peopleIn = (scores: readonly Score[]): number => new Set(scores.map(({ clientId }) => clientId)).size

/** The latest score of each person for each line. */
function latest(scores: readonly Score[]): Score[] {
  const kept = new Map<string, Score>()
  for (const score of scores) {
    const key = `${score.clientId} ${score.line}`
    kept.set(key, newer(kept.get(key), score))
  }
  return [...kept.values()]
}

/** By time; what came at the same moment is told apart by its walk, so that the order of reading doesn't matter. */
function newer(one: Score | undefined, other: Score): Score {
  if (one === undefined) return other
  const later =
    other.at - one.at ||
    other.run - one.run ||
    Number(other.dialogue === 'visit') - Number(one.dialogue === 'visit') ||
    other.clientId - one.clientId
  return later > 0 ? other : one
}

type Tally = Record<NpsClass, number>

const empty = (): Tally => ({ detractor: 0, passive: 0, promoter: 0 })

const sizeOf = ({ detractor, passive, promoter }: Tally): number => detractor + passive + promoter

function add(tallies: Map<number, Tally>, key: number, which: NpsClass): void {
  const tally = tallies.get(key) ?? empty()
  tally[which]++
  tallies.set(key, tally)
}

function merge(tallies: Map<number, Tally>, key: number, more: Tally): void {
  const { detractor, passive, promoter } = tallies.get(key) ?? empty()
  tallies.set(key, {
    detractor: detractor + more.detractor,
    passive: passive + more.passive,
    promoter: promoter + more.promoter,
  })
}
