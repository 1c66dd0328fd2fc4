import type { ClientLine, ClientPage } from '../../storage/clients.ts'
import { arrows } from './arrows.ts'
import { showShortDate, type Desk } from './desk.ts'
import type { ListRoute } from './list-route.ts'
import { button, screen, type Part, type Screen } from './screen.ts'

export const clientsOnPage = 8

/** "New" means: came within this time. */
export const freshMs = 7 * 24 * 60 * 60 * 1000

/** One page of clients, each a button to the card (or, for a visit, to its lines), with arrows to the neighbours. */
export function clientList(page: ClientPage, route: ListRoute, desk: Desk): Screen {
  const { t } = desk
  const isSearch = 'query' in route
  const words = isSearch ? 'found' : route.screen
  const key = page.total > 0 ? 'title' : 'empty'
  const query = isSearch ? route.query : ''
  const text: Part[] = [{ bold: t(`admin.${words}.${key}`, { count: page.total, query }) }]
  text.push('\n\n', t(page.total > 0 ? legends[goal(route)] : `admin.${words}.emptyHint`))
  if (page.clients.some((client) => client.books)) text.push('\n', t('booking.list.legend'))
  return screen(text, [
    ...page.clients.map((client) => [
      button(lineOf(client, desk), { screen: goal(route), id: client.id, back: route }),
    ]),
    ...arrows(
      { total: page.total, page: route.page, perPage: clientsOnPage },
      (other) => ({ ...route, page: other }),
      desk,
    ),
    ...(goal(route) === 'visit' ? [[button(t('booking.buttons.newVisitor'), { screen: 'newVisitor' })]] : []),
    [
      ...(isSearch ? [button(t('admin.buttons.searchAgain'), { screen: searchFor[goal(route)] })] : []),
      button(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ])
}

/** What the people of a list are looked for. */
const goal = (route: ListRoute): 'client' | 'visit' => (route.screen === 'came' ? 'visit' : 'client')
const legends = { client: 'admin.list.legend', visit: 'desk.visit.legend' } as const
const searchFor = { client: 'search', visit: 'visits' } as const

function lineOf(client: ClientLine, desk: Desk): string {
  const { t } = desk
  const icons = client.platforms.map((platform) => t(`admin.platformIcon.${platform}`)).join('')
  const demo = client.demo ? t('admin.client.demo') : ''
  const name = client.name ?? t('admin.client.noName')
  // Of several Annas in the books the phone tells which; when they were written down tells nothing.
  const known = client.books
    ? [t('booking.list.icon'), lastDigits(client.books.phone)].filter((part) => part !== '').join(' ')
    : showShortDate(client.createdAt, desk)
  return [name, demo, icons, known].filter((part) => part !== '').join(' · ')
}

const lastDigits = (phone = ''): string => phone.slice(-4)
