/** Where a list was left, so that a client's card can lead back to it. `page` counts from 0. */
export type ListRoute = { screen: 'fresh'; page: number } | { screen: 'clients'; page: number } | FoundRoute

/** What a search found: people to be looked at (`found`), or of whom one was here (`came`). */
export interface FoundRoute {
  screen: 'found' | 'came'
  page: number
  query: string
}

export function writeList(list: ListRoute): string {
  const place = `${list.screen}:${list.page}`
  return 'query' in list ? `${place}:${list.query}` : place
}

/** Undefined: not the name of a list. */
export function readList([screen = '', first = '', ...rest]: readonly string[]): ListRoute | undefined {
  const page = readNumber(first)
  if (page === undefined) return undefined
  switch (screen) {
    case 'fresh':
    case 'clients':
      return { screen, page }
    case 'found':
    case 'came':
      return { screen, page, query: rest.join(':') }
    default:
      return undefined
  }
}

export const readNumber = (text: string): number | undefined =>
  /^\d{1,15}$/.test(text) ? Number(text) : undefined
