/** The survey in conversation: the salon's definition as a dialogue. */
import type { Answers, Value } from '../domain/answer.ts'
import { isUnhappy } from '../domain/happiness.ts'
import type { SurveyOption, SurveyQuestion, Survey } from '../domain/survey.ts'
import { checkId, recommendId } from '../domain/survey.ts'
import { listed, namedOptions } from './kinds/options.ts'
import { chips, choice, choices, confirm, date, dialogue, grid, scale, summary, text } from './question.ts'
import type { Dialogue, Option, Question, Scene } from './question.ts'

/**
 * Builds the dialogue of a survey. Its sentences are "survey.<question>.…"; the salon's own ones stand in for them
 * (domain/survey-words.ts).
 */
export function surveyDialogue(survey: Survey): Dialogue {
  const questions = survey.questions.flatMap((one) => {
    const question = questionOf(one)
    return one.id === recommendId ? [question, callMe] : [question]
  })
  return dialogue({
    name: 'survey',
    version: survey.version,
    leave: 'stop',
    progress: true,
    compact: true,
    stamped: true,
    questions: [...questions, check],
  })
}

/** Whoever is unhappy is asked at once, not at the end: many leave before. */
const callMe = confirm('callMe', {
  optional: true,
  uncounted: true,
  when: (_, answers) => isUnhappy(answers[recommendId]),
  // Whose number is not known can't be called.
  values: ({ client }) => ({ context: client.phone === undefined ? 'write' : 'call' }),
})

/** What is known from elsewhere is not asked, but can be corrected. */
const check = summary(checkId, {
  when: (_, answers) => Object.values(answers).some((answer) => answer.known),
  includes: (question, _, answers) => answers[question.id]?.known === true,
})

/** What of the answers is known before the survey begins: answers of their own, marked as known. */
export function knownAnswers(survey: Dialogue, scene: Scene): Answers {
  const found = Object.entries(knowable).flatMap(([id, value]) => {
    const known = survey.questions.some((one) => one.id === id) ? value(scene) : undefined
    return known === undefined ? [] : [[id, { value: known, known: true as const }] as const]
  })
  return Object.fromEntries(found)
}

const knowable: Record<string, (scene: Scene) => Value | undefined> = {
  sex: ({ client }) => client.sex,
  age: ({ client, today }) => {
    const { birthday } = client
    if (birthday?.year === undefined) return undefined
    const had = today.month > birthday.month || (today.month === birthday.month && today.day >= birthday.day)
    return ageGroup(today.year - birthday.year - (had ? 0 : 1))
  },
  tenure: ({ client, now }) =>
    client.firstVisitAt === undefined ? undefined : tenureGroup((now - client.firstVisitAt) / yearMs),
}

const yearMs = 365.25 * 24 * 3600_000

const ageId = 'age'
/** Whoever is asked how old they are may say so; one digit is the number of an answer. */
const typedAge = (typed: string): string | undefined => {
  const years = /^\D*([1-9]\d)\D*$/.exec(typed)?.[1]
  return years === undefined ? undefined : ageGroup(Number(years))
}

/** Age in whole years -> the survey's group. */
function ageGroup(years: number): string {
  if (years < 18) return 'under18'
  if (years <= 25) return '18to25'
  if (years <= 35) return '26to35'
  return years <= 45 ? '36to45' : 'over45'
}

/**
 * Years since the first visit that is known -> the survey's group. Below half a year nothing is said: visits may have been
 * written down only since then.
 */
function tenureGroup(years: number): string | undefined {
  if (years < 0.5) return undefined
  if (years < 1) return '6to12m'
  if (years < 2) return '1to2y'
  return years < 5 ? '2to5y' : 'over5y'
}

function questionOf(one: SurveyQuestion): Question {
  const { id, noOpinion = false } = one
  const { partOf } = one
  const asked = {
    optional: true,
    ...(one.words?.hint || builtInHints.has(id) ? { hint: true } : {}),
    ...(partOf === undefined
      ? {}
      : { uncounted: true, when: (_: Scene, answers: Answers) => answers[partOf]?.value != null }),
  }
  const ends = one.scale ?? { from: 1, to: 7 }
  switch (one.kind) {
    case 'yesNo':
      return confirm(id, asked)
    case 'choice':
      return choice(id, {
        ...asked,
        options: optionsOf(id, one.options ?? []),
        ...(id === ageId ? { means: typedAge } : {}),
      })
    case 'choices':
      return choices(id, { ...asked, options: optionsOf(id, one.options ?? []) })
    case 'scale':
      return scale(id, { ...asked, ...ends, noOpinion })
    case 'grid': {
      const rows = rowsOf(one)
      return one.scale
        ? grid(id, { ...asked, rows, ...ends, noOpinion })
        : grid(id, { ...asked, rows, columns: optionsOf(id, one.options ?? []) })
    }
    case 'text':
      return text(id, {
        ...asked,
        maxLength: one.maxLength ?? 20_000,
        ...(one.several ? { several: true } : {}),
      })
    case 'date':
      return date(id, asked)
  }
}

/** Built-in questions that have a sentence under them. */
const builtInHints = new Set(['suggestions', 'income', 'incomeAmount', 'importance', 'retention'])

type Options = (scene: Scene, answers: Answers) => Option[]

/** All names are "survey.<question>.options.<option>": the salon's own are found there, too. */
const optionsOf = (id: string, options: readonly SurveyOption[]): Options =>
  listed(
    `survey.${id}`,
    options.map((one) => one.id),
  )

function rowsOf({ id, rows = 'lines' }: SurveyQuestion): Options {
  if (rows === 'lines') return allLines
  return rows === 'usedLines' ? usedLines : optionsOf(id, rows)
}

const allLines: Options = (scene) => namedOptions(scene.salon.lines, scene)

/** The lines that the client does not call unused; whoever did not say may use them all. */
const usedLines: Options = (scene, answers) => {
  const used = answers['frequency']?.value
  const never = (line: string) =>
    typeof used === 'object' && used !== null && (used as Record<string, unknown>)[line] === 'never'
  return allLines(scene, answers).filter((line) => !never(line.value))
}

/**
 * The short form after a visit: the NPS question about the line that the client came for, then why.
 * `line` is filled in when it is opened.
 */
export function visitDialogue(survey: Survey): Dialogue {
  const asked = survey.questions.find((one) => one.id === recommendId)
  return dialogue({
    name: 'visit',
    version: survey.version,
    leave: 'later',
    compact: true,
    soft: true,
    stamped: true,
    questions: [
      choice('line', { final: true, options: allLines }),
      scale(recommendId, {
        ...(asked?.scale ?? { from: 1, to: 10 }),
        noOpinion: true,
        values: (scene, answers) => ({ line: lineName(scene, answers) }),
      }),
      chips('why', {
        optional: true,
        // More than one message of Telegram's: nobody who explains is told to be brief.
        maxLength: 20_000,
        options: listed('visit.why', factors),
        when: (_, answers) => typeof answers[recommendId]?.value === 'number',
        values: (_, answers) => ({ context: moodOf(answers[recommendId]?.value) }),
      }),
      callMe,
    ],
  })
}

const factors = ['master', 'quality', 'price', 'location', 'reputation', 'habit', 'other']

const lineName = (scene: Scene, answers: Answers): string =>
  allLines(scene, answers).find((one) => one.value === answers['line']?.value)?.label ?? ''

function moodOf(value: unknown): 'low' | 'middle' | 'high' {
  if (typeof value !== 'number') return 'middle'
  if (value >= 9) return 'high'
  return value >= 7 ? 'middle' : 'low'
}
