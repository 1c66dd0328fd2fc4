import { fontFamily } from './fonts.ts'
import type { TextStyle } from './fonts.ts'

export interface TextLine extends TextStyle {
  x: number
  /** Of the baseline. */
  y: number
  fill: string
  /** Which side of the words is at `x`. Absent: start. */
  anchor?: 'start' | 'middle' | 'end'
  /** More room between the letters, in pixels. */
  spacing?: number
}

/** A whole SVG document. */
export const svgDocument = (width: number, height: number, ...parts: string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
  `${parts.join('')}</svg>`

/** Words as words: a reader of the SVG finds them, and nothing in them is taken for markup. */
export function textLine(
  words: string,
  { x, y, size, weight, fill, anchor = 'start', spacing }: TextLine,
): string {
  const room = spacing === undefined ? '' : ` letter-spacing="${spacing}"`
  return (
    `<text x="${x}" y="${y}" font-family="${fontFamily}" font-size="${size}" font-weight="${weight}" ` +
    `fill="${fill}" text-anchor="${anchor}"${room}>${escaped(words)}</text>`
  )
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export const rectangle = ({ x, y, width, height }: Box, fill: string, radius = 0): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (words: string): string => words.replaceAll(/[&<>"]/g, (char) => entities[char] ?? '')
