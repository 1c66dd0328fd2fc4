import type { MessageEntity } from 'grammy/types'
import { badRequest } from './api-error.ts'
import { jsonArgument, textArgument } from './arguments.ts'
import type { Arguments } from './arguments.ts'
import { findEntities } from './find-entities.ts'
import { givenEntities } from './given-entities.ts'
import { parseHtml } from './parse-html.ts'
import { parseMarkdownV2 } from './parse-markdown.ts'
import type { TextWithEntities } from './text-with-entities.ts'

/** Longer raw texts are refused before anything else. */
const RAW_MAX_BYTES = 32_768

/**
 * Reads a text with its formatting from the parameters `name`, `parse_mode` and `entitiesName`.
 * Cleans it as the real server does: control characters, "\r", blanks at both ends.
 * @throws ApiError 400 when the markup or the entities are broken
 */
export function formattedTextArgument(args: Arguments, name: string, entitiesName: string): TextWithEntities {
  const raw = textArgument(args, name)
  const entities = jsonArgument(args, entitiesName, entitiesName)
  return formatText(raw, textArgument(args, 'parse_mode'), entities)
}

/** As `formattedTextArgument`, from values. */
export function formatText(raw: string, parseMode: string, entities: unknown): TextWithEntities {
  if (raw.length > RAW_MAX_BYTES / 4 && Buffer.byteLength(raw) > RAW_MAX_BYTES)
    throw badRequest('Text is too long')
  const parsed = parse(raw, parseMode.toLowerCase(), entities)
  const clean = trimmed(withoutControls(parsed))
  const all = [...clean.entities, ...findEntities(clean.text, clean.entities)]
  return { text: clean.text, entities: all.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}

function parse(raw: string, parseMode: string, entities: unknown): TextWithEntities {
  if (raw === '') return { text: '', entities: [] }
  switch (parseMode) {
    case '':
    case 'none':
      return { text: raw, entities: givenEntities(entities, raw.length) }
    case 'html':
      return parseHtml(raw)
    case 'markdownv2':
      return parseMarkdownV2(raw)
    case 'markdown':
      throw badRequest(
        "can't parse entities: the sandbox does not know the legacy Markdown; use HTML or MarkdownV2",
      )
    default:
      throw badRequest('Unsupported parse_mode')
  }
}

function withoutControls({ text, entities }: TextWithEntities): TextWithEntities {
  if (!/[^\P{Cc}\n\t]/u.test(text)) return { text, entities }
  const blanked = text.replaceAll(/[^\P{Cc}\n\t\r]/gu, ' ')
  if (!blanked.includes('\r')) return { text: blanked, entities }
  // The new offset of every old place, so that entities stay on their words.
  const places: number[] = []
  let count = 0
  for (let index = 0; index <= blanked.length; index += 1) {
    places.push(count)
    if (blanked[index] !== '\r') count += 1
  }
  return { text: blanked.replaceAll('\r', ''), entities: entities.flatMap((entity) => moved(entity, places)) }
}

function moved(entity: MessageEntity, places: number[]): MessageEntity[] {
  const offset = places[entity.offset] ?? entity.offset
  const length = (places[entity.offset + entity.length] ?? offset) - offset
  return length > 0 ? [{ ...entity, offset, length }] : []
}

/** All blanks go at the end; at the beginning spaces and line breaks, unless an entity begins among them. */
function trimmed({ text, entities }: TextWithEntities): TextWithEntities {
  const withoutTail = text.trimEnd()
  const blanks = /^[ \n]*/.exec(withoutTail)?.[0].length ?? 0
  const head = entities.reduce((least, entity) => Math.min(least, entity.offset), blanks)
  if (head === 0 && withoutTail.length === text.length) return { text, entities }
  const kept = entities.flatMap((entity) => {
    const end = Math.min(entity.offset + entity.length, withoutTail.length)
    return end > entity.offset
      ? [{ ...entity, offset: entity.offset - head, length: end - entity.offset }]
      : []
  })
  return { text: withoutTail.slice(head), entities: kept }
}
