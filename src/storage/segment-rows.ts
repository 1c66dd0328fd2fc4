import type { ExportedSegment } from '../domain/export/segments.ts'
import type { Models } from '../domain/value/models.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { shownName } from './shown-name.ts'

/** So many clients at a time: what is in memory at once does not depend on how many there are. */
const batchClients = 2000

/** How many rows there are: clients, and lines that they came for. */
export const countSegmentRows = (prisma: PrismaClient): Promise<number> => prisma.clientValue.count()

/** Everybody with a segment, client by client, each with all their lines in a row. */
export async function* segmentRowsOf(prisma: PrismaClient): AsyncGenerator<ExportedSegment[]> {
  let last = 0n
  for (;;) {
    const clients = await prisma.client.findMany({
      where: { id: { gt: last }, values: { some: {} } },
      orderBy: { id: 'asc' },
      take: batchClients,
      select,
    })
    if (clients.length > 0) yield clients.flatMap(rowsOf)
    if (clients.length < batchClients) return
    last = clients.at(-1)?.id ?? last
  }
}

/** The models of all lines. */
export async function modelsByLine(prisma: PrismaClient): Promise<Map<string, Models>> {
  const rows = await prisma.valueModel.findMany({ orderBy: { line: 'asc' } })
  return new Map(rows.map(({ line, models }) => [line, models as unknown as Models]))
}

const select = {
  id: true,
  demo: true,
  name: true,
  phone: true,
  confirmedPhone: true,
  bookPhone: true,
  bookedAt: true,
  personalDataConsentAt: true,
  chats: { select: { profileName: true } },
  values: { orderBy: { line: 'asc' } },
} satisfies Prisma.ClientSelect

type Row = Prisma.ClientGetPayload<{ select: typeof select }>

function rowsOf(client: Row): ExportedSegment[] {
  const who = { clientId: Number(client.id), demo: client.demo, ...personOf(client) }
  return client.values.map(
    ({ line, firstDay, lastDay, visits, kopecks, firstDayKopecks, code, segment }) => ({
      ...who,
      line,
      firstDay,
      lastDay,
      visits,
      code,
      segment,
      kopecks: Number(kopecks),
      firstDayKopecks: Number(firstDayKopecks),
    }),
  )
}

/** Only of those whose card the staff may see: who has consented, or is in the salon's own books. */
function personOf(client: Row): { name?: string; phone?: string } {
  if (client.personalDataConsentAt === null && client.bookedAt === null) return {}
  const phone = client.confirmedPhone ?? client.bookPhone ?? client.phone
  return { ...shownName(client), ...(phone !== null && { phone }) }
}
