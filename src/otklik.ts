/** The program's entry. Everything else is loaded through the compile cache, which makes every later start faster. */
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { runCommandLine } = await import('./cli/command-line.ts')

// Whoever reads our output may have seen enough (`| head`): that is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const write = (text: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(text, () => resolve()))

const code = await runCommandLine({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  say: (line) => process.stdout.write(`${line}\n`),
  write,
  complain: (line) => process.stderr.write(`${line}\n`),
  loadProduct: async () => (await import('./main.ts')).startProduct,
  exit: (exitCode) => process.exit(exitCode),
  ...(process.stdin.isTTY &&
    process.stdout.isTTY && { terminal: { input: process.stdin, output: process.stdout } }),
})
// Whatever a library forgot to close must not keep the process alive.
process.exit(code)
