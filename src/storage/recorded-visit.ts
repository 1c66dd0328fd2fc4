/** A visit as the staff see it. */
import type { Salon } from '../domain/salon.ts'
import { visitDefaults, type VisitDetails } from '../domain/visit-defaults.ts'
import type { Prisma, Visit as VisitRow } from './generated/client.ts'
import { shownName } from './shown-name.ts'
import { questionAbout, type Asking } from './visit-question.ts'

export type VisitSalon = Pick<Salon, 'lines' | 'masters' | 'timeZone' | 'survey'>

export interface Visit extends VisitDetails {
  id: number
  /** Id of the service line; absent: the books don't tell. */
  line?: string
  at: Date
  /** Only the day is known. */
  dayOnly?: true
  /** Name of who recorded it; absent when that person is not among the staff any more. */
  by?: string
}

/** A visit that was recorded by hand, and what comes of it. */
export interface RecordedVisit extends Visit {
  clientId: number
  clientName?: string
  asked: Asking
  /** The question that was planned just now, for the job that sends it. */
  promptId?: string
}

/** So long a visit can be changed and taken back, and the same one recorded once more is a second tap, not a second visit. */
export const undoForMs = 10 * 60_000

/** So many former visits tell what is usual. */
const formerVisits = 50

export const newestFirst = [{ at: 'desc' }, { id: 'desc' }] satisfies Prisma.VisitOrderByWithRelationInput[]

/** What a visit of this client in this line most likely is. */
export async function usual(
  tx: Prisma.TransactionClient,
  clientId: bigint,
  line: string,
  salon: VisitSalon,
): Promise<VisitDetails> {
  const where = { clientId }
  const former = await tx.visit.findMany({ where, orderBy: newestFirst, take: formerVisits })
  const client = await tx.client.findUniqueOrThrow({ where: { id: clientId }, select: { master: true } })
  return visitDefaults(line, former.map(toVisit), client.master ?? undefined, salon)
}

/** The visit as it is shown to who recorded it. */
export async function recordedVisit(
  tx: Prisma.TransactionClient,
  row: VisitRow,
  salon: VisitSalon,
  now: number,
): Promise<RecordedVisit> {
  const client = await tx.client.findUniqueOrThrow({
    where: { id: row.clientId },
    select: { name: true, chats: { select: { profileName: true } } },
  })
  const { name } = shownName(client)
  return {
    ...toVisit(row),
    clientId: Number(row.clientId),
    ...(name !== undefined && { clientName: name }),
    ...(await questionAbout(tx, row, salon, now)),
  }
}

export const toVisit = ({ id, line, service, kopecks, master, at, timeKnown }: VisitRow): Visit => ({
  id: Number(id),
  ...(line !== null && { line }),
  ...(service !== null && { service }),
  ...(kopecks !== null && { kopecks: Number(kopecks) }),
  ...(master !== null && { master }),
  at,
  ...(!timeKnown && { dayOnly: true as const }),
})
