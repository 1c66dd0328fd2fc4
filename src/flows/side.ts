/** Short dialogues that may interrupt any other: consents, forget me, a question to a person, the linking code. */
import { choice, confirm, dialogue, text } from './question.ts'
import type { Option, Scene } from './question.ts'

/** Changing consents. What each answer does is in done.ts. */
export const consents = dialogue({
  name: 'consents',
  version: 1,
  side: true,
  questions: [choice('change', { options: consentOptions, hint: true, values: consentValues })],
})

/** What the consent says since it was given, shown once. Whoever does something else instead finds it under the consents. */
export const renewal = dialogue({
  name: 'renewal',
  version: 1,
  side: true,
  once: true,
  questions: [
    confirm('offers', {
      final: true,
      keep: true,
      explicit: true,
      extra: () => [{ label: 'renewal.offers.read', value: 'document.read=personalData' }],
    }),
  ],
})

/** "Forget me" asks once. */
export const forget = dialogue({
  name: 'forget',
  version: 1,
  side: true,
  questions: [confirm('sure', { hint: true })],
})

/** What is written next goes to the salon's people. */
export const human = dialogue({
  name: 'human',
  version: 1,
  side: true,
  leave: 'later',
  // As much as one message of a messenger holds: nobody is told to be brief.
  questions: [text('message', { maxLength: 4096, hint: true })],
})

/** The code that went to the chat where this phone is confirmed. */
export const link = dialogue({
  name: 'link',
  version: 1,
  side: true,
  questions: [text('code', { maxLength: 12, pattern: /^\D*(\d\D*){6}$/, optional: true, hint: true })],
})

function consentOptions(scene: Scene): Option[] {
  const advertising = scene.client.advertisingConsentAt === undefined ? 'advertisingOn' : 'advertisingOff'
  const older = scene.client.olderTerms ? ['personalOffers'] : []
  return [advertising, ...older, 'personalDataOff', 'leave'].map((value) => ({
    value,
    label: scene.t(`consents.change.options.${value}`),
  }))
}

function consentValues(scene: Scene): { advertising: string } {
  return {
    advertising: scene.t(scene.client.advertisingConsentAt === undefined ? 'consents.no' : 'consents.yes'),
  }
}
