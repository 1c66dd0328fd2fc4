import { withRule, withScores } from '../../../domain/offers/audience-edit.ts'
import { readRange } from '../../../domain/offers/read-range.ts'
import { toAudience, toSimple, type SimpleAudience } from '../../../domain/offers/simple-audience.ts'
import type { AudienceCounts } from '../../../storage/audience-counts.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Member } from '../../../storage/staff.ts'
import type { Answer } from '../answer.ts'
import { plainScreen } from '../plain-screens.ts'
import { createFreshMemory } from './fresh-memory.ts'
import { editOf, type Act } from './acts.ts'
import { answerScreen, isAskable } from './answer-screens.ts'
import { lineOf, pageOf, pressed } from './audience-press.ts'
import type { AnswerRoute, AudienceRoute } from './audience-route.ts'
import { audienceScreen } from './audience-screens.ts'
import type { OfferContext } from './options.ts'

type ScreenRoute = Exclude<AudienceRoute, { screen: 'offerIf' }>

export interface AudienceAnswers {
  to(route: AudienceRoute, member: Member, key: string): Promise<Answer>
  typed(asked: AudienceRoute, text: string, member: Member, key: string): Promise<Answer | undefined>
}

/** Choosing to whom an offer goes. What is chosen stands in the offer's row. */
export function createAudienceAnswers({ books, deskOf }: OfferContext, act: Act): AudienceAnswers {
  const { offers, questions } = books
  const counts = createCountMemory(books.counts)

  return {
    async to(route, member, key) {
      if (route.screen !== 'offerIf') return shown(route, member)
      const place = pageOf(route.id, route.value) as ScreenRoute
      const offer = await offers.byId(route.id)
      const simple = offer && toSimple(offer.spec.audience)
      // The way out of what buttons can't show.
      const next =
        route.value === 'all'
          ? []
          : simple && pressed(simple, route.value, await termsOf(offer, route.value, member))
      return offer && next ? change(offer, next, place, member, key) : shown(place, member)
    },
    async typed(asked, text, member, key) {
      if (asked.screen === 'offerIf') return undefined
      const offer = await offers.byId(asked.id)
      const simple = offer && toSimple(offer.spec.audience)
      if (!offer || !simple) return undefined
      const next = read(simple, asked, text)
      if (next === undefined) return undefined
      return typeof next === 'string' ? shown(asked, member, next) : change(offer, next, asked, member, key)
    },
  }

  async function change(
    offer: StoredOffer,
    next: SimpleAudience,
    place: ScreenRoute,
    member: Member,
    key: string,
  ): Promise<Answer> {
    const edit = editOf(offer, { ...offer.spec, audience: toAudience(next) })
    const answer = await act(offer.id, edit, member, key)
    // Conditions are often several.
    return { ...answer, ...(await shown(place, member)) }
  }

  async function shown(route: ScreenRoute, member: Member, problem?: string): Promise<Answer> {
    const desk = deskOf(member)
    const offer = await offers.byId(route.id)
    if (!offer) return { screen: plainScreen('offers.gone', desk) }
    const meant = await counts.meant(offer)
    const question = route.screen === 'offerAnswer' ? askedIn(route) : undefined
    if (route.screen === 'offerAnswer' && question && toSimple(offer.spec.audience))
      return {
        screen: answerScreen(offer, route, question, meant, desk, problem),
        ...(question.scale && { asks: route }),
      }
    const { page, at = 0 } = route.screen === 'offerWhom' ? route : { page: 'answers' as const }
    const sources = page === 'source' ? await counts.sources(offer.id) : []
    const facts = { meant, sources, questions, segments: books.segments() }
    return {
      screen: audienceScreen(offer, { page, at }, facts, desk, problem),
      ...(page === 'visits' && { asks: route }),
    }
  }

  /** Sources are looked for when one is pressed. */
  async function termsOf(offer: StoredOffer | undefined, value: string, member: Member) {
    const chosen = (offer && toSimple(offer.spec.audience)) ?? []
    const known = offer && value.startsWith('src.') ? await counts.sources(offer.id) : []
    return {
      questions,
      lines: deskOf(member).salon.lines.map(({ id }) => id),
      sources: [
        ...known.map(({ source }) => source),
        ...chosen.flatMap(({ rule }) => (rule.kind === 'source' ? rule.sources : [])),
      ],
    }
  }

  function askedIn(route: AnswerRoute) {
    return questions.find((one) => one.id === route.question && isAskable(one))
  }

  /** A string: what is wrong. Undefined: this page is not typed. */
  function read(
    simple: SimpleAudience,
    asked: ScreenRoute,
    text: string,
  ): SimpleAudience | string | undefined {
    const range = readRange(text)
    if (asked.screen === 'offerAnswer') {
      const { question, row } = asked
      const scale = askedIn(asked)?.scale
      if (!scale) return undefined
      const isOn = range && (range.from ?? scale.from) <= scale.to && (range.to ?? scale.to) >= scale.from
      const of = { question, ...(row !== undefined && { row }) }
      return isOn ? withScores(simple, of, range, scale) : 'score'
    }
    if (asked.page !== 'visits') return undefined
    if (!range) return 'days'
    const line = lineOf(simple, ['lastVisit', 'visits'])
    const where = line === undefined ? {} : { line }
    if (/визит|раз|visit|time/iu.test(text))
      return withRule(simple, { kind: 'visits', count: range, ...where })
    // "60" is sixty days and longer.
    const days = range.from === range.to && range.from !== undefined ? { from: range.from } : range
    return withRule(simple, { kind: 'lastVisit', days, ...where })
  }
}

/** While somebody presses back and forth in one offer the same is asked again and again. */
function createCountMemory(counts: AudienceCounts) {
  const remembered = createFreshMemory({ freshMs: 30_000, most: 100 })
  return {
    meant: ({ id, spec: { audience } }: StoredOffer) =>
      remembered(`${id}:${JSON.stringify(audience)}`, () => counts.meant(audience)),
    sources: (offerId: number) => remembered(`${offerId}:sources`, () => counts.sources()),
  }
}
