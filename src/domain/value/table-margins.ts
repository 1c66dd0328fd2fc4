import type { RepeatTable } from './repeat-table.ts'

/** Sums over a table: of what depends on x alone, or on T alone, these are all that a likelihood needs. */
export interface TableMargins {
  /** Clients with each x, by its place in `counts`. */
  clientsOfCount: Float64Array
  /** Clients with each T, by its place in `times`, and their repeat visits. */
  clientsOfTime: Float64Array
  visitsOfTime: Float64Array
  /** The first row with x > 0, or the number of rows. */
  firstRepeat: number
  /** Brings the longest time to 10: parameters near 1 are easier to find. */
  factor: number
  /** ln L of the data is that of the scaled data plus this: a density of x points in time has the unit time^-x. */
  shift: number
}

const longest = 10

export function marginsOf({ counts, times, count, end, weight }: RepeatTable): TableMargins {
  const clientsOfCount = new Float64Array(counts.length)
  const clientsOfTime = new Float64Array(times.length)
  const visitsOfTime = new Float64Array(times.length)
  let visits = 0
  weight.forEach((n, row) => {
    const [atCount = 0, atTime = 0] = [count[row], end[row]]
    const x = counts[atCount] ?? 0
    clientsOfCount[atCount] = (clientsOfCount[atCount] ?? 0) + n
    clientsOfTime[atTime] = (clientsOfTime[atTime] ?? 0) + n
    visitsOfTime[atTime] = (visitsOfTime[atTime] ?? 0) + n * x
    visits += n * x
  })
  const firstRepeat = count.findIndex((place) => (counts[place] ?? 0) > 0)
  const factor = longest / ((times.at(-1) ?? 0) || longest)
  return {
    clientsOfCount,
    clientsOfTime,
    visitsOfTime,
    firstRepeat: firstRepeat < 0 ? count.length : firstRepeat,
    factor,
    shift: visits * Math.log(factor),
  }
}
