import { describe, expect, test } from 'vitest'
import { anna, boris, fresh, group, serveVk, vera, yesNo } from './serve-vk.ts'
import type { Served, Update } from './serve-vk.ts'
import { complaints } from './vk-schema.ts'

test('the schema is a net that catches: wrong types, missing fields, unknown values', () => {
  const keyboard = { one_time: false, buttons: [[{ action: { type: 'text', label: 'x' }, color: 'red' }]] }
  expect(complaints('messages_keyboard', keyboard)).not.toEqual([])
  expect(
    complaints('groups_getLongPollServer_response', { response: { key: 'k', server: 's', ts: 1 } }),
  ).toEqual(['/response/ts must be string'])
  expect(complaints('callback_base', { type: 'message_new', group_id: 1, v: '5.199' })).toEqual([
    " must have required property 'event_id'",
  ])
})

describe('every answer is what the schema promises', () => {
  const send = (served: Served, more: Record<string, string | number> = {}) =>
    served.ok<number>('messages.send', {
      peer_id: anna.id,
      random_id: fresh(),
      message: 'вопрос & <ответ>',
      keyboard: yesNo,
      payload: '{"a":1}',
      ...more,
    })
  const lastNumber = async (served: Served) => {
    const id = await send(served)
    const found = await served.ok<{ items: { conversation_message_id: number }[] }>('messages.getById', {
      message_ids: id,
    })
    return found.items[0]!.conversation_message_id
  }
  const uploaded = async ({ ok }: Served) => {
    const { upload_url: address } = await ok<{ upload_url: string }>('photos.getMessagesUploadServer')
    const form = new FormData()
    form.set('photo', new Blob([Buffer.from('ffd8ffe0', 'hex')]), 'a.jpg')
    return (await (await fetch(address, { method: 'POST', body: form })).json()) as Record<string, string>
  }
  const mine = { group_id: group.id }
  const callbackServer = { ...mine, url: 'http://127.0.0.1:1', title: 'x' }

  type Params = Record<string, string | number>
  test.each<[string, string, (served: Served) => Params | Promise<Params>]>([
    [
      'messages.send',
      'messages_send_deprecated_response',
      () => ({ peer_id: anna.id, random_id: fresh(), message: 'x' }),
    ],
    [
      'messages.send',
      'messages_send_user_ids_response',
      () => ({ peer_ids: '777,778', random_id: fresh(), message: 'x' }),
    ],
    [
      'messages.edit',
      'base_bool_response',
      async (served) => ({ peer_id: anna.id, message_id: await send(served), message: 'x' }),
    ],
    [
      'messages.delete',
      'messages_delete_full_response',
      async (served) => ({ message_ids: `${await send(served)},5`, delete_for_all: 1 }),
    ],
    [
      'messages.delete',
      'messages_delete_full_response',
      async (served) => ({ peer_id: anna.id, cmids: await lastNumber(served) }),
    ],
    ['messages.setActivity', 'base_ok_response', () => ({ peer_id: anna.id, type: 'typing' })],
    ['messages.markAsRead', 'base_ok_response', () => ({ peer_id: anna.id })],
    [
      'messages.isMessagesFromGroupAllowed',
      'messages_isMessagesFromGroupAllowed_response',
      () => ({ ...mine, user_id: anna.id }),
    ],
    [
      'messages.getById',
      'messages_getById_response',
      async (served) => ({ message_ids: await send(served) }),
    ],
    [
      'messages.getById',
      'messages_getById_response',
      async (served) => ({ peer_id: anna.id, cmids: await lastNumber(served) }),
    ],
    [
      'messages.getByConversationMessageId',
      'messages_getByConversationMessageId_response',
      async (served) => ({ peer_id: anna.id, conversation_message_ids: await lastNumber(served) }),
    ],
    [
      'messages.getHistory',
      'messages_getHistory_response',
      async (served) => (await send(served), { peer_id: anna.id }),
    ],
    [
      'messages.getConversationsById',
      'messages_getConversationsById_response',
      async (served) => (
        await send(served, { keyboard: '{"buttons":[[{"action":{"type":"text","label":"x"}}]]}' }),
        { peer_ids: '777,778' }
      ),
    ],
    [
      'users.get',
      'users_get_response',
      () => ({ user_ids: '777,778,779', fields: 'sex,bdate,city,screen_name,domain,photo_50,photo_200' }),
    ],
    ['groups.getById', 'groups_getById_object_response', () => ({})],
    ['groups.getTokenPermissions', 'groups_getTokenPermissions_response', () => ({})],
    ['groups.getLongPollServer', 'groups_getLongPollServer_response', () => mine],
    ['groups.getLongPollSettings', 'groups_getLongPollSettings_response', () => mine],
    ['groups.setLongPollSettings', 'base_ok_response', () => ({ ...mine, message_new: 1 })],
    ['groups.getCallbackConfirmationCode', 'groups_getCallbackConfirmationCode_response', () => mine],
    ['groups.addCallbackServer', 'groups_addCallbackServer_response', () => callbackServer],
    [
      'groups.getCallbackServers',
      'groups_getCallbackServers_response',
      async ({ ok }) => (await ok('groups.addCallbackServer', callbackServer), mine),
    ],
    [
      'groups.getCallbackSettings',
      'groups_getCallbackSettings_response',
      async ({ ok }) => ({ ...mine, ...(await ok<Params>('groups.addCallbackServer', callbackServer)) }),
    ],
    [
      'photos.getMessagesUploadServer',
      'photos_getMessagesUploadServer_response',
      () => ({ peer_id: anna.id }),
    ],
    ['photos.saveMessagesPhoto', 'photos_saveMessagesPhoto_response', (served) => uploaded(served)],
  ])('%s: %s', async (method, definition, params) => {
    const served = await serveVk()
    const answer = await served.call(method, await params(served))
    expect(answer.error).toBeUndefined()
    expect(complaints(definition, answer)).toEqual([])
  })

  test('an error', async () => {
    const { call } = await serveVk()
    expect(complaints('base_error', (await call('messages.send')).error)).toEqual([])
  })
})

test('every event is what the schema promises', async () => {
  const { vk, ok, position, poll } = await serveVk()
  const { key, ts } = await position()
  vk.start(group.id, boris.id, { payload: 'flyer', source: 'door' })
  vk.start(group.id, boris.id)
  vk.sendText(group.id, vera.id, 'a & b')
  for (const kind of ['photo', 'sticker', 'voice', 'video', 'document', 'location'] as const) {
    vk.sendAttachment(group.id, vera.id, kind)
  }
  const id = await ok<number>('messages.send', {
    peer_id: vera.id,
    random_id: fresh(),
    message: '?',
    keyboard: yesNo,
  })
  vk.press(group.id, vera.id, id, 0, 0)
  vk.press(group.id, vera.id, id, 0, 1)
  vk.block(group.id, vera.id)
  vk.unblock(group.id, vera.id)
  const { updates } = await poll({ key, ts })
  const types = new Set(updates?.map(({ type }) => type))
  expect(types).toEqual(new Set(['message_new', 'message_event', 'message_deny', 'message_allow']))
  expect(updates).toHaveLength(12)
  expect(updates?.flatMap((update) => eventComplaints(update))).toEqual([])
})

const eventComplaints = (update: Update): string[] => [
  ...complaints('callback_base', update),
  ...complaints(`callback_${update.type}`, update.object),
]
