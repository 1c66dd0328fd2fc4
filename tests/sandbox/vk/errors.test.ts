import { expect, test } from 'vitest'
import { anna, boris, fresh, group, serveVk, vera, yesNo } from './serve-vk.ts'
import type { Served } from './serve-vk.ts'

type Params = Record<string, string | number>

interface Case {
  name: string
  method: string
  params?: Params | ((served: Served) => Params | Promise<Params>)
  code: number
  message: string
}

const missing = 'One of the parameters specified was missing or invalid'
const old =
  'Invalid request: versions below 5.81 are deprecated. Version param should be passed as "v". "version" param is ' +
  'invalid and not supported. For more information go to https://vk.com/dev/constant_version_updates'
const keyboard = (value: unknown): string => JSON.stringify(value)

/** Sends from the bot to Anna, gives the message's id. */
const sent = ({ ok }: Served, more: Params = {}): Promise<number> =>
  ok<number>('messages.send', { peer_id: anna.id, random_id: fresh(), message: 'вопрос', ...more })

/** A press of Anna's on the bot's button, gives the event's id. */
async function pressed(served: Served): Promise<string> {
  const { key, ts } = await served.position()
  const id = await sent(served, { keyboard: yesNo })
  served.vk.press(group.id, anna.id, id, 0, 0)
  const { updates } = await served.poll({ key, ts })
  return updates?.[0]?.object['event_id'] as string
}

const send: Params = { peer_id: anna.id, random_id: 1, message: 'привет' }
const without = (name: string): Params =>
  Object.fromEntries(Object.entries(send).filter(([key]) => key !== name))

const cases: Case[] = [
  // The call as such.
  {
    name: 'a method that VK does not have',
    method: 'messages.sendd',
    code: 3,
    message: 'Unknown method passed',
  },
  {
    name: 'a method in another case',
    method: 'Messages.send',
    params: send,
    code: 3,
    message: 'Unknown method passed',
  },
  {
    name: "an object's own property is no method",
    method: 'constructor',
    code: 3,
    message: 'Unknown method passed',
  },
  {
    name: 'a wrong token',
    method: 'users.get',
    params: { access_token: 'x' },
    code: 5,
    message: 'User authorization failed: invalid access_token (4).',
  },
  {
    name: 'an empty token',
    method: 'users.get',
    params: { access_token: '' },
    code: 5,
    message: 'User authorization failed: no access_token passed.',
  },
  { name: 'no version', method: 'users.get', params: { v: '' }, code: 8, message: old },
  {
    name: 'a version that is switched off',
    method: 'users.get',
    params: { v: '5.80' },
    code: 8,
    message: old,
  },

  // messages.send: to whom.
  {
    name: 'no random_id',
    method: 'messages.send',
    params: without('random_id'),
    code: 100,
    message: `${missing}: random_id is a required parameter`,
  },
  {
    name: 'a random_id in words',
    method: 'messages.send',
    params: { ...send, random_id: 'x' },
    code: 100,
    message: `${missing}: random_id not integer`,
  },
  {
    name: 'a random_id over 64 bits',
    method: 'messages.send',
    params: { ...send, random_id: '9223372036854775808' },
    code: 100,
    message: `${missing}: random_id not integer`,
  },
  {
    name: 'nobody to send to',
    method: 'messages.send',
    params: without('peer_id'),
    code: 100,
    message: `${missing}: you should specify peer_id, user_id, domain, chat_id or user_ids param`,
  },
  {
    name: 'a peer in words',
    method: 'messages.send',
    params: { ...send, peer_id: 'anna' },
    code: 100,
    message: `${missing}: peer_id not integer`,
  },
  {
    name: 'peer_id together with peer_ids',
    method: 'messages.send',
    params: { ...send, peer_ids: '777,778' },
    code: 100,
    message: `${missing}: peer_ids can not be used with peer_id`,
  },
  {
    name: 'more than 100 peers',
    method: 'messages.send',
    params: { ...without('peer_id'), peer_ids: Array.from({ length: 101 }, (_, index) => index + 1).join() },
    code: 100,
    message: `${missing}: peer_ids should contain at most 100 items`,
  },
  {
    name: 'a person who never wrote',
    method: 'messages.send',
    params: { ...send, peer_id: boris.id },
    code: 901,
    message: "Can't send messages for users without permission",
  },
  {
    name: 'a person nobody knows',
    method: 'messages.send',
    params: { ...send, peer_id: 424242 },
    code: 901,
    message: "Can't send messages for users without permission",
  },
  {
    name: 'a person who has forbidden messages',
    method: 'messages.send',
    params: ({ vk }) => (vk.block(group.id, anna.id), send),
    code: 901,
    message: "Can't send messages for users without permission",
  },
  {
    name: 'a person in the blacklist',
    method: 'messages.send',
    params: ({ vk }) => (vk.restrict(anna.id, 'blacklist'), send),
    code: 900,
    message: "Can't send messages for users from blacklist",
  },
  {
    name: 'a person with strict privacy',
    method: 'messages.send',
    params: ({ vk }) => (vk.restrict(anna.id, 'privacy'), send),
    code: 902,
    message: "Can't send messages to this user due to their privacy settings",
  },
  {
    name: 'a group chat the community is not in',
    method: 'messages.send',
    params: { ...send, peer_id: 2_000_000_001 },
    code: 917,
    message: "You don't have access to this chat",
  },
  {
    name: 'a contact',
    method: 'messages.send',
    params: { ...send, peer_id: 1_900_000_001 },
    code: 936,
    message: 'Contact not found',
  },
  {
    name: 'another community',
    method: 'messages.send',
    params: { ...send, peer_id: -1 },
    code: 932,
    message: "Your community can't interact with this peer",
  },
  {
    name: 'a page that does not exist',
    method: 'messages.send',
    params: { ...without('peer_id'), domain: 'nobody' },
    code: 113,
    message: 'Invalid user id',
  },

  // messages.send: what.
  {
    name: 'nothing to send',
    method: 'messages.send',
    params: without('message'),
    code: 100,
    message: `${missing}: message is empty or invalid`,
  },
  {
    name: 'only blanks to send',
    method: 'messages.send',
    params: { ...send, message: ' \n ' },
    code: 100,
    message: `${missing}: message is empty or invalid`,
  },
  {
    name: 'only a picture that does not exist',
    method: 'messages.send',
    params: { ...send, message: '', attachment: 'photo-5555_1' },
    code: 100,
    message: `${missing}: message is empty or invalid`,
  },
  {
    name: 'a text of 4097',
    method: 'messages.send',
    params: { ...send, message: 'я'.repeat(4097) },
    code: 914,
    message: 'Message is too long',
  },
  {
    name: 'a payload that is not JSON',
    method: 'messages.send',
    params: { ...send, payload: '{' },
    code: 100,
    message: `${missing}: payload should be valid JSON`,
  },
  {
    name: 'a payload of 1001',
    method: 'messages.send',
    params: { ...send, payload: `"${'x'.repeat(999)}"` },
    code: 100,
    message: `${missing}: payload is too long`,
  },
  {
    name: 'a forward that is not JSON',
    method: 'messages.send',
    params: { ...send, forward: 'x' },
    code: 100,
    message: `${missing}: forward should be valid JSON`,
  },
  {
    name: 'a bad keyboard',
    method: 'messages.send',
    params: { ...send, keyboard: '{"buttons":[[]]}' },
    code: 911,
    message: 'Keyboard format is invalid: row 0 is empty',
  },
  {
    name: 'a bad keyboard for a list of peers',
    method: 'messages.send',
    params: { ...without('peer_id'), peer_ids: '777', keyboard: '[]' },
    code: 911,
    message: 'Keyboard format is invalid: keyboard should be a JSON object',
  },

  // messages.edit and messages.delete.
  {
    name: 'an edit without a peer',
    method: 'messages.edit',
    params: { message: 'x', message_id: 1 },
    code: 100,
    message: `${missing}: peer_id is undefined`,
  },
  {
    name: 'an edit without a message',
    method: 'messages.edit',
    params: { peer_id: anna.id, message: 'x' },
    code: 100,
    message: `${missing}: message_id is undefined`,
  },
  {
    name: 'an edit of what is not there',
    method: 'messages.edit',
    params: { peer_id: anna.id, message: 'x', message_id: 1 },
    code: 15,
    message: 'Access denied',
  },
  {
    name: "an edit of the person's message",
    method: 'messages.edit',
    params: ({ vk }) => ({
      peer_id: anna.id,
      message: 'x',
      message_id: vk.chat(group.id, anna.id).messages[0]!.id,
    }),
    code: 15,
    message: 'Access denied',
  },
  {
    name: 'an edit into nothing',
    method: 'messages.edit',
    params: async (served) => ({ peer_id: anna.id, message_id: await sent(served) }),
    code: 100,
    message: `${missing}: message is empty or invalid`,
  },
  {
    name: 'an edit into too much',
    method: 'messages.edit',
    params: async (served) => ({
      peer_id: anna.id,
      message_id: await sent(served),
      message: 'я'.repeat(4097),
    }),
    code: 914,
    message: 'Message is too long',
  },
  {
    name: 'an edit with a bad keyboard',
    method: 'messages.edit',
    params: async (served) => ({
      peer_id: anna.id,
      message_id: await sent(served),
      message: 'x',
      keyboard: keyboard({ buttons: 1 }),
    }),
    code: 911,
    message: 'Keyboard format is invalid: buttons should be an array of arrays',
  },
  {
    name: 'an edit for a person who has forbidden messages',
    method: 'messages.edit',
    params: async (served) => {
      const id = await sent(served)
      served.vk.block(group.id, anna.id)
      return { peer_id: anna.id, message_id: id, message: 'x' }
    },
    code: 901,
    message: "Can't send messages for users without permission",
  },
  {
    name: 'a deletion of nothing',
    method: 'messages.delete',
    code: 100,
    message: `${missing}: message_ids is undefined`,
  },

  // messages.sendMessageEventAnswer.
  {
    name: 'an answer to no press',
    method: 'messages.sendMessageEventAnswer',
    params: { event_id: 'abc', user_id: anna.id, peer_id: anna.id },
    code: 100,
    message: `${missing}: invalid event_id`,
  },
  {
    name: 'a second answer to a press',
    method: 'messages.sendMessageEventAnswer',
    params: async (served) => {
      const answer = { event_id: await pressed(served), user_id: anna.id, peer_id: anna.id }
      await served.ok('messages.sendMessageEventAnswer', answer)
      return answer
    },
    code: 100,
    message: `${missing}: invalid event_id`,
  },
  {
    name: "an answer to somebody else's press",
    method: 'messages.sendMessageEventAnswer',
    params: async (served) => ({ event_id: await pressed(served), user_id: boris.id, peer_id: boris.id }),
    code: 100,
    message: `${missing}: invalid event_id`,
  },
  {
    name: 'a snackbar of 91',
    method: 'messages.sendMessageEventAnswer',
    params: async (served) => ({
      event_id: await pressed(served),
      user_id: anna.id,
      peer_id: anna.id,
      event_data: keyboard({ type: 'show_snackbar', text: 'x'.repeat(91) }),
    }),
    code: 100,
    message: `${missing}: event_data text is longer than 90`,
  },
  {
    name: 'event_data of an unknown type',
    method: 'messages.sendMessageEventAnswer',
    params: async (served) => ({
      event_id: await pressed(served),
      user_id: anna.id,
      peer_id: anna.id,
      event_data: keyboard({ type: 'alert' }),
    }),
    code: 100,
    message: `${missing}: event_data type is invalid`,
  },
  {
    name: 'event_data that is not JSON',
    method: 'messages.sendMessageEventAnswer',
    params: async (served) => ({
      event_id: await pressed(served),
      user_id: anna.id,
      peer_id: anna.id,
      event_data: 'ok',
    }),
    code: 100,
    message: `${missing}: event_data should be valid JSON`,
  },

  // The rest.
  {
    name: 'typing to a person who never wrote',
    method: 'messages.setActivity',
    params: { peer_id: vera.id, type: 'typing' },
    code: 901,
    message: "Can't send messages for users without permission",
  },
  {
    name: 'an activity VK does not know',
    method: 'messages.setActivity',
    params: { peer_id: anna.id, type: 'dancing' },
    code: 100,
    message: `${missing}: type is invalid`,
  },
  {
    name: 'more than 1000 people',
    method: 'users.get',
    params: { user_ids: Array.from({ length: 1001 }, (_, index) => index + 1).join() },
    code: 100,
    message: `${missing}: user_ids should contain at most 1000 items`,
  },
  {
    name: "another community's long poll",
    method: 'groups.getLongPollServer',
    params: { group_id: 1 },
    code: 15,
    message: 'Access denied: no access to call this method',
  },
  {
    name: 'a long poll of no community',
    method: 'groups.getLongPollServer',
    code: 100,
    message: `${missing}: group_id is undefined`,
  },
  {
    name: 'a long poll that is switched off',
    method: 'groups.getLongPollServer',
    params: async ({ ok }) => {
      await ok('groups.setLongPollSettings', { group_id: group.id, enabled: 0 })
      return { group_id: group.id }
    },
    code: 100,
    message: `${missing}: longpoll for this group is not enabled`,
  },
  {
    name: 'a photo that was not uploaded',
    method: 'photos.saveMessagesPhoto',
    params: { server: 226_222, photo: '[{}]', hash: 'x' },
    code: 121,
    message: 'Invalid hash',
  },
  {
    name: 'a photo of another upload server',
    method: 'photos.saveMessagesPhoto',
    params: { server: 1, photo: '[{}]', hash: 'x' },
    code: 118,
    message: 'Invalid server',
  },
  {
    name: 'an upload without a photo in it',
    method: 'photos.saveMessagesPhoto',
    params: { server: 226_222, photo: '[]', hash: '' },
    code: 100,
    message: `${missing}: photos_list is invalid`,
  },
  {
    name: 'a document that was not uploaded',
    method: 'docs.save',
    params: { file: 'x' },
    code: 100,
    message: `${missing}: file is invalid`,
  },
  {
    name: 'an upload address for a person who never wrote',
    method: 'photos.getMessagesUploadServer',
    params: { peer_id: boris.id },
    code: 901,
    message: "Can't send messages for users without permission",
  },
  {
    name: 'a callback server that is not there',
    method: 'groups.deleteCallbackServer',
    params: { group_id: group.id, server_id: 9 },
    code: 104,
    message: 'Not found',
  },
  {
    name: 'a callback title of 15',
    method: 'groups.addCallbackServer',
    params: { group_id: group.id, url: 'http://127.0.0.1:1', title: 'x'.repeat(15) },
    code: 100,
    message: `${missing}: title should be at most 14 letters length`,
  },
  {
    name: 'an eleventh callback server',
    method: 'groups.addCallbackServer',
    params: async ({ ok }) => {
      const server = { group_id: group.id, url: 'http://127.0.0.1:1', title: 'x' }
      for (let count = 0; count < 10; count += 1) await ok('groups.addCallbackServer', server)
      return server
    },
    code: 2000,
    message: 'Servers number limit is reached',
  },
  {
    name: 'code that is more than a list of calls',
    method: 'execute',
    params: { code: 'var a = 1; return a;' },
    code: 12,
    message: 'Unable to compile code: only "return [API.…];" is understood by this sandbox',
  },
  {
    name: '26 calls at once',
    method: 'execute',
    params: { code: `return [${'API.users.get({}),'.repeat(26).slice(0, -1)}];` },
    code: 13,
    message: 'Runtime error occurred during code invocation: too many api calls',
  },
  { name: 'no code', method: 'execute', code: 100, message: `${missing}: code is undefined` },
]

test.each(cases)('$name: error $code', async ({ method, params = {}, code, message }) => {
  const served = await serveVk()
  const { error } = await served.call(method, typeof params === 'function' ? await params(served) : params)
  expect(error).toMatchObject({ error_code: code, error_msg: message })
})

test('an error comes with HTTP 200 and repeats the parameters, but not the token', async () => {
  const { url } = await serveVk()
  const body = new URLSearchParams({ access_token: group.token, v: '5.199', peer_id: '778', random_id: '5' })
  body.set('message', 'привет')
  const answer = await fetch(`${url}/method/messages.send`, { method: 'POST', body })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(await answer.json()).toEqual({
    error: {
      error_code: 901,
      error_msg: "Can't send messages for users without permission",
      request_params: [
        { key: 'method', value: 'messages.send' },
        { key: 'oauth', value: '1' },
        { key: 'v', value: '5.199' },
        { key: 'peer_id', value: '778' },
        { key: 'random_id', value: '5' },
        { key: 'message', value: 'привет' },
      ],
    },
  })
})

test('a call with PUT is refused, as VK does not know it', async () => {
  const { url } = await serveVk()
  const answer = await fetch(`${url}/method/users.get?v=5.199&access_token=${group.token}`, { method: 'PUT' })
  expect(await answer.json()).toMatchObject({ error: { error_code: 9999 } })
})

test('after a day a message can be neither edited nor taken back', async () => {
  let nowMs = Date.UTC(2026, 10, 20)
  const served = await serveVk({ now: () => nowMs })
  const id = await sent(served)
  nowMs += 24 * 3600_000 + 1
  const edit = await served.call('messages.edit', { peer_id: anna.id, message_id: id, message: 'x' })
  expect(edit.error).toMatchObject({
    error_code: 909,
    error_msg: "Can't edit this message, because it's too old",
  })
  expect(await served.ok('messages.delete', { message_ids: id, delete_for_all: 1 })).toEqual([
    {
      peer_id: anna.id,
      message_id: id,
      response: 0,
      error: { code: 924, description: "Can't delete this message for everybody" },
    },
  ])
})

test('a press can be answered for a minute', async () => {
  let nowMs = Date.UTC(2026, 10, 20)
  const served = await serveVk({ now: () => nowMs })
  const late = await pressed(served)
  const inTime = await pressed(served)
  const answer = { user_id: anna.id, peer_id: anna.id }
  nowMs += 60_000
  expect(await served.ok('messages.sendMessageEventAnswer', { event_id: inTime, ...answer })).toBe(1)
  nowMs += 1
  const { error } = await served.call('messages.sendMessageEventAnswer', { event_id: late, ...answer })
  expect(error).toMatchObject({ error_code: 100, error_msg: `${missing}: invalid event_id` })
})
