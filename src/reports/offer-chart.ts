/** The picture of what an offer has brought: those who got it against those who did not, with how sure that is. */
import type { Interval } from '../domain/nps.ts'
import { drawable, fitted, shrunk, wrapped } from './fonts.ts'
import { palette } from './palette.ts'
import { rectangle, svgDocument, textLine } from './svg.ts'
import { svgToPng } from './svg-to-png.ts'

export interface ChartArm {
  /** "Написали, 900" */
  name: string
  /** Got something: filled; held out: hollow. */
  treated: boolean
  value: number
  /** 95 %; absent: too few people. */
  interval?: Interval
  /** "17 %" */
  words: string
  /** "от 14 до 20 %" */
  range?: string
}

/** All words are ready: the picture only places them. */
export interface OfferChartData {
  title: string
  subtitle: string
  /** What is measured: its name, and the groups. */
  measures: readonly { name: string; arms: readonly ChartArm[] }[]
  /** What it says, a sentence each. */
  verdict: readonly string[]
  footnotes: readonly string[]
}

const width = 1080
const margin = 56
const innerWidth = width - 2 * margin
const rowHeight = 104
const bar = { x: 330, width: 400, height: 40 }
const figuresX = bar.x + bar.width + 24
const figuresWidth = innerWidth - figuresX

/** The picture as an SVG, 1080 pixels wide; its height follows from the groups and the words. */
export function offerChartSvg(data: OfferChartData): string {
  const sections = [headline(data), ...data.measures.map(measure), words(data)]
  let y = margin
  const placed = sections.map(({ svg, height }) => {
    const part = `<g transform="translate(${margin} ${y})">${svg}</g>`
    y += height
    return part
  })
  return svgDocument(width, y, rectangle({ x: 0, y: 0, width, height: y }, palette.paper), ...placed)
}

/** The picture as PNG, for a phone in a light or a dark chat. */
export const offerChart = (data: OfferChartData): Promise<Buffer> => svgToPng(offerChartSvg(data))

interface Section {
  svg: string
  height: number
}

function headline({ title, subtitle }: OfferChartData): Section {
  const style = { size: 60, weight: 700 } as const
  const shown = wrapped(drawable(title), innerWidth, style, 2)
  const quiet = { size: 34, weight: 400, fill: palette.muted } as const
  const end = 54 + (shown.length - 1) * 70
  const people = wrapped(drawable(subtitle), innerWidth, quiet, 2)
  return {
    svg: [
      ...shown.map((line, index) =>
        textLine(line, { x: -2, y: 54 + index * 70, ...style, fill: palette.ink }),
      ),
      ...people.map((line, index) => textLine(line, { x: 0, y: end + 58 + index * 46, ...quiet })),
    ].join(''),
    height: end + 50 + people.length * 46,
  }
}

function measure({ name, arms }: OfferChartData['measures'][number]): Section {
  const ends = arms.flatMap(({ value, interval }) => [value, interval?.low ?? value, interval?.high ?? value])
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const span = most - least || 1
  const at = (value: number) => bar.x + ((value - least) / span) * bar.width
  const top = 62
  const title = { size: 36, weight: 600, fill: palette.ink } as const
  return {
    svg:
      textLine(fitted(drawable(name), innerWidth, title), { x: 0, y: 40, ...title }) +
      arms.map((arm, index) => row(arm, top + index * rowHeight, at)).join(''),
    height: top + arms.length * rowHeight + 14,
  }
}

function row(arm: ChartArm, y: number, at: (value: number) => number): string {
  const { name, value, interval, words: figure, range } = arm
  const [left, right] = [Math.min(at(0), at(value)), Math.max(at(0), at(value))]
  const box = { x: left, y: y + 26, width: Math.max(4, right - left), height: bar.height }
  const label = { size: 32, weight: 400, fill: palette.ink } as const
  const big = shrunk(figure, figuresWidth, { size: 40, weight: 700 } as const)
  const small = { size: 28, weight: 400 } as const
  const hasRange = range !== undefined
  return [
    ...wrapped(drawable(name), bar.x - 24, label, 2).map((line, index, all) =>
      textLine(line, { x: 0, y: y + (all.length === 1 ? 58 : 38 + index * 40), ...label }),
    ),
    value === 0 ? '' : arm.treated ? rectangle(box, palette.accent, 6) : hollow(box),
    interval ? whisker(at(interval.low), at(interval.high), box.y + bar.height / 2) : '',
    textLine(figure, { x: figuresX, y: y + (hasRange ? 46 : 60), ...big, fill: palette.ink }),
    hasRange
      ? textLine(range, {
          x: figuresX,
          y: y + 84,
          ...shrunk(range, figuresWidth, small),
          fill: palette.muted,
        })
      : '',
  ].join('')
}

const hollow = ({
  x,
  y,
  width: wide,
  height,
}: {
  x: number
  y: number
  width: number
  height: number
}): string =>
  `<rect x="${x + 2}" y="${y + 2}" width="${Math.max(2, wide - 4)}" height="${height - 4}" rx="6" fill="${palette.muted}" fill-opacity="0.2" stroke="${palette.muted}" stroke-width="4"/>`

/** From the low to the high end, with a paper edge, so that it is seen on the bar, too. */
function whisker(low: number, high: number, y: number): string {
  const path = `M${low} ${y - 14}V${y + 14}M${low} ${y}H${high}M${high} ${y - 14}V${y + 14}`
  const line = (color: string, wide: number) =>
    `<path d="${path}" fill="none" stroke="${color}" stroke-width="${wide}" stroke-linecap="round"/>`
  return line(palette.paper, 10) + line(palette.ink, 4)
}

function words({ verdict, footnotes }: OfferChartData): Section {
  const told = { size: 34, weight: 600, fill: palette.ink, lineHeight: 46 } as const
  const quiet = { size: 28, weight: 400, fill: palette.muted, lineHeight: 40 } as const
  let y = 18
  const parts = [
    ...verdict.map((text) => ({ text, style: told })),
    ...footnotes.map((text) => ({ text, style: quiet })),
  ]
  const svg = parts.map(({ text, style: { lineHeight, ...style } }) => {
    const shown = wrapped(drawable(text), innerWidth, style, 4)
    const lines = shown.map((line, index) =>
      textLine(line, { x: 0, y: y + (index + 1) * lineHeight, ...style }),
    )
    y += shown.length * lineHeight + 14
    return lines.join('')
  })
  return { svg: svg.join(''), height: y + 40 }
}
