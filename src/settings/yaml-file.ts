/** Reads a settings file: from text to what its schema makes of it, or to all that is wrong with it, each with its line. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type * as z from 'zod'

import { keysAt } from './keys-at.ts'
import { nearest } from './nearest.ts'
import type { Sentence, SettingsProblem } from './problem.ts'
import { aliasProblems, brokenYaml } from './yaml-broken.ts'
import { foundAt, placeOf, type Source } from './yaml-place.ts'

export type Reading<T> = { ok: true; read: T } | { ok: false; problems: SettingsProblem[] }

/** What a file is read by. */
export interface Reader<T> {
  schema: z.ZodType<T>
  /** Where the sentences are that the schema's errors name: "settings.expected". */
  sentences: string
}

/**
 * @param file path of the file
 * @returns what the schema made of it; or every problem: an unreadable file, YAML's own errors, or all that the schema found
 */
export function readYamlFile<T>(file: string, reader: Reader<T>): Reading<T> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return { ok: false, problems: [unreadable(file, error)] }
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const name = path.basename(file)
  if (document.errors.length > 0) return { ok: false, problems: brokenYaml(name, document.errors) }
  const aliases = aliasProblems(name, document, lines)
  if (aliases.length > 0) return { ok: false, problems: aliases }
  const source: Source = { name, document, lines, values: withoutNulls(document.toJS() ?? {}) }
  const result = reader.schema.safeParse(source.values, { jitless: true }) // read once: compiling the schema costs more
  if (result.success) return { ok: true, read: result.data }
  const issues = result.error.issues.flatMap(inside)
  return { ok: false, problems: inOrder(issues.flatMap((issue) => problemsOf(issue, source, reader))) }
}

function unreadable(file: string, error: unknown): SettingsProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const key = code === 'ENOENT' ? 'settings.advice.fileMissing' : 'settings.advice.fileUnreadable'
  return { key: file, expected: { key, values: { code } } }
}

/** A key without a value ("phone:") is a key that was left out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  )
}

/** Of several forms that a value may have, the one that was meant: where something deeper inside is wrong. */
function inside(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const meant = issue.errors.find((branch) => branch.some((one) => one.path.length > 0))
  return meant?.map((one) => ({ ...one, path: [...issue.path, ...one.path] })).flatMap(inside) ?? [issue]
}

function problemsOf(issue: z.core.$ZodIssue, source: Source, reader: Reader<unknown>): SettingsProblem[] {
  if (issue.code !== 'unrecognized_keys') {
    const expected = { key: `${reader.sentences}.${issue.message}`, values: paramsOf(issue) }
    return [{ ...placeOf(issue.path, source), ...foundAt(issue.path, source), expected }]
  }
  return issue.keys.map((key) => ({
    ...placeOf([...issue.path, key], source),
    expected: unknownKey(key, keysAt(reader.schema, issue.path)),
  }))
}

const paramsOf = (issue: z.core.$ZodIssue): Sentence['values'] & object =>
  issue.code === 'custom' ? ((issue.params ?? {}) as Record<string, string>) : {}

function unknownKey(key: string, known: readonly string[]): Sentence {
  const meant = nearest(key, known)
  if (meant !== undefined) return { key: 'settings.advice.didYouMean', values: { meant } }
  return { key: 'settings.advice.unknownKey', values: { known: known.join(', ') } }
}

// One place, one problem: the first is what the person should mend first. A key that is missing because it is
// misspelt is one problem as well. The rest by line.
function inOrder(problems: SettingsProblem[]): SettingsProblem[] {
  const firsts = new Map<string, SettingsProblem>()
  for (const problem of problems) if (!firsts.has(problem.key)) firsts.set(problem.key, problem)
  for (const { key, expected } of problems) {
    const meant = expected.key === 'settings.advice.didYouMean' ? expected.values?.['meant'] : undefined
    if (meant === undefined) continue
    const name = key.replace(/[^.]*$/, String(meant))
    if (firsts.get(name)?.found === undefined) firsts.delete(name)
  }
  return [...firsts.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
}
