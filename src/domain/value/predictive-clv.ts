export interface DiscountedPeriods {
  /** Ends of the periods, ascending, in the model's unit of time. */
  ends: readonly number[]
  /** Discount per unit of time as a factor: value after `time` is worth (1 + rate)^-(time / unit). */
  rate: number
  /** The time in which `rate` is earned. */
  unit: number
}

/**
 * Predictive CLV: the amount to be expected times the visits to be expected, each period's discounted from its end, as Python's
 * lifetimes does it (twelve months): sum over i of amount (visits(end_i) - visits(end_i-1)) / (1 + rate)^(end_i / unit).
 * @param visitsWithin visits to be expected within a time from now
 */
export function predictiveClv(
  amount: number,
  visitsWithin: (time: number) => number,
  { ends, rate, unit }: DiscountedPeriods,
): number {
  let [sum, before] = [0, 0]
  for (const end of ends) {
    const visits = visitsWithin(end)
    sum += (visits - before) * (1 + rate) ** (-end / unit)
    before = visits
  }
  return amount * sum
}
