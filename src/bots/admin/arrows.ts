import type { InlineKeyboardButton } from 'telegraf/types'
import type { Desk } from './desk.ts'
import type { Route } from './route.ts'
import { button } from './screen.ts'

/**
 * The way to the neighbouring pages of a list; nothing when all is on one.
 * @param list `page` counts from 0
 * @param to where the button of another page leads
 */
export function arrows(
  { total, page, perPage }: { total: number; page: number; perPage: number },
  to: (page: number) => Route,
  { t }: Desk,
): InlineKeyboardButton[][] {
  const pages = Math.ceil(total / perPage)
  if (pages <= 1) return []
  const row = [button(t('admin.list.page', { page: page + 1, pages }), { screen: 'here' })]
  if (page > 0) row.unshift(button('‹', to(page - 1)))
  if (page < pages - 1) row.push(button('›', to(page + 1)))
  return [row]
}
