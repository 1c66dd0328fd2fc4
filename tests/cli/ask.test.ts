import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'

import { createAsking, NoAnswer } from '../../src/cli/doctor/ask.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const noAnswer = (code: string) => expect.objectContaining({ name: 'NoAnswer', code }) as NoAnswer

test('a form is posted, and an answer that is no JSON has its text alone', async () => {
  const url = await serve(
    createServer((request, response) => {
      request.on('data', (chunk: Buffer) => response.end(`${request.method} ${chunk.toString()}`))
    }),
  )
  const { ask } = createAsking()
  expect(await ask(url, { form: { a: 'да & нет' } })).toEqual({
    status: 200,
    text: 'POST a=%D0%B4%D0%B0+%26+%D0%BD%D0%B5%D1%82',
    json: undefined,
  })
})

test('a server that says nothing is given up', async () => {
  const url = await serve(createServer(() => {}))
  await expect(createAsking({ timeoutMs: 50 }).ask(url)).rejects.toEqual(noAnswer('TIMEOUT'))
})

test('a server that stops in the middle of its answer is given up', async () => {
  const url = await serve(
    createServer((_, response) => {
      response.writeHead(200).write('half')
    }),
  )
  await expect(createAsking({ timeoutMs: 50 }).ask(url)).rejects.toEqual(noAnswer('TIMEOUT'))
})

test('https goes through the proxy, except where it is to go straight', async () => {
  const asked: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  const { ask } = createAsking({ proxyUrl: await serve(proxy) })
  await expect(ask('https://api.telegram.invalid/bot1:secretLetters/getMe')).rejects.toBeInstanceOf(NoAnswer)
  expect(asked).toEqual(['api.telegram.invalid:443'])
  await expect(ask('https://127.0.0.1:1/health', { direct: true })).rejects.toEqual(noAnswer('ECONNREFUSED'))
  expect(asked).toHaveLength(1)
})
