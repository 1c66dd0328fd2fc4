import type { Answer, Answers } from '../answer.ts'
import { answerTime } from './answer-time.ts'
import type { Chance } from './chance.ts'
import { recommendScale } from '../survey.ts'
import type { DemoPrompt, DemoVisit } from './demo-client.ts'
import { onScale, opinion } from './liking.ts'
import type { Person } from './people.ts'
import type { Mood } from './speech.ts'
import type { Draft, Wish } from './talk.ts'
import { illness } from './tempers.ts'
import { dayMs, hourMs, outOfQuietHours, secondMs } from './world.ts'
import type { World } from './world.ts'

/** The factors as the chips under "why?" name them, by what people usually mean. */
const chips: Record<Mood, Record<string, number>> = {
  good: { master: 8, quality: 7, reputation: 2, location: 2, price: 1, habit: 2 },
  neutral: { price: 4, master: 2, quality: 3, location: 2, habit: 3, other: 1 },
  bad: { quality: 7, price: 5, master: 4, reputation: 1, other: 3 },
}
const chipOrder = ['master', 'reputation', 'location', 'price', 'quality', 'habit', 'other']

/** Days after a survey in which nobody is bothered with the short form. */
const restDays = 30
/** Who would rather say it in words. */
const writes: Record<Mood, number> = { good: 0.5, neutral: 0.35, bad: 0.7 }

/**
 * The short form after visits: asked some hours later, outside of the quiet hours, and not again within the salon's `everyDays`.
 * @param survey when the client began the survey, if ever
 */
export function shortForms(
  person: Person,
  visits: readonly DemoVisit[],
  survey: { beganAt?: number | undefined },
  world: World,
  chance: Chance,
): { walks: Draft[]; prompts: DemoPrompt[] } {
  const walks: Draft[] = []
  const prompts: DemoPrompt[] = []
  const { everyDays, afterVisitHours } = world.salon.survey
  let notBefore = 0
  for (const [index, visit] of visits.entries()) {
    const askedAt = outOfQuietHours(visit.at + afterVisitHours * hourMs, world)
    const resting = survey.beganAt !== undefined && within(askedAt - survey.beganAt, restDays * dayMs)
    if (askedAt < notBefore || askedAt > world.until || resting) continue
    notBefore = askedAt + everyDays * dayMs
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
  const started = { name: 'visit', run, version: world.survey.version, startedAt: askedAt }
  const line: Answer = { value: visit.line, known: true }
  const open: Draft = { ...started, status: 'open', answers: { line }, changedAt: askedAt }
  const habit = person.habits.find((one) => one.line === visit.line)
  if (habit === undefined) return open
  const felt = opinion(person, habit, visit.at, world, chance)
  const at = answerTime(askedAt, world, chance)
  if (!chance.yes(0.54 + 0.04 * Math.abs(felt - 7)) || at > world.until) return open
  const scale = recommendScale(world.survey)
  const value = chance.yes(0.04) ? null : heaped(onScale(felt, scale), chance)
  const recommend: Answer = { value, scale, at }
  const why = because(value, person, { ...visit, at: at + chance.whole(6, 40) * secondMs }, world, chance)
  if (why === undefined) return { ...open, answers: { line, recommend }, changedAt: at }
  const answers: Answers = { line, recommend, why: why.answer }
  return { ...started, status: 'finished', answers, changedAt: why.answer.at, ...why.wish }
}

/** "Why?" in chips or in words; passed over, or never reached. */
function because(
  score: number | null,
  person: Person,
  { line, at }: DemoVisit,
  world: World,
  chance: Chance,
): { answer: Answer & { at: number }; wish?: { wish: Wish } } | undefined {
  const mood = moodOf(score)
  const picked = pickedChips(mood, chance)
  const [vanishes, passes, finds] = [chance.yes(0.07), chance.yes(0.1), chance.yes(writes[mood])]
  if (vanishes || at > world.until) return undefined
  if (passes || score === null) return { answer: { skipped: true, at } }
  const answer = { value: picked, at }
  if (!finds || person.sex === 'male') return { answer }
  return { answer, wish: { wish: { question: 'why', stack: stackOf(line, mood, at, world), at } } }
}

function moodOf(score: number | null): Mood {
  if (score === null) return 'neutral'
  if (score >= 9) return 'good'
  return score >= 7 ? 'neutral' : 'bad'
}

function stackOf(line: string, mood: Mood, at: number, { tempers, days }: World): Wish['stack'] {
  const temper = tempers.get(line)
  const ill = temper?.ill === true && temper.talk === 'hair' && illness(days.dayAt(at).week) > 1
  return ill && mood === 'bad' ? 'ill' : `${temper?.talk ?? 'any'}.${mood}`
}

/** One chip, or two, in the order in which they stand. */
function pickedChips(mood: Mood, chance: Chance): string[] {
  const picked = new Set([chance.weighted(chips[mood])])
  if (chance.yes(0.35)) picked.add(chance.weighted(chips[mood]))
  return chipOrder.filter((one) => picked.has(one))
}

/** People like round and full numbers. */
function heaped(score: number, chance: Chance): number {
  if (score === 9 && chance.yes(0.35)) return 10
  return score === 6 && chance.yes(0.3) ? 5 : score
}

const within = (time: number, limit: number): boolean => time >= 0 && time < limit
