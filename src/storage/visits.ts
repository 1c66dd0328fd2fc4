import type { Salon } from '../domain/salon.ts'
import { firstTime } from './first-time.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { writePrompt } from './prompts.ts'

type Transaction = Prisma.TransactionClient
type SurveyTimes = Pick<Salon['survey'], 'everyDays' | 'afterVisitHours'>

export interface Visit {
  id: number
  /** Id of the service line; absent: the books don't tell. */
  line?: string
  at: Date
  /** Name of who recorded it; absent when that person is not among the staff any more. */
  by?: string
}

/**
 * Whether the client is asked how it was. `recently`: a survey or a short form was answered, or asked, within the salon's limit.
 * `unreachable`: there is no chat to write to.
 */
export type Asking = 'will' | 'recently' | 'unreachable'

export type VisitRecorded =
  /** `fresh` is false when the visit was recorded a moment ago already, by this press or by another one. */
  | { ok: true; visitId: number; clientName?: string; asked: Asking; promptId?: string; fresh: boolean }
  /** `gone`: there is no such client (any more). `repeated`: an old press again; its visit may have been taken back since. */
  | { ok: false; reason: 'gone' | 'repeated' }

export type VisitUndone =
  | { ok: true; clientId: number; line?: string }
  /** `gone`: it was taken back before. */
  | { ok: false; reason: 'gone' | 'late' }

export interface VisitStorage {
  /**
   * Writes down that a client came, and plans the question how it was: a prompt for the job that sends it.
   * @param wish.by staff id
   */
  record(wish: VisitWish): Promise<VisitRecorded>
  /** Takes back what was recorded a moment ago: the visit goes, and the client is not asked. */
  undo(visitId: number): Promise<VisitUndone>
  /** The last visits of a client, the newest first. */
  ofClient(clientId: number, limit: number): Promise<Visit[]>
}

export interface VisitWish {
  clientId: number
  line: string
  by: number
  updateKey: string
  at: Date
}

/** So long a visit can be taken back, and the same one recorded once more is a second tap, not a second visit. */
export const undoForMs = 10 * 60_000

const dayMs = 24 * 60 * 60_000
const hourMs = 60 * 60_000

/**
 * That clients came, as the staff write it down.
 * @param survey not asked again within `everyDays`; asked `afterVisitHours` after a visit
 * @param now epoch milliseconds
 */
export function createVisits({
  prisma,
  survey,
  now = Date.now,
}: {
  prisma: PrismaClient
  survey: SurveyTimes
  now?: () => number
}): VisitStorage {
  return {
    record: (wish) => prisma.$transaction((tx) => record(tx, wish, survey, now())),
    undo: (visitId) => prisma.$transaction((tx) => undo(tx, visitId, now())),
    async ofClient(clientId, limit) {
      const rows = await prisma.visit.findMany({
        where: { clientId },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit,
        include: { recorder: { select: { name: true } } },
      })
      return rows.map(({ id, line, at, recorder }) => ({
        id: Number(id),
        ...(line !== null && { line }),
        at,
        ...(recorder && { by: recorder.name }),
      }))
    },
  }
}

async function record(
  tx: Transaction,
  { clientId, line, by, updateKey, at }: VisitWish,
  survey: SurveyTimes,
  now: number,
): Promise<VisitRecorded> {
  // Whoever records a visit of the same client waits here: two presses at once are one visit and one question.
  const [client] = await tx.$queryRaw<{ name: string | null }[]>`
    SELECT name FROM "Client" WHERE id = ${clientId} AND "personalDataConsentAt" IS NOT NULL FOR UPDATE`
  if (!client) return { ok: false, reason: 'gone' }
  const first = await firstTime(tx, updateKey)
  const named = client.name === null ? {} : { clientName: client.name }
  const same = await tx.visit.findFirst({
    where: { clientId, line, createdAt: { gt: new Date(now - undoForMs) } },
  })
  if (same) return { ok: true, visitId: Number(same.id), ...named, ...(await plan(tx, same)), fresh: false }
  if (!first) return { ok: false, reason: 'repeated' }

  const data = { clientId, line, at, recordedBy: by, createdAt: new Date(now) }
  const visit = await tx.visit.create({ data })
  if (await mayAsk(tx, clientId, new Date(at.getTime() - survey.everyDays * dayMs))) {
    const dueAt = at.getTime() + survey.afterVisitHours * hourMs
    const prompt = { kind: 'visit', about: Number(visit.id), number: 1, source: 'visit', dueAt } as const
    await writePrompt(tx, { clientId: visit.clientId, at: new Date(now) }, prompt)
  }
  return { ok: true, visitId: Number(visit.id), ...named, ...(await plan(tx, visit)), fresh: true }
}

async function plan(
  tx: Transaction,
  { id, clientId }: { id: bigint; clientId: bigint },
): Promise<{ asked: Asking; promptId?: string }> {
  const prompt = await tx.prompt.findFirst({ where: { clientId, kind: 'visit', about: id } })
  if (prompt) return { asked: 'will', promptId: String(prompt.id) }
  return { asked: (await reachable(tx, clientId)) ? 'recently' : 'unreachable' }
}

async function mayAsk(tx: Transaction, clientId: number, since: Date): Promise<boolean> {
  const answered = { clientId, name: { in: ['survey', 'visit'] }, changedAt: { gt: since } }
  const asked: Prisma.PromptWhereInput = {
    clientId,
    kind: 'visit',
    OR: [
      { state: { in: ['waiting', 'sending'] } },
      { state: { in: ['sent', 'unknown'] }, changedAt: { gt: since } },
    ],
  }
  return (
    (await reachable(tx, clientId)) &&
    (await tx.dialogue.count({ where: answered })) === 0 &&
    (await tx.prompt.count({ where: asked })) === 0
  )
}

const reachable = async (tx: Transaction, clientId: number | bigint): Promise<boolean> =>
  (await tx.chat.count({ where: { clientId, reachable: true } })) > 0

async function undo(tx: Transaction, visitId: number, now: number): Promise<VisitUndone> {
  const visit = await tx.visit.findUnique({ where: { id: visitId } })
  if (!visit) return { ok: false, reason: 'gone' }
  if (visit.createdAt.getTime() <= now - undoForMs) return { ok: false, reason: 'late' }
  const { count } = await tx.visit.deleteMany({ where: { id: visitId } })
  if (count === 0) return { ok: false, reason: 'gone' }
  const { clientId, line } = visit
  await tx.prompt.updateMany({
    where: { clientId, kind: 'visit', about: visitId, state: 'waiting' },
    data: { state: 'cancelled', changedAt: new Date(now) },
  })
  return { ok: true, clientId: Number(clientId), ...(line !== null && { line }) }
}
