/** What a person types instead of pressing: "да", "6", "Ногти", "назад". Pure text, no meaning of its own. */
import type { Option, Translate } from './question.ts'

/** Lower case, ё as е, without emoji, punctuation and doubled spaces: "← Назад" and "назад" are the same. */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

export type Word =
  | 'yes'
  | 'agree'
  | 'no'
  | 'skip'
  | 'clear'
  | 'back'
  | 'leave'
  | 'done'
  | 'keep'
  | 'all'
  | 'none'
  | 'hello'
  | 'optOut'
  | 'ru'
  | 'en'

const synonyms = new Map<string, Set<string>>()
/** No word is longer: whoever writes a letter has not written one of them. */
const longestWord = 60

/** Whether `typed` is one of the words of locale key "words.<word>" (separated by "|"), in the person's language or the other. */
export function isWord(typed: string, word: Word, t: Translate): boolean {
  if (typed.length > longestWord) return false
  const listed = t(`words.${word}`)
  let set = synonyms.get(listed)
  if (!set) synonyms.set(listed, (set = new Set(listed.split('|').map(oneWord))))
  return set.has(oneWord(typed))
}

/** Signs that are words by themselves ("+", "-") have nothing left of them in `plain`. */
const oneWord = (text: string): string => plain(text) || text.trim()

/** The option that a typed text means: its label, the only label that begins so, or its number in the list. */
export const matchOption = (typed: string, options: readonly Option[]): Option | undefined =>
  matchIn(labelled(options), typed)

/** Several options in one line: "ногти, волосы и брови", "1 3". Undefined when a part is not understood. */
export function matchOptions(typed: string, options: readonly Option[]): string[] | undefined {
  const list = labelled(options)
  const whole = matchIn(list, typed)
  if (whole) return [whole.value]
  const border = /^[\d\s,;]+$/.test(typed) ? /[,;\s]/ : /[,;\n+]|\s(?:и|and)\s/i
  const parts = typed.split(border).filter((part) => part.trim() !== '')
  const found = parts.map((part) => matchIn(list, part)?.value)
  return parts.length === 0 || found.includes(undefined) ? undefined : [...new Set(found as string[])]
}

type Labelled = readonly { option: Option; label: string }[]

const labelled = (options: readonly Option[]): Labelled =>
  options.map((option) => ({ option, label: plain(option.label) }))

function matchIn(list: Labelled, typed: string): Option | undefined {
  const wanted = plain(typed)
  if (wanted === '') return undefined
  const exact = list.find(({ option, label }) => label === wanted || option.value === wanted)
  if (exact) return exact.option
  const begun = wanted.length < 3 ? [] : list.filter(({ label }) => label.startsWith(wanted))
  if (begun.length === 1) return begun[0]?.option
  return /^\d{1,2}$/.test(wanted) ? list[Number(wanted) - 1]?.option : undefined
}

/** At most so many UTF-16 units, never half of a letter or an emoji. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  let short = ''
  for (const { segment } of letters.segment(text.slice(0, length + 20))) {
    if (short.length + segment.length > length - 1) break
    short += segment
  }
  return `${short.trimEnd()}…`
}

const letters = new Intl.Segmenter()
