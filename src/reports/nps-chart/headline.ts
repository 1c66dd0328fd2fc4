import { drawable, widthOf, wrapped } from '../fonts.ts'
import { showNps, showShare } from '../numbers.ts'
import { palette } from '../palette.ts'
import { rectangle, textLine } from '../svg.ts'
import { fewPeople, innerWidth } from './data.ts'
import type { NpsChartData, Reader, Section } from './data.ts'

type Now = NpsChartData['now']

const baseline = 200
const number = { size: 176, weight: 700 } as const
const strong = { size: 36, weight: 600, fill: palette.ink } as const
const quiet = { size: 36, weight: 400, fill: palette.muted } as const
const small = { size: 32, weight: 400, fill: palette.ink } as const
const lineHeight = 52

/** The number that it is all about, how sure it is, and what it is made of. */
export function headline(now: Now, reader: Reader): Section {
  const { t, language } = reader
  const title = textLine(t('chart.title'), { x: 0, y: 14, size: 36, weight: 600, fill: palette.muted })
  if (now.nps === undefined) {
    const nobody = textLine(t('chart.nobody'), { x: 0, y: 118, ...strong, size: 60 })
    return { svg: title + nobody, height: 170 }
  }
  const figure = showNps(now.nps, language)
  const fill = now.n < fewPeople ? palette.muted : palette.ink
  const parts: Section[] = [
    {
      svg: textLine(figure, { x: -8, y: baseline, ...number, fill }) + beside(figure, now, reader),
      height: 236,
    },
    changeLines(now.change),
    now.shares === undefined ? { svg: '', height: 0 } : sharesBar(now.shares, reader),
  ]
  let y = 0
  const placed = parts.map(({ svg, height }) => {
    y += height
    return `<g transform="translate(0 ${y - height})">${svg}</g>`
  })
  return { svg: title + placed.join(''), height: y + 6 }
}

/** Right of the number: whether it tells much, of how many people it is, and where the truth is. */
function beside(figure: string, { n, low, high }: Now, { t, language }: Reader): string {
  const x = widthOf(figure, number) + 28
  const ends = low !== undefined && high !== undefined
  const lines = [
    ...(n < fewPeople ? [t('chart.few')] : []),
    t('chart.people', { count: n }),
    ...(ends ? [t('chart.interval', { low: showNps(low, language), high: showNps(high, language) })] : []),
  ]
  const top = baseline - (lines.length - 1) * lineHeight
  return lines
    .map((line, index) =>
      textLine(line, { x, y: top + index * lineHeight, ...(index === 0 ? strong : quiet) }),
    )
    .join('')
}

function changeLines(change = ''): Section {
  const lines = wrapped(drawable(change), innerWidth, strong, 2)
  const svg = lines.map((line, index) => textLine(line, { x: 0, y: 44 + index * lineHeight, ...strong }))
  return { svg: svg.join(''), height: lines.length * lineHeight }
}

const kinds = ['promoters', 'passives', 'detractors'] as const
const colors = { promoters: palette.promoter, passives: palette.passive, detractors: palette.detractor }
const gap = 4
const dot = { size: 22, room: 32 }

/** One bar of three colours, with their names spread under it. */
function sharesBar(shares: NonNullable<Now['shares']>, { t, language }: Reader): Section {
  const named = kinds.map((kind) => ({
    color: colors[kind],
    share: shares[kind],
    name: t(`chart.${kind}`, { share: showShare(shares[kind], language) }),
  }))
  const widths = named.map(({ name }) => dot.room + widthOf(name, small))
  const between = (innerWidth - widths.reduce((sum, one) => sum + one, 0)) / (kinds.length - 1)
  let [x, nameX] = [0, 0]
  const parts = named.map(({ color, share, name }, index) => {
    const length = share * innerWidth
    const bar = length > gap ? rectangle({ x, y: 26, width: length - gap, height: 26 }, color, 6) : ''
    const mark = rectangle({ x: nameX, y: 79, width: dot.size, height: dot.size }, color, dot.size / 2)
    const label = textLine(name, { x: nameX + dot.room, y: 101, ...small })
    x += length
    nameX += (widths[index] ?? 0) + between
    return bar + mark + label
  })
  return { svg: parts.join(''), height: 112 }
}
