/** What a move inside a dialogue leads to. */
import type { Current } from './current.ts'
import { declined, passedOn, plainly, putOff, stale, withoutSide } from './decision.ts'
import type { Decision } from './decision.ts'
import { doneWith } from './done.ts'
import { step } from './engine.ts'
import type { Move, Stepped } from './engine.ts'
import { consented, withWalk } from '../domain/known.ts'
import type { Known, Walk } from '../domain/known.ts'
import { moreOfReason } from './more-words.ts'
import { clientFrom } from './onboarding.ts'
import type { Before } from './reply.ts'
import { stamp } from './stamp.ts'
import { surveyLeft } from './survey-acts.ts'
import { inviteLeft } from './survey-done.ts'

/**
 * Takes a move.
 * @param evidence what was pressed or typed, word for word: the proof of a consent
 */
export function moved(before: Before, at: Current, move: Move, evidence: string): Decision {
  const { known: all, scene } = before
  const known = at.dialogue.side ? all : withoutSide(all, scene)
  const stepped = step(at.dialogue, scene, at.walk.answers, move)
  switch (stepped.what) {
    case 'stale':
      return stale(before)
    case 'refused':
      return refused(before, at, move, stepped.problem)
    case 'paged':
      return { known: all, spoken: { page: stepped.page } }
    case 'left':
      return consented(known) ? left(known, at, before) : declined(before)
    case 'answered':
    case 'skipped':
    case 'kept':
    case 'reopened':
      return answered(before, known, at, stepped, move, evidence)
  }
}

/** Somebody who asks instead of answering is not told that they answered wrongly: the salon will answer them. */
function refused(before: Before, at: Current, move: Move, problem: string): Decision {
  const typed = move.kind === 'typed' && /\p{L}/u.test(move.text)
  if (typed && at.dialogue.once)
    return passedOn({ ...before, known: withoutSide(before.known, before.scene) }, move.text)
  const asks = typed && (at.dialogue.soft === true || (!at.dialogue.side && /\p{L}.*\?/su.test(move.text)))
  return asks && move.kind === 'typed'
    ? (moreOfReason(before, move.text) ?? passedOn(before, move.text))
    : { known: before.known, spoken: { problem } }
}

type Taken = Extract<Stepped, { answers: unknown }>

function answered(
  before: Before,
  known: Known,
  at: Current,
  stepped: Taken,
  move: Move,
  evidence: string,
): Decision {
  const { scene } = before
  const { question } = stepped
  // What is only opened again, or stays as it was, was given when it was given.
  const given = stepped.what === 'answered' || stepped.what === 'skipped'
  const answers = given ? stamp(at.dialogue, at.walk, question, stepped.answers, scene.now) : stepped.answers
  const walk: Walk = { ...at.walk, status: 'open', answers, changedAt: scene.now }
  const client =
    at.dialogue.name === 'onboarding' ? clientFrom(known.client, scene, walk.answers) : known.client
  const next = withWalk({ ...known, client }, walk)
  const effect = doneWith({ known: next, walk, stepped, at, move, evidence, before })
  const dealt = stepped.what === 'reopened' ? {} : { dealt: { dialogue: at.dialogue, question, answers } }
  const page = stepped.what === 'answered' ? stepped.page : undefined
  return { known: effect.known, facts: effect.facts, spoken: { ...effect.spoken, ...dealt, page } }
}

function left(known: Known, at: Current, { scene }: Before): Decision {
  const { side, leave, name } = at.dialogue
  if (name === 'survey') return surveyLeft(known, at.walk, scene)
  if (name === 'invite') return inviteLeft(known, at, scene)
  if (side || leave === 'stop') {
    const stopped = withWalk(known, { ...at.walk, status: 'stopped', changedAt: scene.now })
    return { known: stopped, spoken: side ? {} : { say: [plainly(scene.t(`${name}.left`))] } }
  }
  const corrected = name === 'onboarding' && known.client.onboardedAt !== undefined
  return {
    known: putOff(known, at.walk, scene),
    facts: name === 'onboarding' && !corrected ? [{ kind: 'notice', what: 'newClient' }] : [],
    spoken: { say: [plainly(scene.t(corrected ? 'onboarding.unchanged' : `${name}.left`))] },
  }
}
