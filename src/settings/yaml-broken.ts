/** What YAML itself can't read, in words that help a person who has never heard of YAML. */
import { visit, type Document, type LineCounter, type YAMLError } from 'yaml'

import type { SettingsProblem } from './problem.ts'

/** One problem per line; after a tab the parser's further errors only follow from it. */
export function brokenYaml(file: string, errors: readonly YAMLError[]): SettingsProblem[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT')
  const problems = (tabs.length > 0 ? tabs : errors).map((error) => yamlProblem(file, error))
  return problems.filter(({ line }, index) => line === undefined || line !== problems[index - 1]?.line)
}

/** Nobody needs YAML's references in these files: a "*" at a value's beginning is a name without its quotes. */
export function aliasProblems(file: string, document: Document, lines: LineCounter): SettingsProblem[] {
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
