/** "No more offers": one tap under every offer, however old it is. The dialogue that is going on goes on. */
import type { ButtonGroup, Incoming, Message, Reply } from './conversation.ts'
import { withConsent } from './consent.ts'
import { plainly } from './decision.ts'
import type { Decision } from './decision.ts'
import type { Scene, Translate } from './question.ts'
import type { Before } from './reply.ts'

/** Where the button's values begin. */
export const optOut = 'optOut'

/**
 * Stands under every advertising message.
 * @param delivery the delivery's number: the ledger's proof says which message it was
 */
export const optOutButton = (delivery: string, t: Translate): ButtonGroup => ({
  kind: 'controls',
  buttons: [{ label: t('optOut.button'), value: `${optOut}.delivery=${delivery}` }],
})

/** Withdraws the consent to advertising, at once and for all of the person's messengers. Asked again it says so again. */
export function optedOut({ known, scene, incoming }: Before, evidence: string): Decision {
  const { toast, say } = optOutSaid(scene)
  const spoken = { say, quiet: true, ...(incoming.input.kind === 'press' && { toast }) }
  if (known.client.advertisingConsentAt === undefined) return { known, spoken }
  return withConsent(known, 'advertising', false, evidence, scene, spoken)
}

const optOutSaid = ({ t }: Scene): { say: Message[]; toast: string } => ({
  say: [plainly(t('optOut.done'))],
  toast: t('optOut.toast'),
})

/** The same press delivered again: its confirmation may not have been said. Undefined: it was no such press. */
export function optedOutAgain({ input }: Incoming, scene: Scene): Reply | undefined {
  return input.kind === 'press' && input.value.startsWith(`${optOut}.`) ? optOutSaid(scene) : undefined
}
