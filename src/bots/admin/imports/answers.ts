import { AdviceError } from '../../../domain/advice-error.ts'
import type { Look } from '../../../files/look-at-visits.ts'
import type { ImportStorage, VisitImport } from '../../../storage/imports.ts'
import type { Member } from '../../../storage/staff.ts'
import type { Answer } from '../answer.ts'
import type { Desk } from '../desk.ts'
import { maxFileBytes, type FetchFile } from '../fetch-file.ts'
import { plainScreen } from '../plain-screens.ts'
import type { Act } from '../read-update.ts'
import { button, lines, screen, type Screen } from '../screen.ts'
import { withColumn, type ImportColumns } from './import-columns.ts'
import { columnChoice, columnsScreen, previewScreen } from './preview-screen.ts'
import type { ImportRoute } from './route.ts'
import { statusScreen } from './status-screen.ts'
import { fileTitle } from './words.ts'

export interface ImportOptions {
  imports: ImportStorage
  /** Hands an import to the job that does it. Does not reject. */
  onImport: (id: number) => Promise<void>
}

export interface ImportAnswers {
  /** A file was sent: how it is understood, or why not. Nothing is written yet. */
  received(file: Act & { kind: 'document' }, member: Member): Promise<Answer>
  /** @param messageId the pressed message, where it can be edited */
  to(route: ImportRoute, member: Member, messageId?: number): Promise<Answer>
}

/** Bringing the salon's visits in by sending their file: look first, then write. */
export function createImportAnswers({
  imports,
  onImport,
  fetchFile,
  deskOf,
}: ImportOptions & { fetchFile: FetchFile; deskOf: (member: Member) => Desk }): ImportAnswers {
  return {
    async received({ fileId, name, sizeBytes = 0 }, member) {
      const desk = deskOf(member)
      if (sizeBytes > maxFileBytes) return { screen: tooBig(name, desk) }
      return looked({ fileId, fileName: name, startedBy: member.id }, desk)
    },
    async to(route, member, messageId) {
      const desk = deskOf(member)
      if (route.screen === 'imports') return { screen: plainScreen('importBot.how', desk) }
      const one = await imports.byId(route.id)
      if (!one) return { screen: plainScreen('importBot.gone', desk) }
      if (one.state === 'asking') return asked(route, one, desk, messageId)
      return { screen: statusScreen(one, desk) }
    },
  }

  /** What is done with a file that waits for an answer. */
  async function asked(
    route: Exclude<ImportRoute, { screen: 'imports' }>,
    one: VisitImport,
    desk: Desk,
    messageId: number | undefined,
  ): Promise<Answer> {
    const columns = one.columns as ImportColumns
    switch (route.screen) {
      case 'importColumns':
        return { screen: columnsScreen(one.id, columns.layout, desk) }
      case 'importMeaning':
        return { screen: columnChoice(one.id, route.meaning, route.page, columns.layout, desk) }
      case 'importColumn': {
        const chosen = withColumn(columns, route.meaning, route.column)
        await imports.choose(one.id, chosen)
        return { screen: columnsScreen(one.id, chosen.layout, desk) }
      }
      case 'importDates': {
        const chosen: ImportColumns = { ...columns, dateOrder: route.order }
        return lookedAgain({ ...one, columns: chosen }, desk)
      }
      case 'importWithout':
        return lookedAgain({ ...one, columns: withColumn(columns, route.meaning, undefined) }, desk)
      case 'importCancel':
        await imports.cancel(one.id)
        return standing(one.id, desk)
      case 'importStart':
        return columns.looked ? start(one.id, desk, messageId) : lookedAgain(one, desk)
      case 'importLook':
      case 'importState':
        return lookedAgain(one, desk)
    }
  }

  /** Of all who press it one starts it; everybody sees where it stands. */
  async function start(id: number, desk: Desk, messageId: number | undefined): Promise<Answer> {
    const isFirst = await imports.start(id, messageId)
    return { ...(await standing(id, desk)), ...(isFirst && { afterwards: () => onImport(id) }) }
  }

  async function standing(id: number, desk: Desk): Promise<Answer> {
    const one = await imports.byId(id)
    return { screen: one ? statusScreen(one, desk) : plainScreen('importBot.gone', desk) }
  }

  async function lookedAgain(one: VisitImport, desk: Desk): Promise<Answer> {
    return looked({ fileId: one.fileId ?? '', fileName: one.fileName }, desk, one)
  }

  /** @param known the import, when the file was looked at before */
  async function looked(
    file: { fileId: string; fileName: string; startedBy?: number },
    desk: Desk,
    known?: VisitImport,
  ): Promise<Answer> {
    const { choices, dateOrder } = (known?.columns ?? { choices: {} }) as ImportColumns
    const said = { choices, ...(dateOrder && { dateOrder }) }
    try {
      const look = await lookAt(file.fileId, said, desk)
      if (look === undefined) return { screen: tooBig(file.fileName, desk) }
      if (!look.ok)
        return { screen: unreadable(file.fileName, desk.t(`importBot.unclear.${look.reason}`), desk) }
      const columns: ImportColumns = { ...said, layout: look.preview.layout, looked: true }
      const id = known?.id ?? (await imports.open({ ...file, state: 'asking', columns }))
      if (known && !(await imports.choose(id, columns))) return await standing(id, desk)
      return { screen: previewScreen(id, file.fileName, look.preview, desk) }
    } catch (error) {
      if (!(error instanceof AdviceError)) throw error
      return { screen: unreadable(file.fileName, desk.t(error.key, error.params), desk) }
    }
  }

  async function lookAt(
    fileId: string,
    said: Pick<ImportColumns, 'choices' | 'dateOrder'>,
    { salon, now, language }: Desk,
  ): Promise<Look | undefined> {
    const bytes = await fetchFile(fileId)
    if (bytes === undefined) return undefined
    // Loaded when it is first needed: most starts of the program never see a file.
    const [{ openBook }, { lookAtVisits }] = await Promise.all([
      import('../../../files/open-book.ts'),
      import('../../../files/look-at-visits.ts'),
    ])
    const book = await openBook({ bytes })
    try {
      return await lookAtVisits(book, { ...said, salon, now: now.getTime(), language })
    } finally {
      await book.close()
    }
  }
}

/** Telegram gives no bot such a file; the command line has no limit. */
const tooBig = (name: string, desk: Desk): Screen => unreadable(name, desk.t('importBot.tooBig'), desk)

/** Why a file is of no use, and which ones are. */
const unreadable = (name: string, why: string, { t }: Desk): Screen =>
  screen(lines([fileTitle(name)], [why], [], [t('importBot.how')]), [
    [button(t('admin.buttons.menu'), { screen: 'menu' })],
  ])
