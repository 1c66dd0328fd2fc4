import type { RichText } from './conversation.ts'

export type Part = string | { bold: string }

/** Joins parts to one text and notes where the bold ones stand. */
export function rich(...parts: Part[]): RichText {
  let text = ''
  const bold: RichText['bold'] = []
  for (const part of parts) {
    if (typeof part !== 'string' && part.bold !== '')
      bold.push({ offset: text.length, length: part.bold.length })
    text += typeof part === 'string' ? part : part.bold
  }
  return { text, bold }
}
