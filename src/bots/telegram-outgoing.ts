import { InputFile } from 'grammy'
import type { Api } from 'grammy'
import type { InlineKeyboardButton, MessageEntity } from 'grammy/types'
import type { Button, Message, RichText } from '../flows/conversation.ts'
import { layout, telegramLimits } from './layout.ts'
import { checkedName } from './outgoing-file.ts'
import type { OutgoingFile } from './outgoing-file.ts'
import { splitText } from './split-text.ts'

type Payload<Method extends keyof Api['raw']> = Parameters<Api['raw'][Method]>[0]
export type SendMessage = Payload<'sendMessage'>
export type SendPhoto = Payload<'sendPhoto'>
export type SendDocument = Payload<'sendDocument'>
export type EditMessageText = Payload<'editMessageText'>

export type Sending =
  | { method: 'sendMessage'; payload: SendMessage }
  | { method: 'sendPhoto'; payload: SendPhoto }
  | { method: 'sendDocument'; payload: SendDocument }

const maxText = 4096
const maxCaption = 1024

/**
 * The calls that show a message; the last one carries the buttons. A picture comes first, a file last, with the words as its
 * caption where they fit.
 */
export function telegramSendings(
  chatId: number,
  message: Message,
  picture?: OutgoingFile | string,
): Sending[] {
  const { file, text } = message
  const captioned = text.text.length <= maxCaption ? (picture ? 'photo' : file && 'document') : undefined
  const caption = (on: typeof captioned) => (captioned === on ? captionOf(text) : {})
  const parts = captioned !== undefined || text.text === '' ? [] : splitText(text, maxText)
  const sendings: Sending[] = [
    ...(picture ? [photoOf(chatId, picture, caption('photo'))] : []),
    ...parts.map((part): Sending => ({
      method: 'sendMessage',
      payload: { chat_id: chatId, ...textOf(part) },
    })),
    ...(file ? [documentOf(chatId, file, caption('document'))] : []),
  ]
  const last = sendings.at(-1)
  const markup = markupOf(message)
  if (last && markup) last.payload.reply_markup = markup
  return sendings
}

/** Messages with the contact button, without any keyboard by wish, with files or pictures, or over the limit are always new ones. */
export function isEditable({ askPhone, removeKeyboard, file, picture, photo, text }: Message): boolean {
  return !askPhone && !removeKeyboard && !file && !picture && !photo && text.text.length <= maxText
}

/** The call that makes a shown message look like this one; without buttons they go. */
export function telegramEdit(
  chatId: number,
  messageId: number,
  message: Message,
): EditMessageText & { chat_id: number } {
  const inline_keyboard = inlineRows(message)
  return {
    chat_id: chatId,
    message_id: messageId,
    ...textOf(message.text),
    ...(inline_keyboard.length > 0 ? { reply_markup: { inline_keyboard } } : {}),
  }
}

/** Entities instead of a parse mode: nothing a client writes can break them. */
function textOf({ text, bold }: RichText): { text: string; entities?: MessageEntity[] } {
  const entities = boldEntities(bold)
  return entities.length > 0 ? { text, entities } : { text }
}

function boldEntities(bold: RichText['bold']): MessageEntity[] {
  return bold.map(({ offset, length }) => ({ type: 'bold', offset, length }))
}

type Caption = Pick<SendPhoto, 'caption' | 'caption_entities'>

function captionOf({ text, bold }: RichText): Caption {
  return text === '' ? {} : { caption: text, caption_entities: boldEntities(bold) }
}

function photoOf(chatId: number, picture: OutgoingFile | string, caption: Caption): Sending {
  const photo =
    typeof picture === 'string' ? picture : new InputFile(picture.content, checkedName(picture.name))
  return { method: 'sendPhoto', payload: { chat_id: chatId, photo, ...caption } }
}

function documentOf(
  chatId: number,
  { name, content }: NonNullable<Message['file']>,
  caption: Caption,
): Sending {
  const document = new InputFile(Buffer.from(content), checkedName(name))
  return { method: 'sendDocument', payload: { chat_id: chatId, document, ...caption } }
}

/** One message carries one kind of keyboard only. */
function markupOf(message: Message): NonNullable<SendMessage['reply_markup']> | undefined {
  if (message.askPhone) return contactKeyboard(message.askPhone)
  if (message.removeKeyboard) return { remove_keyboard: true }
  const inline_keyboard = inlineRows(message)
  return inline_keyboard.length > 0 ? { inline_keyboard } : undefined
}

function contactKeyboard({ label, typed }: NonNullable<Message['askPhone']>) {
  const buttons = typed.map((text) => ({ label: text, value: text }))
  const rows = layout([{ kind: 'controls', buttons }], telegramLimits)
  return {
    keyboard: [
      [{ text: label, request_contact: true }],
      ...rows.map((row) => row.map((one) => ({ text: one.label }))),
    ],
    resize_keyboard: true,
    one_time_keyboard: true,
  }
}

function inlineRows({ groups }: Message): InlineKeyboardButton[][] {
  return layout(groups, telegramLimits).map((row) => row.map(inlineButton))
}

const styles = { primary: 'primary', positive: 'success', negative: 'danger' } as const

function inlineButton({ label, value, color, link }: Button): InlineKeyboardButton {
  const style = color ? { style: styles[color] } : {}
  return link === undefined
    ? { text: label, callback_data: value, ...style }
    : { text: label, url: link, ...style }
}
