import type { Scale } from './answer.ts'
import { instrument, spend } from './instrument.ts'
import type { Named } from './salon.ts'
import { recommendId, surveyBlocks } from './survey.ts'
import type { SurveyBlock, SurveyOption, SurveyQuestion, SurveyWords } from './survey.ts'

/** What a salon changes in the built-in instrument: survey.yaml as it was read. */
export interface SurveyChanges {
  /** The scale of the NPS question. */
  recommendScale?: Scale
  /** The block that is asked first. */
  first?: SurveyBlock
  /** Ids of built-in questions that are not asked. A question that belongs to one goes with it. */
  off?: readonly string[]
  /** Ids of built-in questions that are asked although they are off by default. */
  on?: readonly string[]
  /** By the question's id. */
  wording?: Readonly<Record<string, Rewording>>
  add?: readonly AddedQuestion[]
}

/** Words that take the place of built-in ones. */
export interface Rewording extends SurveyWords {
  /** Of answers and rows, by their ids. */
  options?: Readonly<Record<string, Named>>
}

export interface AddedQuestion {
  question: SurveyQuestion
  /** Asked after the question with this id; absent: at the end of its block. */
  after?: string
}

/** The first question of a series tells which lines the client uses. */
const usedLinesFrom = 'frequency'

/** All built-in questions in their order, those that are off by default included. */
export const builtInQuestions: readonly SurveyQuestion[] = instrument.flatMap((one) =>
  one.id === 'suggestions' ? [spend, one] : [one],
)

/**
 * The questions that a salon asks, in the order in which it asks them.
 * @param changes none: the built-in instrument as it is. Ids that don't exist change nothing (the reader of the file reports them)
 */
export function surveyQuestions(changes: SurveyChanges = {}): SurveyQuestion[] {
  const { first = 'salon', add = [] } = changes
  const off = new Set([...withoutThose(changes), ...(changes.off ?? [])])
  off.delete(recommendId)
  const questions = builtInQuestions.map((one) => rescaled(reworded(one, changes), changes))
  const blocks = surveyBlocks.toSorted((a, b) => Number(b === first) - Number(a === first))
  return blocks
    .flatMap((block) => blockOf(block, questions, add))
    .filter(({ id, partOf }) => !off.has(id) && !(partOf !== undefined && off.has(partOf)))
    .map((one) => (one.rows === 'usedLines' && off.has(usedLinesFrom) ? { ...one, rows: 'lines' } : one))
}

/** What is off by default and was not switched on. */
const withoutThose = ({ on = [] }: SurveyChanges): string[] => (on.includes(spend.id) ? [] : [spend.id])

/** The questions of a block, each followed by its parts, and then by those that were added after it. */
function blockOf(
  block: SurveyBlock,
  builtIn: readonly SurveyQuestion[],
  add: readonly AddedQuestion[],
): SurveyQuestion[] {
  const withFollowers = (question: SurveyQuestion): SurveyQuestion[] => [
    question,
    ...builtIn.filter((one) => one.partOf === question.id).flatMap(withFollowers),
    ...add.filter((one) => one.after === question.id).flatMap((one) => withFollowers(one.question)),
  ]
  const atEnd = add.filter((one) => one.after === undefined).map((one) => one.question)
  return [...builtIn.filter((one) => one.partOf === undefined), ...atEnd]
    .filter((one) => one.block === block)
    .flatMap(withFollowers)
}

const rescaled = (question: SurveyQuestion, { recommendScale: scale }: SurveyChanges): SurveyQuestion =>
  question.id === recommendId && scale !== undefined ? { ...question, scale } : question

function reworded(question: SurveyQuestion, { wording = {} }: SurveyChanges): SurveyQuestion {
  if (!Object.hasOwn(wording, question.id)) return question
  const { options: names = {}, ...words } = wording[question.id] ?? {}
  const renamed = (all: readonly SurveyOption[]): SurveyOption[] =>
    all.map((one) => {
      const name = Object.hasOwn(names, one.id) ? names[one.id] : undefined
      return name === undefined ? one : { ...one, name }
    })
  return {
    ...question,
    ...(question.options && { options: renamed(question.options) }),
    ...(typeof question.rows === 'object' && { rows: renamed(question.rows) }),
    ...(Object.keys(words).length > 0 && { words }),
  }
}
