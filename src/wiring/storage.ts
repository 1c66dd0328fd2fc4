/** The database (our own, or the salon's), what is kept in it, and the queues. */
import path from 'node:path'
import type { Logger } from 'pino'
import type { DeliverJob, OffersJob } from '../jobs/deliver.ts'
import type { DigestJob } from '../jobs/digest.ts'
import type { ImportJob } from '../jobs/imports.ts'
import type { NotifyJob } from '../jobs/notify.ts'
import type { PromptJob } from '../jobs/prompts.ts'
import type { OfferDraftsJob } from '../jobs/offer-drafts.ts'
import type { RecomputeJob } from '../jobs/recompute.ts'
import { createQueues } from '../jobs/queues.ts'
import type { Queues } from '../jobs/queues.ts'
import type { UpkeepJob } from '../jobs/upkeep.ts'
import type { Settings } from '../settings.ts'
import { openDatabase } from '../storage/database.ts'
import type { Database } from '../storage/database.ts'
import { startEmbedded } from '../storage/embedded.ts'
import { installationId } from '../storage/installation.ts'
import { openLedger } from '../storage/ledger.ts'
import type { ConsentText, Ledger } from '../storage/ledger.ts'
import { migrate } from '../storage/migrate.ts'
import { openRun } from '../storage/runs.ts'
import type { Run } from '../storage/runs.ts'
import { recordSurvey } from '../storage/survey-versions.ts'
import type { Survey } from '../domain/survey.ts'
import type { Closing } from './closing.ts'

export interface Storage {
  connectionString: string
  database: Database
  ledger: Ledger
  /** What is asked now, under its number. */
  survey: Survey
  run: Run
  queues: Queues<Jobs>
}

/** The queues and what their jobs carry: ids, never texts. */
export type Jobs = {
  notify: NotifyJob
  prompt: PromptJob
  digest: DigestJob
  import: ImportJob
  upkeep: UpkeepJob
  recompute: RecomputeJob
  offers: OffersJob
  offerDrafts: OfferDraftsJob
  deliverTelegram: DeliverJob
  deliverVk: DeliverJob
}

export interface StorageOptions {
  settings: Settings
  role: string
  log: Logger
  documents: ConsentText[]
}

const migrationsDir = path.join(import.meta.dirname, '..', '..', 'prisma', 'migrations')

/**
 * Opens the database, brings it up to date, and counts this run. The queues connect when they are first used.
 * @throws AdviceError when the database is not to be had
 */
export async function openStorage(
  { settings, role, log, documents }: StorageOptions,
  closing: Closing,
): Promise<Storage> {
  const connectionString = settings.databaseUrl ?? (await startOwnDatabase(settings.dataDir, log, closing))
  await migrate({ connectionString, migrationsDir })
  const database = await openDatabase({ connectionString, log })
  closing.push(() => database.close())
  const [ledger, survey, run] = await Promise.all([
    openLedger(database.prisma, documents),
    recordSurvey(database.prisma, settings.survey),
    openRun({ connectionString, prisma: database.prisma, role }),
  ])
  closing.push(() => run.close())
  const queues = createQueues<Jobs>({
    connectionString,
    redisUrl: settings.redisUrl,
    prefix: `otklik-${await installationId(database.prisma)}`,
    log,
  })
  return { connectionString, database, ledger, survey, run, queues }
}

async function startOwnDatabase(dataDir: string, log: Logger, closing: Closing): Promise<string> {
  const server = await startEmbedded({ dataDir, log })
  closing.push(() => server.stop())
  return server.connectionString
}
