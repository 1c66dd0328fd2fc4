/** What can be said of numbers on a scale. */
import type { Scale } from '../answer.ts'

/** One of the possible answers, and how many people gave it. */
export interface Count<Id> {
  id: Id
  count: number
  /** Of those who said something; 0 when nobody did. */
  share: number
}

export interface Numbers {
  scale: Scale
  /** How many gave a number. */
  n: number
  /** How many said that they can't say: they are in no other figure. */
  noOpinion: number
  /** Every point of the scale, from the lowest. */
  counts: Count<number>[]
  /** Undefined when nobody gave a number. */
  figures: Figures | undefined
}

export interface Figures {
  mean: number
  /** Between the two in the middle when n is even. */
  median: number
  /** Of the sample, over n - 1; undefined for one number. */
  sd: number | undefined
  /** The share of the two highest points: 6 and 7 on a scale from 1 to 7. */
  topTwo: number
}

/** @param values whole numbers on the scale, null for "can't say"; their order leaves no trace, not even in the last digit */
export function numbersOf(values: readonly (number | null)[], scale: Scale): Numbers {
  const perPoint = new Map<number, number>()
  let noOpinion = 0
  for (const value of values)
    if (value === null) noOpinion++
    else perPoint.set(value, (perPoint.get(value) ?? 0) + 1)
  const n = values.length - noOpinion
  const counts = Array.from({ length: scale.to - scale.from + 1 }, (_, index) => {
    const count = perPoint.get(scale.from + index) ?? 0
    return { id: scale.from + index, count, share: n === 0 ? 0 : count / n }
  })
  return { scale, n, noOpinion, counts, figures: n === 0 ? undefined : figuresOf(counts, n) }
}

/** Of any numbers: the middle one, or between the two in the middle; undefined when there is none. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other)
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

function figuresOf(counts: readonly Count<number>[], n: number): Figures {
  const sum = counts.reduce((all, { id, count }) => all + id * count, 0)
  const mean = sum / n
  const squares = counts.reduce((all, { id, count }) => all + count * (id - mean) ** 2, 0)
  return {
    mean,
    median: (nth(counts, Math.floor((n - 1) / 2)) + nth(counts, Math.ceil((n - 1) / 2))) / 2,
    sd: n === 1 ? undefined : Math.sqrt(squares / (n - 1)),
    topTwo: counts.slice(-2).reduce((all, { count }) => all + count, 0) / n,
  }
}

/** The number at place `index`, from 0, when all stand in order. */
function nth(counts: readonly Count<number>[], index: number): number {
  let before = 0
  for (const { id, count } of counts) {
    before += count
    if (before > index) return id
  }
  return Number.NaN
}
