import type { Answer } from '../answer.ts'
import type { Walk } from '../known.ts'
import { recommendId, recommendScale } from '../survey.ts'
import { answerTime } from './answer-time.ts'
import { isUnhappy } from '../happiness.ts'
import { callWish } from './call-wish.ts'
import type { Chance } from './chance.ts'
import type { DemoPrompt, DemoVisit } from './demo-client.ts'
import { onScale, opinion } from './liking.ts'
import type { Person } from './people.ts'
import { moodOf } from './speech.ts'
import type { Mood } from './speech.ts'
import type { Draft, Wish } from './talk.ts'
import { illness } from './tempers.ts'
import { dayMs, hourMs, outOfQuietHours, secondMs } from './world.ts'
import type { World } from './world.ts'

/** The reasons under "why?" that can be tapped, by what people usually mean. */
const chips: Record<Mood, Record<string, number>> = {
  good: { master: 8, quality: 7, reputation: 2, location: 2, price: 1, habit: 2 },
  neutral: { price: 4, master: 2, quality: 3, location: 2, habit: 3, other: 1 },
  bad: { quality: 7, price: 5, master: 4, reputation: 1, other: 3 },
}

/** Who would rather say it in words. */
const writes: Record<Mood, number> = { good: 0.5, neutral: 0.35, bad: 0.7 }

/**
 * The short form after visits: asked some hours later, outside of the quiet hours, and not within the salon's `everyDays` of
 * another one or of the survey.
 * @param survey the client's walk through it, if there is one
 */
export function shortForms(
  person: Person,
  visits: readonly DemoVisit[],
  survey: Walk | undefined,
  world: World,
  chance: Chance,
): { walks: Draft[]; prompts: DemoPrompt[] } {
  const walks: Draft[] = []
  const prompts: DemoPrompt[] = []
  const { everyDays, afterVisitHours } = world.salon.survey
  for (const [index, visit] of visits.entries()) {
    const askedAt = outOfQuietHours(visit.at + afterVisitHours * hourMs, world)
    const before = [...walks, ...(survey ? [survey] : [])].filter((walk) => walk.startedAt <= askedAt)
    const lately = before.some((walk) => visit.at - walk.changedAt < everyDays * dayMs)
    if (askedAt > world.until || lately) continue
    prompts.push({ kind: 'visit', about: index, number: 1, source: 'visit', dueAt: askedAt })
    walks.push(shortForm(person, visit, askedAt, walks.length + 1, world, chance.fork(index)))
  }
  return { walks, prompts }
}

/** One short form. Who does not answer leaves it open, with nothing but the line in it. */
function shortForm(
  person: Person,
  visit: DemoVisit,
  askedAt: number,
  run: number,
  world: World,
  chance: Chance,
): Draft {
  const { survey, until } = world
  const open: Draft = {
    name: 'visit',
    run,
    version: survey.version,
    status: 'open',
    answers: { line: { value: visit.line } },
    startedAt: askedAt,
    changedAt: askedAt,
  }
  const habit = person.habits.find((one) => one.line === visit.line)
  if (habit === undefined) return open
  const felt = opinion(person, habit, visit.at, world, chance)
  const at = answerTime(askedAt, world, chance)
  if (!chance.yes(0.54 + 0.04 * Math.abs(felt - 7)) || at > until) return open
  const scale = recommendScale(survey)
  const score = chance.yes(0.04) ? null : heaped(onScale(felt, scale), chance)
  const scored = given(open, recommendId, { value: score, scale, at })
  return score === null ? finished(scored) : explained(scored, score, person, visit, world, chance)
}

/** "Why?" in a tap or in words, and for the unhappy "may we call you?". Each may be passed over, or never reached. */
function explained(
  draft: Draft,
  score: number,
  person: Person,
  { line }: DemoVisit,
  world: World,
  chance: Chance,
): Draft {
  const { until } = world
  const mood = moodOf(score)
  const at = draft.changedAt + chance.whole(6, 40) * secondMs
  const tapped: Answer = chance.yes(0.1) ? { skipped: true } : { value: [chance.weighted(chips[mood])] }
  const [vanishes, finds] = [chance.yes(0.07), chance.yes(writes[mood]) && person.sex === 'female']
  const call = callWish(at, chance)
  if (vanishes || at > until) return draft
  const speaks = finds && tapped.value !== undefined
  const wish: Wish = { question: 'why', stack: stackOf(line, mood, at, world), at }
  const said = { ...given(draft, 'why', { ...tapped, at }), ...(speaks && { wish }) }
  if (!isUnhappy(draft.answers[recommendId])) return finished(said)
  return call.at > until ? said : finished(given(said, 'callMe', call))
}

const given = (draft: Draft, id: string, answer: Answer & { at: number }): Draft => ({
  ...draft,
  answers: { ...draft.answers, [id]: answer },
  changedAt: answer.at,
})

const finished = (draft: Draft): Draft => ({ ...draft, status: 'finished' })

function stackOf(line: string, mood: Mood, at: number, { tempers, days }: World): Wish['stack'] {
  const temper = tempers.get(line)
  const ill = temper?.ill === true && temper.talk === 'hair' && illness(days.dayAt(at).week) > 1
  return ill && mood === 'bad' ? 'ill' : `${temper?.talk ?? 'any'}.${mood}`
}

/** People like round and full numbers. */
function heaped(score: number, chance: Chance): number {
  if (score === 9 && chance.yes(0.35)) return 10
  return score === 6 && chance.yes(0.3) ? 5 : score
}
