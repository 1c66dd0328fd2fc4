/** What stands behind the digest's numbers: lines, quotes, questions, groups, the way through the survey. */
import type { Digest } from '../../../domain/digest.ts'
import type { SurveyResults } from '../../../domain/results.ts'
import type { Group, GroupTable } from '../../../domain/results/groups.ts'
import type { Numbers } from '../../../domain/results/numbers.ts'
import type { Distribution, QuestionResult } from '../../../domain/results/questions.ts'
import type { SurveyQuestion } from '../../../domain/survey.ts'
import type { Insight } from '../../../storage/insights.ts'
import { nameOf, type Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { quoteWords } from './digest-screen.ts'
import type { Mood } from './route.ts'
import { barOf, changeWords, npsShortly, npsWords, showMean, showPart, showWeek } from './words.ts'

const back = (desk: Desk, route: Parameters<typeof button>[1]) => [
  button(desk.t('admin.buttons.back'), route),
]

/** How the salon stands: three months, four weeks against the eight before, each line. */
export function npsScreen({ found: digest, demo }: Insight<Digest>, desk: Desk): Screen {
  const { t } = desk
  const text = lines(
    [{ bold: t('nps.title') }],
    demo ? [t('nps.demo')] : undefined,
    [],
    [{ bold: t('nps.twelveWeeks', { nps: npsWords(digest.twelveWeeks, desk) }) }],
    [t('nps.digest.fourWeeks', { nps: npsWords(digest.fourWeeks, desk) })],
    [changeWords(digest.trend, 'nps.change.month', desk)],
    [],
    ...digest.lines.map(({ line, twelveWeeks }) => [
      `• ${nameOf(desk.salon.lines, line, desk)}: ${npsShortly(twelveWeeks, desk)}`,
    ]),
    [],
    [t('nps.howToRead')],
  )
  return screen(text, [
    [button(t('nps.buttons.digest'), { screen: 'digest' }, 'primary')],
    [
      button(t('nps.buttons.results'), { screen: 'questions', page: 0 }),
      button(t('nps.buttons.funnel'), { screen: 'funnel' }),
    ],
    [
      button(t('nps.buttons.groups'), { screen: 'groups' }),
      button(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ])
}

/** Each line over the week, four weeks and twelve. */
export function linesScreen({ found: digest }: Insight<Digest>, week: string, desk: Desk): Screen {
  const { t } = desk
  const blocks = digest.lines.flatMap(({ line, week: one, fourWeeks, twelveWeeks }): (readonly Part[])[] => [
    [],
    [{ bold: nameOf(desk.salon.lines, line, desk) }],
    [t('nps.lines.week', { nps: npsWords(one, desk) })],
    [t('nps.lines.fourWeeks', { nps: npsWords(fourWeeks, desk) })],
    [t('nps.lines.twelveWeeks', { nps: npsWords(twelveWeeks, desk) })],
  ])
  const title = t('nps.lines.title', { week: showWeek(digest.monday, desk) })
  return screen(lines([{ bold: title }], ...blocks), [back(desk, { screen: 'digest', week })])
}

/** The week's quotes; who said it is behind a button. */
export function quotesScreen(
  { found: digest }: Insight<Digest>,
  { mood, week }: { mood: Mood; week: string },
  desk: Desk,
): Screen {
  const { t } = desk
  const quotes = digest.quotes[mood]
  const told = quotes.map((quote, index) => [`\n${index + 1}. ${quoteWords(quote, desk)}`])
  const text = lines(
    [{ bold: t(`nps.quotes.${mood}`, { week: showWeek(digest.monday, desk) }) }],
    ...(quotes.length === 0 ? [[t('nps.quotes.none')]] : told),
  )
  const other = mood === 'bad' ? 'good' : 'bad'
  return screen(text, [
    ...quotes.map(({ clientId }, index) => [
      button(t('nps.quotes.open', { number: index + 1 }), { screen: 'client', id: clientId }),
    ]),
    [button(t(`nps.quotes.to.${other}`), { screen: 'quotes', mood: other, week })],
    back(desk, { screen: 'digest', week }),
  ])
}

const questionsOnPage = 8

/** All questions, each a button to its results. */
export function questionsScreen({ found, demo }: Insight<SurveyResults>, page: number, desk: Desk): Screen {
  const { t } = desk
  const pages = Math.max(1, Math.ceil(found.questions.length / questionsOnPage))
  const at = Math.min(page, pages - 1)
  const shown = found.questions.slice(at * questionsOnPage, (at + 1) * questionsOnPage)
  const text = lines(
    [{ bold: t('nps.questions.title') }],
    demo ? [t('nps.demo')] : undefined,
    [],
    [t('nps.questions.hint')],
  )
  const arrows = [
    ...(at > 0 ? [button('‹', { screen: 'questions', page: at - 1 })] : []),
    ...(pages > 1 ? [button(t('admin.list.page', { page: at + 1, pages }), { screen: 'here' })] : []),
    ...(at < pages - 1 ? [button('›', { screen: 'questions', page: at + 1 })] : []),
  ]
  return screen(text, [
    ...shown.map(({ id, people }) => [
      button(`${t(`survey.${id}.short`)} · ${people}`, { screen: 'question', id }),
    ]),
    ...(arrows.length > 0 ? [arrows] : []),
    [
      button(t('nps.buttons.funnel'), { screen: 'funnel' }),
      button(t('nps.buttons.groups'), { screen: 'groups' }),
    ],
    back(desk, { screen: 'nps' }),
  ])
}

/** One question: how the answers are spread, what they are on average, and, for the factors, what to begin with. */
export function questionScreen(
  { found, demo }: Insight<SurveyResults>,
  question: SurveyQuestion,
  desk: Desk,
): Screen {
  const { t } = desk
  const result = found.questions.find(({ id }) => id === question.id)
  const body = result ? [...asked(result, desk), [], ...shapeLines(result, question, desk)] : []
  const factors = question.id === 'importance' ? gapLines(found, desk) : []
  const risks = question.id === 'retention' ? riskLines(found, desk) : []
  const text = lines(
    [{ bold: t(`survey.${question.id}.ask`) }],
    demo ? [t('nps.demo')] : undefined,
    ...body,
    ...factors,
    ...risks,
  )
  return screen(text, [back(desk, { screen: 'questions', page: 0 })])
}

function asked({ people, skipped, otherVersion }: QuestionResult, { t }: Desk): (readonly Part[])[] {
  return [
    [t('nps.question.people', { count: people })],
    ...(skipped > 0 ? [[t('nps.question.skipped', { count: skipped })]] : []),
    ...(otherVersion > 0 ? [[t('nps.question.otherVersion', { count: otherVersion })]] : []),
  ]
}

function shapeLines(result: QuestionResult, question: SurveyQuestion, desk: Desk): (readonly Part[])[] {
  switch (result.kind) {
    case 'options':
      return optionLines(result.distribution, question, desk)
    case 'numbers':
      return numberLines(result.numbers, desk)
    case 'numberRows':
      return result.rows.flatMap(({ row, numbers }) => [
        [{ bold: rowName(question, row, desk) }],
        ...numberLines(numbers, desk),
      ])
    case 'optionRows':
      return result.rows.flatMap(({ row, distribution }) => [
        [{ bold: rowName(question, row, desk) }],
        ...optionLines(distribution, question, desk),
      ])
    case 'texts':
      return result.texts.slice(0, mostTexts).map(({ value }) => [`• ${shortened(value)}`])
    case 'dates':
      return [[desk.t('nps.question.dates', { count: result.dates.length })]]
  }
}

const mostTexts = 12
const shortened = (text: string): string => {
  const letters = Array.from(text.replaceAll(/\s+/g, ' '))
  return letters.length > 200 ? `${letters.slice(0, 200).join('')}…` : letters.join('')
}

const optionLines = ({ counts }: Distribution, question: SurveyQuestion, desk: Desk): (readonly Part[])[] =>
  counts.map(({ id, count, share }) => [
    `${barOf(share)} ${showPart(share, desk)} ${optionName(question, id, desk)} (${count})`,
  ])

function numberLines({ n, noOpinion, figures }: Numbers, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  if (!figures) return [[t('nps.numbers.none')]]
  const { mean, median, topTwo } = figures
  const none = noOpinion > 0 ? t('nps.numbers.noOpinion', { count: noOpinion }) : ''
  return [
    [
      t('nps.numbers.figures', {
        mean: showMean(mean, desk),
        median: showMean(median, desk),
        topTwo: showPart(topTwo, desk),
        count: n,
      }) + none,
    ],
  ]
}

/** What matters and is weak comes first. */
function gapLines({ gaps }: SurveyResults, desk: Desk): (readonly Part[])[] {
  const first = gaps.filter(({ gap, named }) => gap !== undefined && named > 0).slice(0, 3)
  if (first.length === 0) return []
  return [
    [],
    [{ bold: desk.t('nps.gaps.title') }],
    ...first.map(({ factor, importance, named }) => [
      `• ${desk.t('nps.gaps.one', {
        factor: desk.t(`survey.importance.options.${factor}`),
        mean: showMean(importance.figures?.mean ?? 0, desk),
        count: named,
      })}`,
    ]),
  ]
}

/** What matters much and whose change would drive people away. */
function riskLines({ risks }: SurveyResults, desk: Desk): (readonly Part[])[] {
  const first = risks.filter(({ risk }) => risk !== undefined).slice(0, 3)
  if (first.length === 0) return []
  return [
    [],
    [{ bold: desk.t('nps.risks.title') }],
    ...first.map(({ factor }) => [`• ${desk.t(`survey.importance.options.${factor}`)}`]),
  ]
}

/** From an invitation to the last question. */
export function funnelScreen({ found: { funnel }, demo }: Insight<SurveyResults>, desk: Desk): Screen {
  const { t } = desk
  const { invited, walks, duration, steps } = funnel
  const most = Math.max(1, ...steps.map(({ reached }) => reached))
  const text = lines(
    [{ bold: t('nps.funnel.title') }],
    demo ? [t('nps.demo')] : undefined,
    [],
    [t('nps.funnel.invited', { count: invited.people })],
    [t('nps.funnel.begun', { count: walks.begun })],
    [t('nps.funnel.finished', { count: walks.finished })],
    duration.medianMinutes === undefined
      ? undefined
      : [t('nps.funnel.minutes', { count: Math.max(1, Math.round(duration.medianMinutes)) })],
    invited.rate === undefined ? undefined : [t('nps.funnel.rate', { rate: showPart(invited.rate, desk) })],
    [],
    [{ bold: t('nps.funnel.steps') }],
    ...steps.map(({ id, reached, left }) => [
      `${barOf(reached / most)} ${t(`survey.${id}.short`)}: ${reached}${left > 0 ? t('nps.funnel.left', { count: left }) : ''}`,
    ]),
  )
  return screen(text, [back(desk, { screen: 'questions', page: 0 })])
}

/** Which question parts people into groups, or the groups of one. */
export function groupsScreen(
  { found, demo }: Insight<SurveyResults>,
  question: SurveyQuestion | undefined,
  desk: Desk,
): Screen {
  const { t } = desk
  const table = found.groups.find((one) => one.question === question?.id)
  if (!table || !question)
    return screen(lines([{ bold: t('nps.groups.title') }], [], [t('nps.groups.which')]), [
      ...found.groups.map((one) => [
        button(t(`survey.${one.question}.short`), { screen: 'groups', id: one.question }),
      ]),
      back(desk, { screen: 'nps' }),
    ])
  const text = lines(
    [{ bold: t(`survey.${question.id}.ask`) }],
    demo ? [t('nps.demo')] : undefined,
    ...groupLines(table, question, desk),
    ...(table.hidden.groups > 0 ? [[], [t('nps.groups.hidden')]] : []),
  )
  return screen(text, [back(desk, { screen: 'groups' })])
}

const groupLines = ({ groups }: GroupTable, question: SurveyQuestion, desk: Desk): (readonly Part[])[] =>
  groups.flatMap((group) => [
    [],
    [{ bold: group.id === null ? desk.t('nps.groups.untold') : optionName(question, group.id, desk) }],
    [groupFigures(group, desk)],
  ])

function groupFigures({ nps, satisfaction, n }: Group, desk: Desk): string {
  const { t } = desk
  const score = nps.kind === 'hidden' ? t('nps.groups.notShown') : npsShortly(nps, desk)
  const liked =
    satisfaction.kind === 'mean'
      ? t('nps.groups.satisfaction', { mean: showMean(satisfaction.mean, desk) })
      : ''
  return `${t('nps.groups.people', { count: n })} · NPS ${score}${liked}`
}

function rowName({ id, rows }: SurveyQuestion, row: string, desk: Desk): string {
  return typeof rows === 'string'
    ? nameOf(desk.salon.lines, row, desk)
    : desk.t(`survey.${id}.options.${row}`)
}

function optionName({ id, kind }: SurveyQuestion, option: string, { t }: Desk): string {
  if (kind === 'scale') return option
  return kind === 'yesNo' ? t(`survey.${id}.${option}`) : t(`survey.${id}.options.${option}`)
}
