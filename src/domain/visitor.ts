import { readPhone } from './phone.ts'

/** Somebody to be written down. */
export interface Visitor {
  name: string
  /** E.164. */
  phone: string
}

export type VisitorReading =
  | { ok: true; visitor: Visitor }
  | { ok: false; reason: 'noPhone' | 'badPhone' | 'noName' | 'longName' }

const maxName = 60

/** Reads a name and a phone from one line, in any order: "Мария 8 916 123-45-67", "+79161234567, Мария Петрова". */
export function readVisitor(text: string): VisitorReading {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ')
  const number = /\+?\d(?:[\s().\-–—]*\d)+/.exec(plain)?.[0]
  if (number === undefined) return { ok: false, reason: 'noPhone' }
  const reading = readPhone(number)
  if (!reading.ok) return { ok: false, reason: 'badPhone' }
  const name = plain
    .replace(number, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.()\-–—]+|[\s,;:()\-–—]+$/g, '')
  if (!/\p{L}/u.test(name)) return { ok: false, reason: 'noName' }
  if (Array.from(name).length > maxName) return { ok: false, reason: 'longName' }
  return { ok: true, visitor: { name, phone: reading.phone } }
}
