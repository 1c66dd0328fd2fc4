import type { InlineKeyboardButton, MessageEntity } from 'telegraf/types'
import { writeRoute, type Route } from './route.ts'

/** What one message of this bot looks like: text, entities for Telegram, inline buttons. */
export interface Screen {
  text: string
  entities: MessageEntity[]
  keyboard: InlineKeyboardButton[][]
}

/** A stretch of text; names and other people's words are always plain strings here, never markup. */
export type Part =
  | string
  | { bold: string }
  /** What somebody else reads. */
  | { quote: string }
  | { link: string; url: string }
  | { mention: string; userId: number }

/** Joins the parts and notes where the special ones stand, in UTF-16 units. */
export function screen(parts: readonly Part[], keyboard: InlineKeyboardButton[][] = []): Screen {
  let text = ''
  const entities: MessageEntity[] = []
  for (const part of parts) {
    const words = wordsOf(part)
    if (typeof part !== 'string' && words !== '') entities.push(entityOf(part, text.length, words.length))
    text += words
  }
  return { ...fitted(text, entities), keyboard }
}

/** The words first, then the screen under them. */
export const below = (words: string, { text, entities, keyboard }: Screen): Screen => {
  const head = `${words}\n\n`
  const moved = entities.map((entity) => ({ ...entity, offset: entity.offset + head.length }))
  return { text: head + text, entities: moved, keyboard }
}

/** Telegram's limit for the words under a picture, in UTF-16 units. */
const maxCaption = 1024

/**
 * What stands under a picture, and what is too long for that and follows with the buttons. Cut between blocks (there is a blank
 * line between them); a first block that is too long by itself belongs to the rest.
 */
export function captioned(whole: Screen): [caption: Screen, rest?: Screen] {
  const { text, entities, keyboard } = whole
  if (text.length <= maxCaption) return [whole]
  const end = Math.max(0, text.slice(0, maxCaption + 2).lastIndexOf('\n\n'))
  const begin = end === 0 ? 0 : end + 2
  const head = entities.filter(({ offset, length }) => offset + length <= end)
  const rest = entities
    .filter(({ offset }) => offset >= begin)
    .map((entity) => ({ ...entity, offset: entity.offset - begin }))
  return [
    { text: text.slice(0, end), entities: head, keyboard: [] },
    { text: text.slice(begin), entities: rest, keyboard },
  ]
}

/** Telegram's limit for a message, in UTF-16 units. */
const maxText = 4096

/** What is too long loses its last lines, and says so. */
function fitted(text: string, entities: MessageEntity[]): Pick<Screen, 'text' | 'entities'> {
  if (text.length <= maxText) return { text, entities }
  const end = text.lastIndexOf('\n', maxText - 2)
  const kept = text.slice(0, end > 0 ? end : maxText - 2)
  return {
    text: `${kept}\n…`,
    entities: entities.filter(({ offset, length }) => offset + length <= kept.length),
  }
}

/** Lines of parts; an undefined line is left out. */
export function lines(...all: (readonly Part[] | undefined)[]): Part[] {
  return all
    .filter((line) => line !== undefined)
    .flatMap((line, index) => (index === 0 ? [...line] : ['\n', ...line]))
}

/**
 * A button that leads to a route.
 * @param style Telegram colours it (Bot API 9.4); older apps show it as usual
 */
export function button(
  text: string,
  route: Route,
  style?: 'primary' | 'success' | 'danger',
): InlineKeyboardButton {
  const plain = { text, callback_data: writeRoute(route) }
  // Telegraf's types end at Bot API 7.1, so this field is unknown to them.
  return style ? ({ ...plain, style } as InlineKeyboardButton) : plain
}

/** Data of a button that begins with it opens a message of its own: the pressed one stays as it is. */
export const asideMark = '+'

/** A button whose screen comes below, because the message that it stands under is worth keeping. */
export const aside = (text: string, route: Route): InlineKeyboardButton => ({
  text,
  callback_data: asideMark + writeRoute(route),
})

function wordsOf(part: Part): string {
  if (typeof part === 'string') return part
  if ('bold' in part) return part.bold
  if ('quote' in part) return part.quote
  return 'link' in part ? part.link : part.mention
}

function entityOf(part: Exclude<Part, string>, offset: number, length: number): MessageEntity {
  if ('bold' in part) return { type: 'bold', offset, length }
  if ('quote' in part) return { type: 'blockquote', offset, length }
  if ('link' in part) return { type: 'text_link', offset, length, url: part.url }
  return {
    type: 'text_mention',
    offset,
    length,
    user: { id: part.userId, is_bot: false, first_name: part.mention },
  }
}
