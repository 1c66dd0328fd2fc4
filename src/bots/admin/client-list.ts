import type { InlineKeyboardButton } from 'telegraf/types'
import type { ClientLine, ClientPage } from '../../storage/clients.ts'
import { showShortDate, type Desk } from './desk.ts'
import type { ListRoute } from './route.ts'
import { button, screen, type Part, type Screen } from './screen.ts'

export const clientsOnPage = 8

/** "New" means: came within this time. */
export const freshMs = 7 * 24 * 60 * 60 * 1000

/** One page of clients, each a button to the card, with arrows to the neighbours. */
export function clientList(page: ClientPage, route: ListRoute, desk: Desk): Screen {
  const { t } = desk
  const key = page.total > 0 ? 'title' : 'empty'
  const query = route.screen === 'found' ? route.query : ''
  const text: Part[] = [{ bold: t(`admin.${route.screen}.${key}`, { count: page.total, query }) }]
  text.push('\n\n', t(page.total > 0 ? 'admin.list.legend' : `admin.${route.screen}.emptyHint`))
  return screen(text, [
    ...page.clients.map((client) => [
      button(lineOf(client, desk), { screen: 'client', id: client.id, back: route }),
    ]),
    ...arrows(page.total, route, desk),
    [
      ...(route.screen === 'found' ? [button(t('admin.buttons.searchAgain'), { screen: 'search' })] : []),
      button(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ])
}

function lineOf(client: ClientLine, desk: Desk): string {
  const { t } = desk
  const icons = client.platforms.map((platform) => t(`admin.platformIcon.${platform}`)).join('')
  const demo = client.demo ? t('admin.client.demo') : ''
  return [client.name ?? t('admin.client.noName'), demo, icons, showShortDate(client.createdAt, desk)]
    .filter((part) => part !== '')
    .join(' · ')
}

function arrows(total: number, route: ListRoute, { t }: Desk): InlineKeyboardButton[][] {
  const pages = Math.ceil(total / clientsOnPage)
  if (pages <= 1) return []
  const row = [button(t('admin.list.page', { page: route.page + 1, pages }), { screen: 'here' })]
  if (route.page > 0) row.unshift(button('‹', { ...route, page: route.page - 1 }))
  if (route.page < pages - 1) row.push(button('›', { ...route, page: route.page + 1 }))
  return [row]
}
