/** Where the cells of a row are in the bytes: the first byte, and the one after the last. */
export interface Cells {
  bytes: Uint8Array
  starts: Int32Array
  ends: Int32Array
  /** How many cells the row has, as far as they are looked at. */
  count: number
}

export interface RowScannerOptions {
  /** The delimiter's byte. */
  delimiter: number
  /** Cells beyond so many are passed over. */
  columns: number
  /** Told of each row that is not empty, and of its number as a spreadsheet counts (the first is 1). The cells are good until it returns. */
  onRow: (cells: Cells, row: number) => void
  /** The bytes of the last rows are about to be gone. */
  onPart?: () => void
}

export interface RowScanner {
  /**
   * Reads rows from `bytes`, which may be changed on the way (doubled quotes are made single ones in place).
   * @param last there is nothing after these bytes
   * @returns how many bytes are done with: the rest is the beginning of a row and is to come again, with what follows
   */
  scan(bytes: Uint8Array, last: boolean): number
}

const [quote, lineFeed, carriageReturn, space] = [34, 10, 13, 32]
/** A quoted cell that is longer was never closed: its quote was a letter. */
const longestCell = 1 << 20

/** CSV as RFC 4180 says and as spreadsheets write it: quoted cells with delimiters, line breaks and doubled quotes in them, CRLF, LF and CR. */
export function createRowScanner({ delimiter, columns, onRow, onPart }: RowScannerOptions): RowScanner {
  const cells: Cells = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(columns),
    ends: new Int32Array(columns),
    count: 0,
  }
  const { starts, ends } = cells
  let row = 0
  /** Cells of this row with doubled quotes in them. */
  const doubled: number[] = []

  function closeCell(column: number, start: number, end: number): void {
    if (column >= columns) return
    starts[column] = start
    ends[column] = end
  }

  /**
   * A cell that begins with a quote.
   * @returns where it ends: at a delimiter, a line break, or the end; -1: it goes on in what follows
   */
  function quoted(bytes: Uint8Array, start: number, column: number, last: boolean): number {
    let at = start + 1
    let hasDoubled = false
    for (;;) {
      at = bytes.indexOf(quote, at)
      if (at < 0 || at - start > longestCell) {
        if (at < 0 && !last && bytes.length - start <= longestCell) return -1
        return unquoted(bytes, start, column, last)
      }
      if (at + 1 === bytes.length && !last) return -1
      if (bytes[at + 1] !== quote) break
      hasDoubled = true
      at += 2
    }
    let end = at + 1
    while (end < bytes.length && bytes[end] === space) end++
    if (end === bytes.length && !last) return -1
    if (end < bytes.length && !isEnd(bytes[end] as number, delimiter))
      return unquoted(bytes, start, column, last)
    closeCell(column, start + 1, at)
    if (hasDoubled && column < columns) doubled.push(column)
    return end
  }

  function unquoted(bytes: Uint8Array, start: number, column: number, last: boolean): number {
    let at = start
    while (at < bytes.length && !isEnd(bytes[at] as number, delimiter)) at++
    if (at === bytes.length && !last) return -1
    closeCell(column, start, at)
    return at
  }

  function tell(bytes: Uint8Array, count: number): void {
    row++
    cells.count = count < columns ? count : columns
    for (const column of doubled)
      ends[column] = singled(bytes, starts[column] as number, ends[column] as number)
    doubled.length = 0
    onRow(cells, row)
  }

  /** @returns where the row after the one at `from` begins; -1: the row goes on in what follows */
  function scanRow(bytes: Uint8Array, from: number, last: boolean): number {
    const length = bytes.length
    let [at, start, column] = [from, from, 0]
    for (;;) {
      if (bytes[start] === quote && start < length) {
        at = quoted(bytes, start, column, last)
        if (at < 0) return -1
      } else {
        let byte = 0
        while (at < length) {
          byte = bytes[at] as number
          if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break
          at++
        }
        if (column < columns) {
          starts[column] = start
          ends[column] = at
        }
      }
      column++
      if (at >= length || bytes[at] !== delimiter) break
      start = ++at
    }
    if (at >= length && !last) return -1
    let next = at + 1
    if (bytes[at] === carriageReturn) {
      // A line feed may follow.
      if (next >= length && !last) return -1
      if (bytes[next] === lineFeed) next++
    }
    if (column > 1 || ends[0] !== starts[0]) tell(bytes, column)
    else row++
    return next
  }

  return {
    scan(bytes, last) {
      cells.bytes = bytes
      let from = 0
      while (from < bytes.length) {
        doubled.length = 0
        const next = scanRow(bytes, from, last)
        if (next < 0) break
        from = next
      }
      onPart?.()
      return Math.min(from, bytes.length)
    },
  }
}

const isEnd = (byte: number, delimiter: number): boolean =>
  byte === delimiter || byte === lineFeed || byte === carriageReturn

/** Makes doubled quotes single ones in place. @returns the new end */
function singled(bytes: Uint8Array, start: number, end: number): number {
  let to = start
  for (let from = start; from < end; from++) {
    bytes[to++] = bytes[from] as number
    if (bytes[from] === quote && bytes[from + 1] === quote) from++
  }
  return to
}
