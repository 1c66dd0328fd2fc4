import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { answer, BodyTooLarge, createHttp, readBody } from '../../src/http.ts'
import type { Http, HttpOptions } from '../../src/http.ts'

let http: Http | undefined
afterEach(() => http?.close(0))

async function serve(options: HttpOptions): Promise<string> {
  http = createHttp(options)
  return (await http.listen()).url
}

const echo: HttpOptions['handlers'][number] = (request, response) => {
  if (request.url !== '/echo') return false
  readBody(request, 10).then(
    (body) => answer(response, 200, body.toString()),
    (error: unknown) => answer(response, error instanceof BodyTooLarge ? 413 : 400),
  )
  return true
}

test('handlers are asked in order, and nobody is 404', async () => {
  const url = await serve({
    handlers: [
      echo,
      (request, response) => {
        if (request.url !== '/second') return false
        answer(response, 200, 'second')
        return true
      },
    ],
  })
  expect(await (await fetch(`${url}/second`)).text()).toBe('second')
  expect((await fetch(`${url}/third`)).status).toBe(404)
})

test('a body up to the limit is read, a bigger one is 413, announced or not', async () => {
  const url = await serve({ handlers: [echo] })
  const post = (body: string) => fetch(`${url}/echo`, { method: 'POST', body })
  expect(await (await post('0123456789')).text()).toBe('0123456789')
  expect((await post('0123456789x')).status).toBe(413)
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const chunked = httpRequest(`${url}/echo`, { method: 'POST' }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    chunked.on('error', reject)
    chunked.write('01234567')
    chunked.end('89xyz')
  })
  expect(status).toBe(413)
})

test('health tells whether all is well', async () => {
  let well = true
  const errors: unknown[] = []
  const url = await serve({
    handlers: [],
    health: async () => {
      if (!well) throw new Error('no database')
    },
    onError: (error) => errors.push(error),
  })
  expect((await fetch(`${url}/health`)).status).toBe(200)
  well = false
  const response = await fetch(`${url}/health`)
  expect(response.status).toBe(503)
  expect(await response.text()).not.toContain('database')
  expect(errors).toHaveLength(1)
  expect((await fetch(`${url}/health`, { method: 'POST' })).status).toBe(405)
})

test('a handler that throws is a 500, and the server goes on', async () => {
  const errors: unknown[] = []
  const url = await serve({
    handlers: [
      () => {
        throw new Error('a bug')
      },
    ],
    onError: (error) => errors.push(error),
  })
  expect((await fetch(url)).status).toBe(500)
  expect((await fetch(url)).status).toBe(500)
  expect(errors).toHaveLength(2)
})

test('closing lets the request in hand finish', async () => {
  const gate = Promise.withResolvers<void>()
  const came = Promise.withResolvers<void>()
  const url = await serve({
    handlers: [
      (_request, response) => {
        came.resolve()
        void gate.promise.then(() => answer(response, 200, 'finished'))
        return true
      },
    ],
  })
  const response = fetch(url)
  await came.promise
  const closed = http?.close(10_000)
  gate.resolve()
  expect(await (await response).text()).toBe('finished')
  await closed
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('closing cuts a connection that does not end in time', async () => {
  const url = await serve({ handlers: [() => true] })
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const cut = new Promise((resolve) => socket.on('close', resolve))
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.write('GET /hangs HTTP/1.1\r\nHost: a\r\n\r\n', resolve))
  await http?.close(20)
  await cut
})

test('a taken port is an error for the caller', async () => {
  const url = await serve({ handlers: [] })
  const second = createHttp({ handlers: [] })
  await expect(second.listen({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE')
})
