/** The picture of a client's visits: when they came, for what, and what they paid. */
import type { Language } from '../domain/salon.ts'
import type { Translate } from '../locales.ts'
import { demoMark } from './demo-mark.ts'
import { drawable, fitted, widthOf, wrapped } from './fonts.ts'
import { palette } from './palette.ts'
import { lineColors } from './segment-colors.ts'
import { rectangle, svgDocument, textLine } from './svg.ts'
import { svgToPng } from './svg-to-png.ts'
import { barsOf, type ChartVisit } from './visits-chart/bars.ts'
import { plot, plotHeight } from './visits-chart/plot.ts'

export interface VisitsChartData {
  /** At least one, in any order. */
  visits: readonly ChartVisit[]
  /** Ids and names in the order of the settings: the order of the colours. */
  lines: readonly { id: string; name: string }[]
  /** In ready words: "12 визитов, 45 600 ₽". */
  title: string
  /** Under it: how often, and when last. */
  subtitle: string
  /** The right end of the picture, days since 1970-01-01. */
  today: number
  /** The client is invented, and the picture says so. */
  demo: boolean
}

const width = 1080
const margin = 64
const innerWidth = width - 2 * margin
const small = { size: 32, weight: 400, fill: palette.muted } as const
const big = { size: 60, weight: 700, fill: palette.ink } as const
const rowHeight = 52

/** The picture as an SVG, 1080 pixels wide. No names in it: whose visits they are stands beside it. */
export function visitsChartSvg(data: VisitsChartData, t: Translate, language: Language): string {
  const { visits, lines, title, subtitle, today, demo } = data
  const found = barsOf(
    visits,
    lines.map(({ id }) => id),
  )
  const known = lines.slice(0, lineColors.length - 1)
  const colorOf = (line: string | undefined) =>
    lineColors[known.findIndex(({ id }) => id === line)] ?? lineColors[lineColors.length - 1] ?? palette.muted
  const came = known.filter(({ id }) => visits.some(({ line }) => line === id))
  const rest = visits.some(({ line }) => !known.some(({ id }) => id === line))
  const entries = [
    ...came.map(({ id, name }) => ({ words: drawable(name), color: colorOf(id) })),
    ...(rest ? [{ words: t('value.chart.otherLine'), color: colorOf(undefined) }] : []),
  ]
  const names = legend(entries)
  const words = wrapped(subtitle, innerWidth, small, 2)
  const step = found.step === 'day' ? [] : [t(`value.chart.step.${found.step}`)]
  const under = [...words, ...step].map((line, index) =>
    textLine(line, { x: 0, y: 104 + index * 42, ...small }),
  )
  const top = 104 + under.length * 42
  const height = margin + top + names.height + plotHeight + 40
  const body = plot({ ...found, today, colorOf, width: innerWidth }, t, language)
  return svgDocument(
    width,
    height,
    rectangle({ x: 0, y: 0, width, height }, palette.paper),
    `<g transform="translate(${margin} ${margin})">${headline(title, demo)}${under.join('')}</g>`,
    `<g transform="translate(${margin} ${margin + top})">${names.svg}</g>`,
    `<g transform="translate(${margin} ${margin + top + names.height})">${body}</g>`,
    demo ? demoMark(t('chart.demo'), width, margin) : '',
  )
}

/** The picture as PNG, for a phone in a light or a dark chat. */
export const visitsChart = (data: VisitsChartData, t: Translate, language: Language): Promise<Buffer> =>
  svgToPng(visitsChartSvg(data, t, language))

const headline = (title: string, demo: boolean): string =>
  textLine(fitted(title, innerWidth - (demo ? 170 : 0), big), { x: -2, y: 46, ...big })

/** Colours and their names, as many in a row as fit. */
function legend(entries: readonly { words: string; color: string }[]): { svg: string; height: number } {
  let [x, y] = [0, 0]
  const parts = entries.map(({ words, color }) => {
    const name = fitted(words, innerWidth - 40, small)
    const length = 40 + widthOf(name, small) + 36
    if (x > 0 && x + length - 36 > innerWidth) [x, y] = [0, y + rowHeight]
    const part =
      rectangle({ x, y: y + 14, width: 26, height: 26 }, color, 6) +
      textLine(name, { x: x + 40, y: y + 38, ...small, fill: palette.ink })
    x += length
    return part
  })
  return { svg: parts.join(''), height: y + rowHeight + 12 }
}
