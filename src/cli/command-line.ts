/** The command line: start, doctor, migrate, import, export, demo-data, analyse. A command's own code is loaded when it is called. */
import { readFileSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'

import { createTranslator, type Translate } from '../locales.ts'
import { createLog } from '../log.ts'
import { readSettings, type Settings } from '../settings.ts'
import { addAnalyseOptions, type AnalyseFlags } from './analyse-flags.ts'
import { exitCodes, type Console } from './console.ts'
import type { DemoFlags } from './demo-data.ts'
import { exportedThings, exportFormats, type ExportFlags } from './export-flags.ts'
import { dateOrders, type ImportFlags } from './import-flags.ts'
import { installerLanguage } from './installer-language.ts'
import { sayError } from './say-error.ts'
import { roles, start, type Role, type StartProduct } from './start.ts'

export interface CommandLineOptions extends Omit<Console, 't'> {
  /** The arguments without node and the script. */
  argv: readonly string[]
  /** Loads main.ts: only `start` needs it. */
  loadProduct: () => Promise<StartProduct>
  /** Ends the process at once. */
  exit: (code: number) => void
}

/**
 * Runs one command.
 * @returns the exit code: 0 well; 1 trouble found, or failed; 2 the command or the settings are wrong
 */
export async function runCommandLine(options: CommandLineOptions): Promise<number> {
  const t = createTranslator({ dir: new URL('../../locales/', import.meta.url) })(
    installerLanguage(options.env),
  )
  const console = { ...options, t }
  let code: number = exitCodes.ok
  const program = describeCommands(console, (result) => {
    code = result
  })
  try {
    await program.parseAsync([...options.argv], { from: 'user' })
    return code
  } catch (error) {
    return error instanceof CommanderError ? sayUsageError(error, console) : sayError(error, console)
  }
}

type Around = CommandLineOptions & Console

/** Options of the commands; `role` and `format` are checked by commander. */
interface Flags extends DemoFlags, ExportFlags, ImportFlags {
  role: Role
  salon?: string
}

function describeCommands(around: Around, finish: (code: number) => void): Command {
  const { t, say, complain } = around
  const program = new Command('npm run -s otklik --')
    .description(t('cli.about'))
    .version(readVersion(), '-V, --version', t('cli.option.version'))
    .helpOption('-h, --help', t('cli.option.help'))
    .helpCommand(`help [${t('cli.word.command')}]`, t('cli.option.help'))
    .usage(`[${t('cli.word.command')}] [${t('cli.word.options')}]`)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => say(text.trimEnd()),
      writeErr: (text) => complain(text.trimEnd()),
      // Mistakes are said in the installer's language, in one place: sayUsageError.
      outputError: () => {},
    })
    .configureHelp({
      styleTitle: (title) => titleIn(title, t),
      optionDescription: (option) => option.description,
    })
  addCommand(program, 'start', t).addOption(
    new Option('--role <role>', t('cli.option.role')).choices(roles).default('all'),
  )
  addCommand(program, 'doctor', t)
  addCommand(program, 'migrate', t)
  addCommand(program, 'demo-data', t, 'demoData')
    .option('--remove', t('cli.option.remove'))
    .option('--force', t('cli.option.force'))
  addCommand(program, 'import', t)
    .usage(`<${t('cli.word.file')}> [${t('cli.word.options')}]`)
    .argument(`<${t('cli.word.file')}>`, t('cli.option.file'))
    .option('--column <what=name>', t('cli.option.column'), collected)
    .addOption(new Option('--dates <order>', t('cli.option.dates')).choices(dateOrders))
    .option('--yes', t('cli.option.yes'))
    .option('--dry-run', t('cli.option.dryRun'))
  addCommand(program, 'export', t)
    .addOption(new Option('--what <what>', t('cli.option.what')).choices(exportedThings).default('survey'))
    .option('--out <dir>', t('cli.option.out'))
    .addOption(new Option('--format <format>', t('cli.option.format')).choices(exportFormats).default('xlsx'))
  for (const command of program.commands) {
    command.action(async () => {
      finish(await run(command.name(), command.opts<Flags>(), around, command.args))
    })
  }
  addAnalyse(program, around, finish)
  return program
}

/** It needs no salon, no database and no tokens: the settings are not read. */
function addAnalyse(program: Command, around: Around, finish: (code: number) => void): void {
  const command = addAnalyseOptions(addCommand(program, 'analyse', around.t), around.t)
  command.action(async (file: string, flags: AnalyseFlags) => {
    finish(await (await import('./analyse.ts')).runAnalyse(file, flags, around))
  })
}

const collected = (value: string, before: string[] = []): string[] => [...before, value]

/** @param key of its description, where it is not its name */
const addCommand = (program: Command, name: string, t: Translate, key = name): Command =>
  program
    .command(name)
    .description(t(`cli.command.${key}`))
    .usage(`[${t('cli.word.options')}]`)
    .helpOption('-h, --help', t('cli.option.help'))
    .option('--salon <file>', t('cli.option.salon'))

const titleIn = (title: string, t: Translate): string =>
  ({
    'Usage:': t('cli.title.usage'),
    'Options:': t('cli.title.options'),
    'Arguments:': t('cli.title.arguments'),
    'Commands:': t('cli.title.commands'),
  })[title] ?? title

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}

async function run(name: string, flags: Flags, around: Around, args: readonly string[]): Promise<number> {
  const { env, cwd, say, t, exit, loadProduct } = around
  const settings = readSettings({ env, cwd, ...(flags.salon !== undefined && { file: flags.salon }) })
  const log = createLog({ level: settings.logLevel })
  if (name === 'doctor') return (await import('./doctor.ts')).runDoctor({ settings, log, say, t })
  warn(settings, around)
  if (name === 'migrate') return (await import('./migrate.ts')).runMigrate(settings, log, around)
  if (name === 'demo-data') return (await import('./demo-data.ts')).runDemoData(settings, flags, log, around)
  if (name === 'import')
    return (await import('./import.ts')).runImport(settings, args[0] ?? '', flags, log, around)
  if (name === 'export') return (await import('./export.ts')).runExport(settings, flags, log, around)
  return start({ settings, role: flags.role, log, startProduct: await loadProduct(), say, t, exit })
}

function warn({ warnings }: Settings, { complain, t }: Console): void {
  for (const { key, values } of warnings) complain(`! ${t(key, values)}`)
}

const usageErrors: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'cli.error.unknownCommand',
  'commander.unknownOption': 'cli.error.unknownOption',
  'commander.optionMissingArgument': 'cli.error.optionNeedsValue',
  'commander.invalidArgument': 'cli.error.wrongValue',
  'commander.excessArguments': 'cli.error.tooMany',
  'commander.missingArgument': 'cli.error.argumentMissing',
}

/** commander has shown help or the version by now; what it calls an error is said here. */
function sayUsageError(error: CommanderError, { complain, t }: Console): number {
  if (error.exitCode === 0) return exitCodes.ok
  if (error.code === 'commander.help') return exitCodes.usage
  // "error: unknown option '--rol'\n(Did you mean --role?)": the quoted word, the guess, the list of what is allowed.
  const word = /'([^']+)'/.exec(error.message)?.[1] ?? ''
  const meant = /Did you mean (?:one of )?(.+?)\?/.exec(error.message)?.[1]
  const allowed = /Allowed choices are (.+?)\./.exec(error.message)?.[1] ?? ''
  // What one of our own readers of values says stands behind commander's words.
  const advice = allowed === '' ? / is invalid\. (.+)$/.exec(error.message)?.[1] : undefined
  const key = advice === undefined ? (usageErrors[error.code] ?? 'cli.error.usage') : 'cli.error.badValue'
  complain(`✗ ${t(key, { word, allowed, message: advice ?? error.message })}`)
  if (meant !== undefined) complain(t('cli.error.didYouMean', { meant }))
  complain(t('cli.error.seeHelp'))
  return exitCodes.usage
}
