import { Resvg } from '@resvg/resvg-js'
import { describe, expect, test } from 'vitest'
import { drawable, fitted, fontFiles, widthOf, wrapped } from '../../src/reports/fonts.ts'
import type { Weight } from '../../src/reports/fonts.ts'
import { svgDocument, textLine } from '../../src/reports/svg.ts'

const style = { size: 40, weight: 400 } as const

describe('how wide words are', () => {
  test.each<[string, Weight]>([
    ['Парикмахерский зал', 400],
    ['+42 из 100, −18 %', 600],
    ['Would recommend us', 700],
  ])('"%s" is drawn as wide as it was measured, or a little narrower', (words, weight) => {
    const line = { x: 0, y: 60, size: 40, weight, fill: '#000' }
    const font = { fontFiles: fontFiles(), loadSystemFonts: false }
    const drawn = new Resvg(svgDocument(900, 100, textLine(words, line)), { font }).getBBox()?.width ?? 0
    const measured = widthOf(words, { size: 40, weight })
    expect(drawn).toBeLessThanOrEqual(measured)
    expect(drawn).toBeGreaterThan(measured * 0.93)
  })
})

test.each([
  ['💅 Ногти', 'Ногти'],
  ['Салон «Ёлка» № 1 — 5\u00a0%', 'Салон «Ёлка» № 1 — 5\u00a0%'],
  ['две\nстроки\tи  пробелы ', 'две строки и пробелы'],
  ['й', 'й'],
  ['日本', ''],
])('of "%s" the font can draw "%s"', (text, expected) => expect(drawable(text)).toBe(expected))

test('what does not fit ends with an ellipsis within its place', () => {
  const words = fitted('Наращивание ресниц', 200, style)
  expect(words).toMatch(/^Наращ.*[^ ]…$/)
  expect(widthOf(words, style)).toBeLessThanOrEqual(200)
  expect(fitted('Ногти', 200, style)).toBe('Ногти')
})

test('lines are broken between words, and the last one is cut', () => {
  expect(wrapped('', 300, style, 2)).toEqual([])
  expect(wrapped('Скидка на любой маникюр', 320, style, 3)).toEqual(['Скидка на', 'любой маникюр'])
  expect(wrapped('Скидка на любой маникюр и педикюр', 290, style, 2)).toEqual(['Скидка на', 'любой мани…'])
})
