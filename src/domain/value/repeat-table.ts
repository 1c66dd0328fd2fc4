/** What the models of repeat buying look at, in any one unit of time. */
export interface History {
  /** Visits after the first. */
  x: number
  /** From the first visit to the last. */
  tx: number
  /** From the first visit to the end of the data. */
  T: number
}

/** The histories of many clients, a column each. */
export type HistoryColumns = Record<keyof History, ArrayLike<number>>

/** The different (x, t_x, T) of a customer base, each with the number of clients who share it: a million clients are about a hundred thousand rows. */
export interface RepeatTable {
  clients: number
  /** Clients with at least one repeat visit. */
  repeatClients: number
  /** The different x, ascending. */
  counts: Float64Array
  /** The different times (t_x and T), ascending. */
  times: Float64Array
  /** A row each, by x, t_x, T: places in `counts` and `times`, and how many clients. */
  count: Uint32Array
  last: Uint32Array
  end: Uint32Array
  weight: Float64Array
  /** The row of each client. */
  rowOf: Uint32Array
}

/**
 * Groups clients with the same history.
 * @param columns all of one length; x, t_x and T finite and not negative
 */
export function repeatTable({ x, tx, T }: HistoryColumns): RepeatTable {
  const counts = distinct([x])
  const times = distinct([tx, T])
  const count = places(x, counts)
  const last = places(tx, times)
  const end = places(T, times)
  // Sorted by the least important column first, the most important one last; each sort keeps the order within.
  const byEnd = sorted(Uint32Array.from(count.keys()), end, times.values.length)
  const byLast = sorted(byEnd, last, times.values.length)
  const order = sorted(byLast, count, counts.values.length)
  const rows = rowsOf(order, { count, last, end })
  const repeatClients = count.reduce((sum, place) => sum + ((counts.values[place] ?? 0) > 0 ? 1 : 0), 0)
  return { clients: x.length, repeatClients, counts: counts.values, times: times.values, ...rows }
}

type Places = Record<'count' | 'last' | 'end', Uint32Array>

function rowsOf(order: Uint32Array, { count, last, end }: Places) {
  const rowOf = new Uint32Array(order.length)
  const firsts = new Uint32Array(order.length)
  const weights = new Float64Array(order.length)
  let rows = 0
  let before = -1
  for (let at = 0; at < order.length; at++) {
    const client = order[at] as number
    if (
      before < 0 ||
      count[client] !== count[before] ||
      last[client] !== last[before] ||
      end[client] !== end[before]
    )
      firsts[rows++] = client
    rowOf[client] = rows - 1
    weights[rows - 1] = (weights[rows - 1] as number) + 1
    before = client
  }
  const part = (places: Uint32Array): Uint32Array =>
    firsts.slice(0, rows).map((client) => places[client] as number)
  return { count: part(count), last: part(last), end: part(end), weight: weights.slice(0, rows), rowOf }
}

/** Counting sort: `order` by the places of `key`, keeping the order of equals. */
function sorted(order: Uint32Array, key: Uint32Array, size: number): Uint32Array {
  const next = new Uint32Array(size + 1)
  for (let at = 0; at < key.length; at++) {
    const place = (key[at] as number) + 1
    next[place] = (next[place] as number) + 1
  }
  for (let place = 1; place <= size; place++)
    next[place] = (next[place] as number) + (next[place - 1] as number)
  const result = new Uint32Array(order.length)
  for (let at = 0; at < order.length; at++) {
    const client = order[at] as number
    const place = key[client] as number
    const free = next[place] as number
    result[free] = client
    next[place] = free + 1
  }
  return result
}

function places(column: ArrayLike<number>, { placeOf }: Distinct): Uint32Array {
  const result = new Uint32Array(column.length)
  for (let at = 0; at < result.length; at++) result[at] = placeOf(column[at] as number)
  return result
}

/** Values in ascending order, each once, and the way from a value to its place. */
interface Distinct {
  values: Float64Array
  placeOf: (value: number) => number
}

/** Days and counts are small whole numbers: a list is ten times quicker than a map. */
const listed = 1_000_000

function distinct(columns: readonly ArrayLike<number>[]): Distinct {
  let [most, whole] = [0, true]
  for (const column of columns)
    for (let i = 0; i < column.length; i++) {
      const value = column[i] as number
      if (!(value >= 0 && value < Infinity)) throw new RangeError(`a count or time of ${value}`)
      if (value > most) most = value
      whole &&= Number.isInteger(value)
    }
  return whole && most < listed ? distinctWhole(columns, most) : distinctAny(columns)
}

function distinctWhole(columns: readonly ArrayLike<number>[], most: number): Distinct {
  const places = new Uint32Array(most + 1)
  for (const column of columns) for (let i = 0; i < column.length; i++) places[column[i] as number] = 1
  const values = Float64Array.from(places.keys().filter((value) => places[value] === 1))
  values.forEach((value, place) => (places[value] = place))
  return { values, placeOf: (value) => places[value] as number }
}

function distinctAny(columns: readonly ArrayLike<number>[]): Distinct {
  const values = Float64Array.from(new Set(columns.flatMap((column) => Array.from(column)))).sort()
  const places = new Map(Array.from(values, (value, place) => [value, place]))
  return { values, placeOf: (value) => places.get(value) ?? 0 }
}
