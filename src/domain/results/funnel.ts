/** How far people come: from an invitation to the last question. */
import { surveyOf, type Surveys } from '../scores.ts'
import type { Survey, SurveyResponse } from '../survey.ts'
import { invitedIn, type Invitation, type Invited } from './invited.ts'
import type { Source } from './last-words.ts'
import { medianOf } from './numbers.ts'
import { pathOf } from './path.ts'

export interface Walks {
  begun: number
  finished: number
  /** Ended early, "enough for today". */
  stopped: number
  /** Open or paused: they may come back. */
  open: number
}

export interface Duration {
  /** Of the finished walks that took at most a day; undefined when there is none. */
  medianMinutes: number | undefined
  n: number
  /** Finished walks that were spread over more than a day: in no median. */
  overDays: number
}

/** What happened at one question. Only walks that were really asked: what was known already is no answer here. */
export interface Step {
  id: string
  /** answered + skipped + those who left without a word. */
  reached: number
  answered: number
  skipped: number
  /** Unfinished walks that stand at this question, a half-filled grid included. */
  left: number
  /** Unfinished walks in which it is the last question that was answered or passed over. */
  last: number
}

export interface Funnel {
  /** To the survey. */
  invited: Invited
  /** Asked after a visit, in the short form. */
  afterVisits: Invited
  /** Walks through the survey that began in the period, invited or not. */
  walks: Walks
  duration: Duration
  /** In the order of the survey. */
  steps: Step[]
}

export function funnelOf({
  invitations,
  responses,
  survey,
  surveys,
  lines,
  period,
}: Source & { survey: Survey; invitations: readonly Invitation[]; lines: readonly string[] }): Funnel {
  const walks = responses.filter(
    ({ dialogue, startedAt }) =>
      dialogue === 'survey' && startedAt >= period.from && startedAt < period.until,
  )
  const withStatus = (...all: SurveyResponse['status'][]) =>
    walks.filter(({ status }) => all.includes(status)).length
  const ofVisits = (one: Invitation) => one.dialogue === 'visit'
  return {
    invited: invitedIn(
      invitations.filter((one) => !ofVisits(one)),
      responses,
      period,
    ),
    afterVisits: invitedIn(invitations.filter(ofVisits), responses, period),
    walks: {
      begun: walks.length,
      finished: withStatus('finished'),
      stopped: withStatus('stopped'),
      open: withStatus('open', 'paused'),
    },
    duration: durationOf(walks.filter(({ status }) => status === 'finished')),
    steps: stepsOf(walks, survey, surveys, lines),
  }
}

function stepsOf(
  walks: readonly SurveyResponse[],
  survey: Survey,
  surveys: Surveys,
  lines: readonly string[],
): Step[] {
  const steps = new Map(
    survey.questions.map(({ id }): [string, Step] => [
      id,
      { id, reached: 0, answered: 0, skipped: 0, left: 0, last: 0 },
    ]),
  )
  for (const walk of walks) {
    const { dealt, at } = pathOf(walk, surveyOf(surveys, walk.version) ?? survey, lines)
    for (const { id, how } of dealt) count(steps.get(id), 'reached', how)
    if (at !== undefined && dealt.every(({ id }) => id !== at)) count(steps.get(at), 'reached')
    if (at !== undefined) count(steps.get(at), 'left')
    if (walk.status !== 'finished') count(steps.get(dealt.at(-1)?.id ?? ''), 'last')
  }
  return [...steps.values()]
}

function count(step: Step | undefined, ...what: Exclude<keyof Step, 'id'>[]): void {
  if (step) for (const one of what) step[one]++
}

const dayMinutes = 24 * 60

/** From the beginning to the last answer: what changes a walk afterwards takes nobody's time. */
function durationOf(finished: readonly SurveyResponse[]): Duration {
  const minutes = finished.map(({ answers, startedAt, changedAt }) => {
    const times = Object.values(answers).flatMap(({ at }) => at ?? [])
    return ((times.length === 0 ? changedAt : Math.max(...times)) - startedAt) / 60_000
  })
  const within = minutes.filter((one) => one <= dayMinutes)
  return { medianMinutes: medianOf(within), n: within.length, overDays: minutes.length - within.length }
}
