import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitText } from '../../src/bots/split-text.ts'

const plain = (text: string) => ({ text, bold: [] })

test('a text that fits is left as it is', () => {
  const text = { text: ' два слова ', bold: [{ offset: 1, length: 3 }] }
  expect(splitText(text, 11)).toEqual([text])
})

test.each([
  ['between paragraphs', 'один два\n\nтри четыре', 'один два|три четыре'],
  ['between lines', 'один два три\nчетыре', 'один два три|четыре'],
  ['between words', 'одинодин двадва три', 'одинодин двадва|три'],
  ['inside a word that is too long', 'а'.repeat(20), `${'а'.repeat(16)}|${'а'.repeat(4)}`],
  ['not inside an emoji', `${'а'.repeat(15)}😀б`, `${'а'.repeat(15)}|😀б`],
])('a long text is cut %s', (_, text, parts) => {
  expect(
    splitText(plain(text), 16)
      .map((part) => part.text)
      .join('|'),
  ).toBe(parts)
})

test('no part is over the limit, no letter and no bold letter is lost', () => {
  const letters = fc.string({ unit: fc.constantFrom('а', 'б', ' ', '\n', '😀'), maxLength: 200 })
  fc.assert(
    fc.property(
      letters,
      fc.integer({ min: 8, max: 40 }),
      fc.nat(),
      fc.nat(),
      (text, maxLength, offset, length) => {
        const from = Math.min(offset, text.length)
        const bold = [{ offset: from, length: Math.min(length, text.length - from) }]
        const parts = splitText({ text, bold }, maxLength)
        const solid = (part: string) => part.replaceAll(/\s/g, '')
        for (const part of parts) expect(part.text.length).toBeLessThanOrEqual(maxLength)
        expect(parts.map((part) => solid(part.text)).join('')).toBe(solid(text))
        const boldOf = parts.flatMap((part) =>
          part.bold.map((mark) => part.text.slice(mark.offset, mark.offset + mark.length)),
        )
        expect(solid(boldOf.join(''))).toBe(solid(text.slice(from, from + (bold[0]?.length ?? 0))))
      },
    ),
  )
})
