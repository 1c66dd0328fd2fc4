/** One tap under an offer shows its coupon with a QR code; what the person was doing goes on. */
import { expect, test } from 'vitest'
import { onboardingWords, openProcess, words } from '../storage/talk.ts'

async function withCoupon(
  clientId: bigint,
  prisma: Awaited<ReturnType<typeof openProcess>>['prisma'],
  uses = 1,
) {
  const at = new Date()
  const offer = await prisma.offer.create({
    data: { origin: 'manual', state: 'done', spec: {}, seed: 'seed' },
  })
  const delivery = await prisma.delivery.create({
    data: { offerId: offer.id, clientId, state: 'sent', dueAt: at, sentAt: at },
  })
  const promise = { title: { ru: 'Осень' }, discount: { kind: 'percent', percent: 10 } }
  const expiresAt = new Date('2100-01-01T12:00:00Z')
  const row = { code: 'ABCEHKMPT2', issuedAt: at, expiresAt, promise, uses, deliveryId: delivery.id }
  const coupon = await prisma.coupon.create({ data: { clientId, reward: `offer:${offer.id}:`, ...row } })
  return { press: { kind: 'press', value: `coupon.delivery=${delivery.id}` } as const, id: coupon.id }
}

test('the coupon comes as a picture, and the question that is asked stays as it is', async () => {
  const { chat, prisma } = await openProcess()
  const anna = chat('telegram', 7)
  await anna.says('/start', 'да', 'да', 'Анна')
  const { id } = await prisma.client.findFirstOrThrow()
  const { press } = await withCoupon(id, prisma, 3)
  const before = await prisma.chat.findFirstOrThrow()
  const reply = await anna.act(press, { messageId: 3 })
  expect(reply).toMatchObject({
    say: [{ picture: { kind: 'coupon', code: 'ABCEHKMPT2', title: 'скидка 10 %' } }],
  })
  expect(words(reply)).toContain('Действует ещё 3 раза')
  expect([reply.close, reply.live]).toEqual([undefined, undefined])
  const after = await prisma.chat.findFirstOrThrow()
  expect(after.liveMessageId).toEqual(before.liveMessageId)
})

test('one that is used, and one that is not there, are told of', async () => {
  const { chat, prisma } = await openProcess()
  const anna = chat('telegram', 7)
  await anna.says(...onboardingWords('89123456789'))
  const { id: clientId } = await prisma.client.findFirstOrThrow()
  const { press, id } = await withCoupon(clientId, prisma)
  await prisma.coupon.update({ where: { id }, data: { redeemedAt: new Date() } })
  const used = await anna.act(press)
  expect(words(used)).toContain('уже использован')
  const gone = await anna.act({ kind: 'press', value: 'coupon.delivery=999999' })
  expect(words(gone)).toContain('Этого купона уже нет')
})

test('whoever asks for the coupon of somebody else gets nothing of it', async () => {
  const { chat, prisma } = await openProcess()
  const anna = chat('telegram', 7)
  await anna.says(...onboardingWords('89123456789'))
  const other = await prisma.client.create({ data: {} })
  const { press } = await withCoupon(other.id, prisma)
  const reply = await anna.act(press)
  expect(words(reply)).not.toContain('ABCEH')
  expect(reply.say?.some(({ picture }) => picture)).toBe(false)
})
