import type { MessageEntity } from 'grammy/types'
import { badRequest } from './api-error.ts'
import { checkedLink } from './checked-link.ts'
import type { TextWithEntities } from './text-with-entities.ts'

interface Open {
  mark: Mark
  /** UTF-16 units of the resulting text. */
  offset: number
  /** Where it began in the source. */
  begin: number
  language: string
}

type Mark = keyof typeof NAMES

/** As the real server names them in errors. */
const NAMES = {
  '*': 'Bold',
  _: 'Italic',
  __: 'Underline',
  '~': 'Strikethrough',
  '||': 'Spoiler',
  '`': 'Code',
  '```': 'Pre',
  '[': 'TextUrl',
  '![': 'CustomEmoji',
  '>': 'BlockQuote',
} as const

const RESERVED = new Set('_*[]()~`>#+-=|{}.!')

/**
 * Telegram's MarkdownV2: every reserved character that is not a mark must be escaped.
 * @throws ApiError 400 `can't parse entities: ...`, worded as the real server's
 */
export function parseMarkdownV2(source: string): TextWithEntities {
  const open: Open[] = []
  const entities: MessageEntity[] = []
  let text = ''
  let lineStart = true
  let at = 0
  while (at < source.length) {
    const character = source.charAt(at)
    const wasLineStart = lineStart
    lineStart = false
    if (character === '\\' && source.charCodeAt(at + 1) > 0 && source.charCodeAt(at + 1) <= 126) {
      text += source.charAt(at + 1)
      at += 2
      continue
    }
    const inCode = open.at(-1)?.mark === '`' || open.at(-1)?.mark === '```'
    const ending = endingAt(at)
    if (ending) at = close(ending)
    else if (character === '\n') newLine()
    else if (inCode || !RESERVED.has(character)) literal(character)
    else if (character === '>' && wasLineStart) blockQuote()
    else at = begin(character)
  }
  closeBlockQuote()
  const unclosed = open.at(-1)
  if (unclosed) {
    throw unparsable(`Can't find end of ${NAMES[unclosed.mark]} entity ${place(source, unclosed.begin)}`)
  }
  return { text, entities }

  function literal(character: string): void {
    text += character
    at += 1
  }

  function newLine(): void {
    if (open.at(0)?.mark === '>' && source[at + 1] !== '>') closeBlockQuote()
    literal('\n')
    lineStart = true
  }

  function blockQuote(): void {
    if (open.length === 0) open.push({ mark: '>', offset: text.length, begin: at, language: '' })
    at += 1
  }

  function closeBlockQuote(): void {
    const inner = open.at(-1)
    const expandable = inner?.mark === '||' && inner.offset === text.length && open.at(-2)?.mark === '>'
    if (expandable) open.pop()
    const quote = open.at(-1)
    if (quote?.mark !== '>') return
    open.pop()
    add({
      type: expandable ? 'expandable_blockquote' : 'blockquote',
      offset: quote.offset,
      length: text.length - quote.offset,
    })
  }

  function endingAt(index: number): Open | undefined {
    const last = open.at(-1)
    if (!last || last.mark === '>') return undefined
    if (last.mark === '_') return source[index] === '_' && source[index + 1] !== '_' ? last : undefined
    const sign = last.mark === '[' || last.mark === '![' ? ']' : last.mark
    return source.startsWith(sign, index) ? last : undefined
  }

  function begin(character: string): number {
    const mark = (['```', '__', '||', '![', '*', '_', '~', '`', '['] as const).find((sign) =>
      source.startsWith(sign, at),
    )
    if (!mark) {
      throw unparsable(`Character '${character}' is reserved and must be escaped with the preceding '\\'`)
    }
    const language = mark === '```' ? (/^```([^\s`]+)(?=\s)/.exec(source.slice(at))?.[1] ?? '') : ''
    open.push({ mark, offset: text.length, begin: at, language })
    const next = at + mark.length + language.length
    return mark === '```' && source[next] === '\n' ? next + 1 : next
  }

  function close(last: Open): number {
    open.pop()
    const range = { offset: last.offset, length: text.length - last.offset }
    if (last.mark === '[' || last.mark === '![') return closeLink(last, range)
    const type = TYPES[last.mark]
    if (type === 'pre' && last.language !== '') add({ type, ...range, language: last.language })
    else if (type) add({ type, ...range })
    return at + last.mark.length
  }

  function closeLink(last: Open, range: { offset: number; length: number }): number {
    if (source[at + 1] !== '(') {
      if (last.mark === '![')
        throw badRequest("can't parse entities: The entity must contain a tg://emoji or tg://time URL")
      addLink(text.slice(range.offset), range)
      return at + 1
    }
    const found = /^((?:\\\p{ASCII}|[^)])*)\)/u.exec(source.slice(at + 2))
    if (!found) throw unparsable(`Can't find end of a URL ${place(source, at + 2)}`)
    const url = (found[1] ?? '').replaceAll(/\\(\p{ASCII})/gu, '$1')
    if (last.mark === '[') addLink(url, range)
    else addEmoji(url, range)
    return at + 2 + found[0].length
  }

  function addLink(link: string, range: { offset: number; length: number }): void {
    const url = checkedLink(link)
    if (url !== undefined) add({ type: 'text_link', ...range, url })
  }

  function addEmoji(link: string, range: { offset: number; length: number }): void {
    const id = /^tg:\/\/emoji\?id=(\d+)$/.exec(link)?.[1]
    if (id) add({ type: 'custom_emoji', ...range, custom_emoji_id: id })
    else if (!link.startsWith('tg://time?')) throw unparsable('Invalid tg://emoji or tg://time URL specified')
  }

  function add(entity: MessageEntity): void {
    if (entity.length > 0) entities.push(entity)
  }
}

const TYPES = {
  '*': 'bold',
  _: 'italic',
  __: 'underline',
  '~': 'strikethrough',
  '||': 'spoiler',
  '`': 'code',
  '```': 'pre',
  '>': undefined,
} as const

function place(source: string, index: number): string {
  return `at byte offset ${Buffer.byteLength(source.slice(0, index))}`
}

function unparsable(reason: string): Error {
  return badRequest(`can't parse entities: ${reason}`)
}
