import { widthOf } from './fonts.ts'
import { palette } from './palette.ts'
import { rectangle, textLine } from './svg.ts'

/** In the right upper corner: that the clients are invented. @param margin of the picture, which is `width` wide */
export function demoMark(words: string, width: number, margin: number): string {
  const style = { size: 36, weight: 700 } as const
  const box = { y: margin - 30, width: widthOf(words, style) + 56, height: 64 }
  const x = width - margin - box.width
  const label = textLine(words, { x: x + 28, y: margin + 15, fill: palette.ink, ...style })
  return rectangle({ x, ...box }, palette.demo, 32) + label
}
