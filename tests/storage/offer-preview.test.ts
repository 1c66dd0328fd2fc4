/** What is said before an approval is what happens after it, on a real PostgreSQL. */
import { describe, expect, test } from 'vitest'
import { createOfferPreviews } from '../../src/storage/offer-preview.ts'
import type { OfferPreview } from '../../src/storage/offer-preview.ts'
import type { OfferSpec } from '../../src/domain/offers/offer.ts'
import { afternoon, offerSpec, openOfferSalon } from './offer-salon.ts'
import type { OfferSalonOptions } from './offer-salon.ts'

const hourMs = 3600_000

async function open(options: OfferSalonOptions = {}) {
  const salon = await openOfferSalon(options)
  const previews = createOfferPreviews({ ...salon, now: options.now ?? (() => afternoon) })
  const by = await salon.staff()
  const draft = async (changes: Partial<OfferSpec> = {}) => {
    const offer = await salon.offers.create({ origin: 'manual', spec: offerSpec(changes), by })
    if (!offer) throw new Error('it was not drafted')
    return offer
  }
  const preview = async (changes: Partial<OfferSpec> = {}) => previews.of(await draft(changes))
  /** Everything that comes of it when it is sent. */
  const sent = async (id: number) => {
    const act = (one: Parameters<typeof salon.offers.change>[0]['act'], who?: number) =>
      salon.offers.change({ id, act: one, ...(who !== undefined && { by: who }) })
    await act({ kind: 'submit' }, by)
    await act({ kind: 'approve', version: 1 }, by)
    await act({ kind: 'start' })
    for (const platform of ['telegram', 'vk', 'telegram', 'vk'] as const) {
      for (;;) {
        const claim = await salon.deliveries.claim({ offerId: id, platform, limit: 20 })
        if (claim.what === 'none') break
        if (claim.what === 'message') await salon.deliveries.end(claim.delivery.id, { state: 'sent' })
      }
    }
    return salon.deliveries.progress(id)
  }
  return { ...salon, by, previews, draft, preview, sent }
}

/** One of each kind. */
async function allKinds(salon: Awaited<ReturnType<typeof open>>) {
  const { client, prisma, sendingOffer } = salon
  const vk = [{ platform: 'vk' as const }]
  await client()
  await client({ chats: vk })
  await client({ chats: [{ platform: 'telegram' }, { platform: 'vk' }], preferredPlatform: 'vk' })
  await client({ advertisingConsentAt: null })
  await client({ chats: [] })
  await client({ chats: [{ platform: 'telegram', reachable: false }] })
  const unhappy = await client()
  await prisma.followUp.create({
    data: { clientId: unhappy, dialogue: 'survey', run: 1, createdAt: new Date(afternoon) },
  })
  const often = await client()
  const before = await sendingOffer({ audience: { kind: 'clients', ids: [Number(often)] } })
  const had = { offerId: before.id, clientId: often, state: 'sent', sentAt: new Date(afternoon - hourMs) }
  await prisma.delivery.deleteMany({ where: { offerId: before.id } })
  await prisma.delivery.createMany({
    data: ['a', 'b'].map((occasion) => ({ ...had, occasion, dueAt: new Date(afternoon) })),
  })
}

describe('before an approval it is said', () => {
  test('who would get it where, and who would not and why', async () => {
    const salon = await open()
    await allKinds(salon)
    expect(await salon.preview()).toMatchObject({
      meant: 8,
      recipients: 3,
      byPlatform: { telegram: 1, vk: 2 },
      bySegment: [{ segment: '', clients: 3 }],
      refused: { noConsent: 1, noChat: 1, unreachable: 1, complaint: 1, cap: 1 },
      startAt: afternoon,
    })
  })

  test.each([
    ['everybody', {}],
    ['one messenger', { channel: 'vk' }],
    ['a part held out', { holdoutShare: 0.5 }],
    ['only so many', { limits: { recipients: 2, perClient: 1 } }],
    ['only so many, and a part held out', { limits: { recipients: 2, perClient: 1 }, holdoutShare: 0.3 }],
  ] satisfies [string, Partial<OfferSpec>][])('what then happens: %s', async (_, changes) => {
    const salon = await open()
    await allKinds(salon)
    for (let more = 0; more < 10; more += 1) await salon.client()
    const offer = await salon.draft(changes)
    const said = await salon.previews.of(offer)
    const progress = await salon.sent(offer.id)
    expect(progress.sent).toBe(said.recipients)
    expect(progress.heldOut).toBe(said.refused.heldOut ?? 0)
    // Who has no chat there is not written down at all, whatever else is the matter.
    const isThere = !('channel' in changes)
    for (const reason of ['complaint', 'cap'] as const)
      expect(progress.refused[reason] ?? 0).toBe(isThere ? (said.refused[reason] ?? 0) : 0)
    expect(sumOf(said)).toBe(said.meant)
  })

  test('whoever lives where it is night then gets it in the morning, and counts', async () => {
    const salon = await open()
    await salon.client({ city: 'Владивосток' })
    const { latestAt, ...said } = await salon.preview()
    expect(said).toMatchObject({ recipients: 1, refused: {}, startAt: afternoon })
    // Nine there is two at night in the salon: it is nine there, 18 hours on, and the spread.
    expect(Math.floor((latestAt - afternoon) / hourMs)).toBe(18)
  })

  test('how each of the texts would be read, where there are several', async () => {
    const salon = await open()
    for (let index = 0; index < 30; index += 1) await salon.client()
    const variants = [
      { id: 'A', text: { ru: 'Раз' }, share: 0.5 },
      { id: 'B', text: { ru: 'Два' }, share: 0.5 },
    ]
    const { examples } = await salon.preview({ variants })
    expect(examples.map(({ variant }) => variant)).toEqual(['A', 'B', 'A'])
    expect(new Set(examples.map(({ clientId }) => clientId)).size).toBe(3)
  })

  test('that at night it waits for the morning, and that people are asked as they are by day', async () => {
    const night = afternoon + 8 * hourMs
    const salon = await open({ now: () => night })
    await salon.client()
    expect(await salon.preview()).toMatchObject({ recipients: 1, startAt: Date.UTC(2026, 10, 27, 6) })
  })

  test('what their visits bring, in which segments they are, and how three of them would be addressed', async () => {
    const salon = await open()
    for (const [name, kopecks] of [
      ['Анна', 300_00n],
      ['Вера', 500_00n],
      ['Ольга', 1000_00n],
      ['Ира', 200_00n],
    ] as const) {
      const id = await salon.client({ name, master: 'olga' })
      const value = {
        clientId: id,
        firstDay: 20_000,
        lastDay: 20_700,
        visits: 2,
        kopecks,
        firstDayKopecks: kopecks,
      }
      const segment =
        name === 'Ира' ? { code: 'LHL', segment: 'vulnerable' } : { code: 'LHH', segment: 'valuable' }
      await salon.prisma.clientValue.createMany({
        data: [
          { ...value, line: '', ...segment },
          { ...value, line: 'nails', ...segment },
        ],
      })
    }
    const valuable = await salon.preview({
      audience: { kind: 'segment', segments: ['valuable'], line: 'nails' },
    })
    expect(valuable).toMatchObject({
      meant: 3,
      visitKopecks: 300_00,
      bySegment: [{ segment: 'valuable', clients: 3 }],
    })
    expect(valuable.examples.map(({ addressee }) => addressee.name).toSorted(byWords)).toEqual([
      'Анна',
      'Вера',
      'Ольга',
    ])
    expect(valuable.examples[0]).toMatchObject({
      platform: 'telegram',
      variant: 'A',
      addressee: { master: 'olga' },
    })
  })

  test('nothing of a salon without clients', async () => {
    const { preview } = await open()
    expect(await preview()).toMatchObject({ meant: 0, recipients: 0, refused: {}, examples: [] })
  })
})

const sumOf = ({ recipients, refused }: OfferPreview) =>
  Object.values(refused).reduce((sum, one) => sum + one, recipients)

const byWords = (one = '', other = '') => one.localeCompare(other)
