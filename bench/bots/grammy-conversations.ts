/**
 * grammY with its conversations plugin, as its documentation shows it: a dialogue in a loop, the plugin's state and every
 * answer in PostgreSQL before the next question is asked.
 */
import { createServer } from 'node:http'
import { conversations, createConversation } from '@grammyjs/conversations'
import type { Conversation, ConversationFlavor, VersionedState } from '@grammyjs/conversations'
import { Bot, webhookCallback } from 'grammy'
import type { Context } from 'grammy'
import pg from 'pg'
import { botConfig, botReady } from '../bot-process.ts'
import { keyboardOf, questions, textOf } from './questionnaire.ts'

type Talk = ConversationFlavor<Context>

const { apiRoot, token, webhook, databaseUrl } = botConfig()
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
await pool.query(`
  CREATE TABLE IF NOT EXISTS state (key text PRIMARY KEY, value jsonb NOT NULL);
  CREATE TABLE IF NOT EXISTS answer (id bigserial PRIMARY KEY, person bigint NOT NULL, question int NOT NULL, value text NOT NULL,
    at timestamptz NOT NULL DEFAULT now());
  ANALYZE`)
const bot = new Bot<Talk>(token, { client: { apiRoot } })

bot.use(conversations({ storage: { type: 'key', adapter: { read, write, delete: forget } } }))
bot.use(createConversation(questionnaire))
bot.command('start', (ctx) => ctx.conversation.enter('questionnaire'))
bot.on('callback_query:data', (ctx) => ctx.conversation.enter('questionnaire'))
await bot.init()

if (webhook) {
  const handle = webhookCallback(bot, 'http', { secretToken: webhook.secret })
  const server = createServer((request, response) => void handle(request, response))
  server.keepAliveTimeout = 75_000
  server.listen(webhook.port, '127.0.0.1')
  await bot.api.setWebhook(`http://127.0.0.1:${webhook.port}/`, {
    secret_token: webhook.secret,
    max_connections: 100,
  })
} else void bot.start()
botReady(() => bot.stop())

async function questionnaire(conversation: Conversation<Talk, Context>, first: Context): Promise<void> {
  const press = first.callbackQuery
  if (press) await first.answerCallbackQuery()
  let ctx = first
  for (let number = 0; number < questions; number += 1) {
    const shown = { reply_markup: keyboardOf(number) }
    if (ctx.callbackQuery) await ctx.editMessageText(textOf(number), shown)
    else await ctx.reply(textOf(number), shown)
    const answered = await conversation.waitFor('callback_query:data')
    const { id } = answered.from
    const value = answered.callbackQuery.data
    await conversation.external(() => keep(id, number, value))
    await answered.answerCallbackQuery()
    ctx = answered
  }
  await ctx.editMessageText('Спасибо!', {
    reply_markup: { inline_keyboard: [[{ text: 'Ещё раз', callback_data: 'again' }]] },
  })
}

async function keep(person: number, question: number, value: string): Promise<void> {
  await pool.query({
    name: 'keep',
    text: 'INSERT INTO answer (person, question, value) VALUES ($1, $2, $3)',
    values: [person, question, value],
  })
}

async function read<S>(key: string): Promise<VersionedState<S> | undefined> {
  const { rows } = await pool.query<{ value: VersionedState<S> }>({
    name: 'read',
    text: 'SELECT value FROM state WHERE key = $1',
    values: [key],
  })
  return rows[0]?.value
}

async function write(key: string, state: VersionedState<unknown>): Promise<void> {
  const text =
    'INSERT INTO state (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
  await pool.query({ name: 'write', text, values: [key, JSON.stringify(state)] })
}

async function forget(key: string): Promise<void> {
  await pool.query({ name: 'forget', text: 'DELETE FROM state WHERE key = $1', values: [key] })
}
