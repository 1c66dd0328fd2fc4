/** What is said on our side, when its time has come: whether it still makes sense, and whether this is a good moment. */
import { consented, walkOf, withWalk } from '../domain/known.ts'
import type { Fact, Known } from '../domain/known.ts'
import type { Prompted } from '../domain/prompt.ts'
import type { Input } from './conversation.ts'
import { withoutSide } from './decision.ts'
import type { Decision } from './decision.ts'
import { originOf } from './invite.ts'
import type { Scene } from './question.ts'
import type { Before } from './reply.ts'
import { invited, isBusy, reminder, surveyState } from './survey-acts.ts'

const dayMs = 24 * 3600_000
/** Somebody who is chatting is asked again after so long. */
const laterMs = 20 * 60_000

export function prompted(before: Before, input: Input & { kind: 'prompt' }): Decision {
  const { known, scene } = before
  // What is asked now comes first, whatever was left open beside the dialogues.
  const wish = wishOf(withoutSide(known, scene), input, scene)
  if ('what' in wish) return silent(known, wish)
  if (isBusy(known, scene)) return silent(known, { what: 'later', at: scene.now + laterMs })
  return { known: wish.known, facts: wish.facts, spoken: {}, prompted: { what: 'said' } }
}

const silent = (known: Known, outcome: Prompted): Decision => ({
  known,
  spoken: {},
  silent: true,
  prompted: outcome,
})

const moot: Prompted = { what: 'moot' }

type Wish = Prompted | { known: Known; facts: Fact[] }

function wishOf(known: Known, { prompt, line }: Input & { kind: 'prompt' }, scene: Scene): Wish {
  if (!consented(known)) return moot
  switch (prompt.kind) {
    case 'invite': {
      const at = surveyState(known, scene)
      if (at.state !== 'free' || at.run !== prompt.about) return moot
      const asked = walkOf(known, 'visit')?.startedAt
      // Whoever asked to be written to in the evening waits for it.
      if (!isPromised(prompt.number) && isToday(asked, scene)) return { what: 'later', at: asked + dayMs }
      return { known: invited(known, isPromised(prompt.number) ? 'evening' : 'prompt', scene), facts: [] }
    }
    case 'remind':
      return reminded(known, prompt.about, prompt.number, scene)
    case 'visit':
      return line === undefined ? moot : askedAfterVisit(known, line, scene)
  }
}

/** The salon begins once a day: an invitation and the question after a visit don't come within 24 hours of each other. */
const isToday = (at: number | undefined, { now }: Scene): at is number => at !== undefined && now - at < dayMs

/** Invitations have odd numbers; the even one after each is for the evening that may be promised. */
const isPromised = (number: number): boolean => number % 2 === 0

function reminded(known: Known, run: number, number: number, scene: Scene): Wish {
  const at = surveyState(known, scene)
  if (at.state !== 'halfway' || at.walk.run !== run || at.walk.status === 'stopped') return moot
  const days = scene.salon.reminders.surveyAfterDays
  const after = days[number - 1]
  if (after === undefined) return moot
  // The days count from when the person stopped, and they may have gone on since this was planned.
  const due = at.walk.changedAt + (after - (days[number - 2] ?? 0)) * dayMs
  if (scene.now < due) return { what: 'later', at: due }
  return { known: invited(known, 'reminder', scene), facts: reminder(run, number + 1, scene) }
}

/** Nobody is asked more often than the salon's settings say, by the short form or the survey. */
function askedAfterVisit(known: Known, line: string, scene: Scene): Wish {
  const { now, salon, dialogues } = scene
  const lately = ['visit', 'survey'].some((name) => {
    const walk = walkOf(known, name)
    return walk !== undefined && now - walk.changedAt < salon.survey.everyDays * dayMs
  })
  if (lately || !salon.lines.some((one) => one.id === line)) return moot
  const invitation = walkOf(known, 'invite')
  const invitedAt = invitation && originOf(invitation.answers) === 'prompt' ? invitation.startedAt : undefined
  if (isToday(invitedAt, scene)) return { what: 'later', at: invitedAt + dayMs }
  const walk = {
    name: 'visit',
    run: (walkOf(known, 'visit')?.run ?? 0) + 1,
    version: dialogues['visit']?.version ?? 1,
    status: 'open' as const,
    answers: { line: { value: line } },
    startedAt: now,
    changedAt: now,
  }
  return { known: withWalk(known, walk), facts: [] }
}
