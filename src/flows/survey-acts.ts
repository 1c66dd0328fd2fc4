/** How a survey begins, goes on, and ends. */
import { isUnhappy } from '../domain/happiness.ts'
import type { Answer } from '../domain/answer.ts'
import { consented, walkOf, withWalk } from '../domain/known.ts'
import type { Fact, Known, Walk } from '../domain/known.ts'
import { recommendId } from '../domain/survey.ts'
import { currentOf } from './current.ts'
import { plainly } from './decision.ts'
import type { Decision } from './decision.ts'
import type { InviteOrigin } from './invite.ts'
import type { Scene } from './question.ts'
import { promisedGift } from './reward.ts'
import { knownAnswers } from './survey.ts'
import { ended, isComplete } from './survey-end.ts'
import type { Begun } from './survey-end.ts'

const dayMs = 24 * 3600_000

/** Where a person stands with the survey. */
export type SurveyState =
  /** Never answered, or long enough ago: the next run may begin. */
  | { state: 'free'; run: number }
  /** Begun and not finished, or ended early: it can go on. */
  | { state: 'halfway'; walk: Walk }
  /** Answered lately. */
  | { state: 'answered'; walk: Walk }

export function surveyState(known: Known, { now, salon }: Scene): SurveyState {
  const walk = walkOf(known, 'survey')
  if (!walk) return { state: 'free', run: 1 }
  if (now - walk.changedAt >= salon.survey.everyDays * dayMs) return { state: 'free', run: walk.run + 1 }
  return walk.status === 'finished' ? { state: 'answered', walk } : { state: 'halfway', walk }
}

/** The survey begins, or goes on where it was left; undefined when the person has answered lately. */
export function begunSurvey(known: Known, scene: Scene): Begun | undefined {
  const at = surveyState(known, scene)
  if (at.state === 'answered') return undefined
  return at.state === 'free' ? firstQuestion(known, at.run, scene) : goneOn(known, at.walk, scene)
}

function firstQuestion(known: Known, run: number, scene: Scene): Begun {
  const { now, t, dialogues } = scene
  const survey = dialogues['survey']
  if (!survey) return { known, facts: [], say: [] }
  const answers = knownAnswers(survey, scene)
  const walk: Walk = {
    name: 'survey',
    run,
    version: survey.version,
    status: 'open',
    answers,
    startedAt: now,
    changedAt: now,
  }
  const title = promisedGift(scene)
  const gift = title === undefined ? '' : t('survey.gift', { title })
  return {
    known: withWalk(known, walk),
    facts: reminder(run, 1, scene),
    say: [plainly(t('survey.intro', { gift }))],
  }
}

function goneOn(known: Known, walk: Walk, scene: Scene): Begun {
  const open: Walk = { ...walk, status: 'open', changedAt: scene.now }
  // What was still to be asked, the salon may not ask any more.
  if (isComplete(known, open, scene)) return ended(known, open, scene)
  return {
    known: withWalk(known, open),
    facts: walk.status === 'open' ? [] : reminder(walk.run, 1, scene),
    say: walk.status === 'open' ? [] : [plainly(scene.t('survey.goingOn'))],
  }
}

/** A reminder for whoever stops in the middle; it looks at its time how things are then. */
export function reminder(run: number, number: number, { salon, now }: Scene): Fact[] {
  const days = salon.reminders.surveyAfterDays
  const [after, before] = [days[number - 1], number > 1 ? (days[number - 2] ?? 0) : 0]
  if (after === undefined) return []
  const dueAt = now + (after - before) * dayMs
  return [{ kind: 'prompt', prompt: { kind: 'remind', about: run, number, source: 'walk', dueAt } }]
}

/** "Enough for today": what was given counts, and nobody reminds of the rest. */
export function surveyLeft(known: Known, walk: Walk, scene: Scene): Decision {
  return {
    known: withWalk(known, { ...walk, status: 'stopped', changedAt: scene.now }),
    facts: [{ kind: 'endPrompts', run: walk.run }],
    spoken: { say: [plainly(scene.t('survey.left'))] },
  }
}

/** Whether a link or a code of the survey's brought the person: "survey", "survey-desk"... */
export const cameForSurvey = (source: string | undefined): boolean =>
  source !== undefined && /^survey(?:$|[-_])/.test(source)

/** Opens the invitation, if the person may be asked at all. */
export function invited(known: Known, origin: InviteOrigin, scene: Scene): Known {
  const at = surveyState(known, scene)
  if (!consented(known) || at.state === 'answered') return known
  const former = walkOf(known, 'invite')
  return withWalk(known, {
    name: 'invite',
    run: (former?.run ?? 0) + 1,
    version: 1,
    status: 'open',
    answers: { origin: { value: origin } },
    startedAt: scene.now,
    changedAt: scene.now,
  })
}

/**
 * Whoever has just got to know the salon is invited; whoever left the survey in the middle before that is asked whether to go on,
 * unless they had enough of it, or it goes on by itself.
 */
export function invitedAfterOnboarding(known: Known, scene: Scene): Known {
  const at = surveyState(known, scene)
  if (at.state === 'free') return invited(known, 'onboarding', scene)
  return at.walk.status === 'paused' ? invited(known, 'reminder', scene) : known
}

/** What a score leads to, beside the next question: the salon's people hear of an unhappy client once a walk. */
export function heard(walk: Walk, before: Walk): Fact[] {
  const was = (one: Walk): Answer | undefined => one.answers[recommendId]
  if (!isUnhappy(was(walk)) || isUnhappy(was(before))) return []
  return [{ kind: 'unhappy', dialogue: walk.name, run: walk.run }]
}

/** What the question "may we call you?" leads to. */
export function callAnswered(walk: Walk): Fact[] {
  const wanted = walk.answers['callMe']?.value
  return typeof wanted === 'boolean'
    ? [{ kind: 'callWanted', dialogue: walk.name, run: walk.run, wanted }]
    : []
}

/** Whether the person is in the middle of something else right now. */
export function isBusy(known: Known, scene: Scene): boolean {
  const current = currentOf(known, scene)
  if (scene.now - known.chat.lastSeenAt < quietMs) return true
  return current !== undefined && scene.now - current.walk.changedAt < quietMs
}

/** Who did something in the last minutes is left to it. */
const quietMs = 10 * 60_000
