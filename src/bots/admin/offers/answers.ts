import { readMoment } from '../../../domain/read-moment.ts'
import { isOver } from '../../../domain/offers/transitions.ts'
import type { OfferPreview } from '../../../storage/offer-preview.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Member } from '../../../storage/staff.ts'
import type { Answer } from '../answer.ts'
import { plainScreen } from '../plain-screens.ts'
import { createFreshMemory } from './fresh-memory.ts'
import { createBegun } from './begun.ts'
import { createAct, editOf } from './acts.ts'
import { cardScreen, isOpen } from './card-screen.ts'
import { createEditAnswers, isEditRoute } from './edit.ts'
import { historyScreen } from './history-screen.ts'
import type { ReceivePicture } from './picture-part.ts'
import { lookScreen } from './picture-screens.ts'
import { listedOnPage, listScreen, openStates, overStates, type ListRoute } from './list-screen.ts'
import type { OfferContext } from './options.ts'
import { cancelScreen, examplesScreen, rejectScreen, whenScreen } from './plain-questions.ts'
import type { OfferRoute } from './route.ts'

export interface OfferAnswers {
  to(route: OfferRoute, member: Member, key: string): Promise<Answer>
  /** What was typed when `asked` had been asked; undefined: it answers something else. */
  typed(asked: OfferRoute, text: string, member: Member, key: string): Promise<Answer | undefined>
  received: ReceivePicture
  /** How many wait for somebody's approval. */
  waiting(): Promise<number>
}

/** Offers: what waits for a decision, what it would do, and what becomes of it. All that is decided stands in the offer's row. */
export function createOfferAnswers(context: OfferContext): OfferAnswers {
  const { books, deskOf } = context
  const { offers, deliveries } = books
  const preview = createPreviewMemory(context)
  const act = createAct(context, show)
  const editing = createEditAnswers(context)
  const begun = createBegun(context, show)
  const { received } = editing
  return { to, typed, received, waiting: async () => await offers.count(['pending']) }

  async function to(route: OfferRoute, member: Member, key: string): Promise<Answer> {
    switch (route.screen) {
      case 'offers':
      case 'offersOver':
      case 'offersRetired':
        return list(route, member)
      case 'offer':
        return show(route.id, member, route.variant)
      case 'offerHistory':
        return history(route, member)
      case 'offerAct': {
        const { id, version, act: kind } = route
        return act(id, kind === 'approve' ? { kind, version } : { kind }, member, key)
      }
      case 'offerAt':
        return schedule(route.id, route.minutes * 60_000, member, key)
      case 'offerFor':
        return begun.forSegment(route, member)
      case 'offerAgain':
        return begun.again(route.id, member, key)
      default:
        return isEditRoute(route) ? editing.to(route, member, key) : ask(route, member)
    }
  }

  async function ask(
    route: Extract<
      OfferRoute,
      { screen: 'offerCancel' | 'offerReject' | 'offerExamples' | 'offerLook' | 'offerWhen' }
    >,
    member: Member,
  ): Promise<Answer> {
    const desk = deskOf(member)
    const offer = await offers.byId(route.id)
    if (!offer) return { screen: plainScreen('offers.gone', desk) }
    switch (route.screen) {
      case 'offerCancel':
        return { screen: cancelScreen(offer, route.version, desk) }
      case 'offerReject':
        return { screen: rejectScreen(offer, desk), asks: route }
      case 'offerExamples':
        return { screen: examplesScreen(offer, await preview(offer), context, desk) }
      case 'offerLook':
        return look(offer, member)
      case 'offerWhen':
        return { screen: whenScreen(offer, desk), asks: route }
    }
  }

  /** What they pressed stays as it is; of an offer without a picture its card says all. */
  async function look(offer: StoredOffer, member: Member): Promise<Answer> {
    const { picture } = offer.spec
    if (picture === undefined) return show(offer.id, member)
    const desk = deskOf(member)
    const looked = isOpen(offer.standing.state) ? await preview(offer) : undefined
    const instead = `⚠️ ${desk.t('offerPicture.wrong.refused')}`
    return { look: { picture, instead, screen: lookScreen(offer, looked, context, desk) } }
  }

  async function typed(
    asked: OfferRoute,
    text: string,
    member: Member,
    key: string,
  ): Promise<Answer | undefined> {
    if (asked.screen === 'offerReject')
      return act(asked.id, { kind: 'reject', why: text.slice(0, 500) }, member, key)
    if (isEditRoute(asked)) return editing.typed(asked, text, member, key)
    if (asked.screen !== 'offerWhen') return undefined
    const desk = deskOf(member)
    const reading = readMoment(text, desk.now.getTime(), desk.salon.timeZone)
    if (reading.ok) return schedule(asked.id, reading.at, member, key)
    const offer = await offers.byId(asked.id)
    if (!offer) return { screen: plainScreen('offers.gone', desk) }
    return { screen: whenScreen(offer, desk, reading.reason), asks: asked }
  }

  async function list(route: ListRoute, member: Member): Promise<Answer> {
    const states = route.screen === 'offers' ? openStates : overStates
    const retired = route.screen === 'offersRetired'
    const page = { offset: route.page * listedOnPage, limit: listedOnPage }
    const [shown, total, waiting, away] = await Promise.all([
      offers.list({ states, ...page, inOrder: true, retired }),
      offers.count(states, { retired }),
      offers.count(['pending']),
      offers.count(overStates, { retired: true }),
    ])
    return { screen: listScreen({ shown, total, waiting, retired: away }, route, deskOf(member)) }
  }

  async function history(
    { id, page }: Extract<OfferRoute, { screen: 'offerHistory' }>,
    member: Member,
  ): Promise<Answer> {
    const desk = deskOf(member)
    const offer = await offers.byId(id)
    if (!offer) return { screen: plainScreen('offers.gone', desk) }
    return { screen: historyScreen(offer, await offers.log(id), page, desk) }
  }

  async function show(id: number, member: Member, variant?: string): Promise<Answer> {
    const desk = deskOf(member)
    const offer = await offers.byId(id)
    if (!offer) return { screen: plainScreen('offers.gone', desk) }
    const [log, looked, progress] = await Promise.all([
      offers.log(id),
      isOpen(offer.standing.state) ? preview(offer) : undefined,
      isOpen(offer.standing.state) ? undefined : deliveries.progress(id),
    ])
    const facts = { offer, log, ...(looked && { preview: looked }), ...(progress && { progress }) }
    const card = cardScreen(facts, member.role, context, desk, variant)
    return { screen: card, ...(progress && !isOver(offer.standing.state) && { watches: id }) }
  }

  /** Before the approval it is a part of the offer, after it a decision of its own. @param at epoch milliseconds; 0: at once */
  async function schedule(id: number, at: number, member: Member, key: string): Promise<Answer> {
    const offer = await offers.byId(id)
    const stays = offer?.spec.schedule.kind === 'standing'
    if (!offer || stays || isOver(offer.standing.state)) return show(id, member)
    if (!isOpen(offer.standing.state)) {
      const now = deskOf(member).now.getTime()
      return act(id, { kind: 'schedule', at: at === 0 ? now + 1 : at }, member, key)
    }
    const when = at === 0 ? ({ kind: 'now' } as const) : ({ kind: 'at', at } as const)
    return act(id, editOf(offer, { ...offer.spec, schedule: when }), member, key)
  }
}

/** A glance at the examples and back should not count a hundred thousand clients again. */
function createPreviewMemory({ books }: OfferContext): (offer: StoredOffer) => Promise<OfferPreview> {
  const remembered = createFreshMemory({ freshMs: 15_000, most: 20 })
  return (offer) => remembered(`${offer.id}:${offer.standing.version}`, () => books.previews.of(offer))
}
