import { createDayCount, type DayCount } from './day-count.ts'

/**
 * What is kept of the visits of one service line, or of all: a row for each client with at least one visit, by ascending
 * client number.
 */
export interface Totals {
  client: Uint32Array
  /** Days since 1970-01-01. */
  firstDay: Int32Array
  lastDay: Int32Array
  /** Visits: different days on which the client came. */
  visits: Uint32Array
  /** Everything paid, less refunds. */
  kopecks: Float64Array
  /** What was paid for the first day, less its refunds. */
  firstDayKopecks: Float64Array
}

/** A row of somebody's books. */
export interface VisitRow {
  /** Clients are numbered from 0. */
  client: number
  /** Service lines are numbered from 0; -1: not known, counts overall only. */
  line: number
  /** Days since 1970-01-01. */
  day: number
  /** Integer. Below 0: a refund, which lowers what was paid and is no visit. */
  kopecks: number
}

/** Visits as columns, as in VisitRow. */
export interface VisitColumns {
  client: Int32Array
  line: Int32Array
  day: Int32Array
  kopecks: Float64Array
  size: number
}

/**
 * Counts visits as they come, in any order, in bounded memory: 32 bytes for each client and line, and 9 for each row.
 *
 * All that a client had on one day is one visit. A row dated before a client's first or after their last known day is a new
 * day without doubt; one in between may be known already, and such clients' days are counted again in the end.
 */
export interface VisitTally {
  /** As in VisitRow; at most 127 lines. */
  add(client: number, line: number, day: number, kopecks: number): void
  /** Adds many at once, which is quicker; the columns' first `size` rows count. */
  addAll(visits: VisitColumns): void
  /** Overall, and for each line from 0 to the highest that came. To be called once, in the end. */
  totals(): { overall: Totals; lines: Totals[] }
}

export function createVisitTally(): VisitTally {
  const overall = createSlots()
  const lines: Slots[] = []
  const rows = createRows()
  const refunds: VisitRow[] = []
  return {
    add(client, line, day, kopecks) {
      while (lines.length <= line) lines.push(createSlots())
      if (kopecks < 0) {
        refunds.push({ client, line, day, kopecks })
        return
      }
      overall.add(client, day, kopecks)
      if (line >= 0) lines[line]?.add(client, day, kopecks)
      rows.add(client, line, day)
    },
    addAll({ client, line, day, kopecks, size }) {
      // Short loops in which no round waits for another: the processor fetches the sums of several clients at a time.
      for (let at = 0; at < size; at++) {
        const paid = kopecks[at] as number
        if (paid >= 0) overall.add(client[at] as number, day[at] as number, paid)
      }
      for (let at = 0; at < size; at++) {
        const [whose, which, when, paid] = [
          client[at] as number,
          line[at] as number,
          day[at] as number,
          kopecks[at] as number,
        ]
        while (lines.length <= which) lines.push(createSlots())
        if (paid < 0) refunds.push({ client: whose, line: which, day: when, kopecks: paid })
        else {
          if (which >= 0) lines[which]?.add(whose, when, paid)
          rows.add(whose, which, when)
        }
      }
    },
    totals() {
      for (const { client, line, day, kopecks } of refunds) {
        overall.refund(client, day, kopecks)
        lines[line]?.refund(client, day, kopecks)
      }
      refunds.length = 0
      return {
        overall: overall.totals(rows.daysOf),
        lines: lines.map((slots, line) => slots.totals((count) => rows.daysOf(count, line))),
      }
    },
  }
}

/** Tells a DayCount all rows, or those of one line. */
type DaysOf = (count: DayCount, line?: number) => void

interface Slots {
  add(client: number, day: number, kopecks: number): void
  refund(client: number, day: number, kopecks: number): void
  totals(daysOf: DaysOf): Totals
}

const bytes = 32
/** In 4 bytes each: first day, last day, visits, whether a day may be counted twice; then two numbers of 8 bytes. */
const [first, last, visits, unsure] = [0, 1, 2, 3]
const [paid, paidFirst] = [2, 3]

/** A client's sums lie side by side, so that a visit touches the memory in one place only. */
function createSlots(): Slots {
  let whole = new Int32Array(0)
  let amounts = new Float64Array(0)
  let size = 0

  function grow(client: number): void {
    const buffer = new ArrayBuffer(bytes * Math.max(1024, client + 1, Math.ceil((size * 3) / 2)))
    const bigger = new Int32Array(buffer)
    bigger.set(whole)
    whole = bigger
    amounts = new Float64Array(buffer)
    size = buffer.byteLength / bytes
  }

  return {
    add(client, day, kopecks) {
      if (client >= size) grow(client)
      const at = client * 8
      const sum = client * 4
      const known = whole[at + visits] as number
      amounts[sum + paid] = (amounts[sum + paid] as number) + kopecks
      if (known > 0 && day === whole[at + first])
        amounts[sum + paidFirst] = (amounts[sum + paidFirst] as number) + kopecks
      else if (known === 0 || day < (whole[at + first] as number)) {
        whole[at + first] = day
        if (known === 0) whole[at + last] = day
        whole[at + visits] = known + 1
        amounts[sum + paidFirst] = kopecks
      } else if (day > (whole[at + last] as number)) {
        whole[at + last] = day
        whole[at + visits] = known + 1
      } else if (day !== whole[at + last]) whole[at + unsure] = 1
    },
    refund(client, day, kopecks) {
      if (client >= size || whole[client * 8 + visits] === 0) return
      const sum = client * 4
      amounts[sum + paid] = (amounts[sum + paid] as number) + kopecks
      if (whole[client * 8 + first] === day)
        amounts[sum + paidFirst] = (amounts[sum + paidFirst] as number) + kopecks
    },
    totals(daysOf) {
      countAgain(whole, size, daysOf)
      return totalsOf(whole, amounts, size)
    },
  }
}

function countAgain(whole: Int32Array, size: number, daysOf: DaysOf): void {
  const wanted = new Uint8Array(size)
  let some = false
  for (let client = 0; client < size; client++)
    if (whole[client * 8 + unsure] === 1) {
      wanted[client] = 1
      some = true
    }
  if (!some) return
  const count = createDayCount(wanted)
  daysOf(count)
  count.days((client, days) => (whole[client * 8 + visits] = days))
}

function totalsOf(whole: Int32Array, amounts: Float64Array, size: number): Totals {
  let clients = 0
  for (let client = 0; client < size; client++) if (whole[client * 8 + visits] !== 0) clients++
  const totals: Totals = {
    client: new Uint32Array(clients),
    firstDay: new Int32Array(clients),
    lastDay: new Int32Array(clients),
    visits: new Uint32Array(clients),
    kopecks: new Float64Array(clients),
    firstDayKopecks: new Float64Array(clients),
  }
  let row = 0
  for (let client = 0; client < size; client++) {
    const at = client * 8
    if (whole[at + visits] === 0) continue
    totals.client[row] = client
    totals.firstDay[row] = whole[at + first] as number
    totals.lastDay[row] = whole[at + last] as number
    totals.visits[row] = whole[at + visits] as number
    totals.kopecks[row] = amounts[client * 4 + paid] as number
    totals.firstDayKopecks[row] = amounts[client * 4 + paidFirst] as number
    row++
  }
  return totals
}

const chunk = 1 << 18

/** All rows once more, in case that days have to be counted again. */
function createRows() {
  const clients: Uint32Array[] = []
  const days: Int32Array[] = []
  const lines: Int8Array[] = []
  let [ownClients, ownDays, ownLines] = [new Uint32Array(0), new Int32Array(0), new Int8Array(0)]
  let used = 0
  return {
    add(client: number, line: number, day: number): void {
      if (used === ownClients.length) {
        clients.push((ownClients = new Uint32Array(chunk)))
        days.push((ownDays = new Int32Array(chunk)))
        lines.push((ownLines = new Int8Array(chunk)))
        used = 0
      }
      ownClients[used] = client
      ownDays[used] = day
      ownLines[used++] = line
    },
    daysOf(count: DayCount, line?: number): void {
      clients.forEach((those, part) => {
        const length = part === clients.length - 1 ? used : chunk
        const [dates, on] = [days[part] as Int32Array, lines[part] as Int8Array]
        for (let at = 0; at < length; at++)
          if (line === undefined || on[at] === line) count.add(those[at] as number, dates[at] as number)
      })
    },
  }
}
