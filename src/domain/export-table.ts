import { codebookOf } from './export/codebook.ts'
import { fieldsOf } from './export/fields.ts'
import type { ExportOptions, Table } from './export/parts.ts'
import { questionnaires } from './export/questionnaires.ts'

/**
 * What clients have answered, as tables for people who count: one row per client and walk; one column per question, row of a grid,
 * and option of several. No names and no phones: a client is a number.
 * @returns the survey, the short form after visits, and the codebook that explains both
 */
export function exportTables(options: ExportOptions): [survey: Table, visits: Table, codebook: Table] {
  const { survey, visits } = questionnaires(options)
  const sheets = [survey, visits].map((questionnaire) => {
    const responses = options.responses.filter((one) => one.dialogue === questionnaire.dialogue)
    return { questionnaire, responses, fields: fieldsOf(questionnaire, responses, options) }
  })
  const tables = sheets.map(({ questionnaire: { name, title }, responses, fields }): Table => ({
    name,
    title,
    columns: fields.map(({ key, header, type }) => ({ key, header, type })),
    rows: {
      [Symbol.iterator]: () =>
        Iterator.from(responses).map((response) => fields.map((field) => field.read(response))),
    },
    rowCount: responses.length,
  }))
  return [...tables, codebookOf(sheets, options)] as [Table, Table, Table]
}
