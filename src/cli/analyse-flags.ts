import { InvalidArgumentError, Option, type Command } from 'commander'
import { readDate } from '../domain/visit-file/read-date.ts'
import { schemeNames, type SchemeName } from '../domain/value/value-settings.ts'
import type { Translate } from '../locales.ts'

export interface AnalyseFlags {
  json?: boolean
  /** Folder for the report, made when it is not there. */
  report?: string
  /** The last day that counts, in days since 1970-01-01. */
  asOf?: number
  scheme?: SchemeName
  /** Per year: 0.11 is 11 %. */
  discount?: number
  /** false with --no-forecast. */
  forecast?: boolean
  salon?: string
}

/** The file and the options of `otklik analyse`. */
export const addAnalyseOptions = (command: Command, t: Translate): Command =>
  command
    .usage(`<${t('cli.word.file')}> [${t('cli.word.options')}]`)
    .argument(`<${t('cli.word.file')}>`, t('analyse.option.file'))
    .option('--json', t('analyse.option.json'))
    .option('--report <dir>', t('analyse.option.report'))
    .addOption(new Option('--as-of <date>', t('analyse.option.asOf')).argParser((text) => readAsOf(text, t)))
    .addOption(new Option('--scheme <scheme>', t('analyse.option.scheme')).choices(schemeNames))
    .addOption(
      new Option('--discount <percent>', t('analyse.option.discount')).argParser((text) =>
        readDiscount(text, t),
      ),
    )
    .option('--no-forecast', t('analyse.option.noForecast'))

/** @throws InvalidArgumentError in the reader's language */
function readAsOf(text: string, t: Translate): number {
  const reading = readDate(text, 'unclear')
  if (!reading.ok) throw new InvalidArgumentError(t('analyse.badDay'))
  return Date.UTC(reading.year, reading.month - 1, reading.day) / 86_400_000
}

/** @throws InvalidArgumentError in the reader's language */
function readDiscount(text: string, t: Translate): number {
  const percent = Number(text.replace('%', '').replace(',', '.').trim() || NaN)
  if (!(percent >= 0 && percent <= 100)) throw new InvalidArgumentError(t('analyse.badDiscount'))
  return percent / 100
}
