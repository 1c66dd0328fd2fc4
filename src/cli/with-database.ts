import type { Logger } from 'pino'

import type { Settings } from '../settings.ts'
import { openDatabase, type Database } from '../storage/database.ts'
import { borrowEmbedded } from '../storage/embedded-borrow.ts'
import { migrate } from '../storage/migrate.ts'
import { migrationsDir } from './migrate.ts'

/**
 * Does something with the salon's database, brought up to date. Without DATABASE_URL that is the database of our own: started for as
 * long as it takes, or, where the product is at work, the one that it has running.
 * @throws AdviceError of borrowEmbedded, migrate and openDatabase, and what `work` throws
 */
export async function withDatabase<Result>(
  settings: Pick<Settings, 'databaseUrl' | 'dataDir'>,
  log: Logger,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const own =
    settings.databaseUrl === undefined ? await borrowEmbedded({ dataDir: settings.dataDir, log }) : undefined
  try {
    const connectionString = settings.databaseUrl ?? own?.connectionString ?? ''
    await migrate({ connectionString, migrationsDir })
    const database = await openDatabase({ connectionString, log })
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  } finally {
    await own?.stop()
  }
}
