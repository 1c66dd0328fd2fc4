/** What people answer, question by question. */
import type { SurveyResults } from '../../../domain/results.ts'
import type { Numbers } from '../../../domain/results/numbers.ts'
import type { Distribution, QuestionResult } from '../../../domain/results/questions.ts'
import type { SurveyQuestion } from '../../../domain/survey.ts'
import type { Insight } from '../../../storage/insights.ts'
import { arrows } from '../arrows.ts'
import { nameOf, type Desk } from '../desk.ts'
import { shortened } from '../feedback-words.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { paged, type Block } from './paged.ts'
import { barOf, columnsOf, showMean, showMedian, showPart } from './words.ts'

const perPage = 9

/** All questions, each a button to its results. */
export function questionsScreen({ found, demo }: Insight<SurveyResults>, page: number, desk: Desk): Screen {
  const { t } = desk
  const total = found.questions.length
  const at = Math.max(0, Math.min(page, Math.ceil(total / perPage) - 1))
  const shown = found.questions.slice(at * perPage, (at + 1) * perPage)
  const text = lines(
    [{ bold: t('nps.questions.title') }],
    demo ? [t('nps.demo')] : undefined,
    [],
    [t('nps.questions.hint')],
  )
  return screen(text, [
    ...shown.map(({ id, people }) => [
      button(`${t(`survey.${id}.short`)} · ${people}`, { screen: 'question', id, page: 0 }),
    ]),
    ...arrows({ total, page: at, perPage }, (other) => ({ screen: 'questions', page: other }), desk),
    [
      button(t('nps.buttons.funnel'), { screen: 'funnel' }),
      button(t('nps.buttons.groups'), { screen: 'groups' }),
    ],
    [button(t('admin.buttons.back'), { screen: 'nps' })],
  ])
}

/** One question: how the answers are spread, what they are on average, and, for the factors, what to begin with. */
export function questionScreen(
  { found, demo }: Insight<SurveyResults>,
  question: SurveyQuestion,
  page: number,
  desk: Desk,
): Screen {
  const { t } = desk
  const { id } = question
  const place = found.questions.findIndex((one) => one.id === id)
  const result = found.questions[place]
  const blocks = result ? [...answerBlocks(result, question, desk), ...factorBlocks(found, id, desk)] : []
  const { shown, arrows: others } = paged(
    blocks,
    page,
    (other) => ({ screen: 'question', id, page: other }),
    desk,
  )
  const text = lines(
    [{ bold: t(`survey.${id}.ask`) }],
    demo ? [t('nps.demo')] : undefined,
    ...(result ? peopleLines(result, desk) : []),
    ...shown,
  )
  const back = { screen: 'questions', page: Math.max(0, Math.floor(place / perPage)) } as const
  return screen(text, [...others, [button(t('admin.buttons.back'), back)]])
}

function peopleLines({ people, skipped, otherVersion }: QuestionResult, { t }: Desk): Block {
  const passed = skipped > 0 ? t('nps.question.skipped', { count: skipped }) : ''
  return [
    [t('nps.question.people', { count: people }) + passed],
    ...(otherVersion > 0 ? [[t('nps.question.otherVersion', { count: otherVersion })]] : []),
  ]
}

/** What belongs together, each after an empty line. */
function answerBlocks(result: QuestionResult, question: SurveyQuestion, desk: Desk): Block[] {
  const { t } = desk
  const named = (row: string, n: number): Block => [
    [],
    [
      { bold: rowName(question, row, desk) },
      ...(n > 0 ? [`, ${t('nps.numbers.people', { people: n })}`] : []),
    ],
  ]
  switch (result.kind) {
    case 'options':
      return [[[], ...optionLines(result.distribution, question, desk)]]
    case 'numbers':
      return [
        [
          [],
          ...pointLines(result.numbers, question, desk),
          averageLine(result.numbers, desk),
          ...noOpinionLine(result.numbers, desk),
        ],
      ]
    case 'optionRows':
      return result.rows.map(({ row, distribution }) => [
        ...named(row, distribution.n),
        ...optionLines(distribution, question, desk),
      ])
    case 'numberRows':
      return result.rows.map(({ row, numbers }) => [...named(row, numbers.n), ...rowLines(numbers, desk)])
    case 'texts':
      return textBlocks(
        result.texts.map(({ value }) => value),
        desk,
      )
    case 'dates':
      return [[[], [t('nps.question.inTheFile')]]]
  }
}

const mostTexts = 12
const textUnits = 200

function textBlocks(texts: readonly string[], { t }: Desk): Block[] {
  const shown = texts
    .slice(0, mostTexts)
    .map((text): Block => [[`• ${shortened(text.replaceAll(/\s+/g, ' ').trim(), textUnits)}`]])
  const more = texts.length - shown.length
  return [[[]], ...shown, ...(more > 0 ? [[[], [t('nps.question.moreTexts', { count: more })]]] : [])]
}

const optionLines = (distribution: Distribution, question: SurveyQuestion, desk: Desk): Block => [
  ...(distribution.n === 0
    ? [[desk.t('nps.numbers.none')]]
    : distribution.counts.map(({ id, count, share }) => [
        `${barOf(share)} ${showPart(share, desk)} ${optionName(question, id, desk)} (${count})`,
      ])),
  ...noOpinionLine(distribution, desk),
]

/** Each point of the scale, the highest first; its ends say what they mean. */
function pointLines({ counts, n, scale }: Numbers, { id: question }: SurveyQuestion, desk: Desk): Block {
  const { t } = desk
  const meaning = (point: number) => {
    if (point === scale.from) return `, ${t(`survey.${question}.low`)}`
    return point === scale.to ? `, ${t(`survey.${question}.high`)}` : ''
  }
  const shown = n === 0 ? [] : counts.toReversed()
  return shown.map(({ id, count, share }) => [
    `${id} ${barOf(share)} ${showPart(share, desk)} (${count})${meaning(id)}`,
  ])
}

/** On average; then at a glance, between the ends of the scale. */
function rowLines(numbers: Numbers, desk: Desk): Block {
  const { counts, n, scale } = numbers
  const columns = columnsOf(counts.map(({ count }) => count))
  const glance = n === 0 ? [] : [[`${scale.from} ${columns} ${scale.to}`]]
  return [averageLine(numbers, desk), ...glance, ...noOpinionLine(numbers, desk)]
}

function averageLine({ figures, scale }: Numbers, desk: Desk): readonly Part[] {
  const { t } = desk
  if (!figures) return [t('nps.numbers.none')]
  const { mean, median, topTwo } = figures
  return [
    t('nps.numbers.figures', {
      mean: showMean(mean, desk),
      median: showMedian(median, desk),
      top: `${scale.to - 1}–${scale.to}`,
      share: showPart(topTwo, desk),
    }),
  ]
}

/** Who can't say is in no figure. */
const noOpinionLine = ({ noOpinion }: { noOpinion: number }, { t }: Desk): Block =>
  noOpinion > 0 ? [[t('nps.numbers.noOpinion', { count: noOpinion })]] : []

const mostFactors = 3

function factorBlocks({ gaps, risks }: SurveyResults, id: string, desk: Desk): Block[] {
  const { t } = desk
  const nameOfFactor = (factor: string) => t(`survey.importance.options.${factor}`)
  if (id === 'importance') {
    const weak = gaps.filter(({ gap, named }) => gap !== undefined && named > 0)
    return topBlock(
      'nps.gaps.title',
      weak.map(({ factor, importance, named }) => {
        const mean = showMean(importance.figures?.mean ?? 0, desk)
        return t('nps.gaps.one', { factor: nameOfFactor(factor), mean, count: named })
      }),
      desk,
    )
  }
  if (id !== 'retention') return []
  return topBlock(
    'nps.risks.title',
    risks.flatMap(({ factor, importance, retention, risk }) => {
      const [matters, stays] = [importance.figures?.mean, retention?.figures?.mean]
      if (risk === undefined || matters === undefined || stays === undefined) return []
      const means = { mean: showMean(matters, desk), stays: showMean(stays, desk) }
      return [t('nps.risks.one', { factor: nameOfFactor(factor), ...means })]
    }),
    desk,
  )
}

function topBlock(title: string, all: readonly string[], { t }: Desk): Block[] {
  if (all.length === 0) return []
  const items = all.slice(0, mostFactors).map((words, index) => [`${index + 1}. ${words}`])
  return [[[], [{ bold: t(title) }], ...items]]
}

export function rowName({ id, rows }: SurveyQuestion, row: string, desk: Desk): string {
  return typeof rows === 'string'
    ? nameOf(desk.salon.lines, row, desk)
    : desk.t(`survey.${id}.options.${row}`)
}

/** An answer in words; of a scale, its ends say what they mean. */
export function optionName({ id, kind, scale }: SurveyQuestion, option: string, { t }: Desk): string {
  if (kind === 'yesNo') return t(`survey.${id}.${option}`)
  if (kind !== 'scale') return t(`survey.${id}.options.${option}`)
  if (option === String(scale?.from)) return `${option}, ${t(`survey.${id}.low`)}`
  return option === String(scale?.to) ? `${option}, ${t(`survey.${id}.high`)}` : option
}
