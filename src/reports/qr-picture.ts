/** A coupon as a picture: a ticket with its code, which the client shows at the desk. */
import { showCode } from '../domain/coupon.ts'
import type { Translate } from '../locales.ts'
import { balanced, drawable, fitted, shrunk, wrapped } from './fonts.ts'
import { palette } from './palette.ts'
import { qrSquare } from './qr-square.ts'
import { svgDocument, textLine } from './svg.ts'
import { svgToPng } from './svg-to-png.ts'

export interface Coupon {
  /** Ten letters and digits. */
  code: string
  /** What it is for: "Парафиновый массаж рук". */
  title: string
  /** The last day, in ready words: "31 декабря 2026 г." */
  until: string
  /** What the QR code leads to. Absent: there is none. */
  link?: string | undefined
  /** The salon's name. */
  salon: string
}

const width = 1080
const edge = 56
const center = width / 2
const wordsWidth = width - 2 * edge - 2 * 72
/** Less the room between its letters. */
const codeWidth = wordsWidth - 60
const qrSize = 520
const notch = 34

const salonStyle = { size: 38, weight: 600 } as const
/** Of one or two lines, and of more. */
const titleStyle = { size: 76, weight: 700, lineHeight: 90 } as const
const longTitleStyle = { size: 56, weight: 700, lineHeight: 70 } as const
const middle = { x: center, anchor: 'middle' } as const
const quiet = { ...middle, size: 40, weight: 400, fill: palette.muted } as const
const codeStyle = { size: 96, weight: 700, fill: palette.ink, spacing: 6 } as const

/** The coupon as an SVG, 1080 pixels wide; its height follows from the title and the QR code. */
export function couponSvg({ code, title, until, link, salon }: Coupon, t: Translate): string {
  const what = titleOf(drawable(title))
  const untilY = edge + 214 + what.height
  const tearY = untilY + 76
  const codeY = tearY + 138
  const qrY = codeY + 22
  const showY = link === undefined ? codeY + 88 : qrY + qrSize + 26
  const height = showY + 72 + edge
  const name = { ...middle, ...salonStyle, y: edge + 98, fill: palette.accent }
  const letters = showCode(code)
  const valid = t('pictures.coupon.until', { until: drawable(until) })
  return svgDocument(
    width,
    height,
    ground(height),
    ticket(height, tearY),
    textLine(fitted(drawable(salon), wordsWidth, salonStyle), name),
    what.svg,
    textLine(valid, { ...shrunk(valid, wordsWidth, quiet), y: untilY }),
    textLine(letters, { ...middle, ...shrunk(letters, codeWidth, codeStyle), y: codeY }),
    link === undefined ? '' : qrSquare(link, { x: center - qrSize / 2, y: qrY, size: qrSize }, palette.ink),
    textLine(t('pictures.coupon.show'), { ...quiet, y: showY }),
  )
}

/** @returns what it is for, under the salon's name, and how far it moves down what comes after it */
function titleOf(title: string): { svg: string; height: number } {
  const style = wrapped(title, wordsWidth, titleStyle, 3).length <= 2 ? titleStyle : longTitleStyle
  const lines = balanced(title, wordsWidth, style, 4)
  const first = edge + 142 + style.size
  const { size, weight, lineHeight } = style
  const svg = lines.map((line, index) =>
    textLine(line, { ...middle, size, weight, y: first + index * lineHeight, fill: palette.ink }),
  )
  return { svg: svg.join(''), height: lines.length * lineHeight }
}

/** The coupon as PNG. */
export const couponPicture = async (coupon: Coupon, t: Translate): Promise<Buffer> =>
  svgToPng(couponSvg(coupon, t))

const ground = (height: number): string =>
  '<defs><linearGradient id="ground" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#f0a0a0"/>' +
  '<stop offset="1" stop-color="#a45bc4"/></linearGradient></defs>' +
  `<rect width="${width}" height="${height}" fill="url(#ground)"/>`

/** White, with round corners, a bite at both sides and a dotted line between them. */
function ticket(height: number, tearY: number): string {
  const [left, right, top, bottom, round] = [edge, width - edge, edge, height - edge, 48]
  const corner = (x: number, y: number) => `a${round} ${round} 0 0 1 ${x} ${y}`
  const bite = (y: number) => `a${notch} ${notch} 0 0 0 0 ${y}`
  const outline = [
    `M${left + round} ${top}H${right - round}${corner(round, round)}`,
    `V${tearY - notch}${bite(2 * notch)}V${bottom - round}${corner(-round, round)}`,
    `H${left + round}${corner(-round, -round)}V${tearY + notch}${bite(-2 * notch)}V${top + round}${corner(round, -round)}z`,
  ]
  const tear = `M${left + notch + 26} ${tearY}H${right - notch - 20}`
  return (
    `<path fill="#ffffff" d="${outline.join('')}"/>` +
    `<path stroke="${palette.line}" stroke-width="6" stroke-linecap="round" stroke-dasharray="0 20" d="${tear}"/>`
  )
}
