import { createTranslator } from '../../src/locales.ts'
import { widthOf } from '../../src/reports/fonts.ts'
import type { Weight } from '../../src/reports/fonts.ts'

export const translate = createTranslator({ dir: new URL('../../locales/', import.meta.url) })

/** The text layer of an SVG, in the order of drawing. */
export const wordsOf = (svg: string): string[] =>
  Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, words = '']) => decoded(words))

/** Our own words and where they stand: from their left to their right end, in the pixels of their group. */
export const placesOf = (svg: string): { words: string; left: number; right: number }[] =>
  Array.from(svg.matchAll(ownText), ([, x, size, weight, anchor, spacing, words = '']) => {
    const text = decoded(words)
    const style = { size: Number(size), weight: Number(weight) as Weight }
    const width = widthOf(text, style) + Number(spacing ?? 0) * text.length
    const left = Number(x) - { start: 0, middle: width / 2, end: width }[anchor as 'start' | 'middle' | 'end']
    return { words: text, left, right: left + width }
  })

const ownText =
  /<text x="([^"]*)" y="[^"]*" font-family="Inter" font-size="([^"]*)" font-weight="([^"]*)" fill="[^"]*" text-anchor="([^"]*)"(?: letter-spacing="([^"]*)")?>([^<]*)</g

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }
const decoded = (words: string): string => words.replaceAll(/&\w+;/g, (entity) => entities[entity] ?? entity)
