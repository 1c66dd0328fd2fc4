import { detectDelimiter, type Delimiter } from '../detect-delimiter.ts'
import { detectEncoding, type Encoding } from '../detect-encoding.ts'
import { createRowScanner } from './row-scanner.ts'

/** How a CSV file is written, and its first rows. */
export interface CsvHead {
  encoding: Encoding
  delimiter: Delimiter
  /** Bytes at the beginning that belong to no row: the encoding's mark, a line "sep=;". */
  skip: number
  /** With their numbers, as a spreadsheet counts. */
  rows: { number: number; cells: string[] }[]
}

/** So many columns are looked at. */
const mostColumns = 200

/**
 * @param head the beginning of the file
 * @param whole whether that is all of it
 */
export function readCsvHead(head: Buffer, whole: boolean): CsvHead {
  const encoding = detectEncoding(head)
  const text = new TextDecoder(encoding).decode(head, { stream: !whole })
  const { delimiter, skip } = detectDelimiter(text)
  const rows: CsvHead['rows'] = []
  const onRow: Parameters<typeof createRowScanner>[0]['onRow'] = ({ bytes, starts, ends, count }, row) => {
    const cells = Array.from({ length: count }, (_, at) => decode(bytes.subarray(starts[at], ends[at])))
    rows.push({ number: row, cells })
  }
  createRowScanner({ delimiter: delimiter.charCodeAt(0), columns: mostColumns, onRow }).scan(
    Buffer.from(text.slice(skip)),
    whole,
  )
  // What the detection passes over is plain letters: a byte each, two in UTF-16.
  const width = encoding.startsWith('utf-16') ? 2 : 1
  return { encoding, delimiter, skip: markLength(head, encoding) + skip * width, rows }
}

const utf8 = new TextDecoder()
const decode = (bytes: Uint8Array): string => utf8.decode(bytes)

function markLength(head: Buffer, encoding: Encoding): number {
  if (encoding === 'utf-8') return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  return encoding.startsWith('utf-16') && (head[0] === 0xff || head[0] === 0xfe) ? 2 : 0
}
