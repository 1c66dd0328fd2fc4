/**
 * Everything that can be said about the code without running it, in one go: format, lint, types, import arrows,
 * dead exports. `--fix` formats and applies the linter's safe fixes first.
 */
import { execFile } from 'node:child_process'
import path from 'node:path'

import { checkArrows } from './arrows.ts'

interface Outcome {
  ok: boolean
  output: string
}

interface Check {
  name: string
  run: () => Promise<Outcome>
}

const root = path.resolve(import.meta.dirname, '..')
const bin = path.join(root, 'node_modules', '.bin')
const maxLines = 60

function tool(name: string, ...args: string[]): Promise<Outcome> {
  // The bin folder goes first on PATH so that the tools' own "env node" finds the pinned Node.
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1' }
  return new Promise((resolve) => {
    execFile(
      path.join(bin, name),
      args,
      { cwd: root, env, maxBuffer: 64 * 2 ** 20 },
      (error, stdout, stderr) => {
        const output = `${stdout}${stderr}`.trim()
        resolve({ ok: error === null, output: output === '' && error !== null ? error.message : output })
      },
    )
  })
}

const checks: Check[] = [
  { name: 'format', run: () => tool('oxfmt', '--list-different', '.') },
  { name: 'lint', run: () => tool('oxlint', '--format=unix') },
  { name: 'types', run: () => tool('tsc', '-p', '.') },
  { name: 'types of the sandbox page', run: () => tool('tsc', '-p', 'src/sandbox/page') },
  {
    name: 'arrows',
    run: async () => {
      const troubles = await checkArrows(root)
      return { ok: troubles.length === 0, output: troubles.join('\n') }
    },
  },
  { name: 'dead exports', run: () => tool('knip', '--no-progress', '--reporter=compact') },
]

function report({ name }: Check, { ok, output }: Outcome): void {
  console.log(`${ok ? '✓' : '✗'} ${name}`)
  if (ok) return
  const lines = output.split('\n')
  for (const line of lines.slice(0, maxLines)) console.log(`    ${line}`)
  if (lines.length > maxLines) console.log(`    ... and ${lines.length - maxLines} lines more`)
}

if (process.argv.includes('--fix')) {
  await tool('oxlint', '--fix')
  await tool('oxfmt', '.')
}
const outcomes = await Promise.all(checks.map((check) => check.run()))
checks.forEach((check, index) => {
  const outcome = outcomes[index]
  if (outcome !== undefined) report(check, outcome)
})
process.exitCode = outcomes.every((outcome) => outcome.ok) ? 0 : 1
