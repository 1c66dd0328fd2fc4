import { named } from './salon.ts'
import type { Language, Named } from './salon.ts'
import type { Survey, SurveyQuestion } from './survey.ts'

export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string

/**
 * The way to say the survey in one language: the salon's own words where there are some, the built-in ones otherwise. The keys are
 * the same for both: `survey.<id>.ask`, `.short`, `.hint`, `.low`, `.high`, `.noOpinion`, `.yes`, `.no`, and
 * `survey.<id>.options.<id>` for an answer as well as for a row.
 *
 * All words are looked through once: make it once per language and keep it.
 * @param t says the built-in sentences, and everything that is not about the survey. Words that another survey put into it are left
 * out: what an old version called a thing must not be hidden by what the new one calls it
 * @returns a translate function; own words fill in their `{{values}}` as the built-in ones do
 */
export function surveyWording(
  t: Translate,
  { questions }: Pick<Survey, 'questions'>,
  language: Language,
): Translate {
  const builtIn = underneath.get(t) ?? t
  const words = new Map<string, Words>()
  for (const question of questions) {
    for (const [key, word] of wordsOf(question))
      words.set(
        `survey.${question.id}.${key}`,
        typeof word === 'string' ? word : parse(named(word, language)),
      )
  }
  const translate: Translate = (key, values) => {
    const found = words.get(key)
    if (found === undefined) return builtIn(key, values)
    return typeof found === 'string' ? translate(found, values) : say(found, values)
  }
  underneath.set(translate, builtIn)
  return translate
}

/** What a translate function that was made here stands on. */
const underneath = new WeakMap<Translate, Translate>()

/** Another key that says the same, or the salon's own sentence: text at even places, names of values at odd ones. */
type Words = string | readonly string[]

/** What a question of the salon's own says where it has no words for it. */
const commonWords = {
  yes: 'ownQuestion.yes',
  no: 'ownQuestion.no',
  noOpinion: 'ownQuestion.noOpinion',
  invalid: 'ownQuestion.invalid',
} as const

/** Both are about the same factors, which have their names in the first. */
const sameRows: Readonly<Record<string, string>> = { retention: 'importance' }

/** A later word for the same key is the one that counts. */
function wordsOf(question: SurveyQuestion): [key: string, word: Named | string][] {
  const rows = typeof question.rows === 'object' ? question.rows : []
  const namesake = Object.hasOwn(sameRows, question.id) ? sameRows[question.id] : undefined
  return [
    ...(question.own ? Object.entries(commonWords) : []),
    ...(namesake === undefined
      ? []
      : rows.map(({ id }) => [`options.${id}`, `survey.${namesake}.options.${id}`] as [string, string])),
    ...[...rows, ...(question.options ?? [])].flatMap(({ id, name }): [string, Named][] =>
      name === undefined ? [] : [[`options.${id}`, name]],
    ),
    ...Object.entries(question.words ?? {}),
  ]
}

const parse = (sentence: string): readonly string[] => sentence.split(/\{\{\s*(\w+)\s*\}\}/)

const say = (sentence: readonly string[], values: Readonly<Record<string, string | number>> = {}): string =>
  sentence.map((part, at) => (at % 2 === 0 ? part : (values[part] ?? ''))).join('')
