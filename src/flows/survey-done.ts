/** What the answers of the survey, the short form and the invitation lead to. */
import { withWalk } from '../domain/known.ts'
import type { Fact, Known, Walk } from '../domain/known.ts'
import { nextTime, quietUntil } from '../domain/quiet-hours.ts'
import type { Done, Effect } from './effect.ts'
import { showDay, showTime } from './dates.ts'
import type { Current } from './current.ts'
import { plainly } from './decision.ts'
import type { Decision } from './decision.ts'
import { reactionTo } from './happiness.ts'
import { originOf } from './invite.ts'
import type { Scene } from './question.ts'
import { begunSurvey, callAnswered, heard, surveyState } from './survey-acts.ts'
import { ended, isComplete, thanks } from './survey-end.ts'

export function surveyDone(done: Done): Effect {
  const { walk, before } = done
  const { scene } = before
  const known = corrected(done)
  const facts = factsOf(done)
  if (!isComplete(known, walk, scene)) return { known, facts, spoken: noteOf(done) }
  const end = ended(known, walk, scene)
  return { known: end.known, facts: [...facts, ...end.facts], spoken: { say: end.say } }
}

export function visitDone(done: Done): Effect {
  const { known, walk, before } = done
  const { scene } = before
  const facts = factsOf(done)
  if (!isComplete(known, walk, scene)) return { known, facts, spoken: noteOf(done) }
  return {
    known: withWalk(known, { ...walk, status: 'finished' }),
    facts,
    spoken: { say: [thanks(walk, scene)] },
  }
}

export function inviteDone({ known, walk, before }: Done): Effect {
  const { scene } = before
  const closed = (status: Walk['status']): Known => withWalk(known, { ...walk, status })
  switch (walk.answers['when']?.value) {
    case 'now': {
      const begun = begunSurvey(closed('finished'), scene)
      return begun
        ? { known: begun.known, facts: begun.facts, spoken: { say: begun.say } }
        : { known: closed('finished'), facts: [], spoken: {} }
    }
    case 'evening':
      return inTheEvening(closed('finished'), walk, scene)
    case 'no':
      return declinedSurvey(closed('stopped'), walk, scene)
    default:
      return { known, facts: [], spoken: {} }
  }
}

/** Whoever leaves the invitation by a word ("not now") has said no. */
export function inviteLeft(known: Known, at: Current, scene: Scene): Decision {
  const answers = { ...at.walk.answers, when: { value: 'no' } }
  const walk: Walk = { ...at.walk, status: 'stopped', answers, changedAt: scene.now }
  const { spoken, ...declined } = declinedSurvey(withWalk(known, walk), walk, scene)
  return {
    ...declined,
    spoken: { ...spoken, dealt: { dialogue: at.dialogue, question: at.place.question, answers } },
  }
}

/** What a score or the answer to "may we call you?" tells the salon's people. */
function factsOf({ walk, at, stepped }: Done): Fact[] {
  const answered = stepped.what === 'answered' ? stepped.question.id : undefined
  return [...heard(walk, at.walk), ...(answered === 'callMe' ? callAnswered(walk) : [])]
}

function noteOf({ walk, at, stepped, before }: Done): { note?: string } {
  const note =
    stepped.what === 'answered'
      ? reactionTo(stepped.question, walk.answers, at.place.row, before.scene)
      : undefined
  return note === undefined ? {} : { note }
}

/** The sex that the survey was told is the client's. */
function corrected({ known, walk, stepped }: Done): Known {
  if (stepped.what !== 'answered' || stepped.question.id !== 'sex') return known
  const sex = walk.answers['sex']?.value
  return sex === 'female' || sex === 'male' ? { ...known, client: { ...known.client, sex } } : known
}

/** An hour from now at the earliest: "in the evening" is not in ten minutes. */
const hourMs = 3600_000

/** Whoever is invited once more may put it off once more: each invitation has an evening of its own, with an even number. */
function inTheEvening(known: Known, invitation: Walk, scene: Scene): Effect {
  const { salon, now, t } = scene
  const at = surveyState(known, scene)
  const evening = nextTime(now, salon.survey.eveningAt, salon.timeZone, hourMs)
  const dueAt = quietUntil(evening, salon.quietHours, salon.timeZone) ?? evening
  const about = at.state === 'free' ? at.run : at.walk.run
  const number = 2 * invitation.run
  return {
    known,
    facts: [{ kind: 'prompt', prompt: { kind: 'invite', about, number, source: 'onboarding', dueAt } }],
    spoken: {
      say: [plainly(t('invite.inTheEvening', { day: showDay(dueAt, scene), time: showTime(dueAt, scene) }))],
    },
  }
}

/** An explicit "no": nobody is reminded after that. */
function declinedSurvey(known: Known, invitation: Walk, scene: Scene): Effect {
  const at = surveyState(known, scene)
  const halfway = at.state === 'halfway' ? at.walk : undefined
  const run = at.state === 'free' ? at.run : at.walk.run
  return {
    known: halfway ? withWalk(known, { ...halfway, status: 'stopped' }) : known,
    facts: [{ kind: 'endPrompts', run }],
    spoken: { say: [plainly(scene.t('invite.declined', { context: originOf(invitation.answers) }))] },
  }
}
