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
}

/**
 * After the findings of a master's thesis on customer lifetime value in small business (2016), fieldwork in a beauty centre:
 * cosmetology's clients, who spend most, are offered any other service; those of nails and hair are not offered cosmetology; the
 * loyalty card goes to the new ones at once and to those who call themselves regular and have none; the vulnerable get 3-5 % and no
 * more, for they may leave anyway; nothing is spent on those of no value.
 */
export const defaultPlaybook: Playbook = {
  entries: [
    {
      id: 'crossSell',
      group: 'valuable',
      each: 'crossSell',
      template: 'crossSell',
      discount: { kind: 'percent', percent: 10 },
      uses: 1,
      validDays: 21,
      conditions: [],
      every: 'quarter',
    },
    {
      id: 'bonusCard',
      group: 'valuable',
      each: 'line',
      template: 'bonusCard',
      discount: { kind: 'card' },
      validDays: 30,
      conditions: [{ kind: 'card', has: false }],
      every: 'quarter',
    },
    {
      id: 'family',
      group: 'valuable',
      each: 'salon',
      template: 'family',
      discount: { kind: 'percent', percent: 10 },
      uses: 2,
      validDays: 30,
      conditions: [{ kind: 'answer', question: 'marital', values: ['married'] }],
      every: 'quarter',
    },
    {
      id: 'newCard',
      group: 'new',
      each: 'salon',
      template: 'newCard',
      discount: { kind: 'card' },
      validDays: 30,
      conditions: [{ kind: 'card', has: false }],
      every: 'month',
    },
    {
      id: 'regularCard',
      each: 'salon',
      template: 'regularCard',
      discount: { kind: 'card' },
      validDays: 30,
      conditions: [
        { kind: 'answer', question: 'regular', values: ['yes'] },
        { kind: 'answer', question: 'card', values: ['no'] },
      ],
      every: 'quarter',
    },
    {
      id: 'comeBack',
      group: 'vulnerable',
      each: 'line',
      template: 'comeBack',
      discount: { kind: 'percent', percent: 5 },
      uses: 1,
      validDays: 14,
      conditions: [{ kind: 'lastVisit', days: { from: 30 }, line: '*' }],
      every: 'month',
    },
    {
      id: 'birthday',
      each: 'salon',
      template: 'birthday',
      discount: { kind: 'percent', percent: 10 },
      uses: 1,
      validDays: 14,
      conditions: [],
      every: 'once',
      occasion: { kind: 'birthday', daysBefore: 0 },
      perClient: 100,
    },
    {
      id: 'overdue',
      each: 'salon',
      template: 'overdue',
      discount: { kind: 'none' },
      validDays: 14,
      conditions: [],
      every: 'once',
      occasion: { kind: 'overdue', days: 7 },
      perClient: 100,
    },
    {
      id: 'firstVisit',
      each: 'salon',
      template: 'firstVisit',
      discount: { kind: 'card' },
      validDays: 30,
      conditions: [{ kind: 'card', has: false }],
      every: 'once',
      occasion: { kind: 'firstVisit', daysAfter: 1 },
    },
  ],
  crossSell: [
    { from: 'cosmetology', to: '*' },
    { from: '*', to: '*', except: ['cosmetology'] },
  ],
  leastClients: 5,
  holdoutShare: 0.1,
  attributionDays: 15,
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
