/** What a client means to the salon, for their card: the segment and why, what they came for and paid, what is to be expected. */
import type { InlineKeyboardButton } from 'telegraf/types'
import { enoughRepeatClients } from '../../domain/value/models.ts'
import { outlookOf, type Outlook } from '../../domain/value/outlook.ts'
import type { ClientCard } from '../../storage/clients.ts'
import type { ClientWorth, ValueRow } from '../../storage/client-worth.ts'
import { inSentence, nameOf, type Desk } from './desk.ts'
import { button } from './screen.ts'
import {
  iconOf,
  reasonWords,
  segmentName,
  showCount,
  showDay,
  showMoney,
  showProbability,
  stakeWords,
  todayOf,
} from './segments/words.ts'

type Line = readonly string[] | undefined

/** So many lines are told apart. */
const mostLines = 5

/** What is wanted between two customers: the segment with its reason, and whether somebody has to call. Stands on top. */
export function segmentLines(
  worth: ClientWorth | undefined,
  { sex }: Pick<ClientCard, 'sex'>,
  desk: Desk,
): Line[] {
  if (!worth) return []
  const { t } = desk
  const { overall, lines, scheme, warning } = worth
  const others = lines.filter(({ segment }) => segment !== overall.segment).slice(0, mostLines)
  const told = others.map(({ line, segment }) =>
    t('value.card.line', {
      line: nameOf(desk.salon.lines, line, desk),
      segment: segmentName(segment, desk),
    }),
  )
  return [
    [
      t('value.card.segment', {
        icon: iconOf(overall.segment),
        segment: segmentName(overall.segment, desk),
        reason: reasonWords(overall, scheme, desk, sex),
      }),
    ],
    told.length > 0 ? [t('value.card.lines', { value: told.join('; ') })] : undefined,
    warning && [t('value.card.warning', { reason: stakeWords(warning, desk) })],
  ]
}

/** Visits, money, worth and forecast. */
export function worthLines(worth: ClientWorth | undefined, desk: Desk): Line[] {
  if (!worth) return []
  const { t, salon } = desk
  const { overall, lines, master, models, clients } = worth
  const asOf = Math.max(todayOf(desk), overall.lastDay)
  const outlook = outlookOf(overall, { models, asOf, settings: salon.value, clients })
  return [
    [visitsWords(overall, lines, desk)],
    overall.kopecks === 0 ? undefined : [paidWords(overall, asOf, desk)],
    master === undefined
      ? undefined
      : [t('value.card.master', { value: nameOf(salon.masters, master, desk) })],
    overall.kopecks === 0 ? undefined : [structuralWords(overall, outlook, desk)],
    forecastLine(outlook, desk),
  ]
}

/** The picture of the visits, and the answers of the survey. */
export function valueButtons(
  id: number,
  has: { visits: boolean; answers: boolean },
  { t }: Desk,
): InlineKeyboardButton[][] {
  const row = [
    ...(has.visits ? [button(t('value.buttons.chart'), { screen: 'visitChart', id })] : []),
    ...(has.answers ? [button(t('value.buttons.answers'), { screen: 'surveyOf', id, page: 0 })] : []),
  ]
  return row.length > 0 ? [row] : []
}

function visitsWords({ visits, firstDay }: ValueRow, lines: ClientWorth['lines'], desk: Desk): string {
  const { t, salon } = desk
  const date = showDay(firstDay, desk)
  const shown = lines
    .slice(0, mostLines)
    .map(({ line, visits: count }) => `${inSentence(nameOf(salon.lines, line, desk))} ${count}`)
  return t('value.card.visits', {
    count: visits,
    since: t(visits > 1 ? 'value.card.since' : 'value.card.once', { date }),
    lines: shown.length > 0 ? `: ${shown.join(', ')}` : '',
  })
}

const yearDays = 365.25

/** A year's sum only of those who have been clients for longer: else it is what was paid. */
function paidWords({ kopecks, firstDay }: ValueRow, asOf: number, desk: Desk): string {
  const years = (asOf - firstDay) / yearDays
  const paid = showMoney(kopecks, desk)
  return years > 1
    ? desk.t('value.card.paidYearly', { paid, yearly: showMoney(kopecks / years, desk) })
    : desk.t('value.card.paid', { paid })
}

function structuralWords({ visits }: ValueRow, { structural }: Outlook, desk: Desk): string {
  const { t, language } = desk
  const { clvKopecks, years } = structural
  const shown = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(years)
  return t('value.card.worth', {
    count: visits,
    worth: showMoney(clvKopecks, desk),
    // The plural of what is shown: "1,1 года".
    years: t('value.years.ahead', { count: Math.round(years * 10) / 10, years: shown }),
  })
}

function forecastLine({ forecast }: Outlook, desk: Desk): Line {
  const { t, language } = desk
  if (!forecast) return undefined
  const repeat = showCount(forecast.repeatClients, desk)
  if (forecast.kind === 'tooLittleData')
    return [
      t(`value.fewData.${forecast.reason}`, {
        repeat,
        clients: showCount(forecast.clients, desk),
        enough: enoughRepeatClients,
      }),
    ]
  const { alive, visits90, clvKopecks, clients } = forecast
  return [
    t('value.card.forecast', {
      count: clients,
      number: showCount(clients, desk),
      alive: showProbability(alive, desk),
      visits: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(visits90),
      money: clvKopecks === undefined ? '' : t('value.card.money', { amount: showMoney(clvKopecks, desk) }),
    }),
  ]
}
