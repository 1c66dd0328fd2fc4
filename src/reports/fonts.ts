/** Inter, the only font of the pictures: its files, and how wide words are in it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export const fontFamily = 'Inter'

export type Weight = 400 | 600 | 700

export interface TextStyle {
  /** Font size in pixels. */
  size: number
  weight: Weight
}

const names = { 400: '400Regular', 600: '600SemiBold', 700: '700Bold' } as const
const weights: readonly Weight[] = [400, 600, 700]

/** Paths of the TTF files: a package brings them along, because the machine's own fonts are anybody's guess. */
export const fontFiles = (): string[] => weights.map(fileOf)

/** How wide `text` stands, in pixels. Kerning is left out, so it is drawn a little narrower rather than wider. */
export function widthOf(text: string, { size, weight }: TextStyle): number {
  const { unitsPerEm, advanceOf } = fontOf(weight)
  let units = 0
  for (const char of text) units += advanceOf(char.codePointAt(0) ?? 0) ?? 0
  return (units * size) / unitsPerEm
}

/** The text without what the font can't draw (emoji above all), which would be empty boxes. */
export function drawable(text: string): string {
  const { advanceOf } = fontOf(400)
  const known = Array.from(text.normalize('NFC'), (char) =>
    /[\t\n\r]/.test(char) ? ' ' : advanceOf(char.codePointAt(0) ?? 0) === undefined ? '' : char,
  )
  return known.join('').replaceAll(/ +/g, ' ').trim()
}

/** The text, or as much of it as stands in `maxWidth` pixels with an ellipsis at the end. */
export function fitted(text: string, maxWidth: number, style: TextStyle): string {
  if (widthOf(text, style) <= maxWidth) return text
  const letters = Array.from(text)
  let length = letters.length - 1
  const cut = () => `${letters.slice(0, length).join('').trimEnd()}…`
  while (length > 1 && widthOf(cut(), style) > maxWidth) length -= 1
  return cut()
}

/** The style, made smaller where `text` would be wider than `maxWidth` pixels. */
export function shrunk<Style extends TextStyle>(text: string, maxWidth: number, style: Style): Style {
  const width = widthOf(text, style)
  return width <= maxWidth ? style : { ...style, size: Math.floor((style.size * maxWidth) / width) }
}

/** The text in at most `maxLines` lines of `maxWidth` pixels, broken between words; what is left over is cut. */
export function wrapped(text: string, maxWidth: number, style: TextStyle, maxLines: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    const fits = widthOf(longer, style) <= maxWidth || lines.length === maxLines
    if (last !== undefined && fits) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.map((line) => fitted(line, maxWidth, style))
}

/** As `wrapped`, in lines of much the same length: for words that stand in the middle. */
export function balanced(text: string, maxWidth: number, style: TextStyle, maxLines: number): string[] {
  const widest = wrapped(text, maxWidth, style, maxLines)
  let lines = widest
  for (let width = maxWidth * 0.95; width > maxWidth / 3; width -= maxWidth * 0.05) {
    const narrower = wrapped(text, width, style, maxLines)
    if (narrower.length > widest.length || narrower.join(' ') !== widest.join(' ')) return lines
    lines = narrower
  }
  return lines
}

interface Font {
  unitsPerEm: number
  /** In font units; undefined: the font has no such character. */
  advanceOf(codePoint: number): number | undefined
}

const require = createRequire(import.meta.url)
const fileOf = (weight: Weight): string =>
  require.resolve(`@expo-google-fonts/inter/${names[weight]}/Inter_${names[weight]}.ttf`)

const read = new Map<Weight, Font>()

function fontOf(weight: Weight): Font {
  const known = read.get(weight) ?? readFont(readFileSync(fileOf(weight)))
  read.set(weight, known)
  return known
}

/** The tables that tell widths (OpenType 1.9: head, hhea, hmtx, and cmap of format 4, which has all letters but emoji). */
function readFont(file: Buffer): Font {
  const unitsPerEm = tableOf(file, 'head').readUInt16BE(18)
  const advances = tableOf(file, 'hhea').readUInt16BE(34)
  const hmtx = Buffer.from(tableOf(file, 'hmtx').subarray(0, advances * 4))
  const glyphOf = readCharacterMap(Buffer.from(tableOf(file, 'cmap')))
  return {
    unitsPerEm,
    advanceOf(codePoint) {
      const glyph = glyphOf(codePoint)
      return glyph === 0 ? undefined : hmtx.readUInt16BE(Math.min(glyph, advances - 1) * 4)
    },
  }
}

function tableOf(file: Buffer, tag: string): Buffer {
  const count = file.readUInt16BE(4)
  for (let at = 12; at < 12 + count * 16; at += 16) {
    if (file.toString('latin1', at, at + 4) !== tag) continue
    const offset = file.readUInt32BE(at + 8)
    return file.subarray(offset, offset + file.readUInt32BE(at + 12))
  }
  throw new Error(`A font without the table "${tag}": npm ci brings it again`)
}

/** @returns code point -> glyph, 0 for none */
function readCharacterMap(cmap: Buffer): (codePoint: number) => number {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.readUInt32BE(8 + index * 8),
  )
  const start = subtables.find((offset) => cmap.readUInt16BE(offset) === 4)
  if (start === undefined)
    throw new Error('A font without a character map of format 4: npm ci brings it again')
  const segments = cmap.readUInt16BE(start + 6) / 2
  const [ends, starts] = [start + 14, start + 16 + segments * 2]
  const [deltas, ranges] = [starts + segments * 2, starts + segments * 4]
  return (codePoint) => {
    if (codePoint > 0xffff) return 0
    let segment = 0
    while (segment < segments && cmap.readUInt16BE(ends + segment * 2) < codePoint) segment += 1
    const first = segment < segments ? cmap.readUInt16BE(starts + segment * 2) : Infinity
    if (codePoint < first) return 0
    const delta = cmap.readUInt16BE(deltas + segment * 2)
    const rangeAt = ranges + segment * 2
    const range = cmap.readUInt16BE(rangeAt)
    if (range === 0) return (codePoint + delta) & 0xffff
    const glyph = cmap.readUInt16BE(rangeAt + range + (codePoint - first) * 2)
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff
  }
}
