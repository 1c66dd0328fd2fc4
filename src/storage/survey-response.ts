import type { Answers } from '../domain/answer.ts'
import type { SurveyResponse } from '../domain/survey.ts'
import type { Dialogue } from './generated/client.ts'

/** A walk through the survey or the short form, as the results read it. */
export const toResponse = (row: Omit<Dialogue, 'answers'> & { answers: unknown }): SurveyResponse => ({
  clientId: Number(row.clientId),
  dialogue: row.name === 'visit' ? 'visit' : 'survey',
  run: row.run,
  version: row.version,
  status: row.status as SurveyResponse['status'],
  answers: row.answers as Answers,
  startedAt: row.startedAt.getTime(),
  changedAt: row.changedAt.getTime(),
})
