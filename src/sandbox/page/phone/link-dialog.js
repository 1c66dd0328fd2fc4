/** @import { Context } from './phone.js' */
import { h } from '../dom.js'
import { fullName } from './avatar.js'
import { actions } from './dialogs.js'
import { field, form, select } from './fields.js'

const telegramPayload = /^[A-Za-z0-9_-]{0,64}$/

/**
 * Opens the bot as if by a link from elsewhere: t.me/BOT?start=PAYLOAD, vk.me/GROUP?ref=PAYLOAD&ref_source=SOURCE.
 * @param {Context} context
 * @param {{ payload: string, source: string }} [link] what to begin with
 */
export function openLinkDialog(context, { payload, source } = { payload: '', source: '' }) {
  const { t, platform, name, store } = context
  const inTelegram = platform === 'telegram'
  const people = store.people(name).map((one) => ({ value: String(one.id), label: fullName(one) }))
  const who = field({ label: t('link.who') }, select(people, String(context.person().id)))
  const tag = field(
    inTelegram ? { label: t('link.payload'), hint: t('link.payloadHint') } : { label: t('link.ref') },
    textInput(payload),
  )
  const from = field({ label: t('link.source') }, textInput(source))
  const result = h('output', { class: 'link-result' })
  const written = () => ({
    payload: tag.control.value.trim(),
    source: inTelegram ? '' : from.control.value.trim(),
  })
  const show = () => (result.textContent = linkTo(context, written()))

  const submit = (/** @type {() => void} */ close) => () => {
    const link = written()
    if (inTelegram && !telegramPayload.test(link.payload)) return tag.complain(t('link.payloadHint'))
    close()
    if (who.control.value !== String(context.person().id)) store.choosePerson(name, Number(who.control.value))
    // VK tells the community about the link with the next message only.
    if (!inTelegram) context.toasts.show(t('link.vkOpened'))
    void context.do('start', {
      ...(link.payload === '' ? {} : { payload: link.payload }),
      ...(link.source === '' ? {} : { source: link.source }),
    })
  }

  context.dialogs.open({ label: t('link.title'), kind: 'sheet' }, (close) => [
    h('h2', {}, t('link.title')),
    form(
      submit(close),
      who.element,
      tag.element,
      !inTelegram && from.element,
      h('p', { class: 'link-preview' }, h('small', {}, t('link.result')), result),
      actions(
        h('button', { type: 'button', class: 'action', onclick: close }, t('dialog.cancel')),
        h(
          'button',
          { type: 'submit', class: 'action main', data: payload === '' ? {} : { focus: 'first' } },
          t('link.open'),
        ),
      ),
    ),
  ])
  for (const { control } of [tag, from]) control.addEventListener('input', show)
  show()
}

/** @param {Context} context @param {{ payload: string, source: string }} link */
function linkTo({ platform, bot }, { payload, source }) {
  const names = platform === 'telegram' ? { start: payload } : { ref: payload, ref_source: source }
  const query = new URLSearchParams(Object.entries(names).filter(([, value]) => value !== ''))
  const base = `${platform === 'telegram' ? 't.me' : 'vk.me'}/${bot().username}`
  return query.size > 0 ? `${base}?${query}` : base
}

/** @param {string} value */
const textInput = (value) =>
  h('input', {
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    value,
    maxlength: 512,
  })
