/** The two Telegram bots: does the token work, and who gets the updates. */
import * as z from 'zod'

import type { TelegramBot } from '../../settings.ts'
import { NoAnswer } from './ask.ts'
import { ok, problem, warning, type Finding, type Patient } from './finding.ts'
import { webhookPaths } from '../../wiring/webhook-paths.ts'

const answerSchema = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  result: z.unknown().optional(),
})
const meSchema = z.object({ username: z.string() })
const webhookSchema = z.object({
  url: z.string(),
  pending_update_count: z.number(),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
})

interface Role {
  bot: TelegramBot
  variable: 'TELEGRAM_BOT_TOKEN' | 'ADMIN_BOT_TOKEN'
  /** Where this bot's webhook listens. */
  path: string
}

/** @returns findings for the clients' bot and the staff's bot, as far as they are set */
export async function checkTelegram(patient: Patient): Promise<Finding[]> {
  const { telegram, admin } = patient.settings
  const roles: Role[] = []
  if (telegram) roles.push({ bot: telegram, variable: 'TELEGRAM_BOT_TOKEN', path: webhookPaths.telegram })
  if (admin) roles.push({ bot: admin, variable: 'ADMIN_BOT_TOKEN', path: webhookPaths.admin })
  return (await Promise.all(roles.map((role) => checkBot(patient, role)))).flat()
}

async function checkBot(patient: Patient, role: Role): Promise<Finding[]> {
  const me = await call(patient, role, 'getMe')
  if (!me.ok) return [me.finding]
  const profile = meSchema.safeParse(me.result)
  if (!profile.success) return [problem('telegram.strange', { variable: role.variable })]
  const name = `@${profile.data.username}`
  const found = ok(role.variable === 'ADMIN_BOT_TOKEN' ? 'telegram.admin' : 'telegram.clients', { name })
  const hook = await call(patient, role, 'getWebhookInfo')
  if (!hook.ok) return [found, hook.finding]
  const webhook = webhookSchema.safeParse(hook.result)
  return [found, ...(webhook.success ? judgeWebhook(webhook.data, patient, role, name) : [])]
}

type Called = { ok: true; result: unknown } | { ok: false; finding: Finding }

async function call({ ask }: Patient, { bot, variable }: Role, method: string): Promise<Called> {
  const host = new URL(bot.apiRoot).host
  try {
    const { status, json } = await ask(`${bot.apiRoot}/bot${bot.token}/${method}`)
    const answer = answerSchema.safeParse(json)
    if (!answer.success) return { ok: false, finding: problem('telegram.notApi', { host, status }) }
    if (answer.data.ok) return { ok: true, result: answer.data.result }
    // 404: the token has not even the form of one. 401: there is no such bot any more.
    const refused = status === 401 || status === 404 ? 'telegram.unauthorized' : 'telegram.refused'
    return {
      ok: false,
      finding: problem(refused, { variable, status, description: answer.data.description ?? '' }),
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    return { ok: false, finding: problem('telegram.unreachable', { variable, host, code: error.code }) }
  }
}

const recentErrorSeconds = 3600

function judgeWebhook(
  webhook: z.infer<typeof webhookSchema>,
  { settings }: Patient,
  { path }: Role,
  name: string,
): Finding[] {
  if (settings.publicUrl === undefined) {
    return webhook.url === '' ? [] : [warning('webhook.stray', { name, host: hostOf(webhook.url) })]
  }
  const expected = `${settings.publicUrl}${path}`
  if (webhook.url === '') return [warning('webhook.notYet', { name })]
  if (webhook.url !== expected)
    return [warning('webhook.elsewhere', { name, host: hostOf(webhook.url), expected })]
  const secondsAgo = Date.now() / 1000 - (webhook.last_error_date ?? 0)
  if (secondsAgo > recentErrorSeconds)
    return [ok('webhook.fine', { name, count: webhook.pending_update_count })]
  const minutes = Math.max(1, Math.round(secondsAgo / 60))
  return [problem('webhook.failing', { name, minutes, message: webhook.last_error_message ?? '', expected })]
}

// Paths of other programs' webhooks may be their secrets.
const hostOf = (url: string): string => URL.parse(url)?.host ?? '?'
