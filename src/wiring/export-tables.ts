import type { Table } from '../domain/export/parts.ts'
import { exportTables } from '../domain/export-table.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { SurveyQuestion } from '../domain/survey.ts'
import type { Translate } from '../locales.ts'
import type { PrismaClient } from '../storage/generated/client.ts'
import { createResponses } from '../storage/responses.ts'
import { surveyVersions } from '../storage/survey-versions.ts'

export interface ReadTablesOptions {
  prisma: PrismaClient
  salon: Salon
  /** What is asked now: its columns are there before anybody has answered. */
  survey: readonly SurveyQuestion[]
  t: Translate
  language: Language
}

/** All that clients have answered so far, as tables in this language. */
export async function readTables({
  prisma,
  salon,
  survey,
  t,
  language,
}: ReadTablesOptions): Promise<[survey: Table, visits: Table, codebook: Table]> {
  const responses = await createResponses({ prisma }).all()
  const versions = await surveyVersions(prisma)
  return exportTables({
    responses,
    versions: versions.length > 0 ? versions : [{ version: 1, questions: survey }],
    salon,
    t,
    language,
  })
}
