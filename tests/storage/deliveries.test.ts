/** What clients get of offers, on a real PostgreSQL: who is written to is decided when it is sent, once, by one process. */
import { describe, expect, test } from 'vitest'
import type { Claim } from '../../src/storage/deliveries.ts'
import { eraseClient } from '../../src/storage/erase.ts'
import { mergeClients } from '../../src/storage/merge.ts'
import { afternoon, openOfferSalon } from './offer-salon.ts'

const [minuteMs, hourMs, dayMs] = [60_000, 3600_000, 24 * 3600_000]

const idOf = (claim: Claim): string => {
  if (claim.what !== 'message') throw new Error(`nothing to say: ${JSON.stringify(claim)}`)
  return claim.delivery.id
}

type Salon = Awaited<ReturnType<typeof openOfferSalon>>
const claim = ({ deliveries }: Salon, offerId: number, platform: 'telegram' | 'vk' = 'telegram') =>
  deliveries.claim({ offerId, platform, limit: 20 })

describe('a claim', () => {
  test('brings what is to be said, to whom and where, and is nobody else’s then', async () => {
    const salon = await openOfferSalon()
    const anna = await salon.client({ master: 'olga', lines: ['nails'] })
    const { id } = await salon.sendingOffer()
    const claimed = await claim(salon, id)
    expect(claimed).toMatchObject({
      delivery: {
        clientId: String(anna),
        variant: 'A',
        tries: 0,
        chat: { platform: 'telegram', externalId: Number(anna) + 1000, language: 'ru' },
        addressee: { name: 'Анна', master: 'olga', line: 'nails' },
        textButtons: false,
      },
    })
    expect(await claim(salon, id)).toEqual({ what: 'none' })
    await salon.deliveries.end(idOf(claimed), { state: 'sent', messageId: 17 })
    expect(await salon.rows(id)).toMatchObject([
      { state: 'sent', messageId: 17n, sentAt: new Date(afternoon) },
    ])
  })

  test('of many processes at once gives each of them another one', async () => {
    const salon = await openOfferSalon()
    for (let index = 0; index < 12; index += 1) await salon.client()
    const { id } = await salon.sendingOffer()
    const other = await openOfferSalon({ connectionString: salon.url })
    const claims = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 ? salon : other).deliveries.claim({ offerId: id, platform: 'telegram', limit: 1 }),
      ),
    )
    const ids = claims.flatMap((one) => (one.what === 'message' ? [one.delivery.id] : []))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(12)
  })

  test.each([
    ['a consent that was withdrawn', 'noConsent', { advertisingConsentAt: null }, {}],
    ['a messenger that they blocked', 'unreachable', {}, { reachable: false }],
  ])('sees %s after the approval', async (_, reason, person, chat) => {
    const salon = await openOfferSalon()
    await salon.client()
    const { id } = await salon.sendingOffer()
    await salon.prisma.client.updateMany({ data: person })
    await salon.prisma.chat.updateMany({ data: chat })
    expect(await claim(salon, id)).toEqual({ what: 'passed', deliveries: 1 })
    expect(await salon.rows(id)).toMatchObject([{ state: 'refused', reason }])
  })

  test('sees an unhappy score until somebody has dealt with it', async () => {
    const salon = await openOfferSalon()
    const [anna, boris] = [await salon.client(), await salon.client()]
    const { id } = await salon.sendingOffer()
    const score = { dialogue: 'survey', run: 1, createdAt: new Date(afternoon) }
    await salon.prisma.followUp.create({ data: { ...score, clientId: anna } })
    await salon.prisma.followUp.create({
      data: { ...score, clientId: boris, handledAt: new Date(afternoon) },
    })
    expect(await claim(salon, id)).toMatchObject({ delivery: { clientId: String(boris) } })
    expect(await salon.rows(id)).toMatchObject([
      { state: 'refused', reason: 'complaint' },
      { state: 'sending' },
    ])
  })

  test('counts every advertising message of the last days, also one whose fate is unknown', async () => {
    const salon = await openOfferSalon({ policy: { caps: [{ messages: 2, days: 7 }] } })
    const clientId = await salon.client()
    const [old, one, two] = [
      await salon.sendingOffer(),
      await salon.sendingOffer(),
      await salon.sendingOffer(),
    ]
    const at = (days: number) => new Date(Date.now() - days * dayMs)
    await salon.prisma.delivery.updateMany({
      where: { offerId: old.id },
      data: { state: 'sent', sentAt: at(8) },
    })
    // In the other messenger, which they had then.
    const unknown = { state: 'unknown', changedAt: at(1), platform: 'vk' as const }
    await salon.prisma.delivery.updateMany({ where: { offerId: one.id }, data: unknown })
    await claim(salon, two.id)
    expect(await salon.rows(two.id)).toMatchObject([{ clientId, state: 'sending' }])
    const three = await salon.sendingOffer()
    await claim(salon, three.id)
    expect(await salon.rows(three.id)).toMatchObject([{ state: 'refused', reason: 'cap' }])
  })

  test('of two offers at once does not get past a cap', async () => {
    const salon = await openOfferSalon({ policy: { caps: [{ messages: 1, days: 7 }] } })
    const other = await openOfferSalon({ connectionString: salon.url, policy: salon.policy })
    for (let index = 0; index < 10; index += 1) await salon.client()
    const [one, two] = [await salon.sendingOffer(), await salon.sendingOffer()]
    const drain = async (process: Salon, offerId: number) => {
      for (let left = true; left;) {
        const claimed = await claim(process, offerId)
        left = claimed.what !== 'none' || claimed.nextAt !== undefined
      }
    }
    await Promise.all([drain(salon, one.id), drain(other, two.id)])
    const rows = [...(await salon.rows(one.id)), ...(await salon.rows(two.id))]
    expect(rows.filter(({ state }) => state === 'sending')).toHaveLength(10)
    expect(rows.filter(({ reason }) => reason === 'cap')).toHaveLength(10)
  })

  test.each([
    // Nine in the morning is ten hours on.
    ['quiet hours', '23:00 in Moscow', 8, {}, 10],
    // At nine there it is two at night in the salon: it waits for nine there, too.
    ['the night of the city that a profile names', '22:00 in Vladivostok', 0, { city: 'Владивосток' }, 18],
  ])('in %s puts it off to the morning, spread over an hour: %s', async (_, __, later, changes, hours) => {
    let at = afternoon
    const salon = await openOfferSalon({ now: () => at })
    await salon.client(changes)
    const { id } = await salon.sendingOffer()
    at += later * hourMs
    expect(await claim(salon, id)).toMatchObject({ what: 'passed' })
    const none = await claim(salon, id)
    const waits = none.what === 'none' ? (none.nextAt ?? 0) - at : 0
    expect(Math.floor(waits / hourMs)).toBe(hours)
    at += waits
    expect(await claim(salon, id)).toMatchObject({ what: 'message' })
  })

  test('hands a person over to their other messenger, and only there is it said then', async () => {
    const salon = await openOfferSalon()
    const clientId = await salon.client({
      preferredPlatform: 'telegram',
      chats: [{ platform: 'telegram' }, { platform: 'vk' }],
    })
    const { id } = await salon.sendingOffer()
    await salon.prisma.client.update({ where: { id: clientId }, data: { preferredPlatform: 'vk' } })
    expect(await claim(salon, id, 'telegram')).toMatchObject({ what: 'passed' })
    expect(await claim(salon, id, 'telegram')).toEqual({ what: 'none' })
    expect(await claim(salon, id, 'vk')).toMatchObject({ delivery: { chat: { platform: 'vk' } } })
  })

  test('finds nothing from the moment on that the offer is paused, and goes on where it was', async () => {
    const salon = await openOfferSalon()
    for (let index = 0; index < 3; index += 1) await salon.client()
    const { id, by, act } = await salon.sendingOffer()
    await claim(salon, id)
    await act({ kind: 'pause' }, by)
    expect(await claim(salon, id)).toEqual({ what: 'none' })
    await act({ kind: 'resume' }, by)
    expect(await claim(salon, id)).toMatchObject({ what: 'message' })
  })

  test('passes over a person who is being written down this moment, and finds them a moment later', async () => {
    const salon = await openOfferSalon()
    const anna = await salon.client()
    const { id } = await salon.sendingOffer()
    const session = await salon.pool.connect()
    await session.query('BEGIN')
    await session.query('SELECT FROM "Client" WHERE id = $1 FOR UPDATE', [anna])
    expect(await claim(salon, id)).toMatchObject({ what: 'none', nextAt: afternoon })
    await session.query('COMMIT')
    session.release()
    expect(await claim(salon, id)).toMatchObject({ what: 'message' })
  })
})

describe('what came of it', () => {
  test('surely not sent waits again; in VK, what may have been sent is said again under its number, within the hour', async () => {
    let at = afternoon
    const salon = await openOfferSalon({ now: () => at })
    await salon.client({ chats: [{ platform: 'vk' }] })
    const { id } = await salon.sendingOffer()
    const first = idOf(await claim(salon, id, 'vk'))
    await salon.deliveries.again(first, { at: at + minuteMs, unsure: true })
    expect(await claim(salon, id, 'vk')).toEqual({ what: 'none', nextAt: at + minuteMs })
    at += minuteMs
    const second = await claim(salon, id, 'vk')
    expect(second).toMatchObject({ delivery: { id: first, tries: 1, triedAt: afternoon } })
    await salon.deliveries.again(first, { at, unsure: true })
    at += hourMs
    expect(await claim(salon, id, 'vk')).toMatchObject({ what: 'passed' })
    expect(await salon.rows(id)).toMatchObject([{ state: 'unknown' }])
  })

  test('what may have been sent is not refused, cancelled or handed to the other messenger: it is unknown', async () => {
    const salon = await openOfferSalon()
    for (let index = 0; index < 2; index += 1) await salon.client({ chats: [{ platform: 'vk' }] })
    const { id, by, act } = await salon.sendingOffer()
    for (const claimed of [await claim(salon, id, 'vk'), await claim(salon, id, 'vk')])
      await salon.deliveries.again(idOf(claimed), { at: afternoon, unsure: true })
    await salon.prisma.client.updateMany({ where: { id: 1 }, data: { advertisingConsentAt: null } })
    await claim(salon, id, 'vk')
    await act({ kind: 'cancel' }, by)
    await salon.deliveries.closeWaiting(id, 'cancelled')
    const states = (await salon.rows(id)).map(({ state }) => state)
    expect(states.filter((state) => state === 'cancelled')).toEqual([])
    expect(states).toContain('unknown')
  })

  test('of a process that crashed is unknown, and is not said again; a living one is left in peace', async () => {
    const salon = await openOfferSalon()
    for (let index = 0; index < 2; index += 1) await salon.client()
    const { id } = await salon.sendingOffer()
    const dying = await openOfferSalon({ connectionString: salon.url })
    const third = await openOfferSalon({ connectionString: salon.url })
    const lost = idOf(await claim(dying, id))
    await claim(salon, id)
    expect(await third.deliveries.closeDead(minuteMs)).toBe(0)
    await dying.crash()
    await expect.poll(() => third.deliveries.closeDead(minuteMs)).toBe(1)
    expect((await salon.rows(id)).map((row) => [String(row.id) === lost, row.state])).toEqual([
      [true, 'unknown'],
      [false, 'sending'],
    ])
    // It had only lost its connection: what it knows counts.
    await dying.deliveries.end(lost, { state: 'sent' })
    expect((await salon.rows(id)).map(({ state }) => state)).toEqual(['sent', 'sending'])
  })

  test('is counted for the progress', async () => {
    const salon = await openOfferSalon()
    for (let index = 0; index < 6; index += 1) await salon.client()
    const { id, by, act } = await salon.sendingOffer()
    await salon.deliveries.end(idOf(await claim(salon, id)), { state: 'sent' })
    await salon.deliveries.end(idOf(await claim(salon, id)), { state: 'failed', reason: '400' })
    await salon.deliveries.end(idOf(await claim(salon, id)), { state: 'refused', reason: 'unreachable' })
    await salon.deliveries.end(idOf(await claim(salon, id)), { state: 'unknown' })
    await claim(salon, id)
    expect(await salon.deliveries.unfinished(id)).toBe(2)
    const counts = { waiting: 1, sending: 1, sent: 1, failed: 1, unknown: 1, refused: { unreachable: 1 } }
    expect(await salon.deliveries.progress(id)).toMatchObject(counts)
    await act({ kind: 'cancel' }, by)
    expect(await salon.deliveries.closeWaiting(id, 'cancelled')).toBe(1)
    expect(await salon.deliveries.progress(id)).toMatchObject({ waiting: 0, cancelled: 1 })
  })
})

describe('a person', () => {
  test('who is forgotten gets nothing more, and what they got still counts', async () => {
    const salon = await openOfferSalon()
    const anna = await salon.client()
    const [sent, waiting] = [await salon.sendingOffer(), await salon.sendingOffer()]
    await salon.deliveries.end(idOf(await claim(salon, sent.id)), { state: 'sent' })
    await salon.prisma.$transaction((tx) => eraseClient(tx, anna))
    expect(await salon.rows(sent.id)).toMatchObject([{ clientId: null, state: 'sent' }])
    expect(await salon.rows(waiting.id)).toMatchObject([{ clientId: null, state: 'cancelled' }])
    expect(await claim(salon, waiting.id)).toEqual({ what: 'none' })
  })

  test('with two rows who turns out to be one gets an offer once', async () => {
    const salon = await openOfferSalon()
    const [anna, same] = [await salon.client(), await salon.client({ chats: [{ platform: 'vk' }] })]
    const [both, later] = [await salon.sendingOffer(), await salon.sendingOffer()]
    await salon.deliveries.end(idOf(await claim(salon, both.id, 'vk')), { state: 'sent' })
    await salon.prisma.$transaction((tx) => mergeClients(tx, same, anna))
    const states = async (id: number) =>
      (await salon.rows(id)).map(({ clientId, state }) => [clientId === anna, state])
    expect(await states(both.id)).toEqual([
      [false, 'cancelled'],
      [true, 'sent'],
    ])
    expect((await states(later.id)).map(String).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'false,cancelled',
      'true,waiting',
    ])
  })
})
