import { readNumber } from '../list-route.ts'

/** The conditions, a page for each sort of them. */
export const audiencePages = ['who', 'visits', 'answers', 'source', 'more'] as const
export type AudiencePage = (typeof audiencePages)[number]

/** `id` is the offer's number. */
export type AudienceRoute =
  /** `at` counts the page's own pages from 0. */
  | { screen: 'offerWhom'; id: number; page: AudiencePage | 'months' | 'except'; at?: number }
  /** The answers to one question; in one row of a grid, absent: in any. */
  | AnswerRoute
  /** A condition is pressed (audience-press.ts). */
  | { screen: 'offerIf'; id: number; value: string }

export interface AnswerRoute {
  screen: 'offerAnswer'
  id: number
  question: string
  row?: string
}

const pages = [...audiencePages, 'months', 'except'] as const

/** At most 64 bytes: ids of questions and rows have at most 16 letters, values 43. */
export function writeAudienceRoute(route: AudienceRoute): string {
  switch (route.screen) {
    case 'offerWhom':
      return `offerWhom:${route.id}:${route.page}${route.at === undefined ? '' : `:${route.at}`}`
    case 'offerAnswer':
      return `offerAnswer:${route.id}:${route.question}${route.row === undefined ? '' : `:${route.row}`}`
    case 'offerIf':
      return `offerIf:${route.id}:${route.value}`
  }
}

const isId = (text: string): boolean => /^[\w-]{1,16}$/.test(text)

type Reader = (rest: readonly string[]) => AudienceRoute | undefined

export const audienceReaders: Record<AudienceRoute['screen'], Reader> = {
  offerWhom([first = '', name, third]) {
    const [id, page] = [readNumber(first), pages.find((one) => one === name)]
    const at = third === undefined ? undefined : readNumber(third)
    if (id === undefined || !page || (third !== undefined && at === undefined)) return undefined
    return { screen: 'offerWhom', id, page, ...(at !== undefined && { at }) }
  },
  offerAnswer([first = '', question = '', row]) {
    const id = readNumber(first)
    if (id === undefined || !isId(question) || (row !== undefined && !isId(row))) return undefined
    return { screen: 'offerAnswer', id, question, ...(row !== undefined && { row }) }
  },
  offerIf([first = '', value = '']) {
    const id = readNumber(first)
    return id === undefined || !/^[\w.*+-]{1,43}$/.test(value) ? undefined : { screen: 'offerIf', id, value }
  },
}

export const isAudienceRoute = (route: { screen: string }): route is AudienceRoute =>
  Object.hasOwn(audienceReaders, route.screen)
