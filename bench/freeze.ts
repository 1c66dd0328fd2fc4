/**
 * What an offer to many costs before it is sent: the card's preview, and the approval that freezes the audience.
 * `node bench/freeze.ts [--clients 1000,100000]`. See README.md.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { defaultCaps, defaultSpreadMs } from '../src/domain/offers/contact-policy.ts'
import { openDatabase as openStorage } from '../src/storage/database.ts'
import { migrate } from '../src/storage/migrate.ts'
import { createOfferPreviews } from '../src/storage/offer-preview.ts'
import { createOffers } from '../src/storage/offers.ts'
import { campaignSpec, writeClients } from './broadcast-salon.ts'
import { openDatabase } from './database.ts'
import { markdown } from './table.ts'

const { values: given } = parseArgs({ options: { clients: { type: 'string', default: '1000,100000' } } })
const timeZone = 'Europe/Moscow'
const advertising = { telegram: true, vk: true }
const policy = {
  advertising,
  quietHours: { from: '21:00', to: '09:00' },
  timeZone,
  caps: defaultCaps,
  spreadMs: defaultSpreadMs,
}

const database = await openDatabase()
try {
  const { connectionString, pool } = database
  const migrationsDir = path.join(import.meta.dirname, '..', 'prisma', 'migrations')
  await migrate({ connectionString, migrationsDir })
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const storage = await openStorage({ connectionString, log })
  const offers = createOffers({
    prisma: storage.prisma,
    checked: () => ({ problems: 0, discountPercent: 10 }),
    audience: { timeZone, advertising },
  })
  const previews = createOfferPreviews({ ...storage, policy })
  const { id: by } = await storage.prisma.staff.create({
    data: { telegramId: 1, role: 'owner', name: 'Марина', language: 'ru' },
  })
  const rows = []
  for (const clients of given.clients.split(',').map(Number)) {
    await writeClients(pool, 'telegram', clients)
    const offer = await offers.create({ origin: 'manual', spec: campaignSpec, by })
    if (!offer) throw new Error('It was not written')
    await offers.change({ id: offer.id, act: { kind: 'submit' }, by })
    const preview = await timed(() => previews.of(offer))
    const approval = await timed(() =>
      offers.change({ id: offer.id, act: { kind: 'approve', version: offer.standing.version }, by }),
    )
    if (!approval.value.ok) throw new Error(approval.value.reason)
    rows.push([
      String(clients),
      String(preview.value.recipients),
      preview.seconds,
      approval.seconds,
      (process.memoryUsage.rss() / 2 ** 20).toFixed(0),
    ])
  }
  const head = ['clients', 'recipients', 'preview s', 'approval s', 'memory MB']
  console.log(markdown({ title: 'Before it is sent', head, rows }))
  await storage.close()
} finally {
  await database.stop()
}
process.exit(0)

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: string }> {
  const from = performance.now()
  const value = await work()
  return { value, seconds: ((performance.now() - from) / 1000).toFixed(1) }
}
