/** @import { MenuItem } from './menu.js' */
/** @import { Context } from './phone.js' */
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import { avatar } from './avatar.js'
import { openLinkDialog } from './link-dialog.js'
import { createMenu } from './menu.js'

/**
 * The messenger's top line: the bot, whether it is typing, and what else can be done with it.
 * @param {Context} context
 */
export function createHeader(context) {
  const { t, platform } = context
  const profile = h('div', { class: 'profile' })
  const menu = createMenu({ label: t('options.label'), kind: 'options', items: () => optionItems(context) })
  menu.trigger.className = 'icon-button'
  menu.trigger.setAttribute('aria-label', t('options.label'))
  menu.trigger.append(icon('more'))
  const element = h(
    'header',
    { class: 'bar' },
    h('span', { class: 'back' }, icon('back')),
    profile,
    menu.element,
  )
  return {
    element,
    update() {
      const { id, name } = context.bot()
      const { typing } = context.chat()
      fill(profile, { id, name, typing }, () => [
        avatar({ id, name, kind: 'bot' }),
        h(
          'div',
          { class: 'profile-words' },
          h('h2', {}, name),
          h('p', { class: typing ? 'typing' : '' }, typing ? t('typing') : t(`bot.${platform}`)),
        ),
      ])
    },
  }
}

/** @param {Context} context @returns {MenuItem[]} */
function optionItems(context) {
  const { t, platform } = context
  const { blocked, started } = context.chat()
  /** @type {MenuItem} */
  const open = { label: t('options.openLink'), icon: 'link', run: () => openLinkDialog(context) }
  /** @type {MenuItem} */
  const unblock = {
    label: t(`options.unblock.${platform}`),
    icon: 'check',
    run: () => void context.do('unblock', {}),
  }
  /** @type {MenuItem} */
  const block = {
    label: t(`options.block.${platform}`),
    icon: 'block',
    danger: true,
    run: () => void context.do('block', {}),
  }
  if (blocked) return [open, unblock]
  return started ? [open, block] : [open]
}
