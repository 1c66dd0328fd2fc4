/** Reads salon.yaml: from text to a Salon, or to all that is wrong with it, each with its line. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type YAMLError,
} from 'yaml'
import type * as z from 'zod'

import type { Salon } from '../domain/salon.ts'
import { keysAt } from './keys-at.ts'
import { nearest } from './nearest.ts'
import type { Sentence, SettingsProblem } from './problem.ts'
import { salonSchema } from './salon-schema.ts'

export type SalonReading = { ok: true; salon: Salon } | { ok: false; problems: SettingsProblem[] }

/**
 * @param file path of the file
 * @returns the salon; or every problem: an unreadable file, YAML's own errors, or all that the schema found
 */
export function readSalonFile(file: string): SalonReading {
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
  const read = salonSchema.safeParse(source.values, { jitless: true }) // read once: compiling the schema costs more
  if (read.success) return { ok: true, salon: read.data }
  return { ok: false, problems: inOrder(read.error.issues.flatMap((issue) => problemsOf(issue, source))) }
}

interface Source {
  name: string
  document: Document
  lines: LineCounter
  values: unknown
}

type Path = readonly PropertyKey[]

function unreadable(file: string, error: unknown): SettingsProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const key = code === 'ENOENT' ? 'settings.advice.fileMissing' : 'settings.advice.fileUnreadable'
  return { key: file, expected: { key, values: { code } } }
}

// What people get wrong in YAML most; the other errors are shown in the parser's own words.
const yamlAdvice: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'yamlTab',
  BAD_INDENT: 'yamlIndent',
  BLOCK_AS_IMPLICIT_KEY: 'yamlIndent',
  BAD_ALIAS: 'yamlQuotes',
  BAD_SCALAR_START: 'yamlQuotes',
  DUPLICATE_KEY: 'yamlDuplicate',
  MISSING_CHAR: 'yamlMissingChar',
  MULTILINE_IMPLICIT_KEY: 'yamlMissingColon',
}

/** One problem per line; after a tab the parser's further errors only follow from it. */
function brokenYaml(file: string, errors: readonly YAMLError[]): SettingsProblem[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT')
  const problems = (tabs.length > 0 ? tabs : errors).map((error) => yamlProblem(file, error))
  return problems.filter(({ line }, index) => line === undefined || line !== problems[index - 1]?.line)
}

// Nobody needs YAML's references in this file: a "*" at a value's beginning is a name without its quotes.
function aliasProblems(file: string, document: Document, lines: LineCounter): SettingsProblem[] {
  const problems: SettingsProblem[] = []
  visit(document, {
    Alias(_, { range }) {
      const { line, col } = lines.linePos(range?.[0] ?? 0)
      problems.push({
        key: `${file}:${line}:${col}`,
        file,
        line,
        expected: { key: 'settings.advice.yamlQuotes' },
      })
    },
  })
  return problems
}

function yamlProblem(file: string, error: YAMLError): SettingsProblem {
  const at = error.linePos?.[0]
  const detail = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')
  const keyAlone = error.code === 'MISSING_CHAR' && detail.startsWith('Implicit')
  const advice = keyAlone ? 'yamlMissingColon' : (yamlAdvice[error.code] ?? 'yaml')
  const expected = { key: `settings.advice.${advice}`, values: { detail } }
  return {
    key: at === undefined ? file : `${file}:${at.line}:${at.col}`,
    file,
    ...(at && { line: at.line }),
    expected,
  }
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

function problemsOf(issue: z.core.$ZodIssue, source: Source): SettingsProblem[] {
  if (issue.code !== 'unrecognized_keys') {
    const expected = { key: `settings.expected.${issue.message}`, values: paramsOf(issue) }
    return [{ ...placeOf(issue.path, source), ...foundAt(issue.path, source), expected }]
  }
  return issue.keys.map((key) => ({
    ...placeOf([...issue.path, key], source),
    expected: unknownKey(key, keysAt(salonSchema, issue.path)),
  }))
}

const paramsOf = (issue: z.core.$ZodIssue): Sentence['values'] & object =>
  issue.code === 'custom' ? ((issue.params ?? {}) as Record<string, string>) : {}

function unknownKey(key: string, known: readonly string[]): Sentence {
  const meant = nearest(key, known)
  if (meant !== undefined) return { key: 'settings.advice.didYouMean', values: { meant } }
  return { key: 'settings.advice.unknownKey', values: { known: known.join(', ') } }
}

/** "lines[0].services[2].price" */
const nameOf = (at: Path): string =>
  at
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('')

function placeOf(at: Path, source: Source): Pick<SettingsProblem, 'key' | 'file' | 'line'> {
  const offset = offsetOf(at, source.document)
  const line = offset === undefined ? {} : { line: source.lines.linePos(offset).line }
  return { key: at.length === 0 ? source.name : nameOf(at), file: source.name, ...line }
}

// What is missing has no place of its own: the nearest thing around it has.
function offsetOf(at: Path, document: Document): number | undefined {
  for (let depth = at.length; depth > 0; depth--) {
    const parent = document.getIn(at.slice(0, depth - 1), true)
    const last = at[depth - 1]
    if (isMap(parent)) {
      const key = parent.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key
      if (isNode(key) && key.range) return key.range[0]
    }
    const node = document.getIn(at.slice(0, depth), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return undefined
}

function foundAt(at: Path, source: Source): { found?: string } {
  let value: unknown = source.values
  for (const part of at) value = (value as Record<PropertyKey, unknown> | undefined)?.[part]
  return value === undefined
    ? {}
    : { found: shorten(typeof value === 'string' ? value : JSON.stringify(value)) }
}

const maxShown = 60
const shorten = (text: string): string => (text.length > maxShown ? `${text.slice(0, maxShown - 1)}…` : text)

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
