/**
 * What people say on one question of the survey. Whoever took it several times counts once, with the last word in the period,
 * row by row in a grid: so the counts of every result are people.
 */
import type { Answer, RowValue, Value } from '../answer.ts'
import { isBirthday } from '../birthday.ts'
import { sameScale, surveyOf, type Surveys } from '../scores.ts'
import type { SurveyQuestion, SurveyResponse } from '../survey.ts'
import type { Period } from '../weeks.ts'

/** Where results are read from. */
export interface Source {
  responses: readonly SurveyResponse[]
  /** Every definition that answers were given on. */
  surveys: Surveys
  period: Period
}

export interface Said<V = Value> {
  clientId: number
  value: V
  /** Epoch milliseconds. */
  at: number
}

export interface LastWords {
  /** By row; what is no grid has one, ''. The last word of each person on it, null for "can't say". */
  rows: ReadonlyMap<string, readonly Said[]>
  /** People who said something. */
  people: number
  /** People who passed over it whenever it was asked. */
  skipped: number
  /** People who were only asked on another scale or with other options: not in the rows. */
  otherVersion: number
}

export const always: Period = { from: -Infinity, until: Infinity }

/** The last words on a question, read once however often they are asked for. */
export type Words = (question: SurveyQuestion) => LastWords

export function wordsIn(source: Source): Words {
  const read = new Map<SurveyQuestion, LastWords>()
  return (question) => {
    const words = read.get(question) ?? lastWords(question, source)
    read.set(question, words)
    return words
  }
}

/**
 * Answers of older definitions count where they mean the same: the same kind of question, and the same scale, or the same set
 * of options in any order. Rows may differ, they are counted one by one. An answer whose definition is unknown is left out.
 */
function lastWords(question: SurveyQuestion, { responses, surveys, period }: Source): LastWords {
  const rows = new Map<string, Map<number, Told>>()
  const [said, passed, others] = [new Set<number>(), new Set<number>(), new Set<number>()]
  const fits = fitting(question, surveys)
  for (const { dialogue, clientId, run, version, answers, changedAt } of responses) {
    const answer = dialogue === 'survey' ? answers[question.id] : undefined
    const at = answer?.at ?? changedAt
    if (answer === undefined || at < period.from || at >= period.until) continue
    if (!fits(answer, version)) {
      others.add(clientId)
      continue
    }
    const entries = entriesOf(question, answer)
    if (entries.length > 0) said.add(clientId)
    else if (answer.skipped) passed.add(clientId)
    for (const [row, value] of entries) keep(rows, row, { clientId, value, at, run })
  }
  return {
    rows: new Map([...rows].map(([row, people]) => [row, [...people.values()]])),
    people: said.size,
    skipped: passed.difference(said).size,
    otherVersion: others.difference(said).difference(passed).size,
  }
}

/** The row's words, none when nobody said any. */
export const wordsOn = (words: LastWords, row = ''): readonly Said[] => words.rows.get(row) ?? []

/** What was given and is of the question's kind: by row in a grid, under '' otherwise. Empty when nothing was. */
export function entriesOf(question: SurveyQuestion, { value }: Answer): [string, Value][] {
  if (question.kind !== 'grid') return isOf(question, value) ? [['', value]] : []
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).filter(([, one]: [string, RowValue]) => isOf(question, one))
}

interface Told extends Said {
  run: number
}

/** Whether an answer means the same as one to `question`; what a definition says of that is found out once. */
function fitting(question: SurveyQuestion, surveys: Surveys): (answer: Answer, version: number) => boolean {
  const definitions = new Map<number, SurveyQuestion | undefined>()
  const find = (version: number) => {
    const asked = surveyOf(surveys, version)?.questions.find(({ id }) => id === question.id)
    const fit = asked?.kind === question.kind && sameOptions(asked, question) ? asked : undefined
    definitions.set(version, fit)
    return fit
  }
  return (answer, walkVersion) => {
    const version = answer.version ?? walkVersion
    const asked = definitions.has(version) ? definitions.get(version) : find(version)
    if (asked === undefined) return false
    const scale = answer.scale ?? asked.scale
    return scale && question.scale ? sameScale(scale, question.scale) : scale === question.scale
  }
}

function sameOptions(one: SurveyQuestion, other: SurveyQuestion): boolean {
  const ids = ({ options = [] }: SurveyQuestion) => new Set(options.map(({ id }) => id))
  return ids(one).symmetricDifference(ids(other)).size === 0
}

/** Later in time; at the same moment, of the later walk. */
function keep(rows: Map<string, Map<number, Told>>, row: string, told: Told): void {
  const people = rows.get(row) ?? new Map<number, Told>()
  const before = people.get(told.clientId)
  if (before === undefined || told.at > before.at || (told.at === before.at && told.run > before.run))
    people.set(told.clientId, told)
  rows.set(row, people)
}

function isOf(question: SurveyQuestion, value: Value | undefined): value is Value {
  const { scale } = question
  switch (question.kind) {
    case 'yesNo':
      return typeof value === 'boolean'
    case 'choice':
      return isOption(question, value)
    case 'choices':
      return Array.isArray(value) && value.length > 0 && value.every((one) => isOption(question, one))
    case 'scale':
    case 'grid':
      if (value === null) return true
      if (scale === undefined) return isOption(question, value)
      return Number.isInteger(value) && Number(value) >= scale.from && Number(value) <= scale.to
    case 'text':
      return typeof value === 'string' && value.trim() !== ''
    case 'date':
      return isBirthday(value)
  }
}

const isOption = ({ options }: SurveyQuestion, value: unknown): boolean =>
  options?.some(({ id }) => id === value) === true
