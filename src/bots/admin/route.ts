import { languages, type Language } from '../../domain/salon.ts'
import type { StaffRole } from '../../storage/staff.ts'
import { readDeskRoute, writeDeskRoute, type DeskRoute } from './desk-route.ts'
import { isImport, readImport, writeImport, type ImportRoute } from './imports/route.ts'
import { isInsight, readInsight, writeInsight, type InsightRoute } from './insights/route.ts'
import { isOfferRoute, readOffer, writeOffer, type OfferRoute } from './offers/route.ts'
import {
  isOfferResult,
  readOfferResult,
  writeOfferResult,
  type OfferResultRoute,
} from './offer-results/route.ts'
import { readList, readNumber, writeList, type ListRoute } from './list-route.ts'
import {
  isSegmentRoute,
  readSegmentList,
  readSegmentRoute,
  writeSegmentList,
  writeSegmentRoute,
  type SegmentListRoute,
  type SegmentRoute,
} from './segments/route.ts'

/** Everything that a button of this bot can lead to or do. */
export type Route =
  | ListRoute
  | DeskRoute
  | InsightRoute
  | SegmentRoute
  | ImportRoute
  | OfferRoute
  | OfferResultRoute
  | { screen: 'menu' }
  | { screen: 'search' }
  | { screen: 'client'; id: number; back?: ListRoute | SegmentListRoute }
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
export const writeRoute = (route: Route): string => shorten(write(route))

function write(route: Route): string {
  switch (route.screen) {
    case 'fresh':
    case 'clients':
    case 'found':
    case 'came':
      return writeList(route)
    case 'client':
      return `client:${route.id}${route.back ? `:${writeBack(route.back)}` : ''}`
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
    default:
      if (isSegmentRoute(route)) return writeSegmentRoute(route)
      if (isImport(route)) return writeImport(route)
      if (isOfferRoute(route)) return writeOffer(route)
      if (isOfferResult(route)) return writeOfferResult(route)
      return isInsight(route) ? writeInsight(route) : writeDeskRoute(route)
  }
}

const writeBack = (back: ListRoute | SegmentListRoute): string =>
  isSegmentRoute(back) ? writeSegmentList(back) : writeList(back)

/** Undefined: not a button of this version of the bot. */
export function readRoute(data: string): Route | undefined {
  const parts = data.split(':')
  const [screen = '', first = '', ...rest] = parts
  switch (screen) {
    case 'menu':
    case 'search':
    case 'languages':
    case 'help':
    case 'staff':
    case 'here':
      return { screen }
    case 'client': {
      const [id, back] = [readNumber(first), readList(rest) ?? readSegmentList(rest)]
      return id === undefined ? undefined : { screen, id, ...(back && { back }) }
    }
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
      return (
        readList(parts) ??
        readDeskRoute(parts) ??
        readSegmentRoute(parts) ??
        readImport(parts) ??
        readOffer(parts) ??
        readOfferResult(parts) ??
        readInsight(data)
      )
  }
}

function shorten(data: string): string {
  let short = data
  while (Buffer.byteLength(short) > maxRouteBytes) short = Array.from(short).slice(0, -1).join('')
  return short
}
