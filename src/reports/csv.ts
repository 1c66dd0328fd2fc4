import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { Cell, Table } from '../domain/export/parts.ts'
import { harmless } from '../domain/visit-file/formula-guard.ts'

/**
 * A table as CSV, under the columns' names for programs, row by row.
 *
 * UTF-8 with its mark and semicolons, so that a Russian Excel opens it by a double click: without the mark it takes the file for
 * Windows-1251, and its lists are separated by semicolons. Times are ISO 8601 with the salon's offset.
 */
export async function writeCsv({ columns, rows }: Table, output: Writable): Promise<void> {
  await pipeline(
    Readable.from(Iterator.from(rows).map((row) => row.map(plain))),
    stringify({
      bom: true,
      delimiter: ';',
      record_delimiter: '\r\n',
      header: true,
      columns: columns.map(({ key }) => ({ key, header: key })),
      quote_record_delimiter: true,
      cast: { string: harmless },
    }),
    output,
  )
}

const plain = (cell: Cell): string | number | undefined =>
  typeof cell === 'object' ? cell.toString({ timeZoneName: 'never', smallestUnit: 'second' }) : cell
