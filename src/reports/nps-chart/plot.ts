import type { TopLevelSpec } from 'vega-lite'
import type { Translate } from '../../locales.ts'
import { fontFamily, widthOf } from '../fonts.ts'
import { showNps } from '../numbers.ts'
import { palette } from '../palette.ts'
import { rectangle, textLine } from '../svg.ts'
import { vegaSvg } from '../vega-svg.ts'
import { fewPeople, innerWidth } from './data.ts'
import type { NpsChartData, Reader, Section } from './data.ts'

type Week = NpsChartData['weeks'][number]

const titleHeight = 92
/** Right of the last point stands its number. */
const padding = { left: 92, right: 110, top: 24, bottom: 58 }
const small = { size: 32, weight: 400, fill: palette.muted } as const

/** The weeks: a line with its 95 % interval as a band around it, open where nobody has rated. */
export async function plot(weeks: readonly Week[], height: number, reader: Reader): Promise<Section> {
  const { t } = reader
  const title = textLine(t('chart.weeks'), { x: 0, y: 70, size: 38, weight: 600, fill: palette.ink })
  if (weeks.every(({ nps }) => nps === undefined)) return { svg: title + noWeeks(height, t), height }
  const svg = await vegaSvg(specOf(weeks, height - titleHeight, reader))
  return { svg: title + legend(weeks, t) + svg.replace('<svg ', `<svg y="${titleHeight}" `), height }
}

function noWeeks(height: number, t: Translate): string {
  const box = { x: 0, y: titleHeight + 12, width: innerWidth, height: height - titleHeight - 24 }
  const style = {
    ...small,
    size: 36,
    x: innerWidth / 2,
    y: box.y + box.height / 2 + 12,
    anchor: 'middle',
  } as const
  return rectangle(box, palette.panel, 28) + textLine(t('chart.noWeeks'), style)
}

/** What a hollow point means, where there is one. */
function legend(weeks: readonly Week[], t: Translate): string {
  if (!weeks.some(({ nps, n }) => nps !== undefined && n < fewPeople)) return ''
  const words = t('chart.hollow', { count: fewPeople })
  const left = innerWidth - widthOf(words, small)
  const ring = `<circle cx="${left - 24}" cy="58" r="10" fill="none" stroke="${palette.accent}" stroke-width="5"/>`
  return ring + textLine(words, { x: left, y: 70, ...small })
}

interface Point {
  at: number
  /** In hundredths, as people say it; null is a gap. */
  nps: number | null
  low: number | null
  high: number | null
  few: boolean
  /** No neighbour to draw the band to. */
  alone: boolean
  words: string
}

function pointsOf(weeks: readonly Week[], { language }: Reader): Point[] {
  const isThere = (index: number) => weeks[index]?.nps !== undefined
  return weeks.map(({ nps, low = nps, high = nps, n }, at) => ({
    at,
    nps: hundredths(nps),
    low: hundredths(low),
    high: hundredths(high),
    few: n < fewPeople,
    alone: isThere(at) && !isThere(at - 1) && !isThere(at + 1),
    words: nps === undefined ? '' : showNps(nps, language),
  }))
}

const hundredths = (share: number | undefined): number | null => (share === undefined ? null : share * 100)

/** Rounded to 25 with zero always inside, so that a step up looks much the same this week and the next. */
function rangeOf(points: readonly Point[]): { from: number; to: number; ticks: number[] } {
  const lows = points.map(({ low }) => low ?? 0)
  const highs = points.map(({ high }) => high ?? 0)
  const from = Math.floor(Math.min(0, ...lows) / 25) * 25
  const to = Math.min(100, Math.max(Math.ceil(Math.max(0, ...highs) / 25) * 25, from + 75))
  const step = to - from > 100 ? 50 : 25
  const ticks = [-100, -75, -50, -25, 0, 25, 50, 75, 100].filter((one) => one >= from && one <= to)
  return { from, to, ticks: ticks.filter((tick) => tick % step === 0) }
}

function specOf(weeks: readonly Week[], height: number, reader: Reader): TopLevelSpec {
  const values = pointsOf(weeks, reader)
  const last = values.findLast(({ nps }) => nps !== null)
  const ends = { y: { field: 'low' }, y2: { field: 'high' } } as const
  return {
    width: innerWidth - padding.left - padding.right,
    height: height - padding.top - padding.bottom,
    padding,
    autosize: { type: 'none' },
    data: { values },
    encoding: { x: weekAxis(weeks), y: npsAxis(values, reader) },
    layer: [
      { mark: { type: 'area', ...band }, encoding: ends },
      {
        transform: [{ filter: 'datum.alone' }],
        mark: { type: 'bar', ...band, width: 30, cornerRadius: 8 },
        encoding: ends,
      },
      { mark: { type: 'line', color: palette.accent, strokeWidth: 6, interpolate: 'monotone' } },
      {
        transform: [{ filter: 'datum.nps !== null' }],
        mark: { type: 'point', size: 420, opacity: 1, stroke: palette.accent, strokeWidth: 5 },
        // Full where enough people have rated, hollow where they were few.
        encoding: { fill: { condition: { test: 'datum.few', value: palette.paper }, value: palette.accent } },
      },
      {
        transform: [{ filter: `datum.at === ${last?.at ?? -1}` }],
        mark: { type: 'text', dx: 26, align: 'left', fontSize: 36, fontWeight: 700, color: palette.accent },
        encoding: { text: { field: 'words' } },
      },
    ],
    config: { font: fontFamily, background: 'transparent', view: { stroke: null } },
  }
}

const band = { color: palette.accent, opacity: 0.16, interpolate: 'monotone' } as const

const axis = {
  labelFontSize: small.size,
  labelColor: small.fill,
  domain: false,
  ticks: false,
} as const

/** Labels for every other week from the last one back: twelve dates don't stand side by side. */
function weekAxis(weeks: readonly Week[]) {
  const at = weeks.map((_, index) => index)
  const labels = JSON.stringify(weeks.map(({ label }) => label))
  const values = at.filter((index) => (at.length - 1 - index) % 2 === 0)
  return {
    field: 'at',
    type: 'ordinal' as const,
    title: null,
    scale: { type: 'point' as const, domain: at, padding: 0.35 },
    axis: { ...axis, values, labelExpr: `${labels}[datum.value]`, labelAngle: 0, labelPadding: 16 },
  }
}

function npsAxis(points: readonly Point[], { language }: Reader) {
  const { from, to, ticks } = rangeOf(points)
  const labels = JSON.stringify(
    Object.fromEntries(ticks.map((tick) => [tick, showNps(tick / 100, language)])),
  )
  return {
    field: 'nps',
    type: 'quantitative' as const,
    title: null,
    scale: { domain: [from, to], nice: false },
    axis: {
      ...axis,
      values: ticks,
      labelExpr: `${labels}[datum.value]`,
      labelPadding: 18,
      gridColor: { condition: { test: 'datum.value === 0', value: palette.muted }, value: palette.line },
      gridWidth: 2,
    },
  }
}
