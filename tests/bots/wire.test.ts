import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { Readable } from 'node:stream'
import { inspect } from 'node:util'
import { Api, InputFile } from 'grammy'
import { Telegram } from 'telegraf'
import { API } from 'vk-io'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createWire, WireError } from '../../src/bots/wire.ts'
import type { Wire } from '../../src/bots/wire.ts'

// A certificate of its own for "localhost", valid for a hundred years; it protects nothing.
const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')
const cert = fixture('localhost-cert.pem')
const key = fixture('localhost-key.pem')

async function open(server: Server & { closeAllConnections?(): void }): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections?.()
  })
  return (server.address() as AddressInfo).port
}

async function serve(listener: (...exchange: Parameters<RequestListener>) => unknown): Promise<string> {
  const server = createHttpServer((request, response) => void listener(request, response))
  return `http://127.0.0.1:${await open(server)}`
}

function opened(options: Parameters<typeof createWire>[0] = {}): Wire {
  const wire = createWire(options)
  onTestFinished(() => wire.close())
  return wire
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat((await request.toArray()) as Buffer[]).toString()
}

test('a body is posted with its length, and the answer is read', async () => {
  const url = await serve(async (request, response) => {
    const { method, headers } = request
    const encoding = headers['accept-encoding'] ?? 'none'
    response.writeHead(201).end(`${method} ${await bodyOf(request)} ${headers['content-length']} ${encoding}`)
  })
  const answer = await opened().request(url, { method: 'POST', body: 'привет' })
  expect(answer).toEqual({ status: 201, text: 'POST привет 12 none' })
})

test('connections are kept for the next call', async () => {
  const sockets = new Set<unknown>()
  const url = await serve((request, response) => {
    sockets.add(request.socket)
    response.end('ok')
  })
  const wire = opened()
  for (let call = 0; call < 3; call += 1) await wire.request(url)
  expect(sockets.size).toBe(1)
})

test.each([
  ['nobody listens', { code: 'ECONNREFUSED', sent: false }, undefined],
  [
    'the connection is cut before the answer',
    { code: 'ECONNRESET', sent: true },
    (request: IncomingMessage) => request.socket.destroy(),
  ],
])('when %s, the error tells whether the request left', async (_, expected, listener) => {
  const url = listener ? await serve(listener) : 'http://127.0.0.1:9'
  await expect(opened().request(`${url}/bot1:SECRET/getMe`)).rejects.toMatchObject({
    name: 'WireError',
    ...expected,
  })
})

test('an answer that breaks off in the middle is an error', async () => {
  const url = await serve((request, response) => {
    response.writeHead(200, { 'Content-Length': 100 }).write('{"ok":')
    setImmediate(() => request.socket.destroy())
  })
  await expect(opened().request(url)).rejects.toMatchObject({ name: 'WireError', sent: true })
})

test('silence ends a call', async () => {
  const url = await serve(() => undefined)
  await expect(opened().request(url, { timeoutMs: 300 })).rejects.toMatchObject({
    code: 'TIMEOUT',
    sent: true,
  })
})

test('a signal ends a call at once, before and during it, and is let go afterwards', async () => {
  const controller = new AbortController()
  const url = await serve((request, response) => {
    if (request.url === '/quick') response.end('ok')
    else controller.abort()
  })
  const wire = opened()
  let listening = 0
  const signal = {
    get aborted() {
      return controller.signal.aborted
    },
    addEventListener: (type: 'abort', listener: () => void) => {
      listening += 1
      controller.signal.addEventListener(type, listener)
    },
    removeEventListener: (type: 'abort', listener: () => void) => {
      listening -= 1
      controller.signal.removeEventListener(type, listener)
    },
  }
  await wire.request(`${url}/quick`, { signal })
  expect(listening).toBe(0)
  await expect(wire.request(url, { signal })).rejects.toMatchObject({ code: 'ABORTED' })
  await expect(wire.request(url, { signal })).rejects.toMatchObject({ code: 'ABORTED', sent: false })
})

test('an answer that is not JSON is an error with the status and without the address', async () => {
  const url = await serve((_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'))
  const response = await opened().fetch(`${url}/bot1:SECRET/getMe`, {})
  const error: unknown = await response.json().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(WireError)
  expect(error).toMatchObject({ code: 'NOT_JSON', status: 502 })
  expect(inspect(error, { showHidden: true })).not.toContain('SECRET')
})

test('a stream is sent as it comes, and its failure ends the call', async () => {
  const url = await serve(async (request, response) => {
    const body = await bodyOf(request).catch(() => 'broken')
    response.end(`${request.headers['transfer-encoding']} ${body}`)
  })
  const wire = opened()
  const { text } = await wire.request(url, { method: 'POST', body: Readable.from(['раз, ', 'два']) })
  expect(text).toBe('chunked раз, два')
  const failing = new Readable({ read: () => undefined })
  const call = wire.request(url, { method: 'POST', body: failing })
  failing.destroy(new Error('the disk is gone'))
  await expect(call).rejects.toMatchObject({ code: 'BODY' })
})

test('grammY uploads a file through it', async () => {
  let body = ''
  const url = await serve(async (request, response) => {
    body = await bodyOf(request)
    response.end('{"ok":true,"result":{"message_id":5}}')
  })
  const api = new Api('1:a', { apiRoot: url, fetch: opened().fetch })
  const sent = await api.sendDocument(7, new InputFile(Buffer.from('содержание'), 'data.json'))
  expect(sent.message_id).toBe(5)
  expect(body).toContain('filename=data.json')
  expect(body).toContain('содержание')
})

test('all three libraries go through the proxy to https, and local http goes straight', async () => {
  const asked: string[] = []
  const server = createHttpsServer({ cert, key }, (request, response) => {
    asked.push(request.url ?? '')
    const result = { id: 1, is_bot: true, first_name: 'Салон', username: 'salon_bot' }
    response.end(JSON.stringify({ ok: true, result, response: [result] }))
  })
  const root = `https://localhost:${await open(server)}`
  const tunnels: string[] = []
  const proxy = createHttpServer().on('connect', (request: IncomingMessage, socket) => {
    tunnels.push(request.url ?? '')
    const onward = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  const wire = opened({ proxyUrl: `http://127.0.0.1:${await open(proxy)}`, ca: cert })

  await new Api('1:a', { apiRoot: root, fetch: wire.fetch }).getMe()
  await new Telegram('2:b', { apiRoot: root, agent: wire.agentFor(root) }).getMe()
  await new API({
    token: 't',
    apiBaseUrl: `${root}/method`,
    agent: wire.agentFor(root),
    apiRetryLimit: 0,
  }).users.get({})
  expect(asked).toEqual(['/bot1:a/getMe', '/bot2:b/getMe', '/method/users.get'])
  // One tunnel serves them all: the connection is kept.
  expect(tunnels).toEqual([root.slice('https://'.length)])

  const local = await serve((_, response) => response.end('straight'))
  expect((await wire.request(local)).text).toBe('straight')
  expect(tunnels).toHaveLength(1)
})

test('vk-io refuses a plain http API without an http agent: agentFor gives the right one', async () => {
  const url = await serve((_, response) => response.end('{"response":1}'))
  const options = { token: 't', apiBaseUrl: `${url}/method`, apiRetryLimit: 0 }
  await expect(new API(options).users.get({})).rejects.toThrow('Protocol "http:" not supported')
  expect(await new API({ ...options, agent: opened().agentFor(url) }).users.get({})).toBe(1)
})

describe('a file', () => {
  const bytes = Buffer.from([0, 255, 1, 254, 13, 10])

  test('comes as it is, byte by byte', async () => {
    const url = await serve((_, response) => response.end(bytes))
    expect(bytes.equals(await opened().download(url, { maxBytes: 6 }))).toBe(true)
  })

  test.each([
    [
      'is not there',
      { code: 'HTTP', status: 404 },
      (response: ServerResponse) => response.writeHead(404).end(),
    ],
    ['is larger than it may be', { code: 'TOO_BIG' }, (response: ServerResponse) => response.end('1234567')],
    [
      'breaks off',
      { code: 'ECONNRESET' },
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '6' }).write('123')
        setTimeout(() => response.destroy(), 10)
      },
    ],
  ])('that %s is an error without an address', async (_, expected, answer) => {
    const url = await serve((__, response) => answer(response))
    const failure: unknown = await opened()
      .download(`${url}/file/bot1:SECRET/documents/file_1.csv`, { maxBytes: 6 })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'WireError', sent: true, ...expected })
    expect(inspect(failure)).not.toContain('SECRET')
  })
})
