import { createHash } from 'node:crypto'
import type { Survey, SurveyQuestion } from '../domain/survey.ts'
import type { PrismaClient } from './generated/client.ts'

/**
 * Gives the survey that is asked now its number: the same questions have the same one, after a change back, too; others get the
 * next. Any number of processes may do so at once.
 * @param questions in the order in which they are asked
 */
export async function recordSurvey(
  prisma: PrismaClient,
  questions: readonly SurveyQuestion[],
): Promise<Survey> {
  const definition = canonical(questions)
  const hash = createHash('sha256').update(definition).digest('hex')
  for (;;) {
    const found = await prisma.surveyVersion.findUnique({ where: { hash }, select: { version: true } })
    if (found) return { version: found.version, questions }
    // Whoever comes second to a number or to a definition waits for the first, adds nothing, and looks again.
    await prisma.$executeRaw`
      INSERT INTO "SurveyVersion" (version, hash, definition)
      SELECT coalesce(max(version), 0) + 1, ${hash}, ${definition}::jsonb FROM "SurveyVersion"
      ON CONFLICT DO NOTHING`
  }
}

/** Every survey that was ever asked, the first one first. */
export async function surveyVersions(prisma: PrismaClient): Promise<Survey[]> {
  const rows = await prisma.surveyVersion.findMany({ orderBy: { version: 'asc' } })
  return rows.map(({ version, definition }) => ({
    version,
    questions: definition as unknown as SurveyQuestion[],
  }))
}

/** The same JSON for the same questions, in whatever order the keys were written. */
const canonical = (questions: readonly SurveyQuestion[]): string =>
  JSON.stringify(questions, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
