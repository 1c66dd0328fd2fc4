/** @import { Person } from '../../messenger.ts' */
/** @import { Context } from './phone.js' */
/** @import { MenuItem } from './menu.js' */
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import { avatar, fullName } from './avatar.js'
import { createMenu } from './menu.js'
import { openPersonDialog } from './person-dialog.js'
import { shownPhone } from './phone-number.js'

/**
 * Above the device, because no messenger has it: whose phone this is, and the way to take another's.
 * @param {Context} context
 */
export function createControls(context) {
  const { t, name } = context
  const menu = createMenu({ label: t('people.list'), kind: 'people', items: () => peopleItems(context) })
  menu.trigger.className = 'whose'
  const element = h(
    'div',
    { class: 'controls' },
    h('p', { class: 'caption' }, t(`phones.${name}`)),
    menu.element,
  )
  return {
    element,
    update() {
      const person = context.person()
      const elsewhere = others(context).some(({ id }) => context.store.unread(name, id) > 0)
      menu.trigger.setAttribute('aria-label', t('people.choose', { name: fullName(person) }))
      fill(menu.trigger, { person, elsewhere }, () => [
        ...personNodes(person),
        elsewhere && h('span', { class: 'dot' }),
        icon('chevron'),
      ])
    },
  }
}

/** @param {Context} context @returns {MenuItem[]} */
function peopleItems(context) {
  const { t, name, store } = context
  const staff = new Set(store.staffIds())
  const inAdmin = name === 'admin'
  // Whoever has talked to the admin bot works here too: an invited admin, or somebody who was added in that phone.
  const belongs = (/** @type {Person} */ { id }) =>
    inAdmin ? staff.has(id) || store.chat(name, id).started : !staff.has(id)
  const [own, rest] = [true, false].map((wanted) =>
    store.people(name).filter((one) => belongs(one) === wanted),
  )
  return [
    ...section(context, own ?? [], t(inAdmin ? 'people.staff' : 'people.clients')),
    ...section(context, rest ?? [], t('people.others')),
    { label: t('people.add'), icon: 'plus', run: () => openPersonDialog(context) },
  ]
}

/** @param {Context} context @param {Person[]} people @param {string} heading @returns {MenuItem[]} */
function section({ name, store, person }, people, heading) {
  return people.map((one, index) => {
    const count = store.unread(name, one.id)
    return {
      label: [...personNodes(one), count > 0 && h('span', { class: 'badge' }, count)],
      checked: one.id === person().id,
      run: () => store.choosePerson(name, one.id),
      ...(index === 0 ? { group: heading } : {}),
    }
  })
}

/** @param {Context} context */
const others = ({ name, store, person }) => store.people(name).filter(({ id }) => id !== person().id)

/** @param {Person} person */
const personNodes = (person) => [
  avatar({ id: person.id, name: fullName(person) }),
  h(
    'span',
    { class: 'person-words' },
    h('span', { class: 'person-name' }, fullName(person)),
    h('span', { class: 'person-phone' }, shownPhone(person.phone ?? '')),
  ),
]
