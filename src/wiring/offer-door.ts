import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError } from '../bots/api-error.ts'
import type { Photo, Photos } from '../bots/photos.ts'
import type { Platform } from '../domain/platform.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { Message } from '../flows/conversation.ts'
import { offerMessage } from '../flows/offer-message.ts'
import type { OfferDoor, SayOutcome } from '../jobs/delivery-line.ts'
import type { Translate } from '../locales.ts'
import type { ClaimedDelivery } from '../storage/deliveries.ts'
import type { Bots } from './bots.ts'

/** What is needed of the bots. */
export interface Senders {
  telegram?: Pick<NonNullable<Bots['telegram']>, 'send'>
  vk?: Pick<NonNullable<Bots['vk']>, 'send' | 'uploadPhoto'>
}

/** Names a delivery for good: VK makes its number for recognising repeats of it. */
const deliveryKey = 'delivery:'

/** It surely did not go, and may at once. */
const again: SayOutcome = { what: 'notSent', down: false }
/** VK's line was tried for half a minute by then. */
const breathMs = 1_000
const unfit: SayOutcome = { what: 'failed', reason: 'picture' }

/**
 * How an offer goes out on a platform: put into words for this person, said once by the platform's bot. Its picture is brought to the
 * platform once: in Telegram by the first message that has it, in VK before the first one, which then takes a later slot.
 */
export function offerDoor({
  platform,
  bots,
  photos,
  salon,
  translate,
  now = Date.now,
}: {
  platform: Platform
  bots: Senders
  /** Of the platform's token. */
  photos: Photos
  salon: Salon
  translate: (language: Language) => Translate
  now?: () => number
}): OfferDoor {
  /** Pictures that are on their way, by offer. */
  const brought = new Map<number, Promise<unknown>>()

  return {
    ready: async (offerId) => void (await brought.get(offerId)),
    async say(delivery, notAfter) {
      const { spec } = delivery.offer
      const message = messageOf(delivery)
      if (spec.picture === undefined) return sayIt(delivery, message, { notAfter })
      const photo = await photos.take(spec.picture)
      switch (photo.by) {
        case 'name':
          return sayIt(delivery, { ...message, photo: photo.name }, { notAfter }, photo.lost)
        case 'file':
          if (platform === 'telegram') {
            const carrying = carry(delivery, message, photo, notAfter).finally(photo.failed)
            return untilThere(delivery.offer.id, carrying)
          }
          // Nobody is kept claimed for as long as this may take.
          void untilThere(delivery.offer.id, bringToVk(photo).finally(photo.failed))
          return again
        case 'nothing':
          return without(delivery, spec.picture, photo.why)
      }
    },
  }

  function without(
    { offer }: ClaimedDelivery,
    picture: number,
    why: (Photo & { by: 'nothing' })['why'],
  ): SayOutcome {
    if (why === 'unknown') return { what: 'notSent', down: true }
    if (why !== 'onItsWay') return unfit
    // Another offer with the same picture brings it.
    void untilThere(offer.id, photos.settled(picture))
    return again
  }

  function messageOf({ id, variant, offer: { spec }, chat: { language }, addressee, code }: ClaimedDelivery) {
    const how = {
      delivery: id,
      platform,
      language,
      addressee,
      at: now(),
      ...(code !== undefined && { code }),
    }
    return offerMessage({ spec, variant }, how, { salon, t: translate(language) })
  }

  function untilThere<T>(offerId: number, bringing: Promise<T>): Promise<T> {
    const settled = bringing
      .catch(() => undefined)
      .finally(() => {
        if (brought.get(offerId) === settled) brought.delete(offerId)
      })
    brought.set(offerId, settled)
    return bringing
  }

  /** Telegram has no way to bring a picture but in a message. */
  async function carry(
    delivery: ClaimedDelivery,
    message: Message,
    photo: Photo & { by: 'file' },
    notAfter: number,
  ): Promise<SayOutcome> {
    const named: Promise<void>[] = []
    const onPhoto = (name: string) => void named.push(photo.given(name))
    const carried = { ...message, photo: photo.file }
    const outcome = await sayIt(delivery, carried, { notAfter, onPhoto }, photo.unfit, unfit)
    await Promise.all(named)
    return outcome
  }

  /** Whoever comes next says what came of it: that it is unfit, or brings it once more. */
  async function bringToVk(photo: Photo & { by: 'file' }): Promise<void> {
    try {
      const name = await bots.vk?.uploadPhoto(photo.file)
      if (name !== undefined) await photo.given(name)
    } catch (error) {
      if (error instanceof ApiError && (error.trouble === 'refused' || error.trouble === 'photo'))
        photo.unfit()
      else await sleep(breathMs)
    }
  }

  /**
   * @param onRefused called when the platform says that it is the picture which it does not take
   * @param refused what that means for the message
   */
  async function sayIt(
    { id, chat: { externalId }, textButtons }: ClaimedDelivery,
    message: Message,
    options: { notAfter: number; onPhoto?: (name: string) => void },
    onRefused?: () => unknown,
    refused: SayOutcome = again,
  ): Promise<SayOutcome> {
    const once = { once: true, priority: 'broadcast' } as const
    const how = { key: `${deliveryKey}${id}`, textButtons, ...once, ...options }
    try {
      const said = await bots[platform]?.send(externalId, { say: [message] }, how)
      if (!said) return { what: 'notSent', down: true }
      const messageId = said.messageIds.at(-1)
      if (!said.delivered) return { what: 'unreachable' }
      return { what: 'sent', ...(messageId !== undefined && { messageId }) }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.trouble !== 'photo' || !onRefused) return outcomeOf(error)
      await onRefused()
      return refused
    }
  }
}

/** What an error of the platform means for a message that must not be said twice. */
function outcomeOf({ trouble, sent, code }: ApiError): SayOutcome {
  switch (trouble) {
    case 'late':
    case 'wait':
    case 'flood':
      return again
    case 'repeat':
      return sent ? { what: 'unsure' } : { what: 'notSent', down: true }
    case 'unreachable':
      return { what: 'unreachable' }
    case 'photo':
    case 'refused':
    case 'gone':
    case 'same':
    case 'stale':
      return { what: 'failed', reason: code === undefined ? trouble : String(code) }
  }
}
