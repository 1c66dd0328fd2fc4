/** @import { Context } from './phone.js' */
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'

/**
 * In the salon's phone, while there is no admin yet: the owner's one-time link, one tap away.
 * @param {Context} context
 */
export function createOwnerHint(context) {
  const { t, name, store } = context
  const element = h('aside', { class: 'owner-hint' })
  const open = () => {
    const payload = payloadOf(store.adminLink())
    if (payload) void context.do('start', { payload })
  }
  return {
    element,
    update() {
      const offered = name === 'admin' && payloadOf(store.adminLink()) !== undefined
      element.hidden = !offered
      fill(element, offered, () =>
        offered
          ? [
              h('span', { class: 'owner-key' }, icon('key')),
              h('h3', {}, t('owner.title')),
              h('p', {}, t('owner.text')),
              h('button', { type: 'button', class: 'action main', onclick: open }, t('owner.open')),
            ]
          : [],
      )
    },
  }
}

/**
 * What a deep link starts the bot with.
 * @param {string} [link]
 */
const payloadOf = (link) =>
  (link !== undefined && URL.canParse(link) && new URL(link).searchParams.get('start')) || undefined
