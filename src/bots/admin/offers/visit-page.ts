/** Conditions on visits: when the last one was, and how many there were. */
import type { InlineKeyboardButton } from 'telegraf/types'
import { hasRule } from '../../../domain/offers/audience-edit.ts'
import { toAudience, type SimpleRule } from '../../../domain/offers/simple-audience.ts'
import { isSameJson } from '../../../domain/same-json.ts'
import { nameOf } from '../desk.ts'
import { press } from './audience-head.ts'
import { lineOf } from './audience-press.ts'
import { rangeCode } from './condition-codes.ts'
import type { PageContext } from './page-context.ts'
import { inRows } from './part-words.ts'
import { audienceShown } from './words.ts'

const lastVisits = [{ from: 30 }, { from: 60 }, { from: 90 }, { from: 180 }, { to: 30 }, { to: 90 }]
const visitCounts = {
  never: { from: 0, to: 0 },
  once: { from: 1, to: 1 },
  few: { from: 2, to: 4 },
  often: { from: 5 },
}

export function visits({ id, simple, desk }: PageContext): InlineKeyboardButton[][] {
  const { t } = desk
  const line = lineOf(simple, ['lastVisit', 'visits'])
  const where = line === undefined ? {} : { line }
  const timed = simple.filter(({ rule }) => rule.kind === 'lastVisit' || rule.kind === 'visits')
  const last = lastVisits.map((days) => ({
    words: t(`offers.audience.${days.from === undefined ? 'came' : 'away'}`, {
      count: days.from ?? days.to ?? 0,
    }),
    rule: { kind: 'lastVisit', days, ...where } as const,
  }))
  const counts = Object.entries(visitCounts).map(([name, count]) => ({
    words: t(`offers.audience.visits.${name}`),
    rule: { kind: 'visits', count, ...where } as const,
  }))
  const ready = [...last, ...counts]
  const one = (rule: TimedRule, words: string) => press(words, hasRule(simple, rule), id, timedCode(rule))
  // What was typed is shown where it can be taken back.
  const typed = timed.flatMap(({ rule }) =>
    ready.some((other) => isSameJson(other.rule, rule)) ? [] : [rule],
  )
  return [
    ...inRows(
      ready.map(({ rule, words }) => one(rule, words)),
      2,
    ),
    ...typed.map((rule) => [one(rule as TimedRule, audienceShown(toAudience([{ rule }]), desk))]),
    ...(timed.length > 0 && desk.salon.lines.length > 1
      ? [[overLine(['lastVisit', 'visits'], 'dayline', { id, simple, desk })]]
      : []),
  ]
}

type TimedRule = Extract<SimpleRule, { kind: 'lastVisit' | 'visits' }>

const timedCode = (rule: TimedRule): string =>
  rule.kind === 'lastVisit' ? `last.${rangeCode(rule.days)}` : `visits.${rangeCode(rule.count)}`

/** Over all lines or in one: pressed, it is the next one. */
export function overLine(
  kinds: readonly SimpleRule['kind'][],
  value: string,
  { id, simple, desk }: Pick<PageContext, 'id' | 'simple' | 'desk'>,
): InlineKeyboardButton {
  const { salon, t } = desk
  const line = lineOf(simple, kinds)
  const where = line === undefined ? t('offers.audience.anyLine') : nameOf(salon.lines, line, desk)
  return press(t(`offers.audience.${value}`, { where }), false, id, value)
}
