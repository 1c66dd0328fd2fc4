import { pictureLimits, readPicture } from '../../../domain/offers/picture.ts'
import type { OfferSpec } from '../../../domain/offers/offer.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Member } from '../../../storage/staff.ts'
import type { Answer } from '../answer.ts'
import type { Desk } from '../desk.ts'
import { plainScreen } from '../plain-screens.ts'
import type { Act as Done } from '../read-update.ts'
import type { Route } from '../route.ts'
import { editOf, type Act } from './acts.ts'
import { newScreen } from './edit-screens.ts'
import type { OfferContext } from './options.ts'
import { picturePart, pictureUnasked } from './picture-screens.ts'
import type { PartRoute } from './route.ts'

/** A photo, or a file that may be a picture. */
type SentPicture = Done & { kind: 'photo' | 'document' }

/**
 * A picture was sent, or a file that may be one. @param asked what the last screen asked for
 * @returns undefined: it is for something else
 */
export type ReceivePicture = (
  sent: SentPicture,
  asked: Route | undefined,
  member: Member,
  key: string,
) => Promise<Answer | undefined>

type Taken = { ok: true; picture: number } | { ok: false; words: string }

/**
 * The picture of an offer: sent as a photo or as a file, kept in the database, given to the offer like any other change.
 * @param ways `begin`: a new offer with these words
 */
export function createPicturePart(
  { books, deskOf, fetchFile, pictures, photos }: OfferContext,
  {
    act,
    shown,
    begin,
  }: {
    act: Act
    shown: (id: number, member: Member) => Promise<Answer>
    begin: (text: string, member: Member, key: string, picture: number) => Promise<Answer>
  },
) {
  return { received, tooLong, asked, typed }

  async function received(
    sent: SentPicture,
    where: Route | undefined,
    member: Member,
    key: string,
  ): Promise<Answer | undefined> {
    if (where?.screen === 'offerPart' && where.part === 'picture') return given(sent, where, member, key)
    // Other files are for imports.
    if (sent.kind === 'document' && !looksLikePicture(sent.name)) return undefined
    if (where?.screen === 'offerNew') return begun(sent, member, key)
    return { screen: pictureUnasked(deskOf(member)), ...(where && { asks: where }) }
  }

  async function given(sent: SentPicture, { id }: PartRoute, member: Member, key: string): Promise<Answer> {
    const desk = deskOf(member)
    const offer = await books.offers.byId(id)
    if (!offer) return { screen: plainScreen('offers.gone', desk) }
    const taken = await take(sent, desk)
    if (!taken.ok) return { ...(await asked(offer, member)), toast: taken.words }
    const spec = { ...offer.spec, picture: taken.picture }
    const problem = tooLong(spec, desk)
    if (problem !== undefined) return { ...(await shown(id, member)), toast: problem }
    const { screen, ...answer } = await act(id, editOf(offer, spec), member, key)
    // A file shows nothing: as a photo it is seen, and Telegram has said that it is one. What was refused brings nothing further.
    if (sent.kind === 'photo' || !screen || !answer.afterwards)
      return { ...answer, ...(screen && { screen }) }
    const instead = `⚠️ ${desk.t('offerPicture.wrong.refused')}`
    return { ...answer, look: { picture: taken.picture, screen, instead } }
  }

  async function begun(sent: SentPicture, member: Member, key: string): Promise<Answer> {
    const desk = deskOf(member)
    const again = { screen: newScreen(desk), asks: { screen: 'offerNew' } } as const
    const taken = await take(sent, desk)
    if (!taken.ok) return { ...again, toast: taken.words }
    const words = sent.caption?.trim() ?? ''
    if (words === '') return { ...again, toast: `⚠️ ${desk.t('offerPicture.wordless')}` }
    return begin(words, member, key, taken.picture)
  }

  /** Looks at it, and keeps it when every messenger takes such a one. */
  async function take(sent: SentPicture, { t }: Desk): Promise<Taken> {
    const wrong = (reason: string, params = {}): Taken => ({
      ok: false,
      words: `⚠️ ${t(`offerPicture.wrong.${reason}`, params)}`,
    })
    if (sent.kind === 'document' && (sent.sizeBytes ?? 0) > pictureLimits.bytes) return wrong('heavy')
    const bytes = await fetchFile(sent.fileId)
    if (bytes === undefined) return wrong('heavy')
    const reading = readPicture(bytes)
    if (!reading.ok) return wrong(reading.reason, reading.params)
    const picture = await pictures.keep({ ...reading.picture, bytes })
    // What came as a photo this bot can show by that name.
    if (sent.kind === 'photo') await photos.named(picture, sent.fileId)
    return { ok: true, picture }
  }

  /** Why this text can't stand under a picture; undefined: it can, or there is none. */
  function tooLong(spec: OfferSpec, { t }: Desk): string | undefined {
    const problem = books.problemsOf(spec).find(({ reason }) => reason === 'tooLongForPicture')
    return problem && `⚠️ ${t(`offer.problems.${problem.reason}`, problem.params)}`
  }

  async function asked(offer: StoredOffer, member: Member): Promise<Answer> {
    return {
      screen: picturePart(offer, deskOf(member)),
      asks: { screen: 'offerPart', id: offer.id, part: 'picture' },
    }
  }

  /** They wrote where a picture was asked for. */
  async function typed({ id }: PartRoute, member: Member): Promise<Answer> {
    const desk = deskOf(member)
    const offer = await books.offers.byId(id)
    if (!offer) return { screen: plainScreen('offers.gone', desk) }
    return { ...(await asked(offer, member)), toast: `⚠️ ${desk.t('offerPicture.words')}` }
  }
}

const looksLikePicture = (name: string): boolean =>
  /\.(?:jpe?g|png|gif|webp|bmp|heic|heif|avif|tiff?|svg)$/i.test(name)
