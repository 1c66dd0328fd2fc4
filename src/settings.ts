/** The settings: environment + salon.yaml + survey.yaml -> one typed object, or everything that is wrong with them at once. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Salon } from './domain/salon.ts'
import { surveyQuestions } from './domain/survey-changes.ts'
import type { SurveyQuestion } from './domain/survey.ts'
import { combinationProblems, combinationWarnings, isSandbox } from './settings/combination.ts'
import type { Environment } from './settings/environment-schema.ts'
import { readEnvironment, type EnvironmentReading } from './settings/environment.ts'
import { SettingsError, type SettingsProblem, type SettingsWarning } from './settings/problem.ts'
import { readSalonFile } from './settings/salon-file.ts'
import { readSurveyFile } from './settings/survey-file.ts'
import type { Reading } from './settings/yaml-file.ts'

export interface Settings {
  /** `sandbox`: no tokens are set, the messengers are stand-ins on this machine. */
  mode: 'sandbox' | 'live'
  salon: Salon
  /** Where the salon was read from; the example in the sandbox of a newcomer. */
  salonFile: string
  /** What clients are asked. */
  survey: readonly SurveyQuestion[]
  /** What changes the built-in survey; absent where nothing does. */
  surveyFile?: string
  telegram?: TelegramBot
  admin?: TelegramBot
  vk?: VkGroup
  /** Absent: a PostgreSQL of our own in `dataDir`. */
  databaseUrl?: string
  /** Absent: the queues live in PostgreSQL. */
  redisUrl?: string
  /** Absolute path. */
  dataDir: string
  /** 0: any free port. */
  port: number
  /** Set: updates come by webhooks under this https address (no slash at its end). Absent: long polling. */
  publicUrl?: string
  /** Always there when `publicUrl` is set and a Telegram bot runs. */
  webhookSecret?: string
  /** Proxy for everything that goes to the messengers. */
  proxyUrl?: string
  logLevel: Environment['LOG_LEVEL']
  warnings: readonly SettingsWarning[]
}

export interface TelegramBot {
  token: string
  /** Origin without a slash at its end. */
  apiRoot: string
}

export interface VkGroup {
  token: string
  groupId: number
  /** Ends in "/method". */
  apiUrl: string
  /** Both are there when `publicUrl` is set. */
  secret?: string
  confirmation?: string
}

export interface ReadSettingsOptions {
  /** Normally process.env. */
  env: NodeJS.ProcessEnv
  /** The folder of .env, salon.yaml and relative paths. */
  cwd: string
  /** Another file than `cwd`/salon.yaml. survey.yaml lies beside it. */
  file?: string
}

const exampleFile = fileURLToPath(new URL('../salon.example.yaml', import.meta.url))

/**
 * Reads and checks everything that can be set.
 * @throws SettingsError with every problem there is; texts are in locales/…/settings.json
 */
export function readSettings({ env, cwd, file }: ReadSettingsOptions): Settings {
  const reading = readEnvironment(env, cwd)
  const mode = isSandbox(reading.given) ? 'sandbox' : 'live'
  const survey = readSurvey(cwd, file)
  const questions = survey.ok ? survey.read.survey.map(({ id }) => id) : undefined
  const salon = readSalon({ cwd, file, mode }, questions)
  const problems = [
    ...reading.problems,
    ...combinationProblems(reading.given),
    ...[salon, survey].flatMap((one) => (one.ok ? [] : one.problems)),
  ]
  if (problems.length > 0 || !salon.ok || !survey.ok || reading.environment === undefined) {
    throw new SettingsError(problems)
  }
  return {
    mode,
    ...salon.read,
    ...survey.read,
    ...bots(reading.environment),
    ...places(reading.environment, cwd),
    warnings: warningsOf(reading, salon.read.salon),
  }
}

const salonMissing: SettingsProblem = { key: 'salon.yaml', expected: { key: 'settings.advice.salonMissing' } }

interface SalonPlace {
  cwd: string
  file: string | undefined
  mode: Settings['mode']
}

function readSalon(
  from: SalonPlace,
  questions: readonly string[] | undefined,
): Reading<Pick<Settings, 'salon' | 'salonFile'>> {
  const salonFile = chooseSalonFile(from)
  if (salonFile === undefined) return { ok: false, problems: [salonMissing] }
  const salon = readSalonFile(salonFile, questions)
  return salon.ok ? { ok: true, read: { salon: salon.read, salonFile } } : salon
}

/** The file that was named, the salon's own, or (sandbox only) the example. */
function chooseSalonFile({ cwd, file, mode }: SalonPlace): string | undefined {
  if (file !== undefined) return path.resolve(cwd, file)
  const own = path.join(cwd, 'salon.yaml')
  if (existsSync(own)) return own
  return mode === 'sandbox' ? exampleFile : undefined
}

/** survey.yaml beside the salon's file, or the built-in survey. */
function readSurvey(
  cwd: string,
  salonFile: string | undefined,
): Reading<Pick<Settings, 'survey' | 'surveyFile'>> {
  const folder = salonFile === undefined ? cwd : path.dirname(path.resolve(cwd, salonFile))
  const surveyFile = path.join(folder, 'survey.yaml')
  if (!existsSync(surveyFile)) return { ok: true, read: { survey: surveyQuestions() } }
  const changes = readSurveyFile(surveyFile)
  if (!changes.ok) return changes
  return { ok: true, read: { survey: surveyQuestions(changes.read), surveyFile } }
}

function bots(environment: Environment): Pick<Settings, 'telegram' | 'admin' | 'vk'> {
  const {
    TELEGRAM_API_ROOT: apiRoot,
    TELEGRAM_BOT_TOKEN,
    ADMIN_BOT_TOKEN,
    VK_TOKEN,
    VK_GROUP_ID,
  } = environment
  const { VK_SECRET, VK_CONFIRMATION, VK_API_URL } = environment
  return {
    ...(TELEGRAM_BOT_TOKEN !== undefined && { telegram: { token: TELEGRAM_BOT_TOKEN, apiRoot } }),
    ...(ADMIN_BOT_TOKEN !== undefined && { admin: { token: ADMIN_BOT_TOKEN, apiRoot } }),
    ...(VK_TOKEN !== undefined &&
      VK_GROUP_ID !== undefined && {
        vk: {
          token: VK_TOKEN,
          groupId: VK_GROUP_ID,
          apiUrl: VK_API_URL,
          ...(VK_SECRET !== undefined && { secret: VK_SECRET }),
          ...(VK_CONFIRMATION !== undefined && { confirmation: VK_CONFIRMATION }),
        },
      }),
  }
}

type Places =
  | 'databaseUrl'
  | 'redisUrl'
  | 'dataDir'
  | 'port'
  | 'publicUrl'
  | 'webhookSecret'
  | 'proxyUrl'
  | 'logLevel'

function places(environment: Environment, cwd: string): Pick<Settings, Places> {
  const { DATABASE_URL, REDIS_URL, PUBLIC_URL, WEBHOOK_SECRET, HTTPS_PROXY } = environment
  return {
    ...(DATABASE_URL !== undefined && { databaseUrl: DATABASE_URL }),
    ...(REDIS_URL !== undefined && { redisUrl: REDIS_URL }),
    dataDir: path.resolve(cwd, environment.DATA_DIR),
    port: environment.PORT,
    ...(PUBLIC_URL !== undefined && { publicUrl: PUBLIC_URL }),
    ...(WEBHOOK_SECRET !== undefined && { webhookSecret: WEBHOOK_SECRET }),
    ...(HTTPS_PROXY !== undefined && { proxyUrl: HTTPS_PROXY }),
    logLevel: environment.LOG_LEVEL,
  }
}

function warningsOf(reading: EnvironmentReading, salon: Salon): SettingsWarning[] {
  const advertises = salon.advertising.telegram && reading.given.TELEGRAM_BOT_TOKEN !== undefined
  return [
    ...reading.warnings,
    ...combinationWarnings(reading.given),
    ...(advertises ? [{ key: 'settings.warning.telegramAdvertising' }] : []),
  ]
}
