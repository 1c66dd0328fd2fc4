import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { anna, group, serveVk } from './serve-vk.ts'

/** Raw requests of vk-io 4.10, as they were seen on the wire. */
interface Recorded {
  recorded: string
  method: string
  path: string
  headers: Record<string, string>
  body?: string
  /** Bytes 0-255 as characters. */
  bodyLatin1?: string
}

const path = new URL('../../fixtures/vk/recorded-requests.json', import.meta.url)
const recorded = JSON.parse(readFileSync(path, 'utf8')) as Recorded[]

const id = expect.any(Number) as number
const item = (peerId: number) => ({ peer_id: peerId, message_id: id, conversation_message_id: id })
const refused = (peerId: number) => ({ peer_id: peerId, error: { code: 901 } })

/** What each of them is answered with, in a sandbox where only Anna (777) has written. */
const expected: Record<string, unknown> = {
  'vkio-polling/001-groups.getById': { response: { groups: [{ id: 5555 }], profiles: [] } },
  'vkio-polling/002-groups.getLongPollServer': { response: { ts: expect.any(String) as string } },
  // The key was another server's.
  'vkio-polling/003-5555': { failed: 2 },
  'vkio-polling/005-messages.send': { response: [item(777)] },
  'vkio-polling/006-photos.getMessagesUploadServer': { response: { album_id: -64 } },
  'vkio-polling/007-upload': { server: id, photo: expect.stringContaining('[{"photo":') as string },
  'vkio-polling/008-messages.send': { response: [item(777)] },
  'vkio-polling/009-messages.send': { response: id },
  'vkio-polling/010-messages.sendMessageEventAnswer': { error: { error_code: 100 } },
  'vkio-polling/011-photos.saveMessagesPhoto': { error: { error_code: 118 } },
  'vkio-polling/012-messages.send': { response: [item(777), refused(778)] },
  'vkio-polling/013-messages.edit': { error: { error_code: 15 } },
  // Its photo does not exist here, and is left out.
  'vkio-polling/014-messages.send': { response: [item(777)] },
  'vkio-polling/026-users.get': {
    response: [{ id: 777, bdate: '17.4.1990', city: { id: 1, title: 'Москва' }, sex: 1 }],
  },
  'vkio-polling/027-execute': { response: [[], []] },
  'vkio-more/004-messages.send': { response: [item(777)] },
  'vkio-more/048-execute': {
    response: [false, false, false],
    execute_errors: [1, 2, 3].map(() => ({ method: 'messages.send', error_code: 901 })),
  },
}

test('every recorded request has an expected answer', () => {
  expect(recorded.map((request) => request.recorded)).toEqual(Object.keys(expected))
})

test.each(recorded)('$recorded is understood, byte for byte', async (raw) => {
  const { url } = await serveVk({
    group: { ...group, token: raw.recorded.startsWith('vkio-more') ? 'T' : group.token },
  })
  expect(await replay(url, raw)).toMatchObject(expected[raw.recorded] as object)
})

test('the recorded keyboard looks as it was meant', async () => {
  const { url, vk } = await serveVk()
  await replay(
    url,
    recorded.find((raw) => raw.recorded === 'vkio-polling/005-messages.send')!,
  )
  expect(vk.chat(group.id, anna.id).messages.at(-1)).toMatchObject({
    text: 'Привет',
    buttons: [
      [
        { label: 'Да', kind: 'callback', color: 'success' },
        { label: 'Нет', kind: 'text', color: 'secondary' },
      ],
      [{ label: 'Сайт', kind: 'link', link: 'https://example.org' }],
    ],
  })
})

/** Sends the request as it was recorded: to the same paths, where the stand-in serves them. */
function replay(
  url: string,
  { method, path: target, headers, body, bodyLatin1 }: Recorded,
): Promise<unknown> {
  const moved = target.replace('/lp/whp/', '/whp/').replace(/^\/upload$/, '/upload/photo')
  return new Promise((resolve, reject) => {
    const call = request(
      url + moved,
      { method, headers: { ...headers, connection: 'close' } },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('end', () => resolve(JSON.parse(text)))
      },
    )
    call.on('error', reject)
    call.end(bodyLatin1 === undefined ? body : Buffer.from(bodyLatin1, 'latin1'))
  })
}
