import type { Incoming, Input } from './conversation.ts'
import { shortened } from './typed.ts'

/** Names and links are no place for novels. */
const nameLength = 200

/** What no database and no messenger takes: NUL, and halves of letters. */
const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** The update with texts that can be stored and sent: a program can send what no keyboard can. */
export function cleaned(incoming: Incoming): Incoming {
  const { profile, link } = incoming
  return {
    ...incoming,
    input: cleanedInput(incoming.input),
    ...(profile ? { profile: cleanedValues(profile) } : {}),
    ...(link ? { link: cleanedValues(link) } : {}),
  }
}

function cleanedInput(input: Input): Input {
  switch (input.kind) {
    case 'text':
      return { ...input, text: clean(input.text) }
    case 'press':
      return { ...input, value: clean(input.value) }
    case 'command':
      return { ...input, name: clean(input.name) }
    case 'attachment':
      return input.caption === undefined ? input : { ...input, caption: clean(input.caption) }
    default:
      return input
  }
}

const cleanedValues = <T extends object>(texts: T): T =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      typeof text === 'string' ? shortened(clean(text), nameLength) : text,
    ]),
  ) as T
