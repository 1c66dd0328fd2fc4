/** One answer of one client to one question of the survey, whatever the salon has made of the survey. */
import type { Answer, Answers, RowValue, Scale, Value } from '../answer.ts'
import type { SurveyOption, SurveyQuestion } from '../survey.ts'
import type { Chance } from './chance.ts'
import { onScale, opinion } from './liking.ts'
import type { Habit, Person } from './people.ts'
import { ageGroup, factors, frequencyOf, spendOf, tenureOf, toldOf } from './survey-tables.ts'
import type { World } from './world.ts'

export interface Respondent {
  person: Person
  world: World
  chance: Chance
  /** When the survey began: opinions do not change on the way through. */
  beganAt: number
  /** What the client thinks of each line, 1 to 10 without ends. */
  opinions: ReadonlyMap<string, number>
}

export function respondent(person: Person, beganAt: number, world: World, chance: Chance): Respondent {
  const opinions = new Map(
    person.habits.map((habit) => [habit.line, opinion(person, habit, beganAt, world, chance, 0.5)]),
  )
  return { person, world, chance, beganAt, opinions }
}

/** Questions about the person that are none of the salon's business; the others are passed over now and then. */
const skips: Readonly<Record<string, number>> = {
  income: 0.35,
  incomeAmount: 0.95,
  regular: 0,
  frequency: 0,
  check: 0,
}
const skipsElse = { person: 0.05, salon: 0.02 }

/** Whether the question is asked at all, after what was answered so far. */
export function isAsked(question: SurveyQuestion, answers: Answers, who: Respondent): boolean {
  if (answers[question.id] !== undefined) return false
  if (question.id === 'check') return Object.values(answers).some((answer) => answer.known)
  if (question.partOf !== undefined) return answers[question.partOf]?.value != null
  return question.kind !== 'grid' || rowsOf(question, answers, who).length > 0
}

/** The answer without its time. */
export function answerTo(question: SurveyQuestion, answers: Answers, who: Respondent): Answer {
  const skipped = who.chance.yes(skips[question.id] ?? skipsElse[question.block])
  if (question.kind === 'grid') {
    const rows = rowsOf(question, answers, who)
    // Whoever passes over a grid may have begun it.
    const given = skipped ? rows.slice(0, who.chance.whole(0, rows.length - 1)) : rows
    const value = Object.fromEntries(given.map((row) => [row, rowValue(question, row, who)]))
    const rest = skipped ? { skipped } : {}
    return given.length > 0 ? { value, ...rest, ...(question.scale && { scale: question.scale }) } : rest
  }
  const value = skipped ? undefined : plainValue(question, who)
  if (value === undefined) return { skipped: true }
  return { value, ...(question.kind === 'scale' && { scale: scaleOf(question) }) }
}

/** Ids of the rows, in their order: lines, lines that the client uses, or the question's own. */
function rowsOf({ rows }: SurveyQuestion, answers: Answers, { person, world }: Respondent): string[] {
  if (rows === undefined) return []
  if (typeof rows !== 'string') return rows.map((row) => row.id)
  const lines = world.salon.lines.map((line) => line.id)
  if (rows === 'lines') return lines
  const frequency = answers['frequency']?.value
  const asked = typeof frequency === 'object' && frequency !== null && !Array.isArray(frequency)
  const uses = (line: string) =>
    asked
      ? (frequency as Record<string, RowValue>)[line] !== 'never'
      : person.habits.some((habit) => habit.line === line)
  return lines.filter(uses)
}

/** The kinds that are answered at once; undefined: nothing comes to mind. */
function plainValue(question: SurveyQuestion, who: Respondent): Value | undefined {
  const { chance, person, beganAt } = who
  const options = question.options ?? []
  switch (question.kind) {
    case 'yesNo':
      return chance.yes(yesOf(question.id, who))
    case 'choice':
      if (question.id === 'sex') return among(options, person.sex)
      if (question.id === 'age') return among(options, ageGroup(person.birthday, beganAt))
      if (question.id === 'tenure') return among(options, tenureOf(person.since, beganAt))
      return drawn(options, toldOf(question.id, person, beganAt), chance)
    case 'choices': {
      const picked = options.filter(() => chance.yes(0.4)).map((option) => option.id)
      return picked.length > 0 ? picked : undefined
    }
    case 'scale':
      return onScale(question.id === 'income' ? 5.2 + 1.8 * chance.normal() : mean(who), scaleOf(question))
    case 'text':
      return question.id === 'incomeAmount' ? `${chance.whole(4, 18)}0 000` : undefined
    case 'date':
    case 'grid':
      return undefined
  }
}

/** One row of a grid. */
function rowValue(question: SurveyQuestion, row: string, who: Respondent): RowValue {
  const { person, world, chance } = who
  const habit = person.habits.find((one) => one.line === row)
  const options = question.options ?? []
  if (question.id === 'frequency') return among(options, frequencyOf(habit)) ?? null
  if (question.id === 'spend') return among(options, spendOf(habit, world.salon)) ?? null
  if (question.scale === undefined) return drawn(options, {}, chance) ?? null
  const thought = thinks(question.id, row, habit, who)
  // Nobody can rate what they have never had; some would rather not rate what they have.
  if (question.noOpinion && (thought === undefined || chance.yes(0.06))) return null
  return onScale(thought ?? mean(who), question.scale)
}

/** What a client thinks of a row, 1 to 10 without ends; undefined of a line that they do not use. */
function thinks(id: string, row: string, habit: Habit | undefined, who: Respondent): number | undefined {
  const { chance, opinions } = who
  const factor = factors[row]
  if (id === 'importance' && factor) return factor.importance + 1.8 * chance.normal()
  if (id === 'retention' && factor) return factor.retention + 2.5 * chance.normal()
  const liked = opinions.get(row)
  if (liked === undefined || habit === undefined) return undefined
  if (id === 'satisfaction') return liked + 0.8 + 0.7 * chance.normal()
  // Who is about to stay away knows it, more or less.
  if (id === 'intention') return liked + 1.8 - 6 * habit.dropout + 0.8 * chance.normal()
  return liked
}

function yesOf(id: string, { person }: Respondent): number {
  if (id === 'check') return 1
  if (id === 'regular') return person.newcomer ? 0.3 : 0.82
  if (id === 'card') return person.newcomer ? 0.15 : 0.62
  return 0.5
}

const mean = ({ opinions }: Respondent): number =>
  [...opinions.values()].reduce((sum, one) => sum + one, 0) / Math.max(opinions.size, 1)

const scaleOf = (question: SurveyQuestion): Scale => question.scale ?? { from: 1, to: 7 }

/** The option, if the salon still offers it. */
const among = (options: readonly SurveyOption[], id: string): string | undefined =>
  options.some((option) => option.id === id) ? id : undefined

/** One of the options, by the weights that are known of them. */
function drawn(
  options: readonly SurveyOption[],
  weights: Readonly<Record<string, number>>,
  chance: Chance,
): string | undefined {
  if (options.length === 0) return undefined
  return chance.weighted(Object.fromEntries(options.map(({ id }) => [id, weights[id] ?? 1])))
}
