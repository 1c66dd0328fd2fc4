import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { APIError, Keyboard } from 'vk-io'
import type { MessageContext, MessageEventContext } from 'vk-io'
import { expect, onTestFinished, test } from 'vitest'
import { samplePicture } from '../../../src/sandbox/vk/sample-media.ts'
import { png } from '../../domain/pictures.ts'
import { anna, boris, fresh, group, serveVk, until } from './serve-vk.ts'

test('vk-io finds its community, polls, answers with buttons, hears the press, answers it and edits', async () => {
  const { vk, bot, seen } = await serveVk()
  const library = bot()
  library.updates.on('message_new', async (context: MessageContext) => {
    await context.send(`Здравствуйте! ${context.text}`, {
      keyboard: Keyboard.builder()
        .inline()
        .callbackButton({ label: 'Да', payload: { answer: 'yes' }, color: Keyboard.POSITIVE_COLOR })
        .urlButton({ label: 'Сайт', url: 'https://example.org' }),
    })
  })
  const pressed: unknown[] = []
  library.updates.on('message_event', async (context: MessageEventContext) => {
    pressed.push(context.eventPayload)
    await context.answer({ type: 'show_snackbar', text: 'Спасибо' })
    const { peerId, conversationMessageId } = context
    await library.api.messages.edit({ peer_id: peerId, cmid: conversationMessageId, message: '✅ Да' })
  })
  await library.updates.start()

  vk.sendText(group.id, anna.id, 'Привет')
  const asked = await until(() =>
    vk.chat(group.id, anna.id).messages.find(({ buttons }) => buttons.length > 0),
  )
  expect(asked).toMatchObject({
    from: 'bot',
    text: 'Здравствуйте! Привет',
    buttons: [
      [
        { label: 'Да', kind: 'callback', color: 'success' },
        { label: 'Сайт', kind: 'link', link: 'https://example.org' },
      ],
    ],
  })

  vk.press(group.id, anna.id, asked.id, 0, 0)
  await until(() => seen.find(({ type }) => type === 'edit'))
  expect(pressed).toEqual([{ answer: 'yes' }])
  expect(seen).toContainEqual(expect.objectContaining({ type: 'toast', text: 'Спасибо', alert: false }))
  expect(seen).toContainEqual(expect.objectContaining({ type: 'answered', messageId: asked.id }))
  expect(vk.chat(group.id, anna.id).messages.at(-1)).toMatchObject({
    id: asked.id,
    text: '✅ Да',
    buttons: [],
  })
})

test('vk-io without a group id asks for it first', async () => {
  const { vk, bot } = await serveVk()
  const library = bot({ pollingGroupId: undefined as never })
  const heard: unknown[] = []
  library.updates.on('message_new', (context: MessageContext) => heard.push(context.text))
  await library.updates.start()
  vk.sendText(group.id, anna.id, 'кто здесь?')
  expect(await until(() => heard[0])).toBe('кто здесь?')
})

test('what a person did is told in words that vk-io understands', async () => {
  const { vk, bot } = await serveVk()
  const library = bot()
  const heard: MessageContext[] = []
  library.updates.on('message_new', (context: MessageContext) => heard.push(context))
  await library.updates.start()

  vk.start(group.id, boris.id, { payload: 'flyer', source: 'salon-door' })
  vk.start(group.id, boris.id)
  const start = await until(() => heard[0])
  expect(start).toMatchObject({ text: 'Начать', messagePayload: { command: 'start' }, senderId: boris.id })
  expect([start.referralValue, start.referralSource]).toEqual(['flyer', 'salon-door'])
  expect(start.clientInfo.button_actions).toContain('callback')

  vk.sendText(group.id, boris.id, 'a < b & "c" > d')
  const text = await until(() => heard[1])
  expect(text.text).toBe('a < b & "c" > d')
  expect(text.referralValue).toBeUndefined()

  for (const kind of ['photo', 'sticker', 'voice', 'video', 'document', 'location'] as const) {
    vk.sendAttachment(group.id, boris.id, kind)
  }
  const sent = await until(() => heard.length === 8 && heard.slice(2))
  expect(sent.map((context) => context.attachments[0]?.type ?? (context.hasGeo && 'geo'))).toEqual([
    'photo',
    'sticker',
    'audio_message',
    'video',
    'doc',
    'geo',
  ])
})

test('the picture a person sent can be fetched', async () => {
  const { vk, bot } = await serveVk()
  const library = bot()
  const heard: MessageContext[] = []
  library.updates.on('message_new', (context: MessageContext) => heard.push(context))
  await library.updates.start()
  vk.sendAttachment(group.id, anna.id, 'photo')
  const context = await until(() => heard[0])
  const address = context.getAttachments('photo')[0]?.largeSizeUrl
  const picture = await fetch(address!)
  expect(picture.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await picture.arrayBuffer()).equals(samplePicture().bytes)).toBe(true)
})

test('a strip is no photo for VK, however it is uploaded', async () => {
  const { bot } = await serveVk()
  const { upload } = bot()
  const photo = (width: number) =>
    upload.messagePhoto({ source: { value: png(width, 100), filename: 'a.png' } })
  expect(String(await photo(2000))).toMatch(/^photo-\d+_\d+_\w+$/)
  await expect(photo(2001)).rejects.toMatchObject({ code: 100 })
})

test('vk-io uploads a photo, a document and a voice message, from a buffer and by a stream', async () => {
  const { vk, url, bot } = await serveVk()
  const { upload, api } = bot()
  const { bytes } = samplePicture()
  const photo = await upload.messagePhoto({
    peer_id: anna.id,
    source: { value: bytes, filename: 'look.png' },
  })
  const doc = await upload.messageDocument({
    peer_id: anna.id,
    source: { value: Buffer.from('{"a":1}'), filename: 'data.json', contentType: 'application/json' },
  })
  const { Readable } = await import('node:stream')
  const voice = await upload.audioMessage({
    peer_id: anna.id,
    source: { value: Readable.from([Buffer.alloc(900)]) },
  })

  await api.messages.send({ peer_id: anna.id, random_id: fresh(), message: 'вот', attachment: String(photo) })
  await api.messages.send({ peer_id: anna.id, random_id: fresh(), attachment: String(doc) })
  await api.messages.send({ peer_id: anna.id, random_id: fresh(), attachment: String(voice) })
  const [look, data, spoken] = vk.chat(group.id, anna.id).messages.slice(-3)
  expect(look).toMatchObject({ text: 'вот', picture: { name: 'look.png' } })
  expect(data).toMatchObject({ text: '', file: { name: 'data.json', sizeBytes: 7 } })
  expect(spoken).toMatchObject({ file: { sizeBytes: 900 } })
  const shown = await fetch(url + look!.picture!.path)
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true)
  expect(await (await fetch(url + data!.file!.path)).text()).toBe('{"a":1}')
})

test('context.send does not throw for a person who forbids messages; a direct call with peer_id does', async () => {
  const { vk, bot } = await serveVk()
  const library = bot()
  const heard: MessageContext[] = []
  library.updates.on('message_new', (context: MessageContext) => heard.push(context))
  await library.updates.start()
  vk.sendText(group.id, anna.id, 'привет')
  const context = await until(() => heard[0])
  vk.block(group.id, anna.id)
  expect((await context.send('ещё здесь?')).id).toBe(0)
  const direct = library.api.messages.send({ peer_id: anna.id, random_id: fresh(), message: 'ещё здесь?' })
  await expect(direct).rejects.toMatchObject({
    code: 901,
    message: "Code №901 - Can't send messages for users without permission",
  })
  await expect(direct).rejects.toBeInstanceOf(APIError)
})

test('in parallel mode calls go through execute, and each gets its own answer or error', async () => {
  const { bot, vk } = await serveVk()
  const { api } = bot({ apiMode: 'parallel' })
  const results = await Promise.allSettled([
    api.messages.send({
      peer_id: anna.id,
      random_id: fresh(),
      message: 'раз «"\\»',
      keyboard: Keyboard.builder(),
    }),
    api.messages.send({ peer_id: boris.id, random_id: fresh(), message: 'два' }),
    api.users.get({ user_ids: [anna.id, boris.id], fields: ['sex', 'city', 'bdate'] }),
  ])
  expect(results).toMatchObject([
    { status: 'fulfilled', value: expect.any(Number) as number },
    { status: 'rejected', reason: { code: 901 } },
    {
      status: 'fulfilled',
      value: [
        { id: anna.id, first_name: 'Анна', sex: 1, bdate: '17.4.1990', city: { id: 1, title: 'Москва' } },
        { id: boris.id, first_name: 'Борис', sex: 2 },
      ],
    },
  ])
  expect(vk.chat(group.id, anna.id).messages.at(-1)?.text).toBe('раз «"\\»')
})

test('error 6 is waited out inside vk-io', async () => {
  const { bot, vk } = await serveVk()
  vk.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 1, times: 1 })
  const sent = await bot().api.messages.send({ peer_id: anna.id, random_id: fresh(), message: 'раз' })
  expect(sent).toEqual(expect.any(Number))
})

test('a call whose connection was cut after it took effect is repeated by vk-io and sent once', async () => {
  const { bot, vk, seen } = await serveVk()
  vk.faults.add({ kind: 'disconnect', effect: 'after', method: 'messages.send', times: 1 })
  const { api } = bot({ apiWait: 5 })
  const id = await api.messages.send({ peer_id: anna.id, random_id: fresh(), message: 'один раз' })
  expect(seen.filter(({ type }) => type === 'message')).toEqual([
    expect.objectContaining({ message: expect.objectContaining({ id, text: 'один раз' }) as object }),
  ])
})

test("vk-io's own webhook confirms itself and gets the events", async () => {
  const { vk, bot } = await serveVk()
  const library = bot({ webhookSecret: 's3cret', webhookConfirmation: 'c0de' })
  const heard: unknown[] = []
  library.updates.on('message_new', (context: MessageContext) => heard.push(context.text))
  const callback = library.updates.getWebhookCallback('/vk')
  const server = createServer((request, response) => void callback(request, response, () => response.end()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/vk`

  await expect(vk.setCallback({ url, secret: 'wrong', confirmation: 'c0de' })).rejects.toThrow('answered 403')
  await expect(vk.setCallback({ url, secret: 's3cret', confirmation: 'other' })).rejects.toThrow(
    'answered "c0de" instead of the code',
  )
  await vk.setCallback({ url, secret: 's3cret', confirmation: 'c0de' })
  vk.sendText(group.id, anna.id, 'через сервер')
  expect(await until(() => heard[0])).toBe('через сервер')
})
