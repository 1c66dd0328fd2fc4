import type { Models, TooLittleData } from '../domain/value/models.ts'
import { segmentsOf, type Segment } from '../domain/value/segment-rank.ts'
import { schemeNames, type SchemeName } from '../domain/value/value-settings.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

/** What the salon's segments look like, as of the last recompute. Days are since 1970-01-01, lines a salon's line id or "": overall. */
export interface SegmentOverview {
  scheme: SchemeName
  /** The day that was computed last, and the earlier one that it is compared with. */
  day: number
  before?: number
  /** Overall first, then the lines that anybody came for, the largest first. */
  groups: SegmentGroup[]
  /** How many early warnings stand, and what would be lost with them in a year. */
  warnings: { clients: number; kopecks: number }
  /** What the forecasts rest on, or why there are none; absent where none was tried yet. */
  model?: { without?: TooLittleData['reason']; clients: number; repeatClients: number }
  /** Invented clients are among them. */
  demo: boolean
}

export interface SegmentGroup {
  line: string
  clients: number
  /** What they have paid in all, less refunds. */
  kopecks: number
  /** All segments of the scheme, in its order. */
  segments: SegmentFigures[]
}

export interface SegmentFigures {
  segment: Segment
  clients: number
  kopecks: number
  /** Clients more (or less) than on the day compared with; absent where there is none. */
  change?: number
}

/** What it is compared with is at least so old, where there is something so old. */
const monthDays = 30

/** By which scheme the clients are coded now: the settings may name another since. */
export async function schemeInUse(prisma: PrismaClient): Promise<SchemeName> {
  const mark = await prisma.setting.findUnique({ where: { name: 'segmentScheme' } })
  return schemeNames.find((one) => one === mark?.value) ?? 'halves'
}

/** The table of segments, made of the daily counts. */
export async function segmentOverview(prisma: PrismaClient): Promise<SegmentOverview | undefined> {
  const scheme = await schemeInUse(prisma)
  const [latest] = await prisma.segmentCount.findMany({
    where: { scheme },
    orderBy: { day: 'desc' },
    take: 1,
  })
  if (!latest) return undefined
  const { day } = latest
  const before = await comparedWith(prisma, scheme, day)
  const [rows, warnings, model, demo] = await Promise.all([
    prisma.segmentCount.findMany({
      where: { scheme, day: { in: before === undefined ? [day] : [day, before] } },
    }),
    prisma.earlyWarning.aggregate({ _count: true, _sum: { atStakeKopecks: true } }),
    prisma.valueModel.findUnique({ where: { line: '' } }),
    invented(prisma),
  ])
  const groups = groupsOf(rows, scheme, day, before)
  if (!groups.some(({ line, clients }) => line === '' && clients > 0)) return undefined
  return {
    scheme,
    day,
    ...(before !== undefined && { before }),
    groups,
    warnings: { clients: warnings._count, kopecks: Number(warnings._sum.atStakeKopecks ?? 0) },
    ...(model && { model: modelOf(model) }),
    demo,
  }
}

const withoutForecast = (models: Models) => (models.kind === 'models' ? {} : { without: models.reason })

/** Whether the demo is there, and was counted. */
async function invented(prisma: PrismaClient): Promise<boolean> {
  const marks = await prisma.setting.findMany({ where: { name: { in: ['demoData', 'valueMark'] } } })
  const valueOf = (name: string) => marks.find((mark) => mark.name === name)?.value
  const [demo = 'removed', mark = '{}'] = [valueOf('demoData'), valueOf('valueMark')]
  return demo !== 'removed' && !(JSON.parse(mark) as { realOnly?: boolean }).realOnly
}

const modelOf = ({ models, clients, repeatClients }: Prisma.ValueModelGetPayload<object>) => ({
  ...withoutForecast(models as unknown as Models),
  clients,
  repeatClients,
})

/** The latest day that is a month back, or else the earliest there is. */
async function comparedWith(
  prisma: PrismaClient,
  scheme: SchemeName,
  day: number,
): Promise<number | undefined> {
  const [old] = await prisma.segmentCount.findMany({
    where: { scheme, day: { lte: day - monthDays } },
    orderBy: { day: 'desc' },
    take: 1,
  })
  if (old) return old.day
  const [first] = await prisma.segmentCount.findMany({
    where: { scheme, day: { lt: day } },
    orderBy: { day: 'asc' },
    take: 1,
  })
  return first?.day
}

type CountRow = Prisma.SegmentCountGetPayload<object>

function groupsOf(
  rows: readonly CountRow[],
  scheme: SchemeName,
  day: number,
  before: number | undefined,
): SegmentGroup[] {
  const lines = new Set(rows.filter((row) => row.day === day).map(({ line }) => line))
  return [...lines]
    .map((line) =>
      groupOf(
        line,
        rows.filter((row) => row.line === line),
        scheme,
        day,
        before,
      ),
    )
    .sort((one, other) => Number(other.line === '') - Number(one.line === '') || other.clients - one.clients)
}

function groupOf(
  line: string,
  rows: readonly CountRow[],
  scheme: SchemeName,
  day: number,
  before: number | undefined,
): SegmentGroup {
  const segments = segmentsOf(scheme).map((segment): SegmentFigures => {
    const on = (wanted: number) => rows.find((row) => row.segment === segment && row.day === wanted)
    const clients = on(day)?.clients ?? 0
    return {
      segment,
      clients,
      kopecks: Number(on(day)?.kopecks ?? 0),
      ...(before !== undefined && { change: clients - (on(before)?.clients ?? 0) }),
    }
  })
  return {
    line,
    clients: segments.reduce((sum, one) => sum + one.clients, 0),
    kopecks: segments.reduce((sum, one) => sum + one.kopecks, 0),
    segments,
  }
}
