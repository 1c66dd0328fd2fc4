import type { Language, Salon } from '../salon.ts'
import { named } from '../salon.ts'
import type { Translate } from '../survey-words.ts'
import type { Audience } from './audience.ts'
import type { DraftAbout } from './draft-about.ts'
import type { Discount, OfferSpec, OfferText } from './offer.ts'
import { crossSellTargets, groupOf, groupSegments, type Playbook, type PlaybookEntry } from './playbook.ts'
import { readAudience, type AudienceTerms } from './read-audience.ts'

/** So many clients are in a segment of a line; line "" is overall. */
export interface SegmentFact {
  line: string
  segment: string
  clients: number
}

export interface OfferDraft {
  /** The same draft has the same key, whenever it is made: it is kept once. */
  draftKey: string
  origin: 'playbook' | 'standing'
  spec: OfferSpec
  about: DraftAbout & { by: 'playbook' }
}

export interface DraftOptions {
  facts: readonly SegmentFact[]
  /** All segments of the scheme in force, the survey's questions, the lines. */
  terms: AudienceTerms
  playbook: Playbook
  /** In the salon's zone. */
  day: Temporal.PlainDate
  salon: Pick<Salon, 'languages' | 'lines'>
  words: (language: Language) => Translate
  /** Stands on top of each. */
  mark?: OfferSpec['mark'] & object
}

/**
 * What the playbook proposes on a day: the same on every day of its month or quarter, so that it can be asked each night.
 * Nothing is proposed for those of no value, nor for groups too small.
 */
export function draftsFor(options: DraftOptions): OfferDraft[] {
  return options.playbook.entries.flatMap((entry) =>
    placesOf(entry, options)
      .filter((place) => isWorthIt(entry, place, options))
      .map((place) => draftOf(entry, place, options))
      // Who has taken a question out of the survey can't ask for its answers.
      .filter(({ spec }) => readAudience(spec.audience, options.terms).ok),
  )
}

/** The line that a draft is for, and the one it offers; both absent: the whole salon. */
interface Place {
  line?: string
  target?: string
}

function placesOf(entry: PlaybookEntry, { playbook, salon }: DraftOptions): Place[] {
  const lines = salon.lines.map(({ id }) => id)
  const own = lines.filter((line) => entry.lines?.includes(line) ?? true)
  switch (entry.each) {
    case 'salon':
      return [{}]
    case 'line':
      return own.map((line) => ({ line }))
    case 'crossSell':
      return own.flatMap((line) =>
        crossSellTargets(playbook, line, lines).map((target) => ({ line, target })),
      )
  }
}

/** A standing offer waits for its people; the others need them now. */
function isWorthIt(entry: PlaybookEntry, place: Place, options: DraftOptions): boolean {
  const { playbook, terms } = options
  if (!terms.segments.some((segment) => isMeant(entry, segment))) return false
  return entry.occasion !== undefined || clientsOf(entry, place, options) >= playbook.leastClients
}

/** How many are in the segments that an entry means. */
const clientsOf = (entry: PlaybookEntry, { line = '' }: Place, { facts, terms }: DraftOptions): number =>
  facts
    .filter(
      (fact) => fact.line === line && terms.segments.includes(fact.segment) && isMeant(entry, fact.segment),
    )
    .reduce((sum, fact) => sum + fact.clients, 0)

/** Nobody means those of no value, whatever a salon writes into its settings. */
const isMeant = ({ segments }: PlaybookEntry, segment: string): boolean =>
  !groupSegments.noValue.includes(segment) && (segments === undefined || segments.includes(segment))

function draftOf(entry: PlaybookEntry, place: Place, options: DraftOptions): OfferDraft {
  const { discount, occasion } = entry
  const { playbook, day, mark } = options
  return {
    draftKey: ['playbook', entry.id, place.line, place.target, periodOf(entry.every, day)]
      .filter((part) => part !== undefined)
      .join(':'),
    origin: occasion === undefined ? 'playbook' : 'standing',
    about: aboutOf(entry, place, options),
    spec: {
      title: inLanguages('title', entry, place, options),
      variants: [{ id: 'A', text: inLanguages('text', entry, place, options), share: 1 }],
      audience: audienceOf(entry, place, options),
      discount: discountOf(discount, options),
      validity: { kind: 'days', days: entry.validDays },
      ...(entry.uses && { coupon: { uses: entry.uses } }),
      limits: { perClient: entry.perClient ?? 1 },
      channel: 'any',
      schedule: occasion === undefined ? { kind: 'now' } : { kind: 'standing', occasion, at: standingAt },
      holdoutShare: playbook.holdoutShare,
      attributionDays: playbook.attributionDays,
      ...(mark && { mark }),
    },
  }
}

function aboutOf(entry: PlaybookEntry, place: Place, options: DraftOptions): OfferDraft['about'] {
  const { id, segments, occasion, why, dont } = entry
  const group = groupOf(segments)
  return {
    by: 'playbook',
    entry: id,
    ...(group !== undefined && { group }),
    ...place,
    ...(occasion === undefined && { clients: clientsOf(entry, place, options) }),
    ...(why && { why }),
    ...(entry.do && { do: entry.do }),
    ...(dont && { dont }),
  }
}

/** When standing offers go, by the salon's clock. */
const standingAt = '11:00'

function periodOf(every: PlaybookEntry['every'], { year, month }: Temporal.PlainDate): string | undefined {
  if (every === 'once') return undefined
  return every === 'month' ? `${year}-${String(month).padStart(2, '0')}` : `${year}-q${Math.ceil(month / 3)}`
}

/** Whether a draft is of a month or a quarter that is over: then the playbook has drafted it anew, or has not. */
export function isOfThePast(draftKey: string, day: Temporal.PlainDate): boolean {
  const period = /:(\d{4}-(?:q\d|\d\d))$/.exec(draftKey)?.[1]
  if (period === undefined) return false
  return period < (periodOf(period.includes('q') ? 'quarter' : 'month', day) ?? '')
}

function audienceOf(entry: PlaybookEntry, { line, target }: Place, { terms }: DraftOptions): Audience {
  const { segments, conditions } = entry
  const at = line === undefined ? {} : { line }
  const worthless = terms.segments.filter((segment) => groupSegments.noValue.includes(segment))
  const own = terms.segments.filter((segment) => isMeant(entry, segment))
  const whom: Audience[] =
    segments !== undefined
      ? [{ kind: 'segment', segments: own, ...at }]
      : [
          ...(line === undefined ? [] : [{ kind: 'line', lines: [line] } as const]),
          // Whoever has never come is in no segment, and may be meant all the same.
          ...(worthless.length === 0
            ? []
            : [{ kind: 'not', of: { kind: 'segment', segments: worthless, ...at } } as const]),
        ]
  const never: Audience[] = target === undefined ? [] : [{ kind: 'visits', count: { to: 0 }, line: target }]
  const of = [...whom, ...never, ...conditions.map((rule) => atLine(rule, line))]
  const [only = { kind: 'everyone' } as const] = of
  return of.length > 1 ? { kind: 'all', of } : only
}

/** "*" is the draft's own line, or over all lines where it has none. */
function atLine(rule: Audience, line: string | undefined): Audience {
  if (rule.kind === 'all' || rule.kind === 'any')
    return { ...rule, of: rule.of.map((one) => atLine(one, line)) }
  if (rule.kind === 'not') return { ...rule, of: atLine(rule.of, line) }
  if (!('line' in rule) || rule.line !== '*') return rule
  const { line: _, ...overall } = rule
  return line === undefined ? overall : { ...rule, line }
}

/** A card is a gift in the locales' words. */
function discountOf(discount: PlaybookEntry['discount'], { salon, words }: DraftOptions): Discount {
  if (discount.kind !== 'card') return discount
  return {
    kind: 'gift',
    words: Object.fromEntries(
      salon.languages.map((language) => [language, words(language)('playbook.card')]),
    ),
  }
}

/** In the salon's own words, or in ours. */
function inLanguages(
  what: 'title' | 'text',
  entry: PlaybookEntry,
  place: Place,
  { salon, words }: DraftOptions,
): OfferText {
  const said = (language: Language): [Language, string][] => {
    const names = { line: nameOf(place.line, language), target: nameOf(place.target, language) }
    const own = entry[what]?.[language]
    if (entry[what] === undefined)
      return [[language, words(language)(`playbook.templates.${entry.template}.${what}`, names)]]
    return own === undefined ? [] : [[language, withNames(own, place, names)]]
  }
  const nameOf = (id: string | undefined, language: Language) => {
    const found = salon.lines.find((one) => one.id === id)
    return found === undefined ? '' : named(found.name, language)
  }
  return Object.fromEntries(salon.languages.flatMap(said))
}

/** A draft about a line names it, whatever line its reader came for last. */
const withNames = (text: string, place: Place, names: Readonly<Record<keyof Place, string>>): string =>
  (['line', 'target'] as const)
    .filter((name) => place[name] !== undefined)
    .reduce((before, name) => before.replaceAll(`{${name}}`, () => names[name]), text)
