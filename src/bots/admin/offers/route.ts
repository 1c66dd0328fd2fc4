import { readSegment, type Segment } from '../../../domain/value/segment-rank.ts'
import { readNumber } from '../list-route.ts'

/** What is done to an offer by one press. */
export const pressedActs = ['submit', 'approve', 'pause', 'resume', 'cancel', 'retire', 'bringBack'] as const
export type PressedAct = (typeof pressedActs)[number]

/** What of an offer can be another. */
export const offerParts = [
  'title',
  'text',
  'picture',
  'audience',
  'discount',
  'validity',
  'coupon',
  'holdout',
  'channel',
] as const
export type OfferPart = (typeof offerParts)[number]

/** `id` is the offer's number; `page` counts from 0. */
export type OfferRoute =
  /** Those that are under way: what waits for a person comes first. */
  | { screen: 'offers'; page: number }
  /** Those that are over. */
  | { screen: 'offersOver'; page: number }
  /** Those that were put away. */
  | { screen: 'offersRetired'; page: number }
  | { screen: 'offer'; id: number }
  /** All that was done to it, the latest first. */
  | { screen: 'offerHistory'; id: number; page: number }
  /** `version`: the one that was looked at. */
  | { screen: 'offerAct'; id: number; version: number; act: PressedAct }
  /** Asks once more before it is called off. */
  | { screen: 'offerCancel'; id: number; version: number }
  /** Asks why not. */
  | { screen: 'offerReject'; id: number }
  | { screen: 'offerExamples'; id: number }
  /** The message with its picture, as it will come. */
  | { screen: 'offerLook'; id: number }
  /** Asks when it is to go. */
  | { screen: 'offerWhen'; id: number }
  /** In minutes since 1970-01-01 UTC; 0: at once. */
  | { screen: 'offerAt'; id: number; minutes: number }
  /** Asks for the text of a new one. */
  | { screen: 'offerNew' }
  | { screen: 'offerEdit'; id: number }
  /** Asks what a part of it is to be. */
  | PartRoute
  | SetRoute
  /** A draft for a segment, as the playbook has it; line "": overall. */
  | { screen: 'offerFor'; line: string; segment: Segment }
  /** The same once more. */
  | { screen: 'offerAgain'; id: number }

export interface PartRoute {
  screen: 'offerPart'
  id: number
  part: OfferPart
}

export interface SetRoute {
  screen: 'offerSet'
  id: number
  part: OfferPart
  value: string
}

export const isOfferRoute = (route: { screen: string }): route is OfferRoute =>
  Object.hasOwn(readers, route.screen)

/** At most 64 bytes: ids of lines have at most 16 letters, values of parts 24. */
export function writeOffer(route: OfferRoute): string {
  switch (route.screen) {
    case 'offers':
    case 'offersOver':
    case 'offersRetired':
      return `${route.screen}:${route.page}`
    case 'offerHistory':
      return `offerHistory:${route.id}:${route.page}`
    case 'offerNew':
      return route.screen
    case 'offerAct':
      return `offerAct:${route.id}:${route.version}:${route.act}`
    case 'offerCancel':
      return `offerCancel:${route.id}:${route.version}`
    case 'offerAt':
      return `offerAt:${route.id}:${route.minutes}`
    case 'offerPart':
      return `offerPart:${route.id}:${route.part}`
    case 'offerSet':
      return `offerSet:${route.id}:${route.part}:${route.value}`
    case 'offerFor':
      return `offerFor:${route.line}:${route.segment}`
    case 'offer':
    case 'offerReject':
    case 'offerExamples':
    case 'offerLook':
    case 'offerWhen':
    case 'offerEdit':
    case 'offerAgain':
      return `${route.screen}:${route.id}`
  }
}

/** Undefined: none of these routes, or not of this version of the bot. */
export function readOffer([screen = '', ...rest]: readonly string[]): OfferRoute | undefined {
  return Object.hasOwn(readers, screen) ? readers[screen as OfferRoute['screen']](rest) : undefined
}

type Reader = (rest: readonly string[]) => OfferRoute | undefined

const value = /^[\w.,+-]{1,24}$/

const paged =
  (screen: 'offers' | 'offersOver' | 'offersRetired'): Reader =>
  ([first = '']) => {
    const page = readNumber(first)
    return page === undefined ? undefined : { screen, page }
  }

const numbered =
  (
    screen:
      | 'offer'
      | 'offerReject'
      | 'offerExamples'
      | 'offerLook'
      | 'offerWhen'
      | 'offerEdit'
      | 'offerAgain',
  ): Reader =>
  ([first = '']) => {
    const id = readNumber(first)
    return id === undefined ? undefined : { screen, id }
  }

const readers: Record<OfferRoute['screen'], Reader> = {
  offers: paged('offers'),
  offersOver: paged('offersOver'),
  offersRetired: paged('offersRetired'),
  offer: numbered('offer'),
  offerReject: numbered('offerReject'),
  offerExamples: numbered('offerExamples'),
  offerLook: numbered('offerLook'),
  offerWhen: numbered('offerWhen'),
  offerEdit: numbered('offerEdit'),
  offerAgain: numbered('offerAgain'),
  offerNew: () => ({ screen: 'offerNew' }),
  offerAct([first = '', second = '', name]) {
    const [id, version, act] = [
      readNumber(first),
      readNumber(second),
      pressedActs.find((one) => one === name),
    ]
    return id === undefined || version === undefined || !act
      ? undefined
      : { screen: 'offerAct', id, version, act }
  },
  offerCancel([first = '', second = '']) {
    const [id, version] = [readNumber(first), readNumber(second)]
    return id === undefined || version === undefined ? undefined : { screen: 'offerCancel', id, version }
  },
  offerHistory([first = '', second = '']) {
    const [id, page] = [readNumber(first), readNumber(second)]
    return id === undefined || page === undefined ? undefined : { screen: 'offerHistory', id, page }
  },
  offerAt([first = '', second = '']) {
    const [id, minutes] = [readNumber(first), readNumber(second)]
    return id === undefined || minutes === undefined ? undefined : { screen: 'offerAt', id, minutes }
  },
  offerPart([first = '', name]) {
    const [id, part] = [readNumber(first), offerParts.find((one) => one === name)]
    return id === undefined || !part ? undefined : { screen: 'offerPart', id, part }
  },
  offerSet([first = '', name, chosen = '']) {
    const [id, part] = [readNumber(first), offerParts.find((one) => one === name)]
    return id === undefined || !part || !value.test(chosen)
      ? undefined
      : { screen: 'offerSet', id, part, value: chosen }
  },
  offerFor([line = '', name = '']) {
    const segment = readSegment(name)
    return /^[a-z0-9_-]{0,16}$/.test(line) && segment ? { screen: 'offerFor', line, segment } : undefined
  },
}
