import type { RichText } from '../flows/conversation.ts'

/**
 * Cuts a text into parts of at most `maxLength` UTF-16 units: between paragraphs where it can, else between lines, else
 * between words, and only a longer word inside. Bold stretches are cut along.
 * @returns the text itself when it is short enough; parts without blanks at their ends otherwise
 */
export function splitText(text: RichText, maxLength: number): RichText[] {
  const parts: RichText[] = []
  let from = 0
  while (text.text.length - from > maxLength) {
    const to = from + cutAt(text.text.slice(from, from + maxLength + 1), maxLength)
    parts.push(slice(text, from, to))
    from = to
  }
  if (parts.length === 0) return [text]
  parts.push(slice(text, from, text.text.length))
  return parts.filter((part) => part.text !== '')
}

/** @param window the next `maxLength` units and the one that follows */
function cutAt(window: string, maxLength: number): number {
  for (const border of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(border)
    // A border near the beginning would leave an almost empty message.
    if (at >= maxLength / 2 || (border === ' ' && at > 0)) return at
  }
  return isSurrogatePair(window, maxLength) ? maxLength - 1 : maxLength
}

function isSurrogatePair(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(at - 1, at + 1))
}

function slice({ text, bold }: RichText, from: number, to: number): RichText {
  const raw = text.slice(from, to)
  const start = from + raw.length - raw.trimStart().length
  const end = Math.max(start, from + raw.trimEnd().length)
  const within = bold.flatMap(({ offset, length }) => {
    const first = Math.max(offset, start)
    const last = Math.min(offset + length, end)
    return last > first ? [{ offset: first - start, length: last - first }] : []
  })
  return { text: text.slice(start, end), bold: within }
}
