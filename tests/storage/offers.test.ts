/** Offers and their log, on a real PostgreSQL: who may do what, once, and what an approval writes down. */
import { describe, expect, test } from 'vitest'
import { afternoon, offerSpec, openOfferSalon } from './offer-salon.ts'

const hourMs = 3600_000

async function pending(now = () => afternoon) {
  const salon = await openOfferSalon({ now })
  const by = await salon.staff()
  await salon.client()
  const offer = await salon.offers.create({ origin: 'manual', spec: offerSpec(), by })
  const id = offer?.id ?? 0
  await salon.offers.change({ id, by, act: { kind: 'submit' } })
  return { ...salon, id, by }
}

describe('an offer', () => {
  test('is drafted once by what names it, and once by the press that asked for it', async () => {
    const { offers, staff } = await openOfferSalon()
    const by = await staff()
    const draft = { origin: 'playbook', spec: offerSpec(), draftKey: 'playbook:new:nails:2026-11' } as const
    expect(await offers.create(draft)).toMatchObject({ standing: { state: 'draft', version: 1 } })
    expect(await offers.create(draft)).toBeUndefined()
    const manual = { origin: 'manual', spec: offerSpec(), by, updateKey: 'ad:1:17' } as const
    expect(await offers.create(manual)).toMatchObject({ createdBy: by })
    expect(await offers.create(manual)).toBeUndefined()
    expect(await offers.list({ states: ['draft'], offset: 0, limit: 10 })).toHaveLength(2)
  })

  test('tells in its log who did what, when and why', async () => {
    const { offers, id, by } = await pending()
    await offers.change({ id, by, act: { kind: 'reject', why: 'слишком щедро' } })
    await offers.change({
      id,
      by,
      act: { kind: 'edit', version: 1, spec: offerSpec({ title: { ru: 'Зима' } }) },
    })
    const log = await offers.log(id)
    expect(log.map(({ what, from, to, version, why, name }) => [what, from, to, version, why, name])).toEqual(
      [
        ['drafted', null, 'draft', 1, null, 'Марина'],
        ['submitted', 'draft', 'pending', 1, null, 'Марина'],
        ['rejected', 'pending', 'rejected', 1, 'слишком щедро', 'Марина'],
        ['edited', 'rejected', 'draft', 2, null, 'Марина'],
      ],
    )
    expect(log[0]?.at).toBe(afternoon)
    expect((await offers.byId(id))?.spec.title).toEqual({ ru: 'Зима' })
  })

  test('that is over is put away and brought back: its end stays when it was, and the log has both', async () => {
    let at = afternoon
    const { offers, id, by, prisma } = await pending(() => at)
    await offers.change({ id, by, act: { kind: 'cancel' } })
    const ended = (await offers.byId(id))?.endedAt
    at += hourMs
    const retired = await offers.change({ id, by, act: { kind: 'retire' } })
    expect(retired).toMatchObject({
      offer: { standing: { state: 'cancelled', retiredAt: afternoon + hourMs } },
    })
    expect((await offers.byId(id))?.endedAt).toEqual(ended)
    const list = (away: boolean) =>
      offers.list({ states: ['cancelled'], offset: 0, limit: 10, inOrder: true, retired: away })
    expect([await list(true), await list(false)].map((all) => all.length)).toEqual([1, 0])
    expect(await offers.count(['cancelled'], { retired: true })).toBe(1)
    expect(await offers.change({ id, by, act: { kind: 'retire' } })).toMatchObject({ reason: 'notPossible' })
    await offers.change({ id, by, act: { kind: 'bringBack' } })
    expect((await offers.byId(id))?.standing).toEqual({ state: 'cancelled', version: 1 })
    expect((await offers.log(id)).slice(-2).map(({ what, staffId }) => [what, staffId])).toEqual([
      ['retired', by],
      ['broughtBack', by],
    ])
    // Whatever the program does: the table itself takes nothing out of the list that goes on.
    await expect(
      prisma.$executeRaw`UPDATE "Offer" SET "state" = 'sending', "retiredAt" = now() WHERE "id" = ${id}`,
    ).rejects.toThrow('Offer_retired_is_over')
  })

  test('approved by two at once is approved by one of them, and the other is told', async () => {
    const { offers, id, by, staff, rows } = await pending()
    const other = await staff('admin')
    const act = { kind: 'approve', version: 1 } as const
    const results = await Promise.all([offers.change({ id, by, act }), offers.change({ id, by: other, act })])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({
      reason: 'notPossible',
      offer: { standing: { state: 'approved' } },
    })
    expect(await rows(id)).toHaveLength(1)
  })

  test('of two edits at once one stands, and the other is told', async () => {
    const { offers, id, by } = await pending()
    const edit = (ru: string) =>
      offers.change({ id, by, act: { kind: 'edit', version: 1, spec: offerSpec({ title: { ru } }) } })
    const results = await Promise.all([edit('Зима'), edit('Весна')])
    const [stands] = results.flatMap((one) => (one.ok ? [one.offer] : []))
    expect(results.filter((one) => !one.ok)).toMatchObject([
      { reason: 'otherVersion', offer: { spec: stands!.spec } },
    ])
    expect(await offers.byId(id)).toMatchObject({ spec: stands!.spec, standing: { version: 2 } })
  })

  test('changed since it was looked at is not approved as it was', async () => {
    const { offers, id, by } = await pending()
    await offers.change({ id, by, act: { kind: 'edit', version: 1, spec: offerSpec() } })
    expect(await offers.change({ id, by, act: { kind: 'approve', version: 1 } })).toMatchObject({
      ok: false,
      reason: 'otherVersion',
    })
  })

  test('pressed twice by the same update is changed once', async () => {
    const { offers, id, by } = await pending()
    const wish = { id, by, act: { kind: 'approve', version: 1 }, updateKey: 'ad:1:18' } as const
    expect(await offers.change(wish)).toMatchObject({ ok: true, frozen: { recipients: 1, heldOut: 0 } })
    expect(await offers.change(wish)).toMatchObject({ ok: false, reason: 'repeated' })
    expect((await offers.log(id)).filter(({ what }) => what === 'approved')).toHaveLength(1)
  })

  test('is left alone by somebody who has left the staff a moment ago', async () => {
    const { offers, id, by, prisma } = await pending()
    await prisma.staff.delete({ where: { id: by } })
    expect(await offers.change({ id, by, act: { kind: 'approve', version: 1 } })).toMatchObject({
      ok: false,
      reason: 'notTheirs',
    })
  })

  test('for those interested in something leaves out who has named nothing', async () => {
    const { offers, client, staff } = await openOfferSalon()
    await client()
    await client({ lines: ['nails'] })
    const by = await staff()
    const spec = offerSpec({ audience: { kind: 'interest', lines: ['nails'] } })
    const { id } = (await offers.create({ origin: 'manual', spec, by }))!
    await offers.change({ id, by, act: { kind: 'submit' } })
    const changed = await offers.change({ id, by, act: { kind: 'approve', version: 1 } })
    expect(changed).toMatchObject({ ok: true, frozen: { recipients: 1, heldOut: 0 } })
  })

  test('that nobody would get is not approved, and leaves no rows behind', async () => {
    const { offers, prisma, id, by, rows } = await pending()
    await prisma.client.updateMany({ data: { advertisingConsentAt: null } })
    expect(await offers.change({ id, by, act: { kind: 'approve', version: 1 } })).toMatchObject({
      reason: 'nobody',
    })
    expect(await rows(id)).toEqual([])
    expect((await offers.byId(id))?.standing.state).toBe('pending')
  })

  test('needs the owner above what the salon has set', async () => {
    const { offers, staff, client } = await openOfferSalon({ offers: { ownerAbove: { discountPercent: 5 } } })
    const [owner, admin] = [await staff('owner'), await staff('admin')]
    await client()
    const { id = 0 } = (await offers.create({ origin: 'manual', spec: offerSpec(), by: admin })) ?? {}
    await offers.change({ id, by: admin, act: { kind: 'submit' } })
    const act = { kind: 'approve', version: 1 } as const
    expect(await offers.change({ id, by: admin, act })).toMatchObject({ reason: 'ownerOnly' })
    expect(await offers.change({ id, by: owner, act })).toMatchObject({ ok: true })
  })

  test('is due when its time has come, and over when its end has', async () => {
    let at = afternoon
    const { offers, staff, client } = await openOfferSalon({ now: () => at })
    const by = await staff()
    await client()
    const make = async (schedule: ReturnType<typeof offerSpec>['schedule']) => {
      const spec = offerSpec({ schedule })
      const { id = 0 } =
        (await offers.create({ origin: 'manual', spec, by, expiresAt: at + 5 * hourMs })) ?? {}
      await offers.change({ id, by, act: { kind: 'submit' } })
      await offers.change({ id, by, act: { kind: 'approve', version: 1 } })
      return id
    }
    const [soon, later] = [await make({ kind: 'now' }), await make({ kind: 'at', at: at + hourMs })]
    expect(await offers.due()).toEqual({ start: [soon], expire: [] })
    at += 2 * hourMs
    expect((await offers.due()).start).toEqual([soon, later])
    await offers.change({ id: later, by, act: { kind: 'schedule', at: at + hourMs } })
    expect((await offers.due()).start).toEqual([soon])
    at += 10 * hourMs
    expect(await offers.due()).toEqual({ start: [], expire: [soon, later] })
  })
})

describe('the audience is frozen with the approval', () => {
  test('who has agreed to advertising and can be written to, by the rules, in the preferred messenger', async () => {
    const { offers, staff, client, rows } = await openOfferSalon({
      policy: { advertising: { telegram: true, vk: false } },
    })
    const by = await staff()
    const both = [{ platform: 'telegram' }, { platform: 'vk' }] as const
    const anna = await client({ lines: ['nails'], chats: [...both], preferredPlatform: 'vk' })
    await client({ lines: ['hair'] })
    await client({ lines: ['nails'], advertisingConsentAt: null })
    await client({ lines: ['nails'], chats: [] })
    await client({ lines: ['nails'], chats: [{ platform: 'telegram', reachable: false }] })
    await client({ lines: ['nails'], chats: [{ platform: 'vk' }] })
    const spec = offerSpec({ audience: { kind: 'interest', lines: ['nails'] } })
    const { id = 0 } = (await offers.create({ origin: 'manual', spec, by })) ?? {}
    await offers.change({ id, by, act: { kind: 'submit' } })
    await offers.change({ id, by, act: { kind: 'approve', version: 1 } })
    expect(await rows(id)).toMatchObject([
      { clientId: anna, platform: 'telegram', state: 'waiting', variant: 'A' },
    ])
  })

  test('a part is held out, the same people again, and the limit counts those who get something', async () => {
    const { client, sendingOffer, rows, prisma, deliveries } = await openOfferSalon()
    for (let index = 0; index < 60; index += 1) await client()
    const first = await sendingOffer({ holdoutShare: 0.4 })
    const all = await rows(first.id)
    const heldOut = all.filter((one) => one.heldOut)
    expect(all).toHaveLength(60)
    expect(heldOut.length).toBeGreaterThan(10)
    const [one] = heldOut
    await prisma.delivery.updateMany({
      where: { offerId: first.id, id: { not: one?.id ?? 0n } },
      data: { state: 'cancelled' },
    })
    // At the moment when it would have been sent.
    expect(await deliveries.claim({ offerId: first.id, platform: 'telegram', limit: 9 })).toMatchObject({
      what: 'passed',
    })
    expect((await rows(first.id)).find(({ id }) => id === one?.id)).toMatchObject({ state: 'heldOut' })
    const second = await sendingOffer({ holdoutShare: 0.4, limits: { recipients: 7, perClient: 1 } })
    expect((await rows(second.id)).filter((one) => !one.heldOut)).toHaveLength(7)
  })

  test('a limit draws lots: whoever is one of the few is not one for having come first, and stays one', async () => {
    const { client, offers, rows, deliveries, sendingOffer } = await openOfferSalon()
    const all: number[] = []
    for (let index = 0; index < 40; index += 1) all.push(Number(await client()))
    const limits = { recipients: 10, perClient: 1 }
    const chosenOf = async (id: number) =>
      (await rows(id))
        .filter((one) => one.state !== 'cancelled')
        .map((one) => Number(one.clientId))
        .toSorted((one, other) => one - other)
    const [first, second] = [await sendingOffer({ limits }), await sendingOffer({ limits })]
    const chosen = await chosenOf(first.id)
    expect(chosen).toHaveLength(10)
    expect(chosen).not.toEqual(all.slice(0, 10))
    expect(chosen).not.toEqual(await chosenOf(second.id))
    // One has it; after an edit the other nine are the same, and nobody gets it beyond the limit.
    const claim = await deliveries.claim({ offerId: first.id, platform: 'telegram', limit: 1 })
    if (claim.what === 'message') await deliveries.end(claim.delivery.id, { state: 'sent' })
    const { act, by, id } = first
    await act({ kind: 'pause' }, by)
    await act({ kind: 'edit', version: 1, spec: (await offers.byId(id))!.spec }, by)
    await act({ kind: 'approve', version: 2 }, by)
    expect(await chosenOf(id)).toEqual(chosen)
  })

  test('an edit needs another approval, which keeps what was sent and what fate had chosen', async () => {
    const { offers, deliveries, client, sendingOffer, rows, prisma } = await openOfferSalon()
    const [anna, boris] = [await client(), await client()]
    const { id, by, act } = await sendingOffer()
    const claimed = await deliveries.claim({ offerId: id, platform: 'telegram', limit: 1 })
    if (claimed.what === 'message') await deliveries.end(claimed.delivery.id, { state: 'sent' })
    await act({ kind: 'pause' }, by)
    await act({ kind: 'edit', version: 1, spec: offerSpec({ title: { ru: 'Иначе' } }) }, by)
    expect((await rows(id)).map((one) => one.state)).toEqual(['sent', 'cancelled'])
    const clara = await client()
    await prisma.client.update({ where: { id: anna }, data: { name: 'Анна' } })
    const approved = await offers.change({ id, by, act: { kind: 'approve', version: 2 } })
    expect(approved).toMatchObject({ ok: true, frozen: { recipients: 2 } })
    expect((await rows(id)).map((one) => [one.clientId, one.state])).toEqual([
      [anna, 'sent'],
      [boris, 'waiting'],
      [clara, 'waiting'],
    ])
  })
})
