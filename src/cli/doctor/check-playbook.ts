/** The rules of the playbook: what is right as it is written, and hardly as it is meant. */
import { defaultPlaybook } from '../../domain/offers/default-playbook.ts'
import { discountPercent } from '../../domain/offers/discount-percent.ts'
import { changedPlaybook, type PlaybookEntry } from '../../domain/offers/playbook.ts'
import { segmentsOf } from '../../domain/value/segment-rank.ts'
import { ok, warning, type Finding, type Patient } from './finding.ts'

/** @returns how many rules there are; those that need the owner every time; those that never draft anything */
export async function checkPlaybook({ settings }: Patient): Promise<Finding[]> {
  const { salon, survey } = settings
  const { playbook: changes, ownerAbove } = salon.offers
  const { entries } = changedPlaybook(defaultPlaybook, changes)
  const limit = ownerAbove.discountPercent ?? Infinity
  const scheme: readonly string[] = segmentsOf(salon.value.scheme)
  const asked = new Set(survey.map(({ id }) => id))
  const above = entries.filter((entry) => percentOf(entry, salon) > limit)
  const idle = entries.filter(({ segments }) => segments?.some((one) => scheme.includes(one)) === false)
  const unasked = entries.filter(({ conditions }) => questionsOf(conditions).some((id) => !asked.has(id)))
  const own = changes.own?.length ?? 0
  const named = (key: string, some: readonly PlaybookEntry[], values: Record<string, number | string> = {}) =>
    some.length === 0 ? [] : [warning(key, { ...values, rules: some.map(({ id }) => id).join(', ') })]
  return [
    ok('playbook.rules', { all: entries.length, own }),
    ...named('playbook.owner', above, { percent: limit }),
    ...named('playbook.idle', idle, { scheme: salon.value.scheme, known: scheme.join(', ') }),
    ...named('playbook.unasked', unasked),
  ]
}

/** What a present is worth nobody has told us: only discounts are compared. */
const percentOf = ({ discount }: PlaybookEntry, salon: Patient['settings']['salon']): number =>
  discount.kind === 'percent' || discount.kind === 'amount' ? discountPercent(discount, salon) : 0

/** Ids of the questions that conditions ask about, however deep. */
function questionsOf(conditions: PlaybookEntry['conditions']): string[] {
  return conditions.flatMap((rule) => {
    if (rule.kind === 'all' || rule.kind === 'any') return questionsOf(rule.of)
    if (rule.kind === 'not') return questionsOf([rule.of])
    return rule.kind === 'answer' || rule.kind === 'score' ? [rule.question] : []
  })
}
