import type { OfferReport } from '../../../storage/offer-results.ts'
import type { Desk } from '../desk.ts'
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
  return screen(text, [
    [
      open(t('offerResult.offer'), { screen: 'offer', id: report.id }),
      open(t('offers.buttons.again'), { screen: 'offerAgain', id: report.id }),
    ],
    [
      open(t('offerResult.refresh'), { screen: 'offerResult', id: report.id }),
      open(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ])
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
