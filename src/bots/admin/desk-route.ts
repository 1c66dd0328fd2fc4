import { readCode } from '../../domain/coupon.ts'
import { readSegment } from '../../domain/value/segment-rank.ts'
import type { Audience } from '../../storage/invitations.ts'
import { readNumber } from './list-route.ts'
import { isId, readVisitRoute, writeVisitRoute, type VisitRoute } from './visit-route.ts'

export const exportFormats = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What is done by hand: visits, calls to unhappy clients, gifts, invitations to the survey. */
export type DeskRoute =
  | VisitRoute
  /** Whom to call. */
  | { screen: 'followUps'; page: number }
  | { screen: 'followUp'; id: number }
  /** Somebody has spoken to the client; `page` is that of the list it was pressed in. */
  | { screen: 'handle'; id: number; page?: number }
  | { screen: 'coupon'; code: string }
  /** `left`: so many uses were left when the button was shown. */
  | { screen: 'redeem'; code: string; left?: number }
  | { screen: 'survey' }
  /** Asks for which line clients are to be invited. */
  | { screen: 'lines' }
  /** Asks once more before somebody is invited. */
  | { screen: 'confirmInvites'; audience: Audience }
  | { screen: 'sendInvites'; audience: Audience }
  | { screen: 'poster' }
  | { screen: 'export'; format: ExportFormat }

/** Longer than 64 bytes only by the end of a query. */
export function writeDeskRoute(route: DeskRoute): string {
  switch (route.screen) {
    case 'followUps':
      return `followUps:${route.page}`
    case 'followUp':
      return `followUp:${route.id}`
    case 'handle':
      return `handle:${route.id}${route.page === undefined ? '' : `:${route.page}`}`
    case 'coupon':
      return `coupon:${route.code}`
    case 'redeem':
      return `redeem:${route.code}${route.left === undefined ? '' : `:${route.left}`}`
    case 'confirmInvites':
    case 'sendInvites':
      return `${route.screen}:${writeAudience(route.audience)}`
    case 'export':
      return `export:${route.format}`
    case 'survey':
    case 'lines':
    case 'poster':
      return route.screen
    default:
      return writeVisitRoute(route)
  }
}

/** Undefined: none of these routes. */
export function readDeskRoute(parts: readonly string[]): DeskRoute | undefined {
  const [screen = '', ...rest] = parts
  const [first = '', second = ''] = rest
  switch (screen) {
    case 'survey':
    case 'lines':
    case 'poster':
      return { screen }
    case 'coupon':
    case 'redeem': {
      const [code, left] = [readCode(first), readNumber(second)]
      if (code === undefined) return undefined
      return screen === 'redeem' && left !== undefined ? { screen, code, left } : { screen, code }
    }
    case 'confirmInvites':
    case 'sendInvites': {
      const audience = readAudience(rest)
      return audience && { screen, audience }
    }
    case 'export': {
      const format = exportFormats.find((one) => one === first)
      return format && { screen, format }
    }
    default:
      return readNumbered(screen, readNumber(first), second) ?? readVisitRoute(parts)
  }
}

function readNumbered(screen: string, id: number | undefined, second: string): DeskRoute | undefined {
  if (id === undefined) return undefined
  switch (screen) {
    case 'followUps':
      return { screen, page: id }
    case 'followUp':
      return { screen, id }
    case 'handle': {
      const page = readNumber(second)
      return { screen, id, ...(page !== undefined && { page }) }
    }
    default:
      return undefined
  }
}

const writeAudience = (audience: Audience): string => {
  switch (audience.kind) {
    case 'all':
      return 'all'
    case 'line':
      return `line:${audience.line}`
    case 'segment':
      return `segment:${audience.segment}:${audience.line}`
    case 'client':
      return `client:${audience.id}`
  }
}

function readAudience([kind = '', which = '', line = '']: readonly string[]): Audience | undefined {
  if (kind === 'all') return { kind }
  if (kind === 'segment') {
    const segment = readSegment(which)
    return segment && (line === '' || isId(line)) ? { kind, line, segment } : undefined
  }
  if (kind === 'line') return isId(which) ? { kind, line: which } : undefined
  const id = kind === 'client' ? readNumber(which) : undefined
  return id === undefined ? undefined : { kind: 'client', id }
}
