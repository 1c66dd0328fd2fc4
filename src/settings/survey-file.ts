import type { SurveyChanges } from '../domain/survey-changes.ts'
import { surveySchema } from './survey-schema.ts'
import { readYamlFile, type Reading } from './yaml-file.ts'

/**
 * Reads survey.yaml.
 * @param file path of the file
 * @returns what it changes in the built-in survey, or all that is wrong with it
 */
export const readSurveyFile = (file: string): Reading<SurveyChanges> =>
  readYamlFile(file, { schema: surveySchema, sentences: 'settings.survey' })
