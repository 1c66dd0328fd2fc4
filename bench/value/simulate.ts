/** Customers made up by chance that can be repeated: each comes by the Pareto/NBD's rules, in whole days. */
import type { HistoryColumns } from '../../src/domain/value/repeat-table.ts'
import type { ParetoNbd } from '../../src/domain/value/pareto-nbd.ts'

/** About what the salon's own oracle data were made with; days. */
export const salonLike: ParetoNbd = { r: 1.3, alpha: 57, s: 0.84, beta: 281 }

/** Numbers in (0, 1): mulberry32. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296 + 1e-10
  }
}

/** The days of one customer's visits, counted from the first (0), up to day T. */
export function visitDays(random: () => number, { r, alpha, s, beta }: ParetoNbd, T: number): number[] {
  const rate = gamma(random, r) / alpha
  const end = Math.min(T, -Math.log(random()) / (gamma(random, s) / beta))
  const days = [0]
  for (let at = -Math.log(random()) / rate; at < end; at -= Math.log(random()) / rate) {
    const day = Math.floor(at)
    if (day > (days.at(-1) ?? 0)) days.push(day)
  }
  return days
}

/** Histories of `clients` customers who came for the first time within the two years before the end. */
export function simulateHistories(clients: number, seed = 1): HistoryColumns {
  const random = chance(seed)
  const columns = { x: new Uint32Array(clients), tx: new Uint32Array(clients), T: new Uint32Array(clients) }
  for (let client = 0; client < clients; client++) {
    const T = Math.floor(random() * 730)
    const days = visitDays(random, salonLike, T)
    columns.x[client] = days.length - 1
    columns.tx[client] = days.at(-1) ?? 0
    columns.T[client] = T
  }
  return columns
}

/** Gamma(shape, 1): Marsaglia, G. and Tsang, W. W. (2000), ACM Transactions on Mathematical Software 26(3), 363-372. */
function gamma(random: () => number, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * random() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
    const v = (1 + c * z) ** 3
    if (v > 0 && Math.log(random()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v
  }
}
