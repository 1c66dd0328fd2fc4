/** The invitation to the survey: now, in the evening, or not at all. A reminder is one, too. */
import type { Answers } from '../domain/answer.ts'
import { choice, dialogue } from './question.ts'
import type { Option, Scene } from './question.ts'
import { promisedGift } from './reward.ts'

/** Who begins: the onboarding's end (`onboarding`), an admin (`prompt`), the half-done survey (`reminder`), a promise (`evening`). */
export const inviteOrigins = ['onboarding', 'prompt', 'reminder', 'evening'] as const
export type InviteOrigin = (typeof inviteOrigins)[number]

export const invite = dialogue({
  name: 'invite',
  version: 1,
  side: true,
  soft: true,
  compact: true,
  questions: [
    // Filled in when it is opened.
    choice('origin', {
      final: true,
      options: () => inviteOrigins.map((value) => ({ value, label: value })),
    }),
    choice('when', {
      options: whenOptions,
      values: (scene, answers) => ({ context: originOf(answers), gift: giftWords(scene, answers) }),
    }),
  ],
})

export const originOf = (answers: Answers): InviteOrigin =>
  inviteOrigins.find((one) => one === answers['origin']?.value) ?? 'prompt'

function whenOptions({ t }: Scene, answers: Answers): Option[] {
  const origin = originOf(answers)
  const offered = origin === 'evening' || origin === 'reminder' ? ['now', 'no'] : ['now', 'evening', 'no']
  return offered.map((value) => ({
    value,
    label: t(`invite.when.options.${value}`, { context: origin }),
    ...(value === 'now' ? { color: 'primary' as const, means: 'yes' as const } : {}),
    ...(value === 'no' ? { means: 'no' as const } : {}),
  }))
}

/**
 * The gift in a message that starts on our side is advertising: it is mentioned to those who agreed to it, where the salon
 * advertises. Whoever has just done something themselves is told in any case.
 */
function giftWords(scene: Scene, answers: Answers): string {
  const title = promisedGift(scene)
  const { client, salon, chat } = scene
  const own = originOf(answers) === 'onboarding'
  const mayAdvertise = client.advertisingConsentAt !== undefined && salon.advertising[chat.platform]
  return title === undefined || !(own || mayAdvertise) ? '' : scene.t('invite.gift', { title })
}
