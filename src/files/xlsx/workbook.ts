import { hearXml } from './xml.ts'
import type { Zip } from './zip.ts'

export interface SheetPlace {
  name: string
  /** Its name in the archive. */
  part: string
}

/** What a number with this style shows. */
export type CellStyle = 'number' | 'date' | 'time'

export interface Workbook {
  /** The visible ones, in their order. */
  sheets: SheetPlace[]
  styles: CellStyle[]
  /** Days are counted from 1904: books of old Macs. */
  epoch1904: boolean
}

/** What a book says about its sheets. */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const targets = new Map<string, string>()
  await hearXml(zip.read('xl/_rels/workbook.xml.rels'), {
    open(name, { Id, Target, Type }) {
      if (name === 'Relationship' && Type?.endsWith('/worksheet') === true)
        targets.set(Id ?? '', Target ?? '')
    },
  })
  const sheets: SheetPlace[] = []
  let epoch1904 = false
  await hearXml(zip.read('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') epoch1904 = /^(1|true)$/.test(attributes['date1904'] ?? '')
      if (name !== 'sheet' || /hidden/i.test(attributes['state'] ?? '')) return
      const target = targets.get(relationOf(attributes))
      const part = target?.startsWith('/') === true ? target.slice(1) : `xl/${target}`
      if (target !== undefined && zip.has(part)) sheets.push({ name: attributes['name'] ?? '', part })
    },
  })
  return { sheets, styles: zip.has('xl/styles.xml') ? await readStyles(zip) : [], epoch1904 }
}

const relationOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? ''

async function readStyles(zip: Zip): Promise<CellStyle[]> {
  const formats = new Map<number, string>()
  const styles: CellStyle[] = []
  let inCellFormats = false
  await hearXml(zip.read('xl/styles.xml'), {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt') formats.set(Number(numFmtId), formatCode ?? '')
      if (name === 'cellXfs') inCellFormats = true
      if (name === 'xf' && inCellFormats)
        styles.push(styleOf(formats.get(Number(numFmtId)), Number(numFmtId ?? 0)))
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return styles
}

/** ECMA-376 part 1, 18.8.30: numbers 14 to 22 and 45 to 47 are known to every program, 27 to 36 and 50 to 58 in East Asia. */
function styleOf(code: string | undefined, id: number): CellStyle {
  if (code === undefined) {
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return 'time'
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : 'number'
  }
  // Words in quotes and what stands in brackets ([Red], [$-419]) show nothing of the number, but [h] does.
  const signs = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]
    ?.replaceAll(/general|standard|основной/gi, '')
  if (signs === undefined || /[0#?]/.test(signs.replaceAll(/s[.,]0+/gi, ''))) return 'number'
  if (/[dyдг]/i.test(signs) || (/m/i.test(signs) && !/[hs]/i.test(signs))) return 'date'
  return /[hsч]/i.test(signs) ? 'time' : 'number'
}
