import type { Tone } from '../segment-colors.ts'

export interface ChartSegment {
  name: string
  tone: Tone
  /** "210 клиентов, +12" */
  words: string
  /** Part of all clients, 0 to 1. */
  share: number
  shareWords: string
  /** Part of all that was paid; absent: not for this reader, or not known. */
  moneyShare?: number
  moneyWords?: string
}

export interface ChartLine {
  name: string
  /** "84 клиента" */
  words: string
  /** In the order of the segments; a part without clients has none. */
  parts: readonly { tone: Tone; share: number; shareWords: string; moneyShare?: number }[]
}

/** All words are ready: the picture only places them. */
export interface SegmentsChartData {
  title: string
  people: string
  money?: string
  segments: readonly ChartSegment[]
  /** The first six are shown. */
  lines: readonly ChartLine[]
  footnotes: readonly string[]
  /** The clients are invented, and the picture says so. */
  demo: boolean
}

/** A part of the picture, drawn from (0, 0) down, as wide as `innerWidth`. */
export interface Section {
  svg: string
  height: number
}

export const width = 1080
export const margin = 72
export const innerWidth = width - 2 * margin
