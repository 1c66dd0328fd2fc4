/** @import { Context } from './phone.js' */
import { act } from '../connection.js'
import { h } from '../dom.js'
import { actions } from './dialogs.js'
import { field, form, select } from './fields.js'
import { typedPhone } from './phone-number.js'

/**
 * A new person, in both messengers if wished: the way to try how the salon recognises somebody.
 * @param {Context} context
 */
export function openPersonDialog(context) {
  const { t, platform, name, language } = context
  const otherPlatform = platform === 'telegram' ? 'vk' : 'telegram'
  const firstName = field({ label: t('person.firstName') }, textInput('given-name', 64))
  const lastName = field({ label: t('person.lastName') }, textInput('family-name', 64))
  const phone = field({ label: t('person.phone'), hint: t('person.phoneHint') }, textInput('tel', 24))
  const languages = ['ru', 'en'].map((value) => ({ value, label: t(`languageNames.${value}`) }))
  const speaks = field({ label: t('person.language') }, select(languages, language))
  const both = h('input', { type: 'checkbox', checked: true })

  const submit = (/** @type {() => void} */ close) => async () => {
    const number = typedPhone(phone.control.value)
    if (firstName.control.value.trim() === '') return firstName.complain(t('person.nameMissing'))
    if (phone.control.value.trim() !== '' && !number) return phone.complain(t('person.phoneWrong'))
    const answer = await act({
      act: 'addPerson',
      platforms: name !== 'admin' && both.checked ? [platform, otherPlatform] : [platform],
      firstName: firstName.control.value.trim(),
      ...(lastName.control.value.trim() === '' ? {} : { lastName: lastName.control.value.trim() }),
      ...(number ? { phone: number } : {}),
      language: speaks.control.value === 'en' ? 'en' : 'ru',
    })
    if (!answer.ok) return context.toasts.show(t('failed', { reason: answer.error ?? t('offline') }))
    close()
    const id = answer.ids?.[platform]
    if (id !== undefined) context.store.choosePerson(name, id)
  }

  context.dialogs.open({ label: t('person.title'), kind: 'sheet' }, (close) => [
    h('h2', {}, t('person.title')),
    form(
      submit(close),
      firstName.element,
      lastName.element,
      phone.element,
      speaks.element,
      name !== 'admin' &&
        h(
          'label',
          { class: 'check' },
          both,
          t(otherPlatform === 'vk' ? 'person.alsoVk' : 'person.alsoTelegram'),
        ),
      actions(
        h('button', { type: 'button', class: 'action', onclick: close }, t('dialog.cancel')),
        h('button', { type: 'submit', class: 'action main' }, t('person.add')),
      ),
    ),
  ])
}

/** @param {'given-name' | 'family-name' | 'tel'} kind @param {number} maxlength */
const textInput = (kind, maxlength) =>
  h('input', { type: kind === 'tel' ? 'tel' : 'text', autocomplete: 'off', maxlength })
