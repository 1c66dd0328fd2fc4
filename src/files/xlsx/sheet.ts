import type { BookRow } from '../../domain/visit-file/layout.ts'
import type { RowBatch } from '../book.ts'
import { showDate, showNumber, showTime } from './cell-text.ts'
import { unspelt } from './shared-strings.ts'
import type { Texts } from './texts.ts'
import type { CellStyle } from './workbook.ts'
import { createXmlReader, type XmlEars } from './xml.ts'
import type { Zip } from './zip.ts'

/** What a sheet's cells mean. */
export interface SheetMeans {
  texts: Texts | undefined
  styles: readonly CellStyle[]
  epoch1904: boolean
}

const batchRows = 2000
/** Excel's own limit. */
const mostColumns = 16_384

/** The rows of a sheet with their numbers; rows that are not in the file are empty ones, and are left out. */
export async function* readSheet(zip: Zip, part: string, means: SheetMeans): AsyncGenerator<RowBatch> {
  const collector = createCollector(means)
  const reader = createXmlReader(collector.ears)
  let bytesRead = 0
  const share = () => Math.min(1, bytesRead / Math.max(1, zip.sizeBytes(part)))
  for await (const piece of zip.read(part)) {
    bytesRead += piece.length
    reader.write(piece)
    if (collector.rows.length >= batchRows) yield { rows: collector.rows.splice(0), share: share() }
  }
  reader.end()
  if (collector.rows.length > 0) yield { rows: collector.rows.splice(0), share: 1 }
}

function createCollector(means: SheetMeans): { rows: BookRow[]; ears: XmlEars } {
  const rows: BookRow[] = []
  let cells: string[] | undefined
  let [number, column] = [0, -1]
  let cell: { type: string; style: number; text: string } | undefined
  let [listening, inReading] = [false, false]
  return {
    rows,
    ears: {
      open(name, attributes) {
        if (name === 'row') {
          number = attributes['r'] === undefined ? number + 1 : Number(attributes['r'])
          ;[cells, column] = [[], -1]
        } else if (name === 'c') {
          column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r'])
          cell = { type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), text: '' }
        } else if (name === 'v' || name === 't') listening = !inReading
        else if (name === 'rPh') inReading = true
      },
      text(piece) {
        if (listening && cell !== undefined) cell.text += piece
      },
      close(name) {
        if (name === 'v' || name === 't') listening = false
        else if (name === 'rPh') inReading = false
        else if (name === 'c' && cells !== undefined && cell !== undefined && column < mostColumns) {
          while (cells.length < column) cells.push('')
          cells[column] = textOf(cell, means)
          cell = undefined
        } else if (name === 'row' && cells !== undefined) {
          rows.push({ number, cells })
          cells = undefined
        }
      },
    },
  }
}

/** "C12" is 2. */
function columnOf(place: string): number {
  let column = 0
  for (let at = 0; at < place.length; at++) {
    const letter = place.charCodeAt(at) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column - 1
}

interface Cell {
  type: string
  style: number
  text: string
}

/** ECMA-376 part 1, 18.18.11, ST_CellType. */
function textOf({ type, style, text }: Cell, { texts, styles, epoch1904 }: SheetMeans): string {
  if (type === 's') return texts?.at(Number(text)) ?? ''
  if (type === 'str' || type === 'inlineStr') return unspelt(text)
  if (type !== 'n' || text === '') return text
  const value = Number(text)
  if (!Number.isFinite(value)) return text
  const shown = styles[style] ?? 'number'
  if (shown === 'number' || value < 0) return showNumber(value, text)
  return shown === 'time' || value < 1 ? showTime(value) : showDate(value, epoch1904)
}
