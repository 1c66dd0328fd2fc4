/** A sheet for the desk or the mirror: whoever points a phone at it is asked how it was. */
import type { Translate } from '../locales.ts'
import { balanced, drawable, fitted, shrunk, widthOf } from './fonts.ts'
import { qrSquare } from './qr-square.ts'
import { rectangle, svgDocument, textLine } from './svg.ts'
import { svgToPng } from './svg-to-png.ts'

export interface Poster {
  salonName: string
  /** "https://t.me/<bot>?start=survey" */
  telegramLink?: string | undefined
  /** "https://vk.me/<community>?ref=survey" */
  vkLink?: string | undefined
  /** What is given for the answers. */
  reward?: string | undefined
}

/** A5, upright. */
const dpi = 300
const [width, height] = [1748, 2480]
const margin = 140
const center = width / 2
const inner = width - 2 * margin
/** Printers in salons are often black and white, and low on ink. */
const ink = '#000000'
const paper = '#ffffff'

const headline = { size: 230, weight: 700 } as const
const line = { size: 66, weight: 400 } as const
const label = { size: 76, weight: 700 } as const
const address = { size: 56, weight: 400 } as const
const giftStyle = { size: 66, weight: 600 } as const
const middle = { anchor: 'middle', fill: ink } as const

const lineHeight = 88
const headlineY = 540
const gap = 60
/** What stands over and under the code itself. */
const [labelHeight, addressHeight] = [90, 70]

/**
 * The poster as an SVG of 1748 x 2480 pixels.
 * @throws Error when there is no link at all
 */
export function posterSvg({ salonName, telegramLink, vkLink, reward }: Poster, t: Translate): string {
  const codes = [
    { name: t('pictures.poster.telegram'), link: telegramLink },
    { name: t('pictures.poster.vk'), link: vkLink },
  ].flatMap(({ name, link }) => (link === undefined ? [] : [{ name, link }]))
  if (codes.length === 0) throw new Error('A poster needs a bot in Telegram or in VK to lead to')
  const ask = t('pictures.poster.headline')
  const lines = balanced(t('pictures.poster.line'), inner, line, 3)
  const gift =
    reward === undefined ? undefined : rewardBox(t('pictures.poster.reward', { reward: drawable(reward) }))
  const between = { top: headlineY + 60 + lines.length * lineHeight, bottom: gift?.y ?? height - margin }
  return svgDocument(
    width,
    height,
    rectangle({ x: 0, y: 0, width, height }, paper),
    textLine(fitted(drawable(salonName), inner, line), { ...middle, ...line, x: center, y: 240 }),
    textLine(ask, { ...middle, ...shrunk(ask, inner, headline), x: center, y: headlineY }),
    ...lines.map((words, index) =>
      textLine(words, { ...middle, ...line, x: center, y: headlineY + 150 + index * lineHeight }),
    ),
    ...codes.map((code, index) => codeBlock(code, { index, count: codes.length, ...between })),
    gift?.svg ?? '',
  )
}

/** The poster as PNG for printing: A5 at 300 dots an inch. */
export const surveyPoster = async (poster: Poster, t: Translate): Promise<Buffer> =>
  svgToPng(posterSvg(poster, t), { dpi })

interface Place {
  index: number
  count: number
  top: number
  bottom: number
}

/** The messenger's name, its code, and the address for whoever would rather type; in the middle between top and bottom. */
function codeBlock(
  { name, link }: { name: string; link: string },
  { index, count, top, bottom }: Place,
): string {
  const size = count === 1 ? 1040 : (inner - gap) / 2
  const x = count === 1 ? center : margin + size / 2 + index * (size + gap)
  const y = top + (bottom - top - labelHeight - size - addressHeight) / 2 + labelHeight
  const words = readable(link)
  return (
    qrSquare(link, { x: x - size / 2, y, size }, ink) +
    textLine(name, { ...middle, ...label, x, y: y - 14 }) +
    textLine(words, { ...middle, ...shrunk(words, size, address), x, y: y + size + 28 })
  )
}

/** "t.me/lavanda_bot": what is typed by hand; the rest of the address is the code's business. */
function readable(link: string): string {
  const { host, pathname } = new URL(link)
  return `${host}${pathname}`.replace(/\/$/, '')
}

function rewardBox(words: string): { svg: string; y: number } {
  const lines = balanced(words, inner - 160, giftStyle, 3)
  const boxWidth = Math.max(...lines.map((one) => widthOf(one, giftStyle))) + 160
  const boxHeight = lines.length * lineHeight + 96
  const y = height - margin - boxHeight
  const box = `x="${center - boxWidth / 2}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="48"`
  const text = lines.map((one, index) =>
    textLine(one, { ...middle, ...giftStyle, x: center, y: y + 114 + index * lineHeight }),
  )
  return { svg: `<rect ${box} fill="none" stroke="${ink}" stroke-width="6"/>${text.join('')}`, y }
}
