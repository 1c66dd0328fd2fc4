/** Telegraf with a wizard scene: the session and every answer in PostgreSQL before the update is confirmed. */
import { Agent, createServer } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import pg from 'pg'
import { Scenes, session, Telegraf } from 'telegraf'
import { botConfig, botReady } from '../bot-process.ts'
import { keyboardOf, questions, textOf } from './questionnaire.ts'

type Session = Scenes.WizardSession
type Talk = Scenes.WizardContext

const { apiRoot, token, webhook, databaseUrl } = botConfig()
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
await pool.query(`
  CREATE TABLE IF NOT EXISTS state (key text PRIMARY KEY, value jsonb NOT NULL);
  CREATE TABLE IF NOT EXISTS answer (id bigserial PRIMARY KEY, person bigint NOT NULL, question int NOT NULL, value text NOT NULL,
    at timestamptz NOT NULL DEFAULT now());
  ANALYZE`)
// Its default is to answer in the webhook's response, which it sends before the session is stored: then a quick person
// is asked the same question twice.
const agent = new Agent({ keepAlive: true, maxSockets: 256 }) as unknown as HttpsAgent
const bot = new Telegraf<Talk>(token, { telegram: { apiRoot, agent, webhookReply: false } })

const steps = Array.from({ length: questions }, (_, number) => async (ctx: Talk) => {
  await take(ctx)
  await show(ctx, number)
  return ctx.wizard.next()
})
const wizard = new Scenes.WizardScene<Talk>('questionnaire', ...steps, async (ctx) => {
  await take(ctx)
  ctx.wizard.selectStep(0)
  await show(ctx, 0)
  return ctx.wizard.next()
})
bot.use(session({ store: { get, set, delete: forget } }))
bot.use(new Scenes.Stage<Talk>([wizard]).middleware())
bot.start((ctx) => ctx.scene.enter('questionnaire'))

if (webhook) {
  const handle = bot.webhookCallback('/', { secretToken: webhook.secret })
  const server = createServer((request, response) => void handle(request, response))
  server.keepAliveTimeout = 75_000
  server.listen(webhook.port, '127.0.0.1')
  bot.botInfo = await bot.telegram.getMe()
  await bot.telegram.setWebhook(`http://127.0.0.1:${webhook.port}/`, {
    secret_token: webhook.secret,
    max_connections: 100,
  })
  botReady(() => void server.close())
} else {
  void bot.launch(() => botReady(() => bot.stop()))
}

async function take(ctx: Talk): Promise<void> {
  const press = ctx.callbackQuery
  if (!press || !('data' in press)) return
  const [question = '', value = ''] = press.data.slice(1).split('=')
  await pool.query({
    name: 'keep',
    text: 'INSERT INTO answer (person, question, value) VALUES ($1, $2, $3)',
    values: [press.from.id, question, value],
  })
  await ctx.answerCbQuery()
}

async function show(ctx: Talk, number: number): Promise<void> {
  const shown = { reply_markup: keyboardOf(number) }
  if (ctx.callbackQuery) await ctx.editMessageText(textOf(number), shown)
  else await ctx.reply(textOf(number), shown)
}

async function get(key: string): Promise<Session | undefined> {
  const { rows } = await pool.query<{ value: Session }>({
    name: 'read',
    text: 'SELECT value FROM state WHERE key = $1',
    values: [key],
  })
  return rows[0]?.value
}

async function set(key: string, value: Session): Promise<void> {
  const text =
    'INSERT INTO state (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
  await pool.query({ name: 'write', text, values: [key, JSON.stringify(value)] })
}

async function forget(key: string): Promise<void> {
  await pool.query({ name: 'forget', text: 'DELETE FROM state WHERE key = $1', values: [key] })
}
