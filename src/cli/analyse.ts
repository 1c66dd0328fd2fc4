/** `otklik analyse`: everything that a file of visits tells, without a database and without a bot. */
import { existsSync } from 'node:fs'
import path from 'node:path'

import { AdviceError } from '../domain/advice-error.ts'
import type { Salon } from '../domain/salon.ts'
import { analyse } from '../domain/value/analysis.ts'
import { checkForecast, checkedDays, type ForecastCheck } from '../domain/value/forecast-check.ts'
import type { AnalysisSettings } from '../domain/value/group-analysis.ts'
import { defaultValueSettings } from '../domain/value/value-settings.ts'
import type { Translate } from '../locales.ts'
import { readSalonFile } from '../settings/salon-file.ts'
import { SettingsError } from '../settings/problem.ts'
import type { AnalyseFlags } from './analyse-flags.ts'
import type { AnalysedFile, FileAccount } from '../domain/value/analysed-file.ts'
import { analysisJson } from './analyse/analysis-json.ts'
import { openVisits, type OpenVisits } from './analyse/open-visits.ts'
import { newNames, readVisits, type VisitNames } from './analyse/read-visits.ts'
import { saveReport } from './analyse/save-report.ts'
import { sayAnalysis } from './analyse/say-analysis.ts'
import { exitCodes, type Console } from './console.ts'
import { installerLanguage } from './installer-language.ts'

/**
 * Analyses a file of visits and says what it found; as JSON with `--json`; as a page with pictures in the folder of `--report`.
 * @param given the file as it was named
 * @returns the exit code
 * @throws AdviceError `analyse.…`; SettingsError where the salon's file has mistakes
 */
export async function runAnalyse(given: string, flags: AnalyseFlags, around: Console): Promise<number> {
  const { cwd, env, say, t } = around
  const language = installerLanguage(env)
  const salon = salonOf(flags, cwd)
  const visits = await openVisits(path.resolve(cwd, given), given)
  try {
    const names = newNames(salon, language)
    const file = await analysed(visits, { flags, salon, names, name: path.basename(given), t })
    if (flags.json === true) await writeAll(analysisJson(file), around)
    else sayAnalysis(file, { say, t, language, today: todayIn(file.timeZone) })
    if (flags.report !== undefined) {
      const check = await checkOnPast(visits, file, names)
      const saved = await saveReport(path.resolve(cwd, flags.report), { file, check }, { t, language })
      if (flags.json !== true) for (const line of ['', t('analyse.report.saved', { file: saved })]) say(line)
    }
    return exitCodes.ok
  } finally {
    await visits.close()
  }
}

/** Days since 1970-01-01. */
const todayIn = (timeZone: string): number => {
  const { year, month, day } = Temporal.Now.plainDateISO(timeZone)
  return Date.UTC(year, month - 1, day) / 86_400_000
}

async function writeAll(pieces: Iterable<string>, { write, say }: Console): Promise<void> {
  for (const piece of pieces)
    if (write === undefined) say(piece)
    else await write(piece)
}

/** The salon's own file, where there is one: an empty folder will do. */
function salonOf({ salon }: AnalyseFlags, cwd: string): Salon | undefined {
  const file = path.resolve(cwd, salon ?? 'salon.yaml')
  if (salon === undefined && !existsSync(file)) return undefined
  const reading = readSalonFile(file)
  if (!reading.ok) throw new SettingsError(reading.problems)
  return reading.read
}

interface Task {
  flags: AnalyseFlags
  salon: Salon | undefined
  names: VisitNames
  name: string
  t: Translate
}

async function analysed(visits: OpenVisits, { flags, salon, names, name, t }: Task): Promise<AnalysedFile> {
  const settings = settingsOf(flags, salon)
  const timeZone = salon?.timeZone ?? Temporal.Now.timeZoneId()
  const { totals, account } = await readVisits(visits, { until: flags.asOf, timeZone, names })
  if (account.days === undefined) throw nothingIn(name, account, t)
  const asOf = flags.asOf ?? account.days.last
  const lineIds = names.lines.ids()
  return {
    name,
    account,
    timeZone,
    asOf,
    asOfSource: flags.asOf === undefined ? 'lastVisit' : 'option',
    settings,
    analysis: analyse({ totals, lineIds, asOf, settings }),
    clientId: (client) => visits.decode(names.clients.bytesOf(client)),
    lineName: names.lines.nameOf,
  }
}

/** What the models would have said three months ago, which takes another reading of the file. */
async function checkOnPast(
  visits: OpenVisits,
  file: AnalysedFile,
  names: VisitNames,
): Promise<ForecastCheck | undefined> {
  const { models, totals } = file.analysis.overall
  if (models?.kind !== 'models') return undefined
  const cut = file.asOf - checkedDays
  const before = await readVisits(visits, { until: cut, timeZone: file.timeZone, names })
  return checkForecast(before.totals.overall, totals, cut)
}

function settingsOf(
  { scheme, discount, forecast = true }: AnalyseFlags,
  salon: Salon | undefined,
): AnalysisSettings {
  const own = salon?.value ?? defaultValueSettings
  return {
    ...own,
    ...(scheme && { scheme }),
    ...(discount !== undefined && { discount }),
    forecasts: forecast,
  }
}

function nothingIn(file: string, { later, examples: [first] }: FileAccount, t: Translate): AdviceError {
  if (first === undefined)
    return new AdviceError(later > 0 ? 'analyse.allLater' : 'analyse.noVisits', { file })
  const { row, column, value, reason } = first
  return new AdviceError('analyse.allRefused', {
    file,
    row,
    column,
    value,
    reason: t(`visitFile.reason.${reason}`),
  })
}
