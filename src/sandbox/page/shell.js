/** @import { PhoneName } from './../page-protocol.ts' */
/** @import { Store } from './store.js' */
/** @import { Translate } from './strings.js' */
import { fill, h } from './dom.js'
import { icon } from './icons.js'
import { createPhone } from './phone/phone.js'
import { recall, remember } from './remembered.js'
import { phoneNames } from './store.js'
import { createTimeMachine } from './time-machine.js'
import { createTimes, eachMinute } from './times.js'

/** Narrower than this, three phones don't fit side by side: one at a time, with tabs. */
const wideScreen = '(min-width: 1080px)'

/**
 * The whole page: the header with its hint, the tabs of a narrow screen, and the three phones.
 * @param {{ root: HTMLElement, store: Store, t: Translate, language: string,
 *   changeLanguage: (language: string) => void }} options
 */
export function mountShell({ root, store, t, language, changeLanguage }) {
  const wide = matchMedia(wideScreen)
  let active = phoneNames.find((name) => name === recall('tab')) ?? 'telegram'

  const times = createTimes({ t, language, timeZone: store.clock().timeZone, now: store.now })
  const timeMachine = createTimeMachine({ store, t, times })
  const phones = phoneNames.map((name) => createPhone({ name, store, t, language, times, openLink }))
  const hint = h('p', { class: 'hint' })
  const tabs = h('nav', { class: 'tabs', 'aria-label': t('phones.label') })
  const main = h('main', { class: 'phones' }, ...phones.map(({ element }) => element))
  root.replaceChildren(
    h(
      'header',
      { class: 'top' },
      brand(t),
      hint,
      h('div', { class: 'top-end' }, timeMachine.element, languages({ store, t, language, changeLanguage })),
    ),
    h('p', { class: 'offline-note', role: 'status' }, t('connection.lost')),
    tabs,
    main,
  )

  /** @param {PhoneName} name */
  function activate(name) {
    active = name
    remember('tab', name)
    arrange()
  }

  /** Shows the phones that fit and tells the store which ones those are. */
  function arrange() {
    const shown = wide.matches ? phoneNames : [active]
    phones.forEach(({ name, element }) => (element.hidden = !shown.includes(name)))
    store.show(new Set(shown))
  }

  /**
   * Follows a link to one of our own bots: it opens in the phone where that bot lives.
   * @param {string} url
   * @returns {boolean} false: the link leads elsewhere
   */
  function openLink(url) {
    const link = ownLink(url, store)
    const phone = phones.find(({ name }) => name === link?.name)
    if (!link || !phone) return false
    if (!wide.matches) activate(link.name)
    phone.offerLink(link)
    return true
  }

  const update = () => {
    const step =
      store.chat('telegram').started || store.chat('vk').started
        ? store.adminLink()
          ? 'owner'
          : 'free'
        : 'start'
    fill(hint, step, () => [
      h('span', { class: 'only-wide' }, t(`hint.${step}`)),
      // On a narrow screen the last word is left out: the room is the phone's.
      step !== 'free' && h('span', { class: 'only-narrow' }, t(`hint.${step}Narrow`)),
    ])
    const unread = phoneNames.map((name) => store.unread(name))
    timeMachine.update()
    fill(tabs, { active, unread }, () => phoneNames.map((name, index) => tab(name, unread[index] ?? 0)))
  }

  /** @param {PhoneName} name @param {number} count */
  const tab = (name, count) =>
    h(
      'button',
      {
        type: 'button',
        class: 'tab',
        'aria-current': name === active && 'true',
        onclick: () => activate(name),
      },
      h('span', { class: `tab-mark tab-${name}` }, icon(tabIcons[name])),
      h('span', {}, t(`phones.tab.${name}`)),
      count > 0 && h('span', { class: 'badge', 'aria-label': t('phones.unread', { count }) }, count),
    )

  const stop = store.subscribe((event) => {
    update()
    phones.forEach((phone) => phone.update(event))
    // A skip leads into the middle of a minute, too.
    if (event?.type === 'clock') minutes.restart()
  })
  const minutes = eachMinute(store.now, store.passTime)
  wide.addEventListener('change', arrange)
  arrange()
  return {
    unmount() {
      stop()
      minutes.stop()
      wide.removeEventListener('change', arrange)
    },
  }
}

/** @type {Record<PhoneName, 'send' | 'contact' | 'spark'>} */
const tabIcons = { telegram: 'send', vk: 'contact', admin: 'spark' }

/** @param {Translate} t */
const brand = (t) =>
  h(
    'h1',
    { class: 'brand' },
    h('img', { src: '/page/logo.svg', alt: '', width: 32, height: 32 }),
    h('span', {}, t('brand')),
    h('span', { class: 'brand-note' }, t('sandbox')),
  )

/** @param {{ store: Store, t: Translate, language: string, changeLanguage: (language: string) => void }} options */
function languages({ store, t, language, changeLanguage }) {
  return h(
    'div',
    { class: 'languages', role: 'group', 'aria-label': t('language') },
    store.languages().map((one) =>
      h(
        'button',
        {
          type: 'button',
          id: `language-${one}`,
          lang: one,
          'aria-pressed': String(one === language),
          'aria-label': t(`languageNames.${one}`),
          onclick: () => one !== language && changeLanguage(one),
        },
        t(`languages.${one}`),
      ),
    ),
  )
}

/**
 * Reads a link to one of our bots: t.me/BOT?start=PAYLOAD, vk.me/GROUP?ref=PAYLOAD&ref_source=SOURCE.
 * @param {string} url
 * @param {Store} store
 * @returns {{ name: PhoneName, payload: string, source: string } | undefined}
 */
function ownLink(url, store) {
  if (!URL.canParse(url)) return undefined
  const { hostname, pathname, searchParams } = new URL(url)
  const platform = { 't.me': 'telegram', 'vk.me': 'vk', 'vk.com': 'vk' }[hostname]
  const username = pathname.slice(1).toLowerCase()
  const name = phoneNames.find((one) => {
    const phone = store.phone(one)
    return phone.platform === platform && phone.bot.username.toLowerCase() === username
  })
  if (!name) return undefined
  return {
    name,
    payload: searchParams.get('start') ?? searchParams.get('ref') ?? '',
    source: searchParams.get('ref_source') ?? '',
  }
}
