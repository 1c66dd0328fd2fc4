import sax from 'sax'

import { AdviceError } from '../../domain/advice-error.ts'

/** What a part of a book tells, element by element; names come without the prefix of their namespace. */
export interface XmlEars {
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

/**
 * Reads XML as it comes; entities other than XML's own are not known, so none can blow up.
 * @returns what to give the bytes to; `end` when there are no more
 * @throws AdviceError `files.broken`
 */
export function createXmlReader({ open, close, text }: XmlEars): {
  write(bytes: Uint8Array): void
  end(): void
} {
  const parser = sax.parser(true, { position: false })
  const decoder = new TextDecoder()
  parser.onerror = (error) => {
    throw new AdviceError('files.broken', {}, { cause: error })
  }
  if (open !== undefined)
    parser.onopentag = ({ name, attributes }) => open(local(name), attributes as Record<string, string>)
  if (close !== undefined) parser.onclosetag = (name) => close(local(name))
  if (text !== undefined) parser.ontext = parser.oncdata = text
  return {
    write(bytes) {
      parser.write(decoder.decode(bytes, { stream: true }))
    },
    end() {
      parser.write(decoder.decode()).close()
    },
  }
}

const local = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** Reads a small part to its end. */
export async function hearXml(bytes: AsyncIterable<Uint8Array>, ears: XmlEars): Promise<void> {
  const reader = createXmlReader(ears)
  for await (const piece of bytes) reader.write(piece)
  reader.end()
}
