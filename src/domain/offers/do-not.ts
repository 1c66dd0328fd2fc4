/** What is not done with a group of clients: who writes an offer by hand is warned, and the program's own drafts keep to it. */
import type { Salon } from '../salon.ts'
import type { Audience } from './audience.ts'
import { discountPercent } from './discount-percent.ts'
import type { OfferSpec } from './offer.ts'
import { groupWith, playbookGroups, type DoNot, type DoNots, type PlaybookGroup } from './playbook.ts'

export interface BrokenRule {
  group: PlaybookGroup
  rule: keyof DoNot
  /** Of the rule. */
  percent?: number
}

/** The rules that an offer to these groups breaks. Only groups that its audience names count: "everybody" is no group. */
export function brokenRules(spec: OfferSpec, doNots: DoNots, salon: Pick<Salon, 'lines'>): BrokenRule[] {
  const named = new Set(namedSegments(spec.audience).map(groupWith))
  return playbookGroups
    .filter((group) => named.has(group))
    .flatMap((group) => {
      const { discountAbovePercent: percent, ...doNot } = doNots[group] ?? {}
      const broken: BrokenRule[] = doNot.anything ? [{ group, rule: 'anything' }] : []
      if (doNot.priceOnly && isPriceOnly(spec)) broken.push({ group, rule: 'priceOnly' })
      if (percent !== undefined && moneyPercent(spec, salon) > percent)
        broken.push({ group, rule: 'discountAbovePercent', percent })
      if (doNot.waitForSecondVisit && waits(spec.audience)) broken.push({ group, rule: 'waitForSecondVisit' })
      return broken
    })
}

/** Those that are asked for, not those that are left out. */
function namedSegments(rule: Audience): readonly string[] {
  if (rule.kind === 'segment') return rule.segments
  return rule.kind === 'all' || rule.kind === 'any' ? rule.of.flatMap(namedSegments) : []
}

/** What a gift costs nobody has told us. */
const moneyPercent = (spec: OfferSpec, salon: Pick<Salon, 'lines'>): number =>
  spec.discount.kind === 'gift' ? 0 : discountPercent(spec.discount, salon)

/** A discount that brings nobody new, and no one to a line that they don't know. */
function isPriceOnly({ discount, coupon, audience }: OfferSpec): boolean {
  if (discount.kind !== 'percent' && discount.kind !== 'amount') return false
  return (coupon?.uses ?? 1) < 2 && !asks(audience, (rule) => rule.kind === 'visits' && rule.count.to === 0)
}

const waits = (audience: Audience): boolean =>
  asks(audience, (rule) => rule.kind === 'visits' && (rule.count.from ?? 0) > 1)

/** Whether this has to hold for everybody who is meant. */
function asks(rule: Audience, isIt: (rule: Audience) => boolean): boolean {
  if (rule.kind === 'all') return rule.of.some((one) => asks(one, isIt))
  if (rule.kind === 'any') return rule.of.every((one) => asks(one, isIt))
  return isIt(rule)
}
