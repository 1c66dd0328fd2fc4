import type { Answer, Answers } from '../answer.ts'
import type { Walk } from '../known.ts'
import { recommendId } from '../survey.ts'
import type { SurveyQuestion } from '../survey.ts'
import { isUnhappy } from '../happiness.ts'
import { callWish } from './call-wish.ts'
import type { Chance } from './chance.ts'
import type { Person } from './people.ts'
import { answerTime } from './answer-time.ts'
import { moodOf } from './speech.ts'
import type { Mood } from './speech.ts'
import { answerTo, isAsked, respondent } from './survey-answers.ts'
import type { Respondent } from './survey-answers.ts'
import { ageGroup } from './survey-tables.ts'
import type { Draft, Wish } from './talk.ts'
import { dayMs, outOfQuietHours, secondMs } from './world.ts'
import type { World } from './world.ts'

/** Probability to leave at the first question, and what every further one adds; a grid tires more. */
const leaving = { first: 0.006, more: 0.0017, grid: 1.5 }
/** How those who leave do it. */
const ways = { open: 55, paused: 20, stopped: 25 }
/** Who goes on after the first reminder, and after the second. */
const returnShares = [0.3, 0.2]
/** Who has something to suggest. */
const suggests = 0.36
/** Seconds to an answer, on average; `row`: for each row of a grid. */
const thinkingSeconds = { yesNo: 6, choice: 9, choices: 12, scale: 8, text: 40, date: 10, row: 6, skip: 4 }

/** What the salon knows of the client's person already. */
export interface Told {
  sex: boolean
  age: boolean
}

/** The survey from its beginning to its end, or to where it was left, with the reminders that this took. */
export function surveyWalk(
  person: Person,
  told: Told,
  beganAt: number,
  world: World,
  chance: Chance,
): { walk: Draft; reminders: Reminder[] } {
  const who = respondent(person, beganAt, world, chance)
  const begun = { name: 'survey', run: 1, version: world.survey.version, startedAt: beganAt }
  let state: State = { at: beganAt, asked: 0, answers: knownOf(person, told, who), reminders: [] }
  for (const question of [...world.survey.questions, check]) {
    const next = isAsked(question, state.answers, who) ? put(question, state, who) : { state }
    state = next.state
    if (next.left !== undefined) return walked({ ...begun, status: next.left }, state)
  }
  return walked({ ...begun, status: 'finished' }, state)
}

/** What is known from elsewhere is shown at the end, to be corrected. */
const check: SurveyQuestion = { id: 'check', kind: 'yesNo', block: 'person' }

const walked = (
  walk: Pick<Walk, 'name' | 'run' | 'version' | 'startedAt' | 'status'>,
  { at, answers, reminders, wish }: State,
) => ({ walk: { ...walk, answers, changedAt: at, ...wish }, reminders })

/** A message to somebody who stopped in the middle. */
export interface Reminder {
  saidAt: number
  /** When it brought them back. */
  backAt?: number
}

interface State {
  /** When the last answer was given. */
  at: number
  asked: number
  answers: Answers
  /** There are some when the client has left once, and nobody leaves twice. */
  reminders: Reminder[]
  wish?: { wish: Wish }
}

interface Next {
  state: State
  left?: 'open' | 'paused' | 'stopped'
}

/** One question: answered, or left, or left and answered some days later. */
function put(question: SurveyQuestion, state: State, who: Respondent): Next {
  const { chance, world, person } = who
  const answer = answerTo(question, state.answers, who)
  const speaks = question.id === 'suggestions' && person.sex === 'female' && chance.yes(suggests)
  const risk = (leaving.first + leaving.more * state.asked) * (question.kind === 'grid' ? leaving.grid : 1)
  const leaves = state.reminders.length === 0 && chance.yes(risk)
  const pause = leaves ? leave(question, answer, state, who) : { state }
  if (pause.left !== undefined) return pause
  const at = pause.state.at + thinking(question, speaks ? {} : answer, chance)
  if (at > world.until) return { state: pause.state, left: 'open' }
  const answers = { ...state.answers, [question.id]: { ...answer, at } }
  const wish: Wish = { question: question.id, stack: `suggestions.${moodIn(answers)}`, at }
  const next = { ...pause.state, at, answers, asked: state.asked + 1, ...(speaks && { wish: { wish } }) }
  return question.id === recommendId ? askedForCall(next, who) : { state: next }
}

/** The lowest score decides how somebody speaks. */
function moodIn(answers: Answers): Mood {
  const scores = Object.values(answers[recommendId]?.value ?? {}).filter((one) => typeof one === 'number')
  return scores.length === 0 ? 'neutral' : moodOf(Math.min(...scores))
}

/** Whoever is unhappy is asked at once whether somebody may call. */
function askedForCall(state: State, { chance, world }: Respondent): Next {
  const callMe = callWish(state.at, chance)
  if (!isUnhappy(state.answers[recommendId])) return { state }
  if (callMe.at > world.until) return { state, left: 'open' }
  return { state: { ...state, at: callMe.at, answers: { ...state.answers, callMe } } }
}

/** The client goes away here. A reminder may bring them back: then `left` is absent, and `at` is when they are back. */
function leave(question: SurveyQuestion, answer: Answer, state: State, who: Respondent): Next {
  const { chance, world } = who
  const begun = beginning(question, answer, state, chance)
  const left = chance.weighted(ways)
  if (left === 'stopped') return { state: begun, left }
  const reminders: Reminder[] = []
  let [dueAt, daysBefore] = [begun.at, 0]
  for (const [index, days] of world.salon.reminders.surveyAfterDays.entries()) {
    dueAt = outOfQuietHours(dueAt + (days - daysBefore) * dayMs, world)
    daysBefore = days
    if (dueAt > world.until) break
    const backAt = answerTime(dueAt, world, chance)
    const returns = chance.yes(returnShares[index] ?? 0)
    if (returns && backAt <= world.until)
      return { state: { ...begun, at: backAt, reminders: [...reminders, { saidAt: dueAt, backAt }] } }
    reminders.push({ saidAt: dueAt })
    if (returns) break
  }
  return { state: { ...begun, reminders }, left }
}

/** Some rows of the grid may have been given already. */
function beginning(question: SurveyQuestion, answer: Answer, state: State, chance: Chance): State {
  const rows = question.kind === 'grid' && !answer.skipped ? Object.entries(answer.value ?? {}) : []
  const given = rows.slice(0, chance.whole(0, Math.max(rows.length - 1, 0)))
  if (given.length === 0) return state
  const at = state.at + given.length * 5 * secondMs
  const part = { ...answer, value: Object.fromEntries(given), at }
  return { ...state, at, answers: { ...state.answers, [question.id]: part } }
}

function thinking(question: SurveyQuestion, answer: Answer, chance: Chance): number {
  const rows = question.kind === 'grid' ? Math.max(Object.keys(answer.value ?? {}).length, 1) : 1
  const mean = answer.skipped
    ? thinkingSeconds.skip
    : thinkingSeconds[question.kind === 'grid' ? 'row' : question.kind]
  return Math.round(rows * (1.5 + chance.gamma(3, (mean - 1.5) / 3)) * secondMs)
}

/** Sex and age, where they were told in another place: they are not asked again. */
function knownOf(person: Person, told: Told, { world, beganAt }: Respondent): Answers {
  const asks = (id: string, option: string) =>
    world.survey.questions.some((one) => one.id === id && one.options?.some((each) => each.id === option))
  const age = ageGroup(person.birthday, beganAt)
  return {
    ...(told.sex && asks('sex', person.sex) && { sex: { value: person.sex, known: true as const } }),
    ...(told.age && asks('age', age) && { age: { value: age, known: true as const } }),
  }
}
