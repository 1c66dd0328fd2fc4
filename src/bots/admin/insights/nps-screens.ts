/** What stands right behind the digest's numbers: how the salon stands over time, each line, who said what. */
import type { Digest } from '../../../domain/digest.ts'
import type { Insight } from '../../../storage/insights.ts'
import { nameOf, type Desk } from '../desk.ts'
import { aside, button, lines, screen, type Part, type Screen } from '../screen.ts'
import { quoteWords } from './digest-screen.ts'
import type { Mood } from './route.ts'
import { changeWords, npsInList, npsShortly, npsWords, sharesWords, showWeek } from './words.ts'

/** How the salon stands: three months, four weeks against the eight before, each line. */
export function npsScreen({ found: digest, demo }: Insight<Digest>, desk: Desk): Screen {
  const { t } = desk
  const { twelveWeeks, fourWeeks } = digest
  const shares = sharesWords(twelveWeeks, desk)
  const text = lines(
    [{ bold: t('nps.title') }],
    demo ? [t('nps.demo')] : undefined,
    [],
    [{ bold: t('nps.twelveWeeks', { nps: npsWords(twelveWeeks, desk) }) }],
    shares === undefined ? undefined : [shares],
    [t('nps.fourWeeks', { nps: npsWords(fourWeeks, desk) })],
    [changeWords(digest.trend, 'nps.change.month', desk)],
    ...otherScaleLines(digest, desk),
    [],
    [t('nps.linesTitle')],
    ...digest.lines.map((line) => [
      `• ${nameOf(desk.salon.lines, line.line, desk)}: ${npsInList(line.twelveWeeks, desk)}`,
    ]),
    [],
    [t('nps.howToRead')],
  )
  return screen(text, [
    [button(t('nps.buttons.digest'), { screen: 'digest' }, 'primary')],
    [
      button(t('nps.buttons.results'), { screen: 'questions', page: 0 }),
      button(t('nps.buttons.groups'), { screen: 'groups' }),
    ],
    [
      button(t('nps.buttons.funnel'), { screen: 'funnel' }),
      button(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ])
}

/** Each line over the week, four weeks and twelve: up to twenty, which fit into a message. */
export function linesScreen({ found: digest, demo }: Insight<Digest>, desk: Desk): Screen {
  const { t } = desk
  const blocks = digest.lines.flatMap(({ line, week, fourWeeks, twelveWeeks }): (readonly Part[])[] => [
    [],
    [{ bold: nameOf(desk.salon.lines, line, desk) }],
    [t('nps.lines.week', { nps: npsShortly(week, desk) })],
    [t('nps.lines.fourWeeks', { nps: npsShortly(fourWeeks, desk) })],
    [t('nps.lines.twelveWeeks', { nps: npsShortly(twelveWeeks, desk) })],
  ])
  const text = lines(
    [{ bold: t('nps.lines.title', { week: showWeek(digest.monday, desk) }) }],
    demo ? [t('nps.demo')] : undefined,
    ...otherScaleLines(digest, desk),
    ...blocks,
  )
  return screen(text, [onward(desk)])
}

/** The week's quotes; who said it is behind a button. */
export function quotesScreen(
  { found: digest, demo }: Insight<Digest>,
  { mood, week }: { mood: Mood; week: string },
  desk: Desk,
): Screen {
  const { t } = desk
  const quotes = digest.quotes[mood]
  const told = quotes.flatMap((quote, index) => [[], [`${index + 1}. ${quoteWords(quote, desk)}`]])
  const text = lines(
    [{ bold: t(`nps.quotes.${mood}`, { week: showWeek(digest.monday, desk) }) }],
    demo ? [t('nps.demo')] : undefined,
    ...(quotes.length === 0 ? [[], [t('nps.quotes.none')]] : told),
  )
  const other = mood === 'bad' ? 'good' : 'bad'
  return screen(text, [
    quotes.map(({ clientId }, index) =>
      aside(t('nps.quotes.open', { number: index + 1 }), { screen: 'client', id: clientId }),
    ),
    [button(t(`nps.quotes.to.${other}`), { screen: 'quotes', mood: other, week })],
    onward(desk),
  ])
}

const otherScaleLines = ({ otherScale: { twelveWeeks } }: Digest, { t }: Desk): (readonly Part[])[] =>
  twelveWeeks > 0 ? [[t('nps.otherScale', { count: twelveWeeks })]] : []

/** Not back: the digest stands right above, as a message of its own. */
const onward = ({ t }: Desk) => [
  button(t('nps.buttons.nps'), { screen: 'nps' }),
  button(t('admin.buttons.menu'), { screen: 'menu' }),
]
