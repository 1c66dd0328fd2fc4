import { randomUUID } from 'node:crypto'
import type { Context } from 'vk-io'
import { MessageContext, MessageEventContext, MessageSubscriptionContext } from 'vk-io'
import type { Attachment, Incoming, Input } from '../flows/conversation.ts'
import type { VkUpdate } from './poll-vk.ts'

/** An event in the dialogues' words, but for its key and time. */
export type Told = Omit<Incoming, 'key' | 'platform' | 'at'>

/** The person an event is about: one person's events are handled in order. Others share the key 0. */
export function peerOf({ object }: VkUpdate): number {
  const message = object['message'] as { peer_id?: number } | undefined
  return Number(message?.peer_id ?? object['peer_id'] ?? object['user_id'] ?? 0)
}

/**
 * The same for every delivery of one event. Old API versions don't number events: there a message's number serves, and
 * what has none is taken for new each time.
 * @param update as `normalized` gives it
 */
export function keyOfEvent(update: VkUpdate): string {
  const message = update.object['message'] as { id?: number } | undefined
  const number = message?.id ?? (update.object['event_id'] as string | undefined) ?? randomUUID()
  const id = update.event_id ?? `${update.type}.${peerOf(update)}.${number}`
  return `vk:${update.group_id}:${id}`
}

/**
 * Makes an event safe for vk-io's contexts, which throw on a payload that is not JSON (any program may send one) and
 * guess wrongly when `client_info` is missing.
 */
export function normalized(update: VkUpdate): VkUpdate {
  if (update.type !== 'message_new') return update
  const { object } = update
  // Communities that are set to an API version before 5.103 give the bare message.
  const { payload, ...rest } = (object['message'] ?? object) as Record<string, unknown>
  const message = isJson(payload) ? { ...rest, payload } : rest
  const client = object['client_info'] ?? { button_actions: ['text'], keyboard: true, inline_keyboard: false }
  return { ...update, object: { message, client_info: client } }
}

/** @returns undefined for what the dialogues have no business with: chats of many, other communities, other events */
export function vkIncoming(context: Context): Told | undefined {
  if (context instanceof MessageContext)
    return context.is(['message_new']) ? fromMessage(context as MessageContext) : undefined
  if (context instanceof MessageEventContext) return fromPress(context as MessageEventContext)
  if (context instanceof MessageSubscriptionContext) {
    return { externalId: context.userId, input: { kind: context.isSubscribed ? 'unblocked' : 'blocked' } }
  }
  return undefined
}

function fromMessage(context: MessageContext): Told | undefined {
  if (!context.isFromUser || context.isOutbox) return undefined
  const { peerId, clientInfo, referralValue, referralSource } = context
  const language = languages[clientInfo.lang_id]
  const source = referralValue ?? referralSource
  const detail = referralValue === undefined ? undefined : referralSource
  return {
    externalId: peerId,
    input: inputOf(context),
    callbackButtons: (clientInfo.button_actions as string[]).includes('callback'),
    ...(language === undefined ? {} : { profile: { language } }),
    ...(source ? { link: { source, ...(detail ? { detail } : {}) } } : {}),
  }
}

/** VK's numbers of the app's language. */
const languages: Record<number, string> = { 0: 'ru', 1: 'uk', 2: 'be', 3: 'en', 97: 'kk' }

function inputOf(context: MessageContext): Input {
  const pressed = readPayload(context.messagePayload)
  if (pressed) return pressed
  const { text = '' } = context
  const what = attachmentOf(context)
  if (what) return { kind: 'attachment', what, ...(text === '' ? {} : { caption: text }) }
  if (/^(начать|start)$/i.test(text.trim())) return { kind: 'start' }
  const name = /^\/([\wа-яё]+)(?:\s|$)/i.exec(text)?.[1]?.toLowerCase()
  if (name === 'start' || name === 'начать') return { kind: 'start' }
  return name === undefined ? { kind: 'text', text } : { kind: 'command', name }
}

/** Our buttons carry {"v": value}, VK's Start button {"command": "start"}; others are not ours. */
function readPayload(raw: unknown): Input | undefined {
  const payload = (typeof raw === 'string' && isJson(raw) ? JSON.parse(raw) : raw) as
    | Record<string, unknown>
    | null
    | undefined
  if (typeof payload !== 'object' || payload === null) return undefined
  if (typeof payload['v'] === 'string') return { kind: 'press', value: payload['v'] }
  return payload['command'] === 'start' ? { kind: 'start' } : undefined
}

const kinds: Record<string, Attachment> = {
  photo: 'photo',
  sticker: 'sticker',
  audio_message: 'voice',
  video: 'video',
  doc: 'document',
}

function attachmentOf(context: MessageContext): Attachment | undefined {
  if (context.hasGeo) return 'location'
  const types = context.attachments.map(({ type }) => String(type))
  const known = types.find((type) => type in kinds)
  if (known !== undefined) return kinds[known]
  // VK attaches a preview to every address in a text; forwarded messages come with neither text nor attachments.
  if (types.some((type) => type !== 'link')) return 'other'
  return context.text ? undefined : 'other'
}

function fromPress(context: MessageEventContext): Told | undefined {
  const input = readPayload(context.eventPayload)
  if (!input || context.peerId !== context.userId) return undefined
  // Buttons under the input field belong to no message.
  const messageId = context.conversationMessageId as number | undefined
  return { externalId: context.peerId, input, callbackButtons: true, ...(messageId ? { messageId } : {}) }
}

function isJson(text: unknown): boolean {
  if (typeof text !== 'string') return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
