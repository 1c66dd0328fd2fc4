import type { Answers } from '../domain/answer.ts'
import type { OwnVisit, PersonalData, Walk } from '../domain/known.ts'
import { ownCoupons } from './coupons.ts'
import type { PrismaClient, Visit as VisitRow } from './generated/client.ts'

/** Everything that is kept about a person: for them to read, and for nobody else. */
export async function readPersonalData(prisma: PrismaClient, clientId: string): Promise<PersonalData> {
  const client = await prisma.client.findUniqueOrThrow({
    where: { id: BigInt(clientId) },
    include: {
      chats: true,
      dialogues: true,
      consents: { orderBy: { id: 'asc' }, include: { document: true } },
      events: { orderBy: { id: 'asc' } },
      notices: { orderBy: { id: 'asc' } },
      visits: { orderBy: [{ at: 'desc' }, { id: 'desc' }], omit: { recordedBy: true, importId: true } },
      values: { orderBy: { line: 'asc' } },
      moves: { orderBy: { id: 'asc' } },
      warning: true,
      prompts: { orderBy: { id: 'asc' } },
      coupons: {
        orderBy: { id: 'asc' },
        omit: { redeemedBy: true },
        include: { used: { orderBy: { id: 'asc' }, omit: { staffId: true } } },
      },
      deliveries: { orderBy: { id: 'asc' }, omit: { runId: true, tries: true, triedAt: true } },
      followUps: { orderBy: { id: 'asc' }, omit: { handledBy: true } },
    },
  })
  const { chats, dialogues, consents, events, notices, version: _, ...rest } = client
  const { visits, values, moves, warning, prompts, coupons, deliveries, followUps, ...profile } = rest
  return {
    walks: dialogues.map(walkOf),
    coupons: await ownCoupons(prisma, client.id),
    visits: visits.map(visitOf),
    eventCount: events.length,
    file: plainJson({
      profile,
      chats: chats.map(({ clientId: __, ...chat }) => chat),
      dialogues,
      consents,
      events,
      messages: notices,
      visits,
      values,
      moves,
      warning,
      prompts,
      coupons,
      offers: deliveries,
      followUps,
    }),
  }
}

const visitOf = ({ at, line, service, master, kopecks }: Visit): OwnVisit => ({
  at: at.getTime(),
  ...(line !== null && { line }),
  ...(service !== null && { service }),
  ...(master !== null && { master }),
  ...(kopecks !== null && { kopecks: Number(kopecks) }),
})

type Visit = Pick<VisitRow, 'at' | 'line' | 'service' | 'master' | 'kopecks'>

const walkOf = (row: {
  name: string
  run: number
  version: number
  status: string
  answers: unknown
  startedAt: Date
  changedAt: Date
}): Walk => ({
  ...row,
  status: row.status as Walk['status'],
  answers: row.answers as Answers,
  startedAt: row.startedAt.getTime(),
  changedAt: row.changedAt.getTime(),
})

/** BigInt ids become strings, dates ISO 8601; what is not known is left out. */
const plainJson = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, one: unknown) =>
      typeof one === 'bigint' ? String(one) : one === null ? undefined : one,
    ),
  )
