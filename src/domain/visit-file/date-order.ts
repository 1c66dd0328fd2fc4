import { slashedDate, type DateOrder } from './read-date.ts'

export interface DateEvidence {
  add(cell: string): void
  /**
   * `dayFirst` and `monthFirst`: some dates can be read in this way only, and at most one in a hundred of those that tell anything
   * in the other way only (these are mistakes). `unclear`: nothing tells, or they contradict each other. `none`: no such dates.
   */
  order(): DateOrder | 'none'
}

/** Learns from a whole column whether 03/04/2024 is the third of April or the fourth of March. */
export function createDateEvidence(): DateEvidence {
  let [dates, dayFirst, monthFirst] = [0, 0, 0]
  return {
    add(cell) {
      const found = slashedDate.exec(cell.trim())
      if (found === null) return
      dates++
      const [first, second] = [Number(found[1]), Number(found[2])]
      if (first > 12 && first < 32 && second <= 12) dayFirst++
      if (second > 12 && second < 32 && first <= 12) monthFirst++
    },
    order() {
      if (dates === 0) return 'none'
      if (dayFirst > 0 && monthFirst * 99 <= dayFirst) return 'dayFirst'
      return monthFirst > 0 && dayFirst * 99 <= monthFirst ? 'monthFirst' : 'unclear'
    },
  }
}
