import { readSegment, type Segment, type Way } from '../../../domain/value/segment-rank.ts'
import { exportFormats, type ExportFormat } from '../desk-route.ts'
import { readNumber } from '../list-route.ts'

/** A list of clients that a card can lead back to. `page` counts from 0; line "": overall. */
export type SegmentListRoute =
  /** Who is in a segment. */
  | { screen: 'in'; line: string; segment: Segment; page: number }
  /** Who has moved up, or slipped. */
  | { screen: 'moved'; line: string; way: Way; page: number }
  /** Who is slipping away. */
  | { screen: 'leaving'; page: number }

export type SegmentRoute =
  | SegmentListRoute
  /** The picture with the table of all. */
  | { screen: 'segments' }
  /** The table of one line, or of all ("") without the picture. */
  | { screen: 'segmentsOf'; line: string }
  /** How sure the figures are, and what the words mean. */
  | { screen: 'aboutSegments' }
  | { screen: 'exportSegments'; format: ExportFormat }
  /** The picture of a client's visits. */
  | { screen: 'visitChart'; id: number }
  /** What a client has answered in the survey. */
  | { screen: 'surveyOf'; id: number; page: number }

export const isSegmentRoute = (route: { screen: string }): route is SegmentRoute =>
  Object.hasOwn(readers, route.screen)

/** Short: with a client's number before it, it still fits into 64 bytes. */
export function writeSegmentList(route: SegmentListRoute): string {
  switch (route.screen) {
    case 'in':
      return `in:${route.line}:${route.segment}:${route.page}`
    case 'moved':
      return `moved:${route.line}:${route.way}:${route.page}`
    case 'leaving':
      return `leaving:${route.page}`
  }
}

export function writeSegmentRoute(route: SegmentRoute): string {
  switch (route.screen) {
    case 'segments':
    case 'aboutSegments':
      return route.screen
    case 'segmentsOf':
      return `segmentsOf:${route.line}`
    case 'exportSegments':
      return `exportSegments:${route.format}`
    case 'visitChart':
      return `visitChart:${route.id}`
    case 'surveyOf':
      return `surveyOf:${route.id}:${route.page}`
    default:
      return writeSegmentList(route)
  }
}

/** Undefined: none of these lists. */
export function readSegmentList(parts: readonly string[]): SegmentListRoute | undefined {
  const route = readSegmentRoute(parts)
  return route && (route.screen === 'in' || route.screen === 'moved' || route.screen === 'leaving')
    ? route
    : undefined
}

/** Undefined: none of these routes, or not of this version of the bot. */
export function readSegmentRoute([screen = '', ...rest]: readonly string[]): SegmentRoute | undefined {
  return Object.hasOwn(readers, screen) ? readers[screen as SegmentRoute['screen']](rest) : undefined
}

type Reader = (rest: readonly string[]) => SegmentRoute | undefined

const readPage = (text: string | undefined): number | undefined =>
  /^\d{1,5}$/.test(text ?? '') ? Number(text) : undefined

/** A line as salon.yaml writes its ids; "": overall. */
const isLine = (text: string | undefined): text is string => /^[a-z0-9_-]{0,16}$/.test(text ?? '!')

const readers: Record<SegmentRoute['screen'], Reader> = {
  segments: () => ({ screen: 'segments' }),
  aboutSegments: () => ({ screen: 'aboutSegments' }),
  segmentsOf: ([line]) => (isLine(line) ? { screen: 'segmentsOf', line } : undefined),
  exportSegments([first]) {
    const format = exportFormats.find((one) => one === first)
    return format && { screen: 'exportSegments', format }
  },
  visitChart([first = '']) {
    const id = readNumber(first)
    return id === undefined ? undefined : { screen: 'visitChart', id }
  },
  surveyOf([first = '', second]) {
    const [id, page] = [readNumber(first), readPage(second)]
    return id === undefined || page === undefined ? undefined : { screen: 'surveyOf', id, page }
  },
  in([line, first = '', second]) {
    const [segment, page] = [readSegment(first), readPage(second)]
    return isLine(line) && segment && page !== undefined ? { screen: 'in', line, segment, page } : undefined
  },
  moved([line, way, second]) {
    const page = readPage(second)
    return isLine(line) && (way === 'up' || way === 'down') && page !== undefined
      ? { screen: 'moved', line, way, page }
      : undefined
  },
  leaving([first]) {
    const page = readPage(first)
    return page === undefined ? undefined : { screen: 'leaving', page }
  },
}
