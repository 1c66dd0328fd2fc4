import { Writable } from 'node:stream'
import type { BookRow } from '../../../domain/visit-file/layout.ts'
import type { RowProblem } from '../../../domain/visit-file/visit-record.ts'
import type { Translate } from '../../../locales.ts'
import type { RecordProblem } from '../../../storage/import-visits/record-problem.ts'
import type { VisitImport } from '../../../storage/imports.ts'
import type { OutgoingFile } from '../../outgoing-file.ts'
import type { ImportColumns } from './import-columns.ts'

/** The rows that could not be taken, for a file that can be mended and sent again. */
export interface Refused {
  add(row: BookRow, problems: readonly RowProblem[]): Promise<void>
  /** @returns undefined: there are none */
  file(): Promise<(OutgoingFile & { count: number }) | undefined>
  /** The writer's problem under the name that the column has in the file. */
  inColumn(problem: RecordProblem): RowProblem
}

/** A bot may send 50 MB: of a file that is wrong in every row the first so many bytes will do. */
const mostBytes = 40 * 1024 * 1024

/** It stands in memory: what clients are called is written into no file here. */
export async function collectRefused({ columns }: VisitImport, t: Translate): Promise<Refused> {
  const { layout } = columns as ImportColumns
  const { createFixFile } = await import('../../../files/fix-file.ts')
  const chunks: Buffer[] = []
  let bytes = 0
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      bytes += chunk.length
      done()
    },
  })
  const fix = createFixFile(output, layout, t('visitFile.whatIsWrong'))
  return {
    async add(row, problems) {
      if (bytes > mostBytes) return
      const wrong = problems.map(({ column, reason, params = {} }) =>
        t('visitFile.wrong', { column, reason: t(reason, params) }),
      )
      await fix.add(row, wrong.join('; '))
    },
    async file() {
      await fix.end()
      if (fix.count() === 0) return undefined
      return { name: 'visits-to-fix.csv', content: Buffer.concat(chunks), count: fix.count() }
    },
    inColumn: ({ field, ...problem }) => ({
      ...problem,
      column: layout.names[layout.columns[field] ?? -1] ?? t(`visitFile.meaning.${field}`),
    }),
  }
}
