import { builtInQuestions } from '../survey-changes.ts'
import { recommendId, recommendScale } from '../survey.ts'
import type { Survey, SurveyQuestion } from '../survey.ts'
import { surveyWording } from '../survey-words.ts'
import type { Translate } from '../survey-words.ts'
import type { ExportedResponse, ExportOptions, Table } from './parts.ts'

/** A set of questions that becomes one table. */
export interface Questionnaire {
  name: Table['name']
  title: string
  dialogue: ExportedResponse['dialogue']
  versions: readonly Survey[]
  /** How a version is worded: by keys of the survey, whatever the dialogue. */
  wording(survey: Survey): Translate
}

/** The survey, and the short form after a visit as a survey of its own. */
export function questionnaires(options: ExportOptions): { survey: Questionnaire; visits: Questionnaire } {
  const { versions, t } = options
  return {
    survey: {
      name: 'survey',
      title: t('export.titles.survey'),
      dialogue: 'survey',
      versions: versions.map(withCallMe),
      wording: wordingOf(t, options),
    },
    visits: {
      name: 'visits',
      title: t('export.titles.visits'),
      dialogue: 'visit',
      versions: versions.map((survey) => visitForm(survey, options)),
      wording: wordingOf(
        (key, values) => t(key.replace(/^survey\./, 'visit.'), { line: '…', ...values }),
        options,
      ),
    },
  }
}

/** Made once for a version: its words are looked through. */
function wordingOf(t: Translate, { language }: ExportOptions): (survey: Survey) => Translate {
  const made = new Map<number, Translate>()
  return (survey) => {
    const wording = made.get(survey.version) ?? surveyWording(t, survey, language)
    made.set(survey.version, wording)
    return wording
  }
}

/** "May we call you?", which whoever is unhappy is asked beside the questions of the definition. */
const callMe: SurveyQuestion = { id: 'callMe', block: 'salon', kind: 'yesNo' }

const withCallMe = ({ version, questions }: Survey): Survey => ({
  version,
  questions: questions.flatMap((one) => (one.id === recommendId ? [one, callMe] : [one])),
})

/** Why a rating was given is chosen from what decides the choice of a salon. */
const factors = builtInQuestions.find(({ id }) => id === 'importance')?.rows

function visitForm(survey: Survey, { salon }: ExportOptions): Survey {
  const block = 'salon'
  return {
    version: survey.version,
    questions: [
      { id: 'line', block, kind: 'choice', options: salon.lines.map(({ id, name }) => ({ id, name })) },
      { id: recommendId, block, kind: 'scale', scale: recommendScale(survey), noOpinion: true },
      { id: 'why', block, kind: 'choices', options: typeof factors === 'object' ? factors : [] },
      callMe,
    ],
  }
}
