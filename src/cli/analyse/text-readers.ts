import { createAmountEvidence } from '../../domain/visit-file/amount-signs.ts'
import { createDateEvidence } from '../../domain/visit-file/date-order.ts'
import { unguarded } from '../../domain/visit-file/formula-guard.ts'
import type { Layout } from '../../domain/visit-file/layout.ts'
import { plainWords } from '../../domain/visit-file/plain-words.ts'
import { readAmount } from '../../domain/visit-file/read-amount.ts'
import { readBookPhone } from '../../domain/visit-file/read-book-phone.ts'
import { readDate, type CellDate } from '../../domain/visit-file/read-date.ts'
import { notCome, total } from '../../domain/visit-file/row-reader.ts'
import type { TextReaders } from '../../files/scan/visit-scan.ts'

/** What a whole column says about how its cells are to be read. */
export type Signs = Pick<Layout, 'dateOrder' | 'thousands'>

export interface EvidenceOfColumns {
  date: ReturnType<typeof createDateEvidence>
  amount: ReturnType<typeof createAmountEvidence>
}

export const noEvidence = (): EvidenceOfColumns => ({
  date: createDateEvidence(),
  amount: createAmountEvidence(),
})

/** @param decimal signs that stand before decimals elsewhere: they part no thousands */
export function signsOf(
  { date, amount }: EvidenceOfColumns,
  decimal: Readonly<Record<',' | '.', boolean>>,
): Signs {
  const order = date.order()
  const { thousands } = amount.signs()
  return {
    dateOrder: order === 'none' ? 'unclear' : order,
    thousands: thousands.filter((sign) => !decimal[sign]),
  }
}

export interface TextReadersOptions {
  layout: Layout
  /** The column of dates, from 0. */
  date: number
  signs: Signs
  /** Learns from every text that is read. */
  evidence: EvidenceOfColumns
  /** Of the days on which moments fell that were written with their offset from UTC. */
  timeZone: string
}

/** Reads the cells that are not written plainly, as the import does. */
export function createTextReaders(options: TextReadersOptions): Omit<TextReaders, 'line'> {
  const { layout, date, signs, evidence, timeZone } = options
  const dateName = plainWords(layout.names[date] ?? '')
  const amountSigns = { thousands: signs.thousands, kopecks: layout.kopecks }
  return {
    day(text) {
      const cell = unguarded(text)
      evidence.date.add(cell)
      const reading = readDate(cell, signs.dateOrder)
      return reading.ok ? { ok: true, value: dayOf(reading, timeZone) } : reading
    },
    kopecks(text) {
      const cell = unguarded(text)
      evidence.amount.add(cell)
      const reading = readAmount(cell, amountSigns)
      return reading.ok ? { ok: true, value: reading.kopecks } : reading
    },
    phone(text) {
      const reading = readBookPhone(unguarded(text))
      return reading.ok ? { ok: true, value: reading.phone } : reading
    },
    came: (status) => !notCome.test(status),
    isOther: (cells) => cells.some((cell) => total.test(cell)) || plainWords(cells[date] ?? '') === dateName,
  }
}

const dayMs = 86_400_000

function dayOf({ year, month, day, seconds = 0, offsetMinutes }: CellDate, timeZone: string): number {
  const midnight = Date.UTC(year, month - 1, day)
  if (offsetMinutes === undefined) return midnight / dayMs
  const at = midnight + (seconds - offsetMinutes * 60) * 1000
  const shown = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  return Date.UTC(shown.year, shown.month - 1, shown.day) / dayMs
}
