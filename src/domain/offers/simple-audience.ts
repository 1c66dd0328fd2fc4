/**
 * Audiences that can be put together by pressing buttons: a few conditions, each about another thing, all of which have to hold;
 * within one, any of its values will do; and each can be turned into its opposite.
 */
import { isSameJson } from '../same-json.ts'
import type { Audience, Range } from './audience.ts'

/** One condition. Scores may lie in one of several ranges. */
export type SimpleRule =
  | Exclude<Audience, { kind: 'everyone' | 'all' | 'any' | 'not' | 'score' }>
  | { kind: 'score'; question: string; row?: string; ranges: readonly Range[] }

export interface Condition {
  rule: SimpleRule
  /** Means those of whom it is not true. */
  except?: true
}

/** Without any: everybody. No two are about the same thing (`aspectOf`). */
export type SimpleAudience = readonly Condition[]

/** What a condition is about: there is one condition about each. */
export function aspectOf(rule: SimpleRule): string {
  return rule.kind === 'answer' || rule.kind === 'score'
    ? [rule.kind, rule.question, rule.row ?? ''].join(':')
    : rule.kind
}

export function toAudience(conditions: SimpleAudience): Audience {
  const of = conditions.map(asRule)
  const [only] = of
  if (only === undefined) return { kind: 'everyone' }
  return of.length === 1 ? only : { kind: 'all', of }
}

/** Undefined: there is more in it than buttons can show. */
export function toSimple(audience: Audience): SimpleAudience | undefined {
  const parts = audience.kind === 'everyone' ? [] : audience.kind === 'all' ? audience.of : [audience]
  const conditions = parts.map(conditionOf).filter((one) => one !== undefined)
  const aspects = new Set(conditions.map(({ rule }) => aspectOf(rule)))
  const isWhole = conditions.length === parts.length && aspects.size === parts.length
  return isWhole && isSameJson(toAudience(conditions), audience) ? conditions : undefined
}

function asRule({ rule, except }: Condition): Audience {
  const plain = rule.kind === 'score' ? scoreRule(rule) : rule
  return except ? { kind: 'not', of: plain } : plain
}

function scoreRule({ ranges, ...rest }: Extract<SimpleRule, { kind: 'score' }>): Audience {
  const of = ranges.map((score): Audience => ({ ...rest, score }))
  return of.length === 1 && of[0] ? of[0] : { kind: 'any', of }
}

function conditionOf(audience: Audience): Condition | undefined {
  const except = audience.kind === 'not'
  const rule = ruleOf(except ? audience.of : audience)
  return rule && { rule, ...(except && { except }) }
}

function ruleOf(audience: Audience): SimpleRule | undefined {
  switch (audience.kind) {
    case 'everyone':
    case 'all':
    case 'not':
      return undefined
    case 'score':
    case 'any':
      return scoresOf(audience.kind === 'any' ? audience.of : [audience])
    default:
      return audience
  }
}

/** Several ranges of one question's scores. */
function scoresOf(rules: readonly Audience[]): SimpleRule | undefined {
  const scores = rules.filter((one) => one.kind === 'score')
  const [first] = scores
  if (!first || scores.length < rules.length) return undefined
  const { score: _, ...rest } = first
  const isSame = scores.every(({ question, row }) => question === first.question && row === first.row)
  return isSame ? { ...rest, ranges: scores.map(({ score }) => score) } : undefined
}
