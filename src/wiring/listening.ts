/** Where this process listens: the sandbox with its messengers and page, or webhooks and /health. */
import type { Logger } from 'pino'
import { named } from '../domain/salon.ts'
import type { Language } from '../domain/salon.ts'
import { createHttp } from '../http.ts'
import type { Translate } from '../locales.ts'
import type { Clock } from '../sandbox/clock.ts'
import { openSandbox } from '../sandbox/sandbox.ts'
import type { Settings } from '../settings.ts'
import type { Database } from '../storage/database.ts'
import type { Bots } from './bots.ts'
import type { Closing } from './closing.ts'

/** The sandbox as the rest of the program sees it: messengers at an address of this machine. */
export interface LocalMessengers extends Required<Pick<Settings, 'telegram' | 'admin' | 'vk'>> {
  url: string
  /**
   * The time to live by. Skipping makes things due at once, while the queues' delays run on real time: whoever has something
   * that waits for its time does it in `onSkip`, too. The page's request is answered after that, with the errors.
   */
  clock: Pick<Clock, 'now' | 'onSkip'>
}

/**
 * Opens the stand-ins and their page. They answer before the database does, so that a newcomer sees something at once.
 * @throws the socket's error when the port is taken
 */
export async function openLocalMessengers(
  settings: Settings,
  translate: (language: Language) => Translate,
  ownerLink: () => string | undefined,
  closing: Closing,
): Promise<LocalMessengers> {
  const { salon, dataDir, port } = settings
  const language = salon.languages[0] ?? 'ru'
  const name = named(salon.name, language)
  const sandbox = await openSandbox({
    dataDir,
    languages: salon.languages,
    name,
    adminName: translate(language)('bot.adminName', { salon: name }),
    ownerLink,
    hours: { timeZone: salon.timeZone, eveningAt: salon.survey.eveningAt, digest: salon.digest },
  })
  closing.push(() => sandbox.close())
  const http = createHttp({ handlers: sandbox.handlers })
  const { url } = await http.listen({ port, host: '127.0.0.1' })
  closing.push(() => http.close(0))
  const { client, admin, vk, groupId } = sandbox.tokens
  return {
    url,
    clock: sandbox.clock,
    telegram: { token: client, apiRoot: url },
    admin: { token: admin, apiRoot: url },
    vk: { token: vk, groupId, apiUrl: `${url}/method` },
  }
}

export interface ListenOptions {
  settings: Settings
  role: string
  log: Logger
  bots: Bots
  database: Database
}

/** In live mode: webhooks and /health. The sandbox has its page's server already. */
export async function listenLive(
  { settings, role, log, bots, database }: ListenOptions,
  closing: Closing,
): Promise<string> {
  const webhooks =
    settings.publicUrl === undefined || role === 'worker'
      ? []
      : [bots.telegram, bots.admin, bots.vk].flatMap((bot) => (bot ? [bot.webhook] : []))
  const http = createHttp({
    handlers: webhooks,
    health: () => database.pool.query('SELECT 1'),
    onError: (error) => log.error({ event: 'http.failed', error }),
  })
  const { url } = await http.listen({
    port: settings.port,
    host: webhooks.length > 0 ? '0.0.0.0' : '127.0.0.1',
  })
  closing.push(() => http.close())
  return url
}
