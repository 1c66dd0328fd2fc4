import { newOffer } from '../../../domain/offers/offer-edit.ts'
import { withText } from '../../../domain/offers/variants-edit.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Member } from '../../../storage/staff.ts'
import type { Answer } from '../answer.ts'
import type { Desk } from '../desk.ts'
import { plainScreen } from '../plain-screens.ts'
import type { Screen } from '../screen.ts'
import { createAct, editOf } from './acts.ts'
import { createAudienceAnswers } from './audience-answers.ts'
import { isAudienceRoute } from './audience-route.ts'
import { editScreen, moreScreen, newScreen } from './edit-screens.ts'
import type { OfferContext } from './options.ts'
import { pressedPart, readPart } from './part-changes.ts'
import { partScreen, rareParts } from './part-screens.ts'
import { createPicturePart, type ReceivePicture } from './picture-part.ts'
import type { OfferPart, OfferRoute, PartRoute, SetRoute } from './route.ts'
import { standingScreen } from './standing-part.ts'
import { textScreen, variantsScreen } from './variants-part.ts'

const editScreens = [
  'offerNew',
  'offerEdit',
  'offerMore',
  'offerPart',
  'offerSet',
  'offerWhom',
  'offerIf',
  'offerAnswer',
] as const
export type EditRoute = Extract<OfferRoute, { screen: (typeof editScreens)[number] }>

export const isEditRoute = (route: OfferRoute): route is EditRoute =>
  editScreens.some((one) => one === route.screen)

export interface EditAnswers {
  to(route: EditRoute, member: Member, key: string): Promise<Answer>
  typed(asked: EditRoute, text: string, member: Member, key: string): Promise<Answer | undefined>
  received: ReceivePicture
}

/** Writing an offer by hand. The draft is the offer's row from the first words on, so that nothing can lose it. */
export function createEditAnswers(context: OfferContext): EditAnswers {
  const { books, deskOf } = context
  const { offers, defaults } = books
  const act = createAct(context, (id, member) => shown(id, member, editScreen))
  const audience = createAudienceAnswers(context, act)
  const toEdit = (id: number, member: Member) => shown(id, member, editScreen)
  const picturing = createPicturePart(context, { act, shown: toEdit, begin })

  return {
    async to(route, member, key) {
      if (isAudienceRoute(route)) return audience.to(route, member, key)
      switch (route.screen) {
        case 'offerNew':
          return { screen: newScreen(deskOf(member)), asks: route }
        case 'offerEdit':
          return shown(route.id, member, editScreen)
        case 'offerMore':
          return shown(route.id, member, moreScreen)
        case 'offerSet':
          return set(route, member, key)
        case 'offerPart':
          return part(route, member)
      }
    },
    received: picturing.received,
    async typed(asked, text, member, key) {
      if (isAudienceRoute(asked)) return audience.typed(asked, text, member, key)
      if (asked.screen === 'offerNew') return begin(text, member, key)
      if (asked.screen === 'offerPart' && asked.part === 'picture') return picturing.typed(asked, member)
      return asked.screen === 'offerPart' ? typedPart(asked, text, member, key) : undefined
    },
  }

  async function shown(
    id: number,
    member: Member,
    draw: (offer: StoredOffer, desk: Desk) => Screen,
  ): Promise<Answer> {
    const offer = await offers.byId(id)
    const desk = deskOf(member)
    return { screen: offer ? draw(offer, desk) : plainScreen('offers.gone', desk) }
  }

  async function begin(text: string, member: Member, key: string, picture?: number): Promise<Answer> {
    const desk = deskOf(member)
    const asks = { screen: 'offerNew' } as const
    const language = desk.salon.languages[0] ?? 'ru'
    const begun = { ...newOffer(text, language, defaults), ...(picture !== undefined && { picture }) }
    const made = withText(begun, text, { language })
    if (!made.ok) return { screen: newScreen(desk, made.reason), asks }
    const tooLong = picturing.tooLong(made.spec, desk)
    if (tooLong !== undefined) return { screen: newScreen(desk), toast: tooLong, asks }
    const offer = await offers.create({ origin: 'manual', spec: made.spec, by: member.id, updateKey: key })
    // The same words, delivered again.
    if (!offer) return { screen: newScreen(desk), asks }
    return audience.to({ screen: 'offerWhom', id: offer.id, page: 'who' }, member, key)
  }

  async function part(route: PartRoute, member: Member, problem?: string): Promise<Answer> {
    const desk = deskOf(member)
    const offer = await offers.byId(route.id)
    if (!offer) return { screen: plainScreen('offers.gone', desk) }
    const asks = { asks: route }
    switch (route.part) {
      case 'audience':
        return audience.to({ screen: 'offerWhom', id: route.id, page: 'who' }, member, '')
      case 'picture':
        return picturing.asked(offer, member)
      case 'text':
        return { screen: textScreen(offer, route, desk, problem), ...asks }
      case 'variants':
        return { screen: variantsScreen(offer, desk, problem), ...asks }
      case 'standing':
        return { screen: standingScreen(offer, desk, problem), ...asks }
      default: {
        const { part: name } = route
        const isTyped = !['coupon', 'holdout', 'channel'].includes(name)
        const drawn = partScreen(offer, { ...route, part: name }, defaults.mark, desk, problem)
        return { screen: drawn, ...(isTyped && asks) }
      }
    }
  }

  async function set({ id, part: name, value }: SetRoute, member: Member, key: string): Promise<Answer> {
    const offer = await offers.byId(id)
    const spec = offer && pressedPart(offer.spec, name, value, defaults.mark)
    if (!spec) return after({ screen: 'offerPart', id, part: name }, member)
    const answer = await act(id, editOf(offer, spec), member, key)
    return { ...answer, ...(await after({ screen: 'offerPart', id, part: name }, member)) }
  }

  async function typedPart(
    route: PartRoute,
    text: string,
    member: Member,
    key: string,
  ): Promise<Answer | undefined> {
    const offer = await offers.byId(route.id)
    if (!offer) return { screen: plainScreen('offers.gone', deskOf(member)) }
    const edited = readPart(offer.spec, route, text, deskOf(member))
    if (!edited) return undefined
    if (!edited.ok) return part(route, member, edited.reason)
    const tooLong = picturing.tooLong(edited.spec, deskOf(member))
    if (tooLong !== undefined) return { ...(await part(route, member)), toast: tooLong }
    const answer = await act(route.id, editOf(offer, edited.spec), member, key)
    return { ...answer, ...(await after(route, member)) }
  }

  /** Where one goes on when a part has changed: to the screen that it was chosen on. */
  async function after({ id, part: name }: PartRoute, member: Member): Promise<Answer> {
    const offer = await offers.byId(id)
    const isOneOfSeveral =
      staying.includes(name) && (name !== 'text' || (offer?.spec.variants.length ?? 0) > 1)
    if (isOneOfSeveral)
      return part({ screen: 'offerPart', id, part: name === 'text' ? 'variants' : name }, member)
    return shown(id, member, rareParts.includes(name) ? moreScreen : editScreen)
  }
}

/** More than one thing is often changed there. */
const staying: readonly OfferPart[] = ['text', 'variants', 'audience', 'standing']
