import type { Language } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'

/** The share of promoters less the share of detractors, from -1 to 1. */
export interface NpsFigure {
  /** How many people have rated. */
  n: number
  /** Absent: nobody has. */
  nps?: number | undefined
  /** The ends of the 95 % interval. */
  low?: number | undefined
  high?: number | undefined
}

export interface NpsChartData {
  now: NpsFigure & {
    /** From 0 to 1, together 1. */
    shares?: { promoters: number; passives: number; detractors: number }
    /** How it compares to before, in ready words. */
    change?: string
  }
  /** In their order; `label` is "dd.MM". A week without `nps` is a gap. */
  weeks: readonly (NpsFigure & { label: string })[]
  /** By service line; the first six are shown. */
  lines: readonly (NpsFigure & { name: string })[]
  /** In ready words: "2–8 ноября 2026". */
  period: string
  /** The clients are invented, and the picture says so. */
  demo?: boolean
}

/** The numbers of fewer people are shown as not yet telling much. */
export const fewPeople = 10

/** A part of the picture, drawn from (0, 0) down, as wide as `innerWidth`. */
export interface Section {
  svg: string
  height: number
}

/** Whom the picture speaks to. */
export interface Reader {
  t: Translate
  language: Language
}

export const width = 1080
export const margin = 72
export const innerWidth = width - 2 * margin
