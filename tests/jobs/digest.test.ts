/** When the digest goes out, and to whom: real queues (BullMQ), a real PostgreSQL, a clock that the test sets. */
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createDigestJobs } from '../../src/jobs/digest.ts'
import type { DigestDue, DigestJob, DigestSent, SendDigest } from '../../src/jobs/digest.ts'
import { createQueues } from '../../src/jobs/queues.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { createDigests, type DigestReader } from '../../src/storage/digests.ts'
import { freshDatabase } from '../storage/fresh-database.ts'

const logged: string[] = []
const note = ({ event }: { event: string }) => void logged.push(event)
const log = { debug: () => {}, info: note, warn: note, error: note }
const salon = { timeZone: 'Europe/Moscow', digest: { weekday: 1, at: '09:00' } }
/** Monday, 23 November 2026, 9:00 in Moscow. */
const monday = Date.UTC(2026, 10, 23, 6)
const hour = 3600_000

let connectionString: string
let database: Database
let sent: string[]
let now: number

beforeEach(async () => {
  ;({ connectionString } = await freshDatabase())
  database = await openDatabase({ connectionString, log })
  sent = []
  logged.length = 0
  now = monday
  onTestFinished(() => database.close())
})

/** One process's jobs; any number may share the database. */
function openJobs() {
  const queues = createQueues<{ digest: DigestJob }>({ connectionString, redisUrl: undefined, log })
  onTestFinished(() => queues.close())
  return createDigestJobs({
    queues,
    digests: createDigests({ prisma: database.prisma, now: () => now }),
    salon,
    log,
    now: () => now,
  })
}

async function owner(
  name: string,
  more: { role?: 'owner' | 'admin'; createdAt?: Date; reachable?: boolean } = {},
) {
  const telegramId = (await database.prisma.staff.count()) + 1
  return database.prisma.staff.create({
    data: {
      telegramId,
      name,
      language: 'ru',
      role: 'owner',
      createdAt: new Date(monday - 24 * hour),
      ...more,
    },
  })
}

const names = async (id: number) => (await database.prisma.staff.findUniqueOrThrow({ where: { id } })).name

const send: SendDigest = async (reader: DigestReader, { week, late }: DigestDue): Promise<DigestSent> => {
  sent.push(`${await names(reader.id)} ${week.toString()}${late ? ' late' : ''}`)
  return 'sent'
}

describe('the digest of a week', () => {
  test.each([
    ['at nine on Monday', monday, ['Ольга 2026-11-23']],
    ['a minute before, last week is the last one', monday - 60_000, []],
    ['an hour later it is not late yet', monday + hour, ['Ольга 2026-11-23']],
    ['on Wednesday, when the machine is back, it is', monday + 50 * hour, ['Ольга 2026-11-23 late']],
    ['after two weeks only the latest comes', monday + 8 * 24 * hour, ['Ольга 2026-11-30 late']],
  ])('%s', async (_, at, expected) => {
    await owner('Ольга')
    now = at
    await openJobs().run(send)
    expect(sent).toEqual(expected)
  })

  test('goes to every owner, and to nobody else', async () => {
    await owner('Ольга')
    await owner('Марина')
    await owner('Ирина', { role: 'admin' })
    await owner('Пётр', { reachable: false })
    await owner('Новый владелец', { createdAt: new Date(monday + hour) })
    now = monday + 2 * hour
    await openJobs().run(send)
    expect(sent).toEqual(['Ольга 2026-11-23 late', 'Марина 2026-11-23 late'])
  })

  test('comes once, however often and from how many processes it is looked for', async () => {
    await owner('Ольга')
    const [one, other] = [openJobs(), openJobs()]
    await Promise.all([one.run(send), other.run(send), one.run(send), other.run(send)])
    await openJobs().run(send)
    expect(sent).toEqual(['Ольга 2026-11-23'])
    now += 7 * 24 * hour
    await one.run(send)
    expect(sent).toEqual(['Ольга 2026-11-23', 'Ольга 2026-11-30'])
  })

  test('that surely did not go out is tried again, and keeps nobody else waiting', async () => {
    await owner('Ольга')
    await owner('Марина')
    let isAway = true
    const jobs = openJobs()
    const trying: SendDigest = async (reader, due) => {
      if (isAway && (await names(reader.id)) === 'Ольга') throw new Error('Telegram is away')
      return send(reader, due)
    }
    await jobs.run(trying)
    expect(sent).toEqual(['Марина 2026-11-23'])
    expect(logged).toContain('digest.failed')
    isAway = false
    await jobs.run(trying)
    expect(sent).toEqual(['Марина 2026-11-23', 'Ольга 2026-11-23'])
  })

  test.each(['unreachable', 'unknown'] as const)(
    'that is %s is said in the log and not tried again',
    async (end) => {
      const { id } = await owner('Ольга')
      const jobs = openJobs()
      await jobs.run(async () => end)
      await jobs.run(send)
      expect(sent).toEqual([])
      expect(logged).toContain(`digest.${end}`)
      const row = await database.prisma.digestDelivery.findFirst({ where: { staffId: id } })
      expect(row).toMatchObject({ state: end })
    },
  )

  test('whose process died on the way may have been sent: it is not sent again', async () => {
    const { id } = await owner('Ольга')
    const digests = createDigests({ prisma: database.prisma, now: () => now })
    expect(await digests.claim(Temporal.PlainDate.from('2026-11-23'), id)).toBe(true)
    now += hour
    await openJobs().run(send)
    expect(sent).toEqual([])
    expect(await database.prisma.digestDelivery.findFirst({ where: { staffId: id } })).toMatchObject({
      state: 'unknown',
    })
  })
})

test('a working process sends what was missed at once and sets its timetable', async () => {
  await owner('Ольга')
  now = monday + 3 * hour
  await openJobs().work(send)
  while (sent.length === 0) await sleep(10)
  expect(sent).toEqual(['Ольга 2026-11-23 late'])
})
