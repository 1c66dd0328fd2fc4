import type { Translate } from '../../locales.ts'
import { drawable, fitted, widthOf } from '../fonts.ts'
import { palette } from '../palette.ts'
import { tones, type Tone } from '../segment-colors.ts'
import { rectangle, textLine } from '../svg.ts'
import { innerWidth, type ChartLine, type Section, type SegmentsChartData } from './data.ts'

const maxLines = 6
const headHeight = 84
const name = { size: 36, weight: 600, fill: palette.ink } as const
const small = { size: 32, weight: 400, fill: palette.muted } as const
const figure = { size: 32, weight: 600, anchor: 'middle' } as const
/** The one dark colour takes light words. */
const onTone = (tone: Tone) => (tone === 'fresh' ? palette.paper : palette.ink)
const clientsBar = { y: 62, height: 48 }
const moneyBar = { y: 116, height: 18 }
const gap = 4

/** Each line as one bar of its segments, and under it a thin one of what they have paid. */
export function lineBars({ lines }: SegmentsChartData, t: Translate): Section {
  if (lines.length === 0) return { svg: '', height: 0 }
  const shown = lines.slice(0, maxLines)
  const left = lines.length - shown.length
  const hasMoney = shown.some(({ parts }) => parts.some(({ moneyShare }) => moneyShare !== undefined))
  const rowHeight = hasMoney ? 164 : 138
  const head = textLine(t('value.chart.byLine'), { x: 0, y: 50, size: 38, weight: 600, fill: palette.muted })
  const rows = shown.map(
    (line, index) => `<g transform="translate(0 ${headHeight + index * rowHeight})">${row(line)}</g>`,
  )
  const moreY = headHeight + shown.length * rowHeight + 36
  const more = left > 0 ? textLine(t('chart.more', { count: left }), { x: 0, y: moreY, ...small }) : ''
  return {
    svg: head + rows.join('') + more,
    height: headHeight + shown.length * rowHeight + (left > 0 ? 60 : 0),
  }
}

function row({ name: words, words: people, parts }: ChartLine): string {
  const nameWidth = innerWidth - widthOf(people, small) - 32
  return [
    textLine(fitted(drawable(words), nameWidth, name), { x: 0, y: 40, ...name }),
    textLine(people, { x: innerWidth, y: 40, ...small, anchor: 'end' }),
    ...stacked(parts.map(({ share }) => share)).map(({ x, width }, index) => {
      const { tone, shareWords } = parts[index] ?? { tone: 'gone' as const, shareWords: '' }
      const label = widthOf(shareWords, figure) + 20 <= width ? shareWords : ''
      return (
        rectangle({ x, width, ...clientsBar }, tones[tone], 6) +
        (label === ''
          ? ''
          : textLine(label, { x: x + width / 2, y: clientsBar.y + 35, ...figure, fill: onTone(tone) }))
      )
    }),
    ...stacked(parts.map(({ moneyShare }) => Math.max(0, moneyShare ?? 0))).map(({ x, width }, index) =>
      width > 0 ? rectangle({ x, width, ...moneyBar }, tones[parts[index]?.tone ?? 'gone'], 5) : '',
    ),
  ].join('')
}

/** Side by side over the whole width, in the proportion of their shares; nothing where there is nothing. */
function stacked(shares: readonly number[]): { x: number; width: number }[] {
  const sum = shares.reduce((total, share) => total + share, 0)
  let x = 0
  return shares.map((share) => {
    const length = sum > 0 ? (share / sum) * innerWidth : 0
    const place = { x, width: length > 0 ? Math.max(2, length - gap) : 0 }
    x += length
    return place
  })
}
