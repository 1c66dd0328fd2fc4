import type { Walk } from '../known.ts'
import type { Chance } from './chance.ts'
import type { DemoPrompt, DemoVisit } from './demo-client.ts'
import type { Person } from './people.ts'
import { answerTime } from './answer-time.ts'
import { hourMs, minuteMs, nextTime, secondMs } from './world.ts'
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
  if (!chance.yes(invited[person.newcomer ? 'newcomer' : 'regular'])) return nobody
  const askedAt = person.newcomer ? adminAsks(visits, world, chance) : person.joinedAt + 2 * minuteMs
  if (askedAt === undefined || askedAt > world.until) return nobody
  const source = person.newcomer ? 'admin' : 'onboarding'
  const prompts = person.newcomer ? [prompt(1, source, askedAt)] : []
  const reply = chance.weighted(replies)
  const at = person.newcomer ? answerTime(askedAt, world, chance) : askedAt + chance.whole(4, 50) * secondMs
  const origin = person.newcomer ? 'prompt' : 'onboarding'
  if (reply === 'nothing' || at > world.until) return { walks: [walk(1, origin, askedAt)], prompts }
  const walks = [walk(1, origin, askedAt, { when: reply, at })]
  if (reply === 'no') return { walks, prompts }
  if (reply === 'now') return { walks, prompts, beginsAt: at }
  return inTheEvening({ walks, prompts }, at, source, world, chance)
}

/** The second asking, at the hour that the salon's settings call evening. */
function inTheEvening(
  { walks, prompts }: Invitation,
  wishedAt: number,
  source: DemoPrompt['source'],
  world: World,
  chance: Chance,
): Invitation {
  const askedAt = nextTime(world.salon.survey.eveningAt, wishedAt, world)
  if (askedAt > world.until) return { walks, prompts }
  const asked = [...prompts, prompt(prompts.length + 1, source, askedAt)]
  const at = askedAt + 20 * secondMs + Math.round(chance.exponential(25 * minuteMs))
  if (!chance.yes(eveningHolds) || at > world.until)
    return { walks: [...walks, walk(2, 'evening', askedAt)], prompts: asked }
  const begun = walk(2, 'evening', askedAt, { when: 'now', at })
  return { walks: [...walks, begun], prompts: asked, beginsAt: at }
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

const prompt = (number: number, source: DemoPrompt['source'], dueAt: number): DemoPrompt => ({
  kind: 'invite',
  about: 1,
  number,
  source,
  dueAt,
})

function walk(
  run: number,
  origin: 'onboarding' | 'prompt' | 'evening',
  startedAt: number,
  reply?: { when: string; at: number },
): Walk {
  const asked = { origin: { value: origin, known: true as const } }
  const begun = { name: 'invite', run, version: 1, startedAt }
  if (reply === undefined) return { ...begun, status: 'open', answers: asked, changedAt: startedAt }
  const answers = { ...asked, when: { value: reply.when, at: reply.at } }
  return { ...begun, status: 'finished', answers, changedAt: reply.at }
}
