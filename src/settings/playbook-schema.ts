/** Rules of the playbook as salon.yaml spells them: what to change in ours, and the salon's own. */
import * as z from 'zod'
import { groupSegments, playbookGroups, type PlaybookEntry } from '../domain/offers/playbook.ts'
import type { Audience } from '../domain/offers/audience.ts'
import type { Occasion } from '../domain/offers/offer.ts'
import { buttonName, named } from './schema-parts.ts'

export const whole = (error: string, from: number, to: number) => z.int(error).min(from, error).max(to, error)
export const percent = whole('offerPercent', 1, 100)

/** Lines are known only when the whole file is read: playbook-checks.ts looks at them, and at the conditions. */
const lines = z.array(z.string('offerLines'), 'offerLines').min(1, 'offerLines')
const segments = z.array(z.string('offerSegments'), 'offerSegments').min(1, 'offerSegments')
const advice = named(300, 'offerAdvice')

/** What every rule may say. */
const common = {
  segments: segments.exactOptional(),
  conditions: z.array(z.looseObject({}, 'condition'), 'conditions').exactOptional(),
  discountPercent: percent.exactOptional(),
  discountRoubles: whole('discountRoubles', 1, 1_000_000).exactOptional(),
  gift: named(100, 'gift').exactOptional(),
  card: z.literal(true, 'offerCard').exactOptional(),
  discount: z.literal(false, 'noDiscount').exactOptional(),
  coupon: z.union([z.literal(false), whole('offerCoupon', 1, 100)], 'offerCoupon').exactOptional(),
  validDays: whole('validDays', 1, 365).exactOptional(),
  text: named(2000, 'offerText').exactOptional(),
  why: advice.exactOptional(),
  do: advice.exactOptional(),
  dont: advice.exactOptional(),
}
const days = whole('occasionDays', 0, 365).exactOptional()
const every = z.enum(['month', 'quarter'], 'offerEvery').exactOptional()

type Common = {
  [Name in keyof typeof common]?: z.output<(typeof common)[Name]> & (object | number | boolean)
}

export interface Change extends Common {
  title?: PlaybookEntry['title'] & object
  lines?: string[]
  days?: number
  every?: 'month' | 'quarter'
}

/** What can be changed in a rule of ours: what does not apply to it is not known there. */
export const changeOf = ({ occasion, each }: PlaybookEntry) =>
  z
    .strictObject(
      {
        ...common,
        title: buttonName.exactOptional(),
        ...(each !== 'salon' && { lines: lines.exactOptional() }),
        ...(occasion ? { days } : { every }),
      },
      'playbookEntry',
    )
    .superRefine(oneDiscount)

/** A change read -> what is different in the entry. */
export const entryWith = (
  { occasion }: Pick<PlaybookEntry, 'occasion'>,
  change: Change,
): Partial<PlaybookEntry> => ({
  ...wordsOf(change),
  ...(change.segments && { segments: change.segments.flatMap(segmentsOf) }),
  ...(change.lines && { lines: change.lines }),
  // Looked at in playbook-checks.ts.
  ...(change.conditions && { conditions: change.conditions as unknown as Audience[] }),
  ...discountOf(change),
  ...(change.coupon !== undefined && { uses: change.coupon === false ? 0 : change.coupon }),
  ...(change.validDays !== undefined && { validDays: change.validDays }),
  ...(change.every && { every: change.every }),
  ...(change.days !== undefined && occasion && { occasion: occasionOf(occasion.kind, change.days) }),
})

const ruleId = z.string('ruleId').regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,29}$/, 'ruleId')

/** One rule of the salon's own. */
export const ownRule = z
  .strictObject(
    {
      ...common,
      id: ruleId,
      title: named(60, 'name'),
      text: named(2000, 'offerText'),
      lines: z.union([z.literal('all'), lines], 'offerLines').exactOptional(),
      crossSell: z.literal(true, 'ownCrossSell').exactOptional(),
      occasion: z.enum(['birthday', 'overdue', 'firstVisit'], 'ownOccasion').exactOptional(),
      days,
      every,
    },
    'ownRule',
  )
  .superRefine(oneDiscount)
  .superRefine(({ occasion, days: after, every: often }, context) => {
    const issue = (message: string, key: string) => context.addIssue({ code: 'custom', message, path: [key] })
    if (occasion === undefined && after !== undefined) issue('daysOfNothing', 'days')
    if (occasion !== undefined && often !== undefined) issue('everyOfOccasion', 'every')
  })
  .transform(({ id, lines: which, crossSell, occasion: name, ...rest }): PlaybookEntry => {
    const occasion = name && occasionOf(name, rest.days ?? usualDays[name])
    const { every: often = 'month', ...change } = { ...rest, ...(Array.isArray(which) && { lines: which }) }
    return {
      id,
      each: crossSell ? 'crossSell' : which ? 'line' : 'salon',
      discount: { kind: 'none' },
      validDays: 14,
      conditions: [],
      every: occasion ? 'once' : often,
      ...(occasion && { occasion }),
      // A first visit comes once.
      ...(occasion && name !== 'firstVisit' && { perClient: 100 }),
      ...entryWith({}, change),
    }
  })

const usualDays = { birthday: 0, overdue: 7, firstVisit: 1 } as const

/** A group stands for all of its segments, so that a rule outlives a change of the scheme. */
function segmentsOf(name: string): readonly string[] {
  const group = playbookGroups.find((one) => one === name)
  return group === undefined || group === 'noValue' ? [name] : groupSegments[group]
}

const wordsOf = ({ title, text, why, do: advised, dont }: Change): Partial<PlaybookEntry> => ({
  ...(title && { title }),
  ...(text && { text }),
  ...(why && { why }),
  ...(advised && { do: advised }),
  ...(dont && { dont }),
})

function discountOf(change: Change): Pick<PlaybookEntry, 'discount'> | undefined {
  const { discountPercent, discountRoubles, gift, card, discount } = change
  if (discountPercent !== undefined) return { discount: { kind: 'percent', percent: discountPercent } }
  if (discountRoubles !== undefined) return { discount: { kind: 'amount', kopecks: discountRoubles * 100 } }
  if (gift !== undefined) return { discount: { kind: 'gift', words: gift } }
  if (card) return { discount: { kind: 'card' } }
  return discount === false ? { discount: { kind: 'none' } } : undefined
}

/** One thing is given, or nothing. */
function oneDiscount(change: Common, context: z.RefinementCtx): void {
  const all = ['discountPercent', 'discountRoubles', 'gift', 'card', 'discount'] as const
  const [, second] = all.filter((name) => change[name] !== undefined)
  if (second) context.addIssue({ code: 'custom', message: 'oneDiscount', path: [second] })
}

function occasionOf(kind: Occasion['kind'], after: number): Occasion {
  switch (kind) {
    case 'birthday':
      return { kind, daysBefore: after }
    case 'overdue':
      return { kind, days: after }
    case 'firstVisit':
      return { kind, daysAfter: after }
  }
}
