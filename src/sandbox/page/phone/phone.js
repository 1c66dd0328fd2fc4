/** @import { Act } from '../../page-acts.ts' */
/** @import { PageEvent, PhoneName } from '../../page-protocol.ts' */
/** @import { Store } from '../store.js' */
/** @import { Translate } from '../strings.js' */
/** @import { Times } from '../times.js' */
import { act, sendFile } from '../connection.js'
import { h } from '../dom.js'
import { createComposer } from './composer.js'
import { createControls } from './controls.js'
import { createDialogs } from './dialogs.js'
import { createHeader } from './header.js'
import { createKeyboard } from './keyboard.js'
import { openLinkDialog } from './link-dialog.js'
import { createOwnerHint } from './owner-hint.js'
import { createStatusBar } from './status-bar.js'
import { createToasts } from './toasts.js'
import { createTranscript } from './transcript.js'

/** @typedef {ReturnType<typeof createContext>} Context what the parts of a phone share */

/**
 * @typedef {object} PhoneOptions
 * @property {PhoneName} name
 * @property {Store} store
 * @property {Translate} t
 * @property {string} language
 * @property {Times} times
 * @property {(url: string) => boolean} openLink
 */

/**
 * One phone: whose it is (above), and the messenger in it.
 * @param {PhoneOptions} options
 */
export function createPhone(options) {
  const { name, t } = options
  const context = createContext(options)
  const controls = createControls(context)
  const statusBar = createStatusBar(context)
  const header = createHeader(context)
  const ownerHint = createOwnerHint(context)
  const transcript = createTranscript(context)
  const composer = createComposer(context)
  const keyboard = createKeyboard(context)
  // The conversation last: it goes to its end once the rest has taken its place.
  const parts = [controls, statusBar, header, ownerHint, keyboard, composer, transcript]
  context.refresh = () => parts.forEach((part) => part.update())

  context.dialogs.behind.append(
    header.element,
    ownerHint.element,
    transcript.element,
    composer.element,
    keyboard.element,
  )
  const element = h(
    'section',
    { class: `phone ${context.platform} ${name}`, 'aria-label': t(`phones.${name}`), data: { phone: name } },
    controls.element,
    h(
      'div',
      { class: 'device' },
      h(
        'div',
        { class: 'screen' },
        statusBar.element,
        context.dialogs.behind,
        context.toasts.element,
        context.dialogs.element,
      ),
    ),
  )

  return {
    name,
    element,
    /** @param {{ payload: string, source: string }} link */
    offerLink: (link) => openLinkDialog(context, link),
    /** @param {PageEvent} [event] what happened, if anything did */
    update(event) {
      if (event && 'botId' in event) {
        // Another chat's event can only light the dot beside the people.
        if (!isAbout(event, context)) return controls.update()
        takeIn(event, context)
      }
      if (event?.type === 'state') context.waiting.clear()
      context.refresh()
    },
  }
}

/** @param {PhoneOptions} options */
function createContext({ name, store, t, language, times, openLink }) {
  const { platform } = store.phone(name)
  const toasts = createToasts()
  const dialogs = createDialogs({ t })
  return {
    name,
    platform,
    store,
    t,
    language,
    times,
    openLink,
    toasts,
    dialogs,
    bot: () => store.phone(name).bot,
    person: () => store.person(name),
    chat: () => store.chat(name),
    /** Shows everything anew; the parts below are filled in by the part that can do it. */
    refresh: () => {},
    /** Puts the focus where the person writes. */
    focusInput: () => {},
    keyboardShown: () => false,
    toggleKeyboard: () => {},
    /**
     * Buttons that were pressed and not answered yet: "row:column" by message.
     * @type {Map<number, string>}
     */
    waiting: new Map(),
    /**
     * Does something in this phone's chat; tells the person when it did not work.
     * @template {Act['act']} Name
     * @param {Name} what
     * @param {Omit<Extract<Act, { act: Name }>, 'act' | 'platform' | 'botId' | 'personId'>} details
     * @returns {Promise<boolean>}
     */
    async do(what, details) {
      const where = { platform, botId: store.phone(name).bot.id, personId: store.person(name).id }
      const answer = await act(
        /** @type {Act} */ (/** @type {unknown} */ ({ act: what, ...where, ...details })),
      )
      if (!answer.ok) toasts.show(t('failed', { reason: answer.error ?? t('offline') }))
      return answer.ok
    },
    /** What is written and not sent yet. @type {{ words: () => string, clear: () => void }} */
    draft: { words: () => '', clear: () => {} },
    /**
     * Sends a file from this computer (Telegram). What is being written goes under a photo.
     * @param {File} file
     * @param {'document' | 'photo'} as
     */
    async sendFile(file, as) {
      const { draft } = this
      const answer = await sendFile({
        botId: store.phone(name).bot.id,
        personId: store.person(name).id,
        file,
        as,
        caption: as === 'photo' ? draft.words() : '',
      })
      if (answer.ok && as === 'photo') draft.clear()
      if (!answer.ok) toasts.show(t('failed', { reason: answer.error ?? t('offline') }))
    },
  }
}

/**
 * What an event does besides changing the chat.
 * @param {Extract<PageEvent, { botId: number }>} event
 * @param {Context} context
 */
function takeIn(event, { dialogs, toasts, waiting }) {
  if (event.type === 'answered') waiting.delete(event.messageId)
  if (event.type !== 'toast' || event.text === '') return
  if (event.alert) dialogs.alert(event.text)
  else toasts.show(event.text)
}

/** @param {Extract<PageEvent, { botId: number }>} event @param {Context} context */
const isAbout = (event, context) =>
  event.platform === context.platform &&
  event.botId === context.bot().id &&
  event.personId === context.person().id
