/** Whom it pays to address, with what, and whom not: rules that a salon can change. */
import type { Audience } from './audience.ts'
import type { Discount, Occasion, OfferText } from './offer.ts'

/** The groups of the playbook; each scheme's segments belong to one of them, or to none. */
export const playbookGroups = ['valuable', 'new', 'vulnerable', 'noValue'] as const
export type PlaybookGroup = (typeof playbookGroups)[number]

/** Segments of the 2 x 2 x 2 scheme and of the quintiles. */
export const groupSegments: Readonly<Record<PlaybookGroup, readonly string[]>> = {
  valuable: ['valuable', 'champions', 'loyalCustomers'],
  new: ['new', 'newCustomers', 'promising', 'potentialLoyalist'],
  vulnerable: ['vulnerable', 'needAttention', 'aboutToSleep', 'atRisk', 'cantLoseThem'],
  noValue: ['noValue', 'lost'],
}

export interface PlaybookEntry {
  /** Kept for good: draft keys are made of it. */
  id: string
  /** Of whom; absent: of everybody but those of no value. */
  group?: Exclude<PlaybookGroup, 'noValue'>
  /** A draft for each line, for each line and each other one that may be offered there, or one for the whole salon. */
  each: 'line' | 'crossSell' | 'salon'
  /** Only these lines; absent: all. */
  lines?: readonly string[]
  /** Its words are playbook.templates.<template>, unless `text` has the salon's own. */
  template: string
  text?: OfferText
  discount: { kind: 'percent'; percent: number } | { kind: 'card' } | Exclude<Discount, { kind: 'gift' }>
  /** Uses of the coupon; absent: none. */
  uses?: number
  validDays: number
  /** Beside the group; where there is a draft for each line, `line` "*" is that line. */
  conditions: readonly Audience[]
  /** How often it is drafted anew. */
  every: 'month' | 'quarter' | 'once'
  /** A standing offer: approved once, and revocable. */
  occasion?: Occasion
  perClient?: number
}

export interface Playbook {
  entries: readonly PlaybookEntry[]
  /** What clients of a line may be offered beside it; the first that fits counts. "*": any line. */
  crossSell: readonly { from: string; to: '*' | readonly string[]; except?: readonly string[] }[]
  /** A group of fewer clients is not worth a draft. */
  leastClients: number
  /** Of all drafts. */
  holdoutShare: number
  attributionDays: number
  /** So long an entry rests for the people of an offer that was retired; 0: it is drafted in its next period. */
  restDays: number
}

/** What a salon does otherwise. */
export interface PlaybookChanges {
  /** Ids of entries that it does without. */
  off?: readonly string[]
  /** Parts of entries, by their ids. */
  entries?: Readonly<Record<string, Partial<Omit<PlaybookEntry, 'id'>>>>
  /** Entries of its own. */
  own?: readonly PlaybookEntry[]
  crossSell?: Playbook['crossSell']
  leastClients?: number
  holdoutShare?: number
  attributionDays?: number
  restDays?: number
}

export function changedPlaybook(
  playbook: Playbook,
  { off = [], entries = {}, own = [], ...rest }: PlaybookChanges,
): Playbook {
  const kept = playbook.entries.filter(({ id }) => !off.includes(id))
  return {
    ...playbook,
    ...rest,
    entries: [...kept.map((entry) => ({ ...entry, ...entries[entry.id] })), ...own],
  }
}

/** Lines that clients of `line` may be offered, of those that the salon has. */
export function crossSellTargets({ crossSell }: Playbook, line: string, lines: readonly string[]): string[] {
  const rule = crossSell.find(({ from }) => from === line || from === '*')
  if (rule === undefined) return []
  return lines.filter(
    (other) =>
      other !== line && (rule.to === '*' || rule.to.includes(other)) && rule.except?.includes(other) !== true,
  )
}

/** The vulnerable may leave anyway: above so many percent a draft for them comes with a word of caution. */
export const modestPercent = 5
