import { AdviceError } from '../domain/advice-error.ts'
import type { BookRow } from '../domain/visit-file/layout.ts'
import type { ByteSource } from './byte-source.ts'
import type { Book, RowBatch } from './book.ts'
import { readSharedStrings } from './xlsx/shared-strings.ts'
import { readSheet } from './xlsx/sheet.ts'
import { readWorkbook, type SheetPlace } from './xlsx/workbook.ts'
import { openZip, type Zip } from './xlsx/zip.ts'

/**
 * An XLSX book (ECMA-376): its first visible sheet with anything on it. The sheet is unpacked and read as it goes; the texts that
 * its cells share stand in memory as bytes.
 * @throws AdviceError `files.…` for another kind of archive, a broken one, or texts beyond reason
 */
export async function openXlsx(source: ByteSource): Promise<Book> {
  const zip = await openZip(source)
  refuseOthers(zip)
  const { sheets, styles, epoch1904 } = await readWorkbook(zip)
  const texts = zip.has('xl/sharedStrings.xml') ? await readSharedStrings(zip) : undefined
  const rowsOf = ({ part }: SheetPlace) => readSheet(zip, part, { texts, styles, epoch1904 })
  const filled: SheetPlace[] = []
  for (const sheet of sheets) if (await hasCells(rowsOf(sheet))) filled.push(sheet)
  const [sheet, ...others] = filled
  if (sheet === undefined) throw new AdviceError('files.empty')
  return {
    format: { kind: 'xlsx', sheet: sheet.name, otherSheets: others.map(({ name }) => name) },
    sizeBytes: source.sizeBytes,
    batches: () => rowsOf(sheet),
    close: source.close,
  }
}

async function hasCells(batches: AsyncIterable<RowBatch>): Promise<boolean> {
  for await (const { rows } of batches) if (rows.some(isFilled)) return true
  return false
}

const isFilled = ({ cells }: BookRow): boolean => cells.some((cell) => cell !== '')

function refuseOthers(zip: Zip): void {
  if (zip.has('xl/workbook.xml')) return
  if (zip.has('xl/workbook.bin')) throw new AdviceError('files.oldExcel')
  throw new AdviceError(zip.has('content.xml') ? 'files.openDocument' : 'files.archive')
}
