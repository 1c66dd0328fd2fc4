import { toAudience, toSimple } from '../../../domain/offers/simple-audience.ts'
import {
  newOffer,
  withCoupon,
  withDiscount,
  withoutPicture,
  withText,
  withTitle,
  withValidity,
} from '../../../domain/offers/offer-edit.ts'
import type { Edited } from '../../../domain/offers/offer-edit.ts'
import type { OfferSpec } from '../../../domain/offers/offer.ts'
import type { StoredOffer } from '../../../storage/offers.ts'
import type { Member } from '../../../storage/staff.ts'
import type { Answer } from '../answer.ts'
import { dayOf, type Desk } from '../desk.ts'
import { plainScreen } from '../plain-screens.ts'
import { createAct } from './acts.ts'
import { editScreen, newScreen, partScreen, ready, toggled } from './edit-screens.ts'
import type { OfferContext } from './options.ts'
import { createPicturePart, type ReceivePicture } from './picture-part.ts'
import type { OfferPart, OfferRoute, PartRoute, SetRoute } from './route.ts'

export type EditRoute = Extract<OfferRoute, { screen: 'offerNew' | 'offerEdit' | 'offerPart' | 'offerSet' }>

export const isEditRoute = (route: OfferRoute): route is EditRoute =>
  ['offerNew', 'offerEdit', 'offerPart', 'offerSet'].includes(route.screen)

export interface EditAnswers {
  to(route: EditRoute, member: Member, key: string): Promise<Answer>
  typed(asked: EditRoute, text: string, member: Member, key: string): Promise<Answer | undefined>
  received: ReceivePicture
}

/** Writing an offer by hand. The draft is the offer's row from the first words on, so that nothing can lose it. */
export function createEditAnswers(context: OfferContext): EditAnswers {
  const { books, deskOf } = context
  const { offers } = books
  const act = createAct(context, shown)
  const picturing = createPicturePart(context, { act, shown, begin })

  return {
    async to(route, member, key) {
      if (route.screen === 'offerNew') return { screen: newScreen(deskOf(member)), asks: route }
      if (route.screen === 'offerEdit') return shown(route.id, member)
      if (route.screen === 'offerSet') return set(route, member, key)
      return part(route, member)
    },
    received: picturing.received,
    async typed(asked, text, member, key) {
      if (asked.screen === 'offerNew') return begin(text, member, key)
      if (asked.screen === 'offerPart' && asked.part === 'picture') return picturing.typed(asked, member)
      return asked.screen === 'offerPart' ? typedPart(asked, text, member, key) : undefined
    },
  }

  async function shown(id: number, member: Member): Promise<Answer> {
    const offer = await offers.byId(id)
    const desk = deskOf(member)
    return { screen: offer ? editScreen(offer, desk) : plainScreen('offers.gone', desk) }
  }

  async function begin(text: string, member: Member, key: string, picture?: number): Promise<Answer> {
    const desk = deskOf(member)
    const asks = { screen: 'offerNew' } as const
    const begun = { ...newOffer(text, first(desk)), ...(picture !== undefined && { picture }) }
    const made = withText(begun, text, first(desk))
    if (!made.ok) return { screen: newScreen(desk, made.reason), asks }
    const tooLong = picturing.tooLong(made.spec, desk)
    if (tooLong !== undefined) return { screen: newScreen(desk), toast: tooLong, asks }
    const offer = await offers.create({ origin: 'manual', spec: made.spec, by: member.id, updateKey: key })
    // The same words, delivered again.
    if (!offer) return { screen: newScreen(desk), asks }
    return part({ screen: 'offerPart', id: offer.id, part: 'audience' }, member)
  }

  async function part(route: PartRoute, member: Member, problem?: string): Promise<Answer> {
    const desk = deskOf(member)
    const offer = await offers.byId(route.id)
    if (!offer) return { screen: plainScreen('offers.gone', desk) }
    if (route.part === 'picture') return picturing.asked(offer, member)
    const isTyped = !['audience', 'coupon', 'holdout', 'channel'].includes(route.part)
    return {
      screen: partScreen(offer, route.part, { segments: books.segments() }, desk, problem),
      ...(isTyped && { asks: route }),
    }
  }

  async function set({ id, part: name, value }: SetRoute, member: Member, key: string): Promise<Answer> {
    const offer = await offers.byId(id)
    const spec = offer && changed(offer, name, value)
    if (!spec) return shown(id, member)
    const answer = await act(id, { kind: 'edit', spec }, member, key)
    // Conditions are often several.
    return name === 'audience'
      ? { ...answer, ...(await part({ screen: 'offerPart', id, part: name }, member)) }
      : answer
  }

  async function typedPart(
    route: PartRoute,
    text: string,
    member: Member,
    key: string,
  ): Promise<Answer | undefined> {
    const offer = await offers.byId(route.id)
    if (!offer) return { screen: plainScreen('offers.gone', deskOf(member)) }
    const edited = read(offer.spec, route.part, text, deskOf(member))
    if (!edited) return undefined
    if (!edited.ok) return part(route, member, edited.reason)
    const tooLong = picturing.tooLong(edited.spec, deskOf(member))
    if (tooLong !== undefined) return { ...(await part(route, member)), toast: tooLong }
    return act(route.id, { kind: 'edit', spec: edited.spec }, member, key)
  }
}

/** What is typed once is read in all languages. */
const first = ({ salon }: Desk) => salon.languages[0] ?? 'ru'

/** Undefined: this part is not typed. */
function read(spec: OfferSpec, part: OfferPart, text: string, desk: Desk): Edited | undefined {
  switch (part) {
    case 'title':
      return withTitle(spec, text, first(desk))
    case 'text':
      return withText(spec, text, first(desk))
    case 'discount':
      return withDiscount(spec, text, first(desk))
    case 'validity':
      return withValidity(spec, text, dayOf(desk.now, desk.salon))
    default:
      return undefined
  }
}

/** What a press makes of the spec; undefined: not a button of this version. */
function changed({ spec }: StoredOffer, part: OfferPart, value: string): OfferSpec | undefined {
  const number = Number(value)
  const isReady = part in ready && ready[part as keyof typeof ready].some((one) => one === value)
  switch (part) {
    case 'audience': {
      if (value === 'all') return { ...spec, audience: { kind: 'everyone' } }
      const simple = toSimple(spec.audience)
      const next = simple && toggled(simple, value)
      return next && { ...spec, audience: toAudience(next) }
    }
    case 'discount':
      if (!isReady) return undefined
      return { ...spec, discount: value === 'none' ? { kind: 'none' } : { kind: 'percent', percent: number } }
    case 'validity':
      return isReady ? { ...spec, validity: { kind: 'days', days: number } } : undefined
    case 'coupon':
      return isReady ? withCoupon(spec, number) : undefined
    case 'holdout':
      return isReady ? { ...spec, holdoutShare: number / 100 } : undefined
    case 'channel':
      return isReady ? { ...spec, channel: value as OfferSpec['channel'] } : undefined
    case 'picture':
      return value === 'none' ? withoutPicture(spec) : undefined
    case 'title':
    case 'text':
      return undefined
  }
}
