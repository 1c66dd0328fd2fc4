/** Telegraf 4.16.3 hangs on uploads since Node 26; this is what upload-fix.ts mends. */
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { Telegraf } from 'telegraf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixUploads } from '../../src/bots/admin/upload-fix.ts'
import { createHttp } from '../../src/http.ts'
import { createTelegram } from '../../src/sandbox/telegram/telegram.ts'

const token = '42:a-token'
const person = { id: 7, firstName: 'Ольга', language: 'ru' as const }
const bytes = randomBytes(1024 * 1024)

const messenger = createTelegram({
  bots: [{ id: 42, name: 'Bot', username: 'upload_bot', token }],
  people: [person],
  limits: null,
})
const http = createHttp({ handlers: [(request, response) => messenger.handle(request, response)] })
let url = ''
beforeAll(async () => {
  ;({ url } = await http.listen())
  fixUploads()
  fixUploads()
  messenger.start(42, person.id)
})
afterAll(async () => {
  messenger.close()
  await http.close(0)
})

test.each([
  ['a buffer', () => bytes],
  ['a stream of small chunks', () => Readable.from(chunksOf(bytes, 10_000))],
  ['a stream of one chunk', () => Readable.from([bytes])],
])('%s of 1 MB arrives whole', async (_, source) => {
  const bot = new Telegraf(token, { telegram: { apiRoot: url } })
  // Telegraf's types take either, but not a choice of the two.
  const file = { source: source() as Buffer, filename: 'report.bin' }
  await bot.telegram.sendDocument(person.id, file, { caption: 'Отчёт' })
  const shown = messenger.chat(42, person.id).messages.at(-1)
  expect(shown).toMatchObject({ text: 'Отчёт', file: { name: 'report.bin', sizeBytes: bytes.length } })
  const answer = await fetch(url + shown?.file?.path)
  expect(bytes.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true)
})

function chunksOf(buffer: Buffer, size: number): Buffer[] {
  const count = Math.ceil(buffer.length / size)
  return Array.from({ length: count }, (_, index) => buffer.subarray(index * size, (index + 1) * size))
}
