import { AdviceError } from '../domain/advice-error.ts'
import type { DemoSalon } from '../domain/demo-salon.ts'
import type { PrismaClient } from './generated/client.ts'
import { writeDemo } from './write-demo.ts'

/** Which simulation the demo data come from, and how far it has gone. Times are epoch milliseconds. */
export interface DemoMark {
  seed: number
  now: number
  until: number
  /** Who made it: the sandbox by itself, or a person by the command line. */
  by: DemoMaker
}

export type DemoMaker = 'sandbox' | 'person'

/** `removed`: there was a demo, and somebody took it away. */
export type DemoState = { state: 'never' } | { state: 'removed' } | ({ state: 'there' } & DemoMark)

export interface DemoData {
  state(): Promise<DemoState>
  /** Whether anybody but the demo's clients has consented to personal data here. */
  hasRealClients(): Promise<boolean>
  /** Writes the whole demo, or nothing. @throws AdviceError `demo.alreadyThere` */
  insert(demo: DemoSalon, by: DemoMaker): Promise<void>
  /**
   * Writes what has happened since the demo was written last.
   * @param simulate the same simulation, up to a later time
   * @returns false when there is no demo, or it has gone so far already
   */
  goOn(until: number, simulate: (times: Omit<DemoMark, 'by'>) => DemoSalon): Promise<boolean>
  /** Takes the demo's clients away with all that belongs to them, and nothing else. @returns how many */
  remove(): Promise<number>
}

const name = 'demoData'
const removed = 'removed'
/** Far above what it takes: a slow machine shall finish, too. */
const patience = { timeout: 60_000, maxWait: 10_000 }

/**
 * The demo salon in the database: clients of nobody, marked as such. They have no chats, so nothing is ever sent to them, and no
 * entry in the ledger, because nobody has agreed to anything.
 * @param drawCode a new coupon code that nobody can foresee (`couponCode`)
 */
export function createDemoData({
  prisma,
  drawCode,
}: {
  prisma: PrismaClient
  drawCode: () => string
}): DemoData {
  return {
    async state() {
      const mark = await prisma.setting.findUnique({ where: { name } })
      return stateOf(mark?.value)
    },
    hasRealClients: async () =>
      (await prisma.client.findFirst({
        where: { demo: false, OR: [{ personalDataConsentAt: { not: null } }, { bookedAt: { not: null } }] },
        select: { id: true },
      })) !== null,
    insert: (demo, by) =>
      prisma.$transaction(async (tx) => {
        // Whoever comes second waits here until the first is done.
        await tx.setting.upsert({ where: { name }, ...setTo(markOf(demo, by)) })
        if (await tx.client.findFirst({ where: { demo: true }, select: { id: true } }))
          throw new AdviceError('demo.alreadyThere')
        await writeDemo(tx, demo, -Infinity, drawCode)
      }, patience),
    goOn: (until, simulate) =>
      prisma.$transaction(async (tx) => {
        const [mark] = await tx.$queryRaw<{ value: string }[]>`
          SELECT value FROM "Setting" WHERE name = ${name} FOR UPDATE`
        const at = stateOf(mark?.value)
        if (at.state !== 'there' || at.until >= until) return false
        const demo = simulate({ seed: at.seed, now: at.now, until })
        await writeDemo(tx, demo, at.until, drawCode)
        await tx.setting.update({ where: { name }, data: { value: markOf(demo, at.by) } })
        return true
      }, patience),
    remove: () =>
      prisma.$transaction(async (tx) => {
        await tx.setting.upsert({ where: { name }, ...setTo(removed) })
        return (await tx.client.deleteMany({ where: { demo: true } })).count
      }, patience),
  }
}

const setTo = (value: string) => ({ create: { name, value }, update: { value } })

const markOf = ({ seed, now, until }: DemoSalon, by: DemoMaker): string =>
  JSON.stringify({ seed, now, until, by } satisfies DemoMark)

function stateOf(value: string | undefined): DemoState {
  if (value === undefined) return { state: 'never' }
  return value === removed ? { state: 'removed' } : { state: 'there', ...(JSON.parse(value) as DemoMark) }
}
