/** What becomes of invitations. */
import type { SurveyResponse } from '../survey.ts'
import type { Period } from '../weeks.ts'

/** A message that asked somebody to answer. */
export interface Invitation {
  clientId: number
  /** What it asked for; the survey unless it says otherwise. */
  dialogue?: SurveyResponse['dialogue']
  /** What they said to it, if anything. */
  answer?: 'now' | 'evening' | 'no'
  /** Epoch milliseconds. */
  at: number
}

/** What became of invitations. Everybody counts once for each form they were invited to, however often. */
export interface Invited {
  people: number
  /** By their last word on the invitation. */
  now: number
  evening: number
  no: number
  silent: number
  /** Began after they were invited. */
  started: number
  /** Gave at least one answer: partial ones count, as in the response rate RR2 of AAPOR's Standard Definitions. */
  responded: number
  finished: number
  /** responded / people; undefined when nobody was invited. */
  rate: number | undefined
}

/** @param responses all walks: an answer may come after the period */
export function invitedIn(
  invitations: readonly Invitation[],
  responses: readonly SurveyResponse[],
  { from, until }: Period,
): Invited {
  const people = new Map<string, Fate>()
  for (const { clientId, dialogue = 'survey', answer, at } of invitations) {
    if (at < from || at >= until) continue
    const fate = people.get(`${clientId} ${dialogue}`) ?? { since: at, said: -Infinity, reached: new Set() }
    const last = answer !== undefined && at >= fate.said
    people.set(`${clientId} ${dialogue}`, {
      ...fate,
      since: Math.min(fate.since, at),
      ...(last ? { answer, said: at } : {}),
    })
  }
  for (const response of responses) {
    const fate = people.get(`${response.clientId} ${response.dialogue}`)
    if (fate === undefined || response.startedAt < fate.since) continue
    fate.reached.add('started')
    if (hasAnswered(response)) fate.reached.add('responded')
    if (response.status === 'finished') fate.reached.add('finished')
  }
  return countedIn([...people.values()])
}

interface Fate {
  since: number
  answer?: 'now' | 'evening' | 'no'
  said: number
  reached: Set<'started' | 'responded' | 'finished'>
}

function countedIn(fates: readonly Fate[]): Invited {
  const said = (answer: Fate['answer']) => fates.filter((fate) => fate.answer === answer).length
  const reached = (what: 'started' | 'responded' | 'finished') =>
    fates.filter((fate) => fate.reached.has(what)).length
  return {
    people: fates.length,
    now: said('now'),
    evening: said('evening'),
    no: said('no'),
    silent: said(undefined),
    started: reached('started'),
    responded: reached('responded'),
    finished: reached('finished'),
    rate: fates.length === 0 ? undefined : reached('responded') / fates.length,
  }
}

/** The short form's `line` is ours, and what was known already is nobody's answer. */
const hasAnswered = ({ answers }: SurveyResponse): boolean =>
  Object.entries(answers).some(([id, { value, known }]) => value !== undefined && !known && id !== 'line')
