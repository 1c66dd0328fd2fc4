/** The coupons of offers, on a real PostgreSQL: drawn with the message, taken once for each use. */
import { describe, expect, test } from 'vitest'
import { readCode } from '../../src/domain/coupon.ts'
import { createCoupons, ownCoupons } from '../../src/storage/coupons.ts'
import type { DeliveryEnd } from '../../src/storage/deliveries.ts'
import { eraseClient } from '../../src/storage/erase.ts'
import { writeVisits } from '../../src/storage/import-visits.ts'
import { mergeClients } from '../../src/storage/merge.ts'
import { createVisits } from '../../src/storage/visits.ts'
import { afternoon, openOfferSalon } from './offer-salon.ts'

const [minuteMs, dayMs] = [60_000, 24 * 3600_000]
const timeZone = 'Europe/Moscow'
const withCoupon = { coupon: { uses: 1 } }
const settings = {
  timeZone,
  lines: [{ id: 'nails', name: { ru: 'Ногти' }, services: [] }],
  masters: [],
  survey: { everyDays: 90, afterVisitHours: 2 },
} as unknown as Parameters<typeof createVisits>[0]['salon']

type Salon = Awaited<ReturnType<typeof openOfferSalon>>

async function claimed({ deliveries }: Salon, offerId: number) {
  const claim = await deliveries.claim({ offerId, platform: 'telegram', limit: 20 })
  if (claim.what !== 'message') throw new Error(`nothing to say: ${JSON.stringify(claim)}`)
  return claim.delivery
}

/** A message with a coupon that has reached a client. */
async function sent(salon: Salon, spec: Parameters<Salon['sendingOffer']>[0] = withCoupon) {
  const clientId = await salon.client()
  const offer = await salon.sendingOffer(spec)
  const { id, code = '' } = await claimed(salon, offer.id)
  await salon.deliveries.end(id, { state: 'sent', messageId: 1 })
  let presses = 0
  let at = afternoon
  const coupons = createCoupons({ prisma: salon.prisma, timeZone, now: () => at })
  const redeem = (by = offer.by, left?: number) =>
    coupons.redeem({
      code,
      by,
      updateKey: `ad:${offer.id}:${(presses += 1)}`,
      ...(left !== undefined && { left }),
    })
  return { clientId, offer, code, coupons, redeem, pass: (ms: number) => (at += ms) }
}

describe('with the message', () => {
  test('comes a code that nobody else has, good as long as the message says', async () => {
    const salon = await openOfferSalon()
    const clientId = await salon.client()
    const { id } = await salon.sendingOffer({ coupon: { uses: 3 } })
    const delivery = await claimed(salon, id)
    expect(readCode(delivery.code ?? '')).toBe(delivery.code)
    expect(await salon.prisma.coupon.findMany()).toMatchObject([
      {
        clientId,
        code: delivery.code,
        deliveryId: BigInt(delivery.id),
        uses: 3,
        issuedAt: new Date(afternoon),
        // The end of the fourteenth day in Moscow.
        expiresAt: new Date('2026-12-10T20:59:59.999Z'),
        promise: { discount: { kind: 'percent', percent: 10 }, title: { ru: 'Осень' } },
      },
    ])
  })

  test('comes none where the offer has none', async () => {
    const salon = await openOfferSalon()
    await salon.client()
    const { id } = await salon.sendingOffer()
    expect(await claimed(salon, id)).not.toHaveProperty('code')
    expect(await salon.prisma.coupon.count()).toBe(0)
  })

  test('said again comes the same one, good as long as it says then', async () => {
    let at = afternoon
    const salon = await openOfferSalon({ now: () => at })
    await salon.client()
    const { id } = await salon.sendingOffer(withCoupon)
    const first = await claimed(salon, id)
    await salon.deliveries.again(first.id, { at, unsure: false })
    at += dayMs
    expect((await claimed(salon, id)).code).toBe(first.code)
    expect(await salon.prisma.coupon.findMany()).toMatchObject([
      { expiresAt: new Date('2026-12-11T20:59:59.999Z') },
    ])
  })

  test.each<[DeliveryEnd, number]>([
    [{ state: 'sent' }, 1],
    [{ state: 'unknown' }, 1],
    [{ state: 'refused', reason: 'unreachable' }, 0],
    [{ state: 'failed', reason: '400' }, 0],
  ])('that ended as %j there are so many: %i', async (end, count) => {
    const salon = await openOfferSalon()
    await salon.client()
    const { id } = await salon.sendingOffer(withCoupon)
    await salon.deliveries.end((await claimed(salon, id)).id, end)
    expect(await salon.prisma.coupon.count()).toBe(count)
  })

  test('that was called off before it was said again there is none, unless it may have been said', async () => {
    const salon = await openOfferSalon()
    await salon.client()
    await salon.client()
    const { id } = await salon.sendingOffer(withCoupon)
    const [surely, unsurely] = [await claimed(salon, id), await claimed(salon, id)]
    await salon.deliveries.again(surely.id, { at: afternoon + minuteMs, unsure: false })
    await salon.deliveries.again(unsurely.id, { at: afternoon + minuteMs, unsure: true })
    await salon.deliveries.closeWaiting(id, 'cancelled')
    expect(await salon.prisma.coupon.findMany()).toMatchObject([{ code: unsurely.code }])
  })
})

describe('at the desk', () => {
  test('a coupon is taken as often as it may be, and then it is told who did it last', async () => {
    const salon = await openOfferSalon()
    const { redeem, coupons, code, offer } = await sent(salon, { coupon: { uses: 2 } })
    expect(await redeem()).toMatchObject({
      ok: true,
      coupon: { left: 1, offer: { id: offer.id, state: 'sending' } },
    })
    expect(await redeem()).toMatchObject({ ok: true, coupon: { left: 0, redeemed: { by: 'Марина' } } })
    const used = [{ by: 'Марина' }, { by: 'Марина' }]
    expect(await redeem()).toMatchObject({ ok: false, reason: 'redeemed', coupon: { used } })
    expect(await coupons.byCode(code)).toMatchObject({ left: 0, used })
  })

  test.each([1, 2])('of two who press at once one takes it, of %i uses', async (uses) => {
    const salon = await openOfferSalon()
    const { redeem } = await sent(salon, { coupon: { uses } })
    const other = await salon.staff('admin')
    const results = await Promise.all([redeem(undefined, uses), redeem(other, uses)])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: uses === 1 ? 'redeemed' : 'quicker' })
    expect(await salon.prisma.couponUse.count()).toBe(1)
  })

  test('not after its last moment', async () => {
    const salon = await openOfferSalon()
    const { redeem, pass } = await sent(salon)
    pass(Date.parse('2026-12-10T21:00:00Z') - afternoon)
    expect(await redeem()).toMatchObject({ ok: false, reason: 'expired' })
  })

  test('what was promised holds after the offer was stopped and changed', async () => {
    const salon = await openOfferSalon()
    const { redeem, offer } = await sent(salon)
    await offer.act({ kind: 'cancel' }, offer.by)
    expect(await redeem()).toMatchObject({
      ok: true,
      coupon: { offer: { state: 'cancelled', discount: { kind: 'percent', percent: 10 } } },
    })
  })

  test('it belongs to the last visit of that day which is in the books, refunds apart', async () => {
    const salon = await openOfferSalon()
    const { redeem, clientId, pass } = await sent(salon)
    pass(dayMs)
    const visit = (at: number, kopecks: number) =>
      salon.prisma.visit.create({ data: { clientId, line: 'nails', at: new Date(at), kopecks } })
    await visit(afternoon + minuteMs, 100)
    const { id } = await visit(afternoon + dayMs - 60 * minuteMs, 100)
    await visit(afternoon + dayMs - 30 * minuteMs, -100)
    expect(await redeem()).toMatchObject({ ok: true, coupon: { used: [{ visitId: Number(id) }] } })
  })

  test('it was not taken for a visit before its message, unless only the day of that is known', async () => {
    const salon = await openOfferSalon()
    const { redeem, clientId, coupons, code } = await sent(salon, { coupon: { uses: 2 } })
    const at = new Date(afternoon - 60 * minuteMs)
    const before = { clientId, line: 'nails', at, kopecks: 100 }
    await salon.prisma.visit.create({ data: before })
    expect((await redeem()).ok).toBe(true)
    expect((await coupons.byCode(code))?.used[0]).not.toHaveProperty('visitId')
    const { id } = await salon.prisma.visit.create({ data: { ...before, timeKnown: false } })
    expect(await redeem()).toMatchObject({
      ok: true,
      coupon: { used: [1, 2].map(() => ({ visitId: Number(id) })) },
    })
  })

  test('it belongs to the visit of that day which the salon’s books bring later', async () => {
    const salon = await openOfferSalon()
    const { redeem, clientId, coupons, code } = await sent(salon, { coupon: { uses: 2 } })
    await salon.prisma.client.update({ where: { id: clientId }, data: { externalId: 'K-1' } })
    expect((await redeem()).ok).toBe(true)
    const visitOn = (day: number) => ({
      row: 2 + day,
      client: { externalId: 'K-1' },
      at: Date.UTC(2026, 10, day, 9),
      timeKnown: false,
      kopecks: 150_000,
    })
    const file = { state: 'running', fileName: 'v.csv', columns: {} } as const
    const { id: importId } = await salon.prisma.import.create({ data: file })
    const written = { importId, timeZone, now: afternoon + dayMs }
    await writeVisits(salon.pool, [visitOn(25), visitOn(27)], written)
    expect((await coupons.byCode(code))?.used[0]).not.toHaveProperty('visitId')
    await writeVisits(salon.pool, [visitOn(26)], written)
    const { id } = await salon.prisma.visit.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect((await coupons.byCode(code))?.used).toMatchObject([{ visitId: Number(id) }])
  })

  test('it belongs to the visit that is written down afterwards, until that is taken back', async () => {
    const salon = await openOfferSalon()
    const { redeem, coupons, code, clientId, offer } = await sent(salon)
    expect((await redeem()).ok).toBe(true)
    expect((await coupons.byCode(code))?.used[0]).not.toHaveProperty('visitId')
    const visits = createVisits({ prisma: salon.prisma, salon: settings, now: () => afternoon + minuteMs })
    const wish = {
      clientId: Number(clientId),
      line: 'nails',
      by: offer.by,
      at: new Date(afternoon + minuteMs),
    }
    const recorded = await visits.record({ ...wish, updateKey: 'ad:1' })
    const visitId = recorded.ok ? recorded.visit.id : 0
    expect((await coupons.byCode(code))?.used[0]).toMatchObject({ visitId })
    await visits.undo(visitId)
    expect(await coupons.byCode(code)).toMatchObject({ left: 0, used: [{ by: 'Марина' }] })
  })
})

describe('whose it is', () => {
  test('two clients who turn out to be one have one coupon of an offer, whichever code they show', async () => {
    const salon = await openOfferSalon()
    const [anna, also] = [await salon.client(), await salon.client()]
    const { id, by } = await salon.sendingOffer({ coupon: { uses: 2 } })
    const codes: string[] = []
    for (let index = 0; index < 2; index += 1) {
      const delivery = await claimed(salon, id)
      await salon.deliveries.end(delivery.id, { state: 'sent' })
      codes.push(delivery.code ?? '')
    }
    const coupons = createCoupons({ prisma: salon.prisma, timeZone, now: () => afternoon })
    const redeem = (code = '', updateKey = '') => coupons.redeem({ code, by, updateKey })
    for (const code of codes)
      expect(await redeem(code, `ad:${code}`)).toMatchObject({ ok: true, coupon: { left: 1 } })
    await salon.prisma.$transaction((tx) => mergeClients(tx, also, anna))
    for (const code of codes)
      expect(await redeem(code, `again:${code}`)).toMatchObject({
        ok: false,
        reason: 'redeemed',
        coupon: { client: { id: Number(anna) } },
      })
    expect(await ownCoupons(salon.prisma, anna)).toMatchObject([{ offer: { left: 0 } }])
  })

  test('of somebody who is forgotten nothing is left', async () => {
    const salon = await openOfferSalon()
    const { redeem, clientId, coupons, code } = await sent(salon)
    await redeem()
    await salon.prisma.$transaction((tx) => eraseClient(tx, clientId))
    expect(await coupons.byCode(code)).toBeUndefined()
    expect(await salon.prisma.couponUse.count()).toBe(0)
  })
})
