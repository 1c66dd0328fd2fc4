/** One walk through the survey: what was dealt with on the way, and where it stands. */
import type { Answers } from '../answer.ts'
import type { Survey, SurveyQuestion, SurveyResponse } from '../survey.ts'
import { entriesOf } from './last-words.ts'
import { never } from './lines.ts'
import { rowsOf } from './questions.ts'

export interface Path {
  /** In the order of the survey; what was known already was not asked and is not here. */
  dealt: { id: string; how: 'answered' | 'skipped' }[]
  /** The question that an unfinished walk stands at. */
  at?: string
}

/**
 * @param survey as it was when the walk began
 * @param lines ids of the salon's service lines
 */
export function pathOf({ answers, status }: SurveyResponse, survey: Survey, lines: readonly string[]): Path {
  const path: Path = { dealt: [] }
  for (const question of survey.questions) {
    const answer = answers[question.id] ?? {}
    if (answer.known) continue
    const given = entriesOf(question, answer)
    if (given.length > 0) path.dealt.push({ id: question.id, how: 'answered' })
    else if (answer.skipped) path.dealt.push({ id: question.id, how: 'skipped' })
    else if (!isAsked(question, survey, answers, lines)) continue
    const wanted = answer.skipped ? [] : rowsWanted(question, answers, lines)
    const rows = new Set(given.map(([row]) => row))
    const open =
      answer.open === true || (answer.again?.length ?? 0) > 0 || wanted.some((row) => !rows.has(row))
    if (open && status !== 'finished') path.at ??= question.id
  }
  return path
}

/** Whether the walk comes to it at all. */
function isAsked(
  question: SurveyQuestion,
  survey: Survey,
  answers: Answers,
  lines: readonly string[],
): boolean {
  const whole = survey.questions.find(({ id }) => id === question.partOf)
  if (question.partOf !== undefined && (whole === undefined || answers[whole.id]?.value === undefined))
    return false
  return question.kind !== 'grid' || rowsWanted(question, answers, lines).length > 0
}

/** The rows of a grid that this person is asked about; '' for what is no grid. */
function rowsWanted(question: SurveyQuestion, answers: Answers, lines: readonly string[]): readonly string[] {
  if (question.kind !== 'grid') return ['']
  const often = answers['frequency']?.value
  const rows = rowsOf(question, lines)
  if (question.rows !== 'usedLines' || typeof often !== 'object' || often === null || Array.isArray(often))
    return rows
  const said: Record<string, unknown> = { ...often }
  return rows.filter((row) => Object.hasOwn(said, row) && said[row] !== never)
}
