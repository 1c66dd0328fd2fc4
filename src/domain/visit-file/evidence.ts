import { createAmountEvidence } from './amount-signs.ts'
import { createDateEvidence } from './date-order.ts'
import type { BookRow, Layout } from './layout.ts'
import type { DateOrder } from './read-date.ts'

/** What the whole file tells about its columns. */
export interface Evidence {
  add(row: BookRow): void
  /** What was learnt: to be asked when all rows were added. */
  found(): EvidenceFound
}

export interface EvidenceFound {
  /** `none`: no dates that could be read in two ways. */
  dateOrder: DateOrder | 'none'
  thousands: (',' | '.')[]
  /** Signs that stand before decimals here and before three digits there. */
  unclear: (',' | '.')[]
  decimal: (',' | '.')[]
}

export function createEvidence({ columns }: Pick<Layout, 'columns'>): Evidence {
  const dates = createDateEvidence()
  const amounts = createAmountEvidence()
  return {
    add({ cells }) {
      if (columns.date !== undefined) dates.add(cells[columns.date] ?? '')
      if (columns.amount !== undefined) amounts.add(cells[columns.amount] ?? '')
    },
    found: () => ({ dateOrder: dates.order(), ...amounts.signs() }),
  }
}

/** The layout with what its file has told; a person's word about the dates counts more. */
export const settled = (layout: Layout, found: EvidenceFound, said?: DateOrder): Layout => ({
  ...layout,
  dateOrder: said ?? (found.dateOrder === 'none' ? 'unclear' : found.dateOrder),
  thousands: found.thousands,
})
