import type { Advice } from '../../../domain/digest/advice.ts'
import type { Moved, MovedOneWay } from '../../../domain/digest/moved.ts'
import { shortened, type Quote } from '../../../domain/digest/quotes.ts'
import type { Unhappy } from '../../../domain/digest/unhappy.ts'
import type { Digest } from '../../../domain/digest.ts'
import { showNps, showRoubles } from '../../../reports/numbers.ts'
import type { Insight } from '../../../storage/insights.ts'
import { nameOf, type Desk } from '../desk.ts'
import { earnedWords } from './earned-words.ts'
import { aside, button, lines, screen, type Part, type Screen } from '../screen.ts'
import {
  changeWords,
  npsInList,
  npsWords,
  showPart,
  showSpan,
  showWeek,
  showWeekShortly,
  sureWords,
} from './words.ts'

/** To be read in twenty seconds: of more lines, and of longer quotes, the rest is behind a button. */
const mostLines = 6
const quoteInDigest = 120

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
    ...movedBlock(digest.moved, desk),
    ...earnedBlock(digest, desk),
    ...quoteBlock(digest, desk),
    ...unhappyBlock(digest.unhappy, desk),
    ...adviceBlock(digest.advice, desk),
  )
  return screen(text, keyboard(digest, running, desk))
}

/** What opens stands under the digest, which stays as it is. */
function keyboard({ monday, unhappy, moved }: Digest, running: boolean, desk: Desk): Screen['keyboard'] {
  const { t } = desk
  const week = (mondayOfIt: Temporal.PlainDate, of: 'earlier' | 'later') =>
    button(t(`nps.buttons.${of}`, { week: showWeekShortly(mondayOfIt, desk) }), {
      screen: 'digest',
      week: mondayOfIt.add({ weeks: 1 }).toString(),
    })
  const { count } = unhappy.waiting
  const due = monday.add({ weeks: 1 }).toString()
  return [
    ...(count > 0 ? [[aside(t('nps.buttons.calls', { count }), { screen: 'followUps', page: 0 })]] : []),
    ...movedButtons(moved, desk),
    [
      aside(t('nps.buttons.quotes'), { screen: 'quotes', mood: 'bad', week: due }),
      aside(t('nps.buttons.lines'), { screen: 'npsLines', week: due }),
    ],
    [
      aside(t('nps.buttons.results'), { screen: 'questions', page: 0 }),
      aside(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
    [
      week(monday.subtract({ weeks: 1 }), 'earlier'),
      ...(running ? [] : [week(monday.add({ weeks: 1 }), 'later')]),
    ],
  ]
}

function headline(digest: Digest, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  const { week } = digest.otherScale
  const otherScale = week > 0 ? [[t('nps.otherScale', { count: week })]] : []
  if (digest.kind === 'empty') {
    const { fourWeeks } = digest
    const before = fourWeeks.kind === 'none' ? [] : [[t('nps.fourWeeks', { nps: npsWords(fourWeeks, desk) })]]
    return [[{ bold: t('nps.digest.empty') }], ...before, ...otherScale]
  }
  const { nps, change } = digest
  if (nps.kind === 'few') return [[{ bold: t('nps.digest.few', { count: nps.n }) }], ...otherScale]
  return [
    [{ bold: `NPS ${showNps(nps.nps, desk.language)}` }, `, ${sureWords(nps, desk)}`],
    [changeWords(change, 'nps.change.week', desk)],
    ...otherScale,
  ]
}

/** By four weeks: one line of one week is too little to go by. */
function lineLines(digest: Digest, desk: Desk): (readonly Part[])[] {
  const told = digest.lines.filter(({ fourWeeks }) => fourWeeks.kind !== 'none')
  if (told.length === 0) return []
  const shown = told.length > mostLines ? told.slice(0, mostLines - 1) : told
  const more = told.length - shown.length
  return [
    [],
    [desk.t('nps.digest.lines')],
    ...shown.map(({ line, fourWeeks }) => [
      `• ${nameOf(desk.salon.lines, line, desk)}: ${npsInList(fourWeeks, desk)}`,
    ]),
    ...(more > 0 ? [[desk.t('nps.digest.moreLines', { count: more })]] : []),
  ]
}

function invitedWords({ invited }: Digest, desk: Desk): string {
  const { people, responded, rate } = invited
  if (rate === undefined) return desk.t('nps.digest.nobodyAsked')
  return desk.t('nps.digest.rate', { count: people, responded, rate: showPart(rate, desk) })
}

/** At most three lines: who is worth more now, who less, and who begins to slip away. */
function earnedBlock(digest: Digest, desk: Desk): (readonly Part[])[] {
  const words = earnedWords(digest, desk)
  return words.length > 0 ? [[], ...words.map((line) => [line])] : []
}

function movedBlock(moved: Moved | undefined, desk: Desk): (readonly Part[])[] {
  if (moved === undefined) return []
  const { t, language } = desk
  const { up, down, warned } = moved
  const count = warned.clients
  const words = [
    ...(up.clients > 0 ? [t('nps.moved.up', { count: up.clients, often: oftenWords(up, desk) })] : []),
    ...(down.clients > 0
      ? [
          t('nps.moved.down', {
            count: down.clients,
            often: oftenWords(down, desk),
            money: showRoubles(down.kopecks, language),
          }),
        ]
      : []),
    ...(count > 0 ? [t('nps.moved.leaving', { count, money: showRoubles(warned.kopecks, language) })] : []),
  ]
  return [[], ...(words.length > 0 ? words : [t('nps.moved.none')]).map((line) => [line])]
}

/** Nothing where no one way was that of more than half of them. */
function oftenWords({ clients, often }: MovedOneWay, { t }: Desk): string {
  if (often === undefined || often.clients * 2 <= clients) return ''
  const [from, to] = [t(`segments.name.${often.from}`), t(`segments.name.${often.to}`)]
  return t(often.clients === clients ? 'nps.moved.all' : 'nps.moved.often', { from, to })
}

function movedButtons(moved: Moved | undefined, { t }: Desk): Screen['keyboard'] {
  const down = aside(t('value.buttons.down'), { screen: 'moved', line: '', way: 'down', page: 0 })
  const leaving = aside(t('nps.buttons.leaving'), { screen: 'leaving', page: 0 })
  const row = [
    ...(moved && moved.down.clients > 0 ? [down] : []),
    ...(moved && moved.warned.clients > 0 ? [leaving] : []),
  ]
  return row.length > 0 ? [row] : []
}

function quoteBlock({ quotes: { good, bad } }: Digest, desk: Desk): (readonly Part[])[] {
  if (good.length + bad.length === 0) return []
  const brief = (quote: Quote): Quote => ({ ...quote, ...shortened(quote.text, quoteInDigest) })
  return [
    [],
    [{ bold: desk.t('nps.digest.quotes') }],
    ...bad.map((quote) => [`👎 ${quoteWords(brief(quote), desk)}`]),
    ...good.map((quote) => [`👍 ${quoteWords(brief(quote), desk)}`]),
  ]
}

/** "«Долго ждала» (Ногти, 3)" */
export function quoteWords({ text, line, score }: Quote, desk: Desk): string {
  const about = line === undefined ? '' : `${nameOf(desk.salon.lines, line, desk)}, `
  return desk.t('nps.quote', { text, about, score })
}

function unhappyBlock(unhappy: Unhappy, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  const { count, waiting, callsWaiting } = unhappy
  if (count === 0 && waiting.count === 0) return []
  const { longestMs } = waiting
  const calls = callsWaiting.count > 0 ? t('nps.unhappy.calls', { count: callsWaiting.count }) : ''
  return [
    [],
    [{ bold: t('nps.unhappy.title') }],
    ...(count > 0 ? [[weekWords(unhappy, desk)]] : []),
    ...(longestMs === undefined
      ? []
      : [[t('nps.unhappy.waiting', { count: waiting.count, calls, span: showSpan(longestMs, desk) })]]),
  ]
}

/** How many there were, and how fast somebody has spoken to them. */
function weekWords({ count, handled, medianMs }: Unhappy, desk: Desk): string {
  const { t } = desk
  if (medianMs === undefined) return t('nps.unhappy.nobody', { count })
  const span = showSpan(medianMs, desk)
  return t(handled === count ? 'nps.unhappy.all' : 'nps.unhappy.some', { count, handled, span })
}

function adviceBlock(advice: readonly Advice[], desk: Desk): (readonly Part[])[] {
  if (advice.length === 0) return []
  return [
    [],
    [{ bold: desk.t('nps.digest.advice') }],
    // No numbers: most of these sentences begin with one.
    ...advice.map((one) => [`• ${adviceWords(one, desk)}`]),
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
