import { Prisma } from './generated/client.ts'

/**
 * What of a typed search is looked for: words in the name, digits in a phone or at the end of the client's number in the books.
 * Both must fit where both are given, or else all that was typed is that number.
 */
export interface ClientQuery {
  /** Letters and digits only, so that nothing in them is special in a pattern. */
  words: string[]
  digits: string
  /** As it was typed; the number in the books may have letters in it, "K-1024". */
  whole: string
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
  return {
    words: parts.filter(isWord).slice(0, 5),
    digits: digits.length >= 2 ? digits.slice(0, 15) : '',
    whole: text.trim(),
  }
}

export const isEmptyQuery = ({ words, digits }: ClientQuery): boolean => words.length === 0 && digits === ''

/**
 * The condition on "Client" rows that the staff may see somebody: with a consent to personal data, or in the salon's own books.
 */
export const visibleToStaff = Prisma.sql`("personalDataConsentAt" IS NOT NULL OR "bookedAt" IS NOT NULL)`

/** The condition on "Client" rows. Nobody is found whom the staff may not see. */
export function clientsMatching({ words, digits, whole }: ClientQuery): Prisma.Sql {
  const conditions: Prisma.Sql[] = []
  if (words.length > 0) conditions.push(Prisma.sql`name ~ ALL(${words.map(anyCase)}::text[])`)
  if (digits !== '') {
    const like = phonePatterns(digits)
    conditions.push(
      Prisma.sql`(phone LIKE ANY(${like}::text[]) OR "confirmedPhone" LIKE ANY(${like}::text[])
        OR "bookPhone" LIKE ANY(${like}::text[]) OR "externalId" LIKE ${`%${digits}`})`,
    )
  }
  return Prisma.sql`${visibleToStaff} AND ((${Prisma.join(conditions, ' AND ')}) OR upper("externalId") = upper(${whole}))`
}

/** PostgreSQL folds the case of Cyrillic in some locales only, so the pattern names both; е and ё are one letter here. */
function anyCase(word: string): string {
  return Array.from(word, (letter) => {
    const variants = /[её]/iu.test(letter)
      ? ['Е', 'е', 'Ё', 'ё']
      : [letter.toLowerCase(), letter.toUpperCase()]
    return `[${variants.join('')}]`
  }).join('')
}

/** Any part of the number; a leading 8 is also read the Russian way, as +7. */
function phonePatterns(digits: string): string[] {
  return digits.startsWith('8') ? [`%${digits}%`, `+7${digits.slice(1)}%`] : [`%${digits}%`]
}
