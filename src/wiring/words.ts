import type { Language } from '../domain/salon.ts'
import { languages } from '../domain/salon.ts'
import { surveyWording } from '../domain/survey-words.ts'
import type { Survey } from '../domain/survey.ts'
import type { Translate } from '../locales.ts'

/** Every language with the salon's own words for the survey. */
export function inWordsOf(
  survey: Survey,
  translate: (language: Language) => Translate,
): (language: Language) => Translate {
  const spoken = new Map(
    languages.map((language) => [language, surveyWording(translate(language), survey, language)]),
  )
  return (language) => spoken.get(language) ?? translate(language)
}
