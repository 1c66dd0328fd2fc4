import { meanings, type Meaning } from '../../../domain/visit-file/column-names.ts'
import { missingFrom, type Layout } from '../../../domain/visit-file/layout.ts'
import type { Preview } from '../../../domain/visit-file/preview.ts'
import { sayPreview } from '../../../domain/visit-file/preview-words.ts'
import { arrows } from '../arrows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Screen } from '../screen.ts'
import { fileTitle, short } from './words.ts'

/** "I understood it so": the columns, how well the first rows can be read, and whether to go on. */
export function previewScreen(id: number, fileName: string, preview: Preview, desk: Desk): Screen {
  const { t } = desk
  const { found, layout, looked, missing } = preview
  const text = lines([fileTitle(fileName)], [], ...sayPreview(preview, t).map((line) => [line]))
  const canStart = missing.length === 0 && looked.readable > 0
  const unclear = found.dateOrder === 'unclear' && layout.dateOrder === 'unclear'
  const obstacle = obstacleIn(preview)
  const orders = ['dayFirst', 'monthFirst'] as const
  return screen(text, [
    ...(unclear
      ? [orders.map((order) => button(t(`importBot.dates.${order}`), { screen: 'importDates', id, order }))]
      : []),
    ...(obstacle ? [[withoutButton(id, obstacle, desk)]] : []),
    ...(canStart ? [[button(t('importBot.buttons.start'), { screen: 'importStart', id }, 'success')]] : []),
    [
      button(t('importBot.buttons.columns'), { screen: 'importColumns', id }),
      button(t('importBot.buttons.cancel'), { screen: 'importCancel', id }),
    ],
  ])
}

type ColumnFound = Preview['columns'][number]

const withoutButton = (id: number, { meaning, name }: ColumnFound, { t }: Desk) =>
  button(t('importBot.buttons.without', { name: short(name, 24) }), { screen: 'importWithout', id, meaning })

/** Without these there is no visit. */
const needed: ReadonlySet<Meaning> = new Set(['date', 'phone', 'clientId'])

/** The one column that most rows fail on, where visits can do without it: lines by other names than the salon's, say. */
function obstacleIn({ looked, columns }: Preview): ColumnFound | undefined {
  const { rows, readable, skipped, problems } = looked
  const [first] = problems
  const isOne = first !== undefined && problems.every(({ column }) => column === first.column)
  if (!isOne || rows - readable - skipped <= readable) return undefined
  return columns.find(({ meaning, name }) => name === first.column && !needed.has(meaning))
}

/** What each meaning is taken from, as buttons: pressing one chooses another column. */
export function columnsScreen(id: number, layout: Layout, desk: Desk): Screen {
  const { t } = desk
  const name = (meaning: Meaning) => layout.names[layout.columns[meaning] ?? -1]
  const missing = missingFrom(layout)
  return screen(
    lines([t('importBot.columns.ask')], ...missing.map((what) => [t(`visitFile.missing.${what}`)])),
    [
      ...meanings.map((meaning) => [
        button(
          t('importBot.columns.of', {
            meaning: capitalized(t(`visitFile.meaning.${meaning}`)),
            name: short(name(meaning) ?? t('importBot.columns.none'), 24),
          }),
          { screen: 'importMeaning', id, meaning, page: 0 },
        ),
      ]),
      [button(t('importBot.buttons.look'), { screen: 'importLook', id }, 'primary')],
    ],
  )
}

const capitalized = (word: string): string => word.charAt(0).toLocaleUpperCase() + word.slice(1)

const namesOnPage = 20

/** The columns of the file: which one has this meaning? */
export function columnChoice(id: number, meaning: Meaning, page: number, layout: Layout, desk: Desk): Screen {
  const { t } = desk
  const of = layout.columns[meaning]
  const start = page * namesOnPage
  const names = layout.names.slice(start, start + namesOnPage)
  return screen(
    [t('importBot.columns.which', { meaning: t(`visitFile.meaning.${meaning}`) })],
    [
      ...names.map((name, index) => {
        const column = start + index
        const label = `${column === of ? '✓ ' : ''}${short(name, 40)}`
        return [button(label, { screen: 'importColumn', id, meaning, column })]
      }),
      ...arrows(
        { total: layout.names.length, page, perPage: namesOnPage },
        (to) => ({ screen: 'importMeaning', id, meaning, page: to }),
        desk,
      ),
      [
        button(t('importBot.columns.no'), { screen: 'importColumn', id, meaning }),
        button(t('admin.buttons.back'), { screen: 'importColumns', id }),
      ],
    ],
  )
}
