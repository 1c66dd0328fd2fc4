import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { Cell, StreamedTable, Table } from '../domain/export/parts.ts'
import { harmless } from '../domain/visit-file/formula-guard.ts'

/**
 * A table as CSV, under the columns' names for programs, row by row.
 *
 * UTF-8 with its mark and semicolons, so that a Russian Excel opens it by a double click: without the mark it takes the file for
 * Windows-1251, its lists are separated by semicolons, and 2.9 is a date to it: fractions have a comma. Times are ISO 8601 with the salon's offset.
 */
export async function writeCsv({ columns, rows }: Table | StreamedTable, output: Writable): Promise<void> {
  await pipeline(
    Readable.from(plainRows(rows)),
    stringify({
      bom: true,
      delimiter: ';',
      record_delimiter: '\r\n',
      header: true,
      columns: columns.map(({ key }) => ({ key, header: key })),
      quote_record_delimiter: true,
      cast: { string: harmless, number: (number) => String(number).replace('.', ',') },
    }),
    output,
  )
}

async function* plainRows(rows: Table['rows'] | StreamedTable['rows']) {
  for await (const row of rows) yield row.map(plain)
}

const plain = (cell: Cell): string | number | undefined =>
  typeof cell === 'object' ? cell.toString({ timeZoneName: 'never', smallestUnit: 'second' }) : cell
