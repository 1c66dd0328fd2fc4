import { linkCouponUses } from './coupon-visits.ts'
import { firstTime } from './first-time.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import {
  newestFirst,
  recordedVisit,
  toVisit,
  undoForMs,
  usual,
  type RecordedVisit,
  type Visit,
  type VisitSalon,
} from './recorded-visit.ts'
import {
  changeVisit,
  undoVisit,
  type VisitChange,
  type VisitChanged,
  type VisitUndone,
} from './visit-changes.ts'
import { planQuestion } from './visit-question.ts'

export type VisitRecorded =
  /** `fresh` is false when the visit was recorded a moment ago already, by this press or by another one. */
  | { ok: true; visit: RecordedVisit; fresh: boolean }
  /** `gone`: there is no such client (any more). `repeated`: an old press again; its visit may have been taken back since. */
  | { ok: false; reason: 'gone' | 'repeated' }

export interface VisitStorage {
  /**
   * Writes down that a client came, as it most likely was, and plans the question how it was: a prompt for the job that sends it.
   * @param wish.by staff id
   */
  record(wish: VisitWish): Promise<VisitRecorded>
  /** Corrects what was recorded a moment ago; the question how it was follows. */
  change(wish: { visitId: number; change: VisitChange; updateKey: string }): Promise<VisitChanged>
  /** What was recorded a moment ago, as it stands. */
  recorded(visitId: number): Promise<VisitChanged>
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

/**
 * That clients came, as the staff write it down.
 * @param salon services, masters and prices; `survey`: not asked again within `everyDays`, asked `afterVisitHours` after a visit
 * @param now epoch milliseconds
 */
export function createVisits({
  prisma,
  salon,
  now = Date.now,
}: {
  prisma: PrismaClient
  salon: VisitSalon
  now?: () => number
}): VisitStorage {
  return {
    record: (wish) => prisma.$transaction((tx) => record(tx, wish, salon, now())),
    change: (wish) => prisma.$transaction((tx) => changeVisit(tx, wish, salon, now())),
    recorded: (visitId) =>
      prisma.$transaction((tx) => changeVisit(tx, { visitId, change: {} }, salon, now())),
    undo: (visitId) => prisma.$transaction((tx) => undoVisit(tx, visitId, now())),
    async ofClient(clientId, limit) {
      const rows = await prisma.visit.findMany({
        where: { clientId },
        orderBy: newestFirst,
        take: limit,
        include: { recorder: { select: { name: true } } },
      })
      return rows.map((row) => ({ ...toVisit(row), ...(row.recorder && { by: row.recorder.name }) }))
    },
  }
}

async function record(
  tx: Prisma.TransactionClient,
  { clientId, line, by, updateKey, at }: VisitWish,
  salon: VisitSalon,
  now: number,
): Promise<VisitRecorded> {
  // Whoever records a visit of the same client waits here: two presses at once are one visit and one question.
  const [client] = await tx.$queryRaw<{ master: string | null }[]>`
    SELECT master FROM "Client"
    WHERE id = ${clientId} AND ("personalDataConsentAt" IS NOT NULL OR "bookedAt" IS NOT NULL) FOR UPDATE`
  if (!client) return { ok: false, reason: 'gone' }
  const first = await firstTime(tx, updateKey)
  // One that was put on another day since is another visit.
  const lately = { createdAt: { gt: new Date(now - undoForMs) }, importId: null, timeKnown: true }
  const same = await tx.visit.findFirst({ where: { clientId, line, ...lately } })
  if (same) return { ok: true, visit: await recordedVisit(tx, same, salon, now), fresh: false }
  if (!first) return { ok: false, reason: 'repeated' }

  const details = await usual(tx, BigInt(clientId), line, salon)
  const data = { clientId, line, ...details, at, recordedBy: by, createdAt: new Date(now) }
  const visit = await tx.visit.create({ data })
  await linkCouponUses(
    (text, values) => tx.$executeRawUnsafe(text, ...values),
    [visit.clientId],
    salon.timeZone,
  )
  await planQuestion(tx, visit, salon, now)
  return { ok: true, visit: await recordedVisit(tx, visit, salon, now), fresh: true }
}
