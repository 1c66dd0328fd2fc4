/**
 * The environment as a schema: secrets and where things are. Every `error` is the name of a sentence under
 * "expected" in locales/…/settings.json.
 */
import * as z from 'zod'

const telegramToken = (error: string) => z.string().regex(/^[1-9]\d*:[\w-]+$/, error)

function readUrl(text: string, protocols: readonly string[]): URL | undefined {
  const url = URL.parse(text)
  return url !== null && protocols.includes(url.protocol) ? url : undefined
}

const withoutSlash = (text: string): string => text.replace(/\/+$/, '')

/** An address, read as a URL, in the form that `write` gives it; `write` returns undefined for what can't be used. */
const address = (error: string, protocols: readonly string[], write: (url: URL) => string | undefined) =>
  z.string().transform((text, context) => {
    const url = readUrl(text, protocols)
    const written = url && write(url)
    if (written !== undefined) return written
    context.addIssue({ code: 'custom', message: error })
    return z.NEVER
  })

const web = ['http:', 'https:']
const isBare = (url: URL): boolean => url.search === '' && url.hash === ''

// grammY throws on a trailing slash, and Telegraf drops a path: so a root is an origin and nothing else.
const telegramApiRoot = address('telegramApiRoot', web, (url) =>
  url.pathname === '/' && isBare(url) ? url.origin : undefined,
)

// vk-io wants the address with "/method" and without a slash at its end.
const vkApiUrl = address('vkApiUrl', web, (url) => {
  if (!isBare(url)) return undefined
  const path = withoutSlash(url.pathname)
  return `${url.origin}${path === '' ? '/method' : path}`
})

const publicUrl = address('publicUrl', ['https:'], (url) =>
  isBare(url) && url.username === '' ? `${url.origin}${withoutSlash(url.pathname)}` : undefined,
)

// libpq's form for a unix socket names the folder in the query and has no host ("postgres://user@/database?host=/run").
const withHost = (text: string): string => text.replace(/^(\w+:\/\/[^/?#]*@)(?=[/?#]|$)/, '$1localhost')

const kept = (error: string, protocols: readonly string[]) =>
  z.string().refine((text) => readUrl(withHost(text), protocols) !== undefined, error)

const wholeNumber = (error: string, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, error)
    .transform(Number)
    .refine((value) => value >= min && value <= max, error)

// People copy "club123" or "-123" from VK's addresses.
const groupId = z
  .string()
  .transform((text) => text.replace(/^(club|public|event|-)/, ''))
  .pipe(wholeNumber('vkGroupId', 1, Number.MAX_SAFE_INTEGER))

/** Every variable that the program reads, and nothing else. */
export const environmentSchema = z.object({
  TELEGRAM_BOT_TOKEN: telegramToken('telegramToken').exactOptional(),
  TELEGRAM_API_ROOT: telegramApiRoot.default('https://api.telegram.org'),
  ADMIN_BOT_TOKEN: telegramToken('adminToken').exactOptional(),
  VK_TOKEN: z
    .string()
    .regex(/^[\w.-]+$/, 'vkToken')
    .exactOptional(),
  VK_GROUP_ID: groupId.exactOptional(),
  VK_API_URL: vkApiUrl.default('https://api.vk.ru/method'),
  VK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9]{1,50}$/, 'vkSecret')
    .exactOptional(),
  VK_CONFIRMATION: z
    .string()
    .regex(/^\w{1,64}$/, 'vkConfirmation')
    .exactOptional(),
  DATABASE_URL: kept('databaseUrl', ['postgres:', 'postgresql:']).exactOptional(),
  REDIS_URL: kept('redisUrl', ['redis:', 'rediss:']).exactOptional(),
  DATA_DIR: z.string().default('./data'),
  PORT: wholeNumber('port', 0, 65_535).default(3000),
  PUBLIC_URL: publicUrl.exactOptional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, 'webhookSecret')
    .exactOptional(),
  HTTPS_PROXY: kept('proxyUrl', web).exactOptional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'logLevel')
    .default('info'),
})

export type Environment = z.infer<typeof environmentSchema>
export type VariableName = keyof typeof environmentSchema.shape
export const variableNames = Object.keys(environmentSchema.shape) as VariableName[]

const secret: ReadonlySet<string> = new Set([
  'TELEGRAM_BOT_TOKEN',
  'ADMIN_BOT_TOKEN',
  'VK_TOKEN',
  'VK_SECRET',
  'VK_CONFIRMATION',
  'DATABASE_URL',
  'REDIS_URL',
  'WEBHOOK_SECRET',
  'HTTPS_PROXY',
])

/** A variable's value as it may be shown: a secret is its length and nothing more. */
export function showVariable(name: string, value: string): string {
  return secret.has(name) ? `•••••• (${value.length})` : value
}
