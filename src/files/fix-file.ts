import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify'

import { harmless } from '../domain/visit-file/formula-guard.ts'
import type { BookRow, Layout } from '../domain/visit-file/layout.ts'
import { standaloneCells } from '../domain/visit-file/standalone-cells.ts'

/** A file of rows that could not be taken: the same columns, and one that says why. */
export interface FixFile {
  add(row: BookRow, wrong: string): Promise<void>
  /** How many rows it has. */
  count(): number
  end(): Promise<void>
}

/**
 * As a Russian Excel opens it by a double click: UTF-8 with its mark, semicolons. No cell is taken for a formula; row-reader.ts takes
 * the apostrophes off again, so the file can be mended and read like any other.
 * @param header of the column that says what is wrong
 */
export function createFixFile(output: Writable, layout: Layout, header: string): FixFile {
  const csv = stringify({ bom: true, delimiter: ';', record_delimiter: '\r\n', quote_record_delimiter: true })
  csv.pipe(output)
  output.on('error', (error) => csv.destroy(error))
  csv.write([...layout.names, header].map(harmless))
  let count = 0
  return {
    async add(row, wrong) {
      count++
      const cells = [...standaloneCells(row, layout).slice(0, layout.names.length), wrong]
      if (!csv.write(cells.map(harmless))) await once(csv, 'drain')
    },
    count: () => count,
    async end() {
      csv.end()
      await finished(output)
    },
  }
}
