/** Consents: what is known of the person, and the row that proves it. */
import type { Client, ConsentPurpose } from '../domain/client.ts'
import type { Fact, Known } from '../domain/known.ts'
import type { Effect } from './effect.ts'
import type { Scene } from './question.ts'
import type { Spoken } from './reply.ts'
import { shortened } from './typed.ts'

/**
 * A consent as given or withdrawn now, with its entry in the ledger.
 * @param evidence what was pressed or typed, word for word
 */
export function withConsent(
  known: Known,
  purpose: ConsentPurpose,
  granted: boolean,
  evidence: string,
  scene: Scene,
  spoken: Spoken,
): Effect {
  const { [column[purpose]]: _, ...rest } = known.client
  const client = purpose === 'personalData' ? withoutOlderTerms(rest) : rest
  return {
    known: { ...known, client: { ...client, ...(granted ? { [column[purpose]]: scene.now } : {}) } },
    facts: [consentFact(purpose, granted, evidence, scene)],
    spoken,
  }
}

/** The text of today names the preparing of personal offers. */
function withoutOlderTerms({ olderTerms: _, ...client }: Client): Client {
  return client
}

const column = { personalData: 'personalDataConsentAt', advertising: 'advertisingConsentAt' } as const

export const consentFact = (
  purpose: ConsentPurpose,
  granted: boolean,
  evidence: string,
  scene: Scene,
): Fact => ({
  kind: 'consent',
  purpose,
  granted,
  documentHash: scene.documents[purpose].hash,
  evidence: shortened(evidence, 64),
})
