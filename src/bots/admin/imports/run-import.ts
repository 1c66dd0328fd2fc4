import { AdviceError } from '../../../domain/advice-error.ts'
import type { VisitRecord } from '../../../domain/visit-file/visit-record.ts'
import type { Book } from '../../../files/book.ts'
import type { ReadRow } from '../../../files/read-visits.ts'
import type { WriteOptions, Written } from '../../../storage/import-visits.ts'
import { ImportLost, type ImportStorage, type VisitImport } from '../../../storage/imports.ts'
import type { Log } from '../../log.ts'
import type { FetchFile } from '../fetch-file.ts'
import type { ImportColumns } from './import-columns.ts'
import { createImportView, type ImportView, type ImportViewOptions } from './import-view.ts'
import { collectRefused, type Refused } from './refused-rows.ts'

/** Writes records in one transaction: `writeVisits` on the program's database. */
export type WriteRecords = (records: readonly VisitRecord[], options: WriteOptions) => Promise<Written>

export interface RunImportOptions extends ImportViewOptions {
  fetchFile: FetchFile
  imports: ImportStorage
  writeRecords: WriteRecords
  log: Log
}

export interface ImportRunner {
  /**
   * Does an import that this process has claimed, from where it stands: asks Telegram for the file, reads it, writes the visits,
   * and shows how far it is.
   * @returns `later`: the signal came, and somebody may claim it anew
   * @throws errors of the database and of Telegram; somebody may claim it anew
   */
  run(one: VisitImport, signal: AbortSignal): Promise<'ended' | 'later'>
  /** It failed too often: says so, and ends it. */
  giveUp(one: VisitImport): Promise<void>
}

/** A sign of life is given so often, while a slow line brings the file. */
const beatEveryMs = 10_000

export function createImportRunner(options: RunImportOptions): ImportRunner {
  const { imports, log } = options
  return {
    async run(one, signal) {
      const beat = setInterval(() => void imports.touch(one.id).catch(() => {}), beatEveryMs)
      try {
        return await carryOut(one, signal, options)
      } catch (error) {
        if (error instanceof ImportLost) {
          log.warn({ event: 'import.lost', import: one.id })
          await showAgain(one.id)
          return 'ended'
        }
        await imports.release(one.id)
        throw error
      } finally {
        clearInterval(beat)
      }
    },
    async giveUp(one) {
      await imports.end(one.id, 'failed')
      log.error({ event: 'import.failed', import: one.id })
      await showAgain(one.id)
    },
  }

  /** What the row says. */
  async function showAgain(id: number): Promise<void> {
    const one = await imports.byId(id)
    if (one) await (await createImportView(one, options)).show(one)
  }
}

async function carryOut(
  one: VisitImport,
  signal: AbortSignal,
  options: RunImportOptions,
): Promise<'ended' | 'later'> {
  const { imports, fetchFile, log } = options
  const view = await createImportView(one, options)
  view.progress(one, 0)
  const so: { far: VisitImport } = { far: one }
  try {
    const bytes = await fetchFile(one.fileId ?? '')
    if (bytes === undefined) throw new AdviceError('importBot.tooBig')
    const { openBook } = await import('../../../files/open-book.ts')
    const book = await openBook({ bytes })
    const refused = await collectRefused(one, view.t)
    const ended = await writeAll(one, book, {
      ...options,
      signal,
      view,
      refused,
      onBatch: (far) => (so.far = far),
    })
    if (!ended) {
      await imports.release(one.id)
      return 'later'
    }
    const file = await refused.file()
    if (file) await view.send(file)
    await finish('done')
  } catch (error) {
    if (!(error instanceof AdviceError)) throw error
    await finish('failed', view.t(error.key, error.params))
  }
  return 'ended'

  /** Shown before it is ended: whoever dies in between shows it again. */
  async function finish(state: 'done' | 'failed', reason?: string): Promise<void> {
    await view.show({ ...so.far, state }, reason)
    await imports.end(one.id, state)
    const { added, updated, unchanged, refused, rows } = so.far
    log.info({ event: 'import.ended', import: one.id, state, rows, added, updated, unchanged, refused })
  }
}

interface Writing extends RunImportOptions {
  signal: AbortSignal
  view: ImportView
  refused: Refused
  onBatch: (far: VisitImport) => void
}

/** @returns false when the signal came before the end */
async function writeAll(one: VisitImport, book: Book, writing: Writing): Promise<boolean> {
  const { salon, now, view, refused, signal, onBatch } = writing
  const { layout } = one.columns as ImportColumns
  const { readVisits } = await import('../../../files/read-visits.ts')
  let far = one
  let read = 0
  for await (const { rows, share } of readVisits(book, {
    salon,
    layout,
    now: now(),
    language: view.language,
  })) {
    // What was written by a process that died is not written again; what it could not take has to be told all the same.
    for (const row of rows)
      if (row.reading.kind === 'refused') await refused.add(row.row, row.reading.problems)
    const fresh = rows.slice(Math.max(0, one.rows - read))
    read += rows.length
    if (fresh.length > 0) far = await writeBatch(far, fresh, writing)
    onBatch(far)
    view.progress(far, share)
    if (signal.aborted) return false
  }
  return true
}

async function writeBatch(
  far: VisitImport,
  rows: readonly ReadRow[],
  writing: Writing,
): Promise<VisitImport> {
  const { imports, writeRecords, salon, now, refused } = writing
  const records = rows.flatMap(({ reading }) => (reading.kind === 'visit' ? [reading.visit] : []))
  const unread = rows.filter(({ reading }) => reading.kind === 'refused').length
  const written = await writeRecords(records, {
    importId: far.id,
    timeZone: salon.timeZone,
    now: now(),
    alongside: imports.counting({ id: far.id, before: far.rows, rows: rows.length, refused: unread }),
  })
  for (const problem of written.refused) {
    const row = rows.find(({ row: { number } }) => number === problem.row)
    if (row) await refused.add(row.row, [refused.inColumn(problem)])
  }
  writing.view.note(written.notes.map(refused.inColumn))
  return {
    ...far,
    rows: far.rows + rows.length,
    added: far.added + written.added,
    updated: far.updated + written.updated,
    unchanged: far.unchanged + written.unchanged + written.repeated,
    refused: far.refused + unread + written.refused.length,
  }
}
