import type { Translate } from '../../locales.ts'
import { drawable, fitted, widthOf } from '../fonts.ts'
import { palette } from '../palette.ts'
import { tones } from '../segment-colors.ts'
import { rectangle, textLine } from '../svg.ts'
import { innerWidth, type ChartSegment, type Section, type SegmentsChartData } from './data.ts'

const rowHeight = 112
const legendHeight = 62
const bars = { x: 400, width: 420, height: 30, gap: 8 }
const name = { size: 36, weight: 600, fill: palette.ink } as const
const small = { size: 32, weight: 400, fill: palette.muted } as const
const figure = { size: 32, weight: 600, fill: palette.ink } as const

/** A row for each segment: its name, how many, and two bars: its part of the clients, and under it its part of the money. */
export function segmentRows({ segments }: SegmentsChartData, t: Translate): Section {
  const hasMoney = segments.some(({ moneyShare }) => moneyShare !== undefined)
  const longest = Math.max(0.01, ...segments.flatMap(({ share, moneyShare = 0 }) => [share, moneyShare]))
  const top = hasMoney ? legendHeight : 10
  const rows = segments.map((segment, index) => row(segment, top + index * rowHeight, longest))
  return {
    svg: (hasMoney ? legend(t) : '') + rows.join(''),
    height: top + segments.length * rowHeight + 16,
  }
}

function row(segment: ChartSegment, y: number, longest: number): string {
  const { tone, share, shareWords, moneyShare, moneyWords = '' } = segment
  const nameWidth = bars.x - 40
  const lengthOf = (part: number) => Math.max(4, (Math.max(0, part) / longest) * bars.width)
  const first = {
    x: bars.x,
    y: y + (moneyShare === undefined ? 28 : 8),
    height: bars.height,
    width: lengthOf(share),
  }
  const parts = [
    rectangle({ x: 0, y: y + 10, width: 22, height: 84 }, tones[tone], 6),
    textLine(fitted(drawable(segment.name), nameWidth, name), { x: 40, y: y + 42, ...name }),
    textLine(fitted(segment.words, nameWidth, small), { x: 40, y: y + 86, ...small }),
    rectangle(first, tones[tone], 5),
    textLine(shareWords, { x: bars.x + first.width + 14, y: first.y + 26, ...figure }),
  ]
  if (moneyShare === undefined) return parts.join('')
  const second = { ...first, y: first.y + bars.height + bars.gap, width: lengthOf(moneyShare) }
  return [
    ...parts,
    moneyBar(second, tones[tone]),
    textLine(moneyWords, { x: bars.x + second.width + 14, y: second.y + 26, ...small }),
  ].join('')
}

/** Hollow, so that it is told from the clients' bar without its colour. */
const moneyBar = (
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  color: string,
): string =>
  `<rect x="${x + 2}" y="${y + 2}" width="${Math.max(2, width - 4)}" height="${height - 4}" rx="5" fill="${color}" fill-opacity="0.25" stroke="${color}" stroke-width="4"/>`

function legend(t: Translate): string {
  const [clients, money] = [t('value.chart.clientsShare'), t('value.chart.moneyShare')]
  const room = 44
  const second = bars.x + room + widthOf(clients, small) + 36
  const fits = second + room + widthOf(money, small) <= innerWidth
  const x = fits ? bars.x : Math.max(0, innerWidth - (second - bars.x) - room - widthOf(money, small))
  const next = x + second - bars.x
  return [
    rectangle({ x, y: 12, width: 30, height: 26 }, palette.muted, 5),
    textLine(clients, { x: x + room, y: 36, ...small }),
    moneyBar({ x: next, y: 12, width: 30, height: 26 }, palette.muted),
    textLine(money, { x: next + room, y: 36, ...small }),
  ].join('')
}
