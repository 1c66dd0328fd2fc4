import type { Salon, Language } from '../../domain/salon.ts'
import type { Preview } from '../../domain/visit-file/preview.ts'
import type { RowProblem } from '../../domain/visit-file/visit-record.ts'
import type { Book } from '../../files/book.ts'
import { readVisits, type ReadRow } from '../../files/read-visits.ts'
import type { Database } from '../../storage/database.ts'
import { writeVisits, type Written } from '../../storage/import-visits.ts'
import { createImports, type ImportStorage } from '../../storage/imports.ts'
import { emptyAccount, inColumn, type Account } from './account.ts'

export interface WriteBook {
  book: Book
  preview: Preview
  salon: Pick<Salon, 'timeZone' | 'lines' | 'masters'>
  language: Language
  /** Epoch milliseconds. */
  now: number
  /** Without a database the rows are only read and counted. */
  database: Database | undefined
  fileName: string
  /** A row that was not taken, and why. */
  onRefused: (row: ReadRow['row'], problems: RowProblem[]) => Promise<void>
  /** Something about a row that was taken. */
  onNote: (note: RowProblem) => void
  onProgress: (share: number, rows: number) => void
  /** Aborted: the batch at hand is finished, and no more is begun. */
  signal: AbortSignal
}

/**
 * Brings a file's visits into the database, some thousands at a time, each time all or nothing. Done again it changes nothing, so an
 * import that was killed is simply begun anew.
 */
export async function writeBook(options: WriteBook): Promise<Account> {
  const { book, preview, database, fileName, salon, now, language, signal } = options
  const imports = database && createImports({ prisma: database.prisma })
  const columns = { format: preview.format, layout: preview.layout }
  const id = await imports?.open({ state: 'running', fileName, columns })
  const account = emptyAccount()
  try {
    for await (const { rows, share } of readVisits(book, { salon, layout: preview.layout, now, language })) {
      const write =
        database && imports && id !== undefined ? writer({ ...options, database, imports, id }) : undefined
      await takeBatch(rows, account, options, write)
      options.onProgress(share, account.rows)
      if (signal.aborted) break
    }
  } catch (error) {
    if (id !== undefined) await imports?.end(id, 'failed').catch(() => {})
    throw error
  }
  if (id !== undefined) await imports?.end(id, signal.aborted ? 'failed' : 'done')
  return account
}

type Write = (rows: readonly ReadRow[], before: number) => Promise<Written>

const visitsOf = (rows: readonly ReadRow[]) =>
  rows.flatMap(({ reading }) => (reading.kind === 'visit' ? [reading.visit] : []))

interface Writing {
  database: Database
  imports: ImportStorage
  id: number
  salon: Pick<Salon, 'timeZone'>
  now: number
}

const writer =
  ({ database, imports, id, salon, now }: Writing): Write =>
  (rows, before) => {
    const refused = rows.filter(({ reading }) => reading.kind === 'refused').length
    const alongside = imports.counting({ id, before, rows: rows.length, refused })
    return writeVisits(database.pool, visitsOf(rows), {
      importId: id,
      timeZone: salon.timeZone,
      now,
      alongside,
    })
  }

async function takeBatch(
  rows: readonly ReadRow[],
  account: Account,
  { preview, onRefused, onNote }: WriteBook,
  write: Write | undefined,
): Promise<void> {
  const written = await write?.(rows, account.rows)
  const atFault = new Map(written?.refused.map((problem) => [problem.row, inColumn(problem, preview)]))
  for (const { row, reading } of rows) {
    const found = atFault.get(row.number)
    const problems = reading.kind === 'refused' ? reading.problems : found && [found]
    if (reading.kind === 'skipped') account.skipped[reading.why]++
    if (problems === undefined) continue
    account.refused++
    await onRefused(row, problems)
  }
  for (const note of written?.notes ?? []) onNote(inColumn(note, preview))
  account.rows += rows.length
  account.added += written?.added ?? visitsOf(rows).length
  account.updated += written?.updated ?? 0
  account.unchanged += (written?.unchanged ?? 0) + (written?.repeated ?? 0)
}
