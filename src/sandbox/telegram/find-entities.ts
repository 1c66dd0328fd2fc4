import type { MessageEntity } from 'grammy/types'

type Found = 'url' | 'email' | 'mention' | 'hashtag' | 'bot_command' | 'phone_number'

/** Bare domains are links only under well-known endings; with a scheme any host with a dot is. */
const DOMAINS =
  'com|org|net|ru|su|me|io|dev|app|info|biz|by|kz|ua|uz|de|fr|it|es|uk|us|eu|рф|москва|online|site|shop|pro'

/** In the order of their right to a stretch of text. */
const PATTERNS: [Found, RegExp][] = [
  ['email', /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu],
  ['url', /https?:\/\/[^\s<>"«»/]+\.[^\s<>"«»/]+(?:\/[^\s<>"«»]*)?/giu],
  [
    'url',
    new RegExp(
      `(?<![\\p{L}\\d_@./-])(?:[\\p{L}\\d-]+\\.)+(?:${DOMAINS})(?![\\p{L}\\d_-])(?::\\d+)?(?:[/?#][^\\s<>"«»]*)?`,
      'giu',
    ),
  ],
  ['bot_command', /(?<![\p{L}\d_/<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\p{L}\d_/<>])/giu],
  ['mention', /(?<![\p{L}\d_@])@[a-z][a-z0-9_]{2,31}(?![\p{L}\d_])/giu],
  ['hashtag', /(?<![\p{L}\d_#])#(?=[\d_]*\p{L})[\p{L}\d_]{1,256}/gu],
  ['phone_number', /(?<![\p{L}\d_+])\+\d(?:[ ()-]{0,2}\d){6,14}(?!\d)/gu],
]

/**
 * What Telegram finds in a text by itself: links, e-mail addresses, commands, mentions, hashtags, phone numbers.
 * @param taken entities that the sender gave; nothing is found inside code and links
 */
export function findEntities(text: string, taken: MessageEntity[] = []): MessageEntity[] {
  if (!/[@#/.+]/.test(text)) return []
  const occupied = taken.filter(({ type }) => type === 'code' || type === 'pre' || type === 'text_link')
  const found: MessageEntity[] = []
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: trimmedLength(type, match[0]) }
      const free = [...occupied, ...found].every((other) => apart(entity, other))
      if (free) found.push(entity)
    }
  }
  return found
}

/** "see example.com." : the full stop is not the link's. */
function trimmedLength(type: string, text: string): number {
  return type === 'url' ? text.replace(/[.,;:!?)\]'"]+$/, '').length : text.length
}

function apart(a: { offset: number; length: number }, b: { offset: number; length: number }): boolean {
  return a.offset + a.length <= b.offset || b.offset + b.length <= a.offset
}
