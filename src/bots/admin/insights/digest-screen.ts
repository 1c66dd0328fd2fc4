import type { Advice } from '../../../domain/digest/advice.ts'
import type { Quote } from '../../../domain/digest/quotes.ts'
import type { Unhappy } from '../../../domain/digest/unhappy.ts'
import type { Digest } from '../../../domain/digest.ts'
import type { Insight } from '../../../storage/insights.ts'
import { nameOf, type Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { changeWords, npsShortly, npsWords, showPart, showSpan, showWeek } from './words.ts'

/**
 * The digest's text: the week's number and how it changed, each line, the response, what people say, who is unhappy, and what to
 * do. Goes under the picture; what is over Telegram's caption follows as a message of its own.
 * @param late it should have come earlier
 * @param running the week it tells of is not over yet
 */
export function digestScreen(
  { found: digest, demo }: Insight<Digest>,
  desk: Desk,
  { late = false, running = false }: { late?: boolean; running?: boolean } = {},
): Screen {
  const { t } = desk
  const due = digest.monday.add({ weeks: 1 }).toString()
  const text = lines(
    [{ bold: t('nps.digest.title', { week: showWeek(digest.monday, desk) }) }],
    demo ? [t('nps.demo')] : undefined,
    late ? [t('nps.digest.late')] : undefined,
    running ? [t('nps.digest.running')] : undefined,
    [],
    ...headline(digest, desk),
    ...lineLines(digest, desk),
    [],
    [invitedWords(digest, desk)],
    ...quoteBlock(digest, desk),
    ...unhappyBlock(digest.unhappy, desk),
    ...adviceBlock(digest.advice, desk),
  )
  return screen(text, [
    [
      button(t('nps.buttons.lines'), { screen: 'npsLines', week: due }),
      button(t('nps.buttons.quotes'), { screen: 'quotes', mood: 'bad', week: due }),
    ],
    [
      button(t('nps.buttons.calls', { count: digest.unhappy.waiting.count }), {
        screen: 'followUps',
        page: 0,
      }),
    ],
    [
      button('‹', { screen: 'digest', week: digest.monday.toString() }),
      button(t('nps.buttons.results'), { screen: 'questions', page: 0 }),
      ...(running
        ? []
        : [button('›', { screen: 'digest', week: digest.monday.add({ weeks: 2 }).toString() })]),
    ],
  ])
}

function headline(digest: Digest, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  const otherScale = digest.otherScale.week > 0 ? [[t('nps.otherScale', { count: digest.otherScale.week })]] : []
  if (digest.kind === 'empty')
    return [
      [{ bold: t('nps.digest.empty') }],
      [t('nps.digest.fourWeeks', { nps: npsWords(digest.fourWeeks, desk) })],
      ...otherScale,
    ]
  const change = digest.nps.kind === 'figure' ? [[changeWords(digest.change, 'nps.change.week', desk)]] : []
  return [[{ bold: t('nps.digest.nps', { nps: npsWords(digest.nps, desk) }) }], ...change, ...otherScale]
}

/** By four weeks: one line of one week is too little to go by. */
function lineLines(digest: Digest, desk: Desk): (readonly Part[])[] {
  const told = digest.lines.filter(({ fourWeeks }) => fourWeeks.kind !== 'none')
  if (told.length === 0) return []
  return [
    [],
    [desk.t('nps.digest.lines')],
    ...told.map(({ line, fourWeeks }) => [
      `• ${nameOf(desk.salon.lines, line, desk)}: ${npsShortly(fourWeeks, desk)}`,
    ]),
  ]
}

function invitedWords({ invited }: Digest, desk: Desk): string {
  const { people, responded, rate } = invited
  if (rate === undefined) return desk.t('nps.digest.nobodyAsked')
  return desk.t('nps.digest.rate', { count: people, responded, rate: showPart(rate, desk) })
}

function quoteBlock({ quotes: { good, bad } }: Digest, desk: Desk): (readonly Part[])[] {
  if (good.length + bad.length === 0) return []
  return [
    [],
    [{ bold: desk.t('nps.digest.quotes') }],
    ...bad.map((quote) => [`👎 ${quoteWords(quote, desk)}`]),
    ...good.map((quote) => [`👍 ${quoteWords(quote, desk)}`]),
  ]
}

/** "«Долго ждала», Ногти, 3" */
export function quoteWords({ text, line, score }: Quote, desk: Desk): string {
  const about = line === undefined ? '' : `${nameOf(desk.salon.lines, line, desk)}, `
  return desk.t('nps.quote', { text, about, score })
}

function unhappyBlock(unhappy: Unhappy, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  const { count, handled, medianMs, waiting, callsWaiting } = unhappy
  if (count === 0 && waiting.count === 0) return []
  const spoken =
    medianMs === undefined ? '' : t('nps.unhappy.handled', { handled, span: showSpan(medianMs, desk) })
  const open =
    waiting.longestMs === undefined
      ? ''
      : t('nps.unhappy.waiting', {
          count: waiting.count,
          calls: callsWaiting.count,
          span: showSpan(waiting.longestMs, desk),
        })
  const sentences = [count === 0 ? '' : t('nps.unhappy.count', { count }), spoken, open]
  return [[], [{ bold: t('nps.unhappy.title') }], [sentences.filter((one) => one !== '').join(' ')]]
}

function adviceBlock(advice: readonly Advice[], desk: Desk): (readonly Part[])[] {
  if (advice.length === 0) return []
  return [
    [],
    [{ bold: desk.t('nps.digest.advice') }],
    ...advice.map((one, index) => [`${index + 1}. ${adviceWords(one, desk)}`]),
  ]
}

function adviceWords({ rule, values }: Advice, desk: Desk): string {
  const { t, salon } = desk
  const named = {
    ...('line' in values ? { line: nameOf(salon.lines, values.line, desk) } : {}),
    ...('factor' in values ? { factor: t(`survey.importance.options.${values.factor}`) } : {}),
  }
  return t(`advice.${rule}`, { ...values, ...named })
}
