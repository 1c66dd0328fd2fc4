import { gaussLegendre } from './gauss-legendre.ts'
import type { ParetoNbd } from './pareto-nbd.ts'
import type { RepeatTable } from './repeat-table.ts'

/**
 * The integrals that the Pareto/NBD likelihood needs for every (x, t_x, T), for all of them at once. With
 * F(y) = (alpha + y)^-(r+x) (beta + y)^-(s+1), the integral from t_x to T is the tail from t_x without the tail from T, and the
 * tails of all times come from one walk backwards over the times. Each tail is kept in heights of F at its own time, so
 * nothing overflows. A quadrature per row would take thirty times as long.
 */
export interface Tails {
  /** Takes other parameters, in scaled time. */
  move(model: ParetoNbd): void
  /** Computes the tails for one x, by its place in `counts`. Ask for them in ascending order after a move. */
  of(place: number): void
  /** By the place in `times`: ln(alpha + t), ln(beta + t) and 1/(alpha + t), 1/(beta + t). */
  logAlpha: Float64Array
  logBeta: Float64Array
  inverseAlpha: Float64Array
  inverseBeta: Float64Array
  /** The tails of F, and of F times ln(alpha + y), ln(beta + y), 1/(alpha + y), 1/(beta + y), each over F(t). */
  area: Float64Array
  meanLogAlpha: Float64Array
  meanLogBeta: Float64Array
  meanInverseAlpha: Float64Array
  meanInverseBeta: Float64Array
}

/** Nodes that integrate e^(-κ z) on [0, 1] to about 1e-12: [largest κ, nodes]. */
const sizes = [
  [0.3, 4],
  [2, 6],
  [4.5, 8],
  [11, 12],
  [38, 24],
  [90, 48],
] as const
const largestSize = 96

export function createTails(table: RepeatTable, factor: number): Tails {
  const { counts } = table
  const times = table.times.map((time) => time * factor)
  const steps = Math.max(0, times.length - 1)
  const firstOf = firstTimes(table)
  const countAt = largestCounts(table, firstOf)
  const column = () => new Float64Array(times.length)
  const tails = {
    logAlpha: column(),
    logBeta: column(),
    inverseAlpha: column(),
    inverseBeta: column(),
    area: column(),
    meanLogAlpha: column(),
    meanLogBeta: column(),
    meanInverseAlpha: column(),
    meanInverseBeta: column(),
  }
  let cells = cellsOf(steps, 0)
  let model: ParetoNbd = { r: 1, alpha: 1, s: 1, beta: 1 }
  let reached = 0
  return {
    ...tails,
    move(next) {
      model = next
      times.forEach((time, at) => {
        tails.logAlpha[at] = Math.log(model.alpha + time)
        tails.logBeta[at] = Math.log(model.beta + time)
        tails.inverseAlpha[at] = 1 / (model.alpha + time)
        tails.inverseBeta[at] = 1 / (model.beta + time)
      })
      const size = sizeFor(steepest(model, times, countAt))
      if (size !== cells.size) cells = cellsOf(steps, size)
      layCells(cells, model, times, tails)
      reached = 0
    },
    of(place) {
      const x = counts[place] ?? 0
      raiseCells(cells, x - reached)
      reached = x
      walkBack(cells, { ...model, k: model.r + x, first: firstOf[place] ?? 0 }, tails)
    },
  }
}

type Columns = Omit<Tails, 'move' | 'of'>

/** The first t_x of each x, as a place in `times`: earlier tails are not asked for. */
function firstTimes({ counts, times, count, last }: RepeatTable): Uint32Array {
  const first = new Uint32Array(counts.length).fill(times.length)
  count.forEach((place, row) => {
    first[place] = Math.min(first[place] ?? 0, last[row] ?? 0)
  })
  return first
}

/** The largest x whose tails begin at each time or before it. */
function largestCounts({ counts, times }: RepeatTable, firstOf: Uint32Array): Float64Array {
  const largest = new Float64Array(times.length)
  firstOf.forEach((first, place) => (largest[first] = counts[place] ?? 0))
  for (let at = 1; at < largest.length; at++) largest[at] = Math.max(largest[at] ?? 0, largest[at - 1] ?? 0)
  return largest
}

/** The largest κ of any cell: F falls by about e^-κ from one time to the next. */
function steepest({ r, alpha, s, beta }: ParetoNbd, times: Float64Array, countAt: Float64Array): number {
  const c = Math.min(alpha, beta)
  let most = 0
  for (let at = 0; at + 1 < times.length; at++) {
    const stretch = Math.log((c + (times[at + 1] as number)) / (c + (times[at] as number)))
    most = Math.max(most, (r + (countAt[at] as number) + s + 1) * stretch)
  }
  return most
}

const sizeFor = (steepness: number): number => sizes.find(([most]) => steepness <= most)?.[1] ?? largestSize

/** Quadrature between neighbouring times: `size` nodes in each of the cells, one cell after the other. */
interface Cells {
  size: number
  /** What F gains at a node over F at the cell's beginning when x grows by one: (alpha + t)/(alpha + y). */
  ratio: Float64Array
  /** F at the node over F at the cell's beginning, times the node's weight. */
  mass: Float64Array
  logAlpha: Float64Array
  logBeta: Float64Array
  inverseAlpha: Float64Array
  inverseBeta: Float64Array
}

function cellsOf(cells: number, size: number): Cells {
  const column = () => new Float64Array(cells * size)
  return {
    size,
    ratio: column(),
    mass: column(),
    logAlpha: column(),
    logBeta: column(),
    inverseAlpha: column(),
    inverseBeta: column(),
  }
}

/** Lays the nodes between all times, for x = 0. */
function layCells(cells: Cells, { r, alpha, s, beta }: ParetoNbd, times: Float64Array, tails: Columns): void {
  const { size } = cells
  const { nodes, weights } = gaussLegendre(size)
  const c = Math.min(alpha, beta)
  for (let cell = 0; cell + 1 < times.length; cell++) {
    const start = times[cell] as number
    const stretch = Math.log1p(((times[cell + 1] as number) - start) / (c + start))
    for (let node = 0; node < size; node++) {
      const at = cell * size + node
      const passed = (c + start) * Math.expm1((nodes[node] as number) * stretch)
      const byAlpha = Math.log1p(passed / (alpha + start))
      const byBeta = Math.log1p(passed / (beta + start))
      cells.logAlpha[at] = (tails.logAlpha[cell] as number) + byAlpha
      cells.logBeta[at] = (tails.logBeta[cell] as number) + byBeta
      cells.inverseAlpha[at] = 1 / (alpha + start + passed)
      cells.inverseBeta[at] = 1 / (beta + start + passed)
      cells.ratio[at] = (alpha + start) / (alpha + start + passed)
      cells.mass[at] =
        Math.exp(-r * byAlpha - (s + 1) * byBeta) * (weights[node] as number) * stretch * (c + start + passed)
    }
  }
}

/** From one x to the next one. */
function raiseCells({ ratio, mass }: Cells, by: number): void {
  for (let at = 0; by > 0 && at < mass.length; at++)
    mass[at] = (mass[at] as number) * (by === 1 ? (ratio[at] as number) : (ratio[at] as number) ** by)
}

/** Adds the cells up from the last time to the `first` that is asked for. */
function walkBack(
  cells: Cells,
  { k, s, first }: { k: number; s: number; first: number },
  tails: Columns,
): void {
  const { size, mass } = cells
  let [area, logAlpha, logBeta, inverseAlpha, inverseBeta] = [0, 0, 0, 0, 0]
  for (let at = tails.area.length - 1; at >= first; at--) {
    if (at < tails.area.length - 1) {
      const fall = Math.exp(
        k * ((tails.logAlpha[at] as number) - (tails.logAlpha[at + 1] as number)) +
          (s + 1) * ((tails.logBeta[at] as number) - (tails.logBeta[at + 1] as number)),
      )
      area *= fall
      logAlpha *= fall
      logBeta *= fall
      inverseAlpha *= fall
      inverseBeta *= fall
      for (let node = at * size; node < (at + 1) * size; node++) {
        const part = mass[node] as number
        area += part
        logAlpha += part * (cells.logAlpha[node] as number)
        logBeta += part * (cells.logBeta[node] as number)
        inverseAlpha += part * (cells.inverseAlpha[node] as number)
        inverseBeta += part * (cells.inverseBeta[node] as number)
      }
    }
    tails.area[at] = area
    tails.meanLogAlpha[at] = logAlpha
    tails.meanLogBeta[at] = logBeta
    tails.meanInverseAlpha[at] = inverseAlpha
    tails.meanInverseBeta[at] = inverseBeta
  }
}
