import type pg from 'pg'
import type { Import, Prisma, PrismaClient } from './generated/client.ts'
import type { Written } from './import-visits.ts'

/** asking: a preview was shown. waiting: for a job. The last three are ends. */
export type ImportState = 'asking' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

/** How far an import is. `rows` counts all that were read: also those that were refused, or said nothing. */
export interface ImportCounts {
  rows: number
  added: number
  updated: number
  unchanged: number
  refused: number
}

/** A file of visits on its way into the database. */
export interface VisitImport extends ImportCounts {
  id: number
  state: ImportState
  fileName: string
  /** Telegram's number of the file, for one that was sent to the bot. */
  fileId?: string
  /** As it was given to `open` or `choose`. */
  columns: unknown
  /** Staff id. */
  startedBy?: number
  /** The chat's message that shows how far it has come. */
  messageId?: number
}

export interface NewImport {
  state: 'asking' | 'running'
  fileName: string
  fileId?: string
  columns: object
  startedBy?: number
}

/** What is known of a batch beside what became of its records. */
export interface BatchOf {
  id: number
  /** Rows that were read before this batch: whoever has been overtaken by another process stops here. */
  before: number
  /** Rows of this batch, with those that are no records. */
  rows: number
  /** Of them, those that the reader refused. */
  refused: number
}

export interface ImportStorage {
  /** A file that is being asked about by the same person is not opened again. @returns the import's number */
  open(wish: NewImport): Promise<number>
  byId(id: number): Promise<VisitImport | undefined>
  /** Other columns, while it is still being asked. @returns false when it is not asked any more */
  choose(id: number, columns: object): Promise<boolean>
  /** The message that shows how far it is. */
  shownIn(id: number, messageId: number): Promise<void>
  /**
   * From asking to waiting for a job: true for exactly one of all who say so.
   * @param messageId the message that shows how far it is
   */
  start(id: number, messageId?: number): Promise<boolean>
  /** True when it was still being asked. */
  cancel(id: number): Promise<boolean>
  /**
   * Takes one that waits, or whose process was silent for so long that it must be dead, for this process. Its rows so far are
   * written and counted: whoever takes it goes on behind them.
   * @returns undefined when it is not to be had
   */
  claim(id: number): Promise<VisitImport | undefined>
  /** A sign of life, while nothing is written. */
  touch(id: number): Promise<void>
  /**
   * For `writeVisits`: counts a batch in the transaction that writes it.
   * @returns a function that throws `ImportLost` when somebody else has this import now
   */
  counting(batch: BatchOf): (client: pg.ClientBase, written: Written) => Promise<void>
  /** Gives one that runs back: somebody may take it at once. */
  release(id: number): Promise<void>
  /** Ends one that runs, or was given back. */
  end(id: number, state: 'done' | 'failed'): Promise<void>
  /** Those that nobody has taken for long, and those whose process must be dead. */
  due(): Promise<number[]>
}

/** Another process goes on with this import: this one was taken for dead. */
export class ImportLost extends Error {}

/**
 * @param now epoch milliseconds
 * @param leaseMs so long a running import may be silent
 */
export function createImports({
  prisma,
  now = Date.now,
  leaseMs = 30_000,
}: {
  prisma: PrismaClient
  now?: () => number
  leaseMs?: number
}): ImportStorage {
  const change = async (where: Prisma.ImportWhereInput, data: Prisma.ImportUncheckedUpdateManyInput) =>
    (await prisma.import.updateMany({ where, data: { ...data, changedAt: new Date(now()) } })).count === 1
  const silent = () => ({ changedAt: { lt: new Date(now() - leaseMs) } })
  /** Its process has been silent for too long. Only of a file that can be asked for again. */
  const orphaned = () => ({ state: 'running', fileId: { not: null }, ...silent() })
  const byId = async (id: number) => {
    const row = await prisma.import.findUnique({ where: { id } })
    return row ? importOf(row) : undefined
  }

  return {
    byId,
    open: (wish) => open(wish),
    choose: (id, columns) => change({ id, state: 'asking' }, { columns }),
    shownIn: async (id, messageId) => void (await change({ id }, { messageId })),
    start: (id, messageId) =>
      change({ id, state: 'asking' }, { state: 'waiting', ...(messageId !== undefined && { messageId }) }),
    cancel: (id) => change({ id, state: 'asking' }, { state: 'cancelled' }),
    claim: async (id) =>
      (await change({ id, OR: [{ state: 'waiting' }, orphaned()] }, { state: 'running' }))
        ? byId(id)
        : undefined,
    touch: async (id) => void (await change({ id, state: 'running' }, {})),
    counting: (batch) => async (client, written) => {
      const { rowCount } = await client.query(countIt, countsOf(batch, written, new Date(now())))
      if (rowCount !== 1) throw new ImportLost()
    },
    release: async (id) => void (await change({ id, state: 'running' }, { state: 'waiting' })),
    end: async (id, state) => void (await change({ id, state: { in: ['running', 'waiting'] } }, { state })),
    due: async () => {
      const where = { OR: [{ state: 'waiting', ...silent() }, orphaned()] }
      return (await prisma.import.findMany({ where, select: { id: true } })).map(({ id }) => id)
    },
  }

  async function open({ columns, ...wish }: NewImport): Promise<number> {
    const { state, fileId, startedBy } = wish
    const of = { state, fileId: fileId ?? '', startedBy: startedBy ?? null }
    const same = await prisma.import.findFirst({ where: of, select: { id: true } })
    if (same && (await change({ ...same, state }, { columns }))) return same.id
    const at = new Date(now())
    return (await prisma.import.create({ data: { ...wish, columns, createdAt: at, changedAt: at } })).id
  }
}

/** `rows` is the fence: a process that was taken for dead and woke up again finds that they are others. */
const countIt = `
UPDATE "Import" SET "rows" = "rows" + $3, "added" = "added" + $4, "updated" = "updated" + $5, "unchanged" = "unchanged" + $6,
  "refused" = "refused" + $7, "changedAt" = $8
WHERE "id" = $1 AND "state" = 'running' AND "rows" = $2`

const countsOf = ({ id, before, rows, refused }: BatchOf, written: Written, at: Date): unknown[] => [
  id,
  before,
  rows,
  written.added,
  written.updated,
  written.unchanged + written.repeated,
  refused + written.refused.length,
  at,
]

function importOf({ createdAt: _, changedAt: __, ...row }: Import): VisitImport {
  const { fileId, startedBy, messageId, state, ...rest } = row
  return {
    ...rest,
    state: state as ImportState,
    ...(fileId !== null && { fileId }),
    ...(startedBy !== null && { startedBy }),
    ...(messageId !== null && { messageId: Number(messageId) }),
  }
}
