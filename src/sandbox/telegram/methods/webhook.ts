import { ApiError, badRequest, conflict, tooManyRequests } from '../api-error.ts'
import { booleanArgument, integerArgument, jsonArgument, textArgument } from '../arguments.ts'
import type { Arguments } from '../arguments.ts'
import type { BotState } from '../state.ts'
import type { WebhookSettings } from '../webhook-sender.ts'
import type { Method } from './method.ts'

export const WEBHOOK_ACTIVE = conflict(
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)

const DEFAULT_CONNECTIONS = 40
const SECRET_MAX_LENGTH = 256
const PORTS = ['', '80', '88', '443', '8443']

export const setWebhook: Method = (call) => {
  const { world, bot, args } = call
  const url = textArgument(args, 'url')
  if (url === '') return deleteWebhook(call)
  const atMs = world.realNow()
  const intervalMs = world.limits?.setWebhookIntervalMs ?? 0
  if (atMs - bot.webhookSetAtMs < intervalMs) throw tooManyRequests(1)
  bot.webhookSetAtMs = atMs
  const settings = readSettings(url, args)
  allowUpdates(bot, args)
  if (booleanArgument(args, 'drop_pending_updates')) bot.queue.clear()
  else if (JSON.stringify(settings) === JSON.stringify(bot.webhook?.settings)) return true
  bot.queue.abortPoll(conflict('terminated by setWebhook request'))
  bot.webhook?.sender.close()
  bot.webhook = { settings, sender: world.openWebhook(bot, settings) }
  return true
}

export const deleteWebhook: Method = ({ bot, args }) => {
  if (booleanArgument(args, 'drop_pending_updates')) bot.queue.clear()
  bot.webhook?.sender.close()
  bot.webhook = undefined
  return true
}

export const getWebhookInfo: Method = ({ bot }) => {
  const { settings, sender } = bot.webhook ?? {}
  const lastError = sender?.lastError()
  return {
    url: settings?.url ?? '',
    has_custom_certificate: settings?.hasCertificate ?? false,
    pending_update_count: bot.queue.pending().length,
    ...(lastError ? { last_error_date: lastError.date, last_error_message: lastError.message } : {}),
    ...(settings ? { max_connections: settings.maxConnections } : {}),
    ...(settings?.ipAddress === undefined ? {} : { ip_address: settings.ipAddress }),
    ...(bot.queue.allowed ? { allowed_updates: bot.queue.allowed } : {}),
  }
}

/** Remembers `allowed_updates`; an empty list is the default, a malformed one is passed over. */
export function allowUpdates(bot: BotState, args: Arguments): void {
  const list = jsonOrNothing(args)
  if (Array.isArray(list) && list.every((kind: unknown) => typeof kind === 'string')) {
    bot.queue.allow(list.map((kind: string) => kind.toLowerCase()))
  }
}

function jsonOrNothing(args: Arguments): unknown {
  try {
    return jsonArgument(args, 'allowed_updates', 'allowed_updates')
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

/** Unlike the real server, plain HTTP and any port will do on the machine itself. */
function readSettings(address: string, args: Arguments): WebhookSettings {
  const url = URL.parse(/^https?:\/\//i.test(address) ? address : `https://${address}`)
  if (!url) throw badRequest('invalid webhook URL specified')
  const secretToken = textArgument(args, 'secret_token')
  if (secretToken.length > SECRET_MAX_LENGTH) throw badRequest('secret token is too long')
  if (!/^[\w-]*$/.test(secretToken)) throw badRequest('secret token contains unallowed characters')
  if (!isLoopback(url.hostname)) {
    if (url.protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
    if (!PORTS.includes(url.port)) {
      throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
    }
  }
  const ipAddress = textArgument(args, 'ip_address')
  return {
    url: url.href,
    secretToken,
    maxConnections: integerArgument(args, 'max_connections', {
      fallback: DEFAULT_CONNECTIONS,
      min: 1,
      max: 100,
    }),
    ...(ipAddress === '' ? {} : { ipAddress }),
    hasCertificate: args.files?.has('certificate') ?? false,
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
}
