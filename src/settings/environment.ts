/** The environment and an optional .env file as one set of variables, read by the schema. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'

import {
  environmentSchema,
  showVariable,
  variableNames,
  type Environment,
  type VariableName,
} from './environment-schema.ts'
import { nearest } from './nearest.ts'
import type { SettingsProblem, SettingsWarning } from './problem.ts'

export interface EnvironmentReading {
  /** What was set to anything, as it was written: the rules about combinations ask only whether something is there. */
  given: Partial<Record<VariableName, string>>
  /** Absent when a variable could not be read. */
  environment?: Environment
  problems: SettingsProblem[]
  warnings: SettingsWarning[]
}

/**
 * Reads the variables; one that is set to nothing counts as not set. What the environment says wins over .env.
 * @param env normally process.env
 * @param cwd the folder where .env may lie
 */
export function readEnvironment(env: NodeJS.ProcessEnv, cwd: string): EnvironmentReading {
  const file = readDotEnv(cwd)
  const given: Partial<Record<VariableName, string>> = {}
  for (const name of variableNames) {
    const value = [env[name], file[name]].map((text) => text?.trim() ?? '').find((text) => text !== '')
    if (value !== undefined) given[name] = value
  }
  const read = environmentSchema.safeParse(given, { jitless: true })
  return {
    given,
    ...(read.success && { environment: read.data }),
    problems: read.success
      ? []
      : read.error.issues.map((issue) => problemOf(String(issue.path[0]), issue.message, given)),
    warnings: [...misspelt(Object.keys(file), 'file'), ...misspelt(Object.keys(env), 'environment')],
  }
}

function readDotEnv(cwd: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(path.join(cwd, '.env'), 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

const problemOf = (
  name: string,
  sentence: string,
  given: Readonly<Record<string, string>>,
): SettingsProblem => ({
  key: name,
  ...(given[name] !== undefined && { found: showVariable(name, given[name]) }),
  expected: { key: `settings.expected.${sentence}` },
})

// A machine's environment is full of other programs' names: only a slip of the finger away is taken for ours.
function misspelt(names: readonly string[], place: 'file' | 'environment'): SettingsWarning[] {
  const known: ReadonlySet<string> = new Set(variableNames)
  return names.flatMap((name) => {
    if (known.has(name) || /_proxy$/i.test(name)) return []
    const meant = nearest(name, variableNames, place === 'file' ? undefined : 2)
    return meant === undefined ? [] : [{ key: 'settings.warning.misspeltVariable', values: { name, meant } }]
  })
}
