import type { VisitBatch } from '../../files/scan/visit-batch.ts'
import type { VisitScanCounts } from '../../files/scan/visit-scan.ts'
import type { FileAccount, RefusedExample } from '../../domain/value/analysed-file.ts'

export interface Account {
  /** Books visits that were understood. @returns those that are not too late, in the same columns */
  taken(visits: VisitBatch): VisitBatch
  refuse(row: RefusedExample): void
  sum(counts: VisitScanCounts, linesLeft: number): FileAccount
}

/** So many rows that could not be understood are shown. */
const mostExamples = 10

/** Keeps account of a file's rows. @param until the last day that counts, in days since 1970-01-01 */
export function createAccount(until = Infinity): Account {
  const examples: RefusedExample[] = []
  let visits = 0
  let refunds = 0
  let refused = 0
  let later = 0
  let first = Infinity
  let last = -Infinity
  return {
    taken(batch) {
      const { day, kopecks } = batch
      let kept = 0
      for (let at = 0; at < batch.size; at++) {
        const date = day[at] as number
        if (date > until) {
          later++
          continue
        }
        if ((kopecks[at] as number) < 0) refunds++
        else {
          visits++
          if (date < first) first = date
          if (date > last) last = date
        }
        if (kept < at) move(batch, at, kept)
        kept++
      }
      batch.size = kept
      return batch
    },
    refuse(row) {
      refused++
      if (examples.length < mostExamples) examples.push(row)
    },
    sum: ({ rows, withoutAmount, calledOff, others }, linesLeft) => ({
      rows,
      visits,
      refunds,
      withoutAmount,
      later,
      calledOff,
      others,
      linesLeft,
      refused,
      examples,
      ...(visits > 0 && { days: { first, last } }),
    }),
  }
}

function move({ client, line, day, kopecks }: VisitBatch, from: number, to: number): void {
  client[to] = client[from] as number
  line[to] = line[from] as number
  day[to] = day[from] as number
  kopecks[to] = kopecks[from] as number
}
