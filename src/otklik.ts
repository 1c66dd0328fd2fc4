/** The program's entry. Everything else is loaded through the compile cache, which makes every later start faster. */
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { runCommandLine } = await import('./cli/command-line.ts')

const code = await runCommandLine({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  loadProduct: async () => (await import('./main.ts')).startProduct,
  exit: (exitCode) => process.exit(exitCode),
  ...(process.stdin.isTTY &&
    process.stdout.isTTY && { terminal: { input: process.stdin, output: process.stdout } }),
})
// Whatever a library forgot to close must not keep the process alive.
process.exit(code)
