import { languages, type Language } from '../../domain/salon.ts'
import type { StaffRole } from '../../storage/staff.ts'

/** Where a list was left, so that a client's card can lead back to it. */
export type ListRoute =
  | { screen: 'fresh'; page: number }
  | { screen: 'clients'; page: number }
  | { screen: 'found'; page: number; query: string }

/** Everything that a button of this bot can lead to or do. `page` counts from 0. */
export type Route =
  | ListRoute
  | { screen: 'menu' }
  | { screen: 'search' }
  | { screen: 'client'; id: number; back?: ListRoute }
  | { screen: 'languages' }
  | { screen: 'setLanguage'; language: Language }
  | { screen: 'help' }
  | { screen: 'staff' }
  | { screen: 'invite'; role: StaffRole }
  | { screen: 'removal'; id: number }
  | { screen: 'remove'; id: number }
  /** The number between the arrows of a list: pressing it does nothing. */
  | { screen: 'here' }

/** Telegram's limit for callback_data. */
export const maxRouteBytes = 64

/**
 * Writes a route as callback data. A long query loses its end: it then finds the same people and perhaps some more.
 * @returns at most 64 bytes, read back by `readRoute`
 */
export function writeRoute(route: Route): string {
  switch (route.screen) {
    case 'fresh':
    case 'clients':
      return `${route.screen}:${route.page}`
    case 'found':
      return shorten(`found:${route.page}:${route.query}`)
    case 'client':
      return shorten(`client:${route.id}${route.back ? `:${writeRoute(route.back)}` : ''}`)
    case 'setLanguage':
      return `setLanguage:${route.language}`
    case 'invite':
      return `invite:${route.role}`
    case 'removal':
    case 'remove':
      return `${route.screen}:${route.id}`
    case 'menu':
    case 'search':
    case 'languages':
    case 'help':
    case 'staff':
    case 'here':
      return route.screen
  }
}

/** Undefined: not a button of this version of the bot. */
export function readRoute(data: string): Route | undefined {
  const [screen = '', ...rest] = data.split(':')
  const [first = ''] = rest
  switch (screen) {
    case 'menu':
    case 'search':
    case 'languages':
    case 'help':
    case 'staff':
    case 'here':
      return { screen }
    case 'fresh':
    case 'clients':
    case 'found':
      return readList(screen, rest)
    case 'client':
      return readClient(rest)
    case 'setLanguage': {
      const language = languages.find((known) => known === first)
      return language && { screen, language }
    }
    case 'invite':
      return first === 'owner' || first === 'admin' ? { screen, role: first } : undefined
    case 'removal':
    case 'remove': {
      const id = readNumber(first)
      return id === undefined ? undefined : { screen, id }
    }
    default:
      return undefined
  }
}

function readList(screen: ListRoute['screen'], [first = '', ...rest]: string[]): ListRoute | undefined {
  const page = readNumber(first)
  if (page === undefined) return undefined
  return screen === 'found' ? { screen, page, query: rest.join(':') } : { screen, page }
}

function readClient([first = '', ...rest]: string[]): Route | undefined {
  const id = readNumber(first)
  if (id === undefined) return undefined
  const back = readRoute(rest.join(':'))
  const isList = back?.screen === 'fresh' || back?.screen === 'clients' || back?.screen === 'found'
  return { screen: 'client', id, ...(isList && { back }) }
}

const readNumber = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)

function shorten(data: string): string {
  let short = data
  while (Buffer.byteLength(short) > maxRouteBytes) short = Array.from(short).slice(0, -1).join('')
  return short
}
