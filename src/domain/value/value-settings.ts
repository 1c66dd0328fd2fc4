import { halves, type HalvesCode, type HalvesSegment } from './halves.ts'
import { quintiles, type QuintileSegment } from './quintiles.ts'
import type { RfmScheme } from './rfm.ts'
import { defaultClvSettings, type KeepingCosts } from './structural-clv.ts'

export const schemeNames = ['halves', 'quintiles'] as const
export type SchemeName = (typeof schemeNames)[number]

/** How the salon divides its clients, and how it counts what they are worth. */
export interface ValueSettings {
  scheme: SchemeName
  /** Codes of the halves that are in another segment than the published one. */
  segments?: Partial<Record<HalvesCode, HalvesSegment>>
  /** Per year: 0.11 is 11 %. */
  discount: number
  /** Nobody is expected to stay for longer. */
  horizonYears: number
  costs: KeepingCosts
}

/** Of a salon that says nothing: keeping clients costs nothing. */
export const defaultValueSettings: ValueSettings = {
  scheme: 'halves',
  discount: defaultClvSettings.discount,
  horizonYears: defaultClvSettings.horizonYears,
  costs: { messages: [], monthlyKopecks: 0 },
}

/** The scheme that the salon has chosen. */
export const schemeOf = ({
  scheme,
  segments,
}: Pick<ValueSettings, 'scheme' | 'segments'>): RfmScheme<HalvesSegment | QuintileSegment> =>
  scheme === 'halves' ? halves(segments) : quintiles()
