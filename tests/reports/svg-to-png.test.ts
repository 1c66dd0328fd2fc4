import { expect, test } from 'vitest'
import { svgDocument, textLine } from '../../src/reports/svg.ts'
import { svgToPng } from '../../src/reports/svg-to-png.ts'
import { chunks, pixelsOf } from './pixels.ts'

const words = (family: string) =>
  svgDocument(200, 60, textLine('Ёж №1', { x: 0, y: 45, size: 40, weight: 700, fill: '#f00' })).replace(
    'Inter',
    family,
  )

test('words are drawn in the font that came along, whatever font is asked for', async () => {
  const inter = await svgToPng(words('Inter'))
  expect(pixelsOf(inter).data.some((value) => value === 255)).toBe(true)
  expect(inter.equals(await svgToPng(words('Comic Sans MS')))).toBe(true)
})

test('a picture for print says how densely it is to be printed', async () => {
  const [size] = chunks(await svgToPng(words('Inter'), { dpi: 300 }), 'pHYs')
  // 300 dots an inch are 11811 a metre.
  expect([size?.readUInt32BE(0), size?.readUInt32BE(4), size?.readUInt8(8)]).toEqual([11_811, 11_811, 1])
})

test('what is no SVG is an error, and the next picture is drawn all the same', async () => {
  const [broken, whole] = await Promise.allSettled([svgToPng('<svg'), svgToPng(words('Inter'))])
  expect([broken.status, whole.status]).toEqual(['rejected', 'fulfilled'])
})
