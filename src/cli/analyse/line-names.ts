import { named, type Language, type Salon } from '../../domain/salon.ts'
import { plainWords } from '../../domain/visit-file/plain-words.ts'

/** The lines of a file, numbered as they come. */
export interface LineNames {
  /** A line's number; -1: there are too many, it counts overall only. */
  numberOf(text: string): number
  ids(): readonly string[]
  nameOf(id: string): string
  /** How many different lines had no room. */
  tooMany(): number
}

/** A visit tally takes no more. */
const most = 127

/**
 * Lines by their names: the salon's own where it has some, or else as the file first writes them. Case and punctuation make no
 * difference.
 */
export function createLineNames(salon: Salon | undefined, language: Language): LineNames {
  const own = new Map(
    (salon?.lines ?? []).flatMap(({ id, name }) =>
      [id, name.ru, named(name, 'en')].map((one) => [plainWords(one), id]),
    ),
  )
  const shown = new Map((salon?.lines ?? []).map(({ id, name }) => [id, named(name, language)]))
  const numbers = new Map<string, number>()
  const ids: string[] = []
  const left = new Set<string>()
  return {
    numberOf(text) {
      const words = plainWords(text)
      const id = own.get(words)
      const key = id ?? words
      const known = numbers.get(key)
      if (known !== undefined) return known
      if (ids.length === most) {
        left.add(key)
        return -1
      }
      ids.push(id ?? text)
      numbers.set(key, ids.length - 1)
      return ids.length - 1
    },
    ids: () => ids,
    nameOf: (id) => shown.get(id) ?? id,
    tooMany: () => left.size,
  }
}
