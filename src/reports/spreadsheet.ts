import writeExcelFile from 'write-excel-file/node'
import type { Cell as ExcelCell, Sheet } from 'write-excel-file/node'
import { AdviceError } from '../domain/advice-error.ts'
import type { Cell, Column, Table } from '../domain/export/parts.ts'
import type { Translate } from '../domain/survey-words.ts'

/** Beyond that the library, which makes the whole book in memory, takes more than a small server has. */
export const maxCells = 2_000_000

/**
 * Tables as an XLSX book, a sheet each, under the columns' names for people.
 * @param t says `export.cut`
 * @throws AdviceError `export.tooBig`
 */
export async function spreadsheet(tables: readonly Table[], t: Translate): Promise<Buffer> {
  const cells = tables.reduce((sum, { columns, rowCount }) => sum + columns.length * rowCount, 0)
  if (cells > maxCells) throw new AdviceError('export.tooBig')
  return writeExcelFile(tables.map((table) => sheetOf(table, t))).toBuffer()
}

const sheetOf = (table: Table, t: Translate): Sheet<never> => {
  const isBook = table.name.endsWith('codebook')
  return {
    sheet: table.title,
    stickyRowsCount: 1,
    dateFormat: 'yyyy-mm-dd hh:mm',
    columns: table.columns.map((column) => ({ width: widthOf(column, isBook) })),
    data: [
      table.columns.map(({ header }) => ({
        ...textCell(header, t),
        fontWeight: 'bold',
        wrap: true,
        alignVertical: 'top',
      })),
      ...Iterator.from(table.rows).map((row) => row.map((cell) => excelCell(cell, t, isBook))),
    ],
  }
}

function excelCell(cell: Cell, t: Translate, wrap: boolean): ExcelCell {
  if (cell === undefined || cell === '') return null
  if (typeof cell === 'number') return cell
  if (typeof cell === 'object') return asWallClock(cell)
  return wrap ? { ...textCell(cell, t), wrap, alignVertical: 'top' } : textCell(cell, t)
}

/** A text whatever it looks like: "=1+1" is no formula. */
const textCell = (text: string, t: Translate) => ({ value: excelText(shortened(text, t)), type: String })

/** Excel's times know no zone: what the salon's clock showed, to the second. The library reads a Date's UTC. */
const asWallClock = (time: Temporal.ZonedDateTime): Date => {
  const shown = time.toPlainDateTime().round({ smallestUnit: 'second', roundingMode: 'trunc' })
  return new Date(shown.toZonedDateTime('UTC').epochMilliseconds)
}

/** What Excel takes into a cell, in UTF-16 units, and what is kept of a longer text to leave room for saying so. */
const cellLength = 32_767
const keptLength = 32_600

function shortened(text: string, t: Translate): string {
  if (text.length <= cellLength) return text
  // Half a letter is none.
  const kept = text.slice(0, keptLength).replace(/[\uD800-\uDBFF]$/, '')
  return `${kept}${t('export.cut', { kept: kept.length, all: text.length })}`
}

/**
 * What XML can't hold, or the library would drop, in Excel's own spelling (ECMA-376 part 1, 22.9.2.19, ST_Xstring): "_x000D_".
 * Texts that look like that spelling are spelt so that they stay as they were.
 */
function excelText(text: string): string {
  const spelt = text
    .toWellFormed()
    .replaceAll(/_(?=x[\da-f]{4}_)/gi, spell)
    .replaceAll(/(?![\t\n])[\p{Cc}\p{Noncharacter_Code_Point}\uFFFD]/gu, spell)
  // The library looks texts up in an object, where it would find what every object has ("constructor").
  return spelt in Object.prototype ? `${spell(spelt.slice(0, 1))}${spelt.slice(1)}` : spelt
}

const spell = (letter: string): string =>
  Array.from(
    { length: letter.length },
    (_, at) => `_x${letter.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}_`,
  ).join('')

const bookWidths: Readonly<Record<string, number>> = { question: 60, values: 40, header: 40, column: 28 }

/** In characters. */
function widthOf({ key, type, header }: Column, isBook: boolean): number {
  if (isBook) return bookWidths[key] ?? 16
  if (type === 'time') return 17
  return Math.min(Math.max(header.length, 10), type === 'text' ? 40 : 18)
}
