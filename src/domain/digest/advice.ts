/** What to do this week: rules over the numbers, each with its condition. The sentences are `advice.<rule>` in the locales. */
import type { Nps, NpsComparison } from '../nps.ts'
import type { FactorGap } from '../results/factors.ts'
import type { Invited } from '../results/invited.ts'
import type { Unhappy } from './unhappy.ts'

/** What the sentence of each rule speaks of; lines and factors by their ids. */
export interface AdviceValues {
  callWaiting: { count: number }
  unhappyWaiting: { count: number }
  fellThisWeek: { count: number }
  fellThisMonth: { count: number }
  lineBelow: { line: string; count: number }
  slippingAway: { count: number }
  noAnswers: Record<never, never>
  fewAnswers: { count: number }
  lowRate: { percent: number }
  weakFactor: { factor: string; count: number }
  allWell: Record<never, never>
}

export type AdviceRule = keyof AdviceValues

export type Advice = { [Rule in AdviceRule]: { rule: Rule; values: AdviceValues[Rule] } }[AdviceRule]

/** The numbers that the rules look at. */
export interface AdviceFacts {
  /** The week that the digest tells of. */
  week: Nps
  /** Against the four weeks before it. */
  change: NpsComparison
  /** The last four weeks against the eight before them. */
  trend: NpsComparison
  /** The line that is surely below the others, in twelve weeks. */
  lineBelow: { line: string; difference: number } | undefined
  unhappy: Unhappy
  /** Clients who began to slip away in the week. */
  slippingAway: number
  /** Invitations of the last four weeks. */
  invited: Invited
  /** Of the last four weeks. */
  gaps: readonly FactorGap[]
}

const mostAdvice = 3
/** So many unhappy people without an answer are no longer a slip. */
const manyWaiting = 3
/** So many who begin to slip away in one week are worth an evening of messages. */
const manySlipping = 3
/** A response rate is worth a word when it is of so many people, and under this. */
const enoughInvited = 20
const lowRate = 0.2
/** A factor is worth a word when so many people name it. */
const enoughNaming = 3

/** The first three that apply; "all is well" only when nothing else is to be said. */
export function adviceOf(facts: AdviceFacts): Advice[] {
  const found = adviceRules.flatMap((rule) => {
    const values = rules[rule](facts)
    return values === undefined ? [] : [{ rule, values } as Advice]
  })
  const todo = found.filter(({ rule }) => rule !== 'allWell')
  return todo.length > 0 ? todo.slice(0, mostAdvice) : found
}

/** In the order of their importance: people who wait, then what has got worse, then what keeps us from knowing, then what to improve. */
const rules: { [Rule in AdviceRule]: (facts: AdviceFacts) => AdviceValues[Rule] | undefined } = {
  /** Somebody who asked to be called has waited for more than a day. */
  callWaiting: ({ unhappy }) =>
    unhappy.callsWaiting.late > 0 ? { count: unhappy.callsWaiting.late } : undefined,

  /** Three unhappy people or more, apart from those, have waited for an answer for more than a day. */
  unhappyWaiting({ unhappy }) {
    const count = unhappy.waiting.late - unhappy.callsWaiting.late
    return count >= manyWaiting ? { count } : undefined
  },

  /** The week is surely below the four weeks before it: the interval of the difference leaves out 0, ten people on each side. */
  fellThisWeek: ({ change }) => fallOf(change),

  /** The last four weeks are surely below the eight before them; not said when the week says it already. */
  fellThisMonth: ({ change, trend }) => (fallOf(change) ? undefined : fallOf(trend)),

  /** A line is surely below the others together, in twelve weeks, ten people on each side (`lineBelowOthers`). */
  lineBelow: ({ lineBelow }) => lineBelow && { line: lineBelow.line, count: pointsOf(lineBelow.difference) },

  /** Three clients or more began to slip away in the week (value/early-warning.ts). */
  slippingAway: ({ slippingAway: count }) => (count >= manySlipping ? { count } : undefined),

  /** Nobody gave a score in the week. */
  noAnswers: ({ week }) => (week.kind === 'none' ? {} : undefined),

  /** Fewer than ten people gave a score in the week. */
  fewAnswers: ({ week }) => (week.kind === 'few' ? { count: week.n } : undefined),

  /** Of 20 people or more who were invited in four weeks, fewer than one in five has answered; few answers say it already. */
  lowRate({ week, invited: { people, rate = 1 } }) {
    const low = week.kind === 'figure' && people >= enoughInvited && rate < lowRate
    return low ? { percent: Math.round(rate * 100) } : undefined
  },

  /** A factor in the field "concentrate here" that three people or more named for less than a 9 in four weeks; of several, the widest gap. */
  weakFactor({ gaps }) {
    const weak = gaps.find(
      ({ factor, quadrant, named }) =>
        quadrant === 'concentrate' && named >= enoughNaming && factor !== 'other',
    )
    return weak && { factor: weak.factor, count: weak.named }
  },

  /** Nothing else is to be said, and the week's interval is above 0: surely more promoters than detractors. */
  allWell: ({ week }) => (week.kind === 'figure' && week.interval.low > 0 ? {} : undefined),
}

export const adviceRules = Object.keys(rules) as AdviceRule[]

function fallOf(comparison: NpsComparison): { count: number } | undefined {
  const fell = comparison.kind === 'change' && comparison.certain && comparison.difference < 0
  return fell ? { count: pointsOf(comparison.difference) } : undefined
}

/** As people are told: of a hundred, without the sign. */
const pointsOf = (difference: number): number => Math.max(1, Math.round(Math.abs(difference) * 100))
