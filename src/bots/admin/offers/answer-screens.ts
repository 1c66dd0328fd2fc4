/** Conditions on what clients answered in the survey. */
import type { InlineKeyboardButton } from 'telegraf/types'
import type { Range } from '../../../domain/offers/audience.ts'
import { hasRule, hasScores, hasValue, scoreRuns } from '../../../domain/offers/audience-edit.ts'
import { toSimple, type SimpleAudience } from '../../../domain/offers/simple-audience.ts'
import { recommendId, type SurveyQuestion } from '../../../domain/survey.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import { arrows } from '../arrows.ts'
import type { Desk } from '../desk.ts'
import { optionName, rowName } from '../insights/question-screens.ts'
import { button, lines, screen, type Screen } from '../screen.ts'
import { audienceHead, press, type Meant } from './audience-head.ts'
import { regularWithoutCard } from './audience-press.ts'
import type { AnswerRoute } from './audience-route.ts'
import { answerCode, answersOf, bandsOf, scoreCode } from './condition-codes.ts'
import { inRows } from './part-words.ts'

const perPage = 10

/** What can be asked of an answer: one of several, or a number. */
export const isAskable = ({ options, scale, kind }: SurveyQuestion): boolean =>
  kind === 'yesNo' || scale !== undefined || options !== undefined

/** The survey's questions; the one that is asked most often for offers is ready. @param at page, from 0 */
export function questionRows(
  questions: readonly SurveyQuestion[],
  at: number,
  { id, simple, desk }: { id: number; simple: SimpleAudience; desk: Desk },
): InlineKeyboardButton[][] {
  const { t } = desk
  const askable = questions.filter(isAskable)
  const page = Math.max(0, Math.min(at, Math.ceil(askable.length / perPage) - 1))
  const hasBoth = ['regular', 'card'].every((one) => questions.some((question) => question.id === one))
  const isOn = regularWithoutCard.every((rule) => hasRule(simple, rule))
  return [
    ...(hasBoth ? [[press(t('offers.audience.regularNoCard'), isOn, id, 'nocard')]] : []),
    ...inRows(
      askable.slice(page * perPage, (page + 1) * perPage).map((question) => {
        const isUsed = simple.some(({ rule }) => 'question' in rule && rule.question === question.id)
        return button(`${isUsed ? '✓ ' : ''}${t(`survey.${question.id}.short`)}`, {
          screen: 'offerAnswer',
          id,
          question: question.id,
        })
      }),
      2,
    ),
    ...arrows(
      { total: askable.length, page, perPage },
      (other) => ({ screen: 'offerWhom', id, page: 'answers', at: other }),
      desk,
    ),
  ]
}

/** One question: its rows, if it has some, and the answers. @param problem a key below "offers.wrong" */
export function answerScreen(
  offer: StoredOffer,
  route: AnswerRoute,
  question: SurveyQuestion,
  meant: Meant,
  desk: Desk,
  problem?: string,
): Screen {
  const { id } = offer
  const { t, salon } = desk
  const simple = toSimple(offer.spec.audience) ?? []
  const rows = rowsOf(question, salon.lines)
  const hint = question.scale ? 'score' : rows.length > 0 ? 'row' : 'answer'
  const head = audienceHead(offer, meant, hint, desk, problem)
  const rowButton = (row: string | undefined) =>
    button(
      `${row === route.row ? '✓ ' : ''}${row === undefined ? t('offers.audience.anyRow') : rowName(question, row, desk)}`,
      {
        screen: 'offerAnswer',
        id,
        question: question.id,
        ...(row !== undefined && { row }),
      },
    )
  return screen(lines(head, [], [{ bold: t(`survey.${question.id}.ask`) }]), [
    ...(rows.length > 0 ? inRows([undefined, ...rows].map(rowButton), 2) : []),
    ...(question.scale
      ? scoreBands(question, route, simple).map((band) => [scoreButton(band, route, question, simple, desk)])
      : inRows(
          answersOf(question).map((answer) => answerButton(answer, route, question, simple, desk)),
          question.kind === 'yesNo' ? 2 : 1,
        )),
    [
      button(t('admin.buttons.back'), { screen: 'offerWhom', id, page: 'answers' }),
      button(t('offers.buttons.ready'), { screen: 'offerEdit', id }, 'success'),
    ],
  ])
}

/** Ids of a grid's rows. */
const rowsOf = (
  { kind, rows = 'lines' }: SurveyQuestion,
  salonLines: readonly { id: string }[],
): readonly string[] => {
  if (kind !== 'grid') return []
  return (typeof rows === 'string' ? salonLines : rows).map(({ id }) => id)
}

function answerButton(
  answer: string,
  { id, row }: AnswerRoute,
  question: SurveyQuestion,
  simple: SimpleAudience,
  desk: Desk,
): InlineKeyboardButton {
  const of = { question: question.id, ...(row !== undefined && { row }) }
  const isOn = hasValue(simple, { kind: 'answer', ...of, values: [answer] })
  return press(optionName(question, answer, desk), isOn, id, answerCode(question.id, row, answer))
}

/** The ready ones, and what was typed across them, so that it can be taken back. */
function scoreBands({ id, scale }: SurveyQuestion, { row }: AnswerRoute, simple: SimpleAudience): Range[] {
  if (!scale) return []
  const bands = bandsOf(scale)
  const of = { question: id, ...(row !== undefined && { row }) }
  const cut = scoreRuns(simple, of, scale).filter(
    ({ from, to }) => !bands.some((band) => band.from === from) || !bands.some((band) => band.to === to),
  )
  return [...bands, ...cut]
}

function scoreButton(
  band: Range,
  { id, row }: AnswerRoute,
  { id: question, scale = { from: 1, to: 7 } }: SurveyQuestion,
  simple: SimpleAudience,
  { t }: Desk,
): InlineKeyboardButton {
  const isOn = hasScores(simple, { question, ...(row !== undefined && { row }) }, band, scale)
  const numbers = band.from === band.to ? String(band.from) : `${band.from}–${band.to}`
  const place = bandsOf(scale).findIndex((one) => one.from === band.from && one.to === band.to)
  const who = question === recommendId ? ['promoters', 'passives', 'detractors'][place] : undefined
  const words = who === undefined ? numbers : t(`offers.audience.${who}`, { numbers })
  return press(words, isOn, id, scoreCode(question, row, band))
}
