import { builtInQuestions } from '../survey-changes.ts'
import { recommendId } from '../survey.ts'
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
  /** How a version is worded. */
  wording(survey: Survey): Translate
}

/** The survey, and the short form after a visit as a survey of three questions. */
export function questionnaires(options: ExportOptions): { survey: Questionnaire; visits: Questionnaire } {
  const { versions, t } = options
  return {
    survey: {
      name: 'survey',
      title: t('export.titles.survey'),
      dialogue: 'survey',
      versions,
      wording: wordingOf(t, options),
    },
    visits: {
      name: 'visits',
      title: t('export.titles.visits'),
      dialogue: 'visit',
      versions: versions.map((survey) => visitForm(survey, options)),
      wording: wordingOf((key, values) => t(visitKey(key), values), options),
    },
  }
}

/** Made once for a version: its words are looked through. */
function wordingOf(t: Translate, { language }: ExportOptions): (survey: Survey) => Translate {
  const made = new Map<number, Translate>()
  return (survey) => {
    const known = made.get(survey.version) ?? surveyWording(t, survey, language)
    made.set(survey.version, known)
    return known
  }
}

const factors = (survey: Survey): SurveyQuestion['options'] => {
  const rows = [...survey.questions, ...builtInQuestions].find(({ id }) => id === 'importance')?.rows
  return typeof rows === 'object' ? rows : []
}

function visitForm(survey: Survey, { salon }: ExportOptions): Survey {
  const recommend = survey.questions.find(({ id }) => id === recommendId)
  return {
    version: survey.version,
    questions: [
      {
        id: 'line',
        block: 'salon',
        kind: 'choice',
        options: salon.lines.map(({ id, name }) => ({ id, name })),
      },
      {
        id: recommendId,
        block: 'salon',
        kind: 'scale',
        scale: recommend?.scale ?? { from: 1, to: 10 },
        noOpinion: true,
        ...(recommend?.words && { words: recommend.words }),
      },
      { id: 'why', block: 'salon', kind: 'choices', options: factors(survey) ?? [] },
    ],
  }
}

/** The NPS question and the factors have their words in the survey. */
const visitKey = (key: string): string =>
  key
    .replace(/^survey\.why\.options\./, 'survey.importance.options.')
    .replace(/^survey\.(?=line\.|why\.)/, 'export.visits.')
