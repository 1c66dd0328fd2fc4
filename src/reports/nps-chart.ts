/** The picture of the weekly digest: how many would recommend the salon, and how that went week by week. */
import type { Language } from '../domain/salon.ts'
import type { Translate } from '../locales.ts'
import { demoMark } from './demo-mark.ts'
import { drawable } from './fonts.ts'
import { margin, width } from './nps-chart/data.ts'
import type { NpsChartData, Section } from './nps-chart/data.ts'
import { headline } from './nps-chart/headline.ts'
import { plot } from './nps-chart/plot.ts'
import { rows } from './nps-chart/rows.ts'
import { palette } from './palette.ts'
import { rectangle, svgDocument, textLine } from './svg.ts'
import { svgToPng } from './svg-to-png.ts'

export type { NpsChartData, NpsFigure } from './nps-chart/data.ts'

const minHeight = 1080
/** A salon of one line has more room for its weeks. */
const minPlotHeight = 500

/** The picture as an SVG, 1080 pixels wide; its height follows from what there is to say. */
export async function npsChartSvg(data: NpsChartData, t: Translate, language: Language): Promise<string> {
  const reader = { t, language }
  const [head, lines, foot] = [headline(data.now, reader), rows(data.lines, reader), footer(data.period)]
  const room = minHeight - margin - head.height - lines.height - foot.height
  const weeks = await plot(data.weeks, Math.max(minPlotHeight, room), reader)
  let y = margin
  const placed = [head, weeks, lines, foot].map(({ svg, height }) => {
    const part = `<g transform="translate(${margin} ${y})">${svg}</g>`
    y += height
    return part
  })
  const ground = rectangle({ x: 0, y: 0, width, height: y }, palette.paper)
  return svgDocument(
    width,
    y,
    ground,
    ...placed,
    data.demo === true ? demoMark(t('chart.demo'), width, margin) : '',
  )
}

/** The picture as PNG, for a phone in a light or a dark chat. */
export const npsChart = async (data: NpsChartData, t: Translate, language: Language): Promise<Buffer> =>
  svgToPng(await npsChartSvg(data, t, language))

function footer(period: string): Section {
  const style = { size: 34, weight: 400, fill: palette.muted } as const
  return { svg: textLine(drawable(period), { x: 0, y: 62, ...style }), height: 62 + 58 }
}
