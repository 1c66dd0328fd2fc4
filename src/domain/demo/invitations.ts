import type { Walk } from '../known.ts'
import { nextTime } from '../quiet-hours.ts'
import type { Chance } from './chance.ts'
import { answerTime } from './answer-time.ts'
import type { DemoPrompt, DemoVisit } from './demo-client.ts'
import type { Person } from './people.ts'
import { hourMs, minuteMs, secondMs } from './world.ts'
import type { Reminder } from './survey-walk.ts'
import type { World } from './world.ts'

/** A regular client is invited after getting to know the bot, a newcomer by an admin, once there is something to tell of. */
const invited = { regular: 0.9, newcomer: 0.8 }
/** What comes of an invitation; who says nothing leaves it open. */
const replies = { now: 52, evening: 14, no: 14, nothing: 20 }
/** Who wanted to be asked in the evening, and then does begin. */
const eveningHolds = 0.75

export interface Invitation {
  walks: Walk[]
  prompts: DemoPrompt[]
  /** When the survey begins, if it does. */
  beginsAt?: number
}

/** How a client is invited to the survey, and what comes of it. */
export function invite(
  person: Person,
  visits: readonly DemoVisit[],
  world: World,
  chance: Chance,
): Invitation {
  const nobody: Invitation = { walks: [], prompts: [] }
  const { newcomer } = person
  if (!chance.yes(newcomer ? invited.newcomer : invited.regular)) return nobody
  const askedAt = newcomer ? adminAsks(visits, world, chance) : person.joinedAt + 2 * minuteMs
  if (askedAt === undefined || askedAt > world.until) return nobody
  const prompts = newcomer ? [invitation(1, 'admin', askedAt)] : []
  const when = chance.weighted(replies)
  const at = newcomer ? answerTime(askedAt, world, chance) : askedAt + chance.whole(4, 50) * secondMs
  const origin = newcomer ? 'prompt' : 'onboarding'
  if (when === 'nothing' || at > world.until) return { walks: [inviteWalk(1, origin, askedAt)], prompts }
  const asked: Invitation = { walks: [inviteWalk(1, origin, askedAt, { when, at })], prompts }
  if (when === 'evening') return inTheEvening(asked, at, world, chance)
  return when === 'now' ? { ...asked, beginsAt: at } : asked
}

/** The second asking, at the hour that the salon's settings call evening. */
function inTheEvening(
  { walks, prompts }: Invitation,
  wishedAt: number,
  world: World,
  chance: Chance,
): Invitation {
  const { salon, until } = world
  const askedAt = nextTime(wishedAt, salon.survey.eveningAt, salon.timeZone, hourMs)
  if (askedAt > until) return { walks, prompts }
  const asked = [...prompts, invitation(2, 'onboarding', askedAt)]
  const at = askedAt + 20 * secondMs + Math.round(chance.exponential(25 * minuteMs))
  if (!chance.yes(eveningHolds) || at > until)
    return { walks: [...walks, inviteWalk(2, 'evening', askedAt)], prompts: asked }
  const begun = inviteWalk(2, 'evening', askedAt, { when: 'now', at })
  return { walks: [...walks, begun], prompts: asked, beginsAt: at }
}

/** The reminders of a survey that stopped in the middle are invitations, too. @param run of the last one before */
export function remind(reminders: readonly Reminder[], run: number): Omit<Invitation, 'beginsAt'> {
  return {
    walks: reminders.map(({ saidAt, backAt }, index) => {
      const reply = backAt === undefined ? undefined : { when: 'now' as const, at: backAt }
      return inviteWalk(run + index + 1, 'reminder', saidAt, reply)
    }),
    prompts: reminders.map(({ saidAt }, index) => ({
      kind: 'remind',
      about: 1,
      number: index + 1,
      source: 'walk',
      dueAt: saidAt,
    })),
  }
}

/** Within two weeks after the first visit, at an hour when an admin has time. */
function adminAsks(visits: readonly DemoVisit[], { days }: World, chance: Chance): number | undefined {
  const first = visits[0]
  const wait = chance.whole(4, 14)
  const part = chance.fraction()
  if (first === undefined) return undefined
  const { opensAt } = days.daysAfter(first.at, wait)
  return opensAt + Math.round(part * 7 * hourMs)
}

const invitation = (number: number, source: DemoPrompt['source'], dueAt: number): DemoPrompt => ({
  kind: 'invite',
  about: 1,
  number,
  source,
  dueAt,
})

/** The dialogue that the invitation is, with what was said to it. */
function inviteWalk(
  run: number,
  origin: 'onboarding' | 'prompt' | 'reminder' | 'evening',
  startedAt: number,
  reply?: { when: 'now' | 'evening' | 'no'; at: number },
): Walk {
  const asked = { origin: { value: origin } }
  const begun = { name: 'invite', run, version: 1, startedAt }
  if (reply === undefined) return { ...begun, status: 'open', answers: asked, changedAt: startedAt }
  const { when, at } = reply
  const status = when === 'no' ? 'stopped' : 'finished'
  return { ...begun, status, answers: { ...asked, when: { value: when } }, changedAt: at }
}
