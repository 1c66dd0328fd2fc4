import { readNumber } from '../list-route.ts'

/** What an offer has brought; `id` is its number. */
export interface OfferResultRoute {
  screen: 'offerResult'
  id: number
}

export const isOfferResult = (route: { screen: string }): route is OfferResultRoute =>
  route.screen === 'offerResult'

export const writeOfferResult = ({ id }: OfferResultRoute): string => `offerResult:${id}`

/** Undefined: none of these routes. */
export function readOfferResult([screen, number = '']: readonly string[]): OfferResultRoute | undefined {
  const id = readNumber(number)
  return screen === 'offerResult' && id !== undefined ? { screen, id } : undefined
}
