/** Offers on their way through the whole program to phones in both messengers. */
import { expect, test } from 'vitest'
import { showCode } from '../../src/domain/coupon.ts'
import { offersIn, openStory } from './campaign-story.ts'
import { clientBot, group } from './product.ts'

test('an offer comes once, by name, with the way out under it; one press, and the next one does not come', async () => {
  const { start, changed, people, shownTo, sendingOffer, offers, rows, until, prisma } = await openStory()
  const ids = await people(4)
  const audience = { kind: 'clients', ids } as const
  const first = await sendingOffer({ audience })
  await start()
  await until(async () => (await offers.byId(first.id))?.standing.state === 'done')
  expect((await rows(first.id)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent'])
  for (const id of ids) {
    const [offer, ...others] = offersIn(shownTo(id).messages)
    expect(others).toEqual([])
    expect(offer?.text).toMatch(/^Анна, здравствуйте! Дарим вам 10.% до \d+ [а-я]+/)
    expect(offer?.buttons.flat().map(({ label }) => label)).toEqual(['Не присылать предложения'])
  }
  // One on Telegram and one on VK want no more.
  for (const id of ids.slice(0, 2)) {
    const { messenger, botId, messages } = shownTo(id)
    messenger.press(botId, 1_000 + id, offersIn(messages)[0]?.id ?? 0, 0, 0)
  }
  await until(async () => (await prisma.client.count({ where: { advertisingConsentAt: null } })) === 2)
  const second = await sendingOffer({ audience })
  await changed(second.id)
  await until(async () => (await offers.byId(second.id))?.standing.state === 'done')
  // Those who pressed were not there to be frozen any more.
  expect((await rows(second.id)).map(({ clientId }) => Number(clientId))).toEqual(ids.slice(2))
  for (const id of ids.slice(0, 2)) {
    const { messages } = shownTo(id)
    expect(offersIn(messages)).toHaveLength(1)
    expect(messages.at(-1)?.text).toContain('Хорошо, предложений больше не будет.')
  }
}, 60_000)

test('"too many requests" is waited out by the whole token, as told, and nothing is dropped', async () => {
  const { start, people, sendingOffer, offers, until, progress, arrived, messengers } = await openStory()
  const ids = await people(40)
  const offer = await sendingOffer({ audience: { kind: 'clients', ids }, channel: 'telegram' })
  messengers.telegram.faults.add({
    kind: 'tooManyRequests',
    retryAfterSeconds: 2,
    method: 'sendMessage',
    times: 3,
  })
  await start()
  await until(async () => (await offers.byId(offer.id))?.standing.state === 'done')
  expect(await progress(offer.id)).toMatchObject({ sent: 20, failed: 0, unknown: 0 })
  expect(new Set(arrived.map(({ clientId }) => clientId)).size).toBe(20)
  expect(arrived).toHaveLength(20)
}, 60_000)

test('whoever blocked one messenger gets it in the other, and in none where there is no other', async () => {
  const { start, person, client, prisma, sendingOffer, offers, rows, until, messengers } = await openStory()
  const anna = await person(0)
  await prisma.chat.create({
    data: {
      platform: 'vk',
      externalId: 1_000n + anna,
      clientId: anna,
      language: 'ru',
      lastSeenAt: new Date(0),
    },
  })
  messengers.vk.addPerson({ id: 1_000 + Number(anna), firstName: 'Анна', language: 'ru' })
  messengers.vk.start(group, 1_000 + Number(anna))
  messengers.telegram.block(clientBot, 1_000 + Number(anna))
  const boris = await person(0)
  messengers.telegram.block(clientBot, 1_000 + Number(boris))
  // Nobody told the program: it finds out when it sends.
  await client()
  const ids = [Number(anna), Number(boris)]
  const offer = await sendingOffer({ audience: { kind: 'clients', ids } })
  await start()
  await until(async () => (await offers.byId(offer.id))?.standing.state === 'done')
  expect(await rows(offer.id)).toMatchObject([
    { clientId: anna, state: 'sent', platform: 'vk' },
    { clientId: boris, state: 'refused', reason: 'unreachable' },
  ])
}, 60_000)

test('an offer with a coupon brings a code of each one’s own, and one tap shows it with a QR code', async () => {
  const { start, people, shownTo, sendingOffer, offers, until, prisma } = await openStory()
  const ids = await people(2)
  const offer = await sendingOffer({
    audience: { kind: 'clients', ids },
    variants: [{ id: 'A', text: { ru: 'Дарим вам {discount} по коду {code}.' }, share: 1 }],
    coupon: { uses: 1 },
  })
  await start()
  await until(async () => (await offers.byId(offer.id))?.standing.state === 'done')
  for (const id of ids) {
    const { code } = await prisma.coupon.findFirstOrThrow({ where: { clientId: id } })
    const { messenger, botId, messages } = shownTo(id)
    const [shown] = offersIn(messages)
    expect(shown?.text).toContain(showCode(code))
    expect(shown?.buttons.flat().map(({ label }) => label)).toEqual([
      '🎁 Показать QR',
      'Не присылать предложения',
    ])
    messenger.press(botId, 1_000 + id, shown?.id ?? 0, 0, 0)
    const pictures = () => shownTo(id).messages.filter(({ text }) => text.includes('Покажите этот код'))
    await until(() => pictures().length > 0)
    const [picture] = pictures()
    expect(picture?.text).toContain(showCode(code))
    expect(picture?.picture).toBeDefined()
  }
}, 60_000)
