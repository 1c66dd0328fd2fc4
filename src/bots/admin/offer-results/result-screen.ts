import type { InlineKeyboardButton } from 'telegraf/types'
import { isOver } from '../../../domain/offers/transitions.ts'
import type { OfferReport } from '../../../storage/offer-results.ts'
import type { Desk } from '../desk.ts'
import type { Route } from '../route.ts'
import { aside, button, lines, screen, type Part, type Screen } from '../screen.ts'
import { chartOf } from './result-picture.ts'
import {
  couponWords,
  emptyWords,
  howWords,
  isEmpty,
  peopleWords,
  titleOf,
  verdictWords,
  type Sight,
} from './words.ts'

/** What an offer has brought. @param place `picture`: under one, which stays as it is when a button is pressed */
export function resultScreen(
  report: OfferReport,
  sight: Sight,
  desk: Desk,
  place: 'picture' | 'alone',
): Screen {
  const { t } = desk
  const open = place === 'picture' ? aside : button
  const text = lines(
    [{ bold: t('offerResult.title', { title: titleOf(report, desk) }) }],
    [],
    ...(isEmpty(report) ? [[emptyWords(report, desk)]] : told(report, sight, desk, place)),
  )
  const { id } = report
  return screen(text, [
    [open(t('offers.buttons.again'), { screen: 'offerAgain', id }), ...endButton(report, open, desk)],
    [open(t('offerResult.offer'), { screen: 'offer', id })],
    [
      open(t('offerResult.refresh'), { screen: 'offerResult', id }),
      open(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ])
}

/** What is over leaves the list with a press; what goes on is called off first, and asks once more. */
function endButton(
  { id, version, state, retired }: OfferReport,
  open: (text: string, route: Route) => InlineKeyboardButton,
  { t }: Desk,
): InlineKeyboardButton[] {
  if (!isOver(state)) return [open(t('offers.buttons.stop'), { screen: 'offerCancel', id, version })]
  const act = retired ? 'bringBack' : 'retire'
  return [open(t(`offers.buttons.${act}`), { screen: 'offerAct', id, version, act })]
}

function told(
  report: OfferReport,
  sight: Sight,
  desk: Desk,
  place: 'picture' | 'alone',
): (readonly Part[])[] {
  return [
    [peopleWords(report, desk)],
    ...(place === 'alone' ? figures(report, sight, desk) : []),
    [],
    ...verdictWords(report, sight, desk).map((sentence) => [sentence]),
    ...couponWords(report, sight, desk).flatMap((sentence) => [[], [sentence]]),
    [],
    [howWords(report, desk)],
  ]
}

/** What the picture would have shown. */
const figures = (report: OfferReport, sight: Sight, desk: Desk): (readonly Part[])[] =>
  chartOf(report, sight, desk).measures.flatMap(({ name, arms }) => [
    [],
    [{ bold: name }],
    ...arms.map((arm) => [`• ${arm.name}: ${arm.words}${arm.range === undefined ? '' : ` (${arm.range})`}`]),
  ])
