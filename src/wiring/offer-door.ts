import { ApiError } from '../bots/api-error.ts'
import type { Salon, Language } from '../domain/salon.ts'
import { offerMessage } from '../flows/offer-message.ts'
import type { OfferDoor, SayOutcome } from '../jobs/delivery-line.ts'
import type { Translate } from '../locales.ts'
import type { Platform } from '../domain/platform.ts'
import type { Bots } from './bots.ts'

/** What is needed of the bots. */
type Senders = { [Name in Platform]?: Pick<NonNullable<Bots[Name]>, 'send'> }

/** Names a delivery for good: VK makes its number for recognising repeats of it. */
const deliveryKey = 'delivery:'

/** How an offer goes out on a platform: put into words for this person, said once by the platform's bot. */
export function offerDoor({
  platform,
  bots,
  salon,
  translate,
  now = Date.now,
}: {
  platform: Platform
  bots: Senders
  salon: Salon
  translate: (language: Language) => Translate
  now?: () => number
}): OfferDoor {
  return {
    async say({ id, variant, offer: { spec }, chat, addressee, code, textButtons }, notAfter) {
      const { language, externalId } = chat
      const to = {
        delivery: id,
        platform,
        language,
        addressee,
        at: now(),
        ...(code !== undefined && { code }),
      }
      const message = offerMessage({ spec, variant }, to, { salon, t: translate(language) })
      const how = {
        key: `${deliveryKey}${id}`,
        textButtons,
        once: true,
        priority: 'broadcast',
        notAfter,
      } as const
      try {
        const said = await bots[platform]?.send(externalId, { say: [message] }, how)
        if (!said) return { what: 'notSent', down: true }
        const messageId = said.messageIds.at(-1)
        if (!said.delivered) return { what: 'unreachable' }
        return { what: 'sent', ...(messageId !== undefined && { messageId }) }
      } catch (error) {
        if (error instanceof ApiError) return outcomeOf(error)
        throw error
      }
    },
  }
}

/** What an error of the platform means for a message that must not be said twice. */
function outcomeOf({ trouble, sent, code }: ApiError): SayOutcome {
  switch (trouble) {
    case 'late':
    case 'wait':
    case 'flood':
      return { what: 'notSent', down: false }
    case 'repeat':
      return sent ? { what: 'unsure' } : { what: 'notSent', down: true }
    case 'unreachable':
      return { what: 'unreachable' }
    case 'refused':
    case 'gone':
    case 'same':
    case 'stale':
      return { what: 'failed', reason: code === undefined ? trouble : String(code) }
  }
}
