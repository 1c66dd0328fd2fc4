import type { MessageEntity } from 'grammy/types'
import { badRequest } from './api-error.ts'
import { checkedLink } from './checked-link.ts'
import type { TextWithEntities } from './text-with-entities.ts'

interface OpenTag {
  name: string
  /** href, language, "spoiler", "expandable", emoji id: whatever the tag takes; '' when absent. */
  argument: string
  /** UTF-16 units of the resulting text. */
  offset: number
}

const TAGS = new Set(
  'a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote'.split(' '),
)
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/**
 * Telegram's HTML style: a short list of tags, four named character references.
 * @throws ApiError 400 `can't parse entities: ...` with the offset in bytes, worded as the real server's
 */
export function parseHtml(source: string): TextWithEntities {
  const open: OpenTag[] = []
  const entities: MessageEntity[] = []
  const languages = new Map<MessageEntity, string>()
  let text = ''
  let at = 0
  for (;;) {
    const tagBegin = source.indexOf('<', at)
    text += decoded(source.slice(at, tagBegin === -1 ? undefined : tagBegin))
    if (tagBegin === -1) break
    at = source[tagBegin + 1] === '/' ? closeTag(tagBegin) : openTag(tagBegin)
  }
  const unclosed = open.at(-1)
  if (unclosed) throw unparsable(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  return { text, entities }

  function openTag(begin: number): number {
    const nameEnd = searchFrom(source, /[\s>]/g, begin + 1)
    if (nameEnd === -1) throw unparsable(`Unclosed start tag ${place(source, begin)}`)
    const name = source.slice(begin + 1, nameEnd).toLowerCase()
    if (!TAGS.has(name)) throw unparsable(`Unsupported start tag "${name}" ${place(source, begin)}`)
    const { argument, end } = readAttributes(source, name, begin, nameEnd)
    if (name === 'span' && argument !== 'spoiler') {
      throw unparsable(`Tag "span" must have class "tg-spoiler" ${place(source, begin)}`)
    }
    open.push({ name, argument, offset: text.length })
    return end
  }

  function closeTag(begin: number): number {
    const tag = open.pop()
    if (!tag) throw unparsable(`Unexpected end tag ${place(source, begin)}`)
    const end = source.indexOf('>', begin)
    if (end === -1) throw unparsable(`Unclosed end tag ${place(source, begin)}`)
    const name = source
      .slice(begin + 2, end)
      .trim()
      .toLowerCase()
    if (name !== '' && name !== tag.name) {
      throw unparsable(
        `Unmatched end tag ${place(source, begin)}, expected "</${tag.name}>", found "</${name}>"`,
      )
    }
    if (text.length > tag.offset) addEntity(tag)
    return end + 1
  }

  function addEntity(tag: OpenTag): void {
    const entity = entityOf(tag, text.slice(tag.offset))
    if (!entity) return
    const last = entities.at(-1)
    const inner = last?.offset === entity.offset && last.length === entity.length ? last : undefined
    // <pre> and <code class="language-x"> around the same text are one entity, whichever is outside.
    const language =
      entity.type === 'pre' && inner?.type === 'code'
        ? languages.get(inner)
        : entity.type === 'code' && inner?.type === 'pre' && tag.argument !== ''
          ? tag.argument
          : undefined
    if (language !== undefined) {
      entities.pop()
      entities.push({ type: 'pre', offset: entity.offset, length: entity.length, language })
      return
    }
    if (entity.type === 'code' && tag.argument !== '') languages.set(entity, tag.argument)
    entities.push(entity)
  }
}

function entityOf({ name, argument, offset }: OpenTag, content: string): MessageEntity | undefined {
  const range = { offset, length: content.length }
  switch (name) {
    case 'b':
    case 'strong':
      return { type: 'bold', ...range }
    case 'i':
    case 'em':
      return { type: 'italic', ...range }
    case 'u':
    case 'ins':
      return { type: 'underline', ...range }
    case 's':
    case 'strike':
    case 'del':
      return { type: 'strikethrough', ...range }
    case 'span':
    case 'tg-spoiler':
      return { type: 'spoiler', ...range }
    case 'pre':
      return { type: 'pre', ...range }
    case 'code':
      return { type: 'code', ...range }
    case 'blockquote':
      return { type: argument === '' ? 'blockquote' : 'expandable_blockquote', ...range }
    case 'tg-emoji':
      if (!/^\d+$/.test(argument)) throw badRequest('Invalid custom emoji identifier specified')
      return { type: 'custom_emoji', ...range, custom_emoji_id: argument }
    case 'a': {
      const url = checkedLink(argument === '' ? content : argument)
      return url === undefined ? undefined : { type: 'text_link', ...range, url }
    }
    default:
      // tg-time: shown as the text it holds
      return undefined
  }
}

const ATTRIBUTE_NAME = /[^\s=>/"']+/y
const ATTRIBUTE_VALUE = /\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-zA-Z0-9.-]*)(?=[\s>]))/y

function readAttributes(
  source: string,
  tag: string,
  begin: number,
  from: number,
): { argument: string; end: number } {
  let argument = ''
  let at = from
  for (;;) {
    at = searchFrom(source, /\S/g, at)
    if (at === -1) throw unparsable(`Unclosed start tag "${tag}" ${place(source, begin)}`)
    if (source[at] === '>') return { argument, end: at + 1 }
    const name = matchAt(ATTRIBUTE_NAME, source, at)
    if (!name) throw unparsable(`Empty attribute name in the tag "${tag}" ${place(source, begin)}`)
    at += name[0].length
    const value = matchAt(ATTRIBUTE_VALUE, source, at)
    if (value) at += value[0].length
    else if (/^\s*=\s*["']/.test(source.slice(at)))
      throw unparsable(`Unclosed start tag ${place(source, begin)}`)
    else if (/^\s*=/.test(source.slice(at)))
      throw unparsable(`Unexpected end of name token ${place(source, at + 1)}`)
    const content = decoded(value?.[1] ?? value?.[2] ?? value?.[3]?.toLowerCase() ?? '')
    argument = argumentOf(tag, name[0], content) ?? argument
  }
}

function argumentOf(tag: string, attribute: string, value: string): string | undefined {
  if (tag === 'a' && attribute === 'href') return value
  if (tag === 'tg-emoji' && attribute === 'emoji-id') return value
  if (tag === 'blockquote' && attribute === 'expandable') return 'expandable'
  if (tag === 'code' && attribute === 'class' && value.startsWith('language-'))
    return value.slice('language-'.length)
  if (tag === 'span' && attribute === 'class' && value.startsWith('tg-')) return value.slice('tg-'.length)
  return undefined
}

/** Unknown references stay as they are written. */
function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(
    /&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|amp|quot)(?![a-z]));?/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name) return NAMED[name] ?? whole
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

function matchAt(sticky: RegExp, source: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at
  return sticky.exec(source)
}

function searchFrom(source: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(source)?.index ?? -1
}

function place(source: string, index: number): string {
  return `at byte offset ${Buffer.byteLength(source.slice(0, index))}`
}

function unparsable(reason: string): Error {
  return badRequest(`can't parse entities: ${reason}`)
}
