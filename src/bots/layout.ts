import type { Button, ButtonGroup } from '../flows/conversation.ts'

/** How much of a keyboard a platform shows under one message. */
export interface LayoutLimits {
  perRow: number
  rows: number
  buttons: number
  /** UTF-16 units of a label; longer ones end with an ellipsis. */
  labelLength: number
}

/** A row takes 8 buttons (a scale of 1-7 is one row), a message 100. */
export const telegramLimits: LayoutLimits = { perRow: 8, rows: 100, buttons: 100, labelLength: 64 }

/** Inline keyboards: dev.vk.com, "Bots: keyboards". */
export const vkLimits: LayoutLimits = { perRow: 5, rows: 6, buttons: 10, labelLength: 40 }

/** Two options side by side stay readable on a phone up to these lengths: comfortably, and just. */
const pairLengths = [16, 22]
/** Three controls in a row have room for so many letters together. */
const controlsRowLength = 36

/**
 * Arranges the buttons of a card in rows. Answers always fit or it throws; controls (back, skip...) are left out from the
 * last one on where there is no room, because they can be typed.
 * @returns rows that keep all `limits`; none is empty
 * @throws Error with advice when the answers alone don't fit
 */
export function layout(groups: ButtonGroup[], limits: LayoutLimits): Button[][] {
  const controls = groups.flatMap(({ kind, buttons }) => (kind === 'controls' ? buttons : [])).length
  const tightnesses = limits.perRow + pairLengths.length
  // First a little less air, so that all controls stay; then fewer controls; then rows as full as they may be.
  const attempts = [{ tightness: 0, kept: controls }]
  for (let tightness = 1; tightness < tightnesses; tightness += 1) {
    for (let kept = controls; kept >= 0; kept -= 1) attempts.push({ tightness, kept })
  }
  for (const { tightness, kept } of attempts) {
    const rows = arrange(groups, kept, tightness, limits)
    if (fits(rows, limits))
      return rows.map((row) => row.map((button) => shortened(button, limits.labelLength)))
  }
  throw new Error(
    `A card has ${groups.flatMap(({ buttons }) => buttons).length - controls} answers, the platform has room for ` +
      `${limits.buttons} buttons in ${limits.rows} rows of ${limits.perRow}: show the answers in pages or ask in two steps`,
  )
}

function fits(rows: Button[][], limits: LayoutLimits): boolean {
  return rows.length <= limits.rows && rows.flat().length <= limits.buttons
}

function arrange(groups: ButtonGroup[], kept: number, tightness: number, limits: LayoutLimits): Button[][] {
  let controlsLeft = kept
  return groups.flatMap(({ kind, buttons }) => {
    switch (kind) {
      case 'scale':
        return evenRows(buttons, limits.perRow)
      case 'options':
        return pack(buttons, (row, next) => optionFits(row, next, tightness, limits.perRow))
      case 'controls': {
        const shown = buttons.slice(0, controlsLeft)
        controlsLeft -= shown.length
        return pack(shown, (row, next) => controlFits(row, next, tightness, limits.perRow))
      }
    }
  })
}

/** As few rows as possible, of equal length but for the last. */
function evenRows(buttons: Button[], perRow: number): Button[][] {
  const count = Math.ceil(buttons.length / perRow)
  const length = Math.ceil(buttons.length / count)
  return Array.from({ length: count }, (_, row) => buttons.slice(row * length, (row + 1) * length))
}

function pack(buttons: Button[], hasRoom: (row: Button[], next: Button) => boolean): Button[][] {
  const rows: Button[][] = []
  for (const button of buttons) {
    const row = rows.at(-1)
    if (row && hasRoom(row, button)) row.push(button)
    else rows.push([button])
  }
  return rows
}

function optionFits(row: Button[], next: Button, tightness: number, perRow: number): boolean {
  const readable = pairLengths[tightness]
  const all = [...row, next]
  if (readable === undefined) return all.length <= crowded(all, tightness, perRow)
  return all.length <= 2 && all.every(({ label }) => label.length <= readable)
}

function controlFits(row: Button[], next: Button, tightness: number, perRow: number): boolean {
  const all = [...row, next]
  if (pairLengths[tightness] === undefined) return all.length <= crowded(all, tightness, perRow)
  const length = all.reduce((sum, { label }) => sum + label.length, 0)
  return all.length <= Math.min(all.some(isLink) ? 2 : 3, perRow) && length <= controlsRowLength
}

/** VK gives a link button half a row at least. */
function crowded(row: Button[], tightness: number, perRow: number): number {
  return Math.min(tightness - pairLengths.length + 1, row.some(isLink) ? 2 : perRow)
}

const isLink = ({ link }: Button): boolean => link !== undefined

function shortened(button: Button, length: number): Button {
  if (button.label.length <= length) return button
  let label = ''
  // By what a person sees as one letter: an emoji of several parts must not fall apart.
  for (const { segment } of new Intl.Segmenter().segment(button.label)) {
    if (label.length + segment.length > length - 1) break
    label += segment
  }
  return { ...button, label: `${label.trimEnd()}…` }
}
