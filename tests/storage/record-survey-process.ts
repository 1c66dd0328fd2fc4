/** Run by survey-versions.test.ts as a process of its own: records surveys one after the other and reports their numbers. */
import type { SurveyQuestion } from '../../src/domain/survey.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { recordSurvey } from '../../src/storage/survey-versions.ts'

const { connectionString, surveys } = JSON.parse(process.argv[2] ?? '') as {
  connectionString: string
  surveys: SurveyQuestion[][]
}
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const { prisma, close } = await openDatabase({ connectionString, log })
const versions: number[] = []
for (const questions of surveys) versions.push((await recordSurvey(prisma, questions)).version)
await close()
process.send?.(versions)
process.disconnect?.()
