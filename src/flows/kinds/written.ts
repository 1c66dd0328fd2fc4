/** What is written or shared rather than chosen: text, phone, date. */
import { readBirthday } from '../../domain/birthday.ts'
import type { Birthday } from '../../domain/birthday.ts'
import { readContactPhone, readPhone, showPhone } from '../../domain/phone.ts'
import type { DateQuestion, Phone, Scene, TextQuestion } from '../question.ts'
import { given, problem } from './kind.ts'
import type { Kind } from './kind.ts'

const suggested = 'suggested'

export const textKind: Kind<TextQuestion> = {
  face(spot, scene, value) {
    const suggestion = spot.question.suggestion?.(scene)
    if (suggestion === undefined || spot.answer?.value !== undefined) return { groups: [] }
    return {
      groups: [
        { kind: 'options', buttons: [{ label: suggestion, value: value(suggested), color: 'primary' }] },
      ],
    }
  },
  read(spot, scene, said) {
    const { maxLength, pattern } = spot.question
    if ('contact' in said) return problem(scene.t(`${spot.key}.invalid`))
    const words =
      'token' in said
        ? said.token === suggested
          ? spot.question.suggestion?.(scene)
          : undefined
        : said.typed.trim()
    if (words === undefined || words === '') return problem(scene.t(`${spot.key}.invalid`))
    if (words.length > maxLength) return problem(scene.t('dialogue.tooLong', { count: maxLength }))
    return pattern && !pattern.test(words) ? problem(scene.t(`${spot.key}.invalid`)) : given(words)
  },
  show: (spot) => String(spot.answer?.value ?? ''),
}

export const phoneKind: Kind<Phone> = {
  face: (_spot, scene) => ({
    groups: [],
    hint: scene.t(scene.contactButton ? 'dialogue.phone.byButton' : 'dialogue.phone.byTyping'),
    askPhone: { label: scene.t('dialogue.phone.share') },
  }),
  read(_spot, scene, said) {
    if ('contact' in said && !said.contact.own) return problem(scene.t('dialogue.phone.notOwn'))
    if ('token' in said) return problem(scene.t('dialogue.phone.unreadable'))
    const reading = 'contact' in said ? readContactPhone(said.contact.phone) : readPhone(said.typed)
    return reading.ok ? given(reading.phone) : problem(scene.t(`dialogue.phone.${reading.reason}`))
  },
  show: (spot) => (typeof spot.answer?.value === 'string' ? showPhone(spot.answer.value) : ''),
}

export const dateKind: Kind<DateQuestion> = {
  face: (_spot, scene) => ({ groups: [], hint: scene.t('dialogue.date.how') }),
  read(_spot, scene, said) {
    if (!('typed' in said)) return problem(scene.t('dialogue.date.unreadable'))
    const reading = readBirthday(said.typed, scene.today)
    return reading.ok ? given({ ...reading.birthday }) : problem(scene.t(`dialogue.date.${reading.reason}`))
  },
  show: (spot, scene) =>
    spot.answer?.value ? showBirthday(spot.answer.value as unknown as Birthday, scene) : '',
}

/** "17 апреля 1990", "17 April". */
export function showBirthday(birthday: Birthday, scene: Pick<Scene, 't'>): string {
  const dayAndMonth = scene.t(`dialogue.months.${birthday.month}`, { day: birthday.day })
  return birthday.year === undefined ? dayAndMonth : `${dayAndMonth} ${birthday.year}`
}
