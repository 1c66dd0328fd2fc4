/** @import { ShownMessage } from '../../messenger.ts' */
/** @import { Context } from './phone.js' */
/** @import { Translate } from '../strings.js' */
import { h } from '../dom.js'
import { icon } from '../icons.js'

/**
 * What a message carries besides words: a picture, a file to download, or what a person sent.
 * @param {Context} context
 * @param {ShownMessage} message
 */
export function attachmentNodes(context, { picture, file, attachment }) {
  if (attachment && !plainFiles.has(attachment)) return [sentThing(context, attachment)]
  if (picture) return [pictureButton(context, picture)]
  if (file) return [fileLink(context, file)]
  return attachment ? [sentThing(context, attachment)] : []
}

/** What people send and the page can show as it is; the rest of the stand-ins' samples have nothing to look at. */
const plainFiles = new Set(['photo', 'document'])

/** @param {Context} context @param {{ path: string, name: string }} picture */
function pictureButton({ t, dialogs }, { path, name }) {
  const look = () =>
    dialogs.open({ label: name, kind: 'viewer' }, (close) => [
      h('img', { src: path, alt: name }),
      h(
        'div',
        { class: 'viewer-actions' },
        h(
          'a',
          { href: path, download: name, 'aria-label': t('messages.download', { name }) },
          icon('download'),
        ),
        h(
          'button',
          { type: 'button', 'aria-label': t('dialog.close'), data: { focus: 'first' }, onclick: close },
          icon('close'),
        ),
      ),
    ])
  return h(
    'button',
    { type: 'button', class: 'picture', 'aria-label': t('messages.openPicture', { name }), onclick: look },
    h('img', { src: path, alt: '', onerror: nameInstead }),
  )
}

/** A picture from elsewhere is not loaded (the page asks nobody but its own server): its name stands there. @param {Event} event */
function nameInstead({ target }) {
  if (!(target instanceof HTMLElement)) return
  const button = target.closest('button')
  button?.classList.add('missing')
  target.replaceWith(icon('photo'), button?.getAttribute('aria-label') ?? '')
}

/** @param {Context} context @param {{ path: string, name: string, sizeBytes: number }} file */
const fileLink = ({ t, language }, { path, name, sizeBytes }) =>
  h(
    'a',
    { class: 'file', href: path, download: name, 'aria-label': t('messages.download', { name }) },
    h('span', { class: 'file-icon' }, icon('document')),
    h(
      'span',
      { class: 'file-words' },
      h('span', { class: 'file-name' }, name),
      h('span', { class: 'file-size' }, shownSize(sizeBytes, t, language)),
    ),
  )

/** @param {Context} context @param {NonNullable<ShownMessage['attachment']>} kind */
function sentThing({ t }, kind) {
  const label = t(`attachments.${kind}`)
  if (kind === 'sticker')
    return h('div', { class: 'sticker', role: 'img', 'aria-label': label }, icon('spark'))
  if (kind === 'voice') {
    return h(
      'div',
      { class: 'thing voice', role: 'img', 'aria-label': label },
      h('span', { class: 'file-icon' }, icon('voice')),
      h('span', { class: 'wave' }, ...Array.from({ length: 24 }, () => h('i'))),
    )
  }
  if (kind === 'location')
    return h('div', { class: 'map', role: 'img', 'aria-label': label }, icon('location'))
  const name = kind === 'document' ? 'document' : kind
  return h(
    'div',
    { class: `thing ${kind}` },
    h('span', { class: 'file-icon' }, icon(name)),
    h('span', { class: 'file-words' }, h('span', { class: 'file-name' }, label)),
  )
}

/** @param {number} bytes @param {Translate} t @param {string} language */
function shownSize(bytes, t, language) {
  const [unit, divisor] =
    bytes < 1024 ? ['bytes', 1] : bytes < 1024 ** 2 ? ['kilobytes', 1024] : ['megabytes', 1024 ** 2]
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: divisor === 1024 ** 2 ? 1 : 0 })
  return t(`size.${unit}`, { count: count.format(bytes / Number(divisor)) })
}
