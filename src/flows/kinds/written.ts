/** What is written or shared rather than chosen: text, phone, date. */
import { isBirthday, readBirthday } from '../../domain/birthday.ts'
import type { Birthday } from '../../domain/birthday.ts'
import { readContactPhone, readPhone, showPhone } from '../../domain/phone.ts'
import type { DateQuestion, Phone, Scene, TextQuestion } from '../question.ts'
import { rich } from '../rich.ts'
import { isWord, shortened } from '../typed.ts'
import { given, problem } from './kind.ts'
import { control } from '../value.ts'
import type { Kind, Reading, Said, Spot } from './kind.ts'

const suggested = 'suggested'
/** What a long text is shown as, among the other answers. */
export const shownLength = 200

export const textKind: Kind<TextQuestion> = {
  face(spot, scene, value) {
    if (isGathering(spot)) {
      const done = { label: scene.t('dialogue.done'), value: value(control.done), color: 'primary' } as const
      const name = scene.t(`${spot.key}.short`)
      return {
        text: rich(scene.t('dialogue.more', { name })),
        groups: [{ kind: 'options', buttons: [done] }],
      }
    }
    const suggestion = suggestionOf(spot, scene)
    if (suggestion === undefined || spot.answer?.value !== undefined) return { groups: [] }
    return { groups: [{ kind: 'options', buttons: [suggestionButton(suggestion, value)] }] }
  },
  read(spot, scene, said) {
    const { maxLength, pattern } = spot.question
    if (spot.question.several) return gathered(spot, scene, said)
    const words = wordsOf(spot, scene, said)
    if (words === undefined || words === '') return problem(scene.t(`${spot.key}.invalid`))
    if (words.length > maxLength) return problem(scene.t('dialogue.tooLong', { count: maxLength }))
    return pattern && !pattern.test(words) ? problem(scene.t(`${spot.key}.invalid`)) : given(words)
  },
  show: ({ answer }) => (typeof answer?.value === 'string' ? shortened(answer.value, shownLength) : ''),
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
  face(spot, scene, value) {
    const offered = spot.answer?.value === undefined ? spot.question.suggestion?.(scene) : undefined
    const buttons = offered ? [suggestionButton(showBirthday(offered, scene), value)] : []
    return { groups: [{ kind: 'options', buttons }], hint: scene.t('dialogue.date.how') }
  },
  read({ question }, scene, said) {
    if ('contact' in said) return problem(scene.t('dialogue.date.unreadable'))
    const offered = question.suggestion?.(scene)
    const agreed = 'token' in said ? said.token === suggested : isWord(said.typed, 'yes', scene.t)
    if (offered && agreed) return given({ ...offered })
    if ('token' in said) return problem(scene.t('dialogue.date.unreadable'))
    const reading = readBirthday(said.typed, scene.today)
    return reading.ok ? given({ ...reading.birthday }) : problem(scene.t(`dialogue.date.${reading.reason}`))
  },
  show: ({ answer }, scene) => (isBirthday(answer?.value) ? showBirthday(answer.value, scene) : ''),
}

/** "17 апреля 1990", "17 April". */
export function showBirthday(birthday: Birthday, scene: Pick<Scene, 't'>): string {
  const dayAndMonth = scene.t(`dialogue.months.${birthday.month}`, { day: birthday.day })
  return birthday.year === undefined ? dayAndMonth : `${dayAndMonth} ${birthday.year}`
}

/** Whether several messages are being put together to one answer right now. */
export const isGathering = ({ question, answer }: Spot): boolean =>
  question.kind === 'text' && question.several === true && typeof answer?.value === 'string'

/** One more message of an answer, kept as it was written. */
function gathered(spot: Spot<TextQuestion>, scene: Scene, said: Said): Reading {
  const before = isGathering(spot) ? (spot.answer?.value as string) : undefined
  if ('contact' in said) return problem(scene.t(`${spot.key}.invalid`))
  const done = 'token' in said ? said.token === control.done : isWord(said.typed, 'done', scene.t)
  if (done && before !== undefined) return given(before)
  if ('token' in said) return problem(scene.t('dialogue.gone'))
  const value = before === undefined ? said.typed : `${before}\n${said.typed}`
  const { maxLength } = spot.question
  if (value.length > maxLength) return problem(scene.t('dialogue.tooLong', { count: maxLength }))
  return { ok: true, answer: { value, open: true } }
}

const suggestionButton = (label: string, value: (token: string) => string) =>
  ({ label, value: value(suggested), color: 'primary' }) as const

/** What is offered as a button: only what would be taken as an answer. */
function suggestionOf({ question }: Spot<TextQuestion>, scene: Scene): string | undefined {
  const offered = question.suggestion?.(scene)?.trim()
  if (offered === undefined || offered === '' || offered.length > question.maxLength) return undefined
  return question.pattern?.test(offered) === false ? undefined : offered
}

/** A button, a "yes" to what is offered, or the words themselves; "yes" and "no" alone are no answer to a short question. */
function wordsOf(spot: Spot<TextQuestion>, scene: Scene, said: Said): string | undefined {
  if ('contact' in said) return undefined
  const offered = suggestionOf(spot, scene)
  if ('token' in said) return said.token === suggested ? offered : undefined
  if (spot.question.suggestion === undefined) return said.typed.trim()
  if (isWord(said.typed, 'yes', scene.t)) return offered
  return isWord(said.typed, 'no', scene.t) ? undefined : said.typed.trim()
}
