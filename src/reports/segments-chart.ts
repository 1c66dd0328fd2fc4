/** The picture of the segments: how many clients are in each and what part of the money is theirs, overall and by line. */
import type { Translate } from '../locales.ts'
import { demoMark } from './demo-mark.ts'
import { drawable, fitted } from './fonts.ts'
import { innerWidth, margin, width, type Section, type SegmentsChartData } from './segments-chart/data.ts'
import { lineBars } from './segments-chart/line-bars.ts'
import { segmentRows } from './segments-chart/segment-rows.ts'
import { palette } from './palette.ts'
import { rectangle, svgDocument, textLine } from './svg.ts'
import { svgToPng } from './svg-to-png.ts'

export type { ChartSegment, ChartLine, SegmentsChartData } from './segments-chart/data.ts'

/** The picture as an SVG, 1080 pixels wide; its height follows from how many segments and lines there are. */
export function segmentsChartSvg(data: SegmentsChartData, t: Translate): string {
  const sections = [headline(data), segmentRows(data, t), lineBars(data, t), footer(data)]
  let y = margin
  const placed = sections.map(({ svg, height }) => {
    const part = `<g transform="translate(${margin} ${y})">${svg}</g>`
    y += height
    return part
  })
  const ground = rectangle({ x: 0, y: 0, width, height: y }, palette.paper)
  return svgDocument(width, y, ground, ...placed, data.demo ? demoMark(t('chart.demo'), width, margin) : '')
}

/** The picture as PNG, for a phone in a light or a dark chat. */
export const segmentsChart = (data: SegmentsChartData, t: Translate): Promise<Buffer> =>
  svgToPng(segmentsChartSvg(data, t))

function headline({ title, people, money }: SegmentsChartData): Section {
  const big = { size: 76, weight: 700 } as const
  const lines = [
    textLine(title, { x: 0, y: 14, size: 36, weight: 600, fill: palette.muted }),
    textLine(fitted(people, innerWidth, big), { x: -3, y: 104, ...big, fill: palette.ink }),
    money === undefined ? '' : textLine(money, { x: 0, y: 162, size: 36, weight: 400, fill: palette.muted }),
  ]
  return { svg: lines.join(''), height: money === undefined ? 148 : 206 }
}

function footer({ footnotes }: SegmentsChartData): Section {
  const style = { size: 32, weight: 400, fill: palette.muted } as const
  const lines = footnotes.map((words, index) =>
    textLine(fitted(drawable(words), innerWidth, style), { x: 0, y: 44 + index * 44, ...style }),
  )
  return { svg: lines.join(''), height: 44 + footnotes.length * 44 + 28 }
}
