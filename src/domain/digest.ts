/** What the owner is told on Monday of the seven days before, as data: the words are found where it is shown. */
import type { Scale } from './answer.ts'
import { adviceOf, type Advice } from './digest/advice.ts'
import { lineBelowOthers, lineWeeks, type LineWeeks } from './digest/line-weeks.ts'
import { movedIn, type Moved, type Transition, type Warned } from './digest/moved.ts'
import { quotesOf, type Quotes } from './digest/quotes.ts'
import { unhappyIn, type FollowUp, type Unhappy } from './digest/unhappy.ts'
import { compareNps, type Nps, type NpsComparison } from './nps.ts'
import type { OffersEarned } from './offers/offers-earned.ts'
import { complaintsIn, factorGaps, type FactorGap } from './results/factors.ts'
import { invitedIn, type Invitation, type Invited } from './results/invited.ts'
import { always, wordsIn } from './results/last-words.ts'
import { questionResult } from './results/questions.ts'
import {
  npsByPeople,
  peopleCounts,
  sameScale,
  scoresIn,
  scoresOf,
  surveyOf,
  type Rated,
  type Surveys,
} from './scores.ts'
import { recommendScale, type Survey, type SurveyResponse } from './survey.ts'
import { mondaysBefore, weekOf, weeksFrom, type Period } from './weeks.ts'

export interface DigestInput {
  /** What last month's offers have brought. */
  offers?: NonNullable<DigestBody['offers']>
  /** All walks, or at least those with an answer in the twelve weeks before `week`. */
  responses: readonly SurveyResponse[]
  invitations: readonly Invitation[]
  followUps: readonly FollowUp[]
  /** The definition that is asked now. */
  survey: Survey
  /** Those that were asked before. */
  surveys: Surveys
  /** Ids of the salon's service lines, in its order. */
  lines: readonly string[]
  /** The Monday that the digest is due on: it tells of the week before. */
  week: Temporal.PlainDate
  timeZone: string
  /** Who has moved between segments in the week, and who is slipping away since; absent where nothing was computed. */
  segments?: { transitions: readonly Transition[]; warned: Warned } | undefined
  /** Epoch milliseconds: how long people have been waiting by now. */
  now: number
}

/** One week of the chart. */
export interface WeekPoint {
  monday: Temporal.PlainDate
  /** `none` is a gap: nobody gave a score. */
  nps: Nps
}

export interface DigestBody {
  /** The Monday of the week that is told of. */
  monday: Temporal.PlainDate
  /** All figures are on this scale; undefined when nobody gave a score in twelve weeks. */
  scale: Scale | undefined
  /** People whose scores are on another scale only, in the week and in twelve weeks: they are in no figure. */
  otherScale: { week: number; twelveWeeks: number }
  /** The last four weeks against the eight before them. */
  trend: NpsComparison
  /** The last four and twelve weeks, by people. */
  fourWeeks: Nps
  twelveWeeks: Nps
  lines: LineWeeks[]
  /** What became of the week's invitations. */
  invited: Invited
  /** Twelve weeks, oldest first; the last is the one that is told of. */
  series: WeekPoint[]
  quotes: Quotes
  unhappy: Unhappy
  /** Absent where no segments were computed. */
  moved?: Moved
  /**
   * What the offers of this month have brought; absent where it is not their week, or there were none. `open`: so many more were
   * sent, and visits still count for them.
   */
  offers?: OffersEarned & { month: Temporal.PlainYearMonth; open: number }
  /** At most three, the most pressing first. */
  advice: Advice[]
}

export type Digest =
  /** Nobody gave a score in the week; everything else still holds. */
  | ({ kind: 'empty' } & DigestBody)
  | ({
      kind: 'week'
      /** Of the week, by people. */
      nps: Exclude<Nps, { kind: 'none' }>
      /** The week against the four weeks before it. */
      change: NpsComparison
    } & DigestBody)

/**
 * What is compared with what. With 10 to 30 answers a week the standard error of one week's NPS is 15 to 26 points (variance
 * 0.7), and two single weeks are not surely different before 42 to 73 points. So the week is told against the four before it
 * (`change`), which leaves little more than its own uncertainty, and what goes on slowly is found by four weeks against the
 * eight before them (`trend`): with 20 answers a week surely seen from about 22 points on. Both are made at 95 %, so in a salon
 * where nothing changes one week in forty seems to have fallen. Everything counts people and is on one scale: the one that is
 * asked now when somebody used it in the week, else that of the week's newest score, else that of the twelve weeks.
 */
export function digestOf(input: DigestInput): Digest {
  const { responses, invitations, followUps, lines, week: due, timeZone, now } = input
  const week = weekOf(due.subtract({ weeks: 1 }), timeZone)
  const { scale, otherScale, scores, rated } = ratedIn(input)
  const nps = npsByPeople(rated.week)
  const change = compareNps(peopleCounts(rated.fourBefore), peopleCounts(rated.week))
  const trend = compareNps(peopleCounts(rated.eightBefore), peopleCounts(rated.fourWeeks))
  const unhappy = unhappyIn(followUps, week, now)
  const moved = input.segments && movedIn(input.segments.transitions, input.segments.warned)
  const body: DigestBody = {
    monday: due.subtract({ weeks: 1 }),
    scale,
    otherScale,
    trend,
    fourWeeks: npsByPeople(rated.fourWeeks),
    twelveWeeks: npsByPeople(rated.twelveWeeks),
    lines: lineWeeks(lines, rated),
    invited: invitedIn(invitations, responses, week),
    series: mondaysBefore(due, 12).map((monday) => ({
      monday,
      nps: npsByPeople(scoresIn(scores, weekOf(monday, timeZone))),
    })),
    quotes: quotesOf(responses, rated.week, week),
    unhappy,
    ...(moved && { moved }),
    ...(input.offers && { offers: input.offers }),
    advice: adviceOf({
      week: nps,
      change,
      trend,
      lineBelow: lineBelowOthers(lines, rated.twelveWeeks),
      unhappy,
      slippingAway: moved?.warned.clients ?? 0,
      invited: invitedIn(invitations, responses, weeksFrom(due.subtract({ weeks: 4 }), 4, timeZone)),
      gaps: gapsIn(input, rated.fourWeeks),
    }),
  }
  return nps.kind === 'none' ? { kind: 'empty', ...body } : { kind: 'week', nps, change, ...body }
}

const definitionsOf =
  ({ survey, surveys }: DigestInput) =>
  (version: number): Survey | undefined =>
    version === survey.version ? survey : surveyOf(surveys, version)

/** The scores on the digest's scale, and those that count in each of its periods. */
function ratedIn(input: DigestInput) {
  const { responses, survey, week: due, timeZone } = input
  const back = (from: number, count: number): Period =>
    weeksFrom(due.subtract({ weeks: from }), count, timeZone)
  const all = scoresOf(responses, definitionsOf(input))
  const current = recommendScale(survey)
  const scale = scoresIn(all, back(1, 1), current).scale ?? scoresIn(all, back(12, 12), current).scale
  const scores = all.filter((score) => scale && sameScale(score.scale, scale))
  return {
    scale,
    otherScale: {
      week: scoresIn(all, back(1, 1), scale).otherScale,
      twelveWeeks: scoresIn(all, back(12, 12), scale).otherScale,
    },
    scores,
    rated: {
      week: scoresIn(scores, back(1, 1)),
      fourBefore: scoresIn(scores, back(5, 4)),
      fourWeeks: scoresIn(scores, back(4, 4)),
      eightBefore: scoresIn(scores, back(12, 8)),
      twelveWeeks: scoresIn(scores, back(12, 12)),
    },
  }
}

/** What matters, by all that was ever said of it, against what the unhappy of these weeks name. */
function gapsIn(input: DigestInput, rated: Rated): FactorGap[] {
  const { responses, survey, lines } = input
  const importance = survey.questions.find(({ id }) => id === 'importance')
  if (importance === undefined) return []
  const words = wordsIn({ responses, surveys: definitionsOf(input), period: always })
  return factorGaps([questionResult(importance, words, lines)], complaintsIn(rated, responses))
}
