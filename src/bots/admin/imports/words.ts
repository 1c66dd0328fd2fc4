import type { Desk } from '../desk.ts'
import type { Part } from '../screen.ts'

/** "12 345", as the reader's language has it. */
export const shownNumber = (value: number, { language }: Desk): string =>
  new Intl.NumberFormat(language).format(value)

/** A cell or a name from a file, on one line and not too long. */
export function short(text: string, most = 40): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const letters = Array.from(line)
  return letters.length <= most ? line : `${letters.slice(0, most - 1).join('')}…`
}

/** The file's name above a screen; Telegram may not know it. */
export const fileTitle = (name: string): Part => ({ bold: `📄 ${short(name, 60)}`.trim() })
