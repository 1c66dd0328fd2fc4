import { sayProblem } from '../../../domain/visit-file/preview-words.ts'
import type { RowProblem } from '../../../domain/visit-file/visit-record.ts'
import type { VisitImport } from '../../../storage/imports.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { fileTitle, shownNumber } from './words.ts'

/** What only the process that imports knows. */
export interface ImportNews {
  /** From 0 to 1. */
  share?: number
  /** About rows that were taken: something to look at. */
  notes?: readonly RowProblem[]
  /** Why it ended too early, in words. */
  reason?: string
}

/** Where an import stands: in the queue, under way, or what became of it. */
export function statusScreen(one: VisitImport, desk: Desk, news: ImportNews = {}): Screen {
  const { t } = desk
  const title = [fileTitle(one.fileName)]
  const menu = [[button(t('admin.buttons.menu'), { screen: 'menu' })]]
  switch (one.state) {
    case 'asking':
      return screen(lines(title, [t('importBot.state.asking')]), [
        [button(t('importBot.buttons.look'), { screen: 'importLook', id: one.id }, 'primary')],
      ])
    case 'waiting':
      return screen(lines(title, [t('importBot.state.waiting')]), refresh(one, desk))
    case 'running':
      return screen(lines(title, ...progress(one, desk, news)), refresh(one, desk))
    case 'cancelled':
      return screen(lines(title, [t('importBot.state.cancelled')]), menu)
    case 'failed':
      return screen(
        lines(title, [news.reason ?? t('importBot.state.failed')], [], ...account(one, desk)),
        menu,
      )
    case 'done':
      return doneScreen(one, desk, news)
  }
}

/** What became of each row, and where the clients stand now: that is seen within seconds. */
function doneScreen(one: VisitImport, desk: Desk, news: ImportNews): Screen {
  const { t } = desk
  const isInVain = one.added + one.updated + one.unchanged === 0
  return screen(
    lines(
      [fileTitle(one.fileName)],
      [t(`importBot.state.${isInVain ? 'inVain' : 'done'}`)],
      [],
      ...account(one, desk),
      ...looks(desk, news),
    ),
    [
      ...(isInVain ? [] : [[button(t('value.buttons.menu'), { screen: 'segments' }, 'primary')]]),
      [button(t('admin.buttons.menu'), { screen: 'menu' })],
    ],
  )
}

const refresh = ({ id }: VisitImport, { t }: Desk) => [
  [button(t('admin.buttons.refresh'), { screen: 'importState', id })],
]

const cells = 12

/** The bar is drawn of cells, so that it is as wide at the end as at the beginning. */
function progress({ rows, added, updated }: VisitImport, desk: Desk, { share }: ImportNews): Part[][] {
  const { t } = desk
  const full = Math.round((share ?? 0) * cells)
  const bar = '▓'.repeat(full) + '░'.repeat(cells - full)
  const counts = { rows: shownNumber(rows, desk), visits: shownNumber(added + updated, desk) }
  return [
    ...(share === undefined ? [] : [[`${bar} ${Math.floor(share * 100)} %`]]),
    [t('importBot.state.running', { count: rows, ...counts })],
  ]
}

/** Every row of the file is in one of these numbers. */
function account({ rows, added, updated, unchanged, refused }: VisitImport, desk: Desk): Part[][] {
  const { t } = desk
  const skipped = rows - added - updated - unchanged - refused
  const counts = Object.entries({ added, updated, unchanged, skipped, refused }).filter(
    ([, count]) => count > 0,
  )
  return [
    [t('importBot.account.rows', { count: rows, rows: shownNumber(rows, desk) })],
    ...counts.map(([name, count]) => [t(`importBot.account.${name}`, { number: shownNumber(count, desk) })]),
  ]
}

const looks = (desk: Desk, { notes = [] }: ImportNews): Part[][] =>
  notes.length === 0
    ? []
    : [[], [desk.t('importBot.account.notes')], ...notes.map((note) => [sayProblem(note, desk.t)])]
