import type { Cells } from './row-scanner.ts'

/** Makes rows of texts (of a workbook, say) what the row scanner makes of bytes. The cells are good until the next row. */
export function createTextRow(columns: number): (row: readonly string[]) => Cells {
  const encoder = new TextEncoder()
  let bytes = new Uint8Array(1 << 12)
  const starts = new Int32Array(columns)
  const ends = new Int32Array(columns)
  return (row) => {
    const count = Math.min(columns, row.length)
    // A unit of UTF-16 is at most three bytes of UTF-8.
    const most = row.reduce((sum, cell) => sum + cell.length * 3, 0)
    if (most > bytes.length) bytes = new Uint8Array(most * 2)
    let at = 0
    for (let column = 0; column < count; column++) {
      starts[column] = at
      at += encoder.encodeInto(row[column] ?? '', bytes.subarray(at)).written
      ends[column] = at
    }
    return { bytes, starts, ends, count }
  }
}
