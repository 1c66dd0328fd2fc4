/** Otklik, the whole of it, as a salon runs it; only the platforms' rates are lifted, or they would be all one measures. */
import { enableCompileCache } from 'node:module'
import type { Settings } from '../../src/settings.ts'

// As src/otklik.ts does it: what is cached need not be compiled, and costs no memory for it.
enableCompileCache()
const { botConfig, botReady } = await import('../bot-process.ts')
const { createLog } = await import('../../src/log.ts')
const { startProduct } = await import('../../src/main.ts')
const { readSettings } = await import('../../src/settings.ts')

const { platform, apiRoot, token, webhook, databaseUrl } = botConfig()
const unlimited = 1_000_000
const env =
  platform === 'telegram'
    ? { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot }
    : { VK_TOKEN: token, VK_GROUP_ID: '201', VK_API_URL: `${apiRoot}/method` }
const read = readSettings({
  env: { ...env, LOG_LEVEL: 'error' },
  cwd: import.meta.dirname,
  file: '../../salon.example.yaml',
})
const settings: Settings = {
  ...read,
  ...(databaseUrl === undefined ? {} : { databaseUrl }),
  port: webhook?.port ?? 0,
  salon: {
    ...read.salon,
    rates: { ...read.salon.rates, telegramPerSecond: unlimited, vkPerSecond: unlimited },
  },
  ...(webhook ? { publicUrl: `http://127.0.0.1:${webhook.port}`, webhookSecret: webhook.secret } : {}),
  ...(webhook && read.vk
    ? { vk: { ...read.vk, secret: webhook.secret, confirmation: webhook.confirmation } }
    : {}),
}
const product = await startProduct({ settings, role: 'all', log: createLog({ level: 'error' }) })
product.failed.catch((error: unknown) => {
  throw error
})
botReady(() => product.stop())
