import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'

import type { Settings } from '../settings.ts'
import { startEmbedded } from '../storage/embedded.ts'
import { migrate } from '../storage/migrate.ts'
import { exitCodes, type Console } from './console.ts'

export const migrationsDir = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/**
 * Brings the database up to date and says what was done. Without DATABASE_URL the database of our own is started for
 * as long as it takes.
 * @returns the exit code
 * @throws AdviceError of startEmbedded and migrate
 */
export async function runMigrate(
  settings: Settings,
  log: Logger,
  { say, t }: Pick<Console, 'say' | 't'>,
): Promise<number> {
  const own =
    settings.databaseUrl === undefined ? await startEmbedded({ dataDir: settings.dataDir, log }) : undefined
  try {
    const connectionString = settings.databaseUrl ?? own?.connectionString ?? ''
    const { applied } = await migrate({ connectionString, migrationsDir })
    for (const name of applied) say(`✓ ${name}`)
    say(applied.length === 0 ? t('cli.migrate.nothing') : t('cli.migrate.done', { count: applied.length }))
    return exitCodes.ok
  } finally {
    await own?.stop()
  }
}
