import { Prisma } from './generated/client.ts'

/** What of a typed search is looked for: words in the name, digits in the phone. Both must fit where both are given. */
export interface ClientQuery {
  /** Letters and digits only, so that nothing in them is special in a pattern. */
  words: string[]
  digits: string
}

/**
 * Reads what a busy person types: "анна", "Петрова Анна", "4567", "8 (912) 345", "анна 4567".
 * @returns an empty query when there is nothing to look for
 */
export function readClientQuery(text: string): ClientQuery {
  const parts = text.normalize('NFC').split(/[^\p{L}\p{N}]+/u)
  const isWord = (part: string) => /\p{L}/u.test(part)
  const digits = parts
    .filter((part) => !isWord(part))
    .join('')
    .replace(/\D/g, '')
  return { words: parts.filter(isWord).slice(0, 5), digits: digits.length >= 2 ? digits.slice(0, 15) : '' }
}

export const isEmptyQuery = ({ words, digits }: ClientQuery): boolean => words.length === 0 && digits === ''

/** The condition on "Client" rows. People without consent to personal data are never found. */
export function clientsMatching({ words, digits }: ClientQuery): Prisma.Sql {
  const conditions = [Prisma.sql`"personalDataConsentAt" IS NOT NULL`]
  if (words.length > 0) conditions.push(Prisma.sql`name ~ ALL(${words.map(anyCase)}::text[])`)
  if (digits !== '') {
    const like = phonePatterns(digits)
    conditions.push(
      Prisma.sql`(phone LIKE ANY(${like}::text[]) OR "confirmedPhone" LIKE ANY(${like}::text[]))`,
    )
  }
  return Prisma.join(conditions, ' AND ')
}

/** PostgreSQL folds the case of Cyrillic in some locales only, so the pattern names both; е and ё are one letter here. */
function anyCase(word: string): string {
  return Array.from(word, (letter) => {
    const variants = /[её]/iu.test(letter)
      ? ['Е', 'е', 'Ё', 'ё']
      : [letter.toLowerCase(), letter.toUpperCase()]
    return `(${variants.join('|')})`
  }).join('')
}

/** Any part of the number; a leading 8 is also read the Russian way, as +7. */
function phonePatterns(digits: string): string[] {
  return digits.startsWith('8') ? [`%${digits}%`, `+7${digits.slice(1)}%`] : [`%${digits}%`]
}
