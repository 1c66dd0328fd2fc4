/** How people walk through the dialogues: which buttons they leave alone, what they type, when a walk is over. */
import path from 'node:path'
import { createTranslator } from '../src/locales.ts'
import type { Manners } from './people.ts'

const t = createTranslator({ dir: path.join(import.meta.dirname, '..', 'locales') })('ru')

const phoneOf = (personId: number): string => `+79${String(personId % 1_000_000_000).padStart(9, '0')}`

/** Out of the dialogue, or aside: declining, "not now", back, documents, the language. */
const ways = [
  'onboarding.personalData.no',
  'onboarding.personalData.read',
  'onboarding.advertising.read',
  'dialogue.leave.later',
  'dialogue.back',
  'language.names.en',
]

const lastLabel = t('onboarding.summary.ok')

/**
 * The whole onboarding, from Start to the end, each time a new person: with both consents, the phone, the notice to the
 * salon. VK has no contact button: there the phone is typed.
 */
export const onboarding = (platform: 'telegram' | 'vk'): Manners => ({
  avoid: new Set([...ways.map((key) => t(key)), ...editLabels(questions)]),
  typed: [
    { asked: t('onboarding.birthday.ask'), say: '17.04.1990' },
    ...(platform === 'vk'
      ? [
          { asked: t('onboarding.name.ask'), say: 'Анна' },
          { asked: t('onboarding.phone.ask'), say: '' },
        ]
      : []),
  ],
  lastLabel,
  strideLabel: lastLabel,
  phoneOf,
})

/**
 * Answers: everybody walks the onboarding to its last card, and then corrects one line after another for ever, so that each
 * press is an answer or leads to one. The phone is left as it is: giving it is more than an answer, and the bots to compare
 * with have nothing of the kind.
 */
export const answering = (platform: 'telegram' | 'vk'): Manners => {
  const whole = onboarding(platform)
  return {
    avoid: new Set([...ways.map((key) => t(key)), ...editLabels(['phone']), lastLabel]),
    // Once a line is being corrected, its old answer can be kept by a button.
    typed: whole.typed,
    strideLabel: lastLabel,
    phoneOf,
  }
}

/** A questionnaire of buttons. */
export const pressing: Manners = { avoid: new Set(), typed: [], phoneOf }

const questions = ['name', 'phone', 'birthday', 'lines', 'master', 'time', 'heard', 'channel']

function editLabels(ids: string[]): string[] {
  return ids.map((id) => `✎ ${t(`onboarding.${id}.short`)}`)
}
