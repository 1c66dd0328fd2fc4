import type { Segment } from '../../domain/value/group-analysis.ts'
import { palette } from '../palette.ts'

/** The segments' colours: the better, the greener; those who are slipping away are warm. */
export const segmentColours: Readonly<Record<Segment, string>> = {
  valuable: palette.promoter,
  new: palette.accent,
  vulnerable: palette.demo,
  noValue: palette.passive,
  champions: '#1f7a63',
  potentialLoyalist: '#2f9a7d',
  loyalCustomers: '#7cc4a8',
  promising: '#b48cc9',
  newCustomers: palette.accent,
  cantLoseThem: '#b3452f',
  atRisk: palette.detractor,
  needAttention: '#e8a87c',
  aboutToSleep: palette.demo,
  lost: palette.passive,
  others: palette.line,
}
