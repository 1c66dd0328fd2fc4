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
  /** Who is in one of these, of either scheme; absent: everybody but those of no value. */
  segments?: readonly string[]
  /** A draft for each line, for each line and each other one that may be offered there, or one for the whole salon. */
  each: 'line' | 'crossSell' | 'salon'
  /** Only these lines; absent: all. */
  lines?: readonly string[]
  /** Its words are playbook.templates.<template>, unless `title` and `text` have the salon's own. */
  template?: string
  title?: OfferText
  /** Where there is a draft for each line, "{line}" in it is that line, and "{target}" the one that is offered. */
  text?: OfferText
  /** `card`: the loyalty card, in the locales' words. */
  discount: Discount | { kind: 'card' }
  /** Uses of the coupon; absent or 0: there is none. */
  uses?: number
  validDays: number
  /** Beside the group; where there is a draft for each line, `line` "*" is that line. */
  conditions: readonly Audience[]
  /** How often it is drafted anew. */
  every: 'month' | 'quarter' | 'once'
  /** A standing offer: approved once, and revocable. */
  occasion?: Occasion
  perClient?: number
  /** What who decides is told beside the group's advice: why, what to do, what not. */
  why?: OfferText
  do?: OfferText
  dont?: OfferText
}

/** What is not done with a group (do-not.ts). */
export interface DoNot {
  /** Nothing is offered at all. */
  anything?: true
  /** A discount on what they buy anyway, and nothing new with it. */
  priceOnly?: true
  /** A discount of more than so many percent. */
  discountAbovePercent?: number
  /** An offer only for those who have come twice. */
  waitForSecondVisit?: true
}

export type DoNots = Readonly<Partial<Record<PlaybookGroup, DoNot>>>

export interface Playbook {
  entries: readonly PlaybookEntry[]
  /** What clients of a line may be offered beside it; the first that fits counts. "*": any line. */
  crossSell: readonly { from: string; to: '*' | readonly string[]; except?: readonly string[] }[]
  doNot: DoNots
  /** A group of fewer clients is not worth a draft. */
  leastClients: number
  /** Of all drafts. */
  holdoutShare: number
  attributionDays: number
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
  /** Of these groups; the others stay as they are. */
  doNot?: DoNots
  leastClients?: number
  holdoutShare?: number
  attributionDays?: number
}

export function changedPlaybook(
  playbook: Playbook,
  { off = [], entries = {}, own = [], doNot = {}, ...rest }: PlaybookChanges,
): Playbook {
  const kept = playbook.entries.filter(({ id }) => !off.includes(id))
  return {
    ...playbook,
    ...rest,
    doNot: { ...playbook.doNot, ...doNot },
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

/** The group that all of these segments are of; undefined: there is none such, or several. */
export function groupOf(segments: readonly string[] = []): PlaybookGroup | undefined {
  const [first, ...others] = new Set(segments.map(groupWith))
  return others.length === 0 ? first : undefined
}

export const groupWith = (segment: string): PlaybookGroup | undefined =>
  playbookGroups.find((group) => groupSegments[group].includes(segment))
