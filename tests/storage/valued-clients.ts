/** Clients with segments as a recompute leaves them, made by hand: every figure is in the test that reads it. */
import type { PrismaClient } from '../../src/storage/generated/client.ts'

/** Friday, 20 November 2026: the day on which these tests live. */
export const today = Temporal.PlainDate.from('1970-01-01').until('2026-11-20').days

export interface Valued {
  line?: string
  /** Days ago. */
  first: number
  last: number
  visits: number
  roubles: number
  firstRoubles?: number
  code: string
  segment: string
}

/** Writes what a client's visits add up to. */
export async function addValues(prisma: PrismaClient, clientId: number, ...rows: Valued[]): Promise<void> {
  await prisma.clientValue.createMany({
    data: rows.map(({ line = '', first, last, visits, roubles, firstRoubles = 0, code, segment }) => ({
      clientId,
      line,
      firstDay: today - first,
      lastDay: today - last,
      visits,
      kopecks: roubles * 100,
      firstDayKopecks: firstRoubles * 100,
      code,
      segment,
    })),
  })
}

/** Writes how many were in each segment on a day, as [clients, roubles]. */
export async function addCounts(
  prisma: PrismaClient,
  { daysAgo = 0, line = '', scheme = 'halves' }: { daysAgo?: number; line?: string; scheme?: string },
  segments: Record<string, [clients: number, roubles: number]>,
): Promise<void> {
  await prisma.segmentCount.createMany({
    data: Object.entries(segments).map(([segment, [clients, roubles]]) => ({
      day: today - daysAgo,
      line,
      scheme,
      segment,
      clients,
      kopecks: roubles * 100,
    })),
  })
}

/** Takes away what no client takes along. */
export async function forgetSegments(prisma: PrismaClient): Promise<void> {
  await prisma.$executeRaw`TRUNCATE "SegmentCount", "ValueModel"`
  await prisma.setting.deleteMany({ where: { name: { in: ['segmentScheme', 'demoData', 'valueMark'] } } })
}
