import type { Segment } from '../domain/value/segment-rank.ts'
import { palette } from './palette.ts'

/** How it stands with a segment, at a glance; colours that stay apart for the colour-blind, too (tests/reports/colors.test.ts). */
export const tones = {
  strong: palette.promoter,
  fresh: '#5a5fb8',
  wary: '#e8b04a',
  gone: palette.passive,
} as const
export type Tone = keyof typeof tones

/** Service lines in the order of the settings; the last is for what has no line, or no colour left. */
export const lineColors = ['#8a3fa8', '#e8b04a', '#3f9fd0', '#1f6f5c', '#d8705c', '#b9b0a8'] as const

const toneOfSegment: Readonly<Record<Segment, Tone>> = {
  valuable: 'strong',
  new: 'fresh',
  vulnerable: 'wary',
  noValue: 'gone',
  champions: 'strong',
  loyalCustomers: 'strong',
  potentialLoyalist: 'strong',
  promising: 'fresh',
  newCustomers: 'fresh',
  cantLoseThem: 'wary',
  atRisk: 'wary',
  needAttention: 'wary',
  aboutToSleep: 'wary',
  lost: 'gone',
  others: 'gone',
}

export const toneOf = (segment: Segment): Tone => toneOfSegment[segment]
