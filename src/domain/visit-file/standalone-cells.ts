import type { BookRow, Layout } from './layout.ts'
import { readAmount, readNumber } from './read-amount.ts'
import { readDate, slashedDate } from './read-date.ts'

/**
 * The row's cells for a file of a few rows: what was read by the evidence of the whole column (03/04/2024, 1,500) is written so
 * that it means the same alone. Everything else stays as it is.
 */
export function standaloneCells({ cells }: BookRow, layout: Layout): string[] {
  const written = [...cells]
  const { date, amount } = layout.columns
  if (date !== undefined) written[date] = standaloneDate(cells[date] ?? '', layout)
  if (amount !== undefined) written[amount] = standaloneAmount(cells[amount] ?? '', layout)
  while (written.length < layout.names.length) written.push('')
  return written
}

function standaloneDate(cell: string, { dateOrder }: Layout): string {
  const slashed = slashedDate.exec(cell.trim())
  const date = slashed === null ? undefined : readDate(slashed[0], dateOrder)
  if (slashed === null || date?.ok !== true) return cell
  const [day, month] = [date.day, date.month].map((number) => String(number).padStart(2, '0'))
  return `${day}.${month}.${date.year}${cell.trim().slice(slashed[0].length)}`
}

function standaloneAmount(cell: string, layout: Layout): string {
  const number = readNumber(cell)
  if (number === undefined || number === 'none' || number.unclear === undefined) return cell
  if (!readAmount(cell, layout).ok) return cell
  return `${number.negative ? '-' : ''}${number.whole}${number.decimals}`
}
