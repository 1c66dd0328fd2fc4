import { expect, test } from 'vitest'
import { createOfferViews } from '../../src/storage/offer-views.ts'
import { offerSpec, openOfferSalon } from './offer-salon.ts'

async function open() {
  const salon = await openOfferSalon()
  const views = createOfferViews(salon)
  const staffId = await salon.staff()
  const { id: offerId = 0 } =
    (await salon.offers.create({ origin: 'manual', spec: offerSpec(), by: staffId })) ?? {}
  return { ...salon, views, staffId, offerId }
}

test('a message that follows an offer is edited by one of several processes, and only after a while', async () => {
  const { views, staffId, offerId } = await open()
  for (let messageId = 1; messageId <= 10; messageId += 1) await views.turn({ staffId, messageId, offerId })
  expect(await views.claim(60_000)).toEqual([])
  const claims = await Promise.all([views.claim(0), views.claim(0)])
  const taken = claims.flat().map(({ messageId }) => messageId)

  expect(new Set(taken).size).toBe(10)
  expect(await views.claim(60_000)).toEqual([])
})

test('a message shows one thing at a time', async () => {
  const { views, staffId, offerId } = await open()
  const view = { staffId, messageId: 5, offerId, telegramId: 1 }
  await views.turn(view)
  await views.turn(view)
  expect(await views.stands(view)).toBe(true)
  expect(await views.stands({ ...view, offerId: offerId + 1 })).toBe(false)
  await views.turn({ staffId, messageId: 5 })
  expect(await views.stands(view)).toBe(false)
  expect(await views.claim(0)).toEqual([])
})

test('a message that a press has just shown is not edited a moment later, nor one that was edited just now', async () => {
  const { views, staffId, offerId, prisma } = await open()
  const view = { staffId, messageId: 5, offerId }
  const old = () => prisma.$executeRaw`UPDATE "OfferView" SET "shownAt" = now() - interval '1 hour'`
  await views.turn(view)
  await old()
  await views.turn(view)
  expect(await views.claim(60_000)).toEqual([])
  await old()
  const [due] = await views.claim(60_000)
  expect(due).toMatchObject({ ...view, shown: null })
  await old()
  await views.edited(due!, 'hash')
  expect(await views.claim(60_000)).toEqual([])
  await old()
  expect(await views.claim(60_000)).toMatchObject([{ shown: 'hash' }])
  // A press may have shown anything.
  await views.turn(view)
  expect(await views.claim(0)).toMatchObject([{ shown: null }])
})
