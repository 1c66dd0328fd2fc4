import type { InlineKeyboardButton } from 'telegraf/types'
import { arrows } from '../arrows.ts'
import type { Desk } from '../desk.ts'
import type { Route } from '../route.ts'
import { lines, screen, type Part } from '../screen.ts'

/** Lines that stay together. */
export type Block = readonly (readonly Part[])[]

/** Leaves room in a message of 4096 for the title and what stands under it. */
const pageUnits = 3000

/**
 * One page of blocks that are too many for a message, with the arrows to the others.
 * @param page from 0; one that is not there (any more) is the last
 * @param to where the button of another page leads
 */
export function paged(
  blocks: readonly Block[],
  page: number,
  to: (page: number) => Route,
  desk: Desk,
): { shown: Block; arrows: InlineKeyboardButton[][] } {
  const pages: Block[][] = [[]]
  let units = 0
  for (const block of blocks) {
    const size = screen(lines(...block)).text.length + 1
    if (units > 0 && units + size > pageUnits) {
      pages.push([])
      units = 0
    }
    pages.at(-1)?.push(block)
    units += size
  }
  const at = Math.min(page, pages.length - 1)
  return {
    shown: (pages[at] ?? []).flat(),
    arrows: arrows({ total: pages.length, page: at, perPage: 1 }, to, desk),
  }
}
