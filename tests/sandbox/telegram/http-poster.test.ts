import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createHttpPoster } from '../../../src/sandbox/telegram/http-poster.ts'
import type { HttpAnswer } from '../../../src/sandbox/telegram/parse-http-answer.ts'
import { until } from './open-sandbox.ts'

/** A server of bare bytes: what it gets and on which connection, what it answers, in crumbs. */
async function open(answer: (request: string, socket: Socket) => string, crumb = 1000, scheme = 'http') {
  const requests: { text: string; connection: number }[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    const connection = sockets.push(socket)
    let text = ''
    socket.setNoDelay(true).on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8')
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1])
      const headEnd = text.indexOf('\r\n\r\n')
      if (headEnd === -1 || Buffer.byteLength(text.slice(headEnd + 4)) < length) return
      requests.push({ text, connection })
      const bytes = Buffer.from(answer(text, socket))
      text = ''
      for (let at = 0; at < bytes.length; at += crumb) socket.write(bytes.subarray(at, at + crumb))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const poster = createHttpPoster(`${scheme}://127.0.0.1:${port}/hook?a=b`, { 'X-Token': 'sek' })
  onTestFinished(() => {
    poster.close()
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const post = (json: string) =>
    new Promise<HttpAnswer>((resolve, reject) => {
      poster.post(json, (error, result) =>
        result ? resolve(result) : reject(error ?? new Error('nothing came')),
      )
    })
  return { post, requests, poster, sockets }
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

describe('what is sent', () => {
  test('a POST with the path, the headers, and the length in bytes', async () => {
    const { post, requests } = await open(() => OK)
    await post('{"text":"я"}')
    expect(requests[0]!.text).toMatch(
      /^POST \/hook\?a=b HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nX-Token: sek\r\nContent-Length: 13\r\n\r\n\{"text":"я"\}$/,
    )
  })

  test('one after another they use one connection, together they use several', async () => {
    const { post, requests } = await open(() => OK)
    await post('1')
    await post('2')
    await Promise.all([post('3'), post('4')])
    expect(requests.map(({ connection }) => connection).toSorted((a, b) => a - b)).toEqual([1, 1, 1, 2])
  })

  test('a connection that the server has closed is not used again', async () => {
    const { post, requests, sockets } = await open((_, socket) => {
      setImmediate(() => socket.end())
      return OK
    })
    await post('1')
    await until(() => sockets[0]!.closed)
    await post('2')
    expect(requests.map(({ connection }) => connection)).toEqual([1, 2])
  })
})

describe('what comes back, whole or in crumbs', () => {
  test.each<[name: string, bytes: string, status: number, body: string]>([
    ['a body of known length', OK, 200, 'ok'],
    ['no body', 'HTTP/1.1 204 No Content\r\n\r\n', 204, ''],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n2;x=y\r\n1}\r\n0\r\n\r\n',
      200,
      '{"a":1}',
    ],
    ['a preliminary answer first', `HTTP/1.1 100 Continue\r\n\r\n${OK}`, 200, 'ok'],
    ['no reason', 'HTTP/1.1 500\r\nContent-Length: 0\r\n\r\n', 500, ''],
    ['headers in capitals', 'HTTP/1.1 429 Too Many\r\nCONTENT-LENGTH:0\r\nRETRY-AFTER:  7\r\n\r\n', 429, ''],
  ])('%s', async (_, bytes, status, body) => {
    for (const crumb of [1000, 1]) {
      const { post } = await open(() => bytes, crumb)
      const answer = await post('x')
      expect({ status: answer.status, body: answer.body.toString() }).toEqual({ status, body })
      expect(answer.headers['retry-after']).toBe(status === 429 ? '7' : undefined)
    }
  })

  test('a body without a length ends with the connection', async () => {
    const { post, requests } = await open((_, socket) => {
      setTimeout(() => socket.end(), 20)
      return 'HTTP/1.0 200 OK\r\n\r\nall of it'
    })
    expect((await post('1')).body.toString()).toBe('all of it')
    await post('2')
    expect(requests.map(({ connection }) => connection)).toEqual([1, 2])
  })

  test('"Connection: close" is obeyed', async () => {
    const { post, requests } = await open(
      () => 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    )
    await post('1')
    await post('2')
    expect(requests.map(({ connection }) => connection)).toEqual([1, 2])
  })
})

describe('failures', () => {
  test.each([
    ['something else than HTTP', 'SMTP 220 hello\r\n\r\n', 'Wrong response'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 'Wrong response'],
  ])('%s', async (_, bytes, message) => {
    const { post } = await open(() => bytes)
    await expect(post('x')).rejects.toThrow(message)
  })

  test('a connection cut in the middle of the answer', async () => {
    const { post } = await open((_, socket) => {
      setTimeout(() => socket.destroy(), 20)
      return 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'
    })
    await expect(post('x')).rejects.toThrow('Webhook connection closed')
  })

  test('nobody listens', async () => {
    const poster = createHttpPoster('http://127.0.0.1:1/', {})
    const error = await new Promise((resolve) => poster.post('x', resolve))
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('closing ends what is under way', async () => {
    const { post, poster, requests } = await open(() => '')
    const waiting = post('x').catch((error: unknown) => error)
    await until(() => requests.length > 0)
    poster.close()
    expect(await waiting).toBeInstanceOf(Error)
  })

  test('TLS with a server that speaks none', async () => {
    const { post, sockets } = await open(() => '', 1000, 'https')
    const waiting = post('x').catch((error: unknown) => error)
    await until(() => sockets.length > 0)
    sockets[0]!.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    expect(await waiting).toMatchObject({ code: expect.stringMatching(/SSL|ECONNRESET|EPROTO/) as string })
  })
})
