import type { Language, Salon } from '../../../domain/salon.ts'
import type { RowProblem } from '../../../domain/visit-file/visit-record.ts'
import type { Translate } from '../../../locales.ts'
import type { ImportStorage, VisitImport } from '../../../storage/imports.ts'
import type { StaffStorage } from '../../../storage/staff.ts'
import type { Log } from '../../log.ts'
import type { OutgoingFile } from '../../outgoing-file.ts'
import type { Desk } from '../desk.ts'
import { isTrouble, type Gateway } from '../gateway.ts'
import type { Screen } from '../screen.ts'
import { statusScreen } from './status-screen.ts'

export interface ImportViewOptions {
  gateway: Pick<Gateway, 'show' | 'sendFile'>
  imports: ImportStorage
  staff: Pick<StaffStorage, 'byId'>
  salon: Salon
  translate: (language: Language) => Translate
  log: Log
  /** Epoch milliseconds. */
  now: () => number
  /** The message follows at most so often. Default 3 s. */
  showEveryMs?: number
}

/** The message in which somebody watches their import. Whatever Telegram says to it, the import goes on. */
export interface ImportView {
  language: Language
  t: Translate
  /** Shows how far it is, unless it did so a moment ago. Nobody waits for it. */
  progress(one: VisitImport, share: number): void
  /** Things about rows that were taken; the first few are shown in the end. */
  note(notes: readonly RowProblem[]): void
  /** Shows how it ended. */
  show(one: VisitImport, reason?: string): Promise<void>
  /** Sends the rows that could not be taken. @throws ApiError for passing reasons */
  send(file: OutgoingFile & { count: number }): Promise<void>
}

const mostNotes = 5

export async function createImportView(
  { startedBy, messageId }: VisitImport,
  { gateway, imports, staff, salon, translate, log, now, showEveryMs = 3_000 }: ImportViewOptions,
): Promise<ImportView> {
  // Who has left the salon meanwhile is not shown anything any more.
  const member = startedBy === undefined ? undefined : await staff.byId(startedBy)
  const language = member?.language ?? salon.languages[0] ?? 'ru'
  const t = translate(language)
  const desk = (): Desk => ({ t, language, salon, now: new Date(now()) })
  const notes: RowProblem[] = []
  let shownIn = messageId
  let shownAt = -Infinity
  let showing: Promise<void> = Promise.resolve()
  let isShowing = false

  const put = async (id: number, screen: Screen): Promise<void> => {
    if (!member) return
    try {
      const shown = await gateway.show(member.telegramId, shownIn, screen)
      if (shown !== shownIn) await imports.shownIn(id, shown)
      shownIn = shown
    } catch (error) {
      log.warn({ event: 'import.notShown', import: id, error: (error as Error).name })
    }
  }

  return {
    language,
    t,
    progress(one, share) {
      const at = performance.now()
      if (isShowing || at - shownAt < showEveryMs) return
      shownAt = at
      isShowing = true
      showing = put(one.id, statusScreen(one, desk(), { share })).finally(() => (isShowing = false))
    },
    note: (found) => void notes.push(...found.slice(0, mostNotes - notes.length)),
    async show(one, reason) {
      await showing
      await put(one.id, statusScreen(one, desk(), { notes, ...(reason !== undefined && { reason }) }))
    },
    async send({ count, ...file }) {
      if (!member) return
      try {
        await gateway.sendFile(member.telegramId, { ...file, caption: t('importBot.fix', { count }) })
      } catch (error) {
        if (!isTrouble(error, 'unreachable') && !isTrouble(error, 'refused')) throw error
      }
    },
  }
}
