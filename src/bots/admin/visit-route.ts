import { readList, readNumber, writeList, type ListRoute } from './list-route.ts'

/** What of a recorded visit can be another. */
const visitParts = ['line', 'service', 'amount', 'master', 'day'] as const
export type VisitPart = (typeof visitParts)[number]

/** Of visits that are written down by hand. `id` is the client's number, `visit` the visit's. */
export type VisitRoute =
  /** Asks whose visit it was. */
  | { screen: 'visits' }
  /** Asks for the name and phone of somebody who is not known yet. */
  | { screen: 'newVisitor' }
  /** Asks what the client came for. */
  | { screen: 'visit'; id: number; back?: ListRoute }
  | { screen: 'record'; id: number; line: string }
  | { screen: 'recorded'; id: number; visit: number }
  /** Asks what a part of it was; `page` is that of the choice. */
  | ChangeRoute
  /** `value`: an id of the settings, kopecks, a day ("2026-04-17"), or "-" for what is not known. */
  | SetRoute
  | { screen: 'undo'; id: number; visit: number }

export interface ChangeRoute {
  screen: 'change'
  id: number
  visit: number
  part: VisitPart
  page?: number
}

export interface SetRoute {
  screen: 'set'
  id: number
  visit: number
  part: VisitPart
  value: string
}

const screens: ReadonlySet<string> = new Set<VisitRoute['screen']>([
  'visits',
  'newVisitor',
  'visit',
  'record',
  'recorded',
  'change',
  'set',
  'undo',
])

export const isVisitRoute = (route: { screen: string }): route is VisitRoute => screens.has(route.screen)

/** Longer than 64 bytes only by the end of a query. */
export function writeVisitRoute(route: VisitRoute): string {
  switch (route.screen) {
    case 'visits':
    case 'newVisitor':
      return route.screen
    case 'visit':
      return `visit:${route.id}${route.back ? `:${writeList(route.back)}` : ''}`
    case 'record':
      return `record:${route.id}:${route.line}`
    case 'recorded':
    case 'undo':
      return `${route.screen}:${route.id}:${route.visit}`
    case 'change':
      return `change:${route.id}:${route.visit}:${route.part}${route.page ? `:${route.page}` : ''}`
    case 'set':
      return `set:${route.id}:${route.visit}:${route.part}:${route.value}`
  }
}

/** Undefined: none of these routes. */
export function readVisitRoute([screen = '', first = '', ...rest]: readonly string[]):
  | VisitRoute
  | undefined {
  if (screen === 'visits' || screen === 'newVisitor') return { screen }
  const [second = ''] = rest
  const [id, visit] = [readNumber(first), readNumber(second)]
  if (id === undefined) return undefined
  switch (screen) {
    case 'visit': {
      const back = readList(rest)
      return { screen, id, ...(back && { back }) }
    }
    case 'record':
      return isId(second) ? { screen, id, line: second } : undefined
    case 'recorded':
    case 'undo':
      return visit === undefined ? undefined : { screen, id, visit }
    case 'change':
    case 'set':
      return visit === undefined ? undefined : readPart(screen, id, visit, rest.slice(1))
    default:
      return undefined
  }
}

function readPart(
  screen: 'change' | 'set',
  id: number,
  visit: number,
  [name, last = '']: readonly string[],
): VisitRoute | undefined {
  const part = visitParts.find((one) => one === name)
  if (!part) return undefined
  if (screen === 'set') return isId(last) ? { screen, id, visit, part, value: last } : undefined
  const page = readNumber(last)
  return { screen, id, visit, part, ...(page && { page }) }
}

/** As salon.yaml's ids. */
export const isId = (text: string): boolean => /^[a-z0-9_-]{1,16}$/.test(text)
