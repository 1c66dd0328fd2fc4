import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createCoupons, giveCoupon } from '../../src/storage/coupons.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
const dayMs = 24 * 3600_000
const start = Date.UTC(2026, 10, 20, 9)
let clockMs = start
const coupons = createCoupons({ prisma, timeZone: 'Europe/Moscow', now: () => clockMs })
let updates = 0
const nextKey = () => `ad:1:${(updates += 1)}`
let anna: bigint
let boris: bigint
let ira: number

beforeEach(async () => {
  clockMs = start
  await prisma.$executeRaw`TRUNCATE "Staff", "SeenUpdate", "Client" CASCADE`
  anna = (await prisma.client.create({ data: { name: 'Анна' } })).id
  boris = (await prisma.client.create({ data: {} })).id
  ira = await hire('Ира', 501)
})
afterAll(() => database.close())

const hire = async (name: string, telegramId: number) =>
  (await prisma.staff.create({ data: { name, telegramId, role: 'admin', language: 'ru' } })).id

const give = (clientId: bigint, ...codes: string[]) =>
  prisma.$transaction((tx) =>
    giveCoupon(tx, {
      clientId,
      reward: 'survey',
      issuedAt: new Date(clockMs),
      expiresAt: new Date(clockMs + 60 * dayMs),
      draw: () => codes.shift() ?? 'ZZZZZZZZZZ',
    }),
  )

describe('giving', () => {
  test('a client gets the coupon once; the second time the first one comes back', async () => {
    const first = await give(anna, 'ABCDEFGHJK')
    clockMs += dayMs
    const second = await give(anna, 'KJHGFEDCBA')
    expect(first).toEqual({
      code: 'ABCDEFGHJK',
      issuedAt: new Date(start),
      expiresAt: new Date(start + 60 * dayMs),
      fresh: true,
    })
    expect(second).toEqual({ ...first, fresh: false })
    expect(await prisma.coupon.count()).toBe(1)
  })

  test('two at once get the same coupon, fresh for one of them', async () => {
    const [one, other] = await Promise.all([give(anna, 'ABCDEFGHJK'), give(anna, 'KJHGFEDCBA')])
    expect(one.code).toBe(other.code)
    expect(one.fresh).not.toBe(other.fresh)
  })

  test('a code that somebody has is drawn again', async () => {
    await give(anna, 'ABCDEFGHJK')
    expect(await give(boris, 'ABCDEFGHJK', 'KJHGFEDCBA')).toMatchObject({ code: 'KJHGFEDCBA', fresh: true })
  })

  test('chance that is none is told so instead of turning for ever', async () => {
    await give(anna, 'ZZZZZZZZZZ')
    await expect(give(boris)).rejects.toThrow('draw them at random')
  })
})

describe('redeeming', () => {
  const redeem = (code = 'ABCDEFGHJK', by = ira, updateKey = nextKey()) =>
    coupons.redeem({ code, by, updateKey })

  test('takes the gift once, and tells the second one who gave it and when', async () => {
    await give(anna, 'ABCDEFGHJK')
    const redeemed = { at: new Date(start), by: 'Ира' }
    expect(await redeem()).toMatchObject({ ok: true, coupon: { client: { name: 'Анна' }, redeemed } })
    clockMs += 60_000
    const kate = await hire('Kate', 502)
    expect(await redeem('ABCDEFGHJK', kate)).toMatchObject({
      ok: false,
      reason: 'redeemed',
      coupon: { redeemed },
    })
  })

  test('exactly one of two admins who press at once gives the gift', async () => {
    const kate = await hire('Kate', 502)
    for (let round = 0; round < 10; round += 1) {
      await prisma.coupon.deleteMany()
      await give(anna, 'ABCDEFGHJK')
      const results = await Promise.all([redeem('ABCDEFGHJK', ira), redeem('ABCDEFGHJK', kate)])
      expect(results.map((one) => (one.ok ? 'ok' : one.reason)).sort()).toEqual(['ok', 'redeemed'])
    }
  })

  test('a redelivered press takes nothing twice', async () => {
    await give(anna, 'ABCDEFGHJK')
    const key = nextKey()
    expect(await redeem('ABCDEFGHJK', ira, key)).toMatchObject({ ok: true })
    expect(await redeem('ABCDEFGHJK', ira, key)).toMatchObject({
      ok: false,
      reason: 'repeated',
      coupon: { redeemed: { by: 'Ира' } },
    })
  })

  test('a coupon is good until its last moment and not a moment longer', async () => {
    await give(anna, 'ABCDEFGHJK')
    clockMs += 60 * dayMs
    expect(await redeem()).toMatchObject({ ok: false, reason: 'expired' })
    clockMs -= 1
    expect(await redeem()).toMatchObject({ ok: true })
  })

  test('a made-up code is unknown', async () => {
    expect(await redeem('AAAAAAAAAA')).toEqual({ ok: false, reason: 'unknown' })
  })

  test('the name of who gave it goes with their access, the gift stays given', async () => {
    await give(anna, 'ABCDEFGHJK')
    await redeem()
    await prisma.staff.delete({ where: { id: ira } })
    expect((await coupons.byCode('ABCDE-FGHJK'))?.redeemed).toEqual({ at: new Date(start) })
  })
})

describe('finding', () => {
  test.each(['ABCEH-KMPTX', 'abceh kmptx', 'АВСЕН-КМРТХ', 'https://t.me/staff_bot?start=coupon-ABCEHKMPTX'])(
    'by what was typed: %s',
    async (typed) => {
      await give(anna, 'ABCEHKMPTX')
      expect(await coupons.byCode(typed)).toEqual({
        code: 'ABCEHKMPTX',
        reward: 'survey',
        client: { id: Number(anna), name: 'Анна' },
        issuedAt: new Date(start),
        expiresAt: new Date(start + 60 * dayMs),
        uses: 1,
        left: 1,
        used: [],
      })
    },
  )

  test.each(['AAAAAAAAAA', 'Анна', ''])('nothing by %j', async (typed) => {
    await give(anna, 'ABCEHKMPTX')
    expect(await coupons.byCode(typed)).toBeUndefined()
  })

  test('a client’s own gifts, and nobody else’s', async () => {
    await give(anna, 'ABCDEFGHJK')
    await give(boris, 'KJHGFEDCBA')
    expect((await coupons.ofClient(Number(boris))).map((one) => one.code)).toEqual(['KJHGFEDCBA'])
    expect((await coupons.ofClient(Number(boris)))[0]?.client).toEqual({ id: Number(boris) })
  })
})
