/** A salon with many clients who agreed to advertising, an offer that is being sent to them, and their phones in a stand-in. */
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import type { OfferSpec } from '../src/domain/offers/offer.ts'
import { listen } from '../src/sandbox/listen.ts'
import type { Messenger } from '../src/sandbox/messenger.ts'
import { createTelegram } from '../src/sandbox/telegram/telegram.ts'
import { createVk } from '../src/sandbox/vk/vk.ts'

export type Platform = 'telegram' | 'vk'

/** Stands in every offer, and nowhere else. */
export const offerWords = 'Дарим вам скидку'
/** The first phone's number; a client's is this and the client's own. */
export const firstPhone = 1_000
const root = path.join(import.meta.dirname, '..')

/** The stand-in with the platform's own rates: who is too fast is refused. */
export async function openStrictMessenger(platform: Platform) {
  const botId = platform === 'telegram' ? 101 : 201
  const profile = { name: 'Салон', username: 'salon_bot' }
  const messenger: Messenger =
    platform === 'telegram'
      ? createTelegram({ bots: [{ id: botId, token: `${botId}:bench`, ...profile }], messagesKept: 20 })
      : createVk({ group: { id: botId, token: 'bench', name: 'Салон', screenName: 'salon' } })
  const server = await listen([messenger.handle.bind(messenger)])
  const env: Record<string, string> =
    platform === 'telegram'
      ? { TELEGRAM_BOT_TOKEN: `${botId}:bench`, TELEGRAM_API_ROOT: server.url }
      : { VK_TOKEN: 'bench', VK_GROUP_ID: String(botId), VK_API_URL: `${server.url}/method` }
  return {
    messenger,
    botId,
    env,
    /** People who have begun to talk to the bot; what they said then is forgotten. */
    async people(ids: readonly number[]) {
      for (const id of ids) {
        messenger.addPerson({ id, firstName: 'Анна', language: 'ru' })
        messenger.start(botId, id)
      }
      if (platform === 'telegram') await forgetUpdates(`${server.url}/bot${botId}:bench/getUpdates`)
    },
    async close() {
      messenger.close()
      await server.close()
    },
  }
}

/** The bot never hears of what was said to it so far. */
async function forgetUpdates(url: string): Promise<void> {
  const last = await fetch(`${url}?offset=-1`)
  const { result } = (await last.json()) as { result: { update_id: number }[] }
  await fetch(`${url}?offset=${(result[0]?.update_id ?? 0) + 1}`)
}

/** To everybody, at once. */
export const campaignSpec: OfferSpec = {
  title: { ru: 'Скидка' },
  variants: [
    { id: 'A', text: { ru: `{name}, здравствуйте! ${offerWords} {discount} до {until}.` }, share: 1 },
  ],
  audience: { kind: 'everyone' },
  discount: { kind: 'percent', percent: 10 },
  validity: { kind: 'days', days: 14 },
  limits: { perClient: 1 },
  channel: 'any',
  schedule: { kind: 'now' },
  holdoutShare: 0,
  attributionDays: 15,
}

/** Writes clients 1 to `count` with a chat each, in the place of those who were there. */
export async function writeClients(pool: pg.Pool, platform: Platform, count: number): Promise<void> {
  await pool.query('TRUNCATE "Delivery", "TokenPace" CASCADE')
  await pool.query('DELETE FROM "Client"')
  await pool.query(
    `INSERT INTO "Client" ("id", "name", "personalDataConsentAt", "advertisingConsentAt")
     SELECT n, 'Анна', now(), now() FROM generate_series(1, $1::int) n`,
    [count],
  )
  // Who talks meanwhile is somebody new, and gets a number of their own.
  await pool.query(`SELECT setval(pg_get_serial_sequence('"Client"', 'id'), $1::bigint + 1)`, [count])
  await pool.query(
    `INSERT INTO "Chat" ("platform", "externalId", "clientId", "language")
     SELECT $2::"Platform", $3::int + n, n, 'ru' FROM generate_series(1, $1::int) n`,
    [count, platform, firstPhone],
  )
  await pool.query('ANALYZE')
}

/** Clients, and an offer to all of them that is being sent. */
export async function writeCampaign(pool: pg.Pool, platform: Platform, count: number): Promise<void> {
  await writeClients(pool, platform, count)
  await pool.query(
    `INSERT INTO "Staff" ("telegramId", "role", "name", "language") VALUES (1, 'owner', 'Марина', 'ru') ON CONFLICT DO NOTHING`,
  )
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO "Offer" ("origin", "state", "approvedVersion", "spec", "seed", "sendingSince")
     VALUES ('manual', 'sending', 1, $1, $2, now()) RETURNING "id"`,
    [JSON.stringify(campaignSpec), randomUUID()],
  )
  await pool.query(
    `INSERT INTO "Delivery" ("offerId", "clientId", "platform", "dueAt")
     SELECT $1, n, $3::"Platform", now() FROM generate_series(1, $2::int) n`,
    [rows[0]?.id, count, platform],
  )
  await pool.query('ANALYZE')
}

/** The example's salon, awake at whatever hour this is run. */
export async function writeAwakeSalon(folder: string): Promise<string> {
  const example = await readFile(path.join(root, 'salon.example.yaml'), 'utf8')
  const then = Temporal.Now.zonedDateTimeISO('Europe/Moscow').add({ hours: 12 })
  const time = (minutes: number) => then.add({ minutes }).toPlainTime().toString().slice(0, 5)
  const file = path.join(folder, 'salon.yaml')
  const quiet = `quietHours:\n  from: '${time(0)}'\n  to: '${time(5)}'\n`
  await writeFile(file, example.replace(/^quietHours:\n(?: .*\n)+/m, quiet))
  return file
}
