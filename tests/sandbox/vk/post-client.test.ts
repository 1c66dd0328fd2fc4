import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createPostClient } from '../../../src/sandbox/vk/post-client.ts'

/** A server that plays back bytes: for each request it gets the next of the answers. */
async function serveRaw(answer: (socket: Socket, index: number) => void) {
  const requests: string[] = []
  let connections = 0
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    connections += 1
    sockets.push(socket)
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('data', (text: string) => {
      requests.push(text)
      answer(socket, requests.length - 1)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?x=1`)
  const client = createPostClient({ url, timeoutMs: 5000 })
  onTestFinished(() => {
    client.close()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { client, requests, url, connections: () => connections }
}

test.each<[string, string[], { status: number; body: string; retryAfterSeconds?: number }]>([
  ['with a length', ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'], { status: 200, body: 'ok' }],
  [
    'in pieces',
    ['HTTP/1.1 20', '0 OK\r\ncontent-length: 2\r', '\n\r', '\no', 'k'],
    { status: 200, body: 'ok' },
  ],
  [
    'in chunks',
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n', '1\r\nk\r\n', '0\r\n\r\n'],
    { status: 200, body: 'ok' },
  ],
  [
    'in chunks with a trailer',
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX: y\r\n', '\r\n'],
    { status: 200, body: 'ok' },
  ],
  ['without a body', ['HTTP/1.1 204 No Content\r\n\r\n'], { status: 204, body: '' }],
  [
    'after a 100',
    ['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
    { status: 200, body: 'ok' },
  ],
  [
    'asking for a pause',
    ['HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n'],
    { status: 503, body: '', retryAfterSeconds: 120 },
  ],
])('an answer %s', async (_, pieces, { status, body, retryAfterSeconds = 0 }) => {
  const { client, connections } = await serveRaw((socket) => {
    for (const [index, piece] of pieces.entries()) setTimeout(() => socket.write(piece), index * 3)
  })
  for (let time = 0; time < 2; time += 1) {
    expect(await client.post('{}', '')).toMatchObject({ status, body, retryAfterSeconds })
  }
  expect(connections()).toBe(1)
})

test('an answer that ends with the connection', async () => {
  const { client, connections } = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nok'))
  for (let time = 0; time < 2; time += 1) expect(await client.post('{}', '')).toMatchObject({ body: 'ok' })
  expect(connections()).toBe(2)
})

test('a server that wants the connection closed', async () => {
  const { client, connections } = await serveRaw((socket) =>
    socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'),
  )
  for (let time = 0; time < 2; time += 1) expect(await client.post('{}', '')).toMatchObject({ body: 'ok' })
  expect(connections()).toBe(2)
})

test('the request is plain HTTP, with lengths in bytes', async () => {
  const { client, requests, url } = await serveRaw((socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
  )
  await client.post('"я"', 'X-Retry-Counter: 1\r\n')
  expect(requests).toEqual([
    `POST /hook?x=1 HTTP/1.1\r\nHost: ${url.host}\r\nConnection: keep-alive\r\nX-Retry-Counter: 1\r\n` +
      'Content-Length: 4\r\n\r\n"я"',
  ])
})

test('a connection that breaks, or is refused, is an error; the next post opens a new one', async () => {
  const { client } = await serveRaw((socket, index) =>
    index === 0 ? socket.destroy() : socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
  )
  await expect(client.post('{}', '')).rejects.toThrow('the connection was closed before the answer')
  expect(await client.post('{}', '')).toMatchObject({ body: 'ok' })
  const nobody = createPostClient({ url: new URL('http://127.0.0.1:1/'), timeoutMs: 5000 })
  await expect(nobody.post('{}', '')).rejects.toThrow('ECONNREFUSED')
})

test('a server that says nothing is given up', async () => {
  const { url } = await serveRaw(() => undefined)
  const client = createPostClient({ url, timeoutMs: 20 })
  await expect(client.post('{}', '')).rejects.toThrow('no answer within 20 ms')
})

test('a thousand posts at once share 128 connections', async () => {
  const { client, connections } = await serveRaw((socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
  )
  const answers = await Promise.all(Array.from({ length: 1000 }, () => client.post('{}', '')))
  expect(answers.every(({ body }) => body === 'ok')).toBe(true)
  expect(connections()).toBeLessThanOrEqual(128)
})

test('closing rejects what is on its way', async () => {
  const { client } = await serveRaw(() => undefined)
  const posts = Array.from({ length: 130 }, () => client.post('{}', ''))
  client.close()
  const outcomes = await Promise.allSettled(posts)
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
})
