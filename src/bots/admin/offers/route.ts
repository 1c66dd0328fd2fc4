import { readSegment, type Segment } from '../../../domain/value/segment-rank.ts'
import { readNumber } from '../list-route.ts'
import { languages, type Language } from '../../../domain/language.ts'
import { audienceReaders, isAudienceRoute, writeAudienceRoute, type AudienceRoute } from './audience-route.ts'

/** What is done to an offer by one press. */
export const pressedActs = ['submit', 'approve', 'pause', 'resume', 'cancel', 'retire', 'bringBack'] as const
export type PressedAct = (typeof pressedActs)[number]

/** What of an offer can be another. */
export const offerParts = [
  'title',
  'text',
  'variants',
  'picture',
  'audience',
  'discount',
  'validity',
  'coupon',
  'holdout',
  'channel',
  'standing',
  'recipients',
  'perClient',
  'attribution',
  'mark',
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
  /** `variant`: the text that is shown, where there are several. */
  | { screen: 'offer'; id: number; variant?: string }
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
  /** The parts that are rarely another. */
  | { screen: 'offerMore'; id: number }
  /** Asks what a part of it is to be. */
  | PartRoute
  | AudienceRoute
  | SetRoute
  /** A draft for a segment, as the playbook has it; line "": overall. */
  | { screen: 'offerFor'; line: string; segment: Segment }
  /** The same once more. */
  | { screen: 'offerAgain'; id: number }

export interface PartRoute {
  screen: 'offerPart'
  id: number
  part: OfferPart
  /** Which text: the name of one, or of the next. Absent: the first. */
  variant?: string
  /** Only the words in this language. Absent: what is typed is for everybody. */
  language?: Language
}

export interface SetRoute {
  screen: 'offerSet'
  id: number
  part: OfferPart
  value: string
}

export const isOfferRoute = (route: { screen: string }): route is OfferRoute =>
  Object.hasOwn(allReaders, route.screen)

/** At most 64 bytes: ids of lines have at most 16 letters, values of parts 24. */
export function writeOffer(route: OfferRoute): string {
  if (isAudienceRoute(route)) return writeAudienceRoute(route)
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
      return writePart(route)
    case 'offerSet':
      return `offerSet:${route.id}:${route.part}:${route.value}`
    case 'offerFor':
      return `offerFor:${route.line}:${route.segment}`
    case 'offer':
      return `offer:${route.id}${route.variant === undefined ? '' : `:${route.variant}`}`
    case 'offerReject':
    case 'offerExamples':
    case 'offerLook':
    case 'offerWhen':
    case 'offerEdit':
    case 'offerMore':
    case 'offerAgain':
      return `${route.screen}:${route.id}`
  }
}

function writePart({ id, part, variant, language }: PartRoute): string {
  const which = [variant ?? '', language ?? ''].join(':')
  return `offerPart:${id}:${part}${which === ':' ? '' : `:${which}`}`
}

/** Undefined: none of these routes, or not of this version of the bot. */
export function readOffer([screen = '', ...rest]: readonly string[]): OfferRoute | undefined {
  return Object.hasOwn(allReaders, screen) ? allReaders[screen as OfferRoute['screen']](rest) : undefined
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
      | 'offerReject'
      | 'offerExamples'
      | 'offerLook'
      | 'offerWhen'
      | 'offerEdit'
      | 'offerMore'
      | 'offerAgain',
  ): Reader =>
  ([first = '']) => {
    const id = readNumber(first)
    return id === undefined ? undefined : { screen, id }
  }

const isVariant = (text: string): boolean => /^[A-Z]$/.test(text)

const readers: Record<Exclude<OfferRoute, AudienceRoute>['screen'], Reader> = {
  offers: paged('offers'),
  offersOver: paged('offersOver'),
  offersRetired: paged('offersRetired'),
  offer([first = '', variant]) {
    const id = readNumber(first)
    if (id === undefined || (variant !== undefined && !isVariant(variant))) return undefined
    return { screen: 'offer', id, ...(variant !== undefined && { variant }) }
  },
  offerReject: numbered('offerReject'),
  offerExamples: numbered('offerExamples'),
  offerLook: numbered('offerLook'),
  offerWhen: numbered('offerWhen'),
  offerEdit: numbered('offerEdit'),
  offerMore: numbered('offerMore'),
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
  offerPart([first = '', name, variant = '', code = '']) {
    const [id, part] = [readNumber(first), offerParts.find((one) => one === name)]
    const language = languages.find((one) => one === code)
    const isRead = (variant === '' || isVariant(variant)) && (code === '' || language !== undefined)
    if (id === undefined || !part || !isRead) return undefined
    return {
      screen: 'offerPart',
      id,
      part,
      ...(variant !== '' && { variant }),
      ...(language && { language }),
    }
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

const allReaders: Record<OfferRoute['screen'], Reader> = { ...readers, ...audienceReaders }
