/** A salon with clients who agreed to advertising, and offers for them, on a real PostgreSQL. */
import { onTestFinished } from 'vitest'
import { defaultCaps, defaultSpreadMs } from '../../src/domain/offers/contact-policy.ts'
import type { PolicySettings } from '../../src/domain/offers/contact-policy.ts'
import type { OfferSpec } from '../../src/domain/offers/offer.ts'
import type { Platform } from '../../src/domain/platform.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createDeliveries } from '../../src/storage/deliveries.ts'
import type { Prisma } from '../../src/storage/generated/client.ts'
import { createOffers } from '../../src/storage/offers.ts'
import type { OfferAct, OffersOptions } from '../../src/storage/offers.ts'
import { openRun } from '../../src/storage/runs.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

/** 26 November 2026, 15:00 by the salon's clock. */
export const afternoon = Date.UTC(2026, 10, 26, 12)
const timeZone = 'Europe/Moscow'
const dayMs = 24 * 3600_000

export const offerSpec = (changes: Partial<OfferSpec> = {}): OfferSpec => ({
  title: { ru: 'Осень' },
  variants: [{ id: 'A', text: { ru: '{name}, здравствуйте! Дарим вам {discount} до {until}.' }, share: 1 }],
  audience: { kind: 'everyone' },
  discount: { kind: 'percent', percent: 10 },
  validity: { kind: 'days', days: 14 },
  limits: { perClient: 1 },
  channel: 'any',
  schedule: { kind: 'now' },
  holdoutShare: 0,
  attributionDays: 15,
  ...changes,
})

export interface OfferSalonOptions {
  connectionString?: string
  now?: () => number
  policy?: Partial<PolicySettings>
  offers?: Partial<OffersOptions>
  /** Takes what is to be done in the end; absent: of this test. */
  onEnd?: (end: () => Promise<void>) => void
}

/** One process's view of the salon; several may share a `connectionString`. */
export async function openOfferSalon({
  connectionString,
  now = () => afternoon,
  policy: changes = {},
  offers: options = {},
  onEnd = onTestFinished,
}: OfferSalonOptions = {}) {
  const url = connectionString ?? (await freshDatabase()).connectionString
  const database = await openDatabase({ connectionString: url, log: silent })
  const { prisma, pool } = database
  const run = await openRun({ connectionString: url, prisma, role: 'worker' })
  let open = true
  /** As a crash would: the run's lock goes, its end is written nowhere. */
  const crash = async () => {
    await prisma.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = ${run.id}::int::oid`
  }
  onEnd(async () => {
    if (!open) return
    open = false
    await run.close().catch(() => {})
    await database.close()
  })
  const advertising = { telegram: true, vk: true }
  const quietHours = { from: '21:00', to: '09:00' }
  const policy = {
    advertising,
    quietHours,
    timeZone,
    caps: defaultCaps,
    spreadMs: defaultSpreadMs,
    ...changes,
  }
  const deliveries = createDeliveries({ pool, runId: run.id, policy, now })
  const offers = createOffers({
    prisma,
    checked: () => ({ problems: 0, discountPercent: 10 }),
    audience: { timeZone, advertising: policy.advertising },
    now,
    ...options,
  })

  /** A client with these chats who agreed to advertising, unless said otherwise. */
  const client = async (
    changes: Omit<Prisma.ClientCreateInput, 'chats'> & {
      chats?: { platform: Platform; reachable?: boolean }[]
    } = {},
  ): Promise<bigint> => {
    const { chats = [{ platform: 'telegram' as const }], ...row } = changes
    const { id } = await prisma.client.create({
      data: {
        name: 'Анна',
        personalDataConsentAt: new Date(afternoon - dayMs),
        advertisingConsentAt: new Date(afternoon - dayMs),
        ...row,
      },
    })
    await prisma.chat.createMany({
      data: chats.map((chat) => ({ ...chat, clientId: id, externalId: 1_000n + id, language: 'ru' })),
    })
    return id
  }

  const staff = async (role: 'owner' | 'admin' = 'owner') => {
    const telegramId = (await prisma.staff.count()) + 1
    return (await prisma.staff.create({ data: { telegramId, role, name: 'Марина', language: 'ru' } })).id
  }

  /** An offer that is being sent. */
  const sendingOffer = async (changes: Partial<OfferSpec> = {}, expiresAt?: number) => {
    const by = await staff()
    const spec = offerSpec(changes)
    const offer = await offers.create({
      origin: 'manual',
      spec,
      by,
      ...(expiresAt !== undefined && { expiresAt }),
    })
    if (!offer) throw new Error('it was not drafted')
    const act = async (one: OfferAct, who?: number) => {
      const changed = await offers.change({ id: offer.id, act: one, ...(who !== undefined && { by: who }) })
      if (!changed.ok) throw new Error(`${one.kind}: ${changed.reason}`)
    }
    await act({ kind: 'submit' }, by)
    await act({ kind: 'approve', version: 1 }, by)
    await act({ kind: 'start' })
    return { id: offer.id, by, act }
  }

  const rows = (offerId: number) => prisma.delivery.findMany({ where: { offerId }, orderBy: { id: 'asc' } })
  return { ...database, url, run, crash, deliveries, offers, policy, client, staff, sendingOffer, rows }
}
