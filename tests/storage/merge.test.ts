import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createCoupons } from '../../src/storage/coupons.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { eraseClient } from '../../src/storage/erase.ts'
import { mergeClients } from '../../src/storage/merge.ts'
import { joinWalks, type WalkRow } from '../../src/storage/merge-walks.ts'
import { readPersonalData } from '../../src/storage/personal-data.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
const day = (number: number) => new Date(Date.UTC(2026, 10, number, 9))
let from: bigint
let into: bigint

beforeEach(async () => {
  await prisma.$executeRaw`TRUNCATE "Client", "Staff", "SeenUpdate" CASCADE`
  into = (await prisma.client.create({ data: { name: 'Анна' } })).id
  from = (await prisma.client.create({ data: { name: 'Анюта' } })).id
})
afterAll(() => database.close())

const merge = () => prisma.$transaction((tx) => mergeClients(tx, from, into))

/** "open 3-8": begun on the 3rd, changed on the 8th. */
function parse(text: string): { status: string; startedAt: Date; changedAt: Date } {
  const [, status = '', began, changed] = /^(\w+) (\d+)-(\d+)$/.exec(text) ?? []
  return { status, startedAt: day(Number(began)), changedAt: day(Number(changed)) }
}

const show = ({ status, startedAt, changedAt }: { status: string; startedAt: Date; changedAt: Date }) =>
  `${status} ${startedAt.getUTCDate()}-${changedAt.getUTCDate()}`

describe('the walks of two clients through one dialogue', () => {
  const cases: [sentence: string, into: string[], from: string[], joined: string[]][] = [
    ['none', [], [], []],
    ['of one only', ['finished 1-2', 'open 3-4'], [], ['finished 1-2', 'open 3-4']],
    ['of the other only', [], ['finished 1-2', 'paused 3-4'], ['finished 1-2', 'paused 3-4']],
    ['stand by when they began', ['finished 5-6'], ['finished 1-2'], ['finished 1-2', 'finished 5-6']],
    [
      'stand by when they began, however many they are',
      ['finished 1-2', 'stopped 5-6'],
      ['finished 3-4', 'finished 7-8'],
      ['finished 1-2', 'finished 3-4', 'stopped 5-6', 'finished 7-8'],
    ],
    [
      'begun at the same time: the one answered later stands last',
      ['finished 1-3'],
      ['finished 1-2'],
      ['finished 1-2', 'finished 1-3'],
    ],
    ['one goes on', ['finished 1-2'], ['open 3-4'], ['finished 1-2', 'open 3-4']],
    ['of two that go on, the one changed last does', ['open 3-5'], ['open 1-4'], ['stopped 1-4', 'open 3-5']],
    [
      'of two that go on, the one changed last does, and stands last though it began first',
      ['open 3-5'],
      ['paused 1-8'],
      ['stopped 3-5', 'paused 1-8'],
    ],
    [
      'one that began before the other’s end and was changed after it goes on, and stands last',
      ['finished 3-5'],
      ['open 1-8'],
      ['finished 3-5', 'open 1-8'],
    ],
    [
      'one that was left off before the other ended does not go on: it is answered',
      ['finished 3-5'],
      ['paused 1-4'],
      ['stopped 1-4', 'finished 3-5'],
    ],
    [
      'the one answered last stands last, though it began first: from its end the days to the next are counted',
      ['stopped 3-4'],
      ['finished 1-8'],
      ['stopped 3-4', 'finished 1-8'],
    ],
  ]

  test.each(cases)('%s', (_, ofInto, ofFrom, joined) => {
    const rows = [ofInto, ofFrom].flatMap((texts, client) =>
      texts.map((text, index): WalkRow => ({
        clientId: BigInt(client),
        name: 'survey',
        run: index + 1,
        ...parse(text),
      })),
    )
    const result = joinWalks(rows)
    expect(result.map(({ walk, status }) => show({ ...walk, status }))).toEqual(joined)
    expect(result.map(({ run }) => run)).toEqual(joined.map((__, index) => index + 1))
  })

  test.each(cases)(
    'in the database, for survey, short form and invitation alike: %s',
    async (_, ofInto, ofFrom, joined) => {
      const names = ['survey', 'visit', 'invite']
      for (const name of names) {
        await addWalks(into, name, ofInto)
        await addWalks(from, name, ofFrom)
      }
      await merge()
      for (const name of names) {
        const rows = await prisma.dialogue.findMany({ where: { name }, orderBy: { run: 'asc' } })
        expect(rows.map(show)).toEqual(joined)
        expect(rows.map((row) => [row.clientId, row.run])).toEqual(
          joined.map((__, index) => [into, index + 1]),
        )
        // Each has kept its own answers.
        expect(rows.map((row) => row.answers)).toEqual(
          rows.map((row) => ({ began: { value: row.startedAt.toISOString() } })),
        )
      }
    },
  )

  test('of onboarding, the one that stays is kept, as ever', async () => {
    await addWalks(into, 'onboarding', ['finished 5-6'])
    await addWalks(from, 'onboarding', ['open 1-2'])
    await addWalks(from, 'human', ['finished 3-4'])
    await merge()
    const rows = await prisma.dialogue.findMany({ orderBy: { name: 'asc' } })
    expect(rows.map((row) => [row.name, row.run, show(row)])).toEqual([
      ['human', 1, 'finished 3-4'],
      ['onboarding', 1, 'finished 5-6'],
    ])
  })
})

async function addWalks(clientId: bigint, name: string, texts: readonly string[]): Promise<void> {
  await prisma.dialogue.createMany({
    data: texts.map((text, index) => {
      const walk = parse(text)
      const answers = { began: { value: walk.startedAt.toISOString() } }
      return { clientId, name, run: index + 1, version: 1, answers, ...walk }
    }),
  })
}

describe('follow-ups', () => {
  test('stay about the walk in which the client was unhappy', async () => {
    await addWalks(into, 'survey', ['finished 5-6', 'finished 9-9'])
    await addWalks(from, 'survey', ['finished 1-2', 'finished 7-8'])
    await addWalks(from, 'visit', ['finished 3-3'])
    const add = (clientId: bigint, dialogue: string, run: number) =>
      prisma.followUp.create({ data: { clientId, dialogue, run, createdAt: day(run) } })
    const ids = [
      (await add(into, 'survey', 1)).id,
      (await add(into, 'survey', 2)).id,
      (await add(from, 'survey', 1)).id,
      (await add(from, 'visit', 1)).id,
    ]
    await merge()
    const rows = await prisma.followUp.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map((row) => [row.id, row.clientId, row.dialogue, row.run])).toEqual([
      [ids[0], into, 'survey', 2],
      [ids[1], into, 'survey', 4],
      [ids[2], into, 'survey', 1],
      [ids[3], into, 'visit', 1],
    ])
  })
})

describe('what is said on our side', () => {
  /** "invite 1.2 waiting": about 1, the second. */
  async function addPrompts(clientId: bigint, texts: readonly string[], dueDay: number): Promise<void> {
    for (const [index, text] of texts.entries()) {
      const [, kind = '', about, number, state = ''] = /^(\w+) (\d+)\.(\d+) (\w+)$/.exec(text) ?? []
      const row = { clientId, kind, about: Number(about), number: Number(number), state }
      await prisma.prompt.create({ data: { ...row, source: 'walk', dueAt: day(dueDay + index) } })
    }
  }

  const cases: [
    sentence: string,
    walks: { into: string[]; from: string[] },
    prompts: { into: string[]; from: string[] },
    joined: string[],
  ][] = [
    [
      'reminders follow their walk',
      { into: ['open 5-9'], from: ['finished 1-2'] },
      { into: ['remind 1.1 sent', 'remind 1.2 waiting'], from: ['remind 1.1 cancelled'] },
      ['remind 2.1 sent', 'remind 2.2 waiting', 'remind 1.1 cancelled'],
    ],
    [
      'a reminder of a survey that does not go on is not wanted any more',
      { into: ['open 5-9'], from: ['open 1-2'] },
      { into: ['remind 1.1 waiting'], from: ['remind 1.1 waiting'] },
      ['remind 2.1 waiting', 'remind 1.1 cancelled'],
    ],
    [
      'an invitation that led to a survey follows it',
      { into: ['finished 5-6'], from: ['finished 1-2'] },
      { into: ['invite 1.1 sent'], from: ['invite 1.1 sent'] },
      ['invite 2.1 sent', 'invite 1.1 sent'],
    ],
    [
      'an invitation to the survey that would come next is about the next one',
      { into: ['finished 1-2'], from: [] },
      { into: [], from: ['invite 1.1 sent'] },
      ['invite 2.1 sent'],
    ],
    [
      'two such invitations stay two, and only one is still to come',
      { into: [], from: [] },
      { into: ['invite 1.1 waiting'], from: ['invite 1.1 waiting'] },
      ['invite 1.1 waiting', 'invite 1.3 cancelled'],
    ],
    [
      'a promised reminder of the invitation keeps its even number',
      { into: [], from: [] },
      { into: ['invite 1.1 sent', 'invite 1.2 waiting'], from: ['invite 1.1 sent', 'invite 1.2 sent'] },
      ['invite 1.1 sent', 'invite 1.2 waiting', 'invite 1.3 sent', 'invite 1.4 sent'],
    ],
    [
      'of two questions after a visit the earlier one is asked',
      { into: [], from: [] },
      { into: ['visit 71.1 waiting'], from: ['visit 72.1 waiting', 'visit 73.1 sent'] },
      ['visit 71.1 waiting', 'visit 72.1 cancelled', 'visit 73.1 sent'],
    ],
    [
      'what is being sent is not touched',
      { into: ['open 5-9'], from: ['open 1-2'] },
      { into: ['visit 71.1 waiting'], from: ['visit 72.1 sending', 'remind 1.1 sending'] },
      ['visit 71.1 waiting', 'visit 72.1 sending', 'remind 1.1 sending'],
    ],
  ]

  test.each(cases)('%s', async (_, walks, prompts, joined) => {
    await addWalks(into, 'survey', walks.into)
    await addWalks(from, 'survey', walks.from)
    await addPrompts(into, prompts.into, 1)
    await addPrompts(from, prompts.from, 10)
    await merge()
    const rows = await prisma.prompt.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map((row) => `${row.kind} ${row.about}.${row.number} ${row.state}`)).toEqual(joined)
    expect(new Set(rows.map((row) => row.clientId))).toEqual(new Set([into]))
  })
})

describe('coupons', () => {
  const coupons = createCoupons({ prisma, timeZone: 'Europe/Moscow', now: () => day(10).getTime() })
  const [long, short] = ['AAAAAAAAAA', 'BBBBBBBBBB']
  const give = (clientId: bigint, code: string, expires: number, redeemed?: number) =>
    prisma.coupon.create({
      data: {
        clientId,
        code,
        reward: 'survey',
        issuedAt: day(1),
        expiresAt: day(expires),
        redeemedAt: redeemed === undefined ? null : day(redeemed),
      },
    })
  const redeem = async (code: string) => {
    const by = (
      await prisma.staff.create({ data: { name: 'Ира', telegramId: 1, role: 'admin', language: 'ru' } })
    ).id
    return coupons.redeem({ code, by, updateKey: 'ad:1:1' })
  }

  test('the only one comes along', async () => {
    await give(from, long, 20)
    await merge()
    expect(await coupons.ofClient(Number(into))).toMatchObject([{ code: long, client: { name: 'Анна' } }])
  })

  test.each([
    ['into', 'from'],
    ['from', 'into'],
  ])('two are one gift, good as long as the longer one (of %s)', async (owner) => {
    await give(owner === 'into' ? into : from, long, 30)
    await give(owner === 'into' ? from : into, short, 20)
    await merge()
    expect(await coupons.ofClient(Number(into))).toMatchObject([{ code: long, expiresAt: day(30) }])
    expect(await coupons.byCode(short)).toMatchObject({ code: long })
  })

  test.each([long, short])('either code is good for it, once: %s', async (code) => {
    await give(into, long, 30)
    await give(from, short, 20)
    await merge()
    expect(await redeem(code)).toMatchObject({ ok: true, coupon: { code: long } })
    for (const other of [long, short])
      expect(await coupons.redeem({ code: other, by: 1, updateKey: other })).toMatchObject({
        ok: false,
        reason: 'redeemed',
      })
  })

  test('a gift that was taken is taken', async () => {
    await give(into, long, 30)
    await give(from, short, 20, 5)
    await merge()
    expect(await redeem(long)).toMatchObject({ ok: false, reason: 'redeemed', coupon: { code: short } })
  })

  test('of two that were taken the first speaks, and both stay', async () => {
    await give(into, long, 30, 7)
    await give(from, short, 20, 5)
    await merge()
    expect(await coupons.byCode(long)).toMatchObject({ code: short, redeemed: { at: day(5) } })
    expect(await prisma.coupon.count({ where: { clientId: into, redeemedAt: { not: null } } })).toBe(2)
  })

  test('a third chat joins in the same way', async () => {
    await give(into, long, 30)
    await give(from, short, 20)
    await merge()
    from = (await prisma.client.create({ data: {} })).id
    await give(from, 'CCCCCCCCCC', 25)
    await merge()
    for (const code of [long, short, 'CCCCCCCCCC'])
      expect(await coupons.byCode(code)).toMatchObject({ code: long })
  })
})

test('visits of both are the person’s', async () => {
  await prisma.visit.createMany({
    data: [
      { clientId: into, line: 'nails', at: day(1) },
      { clientId: from, line: 'hair', at: day(2) },
    ],
  })
  await merge()
  expect(await prisma.visit.count({ where: { clientId: into } })).toBe(2)
})

/** One row of everything that the survey has brought. */
async function addEverything(clientId: bigint): Promise<void> {
  await addWalks(clientId, 'survey', ['finished 1-2'])
  const visit = await prisma.visit.create({ data: { clientId, line: 'nails', at: day(1) } })
  const prompt = { kind: 'visit', about: visit.id, number: 1, source: 'visit', dueAt: day(1) }
  await prisma.prompt.create({ data: { clientId, ...prompt } })
  await prisma.coupon.create({
    data: { clientId, reward: 'survey', code: 'AAAAAAAAAA', issuedAt: day(1), expiresAt: day(9) },
  })
  await prisma.followUp.create({ data: { clientId, dialogue: 'survey', run: 1, createdAt: day(1) } })
}

test('forgetting takes visits, prompts, coupons and follow-ups along', async () => {
  await addEverything(from)
  await prisma.$transaction((tx) => eraseClient(tx, from))
  const left = [prisma.visit, prisma.prompt, prisma.coupon, prisma.followUp, prisma.dialogue].map((table) =>
    (table as typeof prisma.visit).count(),
  )
  expect(await Promise.all(left)).toEqual([0, 0, 0, 0, 0])
})

test('a person reads in their file what is kept of visits, prompts, coupons and follow-ups, and nothing of the staff', async () => {
  const member = { name: 'Ира', telegramId: 1, role: 'admin', language: 'ru' } as const
  const { id } = await prisma.staff.create({ data: member })
  await addEverything(from)
  await prisma.visit.updateMany({ data: { recordedBy: id } })
  await prisma.coupon.updateMany({ data: { redeemedAt: day(2), redeemedBy: id } })
  await prisma.followUp.updateMany({ data: { handledAt: day(2), handledBy: id } })
  const { file } = await readPersonalData(prisma, String(from))
  expect(file).toMatchObject({
    visits: [{ line: 'nails', at: day(1).toISOString() }],
    prompts: [{ kind: 'visit', state: 'waiting', dueAt: day(1).toISOString() }],
    coupons: [{ code: 'AAAAAAAAAA', expiresAt: day(9).toISOString(), redeemedAt: day(2).toISOString() }],
    followUps: [{ dialogue: 'survey', run: 1, handledAt: day(2).toISOString() }],
  })
  expect(JSON.stringify(file)).not.toMatch(/recordedBy|redeemedBy|handledBy|Ира/)
})
