/** What a client's visits look like as bars: each visit by itself while there are few, else by month, else by year. */

export interface ChartVisit {
  /** Days since 1970-01-01. */
  day: number
  /** A service line's id; absent: the books don't tell. */
  line?: string
  /** Less refunds; absent: not known. */
  kopecks?: number
}

export type Step = 'day' | 'month' | 'year'

/** One bar, made of a piece for each line. */
export interface Bar {
  /** The day in the middle of what it stands for. */
  day: number
  pieces: { line: string | undefined; kopecks: number }[]
}

const mostDays = 36
const mostMonths = 60

/**
 * @param lines in the order in which their pieces lie upon each other
 * @returns `known` is false where no visit has an amount: then each piece counts the visits, in hundredths
 */
export function barsOf(
  visits: readonly ChartVisit[],
  lines: readonly string[],
): { step: Step; bars: Bar[]; known: boolean } {
  const known = visits.some(({ kopecks }) => kopecks !== undefined && kopecks !== 0)
  const days = new Set(visits.map(({ day }) => day))
  const months = new Set(visits.map(({ day }) => monthOf(day).toString()))
  const step: Step = days.size <= mostDays ? 'day' : months.size <= mostMonths ? 'month' : 'year'
  const bars = new Map<number, Map<string | undefined, number>>()
  for (const { day, line, kopecks } of visits) {
    const at = middleOf(day, step)
    const pieces = bars.get(at) ?? new Map<string | undefined, number>()
    pieces.set(line, (pieces.get(line) ?? 0) + (known ? (kopecks ?? 0) : 100))
    bars.set(at, pieces)
  }
  const placeOf = (line: string | undefined) => (line === undefined ? lines.length : lines.indexOf(line))
  const all = [...bars].map(([day, pieces]) => ({
    day,
    pieces: [...pieces]
      .map(([line, kopecks]) => ({ line, kopecks }))
      .sort((one, other) => placeOf(one.line) - placeOf(other.line)),
  }))
  return { step, bars: all.sort((one, other) => one.day - other.day), known }
}

const epoch = Temporal.PlainDate.from('1970-01-01')

const dateOf = (day: number): Temporal.PlainDate => epoch.add({ days: day })
export const dayOf = (date: Temporal.PlainDate): number => epoch.until(date).days

const monthOf = (day: number): Temporal.PlainYearMonth => dateOf(day).toPlainYearMonth()

function middleOf(day: number, step: Step): number {
  if (step === 'day') return day
  const date = dateOf(day)
  return step === 'month' ? dayOf(date.with({ day: 15 })) : dayOf(date.with({ month: 7, day: 1 }))
}

/** Beginnings of months or years, evenly apart, at most `most` between two days. */
export function ticksBetween(from: number, to: number, most: number): Temporal.PlainDate[] {
  for (const months of [1, 2, 3, 6, 12, 24, 60, 120]) {
    const ticks = everyMonths(from, to, months)
    if (ticks.length <= most) return ticks
  }
  return []
}

function everyMonths(from: number, to: number, months: number): Temporal.PlainDate[] {
  const ticks: Temporal.PlainDate[] = []
  const start = dateOf(from)
  const years = months > 12 ? months / 12 : 1
  let tick = Temporal.PlainDate.from({ year: start.year - (start.year % years), month: 1, day: 1 })
  for (; dayOf(tick) <= to; tick = tick.add({ months })) if (dayOf(tick) >= from) ticks.push(tick)
  return ticks
}

/** Round numbers from 0 up (and down, where there are refunds), at most four steps. */
export function scaleOf(low: number, high: number): { from: number; to: number; ticks: number[] } {
  const span = Math.max(1, high - Math.min(0, low))
  const rough = span / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10)
  const from = Math.floor(Math.min(0, low) / step) * step
  const to = Math.max(step, Math.ceil(high / step) * step)
  const count = Math.round((to - from) / step)
  return { from, to, ticks: Array.from({ length: count + 1 }, (_, index) => from + index * step) }
}
