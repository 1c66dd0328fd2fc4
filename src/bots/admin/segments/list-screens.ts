/** Who stands behind the table's figures. */
import { wayOf, type Way } from '../../../domain/value/segment-rank.ts'
import type { Listed, Move, MoveCount, Page, SegmentMember, Warning } from '../../../storage/segments.ts'
import { arrows } from '../arrows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import type { Sight } from './overview-screen.ts'
import type { SegmentListRoute } from './route.ts'
import {
  iconOf,
  lineName,
  peopleWords,
  segmentName,
  showCount,
  showDay,
  showDayShortly,
  showMoney,
  nameIn,
  stakeWords,
  warningWords,
  whoOf,
} from './words.ts'

export const listedOnPage = 8

type RouteOf<Name extends SegmentListRoute['screen']> = Extract<SegmentListRoute, { screen: Name }>

/** Who is in a segment, each a button to their card. */
export function membersScreen(
  { total, items }: Page<SegmentMember>,
  route: RouteOf<'in'>,
  { sight, demo }: { sight: Sight; demo: boolean },
  desk: Desk,
): Screen {
  const { t } = desk
  const { line, segment } = route
  const title = t(line === '' ? 'value.members.title' : 'value.members.titleLine', {
    icon: iconOf(segment),
    segment: segmentName(segment, desk),
    people: peopleWords(total, desk),
    line: lineName(line, desk),
  })
  const text = lines(
    [{ bold: title }],
    demo ? [t('nps.demo')] : undefined,
    [t('value.members.meaning', { meaning: t(`segments.meaning.${segment}`) })],
    [],
    [t(total > 0 ? 'value.members.order' : 'value.members.empty')],
  )
  return screen(text, [
    ...items.map((member) => [
      button(
        [
          whoOf(member, desk),
          ...(sight.money ? [showMoney(member.kopecks, desk)] : []),
          showDayShortly(member.lastDay, desk),
        ].join(' · '),
        { screen: 'client', id: member.id, back: route },
      ),
    ]),
    ...arrowsOf(total, route, desk),
    ...(total > 0
      ? [
          [
            button(t('offers.buttons.forSegment'), { screen: 'offerFor', line, segment }),
            button(t('desk.survey.toSegment'), {
              screen: 'confirmInvites',
              audience: { kind: 'segment', line, segment },
            }),
          ],
        ]
      : []),
    [button(t('admin.buttons.back'), { screen: 'segmentsOf', line })],
  ])
}

/** Those that lead this way. */
export const movesOf = (counts: readonly MoveCount[], way: Way): MoveCount[] =>
  counts.filter(({ from, to }) => wayOf(from, to) === way)

/** Who has moved up, or slipped, and why; above them, from where to where how many. */
export function movesScreen(
  moves: readonly Move[],
  counts: readonly MoveCount[],
  { route, since, demo }: { route: RouteOf<'moved'>; since: number; demo: boolean },
  desk: Desk,
): Screen {
  const { t } = desk
  const { line, way, page } = route
  const own = movesOf(counts, way)
  const total = own.reduce((sum, { clients }) => sum + clients, 0)
  const arrow = (from: Move['from'], to: Move['to']) => ({
    from: segmentName(from, desk),
    to: segmentName(to, desk),
  })
  const text = lines(
    [{ bold: t(`value.moves.${way}`, { date: showDay(since, desk), clients: showCount(total, desk) }) }],
    demo ? [t('nps.demo')] : undefined,
    line === '' ? undefined : [t('value.moves.line', { line: lineName(line, desk) })],
    ...(page === 0 ? own.slice(0, mostCounts) : []).map(({ from, to, clients }) => [
      `• ${t('value.moves.count', { ...arrow(from, to), clients: showCount(clients, desk) })}`,
    ]),
    [],
    ...(moves.length === 0 ? [[t('value.moves.none')]] : []),
    ...moves.map((move, index) => [
      t('value.moves.one', {
        number: page * listedOnPage + index + 1,
        who: whoOf(move, desk),
        date: showDayShortly(move.day, desk),
        ...arrow(move.from, move.to),
        why: t(`value.moves.why.${move.reason}`),
      }),
    ]),
  )
  const other = way === 'up' ? 'down' : 'up'
  return screen(text, [
    ...numbered(moves, route, desk),
    ...arrowsOf(total, route, desk),
    [button(t(`value.buttons.${other}`), { screen: 'moved', line, way: other, page: 0 })],
    [button(t('admin.buttons.back'), { screen: 'segmentsOf', line })],
  ])
}
const mostCounts = 6

/** Who is slipping away, ranked by what would be lost, and why we think so. */
export function leavingScreen(
  { total, items }: Page<Warning>,
  {
    route,
    sight,
    kopecks,
    demo,
  }: { route: RouteOf<'leaving'>; sight: Sight; kopecks: number; demo: boolean },
  desk: Desk,
): Screen {
  const { t } = desk
  const order: readonly Part[] = sight.money
    ? [t('value.leaving.stake', { amount: showMoney(kopecks, desk) })]
    : [t('value.leaving.order')]
  const text = lines(
    [{ bold: t('value.leaving.title', { clients: peopleWords(total, desk) }) }],
    demo ? [t('nps.demo')] : undefined,
    total === 0 ? [t('value.leaving.empty')] : order,
    ...items.flatMap((warning, index): (readonly Part[])[] => [
      [],
      [
        t('value.leaving.one', {
          number: route.page * listedOnPage + index + 1,
          who: whoOf(warning, desk),
          reason: sight.money ? stakeWords(warning, desk) : warningWords(warning, desk),
        }),
      ],
    ]),
  )
  return screen(text, [
    ...numbered(items, route, desk),
    ...arrowsOf(total, route, desk),
    [button(t('admin.buttons.back'), { screen: 'segmentsOf', line: '' })],
  ])
}

/** Buttons to the cards, two in a row, numbered as in the text. */
function numbered(
  items: readonly Listed[],
  route: RouteOf<'moved' | 'leaving'>,
  desk: Desk,
): Screen['keyboard'] {
  const buttons = items.map((item, index) =>
    button(`${route.page * listedOnPage + index + 1}. ${nameIn(item, desk)}`, {
      screen: 'client',
      id: item.id,
      back: route,
    }),
  )
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) =>
    buttons.slice(row * 2, row * 2 + 2),
  )
}

const arrowsOf = (total: number, route: SegmentListRoute, desk: Desk): Screen['keyboard'] =>
  arrows({ total, page: route.page, perPage: listedOnPage }, (page) => ({ ...route, page }), desk)
