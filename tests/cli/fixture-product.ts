/** `otklik` with a small product of its own: a real HTTP server that behaves as its arguments say. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { runCommandLine } from '../../src/cli/command-line.ts'
import type { StartProduct } from '../../src/cli/start.ts'

const behaviour = process.env['BEHAVIOUR'] ?? ''

const startProduct: StartProduct = async ({ role }) => {
  if (behaviour === 'starts until a signal') {
    process.stdout.write('starting\n')
    await once(process, 'SIGTERM')
  }
  const failed = Promise.withResolvers<never>()
  const server = createServer((request, response) => {
    if (request.url === '/crash') setImmediate(() => throwLater())
    if (request.url === '/fail') failed.reject(new Error('the token was revoked'))
    response.end(role)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ownerLink: 'https://t.me/staff?start=once',
    failed: failed.promise,
    stop: async () => {
      process.stdout.write('stop was called\n')
      if (behaviour === 'never stops') await new Promise(() => setInterval(() => {}, 1000))
      server.closeAllConnections()
      server.close()
    },
  }
}

function throwLater(): void {
  throw new Error('request to https://api.telegram.org/bot7012345678:AAF-secretLetters/getMe failed')
}

const code = await runCommandLine({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  loadProduct: async () => startProduct,
  exit: (exitCode) => process.exit(exitCode),
})
process.exit(code)
