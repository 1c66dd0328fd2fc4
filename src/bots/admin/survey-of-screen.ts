/** What one client has answered, question by question. */
import type { Answer, RowValue, Scale, Value } from '../../domain/answer.ts'
import { isBirthday } from '../../domain/birthday.ts'
import { feedbackOf } from '../../domain/feedback.ts'
import { recommendScale, type SurveyQuestion, type SurveyResponse } from '../../domain/survey.ts'
import { nameOf, showBirthday, showDate, type Desk } from './desk.ts'
import { reasonWords, scoreWords, shortened } from './feedback-words.ts'
import { paged, type Block } from './insights/paged.ts'
import { button, lines, screen, type Part, type Screen } from './screen.ts'

/** Of what somebody wrote themselves so much is shown. */
const textUnits = 600

/** All walks, the last first, on as many pages as it takes. */
export function surveyOfScreen(
  { id, name, demo }: { id: number; name?: string; demo?: true },
  walks: readonly SurveyResponse[],
  questions: readonly SurveyQuestion[],
  page: number,
  desk: Desk,
): Screen {
  const { t } = desk
  const blocks = walks.flatMap((walk) => blocksOf(walk, questions, desk))
  const { shown, arrows } = paged(blocks, page, (other) => ({ screen: 'surveyOf', id, page: other }), desk)
  const text = lines(
    [{ bold: t('value.survey.title', { name: name ?? t('admin.client.noName') }) }],
    demo ? [t('nps.demo')] : undefined,
    ...(blocks.length === 0 ? [[], [t('value.survey.none')]] : shown),
  )
  return screen(text, [...arrows, [button(t('value.buttons.card'), { screen: 'client', id })]])
}

function blocksOf(walk: SurveyResponse, questions: readonly SurveyQuestion[], desk: Desk): Block[] {
  const told = walk.dialogue === 'visit' ? visitLines(walk, desk) : surveyLines(walk, questions, desk)
  if (told.length === 0) return []
  const title = desk.t(`value.survey.walk.${walk.dialogue}`, {
    date: showDate(new Date(walk.changedAt), desk),
  })
  const [first, ...rest] = told
  return [[[], [{ bold: title }], ...(first ? [first] : [])], ...rest.map((line) => [line])]
}

function visitLines(walk: SurveyResponse, desk: Desk): (readonly Part[])[] {
  const { scores, reasons, words } = feedbackOf(walk)
  return [
    scores.length > 0 ? [desk.t('desk.feedback.scores', { value: scoreWords(scores, desk) })] : [],
    reasons.length > 0 ? [desk.t('desk.feedback.reasons', { value: reasonWords(reasons, desk) })] : [],
    words === undefined ? [] : [desk.t('desk.feedback.words', { words: shortened(words, textUnits) })],
  ].filter((line) => line.length > 0)
}

/** In the order of today's survey; what it asks no longer has lost its words, and is in the export. */
const surveyLines = (
  { answers }: SurveyResponse,
  questions: readonly SurveyQuestion[],
  desk: Desk,
): (readonly Part[])[] =>
  questions.flatMap((question) => {
    const answer = answers[question.id]
    const words = answer?.value == null ? '' : answerWords(answer.value, answer, question, desk)
    return words === '' ? [] : [[`${desk.t(`survey.${question.id}.short`)}: ${words}`]]
  })

function answerWords(
  value: NonNullable<Value>,
  { scale }: Answer,
  question: SurveyQuestion,
  desk: Desk,
): string {
  const { t } = desk
  if (typeof value === 'boolean') return t(`value.survey.${value ? 'yes' : 'no'}`)
  if (typeof value === 'number') return scoreOf(value, scale ?? question.scale, desk)
  if (typeof value === 'string') return optionWords(value, question, desk)
  if (Array.isArray(value)) return value.map((one) => optionWords(one, question, desk)).join(', ')
  if (isBirthday(value)) return showBirthday(value, desk)
  return Object.entries(value as Record<string, RowValue>)
    .map(([row, given]) => `${rowName(row, question, desk)} ${rowWords(given, scale, question, desk)}`)
    .join('; ')
}

/** A known option by its name; anything else is in the client's own words. */
function optionWords(value: string, { id, options = [] }: SurveyQuestion, { t }: Desk): string {
  return options.some((one) => one.id === value)
    ? t(`survey.${id}.options.${value}`)
    : shortened(value.replaceAll(/\s+/g, ' ').trim(), textUnits)
}

function rowWords(value: RowValue, scale: Scale | undefined, question: SurveyQuestion, desk: Desk): string {
  if (value === null) return desk.t('value.survey.cantSay')
  if (typeof value === 'string') return optionWords(value, question, desk)
  return scoreOf(value, scale ?? question.scale ?? recommendScale({ version: 0, questions: [] }), desk)
}

function rowName(row: string, { id, rows }: SurveyQuestion, desk: Desk): string {
  const listed = typeof rows === 'object' && rows.some((one) => one.id === row)
  return listed ? desk.t(`survey.${id}.options.${row}`) : nameOf(desk.salon.lines, row, desk)
}

const scoreOf = (value: number, scale: Scale | undefined, { t }: Desk): string =>
  scale ? t('value.survey.score', { value, outOf: scale.to }) : String(value)
