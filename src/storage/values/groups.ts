/** A line's clients, or all, with what is known of them and what has changed, as columns. */
import type pg from 'pg'
import { uncoded, type Coded } from '../../domain/value/regroup.ts'
import type { Totals } from '../../domain/value/visit-tally.ts'
import { copyOut, type CopiedRow } from '../copy-out.ts'
import type { Visitors } from './visitors.ts'

export interface Group extends Omit<Coded, 'cuts'> {
  /** The line's id; "" is overall. */
  line: string
  /** Client ids by row. */
  ids: Float64Array
  /** Ids of clients who have no visit left here. */
  gone: number[]
}

/**
 * Reads the rows of a line and puts what the visitors' visits add up to now in their places.
 * @param fresh the visitors' totals in this line; absent: none of them came for it
 * @param codes of the scheme; another code counts as none
 */
export async function readGroup(
  client: pg.Client,
  line: string,
  { visitors, fresh, codes }: { visitors: Visitors; fresh: Totals | undefined; codes: readonly string[] },
): Promise<Group> {
  const places = new Map(codes.map((code, place) => [code, place]))
  const columns = createColumns()
  const rows = createFreshRows(fresh, visitors.ids.length)
  const gone: number[] = []
  await copyOut(client, knownRows(client, line), (row) => {
    const id = row.int8()
    const known = readTotals(row)
    const number = row.int4()
    const before = places.get(row.text() ?? '') ?? uncoded
    const now = number < 0 ? known : rows.take(number)
    if (now === undefined) gone.push(id)
    else columns.push(id, now, before, number < 0 || same(known, now) ? 0 : 1)
  })
  rows.rest((number, now) => columns.push(visitors.ids[number] as number, now, uncoded, 1))
  return { line, gone, ...columns.all() }
}

const knownRows = (client: pg.Client, line: string): string => `
  SELECT v."clientId", v."firstDay", v."lastDay", v.visits, v.kopecks, v."firstDayKopecks", COALESCE(s.number, -1), v.code
  FROM "ClientValue" v LEFT JOIN stale s ON s."clientId" = v."clientId" WHERE v.line = ${client.escapeLiteral(line)}`

/** firstDay, lastDay, visits, kopecks, firstDayKopecks */
type Sums = readonly [number, number, number, number, number]

const readTotals = (row: CopiedRow): Sums => [row.int4(), row.int4(), row.int4(), row.int8(), row.int8()]

const same = (one: Sums, other: Sums): boolean => one.every((value, index) => value === other[index])

/** The visitors' totals: each is taken once, in its old place or in the end. */
function createFreshRows(fresh: Totals | undefined, visitors: number) {
  const rowOf = new Int32Array(fresh === undefined ? 0 : visitors).fill(-1)
  fresh?.client.forEach((number, row) => (rowOf[number] = row))
  const at = (row: number): Sums | undefined =>
    fresh && [
      fresh.firstDay[row] as number,
      fresh.lastDay[row] as number,
      fresh.visits[row] as number,
      fresh.kopecks[row] as number,
      fresh.firstDayKopecks[row] as number,
    ]
  return {
    take(number: number): Sums | undefined {
      const row = rowOf[number] ?? -1
      rowOf[number] = -1
      return row < 0 ? undefined : at(row)
    },
    rest(tell: (number: number, sums: Sums) => void): void {
      rowOf.forEach((row, number) => {
        const sums = row < 0 ? undefined : at(row)
        if (sums !== undefined) tell(number, sums)
      })
    },
  }
}

function createColumns() {
  let room = 1024
  let size = 0
  let ids = new Float64Array(room)
  let [firstDay, lastDay, visits] = [new Int32Array(room), new Int32Array(room), new Uint32Array(room)]
  let [kopecks, firstDayKopecks] = [new Float64Array(room), new Float64Array(room)]
  let [before, changed] = [new Uint8Array(room), new Uint8Array(room)]

  function grow(): void {
    room *= 2
    const more = <Column extends { set(from: Column): void }>(column: Column, bigger: Column): Column => {
      bigger.set(column)
      return bigger
    }
    ids = more(ids, new Float64Array(room))
    firstDay = more(firstDay, new Int32Array(room))
    lastDay = more(lastDay, new Int32Array(room))
    visits = more(visits, new Uint32Array(room))
    kopecks = more(kopecks, new Float64Array(room))
    firstDayKopecks = more(firstDayKopecks, new Float64Array(room))
    before = more(before, new Uint8Array(room))
    changed = more(changed, new Uint8Array(room))
  }

  return {
    push(id: number, sums: Sums, codeBefore: number, isChanged: number): void {
      if (size === room) grow()
      ids[size] = id
      firstDay[size] = sums[0]
      lastDay[size] = sums[1]
      visits[size] = sums[2]
      kopecks[size] = sums[3]
      firstDayKopecks[size] = sums[4]
      before[size] = codeBefore
      changed[size] = isChanged
      size += 1
    },
    all: () => ({
      ids: ids.slice(0, size),
      totals: {
        client: Uint32Array.from({ length: size }, (_, row) => row),
        firstDay: firstDay.slice(0, size),
        lastDay: lastDay.slice(0, size),
        visits: visits.slice(0, size),
        kopecks: kopecks.slice(0, size),
        firstDayKopecks: firstDayKopecks.slice(0, size),
      },
      before: before.slice(0, size),
      changed: changed.slice(0, size),
    }),
  }
}
