/** An XLSX book read back by nobody who had a hand in writing it: the archive by its directory, the XML by its grammar. */
import { inflateRawSync } from 'node:zlib'

export interface SheetRead {
  name: string
  /** By row and column; a date is a number with a style. Absent cells are undefined. */
  rows: { value: string | number | undefined; styled: boolean }[][]
  /** Rows that stay when the sheet is scrolled. */
  frozenRows: number
}

export function readXlsx(book: Buffer): SheetRead[] {
  const files = unzip(book)
  const text = (name: string): string => {
    const file = files.get(name)
    if (file === undefined) throw new Error(`${name} is not in the book: ${[...files.keys()].join(', ')}`)
    return file.toString('utf8')
  }
  const shared = all(text('xl/sharedStrings.xml'), 'si').map(({ inner }) =>
    unspelt(
      all(inner, 't')
        .map((one) => unescaped(one.inner))
        .join(''),
    ),
  )
  const targets = new Map(
    all(text('xl/_rels/workbook.xml.rels'), 'Relationship').map(({ at }) => [at['Id'], at['Target'] ?? '']),
  )
  return all(text('xl/workbook.xml'), 'sheet').map(({ at }) => {
    const xml = text(`xl/${targets.get(at['r:id'])}`)
    return {
      name: unescaped(at['name'] ?? ''),
      rows: all(xml, 'row').map(({ inner }) => cellsOf(inner, shared)),
      frozenRows: Number(all(xml, 'pane')[0]?.at['ySplit'] ?? 0),
    }
  })
}

function cellsOf(row: string, shared: readonly string[]): SheetRead['rows'][number] {
  const cells: SheetRead['rows'][number] = []
  for (const { at, inner } of all(row, 'c')) {
    const value = all(inner, 'v')[0]?.inner
    if (inner.includes('<f')) throw new Error(`a formula in ${at['r']}: ${inner}`)
    cells[columnOf(at['r'] ?? '')] = {
      value: value === undefined ? undefined : at['t'] === 's' ? shared[Number(value)] : Number(value),
      styled: at['s'] !== undefined,
    }
  }
  return Array.from(cells, (cell) => cell ?? { value: undefined, styled: false })
}

/** "AB7" -> 27 */
const columnOf = (address: string): number =>
  Array.from(address.replace(/\d/g, '')).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

interface Element {
  at: Record<string, string>
  inner: string
}

/** The elements of this name, which never contain one another here. */
function all(xml: string, name: string): Element[] {
  const pattern = new RegExp(`<${name}((?:\\s+[\\w:]+="[^"]*")*)\\s*(?:/>|>([\\s\\S]*?)</${name}>)`, 'g')
  return [...xml.matchAll(pattern)].map(([, attributes = '', inner = '']) => ({
    at: Object.fromEntries(
      [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = '', value = '']): [string, string] => [
        key,
        value,
      ]),
    ),
    inner,
  }))
}

/** XML 1.0: line ends are made one, then entities are what they stand for. */
const unescaped = (text: string): string => {
  if (/(?![\t\n\r\x7F-\x9F])[\p{Cc}\uFFFE\uFFFF]/u.test(text)) throw new Error('a character that XML forbids')
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '')
}
const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/** ST_Xstring: _xHHHH_ is the UTF-16 unit of that number. */
const unspelt = (text: string): string =>
  text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

const endOfDirectory = 0x06054b50

function unzip(archive: Buffer): Map<string, Buffer> {
  let end = archive.length - 22
  while (archive.readUInt32LE(end) !== endOfDirectory) end -= 1
  const files = new Map<string, Buffer>()
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      archive.readUInt16LE(at + offset),
    )
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength!)
    const local = archive.readUInt32LE(at + 42)
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const packed = archive.subarray(from, from + archive.readUInt32LE(at + 20))
    files.set(name, archive.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed))
    at += 46 + nameLength! + extraLength! + commentLength!
  }
  return files
}
