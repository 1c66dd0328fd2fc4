import { drawable, fitted } from '../fonts.ts'
import { showNps } from '../numbers.ts'
import { palette } from '../palette.ts'
import { rectangle, textLine } from '../svg.ts'
import { fewPeople, innerWidth } from './data.ts'
import type { NpsChartData, Reader, Section } from './data.ts'

type Line = NpsChartData['lines'][number]

const maxRows = 6
const rowHeight = 68
const headHeight = 88

const nameWidth = 400
/** Zero stands in the middle of it. */
const bars = { x: 416, width: 230 }
const npsX = 772
const peopleX = innerWidth

const name = { size: 38, weight: 400 } as const
const figure = { size: 40, weight: 700, anchor: 'end' } as const
const small = { size: 34, weight: 400, fill: palette.muted, anchor: 'end' } as const

/** The service lines, one in a row: name, a bar to the right or to the left of zero, the number, of how many people. */
export function rows(lines: readonly Line[], reader: Reader): Section {
  if (lines.every(({ n }) => n === 0)) return { svg: '', height: 0 }
  const { t } = reader
  const shown = lines.slice(0, maxRows)
  const left = lines.length - shown.length
  const head =
    textLine(t('chart.lines'), { x: 0, y: 64, size: 38, weight: 600, fill: palette.ink }) +
    textLine(t('chart.nps'), { x: npsX, y: 64, ...small }) +
    textLine(t('chart.raters'), { x: peopleX, y: 64, ...small })
  const body = shown.map((line, index) => row(line, headHeight + index * rowHeight, reader))
  const moreY = headHeight + shown.length * rowHeight + 46
  const more = { x: 0, y: moreY, size: 34, weight: 400, fill: palette.muted } as const
  return {
    svg: head + body.join('') + (left > 0 ? textLine(t('chart.more', { count: left }), more) : ''),
    height: headHeight + (shown.length + (left > 0 ? 1 : 0)) * rowHeight,
  }
}

function row({ name: words, nps, n }: Line, y: number, { language }: Reader): string {
  const baseline = y + 46
  const few = n < fewPeople
  const value = nps === undefined ? '—' : showNps(nps, language)
  return [
    textLine(fitted(drawable(words), nameWidth, name), { x: 0, y: baseline, ...name, fill: palette.ink }),
    bar(nps ?? 0, y, few),
    textLine(value, { x: npsX, y: baseline, ...figure, fill: few ? palette.muted : palette.ink }),
    textLine(new Intl.NumberFormat(language).format(n), { x: peopleX, y: baseline, ...small }),
  ].join('')
}

function bar(nps: number, y: number, few: boolean): string {
  const zero = bars.x + bars.width / 2
  const length = (Math.abs(nps) * bars.width) / 2
  const color = nps < 0 ? palette.detractor : palette.promoter
  const box = { x: nps < 0 ? zero - length : zero, y: y + 18, width: length, height: 32 }
  const ground = rectangle({ ...box, x: bars.x, width: bars.width }, palette.panel, 6)
  const filled = `<g opacity="${few ? 0.45 : 1}">${rectangle(box, color, 4)}</g>`
  return ground + filled + rectangle({ x: zero - 1, y: y + 12, width: 2, height: 44 }, palette.muted)
}
