/** @import { Context } from './phone.js' */
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'

/**
 * Over a chat that has begun, while there is no owner yet: the owner's one-time link, one tap away.
 * (In an empty chat of the salon's people the big button at the bottom opens it.)
 * @param {Context} context
 */
export function createOwnerHint(context) {
  const { t, name, store } = context
  const element = h('aside', { class: 'owner-hint', 'aria-label': t('owner.title') })
  return {
    element,
    update() {
      const offered = name === 'admin' && payloadOf(store.adminLink()) !== undefined && !awaitsOwner(context)
      element.hidden = !offered
      fill(element, offered, () =>
        offered
          ? [
              h('span', { class: 'owner-key' }, icon('key')),
              h('h3', {}, t('owner.title')),
              h('p', {}, t('owner.text')),
              h(
                'button',
                { type: 'button', class: 'action main', onclick: () => openOwnerLink(context) },
                t('owner.open'),
              ),
            ]
          : [],
      )
    },
  }
}

/**
 * Whether this is the phone of one of the salon's people, who has not talked to the bot yet and may become the owner.
 * @param {Context} context
 */
export const awaitsOwner = ({ name, store, person, chat }) =>
  name === 'admin' &&
  payloadOf(store.adminLink()) !== undefined &&
  store.staffIds().includes(person().id) &&
  chat().messages.length === 0

/** @param {Context} context */
export function openOwnerLink(context) {
  const payload = payloadOf(context.store.adminLink())
  if (payload) void context.do('start', { payload })
}

/**
 * What a deep link starts the bot with.
 * @param {string} [link]
 */
function payloadOf(link) {
  const payload = link !== undefined && URL.canParse(link) ? new URL(link).searchParams.get('start') : null
  return payload === null || payload === '' ? undefined : payload
}
