/** What came of an offer: the database counts as the pure rules do. */
import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../src/domain/offers/attribution.ts'
import { armOf, uplift } from '../../src/domain/offers/uplift.ts'
import { createOfferResults } from '../../src/storage/offer-results.ts'
import { afternoon, offerSpec, openOfferSalon } from './offer-salon.ts'
import type { OfferSpec } from '../../src/domain/offers/offer.ts'

const [hourMs, dayMs] = [3600_000, 24 * 3600_000]
const timeZone = 'Europe/Moscow'
const abOffer = {
  variants: [
    { id: 'A', text: { ru: 'а' }, share: 0.5 },
    { id: 'B', text: { ru: 'б' }, share: 0.5 },
  ],
  attributionDays: 15,
}
type Salon = Awaited<ReturnType<typeof openOfferSalon>>

const resultsAt = ({ pool }: Salon, days: number) =>
  createOfferResults({ pool, timeZone, now: () => afternoon + days * dayMs })

async function sentOffer({ prisma }: Salon, spec: Partial<OfferSpec> = {}) {
  const row = {
    origin: 'manual',
    state: 'done',
    spec: offerSpec({ ...abOffer, ...spec }) as object,
    seed: 'seed',
    sendingSince: new Date(afternoon),
  }
  return (await prisma.offer.create({ data: row })).id
}

/** The same dice each time. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

test('people treated and held out, their visits and money, as the pure rules count them', async () => {
  const salon = await openOfferSalon()
  const { prisma } = salon
  const offerId = await sentOffer(salon)
  const roll = dice(7)
  const count = 400
  const base = 1_000
  const people = Array.from({ length: count }, (_, index) => {
    const heldOut = roll(4) === 0
    const sentAt = afternoon + roll(36) * hourMs
    const rows = Array.from({ length: roll(4) }, () => {
      const timeKnown = roll(3) > 0
      const at = sentAt + (roll(24 * 18) - 24) * hourMs + (roll(5) === 0 ? 0 : 1)
      const kopecks = [undefined, roll(500_000), roll(500_000), -roll(100_000)][roll(4)]
      return { at, timeKnown, ...(kopecks !== undefined && { kopecks }) }
    })
    return { id: base + index, heldOut, sentAt, variant: roll(2) === 0 ? 'A' : 'B', rows }
  })
  await prisma.client.createMany({ data: people.map(({ id }) => ({ id })) })
  await prisma.delivery.createMany({
    data: people.map(({ id, heldOut, sentAt, variant }) => ({
      offerId,
      clientId: id,
      heldOut,
      variant,
      state: heldOut ? 'heldOut' : 'sent',
      dueAt: new Date(afternoon),
      changedAt: new Date(sentAt),
      ...(!heldOut && { sentAt: new Date(sentAt) }),
    })),
  })
  await prisma.visit.createMany({
    data: people.flatMap(({ id, rows }) =>
      rows.map(({ at, ...row }) => ({
        ...row,
        at: new Date(at),
        clientId: id,
        kopecks: row.kopecks ?? null,
      })),
    ),
  })
  const arm = (of: (one: (typeof people)[number]) => boolean) =>
    armOf(people.filter(of).map(({ rows, sentAt }) => outcomeOf(rows, sentAt, 15, timeZone)))
  const [treated, heldOut] = [arm((one) => !one.heldOut), arm((one) => one.heldOut)]
  const found = (await resultsAt(salon, 30).of(offerId))?.result
  const like = (one: typeof treated): unknown => ({
    people: one.people,
    came: one.came,
    visits: close(one.visits),
    kopecks: close(one.kopecks),
  })
  expect(treated.came).toBeGreaterThan(50)
  expect(heldOut.people).toBeGreaterThan(50)
  expect(found).toMatchObject({
    treated: like(treated),
    heldOut: like(heldOut),
    variants: ['A', 'B'].map((id) => ({ id, arm: like(arm((one) => !one.heldOut && one.variant === id)) })),
    windowEndsAt: Math.max(...people.map(({ sentAt }) => sentAt)) + 15 * dayMs,
    texts: [{ ids: ['A', 'B'] }],
  })
  expect(found?.uplift.kopecks.kind).toBe(uplift(treated, heldOut, 0, 0).kopecks.kind)
})

const close = ({ mean, variance }: { mean: number; variance: number }): unknown => ({
  mean: expect.closeTo(mean, 6) as unknown,
  variance: expect.closeTo(variance, 1) as unknown,
})

describe('who counts', () => {
  test.each([
    ['sent', {}, 1],
    ['unknown', {}, 1],
    ['failed', { reason: '400' }, 1],
    ['refused', { reason: 'unreachable', tries: 1 }, 1],
    ['refused', { reason: 'unreachable' }, 0],
    ['refused', { reason: 'cap' }, 0],
    ['cancelled', {}, 0],
    ['waiting', {}, 0],
  ])('%s, %j: %i', async (state, changes, people) => {
    const salon = await openOfferSalon()
    const offerId = await sentOffer(salon)
    const clientId = await salon.client()
    await salon.prisma.delivery.create({
      data: {
        offerId,
        clientId,
        state,
        dueAt: new Date(afternoon),
        changedAt: new Date(afternoon),
        ...changes,
      },
    })
    expect((await resultsAt(salon, 1).of(offerId))?.result.treated.people).toBe(people)
  })

  test('nobody of whom nothing is known any more', async () => {
    const salon = await openOfferSalon()
    const offerId = await sentOffer(salon)
    const at = new Date(afternoon)
    await salon.prisma.delivery.create({ data: { offerId, state: 'sent', sentAt: at, dueAt: at } })
    expect((await resultsAt(salon, 1).of(offerId))?.result).toMatchObject({
      treated: { people: 0 },
      heldOut: { people: 0 },
    })
    expect(await resultsAt(salon, 1).of(offerId + 1)).toBeUndefined()
  })
})

describe('before the window closes', () => {
  test('it is preliminary, and tells until when', async () => {
    const salon = await openOfferSalon()
    const offerId = await sentOffer(salon)
    const clientId = await salon.client()
    const at = new Date(afternoon)
    const row = { offerId, clientId, state: 'sent', sentAt: at, dueAt: at }
    await salon.prisma.delivery.create({ data: row })
    const windowEndsAt = afternoon + 15 * dayMs
    expect((await resultsAt(salon, 14).of(offerId))?.result).toMatchObject({
      windowEndsAt,
      uplift: { preliminary: true },
    })
    expect((await resultsAt(salon, 15).of(offerId))?.result).toMatchObject({
      windowEndsAt,
      uplift: { preliminary: false },
    })
    const closed = (from: number, until: number) =>
      resultsAt(salon, 40).closedIn({ from: afternoon + from * dayMs, until: afternoon + until * dayMs })
    expect(await closed(15, 16)).toMatchObject([{ id: offerId }])
    expect(await closed(14, 15)).toEqual([])
    const openAt = (day: number) => resultsAt(salon, 40).openAt(afternoon + day * dayMs)
    expect([await openAt(0), await openAt(1), await openAt(15), await openAt(16)]).toEqual([0, 1, 1, 0])
    // As long as something waits it is not over.
    await salon.prisma.delivery.create({ data: { ...row, occasion: '2', state: 'waiting' } })
    expect((await resultsAt(salon, 15).of(offerId))?.result).toMatchObject({ uplift: { preliminary: true } })
    expect(await closed(15, 16)).toEqual([])
  })

  test('a standing offer is told by those whose window is over', async () => {
    const salon = await openOfferSalon()
    const occasion = { kind: 'birthday', daysBefore: 3 } as const
    const offerId = await sentOffer(salon, { schedule: { kind: 'standing', occasion, at: '11:00' } })
    for (const days of [0, 10]) {
      const at = new Date(afternoon + days * dayMs)
      const clientId = await salon.client()
      await salon.prisma.delivery.create({
        data: { offerId, clientId, state: 'sent', sentAt: at, dueAt: at },
      })
    }
    expect((await resultsAt(salon, 20).of(offerId))?.result).toMatchObject({
      treated: { people: 1 },
      uplift: { preliminary: false },
    })
    expect((await resultsAt(salon, 25).of(offerId))?.result).toMatchObject({ treated: { people: 2 } })
  })
})

test('coupons: how many were given and taken, by how many, and about what they cost', async () => {
  const salon = await openOfferSalon()
  const { prisma } = salon
  const offerId = await sentOffer(salon, { coupon: { uses: 2 } })
  const at = new Date(afternoon)
  const codes = ['ABCDEFGHJK', 'BCDEFGHJKM', 'CDEFGHJKMN']
  const promises = [
    { kind: 'percent', percent: 10 },
    { kind: 'percent', percent: 10 },
    { kind: 'gift', words: { ru: 'массаж' } },
  ]
  const coupons = await Promise.all(
    codes.map(async (code, index) => {
      const clientId = await salon.client()
      const { id } = await prisma.delivery.create({
        data: { offerId, clientId, state: 'sent', sentAt: at, dueAt: at },
      })
      const visit = await prisma.visit.create({ data: { clientId, at, kopecks: 100_000 } })
      const promise = { title: { ru: 'Осень' }, discount: promises[index] as object }
      const dates = { issuedAt: at, expiresAt: new Date(afternoon + dayMs) }
      const row = { clientId, reward: `offer:${offerId}:`, code, ...dates, uses: 2, deliveryId: id, promise }
      return { couponId: (await prisma.coupon.create({ data: row })).id, visitId: visit.id }
    }),
  )
  const [one, , gift] = coupons as [(typeof coupons)[0], (typeof coupons)[0], (typeof coupons)[0]]
  await prisma.couponUse.createMany({
    data: [
      { ...one, at },
      { couponId: one.couponId, at },
      { ...gift, at },
    ],
  })
  expect((await resultsAt(salon, 20).of(offerId))?.result.coupons).toEqual({
    given: 3,
    people: 2,
    uses: 3,
    cost: { kopecks: 10_000, unknown: 1, gifts: 1 },
  })
})
