import type { MessageEntity } from 'grammy/types'
import type { Mark, ShownButton, ShownMessage } from '../messenger.ts'
import type { Files } from './files.ts'
import type { ChatState, StoredMessage } from './state.ts'

/** Where the page finds a file; unlike the Bot API's path it holds no token. */
export const SHOWN_FILES_PATH = '/telegram/file/'

const MARKS: Partial<Record<MessageEntity['type'], Mark['kind']>> = {
  bold: 'bold',
  italic: 'italic',
  underline: 'underline',
  strikethrough: 'strikethrough',
  code: 'code',
  pre: 'pre',
  spoiler: 'spoiler',
  blockquote: 'quote',
  expandable_blockquote: 'quote',
  url: 'link',
  text_link: 'link',
  email: 'link',
}

/** The message as a person sees it. */
export function shownMessage(stored: StoredMessage, files: Files): ShownMessage {
  const { api } = stored
  const picture = api.photo?.at(-1) ?? api.sticker
  const document = api.document ?? api.voice ?? api.video ?? api.audio
  const text = api.text ?? api.caption ?? contactText(stored)
  return {
    id: api.message_id,
    from: stored.from,
    text,
    marks: marksOf(text, api.entities ?? api.caption_entities ?? []),
    buttons: shownButtons(api.reply_markup?.inline_keyboard ?? []),
    ...shownFile('picture', picture?.file_unique_id, files),
    ...shownFile('file', document?.file_unique_id, files),
    ...(stored.attachment ? { attachment: stored.attachment } : {}),
    sentAt: stored.sentAtMs,
    ...(stored.editedAtMs === undefined ? {} : { editedAt: stored.editedAtMs }),
  }
}

/** The keyboard under the input field, as a person sees it. */
export function shownKeyboard(chat: ChatState): ShownButton[][] {
  return shownButtons(chat.keyboard?.rows ?? [])
}

function contactText({ api }: StoredMessage): string {
  return api.contact ? `${api.contact.first_name}, ${api.contact.phone_number}` : ''
}

function shownFile(
  field: 'picture' | 'file',
  uniqueId: string | undefined,
  files: Files,
): Partial<ShownMessage> {
  const file = uniqueId === undefined ? undefined : files.byUniqueId(uniqueId)
  if (!file) return {}
  const path = `${SHOWN_FILES_PATH}${file.uniqueId}/${encodeURIComponent(file.name)}`
  if (field === 'picture') return { picture: { path, name: file.name } }
  return { file: { path, name: file.name, sizeBytes: file.sizeBytes } }
}

function marksOf(text: string, entities: MessageEntity[]): Mark[] {
  return entities.flatMap((entity): Mark[] => {
    const kind = MARKS[entity.type]
    if (!kind) return []
    const link =
      kind === 'link' ? linkOf(entity, text.slice(entity.offset, entity.offset + entity.length)) : undefined
    return [{ kind, offset: entity.offset, length: entity.length, ...(link === undefined ? {} : { link }) }]
  })
}

function linkOf(entity: MessageEntity, content: string): string {
  if (entity.type === 'text_link') return entity.url
  if (entity.type === 'email') return `mailto:${content}`
  return /^[a-z]+:\/\//i.test(content) ? content : `https://${content}`
}

type AnyButton = string | { text?: string; url?: string; callback_data?: string; style?: string }

function shownButtons(rows: readonly (readonly AnyButton[])[]): ShownButton[][] {
  return rows.map((row) =>
    row.map((button) => (typeof button === 'string' ? { label: button, kind: 'text' } : shownButton(button))),
  )
}

function shownButton(button: Exclude<AnyButton, string>): ShownButton {
  const color = (['primary', 'success', 'danger'] as const).find((name) => name === button.style)
  return {
    label: button.text ?? '',
    kind: kindOf(button),
    ...(color ? { color } : {}),
    ...(button.url === undefined ? {} : { link: button.url }),
  }
}

function kindOf(button: object): ShownButton['kind'] {
  if ('callback_data' in button) return 'callback'
  if ('url' in button) return 'link'
  if ('request_contact' in button) return 'contact'
  if ('request_location' in button) return 'location'
  return 'text'
}
