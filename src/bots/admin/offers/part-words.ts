import type { InlineKeyboardButton } from 'telegraf/types'
import type { Desk } from '../desk.ts'
import type { Part } from '../screen.ts'

/** @param problem a key below "offers.wrong" */
export const wrong = (problem: string | undefined, { t }: Desk): (readonly Part[])[] =>
  problem === undefined ? [] : [[`⚠️ ${t(`offers.wrong.${problem}`)}`]]

export const inRows = (buttons: readonly InlineKeyboardButton[], perRow: number): InlineKeyboardButton[][] =>
  Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, row) =>
    buttons.slice(row * perRow, (row + 1) * perRow),
  )
