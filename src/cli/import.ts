/** `otklik import FILE`: visits from the salon's own books into the database. */
import path from 'node:path'
import { confirm } from '@clack/prompts'
import type { Logger } from 'pino'

import { meaningNames, readColumnChoice } from '../domain/visit-file/column-choices.ts'
import type { ColumnChoices } from '../domain/visit-file/layout.ts'
import type { Preview } from '../domain/visit-file/preview.ts'
import { sayPreview } from '../domain/visit-file/preview-words.ts'
import type { RowProblem } from '../domain/visit-file/visit-record.ts'
import type { Book } from '../files/book.ts'
import { lookAtVisits, type Look } from '../files/look-at-visits.ts'
import { openBook } from '../files/open-book.ts'
import type { Settings } from '../settings.ts'
import type { Database } from '../storage/database.ts'
import { exitCodes, type Console } from './console.ts'
import { sayAccount, sayProblems } from './import/account.ts'
import { createFixPlace, fixPlace } from './import/fix-place.ts'
import { startProgress } from './import/progress.ts'
import { writeBook } from './import/write-book.ts'
import type { ImportFlags } from './import-flags.ts'
import { installerLanguage } from './installer-language.ts'
import { withDatabase } from './with-database.ts'

/**
 * Looks at the file, says how it was understood, asks, and writes the visits; rows that could not be taken go into a file beside it.
 * @returns the exit code: 2 where the file was not understood, or nobody could be asked; rows with mistakes are no failure
 * @throws AdviceError of the file (`files.…`), of the database, `import.fixNotWritten`
 */
export async function runImport(
  settings: Settings,
  file: string,
  flags: ImportFlags,
  log: Logger,
  console: Console,
): Promise<number> {
  const choices = readChoices(flags.column ?? [], console)
  if (choices === undefined) return exitCodes.usage
  const full = path.resolve(console.cwd, file)
  const book = await openBook({ path: full })
  const stop = stopping(console)
  try {
    const now = Date.now()
    const look = await lookAt(book, { settings, choices, flags, now, console, signal: stop.signal })
    if (look === undefined) return exitCodes.trouble
    if (!look.ok) return sayNotFound(look, console)
    for (const line of sayPreview(look.preview, console.t)) console.say(line)
    const { found, layout } = look.preview
    if (found.dateOrder !== 'none' && layout.dateOrder === 'unclear')
      console.say(console.t('import.datesHint'))
    const answer = await mayImport(look.preview, flags, console)
    if (answer !== 'yes') return answer
    const work = (database: Database | undefined) =>
      importIt({ book, preview: look.preview, full, settings, now, console, database, signal: stop.signal })
    return flags.dryRun === true ? await work(undefined) : await withDatabase(settings, log, work)
  } finally {
    stop.end()
    await book.close()
  }
}

function readChoices(said: readonly string[], { complain, t }: Console): ColumnChoices | undefined {
  const choices: ColumnChoices = {}
  for (const choice of said) {
    const read = readColumnChoice(choice, t)
    if (read === undefined) {
      complain(`✗ ${t('import.badChoice', { choice, meanings: meaningNames(t) })}`)
      return undefined
    }
    Object.assign(choices, read)
  }
  return choices
}

interface Looking {
  settings: Settings
  choices: ColumnChoices
  flags: ImportFlags
  now: number
  console: Console
  signal: AbortSignal
}

/** @returns undefined when the person has stopped it */
async function lookAt(
  book: Book,
  { settings, choices, flags, now, console, signal }: Looking,
): Promise<Look | undefined> {
  const progress = startProgress(console.t('import.looking'), console)
  try {
    return await lookAtVisits(book, {
      salon: settings.salon,
      now,
      choices,
      language: installerLanguage(console.env),
      ...(flags.dates && { dateOrder: flags.dates === 'day-first' ? 'dayFirst' : 'monthFirst' }),
      onProgress(share, rows) {
        signal.throwIfAborted()
        progress.at(share, rows)
      },
    })
  } catch (error) {
    if (!signal.aborted) throw error
    console.say(console.t('import.cancelled'))
    return undefined
  } finally {
    progress.end()
  }
}

function sayNotFound(look: Extract<Look, { ok: false }>, { complain, t }: Console): number {
  if (look.reason === 'empty') complain(`✗ ${t('files.empty')}`)
  else if (look.reason === 'header') complain(`✗ ${t('import.noHeader')}`)
  else {
    complain(`✗ ${t('import.noSuchColumn', { column: look.column })}`)
    complain(t('import.columnsThere', { names: look.names.join(', ') }))
  }
  return exitCodes.usage
}

/** Asks on a terminal. @returns the exit code where the answer is no, or there is nobody to ask */
async function mayImport(
  { missing, layout }: Preview,
  { yes = false, dryRun = false }: ImportFlags,
  { say, complain, t, terminal }: Console,
): Promise<'yes' | number> {
  if (missing.length > 0) {
    complain(t('import.columnsThere', { names: layout.names.join(', ') }))
    complain(t('import.howToChoose', { meanings: meaningNames(t) }))
    return exitCodes.usage
  }
  if (yes || dryRun) return 'yes'
  say('')
  if (terminal === undefined) {
    complain(t('import.notAsked'))
    return exitCodes.usage
  }
  const answer = await confirm({
    message: t('import.question'),
    active: t('import.yes'),
    inactive: t('import.no'),
    initialValue: false,
    ...terminal,
  })
  if (answer === true) return 'yes'
  say(t('import.cancelled'))
  return exitCodes.ok
}

interface Importing {
  book: Book
  preview: Preview
  /** The file's full name. */
  full: string
  settings: Settings
  now: number
  console: Console
  /** Absent: a trial. */
  database: Database | undefined
  signal: AbortSignal
}

async function importIt(importing: Importing): Promise<number> {
  const { book, preview, full, settings, now, console, database, signal } = importing
  const { say, t, env } = console
  const trial = database === undefined
  const fix = createFixPlace(
    fixPlace(full, t('visitFile.fixSuffix')),
    preview.layout,
    t('visitFile.whatIsWrong'),
  )
  const problems: RowProblem[] = []
  const notes: RowProblem[] = []
  let noteCount = 0
  const progress = startProgress(t(trial ? 'import.looking' : 'import.writing'), console)
  try {
    const account = await writeBook({
      book,
      preview,
      database,
      now,
      salon: settings.salon,
      fileName: path.basename(full),
      language: installerLanguage(env),
      signal,
      onProgress: progress.at,
      async onRefused(row, found) {
        if (problems.length < 5) problems.push(...found)
        if (!trial) await fix.add(row, found.map((one) => sayWrong(one, t)).join('; '))
      },
      onNote(note) {
        noteCount++
        if (notes.length < 5) notes.push(note)
      },
    })
    progress.end()
    say('')
    if (trial) say(t('import.dryRun'))
    else say(signal.aborted ? t('import.stopped') : `✓ ${t('import.done')}`)
    sayAccount(account, console, trial)
    // The preview has told of the first ones.
    if (preview.looked.problems.length === 0) sayProblems(problems, account.refused, console)
    if (noteCount > 0) {
      say(t('import.notes', { count: noteCount }))
      sayProblems(notes, noteCount, console)
    }
    const kept = await fix.keep()
    if (kept !== undefined) say(t('import.fixFile', { file: kept }))
    return signal.aborted ? exitCodes.trouble : exitCodes.ok
  } finally {
    progress.end()
    await fix.drop()
  }
}

const sayWrong = ({ column, reason, params }: RowProblem, t: Console['t']): string =>
  t('visitFile.wrong', { column, reason: t(reason, params) })

/** Ctrl-C ends the import after the batch at hand; a second one ends the program as always. */
function stopping({ complain, t }: Console): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController()
  const onSignal = (): void => {
    complain(`\n${t('import.stopping')}`)
    controller.abort()
  }
  process.once('SIGINT', onSignal)
  return { signal: controller.signal, end: () => process.off('SIGINT', onSignal) }
}
