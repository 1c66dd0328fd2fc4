import type { InlineKeyboardButton } from 'telegraf/types'
import { enoughRepeatClients } from '../../../domain/value/models.ts'
import { showChange, showShare } from '../../../reports/numbers.ts'
import type { SegmentFigures, SegmentGroup, SegmentOverview } from '../../../storage/segment-overview.ts'
import type { Desk } from '../desk.ts'
import { exportFormats } from '../desk-route.ts'
import { aside, button, lines, screen, type Part, type Screen } from '../screen.ts'
import {
  iconOf,
  lineName,
  peopleWords,
  segmentName,
  showCount,
  showDay,
  showDayNear,
  showMoney,
  todayOf,
} from './words.ts'

/** What this reader gets to see: the salon's revenue is the owners' business. */
export interface Sight {
  money: boolean
  /** The files can be made here, and this reader may have them. */
  files: boolean
}

/** So many segments have room for what they mean. */
const fewSegments = 5
/** Figures that are older were not renewed for some reason, and the reader is told. */
const freshDays = 2

/**
 * The table of segments of all clients, or of one line.
 * @param place `picture`: it stands under the picture, which stays: what its buttons open comes below
 */
export function overviewScreen(
  overview: SegmentOverview,
  group: SegmentGroup,
  sight: Sight,
  desk: Desk,
  place: 'picture' | 'alone',
): Screen {
  const { t } = desk
  const { line } = group
  const title = line === '' ? t('value.title') : t('value.titleLine', { line: lineName(line, desk) })
  const paid =
    sight.money && group.kopecks > 0
      ? `, ${t('value.paidInAll', { amount: showMoney(group.kopecks, desk) })}`
      : ''
  const text = lines(
    [{ bold: title }],
    overview.demo ? [t('nps.demo')] : undefined,
    [`${peopleWords(group.clients, desk)}${paid}`],
    [],
    ...group.segments.flatMap((figures) => rowLines(figures, group, sight, desk)),
    [],
    ...footLines(overview, group, sight, desk),
  )
  const open = place === 'picture' ? aside : button
  return screen(text, keyboard(overview, group, sight, desk, open))
}

function rowLines(
  { segment, clients, kopecks, change }: SegmentFigures,
  group: SegmentGroup,
  { money }: Sight,
  desk: Desk,
): (readonly Part[])[] {
  const { t, language } = desk
  const share = (part: number, whole: number) =>
    showShare(whole > 0 ? Math.max(0, part) / whole : 0, language)
  const more = [
    money && group.kopecks > 0 ? t('value.money', { share: share(kopecks, group.kopecks) }) : '',
    change === undefined ? '' : showChange(change, language),
  ].filter((one) => one !== '')
  const row = t('value.row', { clients: showCount(clients, desk), share: share(clients, group.clients) })
  return [
    [`${iconOf(segment)} `, { bold: segmentName(segment, desk) }, `: ${[row, ...more].join(', ')}`],
    ...(group.segments.length <= fewSegments ? [[t(`segments.meaning.${segment}`)]] : []),
  ]
}

function footLines(
  { day, before, model, warnings }: SegmentOverview,
  group: SegmentGroup,
  { money }: Sight,
  desk: Desk,
): (readonly Part[])[] {
  const { t } = desk
  const amount = showMoney(warnings.kopecks, desk)
  const isOld = todayOf(desk) - day > freshDays
  return [
    ...(money && group.line === '' && warnings.clients > 0
      ? [[t('value.stake', { clients: showCount(warnings.clients, desk), amount })]]
      : []),
    ...(money && group.kopecks <= 0 ? [[t('value.noAmounts')]] : []),
    [t(isOld ? 'value.counted.old' : 'value.counted.fresh', { day: showDayNear(day, desk) })],
    [before === undefined ? t('value.notCompared') : t('value.compared', { date: showDay(before, desk) })],
    ...(model ? [[sureWords(model, desk)]] : []),
  ]
}

function sureWords(
  { without, clients: count, repeatClients }: NonNullable<SegmentOverview['model']>,
  desk: Desk,
): string {
  const [number, repeat] = [showCount(count, desk), showCount(repeatClients, desk)]
  return without === undefined
    ? desk.t('value.sure', { count, number, repeat })
    : desk.t(`value.unsure.${without}`, { clients: number, repeat, enough: enoughRepeatClients })
}

function keyboard(
  { warnings, groups }: SegmentOverview,
  { line, segments }: SegmentGroup,
  { files }: Sight,
  desk: Desk,
  open: typeof button | typeof aside,
): InlineKeyboardButton[][] {
  const { t } = desk
  const others = groups.filter((group) => group.line !== line)
  return [
    ...inRows(
      segments.map(({ segment, clients }) =>
        open(
          t('value.buttons.segment', {
            icon: iconOf(segment),
            segment: segmentName(segment, desk),
            clients: showCount(clients, desk),
          }),
          { screen: 'in', line, segment, page: 0 },
        ),
      ),
      2,
    ),
    ...inRows(
      others.map((group) => open(lineName(group.line, desk), { screen: 'segmentsOf', line: group.line })),
      2,
    ),
    ...(warnings.clients > 0
      ? [
          [
            open(t('value.buttons.leaving', { clients: showCount(warnings.clients, desk) }), {
              screen: 'leaving',
              page: 0,
            }),
          ],
        ]
      : []),
    [
      open(t('value.buttons.up'), { screen: 'moved', line, way: 'up', page: 0 }),
      open(t('value.buttons.down'), { screen: 'moved', line, way: 'down', page: 0 }),
    ],
    ...(files && line === ''
      ? [
          exportFormats.map((format) =>
            open(t(`value.buttons.${format}`), { screen: 'exportSegments', format }),
          ),
        ]
      : []),
    [
      open(t('value.buttons.about'), { screen: 'aboutSegments' }),
      open(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ]
}

const inRows = (buttons: readonly InlineKeyboardButton[], perRow: number): InlineKeyboardButton[][] =>
  Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, row) =>
    buttons.slice(row * perRow, (row + 1) * perRow),
  )
