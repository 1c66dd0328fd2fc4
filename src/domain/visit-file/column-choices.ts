import type { Translate } from '../survey-words.ts'
import { meanings, type Meaning } from './column-names.ts'
import type { ColumnChoices } from './layout.ts'
import { plainWords } from './plain-words.ts'

/**
 * Reads what a person says about a column: `date="Booking date"`, also in their language.
 * @returns undefined where nothing of ours is named
 */
export function readColumnChoice(choice: string, t: Translate): ColumnChoices | undefined {
  const [, said, column] = /^([^=]+)=(.*)$/s.exec(choice) ?? []
  const words = plainWords(said ?? '')
  const meaning = meanings.find((one) =>
    [one, t(`visitFile.meaning.${one}`)].some((name) => plainWords(name) === words),
  )
  return meaning === undefined ? undefined : { [meaning]: (column ?? '').trim() }
}

/** What may be named, as people say it. */
export const meaningNames = (t: Translate): string =>
  meanings.map((meaning: Meaning) => t(`visitFile.meaning.${meaning}`)).join(', ')
