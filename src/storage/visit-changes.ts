/** What was recorded by hand a moment ago can be corrected and taken back. */
import { priceOf } from '../domain/visit-defaults.ts'
import { firstTime } from './first-time.ts'
import type { Prisma, Visit } from './generated/client.ts'
import { recordedVisit, undoForMs, usual, type RecordedVisit, type VisitSalon } from './recorded-visit.ts'
import { planQuestion } from './visit-question.ts'

type Transaction = Prisma.TransactionClient

/** Why a visit can't be changed any more: taken back, too late, or from a file of the salon's books. */
export type Untouchable = 'gone' | 'late' | 'imported'

export type VisitChanged = { ok: true; visit: RecordedVisit } | { ok: false; reason: Untouchable }

export type VisitUndone =
  /** `visitorGone`: so is the client, who was written down for this visit. */
  { ok: true; clientId: number; line?: string; visitorGone?: true } | { ok: false; reason: Untouchable }

/** What is to be another; null: not known. */
export interface VisitChange {
  /** With it come the usual service, amount and master of that line. */
  line?: string
  /** With it comes its price, where the amount was that of the former service. */
  service?: string
  kopecks?: number | null
  master?: string | null
  /** The salon's day, "2026-04-17". */
  day?: string
}

/**
 * @param wish.updateKey absent: nothing is to be changed; an update that was seen before changes nothing either
 * @param now epoch milliseconds
 */
export async function changeVisit(
  tx: Transaction,
  { visitId, change, updateKey }: { visitId: number; change: VisitChange; updateKey?: string },
  salon: VisitSalon,
  now: number,
): Promise<VisitChanged> {
  const found = await touchable(tx, visitId, now)
  if (!found.ok) return found
  let { visit } = found
  if (updateKey !== undefined && (await firstTime(tx, updateKey))) {
    const data = await dataOf(tx, visit, change, salon)
    visit = await tx.visit.update({ where: { id: visitId }, data })
    await planQuestion(tx, visit, salon, now)
  }
  return { ok: true, visit: await recordedVisit(tx, visit, salon, now) }
}

export async function undoVisit(tx: Transaction, visitId: number, now: number): Promise<VisitUndone> {
  const found = await touchable(tx, visitId, now)
  if (!found.ok) return found
  const { clientId, line } = found.visit
  await tx.visit.delete({ where: { id: visitId } })
  await tx.prompt.updateMany({
    where: { clientId, kind: 'visit', about: visitId, state: 'waiting' },
    data: { state: 'cancelled', changedAt: new Date(now) },
  })
  const visitor = await tx.client.deleteMany({ where: { id: clientId, ...writtenDownForIt(now) } })
  return {
    ok: true,
    clientId: Number(clientId),
    ...(line !== null && { line }),
    ...(visitor.count > 0 && { visitorGone: true as const }),
  }
}

/** Somebody who was added by hand a moment ago, and of whom nothing else is known. */
const writtenDownForIt = (now: number): Prisma.ClientWhereInput => ({
  bookedAt: { gt: new Date(now - undoForMs) },
  createdAt: { gt: new Date(now - undoForMs) },
  personalDataConsentAt: null,
  externalId: null,
  chats: { none: {} },
  visits: { none: {} },
})

/** The visit, while it may be changed. Whoever changes one of the same client waits here. */
async function touchable(
  tx: Transaction,
  visitId: number,
  now: number,
): Promise<{ ok: true; visit: Visit } | { ok: false; reason: Untouchable }> {
  await tx.$queryRaw`
    SELECT FROM "Client" WHERE id = (SELECT "clientId" FROM "Visit" WHERE id = ${visitId}) FOR UPDATE`
  const visit = await tx.visit.findUnique({ where: { id: visitId } })
  if (!visit) return { ok: false, reason: 'gone' }
  if (visit.importId !== null) return { ok: false, reason: 'imported' }
  if (visit.createdAt.getTime() <= now - undoForMs) return { ok: false, reason: 'late' }
  return { ok: true, visit }
}

async function dataOf(
  tx: Transaction,
  visit: Visit,
  { line, service, day, ...plain }: VisitChange,
  salon: VisitSalon,
): Promise<Prisma.VisitUncheckedUpdateInput> {
  if (line !== undefined) {
    const nothing = { service: null, kopecks: null, master: null }
    return { line, ...nothing, ...(await usual(tx, visit.clientId, line, salon)) }
  }
  if (service !== undefined) {
    const former = priceOf(visit.service ?? undefined, salon)
    const follows = visit.kopecks === null || former === undefined || former === Number(visit.kopecks)
    return { service, ...(follows && { kopecks: priceOf(service, salon) ?? null }) }
  }
  return day === undefined ? plain : timeOf(day, visit, salon)
}

/** On the day when it was recorded it was at that time; of another one only the day is known, which counts as its noon. */
function timeOf(
  day: string,
  { createdAt }: Visit,
  { timeZone }: VisitSalon,
): { at: Date; timeKnown: boolean } {
  const recorded = Temporal.Instant.fromEpochMilliseconds(createdAt.getTime()).toZonedDateTimeISO(timeZone)
  if (recorded.toPlainDate().toString() === day) return { at: createdAt, timeKnown: true }
  const noon = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '12:00' })
  return { at: new Date(noon.epochMilliseconds), timeKnown: false }
}
