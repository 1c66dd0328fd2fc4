/** @import { Context } from './phone.js' */
import { h } from '../dom.js'
import { icon } from '../icons.js'
import { avatar, fullName } from './avatar.js'
import { createMenu } from './menu.js'
import { shownPhone } from './phone-number.js'

const kinds = /** @type {const} */ (['photo', 'video', 'document', 'sticker', 'voice', 'location'])

/**
 * The paper clip: everything a client may send where a bot expects words; for the staff, pictures and files of their own too.
 * @param {Context} context
 */
export function attachMenu(context) {
  const { t, name, platform } = context
  const menu = createMenu({
    label: t('composer.attach'),
    kind: 'attach',
    items: () => [
      ...(name === 'admin'
        ? [
            {
              label: t('attach.ownPhoto'),
              icon: /** @type {const} */ ('photo'),
              run: () => chooseFile(context, 'photo'),
            },
            {
              label: t('attach.ownFile'),
              icon: /** @type {const} */ ('document'),
              run: () => chooseFile(context, 'document'),
            },
          ]
        : []),
      ...kinds.map((kind) => ({
        label: t(`attach.${kind}`),
        icon: kind,
        run: () => void context.do('sendAttachment', { kind }),
      })),
      ...(platform === 'telegram'
        ? [
            {
              label: t('attach.contact'),
              icon: /** @type {const} */ ('contact'),
              run: () => chooseContact(context),
            },
          ]
        : []),
    ],
  })
  menu.trigger.className = 'icon-button'
  menu.trigger.setAttribute('aria-label', t('composer.attach'))
  menu.trigger.append(icon('attach'))
  return menu.element
}

/**
 * Sends a file from this computer: a table with the salon's visits, say, or a picture with what is being written under it.
 * @param {Context} context
 * @param {'document' | 'photo'} as
 */
function chooseFile(context, as) {
  const input = h('input', { type: 'file', ...(as === 'photo' && { accept: 'image/*' }) })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file) void context.sendFile(file, as)
  })
  input.click()
}

/** Sends somebody else's contact, as clients do by mistake when asked for their own. @param {Context} context */
function chooseContact(context) {
  const { t, name, store } = context
  const title = t('contact.otherTitle')
  const others = store.people(name).filter(({ id, phone }) => phone && id !== context.person().id)
  context.dialogs.open({ label: title }, (close) => [
    h('h2', {}, title),
    h(
      'div',
      { class: 'choices' },
      ...others.map((one) => {
        const send = () => {
          close()
          const other = { phone: one.phone ?? '', firstName: one.firstName, userId: one.id }
          void context.do('sendContact', { other })
        }
        return h(
          'button',
          { type: 'button', class: 'choice', onclick: send },
          avatar({ id: one.id, name: fullName(one) }),
          h('span', {}, fullName(one), h('small', {}, shownPhone(one.phone ?? ''))),
        )
      }),
    ),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'action', onclick: close }, t('dialog.cancel')),
    ),
  ])
}
