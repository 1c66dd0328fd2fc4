import type { Language } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'
import { widthOf } from '../fonts.ts'
import { showRoublesShortly } from '../numbers.ts'
import { palette } from '../palette.ts'
import { rectangle, textLine } from '../svg.ts'
import { dayOf, scaleOf, ticksBetween, type Bar, type Step } from './bars.ts'

export interface Plot {
  step: Step
  bars: readonly Bar[]
  /** False: heights count visits. */
  known: boolean
  today: number
  colorOf: (line: string | undefined) => string
  width: number
}

export const plotHeight = 560
const padding = { left: 148, right: 26, top: 56, bottom: 62 }
const small = { size: 32, weight: 400, fill: palette.muted } as const
const mostTicks = 6
/** A single visit does not fill the picture. */
const leastDays = 90
/** Nor do visits whose amounts nobody knows: there is room for so many on one day, in hundredths. */
const leastVisits = 300
/** Days that a bar stands for. */
const widths = { day: 1, month: 30, year: 365 } as const

/** Bars over time, from the first visit to today: how long nobody has come is to be seen as well. */
export function plot(given: Plot, t: Translate, language: Language): string {
  const { bars, today, known, step } = given
  const first = Math.min(today - leastDays, bars[0]?.day ?? today)
  const last = Math.max(today, bars.at(-1)?.day ?? today)
  const room = (last - first) * 0.03
  const [from, to] = [first - room, last + room]
  const left = known ? padding.left : 20
  const inner = given.width - left - padding.right
  const xOf = (day: number) => left + ((day - from) / (to - from)) * inner
  const tops = bars.map(({ pieces }) => sumOf(pieces, (kopecks) => kopecks > 0))
  const bottoms = bars.map(({ pieces }) => sumOf(pieces, (kopecks) => kopecks < 0))
  const scale = scaleOf(Math.min(0, ...bottoms), Math.max(known ? 0 : leastVisits, ...tops))
  const bottom = plotHeight - padding.bottom
  const yOf = (kopecks: number) =>
    bottom - ((kopecks - scale.from) / (scale.to - scale.from)) * (bottom - padding.top)
  const barWidth = Math.min(44, Math.max(14, (widths[step] / (to - from)) * inner * 0.8))
  const gap = { from: xOf(bars.at(-1)?.day ?? today) + barWidth, to: xOf(today) }
  return [
    step === 'day' && gap.to > gap.from
      ? rectangle(
          { x: gap.from, y: padding.top, width: gap.to - gap.from, height: bottom - padding.top },
          palette.panel,
        )
      : '',
    known ? grid(scale.ticks, yOf, { left, right: given.width }, language) : '',
    rectangle({ x: left, y: yOf(0) - 1, width: given.width - left, height: 2 }, palette.muted),
    timeAxis({ from, to, xOf, width: given.width }, language),
    ...bars.map((bar) => barSvg(bar, { x: xOf(bar.day), width: barWidth, yOf, colorOf: given.colorOf })),
    todayLine(xOf(today), given.width, t),
  ].join('')
}

const sumOf = (pieces: Bar['pieces'], counts: (kopecks: number) => boolean): number =>
  pieces.reduce((sum, { kopecks }) => (counts(kopecks) ? sum + kopecks : sum), 0)

function grid(
  ticks: readonly number[],
  yOf: (kopecks: number) => number,
  { left, right }: { left: number; right: number },
  language: Language,
): string {
  return ticks
    .map(
      (tick) =>
        rectangle({ x: left, y: yOf(tick) - 1, width: right - left, height: 2 }, palette.line) +
        textLine(showRoublesShortly(tick, language), {
          x: left - 16,
          y: yOf(tick) + 11,
          ...small,
          anchor: 'end',
        }),
    )
    .join('')
}

function timeAxis(
  { from, to, xOf, width }: { from: number; to: number; xOf: (day: number) => number; width: number },
  language: Language,
): string {
  const ticks = ticksBetween(Math.ceil(from), Math.floor(to), mostTicks)
  const byYear = ticks.every(({ month }) => month === 1)
  const format = new Intl.DateTimeFormat(language, {
    ...(byYear ? { year: 'numeric' } : { month: 'short' }),
    timeZone: 'UTC',
  })
  let free = -Infinity
  return ticks
    .map((tick) => {
      const date = new Date(`${tick.toString()}T00:00:00Z`)
      // A January says its year: the others are months of it.
      const words = !byYear && tick.month === 1 ? String(tick.year) : format.format(date)
      const half = widthOf(words, small) / 2
      const x = Math.min(Math.max(xOf(dayOf(tick)), half), width - half)
      const mark = rectangle(
        { x: xOf(dayOf(tick)) - 1, y: plotHeight - padding.bottom, width: 2, height: 12 },
        palette.muted,
      )
      if (x - half < free) return mark
      free = x + half + 20
      return mark + textLine(words, { x, y: plotHeight - 14, ...small, anchor: 'middle' })
    })
    .join('')
}

interface Place {
  x: number
  width: number
  yOf: (kopecks: number) => number
  colorOf: (line: string | undefined) => string
}

/** Payments upwards and refunds downwards, line upon line; what cost nothing, or nobody knows what, is a dot at the bottom. */
function barSvg({ pieces }: Bar, { x, width, yOf, colorOf }: Place): string {
  let [up, down] = [0, 0]
  return pieces
    .map(({ line, kopecks }) => {
      if (kopecks === 0)
        return `<circle cx="${x}" cy="${yOf(0)}" r="9" fill="${palette.paper}" stroke="${colorOf(line)}" stroke-width="5"/>`
      const start = kopecks > 0 ? up : down
      if (kopecks > 0) up += kopecks
      else down += kopecks
      const [top, bottom] = [yOf(Math.max(start, start + kopecks)), yOf(Math.min(start, start + kopecks))]
      const box = `x="${x - width / 2}" y="${top}" width="${width}" height="${Math.max(3, bottom - top)}" rx="4"`
      return `<rect ${box} fill="${colorOf(line)}" stroke="${palette.paper}" stroke-width="2"/>`
    })
    .join('')
}

function todayLine(x: number, width: number, t: Translate): string {
  const words = t('value.chart.today')
  const half = widthOf(words, small) / 2
  return (
    `<line x1="${x}" y1="${padding.top - 8}" x2="${x}" y2="${plotHeight - padding.bottom}" stroke="${palette.muted}" ` +
    `stroke-width="3" stroke-dasharray="8 8"/>` +
    textLine(words, { x: Math.min(x, width - half), y: padding.top - 22, ...small, anchor: 'middle' })
  )
}
