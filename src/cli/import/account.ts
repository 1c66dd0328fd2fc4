import type { Preview } from '../../domain/visit-file/preview.ts'
import { sayProblem } from '../../domain/visit-file/preview-words.ts'
import { skipReasons, type SkipReason } from '../../domain/visit-file/row-reader.ts'
import { meanings } from '../../domain/visit-file/column-names.ts'
import type { RecordProblem } from '../../storage/import-visits/record-problem.ts'
import type { RowProblem } from '../../domain/visit-file/visit-record.ts'
import type { Console } from '../console.ts'

/** What became of a file's rows: they add up to `rows`. */
export interface Account {
  rows: number
  added: number
  updated: number
  /** Also those that said the same twice. */
  unchanged: number
  refused: number
  skipped: Record<SkipReason, number>
}

export const emptyAccount = (): Account => ({
  rows: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  refused: 0,
  skipped: { empty: 0, total: 0, header: 0, notCome: 0 },
})

/** @param trial nothing was written: what would be new is only ready */
export function sayAccount(account: Account, { say, t }: Pick<Console, 'say' | 't'>, trial = false): void {
  const { rows, added, updated, unchanged, refused, skipped } = account
  const skippedCount = Object.values(skipped).reduce((sum, count) => sum + count, 0)
  say(t('import.account.rows', { count: rows }))
  say(`  ${t(trial ? 'import.account.ready' : 'import.account.added', { count: added })}`)
  if (!trial) {
    say(`  ${t('import.account.updated', { count: updated })}`)
    say(`  ${t('import.account.unchanged', { count: unchanged })}`)
  }
  say(`  ${t('import.account.refused', { count: refused })}`)
  if (skippedCount === 0) return
  const why = skipReasons
    .filter((reason) => skipped[reason] > 0)
    .map((reason) => t(`import.skipped.${reason}`, { count: skipped[reason] }))
  say(`  ${t('import.account.skipped', { count: skippedCount, why: why.join(', ') })}`)
}

const shown = 5

/** The first of many problems, and how many there are besides. */
export function sayProblems(
  problems: readonly RowProblem[],
  all: number,
  { say, t }: Pick<Console, 'say' | 't'>,
): void {
  for (const problem of problems.slice(0, shown)) say(`  ${sayProblem(problem, t)}`)
  if (all > shown) say(`  ${t('import.more', { count: all - shown })}`)
}

/** What the database found, with the name of the file's column. */
export function inColumn(
  { field, ...problem }: RecordProblem,
  { layout }: Pick<Preview, 'layout'>,
): RowProblem {
  const meaning = meanings.find((one) => one === field)
  const position = meaning === undefined ? undefined : layout.columns[meaning]
  return { ...problem, column: layout.names[position ?? -1] ?? field }
}
