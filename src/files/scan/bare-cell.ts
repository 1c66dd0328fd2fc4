/** Cells without the blanks around them. */
import type { Cells } from './row-scanner.ts'

const isBlank = (byte: number | undefined): boolean => byte === 32 || byte === 9

/** Where the cell's text begins, behind blanks; 0 where there is no cell. */
export function startOf({ bytes, starts, ends, count }: Cells, column: number): number {
  if (column < 0 || column >= count) return 0
  let start = starts[column] as number
  const end = ends[column] as number
  while (start < end && isBlank(bytes[start])) start++
  return start
}

/** Where it ends, before blanks. @param start of `startOf` */
export function endOf({ bytes, ends, count }: Cells, column: number, start: number): number {
  if (column < 0 || column >= count) return 0
  let end = ends[column] as number
  while (end > start && isBlank(bytes[end - 1])) end--
  return end
}

export function textOf(cells: Cells, column: number, decode: (bytes: Uint8Array) => string): string {
  const start = startOf(cells, column)
  return decode(cells.bytes.subarray(start, endOf(cells, column, start))).trim()
}

/** Whether the row has nothing but blanks, as far as it is looked at. */
export function isEmpty(cells: Cells): boolean {
  for (let column = 0; column < cells.count; column++) {
    const start = startOf(cells, column)
    if (start < endOf(cells, column, start)) return false
  }
  return true
}
