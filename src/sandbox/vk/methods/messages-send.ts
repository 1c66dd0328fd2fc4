import { ApiError, badParameter } from '../api-error.ts'
import type { Community } from '../community.ts'
import { post } from '../community.ts'
import { readContent } from '../content.ts'
import type { Content } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import type { VkKeyboard } from '../keyboard.ts'
import { shownButtons } from '../keyboard.ts'
import { integers, text } from '../params.ts'
import type { Params } from '../params.ts'
import { onePeer, writableConversation } from '../recipient.ts'
import { wireMessage } from '../wire-message.ts'
import type { CallContext, Method } from './method.ts'

interface Sent {
  id: number
  conversationMessageId: number
}

const dedupeMs = 3600_000
const maxPeers = 100
/** Only these stand with the peer they belong to; with any other the whole call is refused. */
const peerErrors = new Set([900, 901, 902, 917, 932, 936])

/**
 * `messages.send`: to one peer (the answer is the message's id) or to up to 100 (the answer is a list).
 * The same non-zero random_id to the same peer within an hour sends nothing and gives the earlier message.
 */
export const createMessagesSend =
  (community: Community): Method =>
  (params, context) => {
    const randomId = readRandomId(params)
    const peerIds = readPeerIds(params)
    const onlyPeer = onePeer(community, params)
    if (peerIds && onlyPeer !== undefined) throw badParameter('peer_ids can not be used with peer_id')
    const content = readContent(community, params)
    if (peerIds) return peerIds.map((peerId) => sendItem(community, context, peerId, randomId, content))
    if (onlyPeer !== undefined) return sendTo(community, context, onlyPeer, randomId, content).id
    throw badParameter('you should specify peer_id, user_id, domain, chat_id or user_ids param')
  }

function sendItem(
  community: Community,
  context: CallContext,
  peerId: number,
  randomId: string,
  content: Content,
): object {
  try {
    const { id, conversationMessageId } = sendTo(community, context, peerId, randomId, content)
    return { peer_id: peerId, message_id: id, conversation_message_id: conversationMessageId }
  } catch (error) {
    if (!(error instanceof ApiError) || !peerErrors.has(error.code)) throw error
    return {
      peer_id: peerId,
      message_id: 0,
      conversation_message_id: 0,
      error: { code: error.code, description: error.message },
    }
  }
}

function sendTo(
  community: Community,
  { forbidden }: CallContext,
  peerId: number,
  randomId: string,
  content: Content,
): Sent {
  if (forbidden === 'all' || forbidden === peerId) throw new ApiError(901)
  const conversation = writableConversation(community, peerId)
  const atMs = community.realNow()
  const earlier = randomId === '0' ? undefined : sentWithinHour(conversation, atMs).get(randomId)
  if (earlier) return earlier
  const { keyboard, ...rest } = content
  const message = post(community, conversation, {
    ...rest,
    out: true,
    randomId,
    ...(keyboard?.inline && keyboard.buttons.length > 0 && { keyboard }),
  })
  const sent = { id: message.id, conversationMessageId: message.conversationMessageId, atMs }
  if (randomId !== '0') conversation.sent.set(randomId, sent)
  if (keyboard && !keyboard.inline) putKeyboard(community, conversation, keyboard)
  stopTyping(community, conversation)
  community.publish('message_reply', peerId, () => wireMessage(community, conversation, message))
  return sent
}

/** Replaces the keyboard under the input field; one without buttons takes it away. */
export function putKeyboard(
  community: Community,
  conversation: Conversation,
  keyboard: VkKeyboard | undefined,
): void {
  if (!conversation.keyboard && !keyboard?.buttons.length) return
  conversation.keyboard = keyboard?.buttons.length ? keyboard : undefined
  const personId = conversation.person.id
  community.emit({ type: 'keyboard', personId, keyboard: shownButtons(conversation.keyboard) })
}

/** "typing…" ends with the message. */
function stopTyping(community: Community, conversation: Conversation): void {
  if (conversation.typingUntilMs <= community.realNow()) return
  conversation.typingUntilMs = 0
  community.emit({ type: 'typing', personId: conversation.person.id, typing: false })
}

function sentWithinHour({ sent }: Conversation, nowMs: number): Conversation['sent'] {
  for (const [randomId, { atMs }] of sent) {
    if (nowMs - atMs < dedupeMs) break
    sent.delete(randomId)
  }
  return sent
}

/** vk-io makes numbers above 2^53: kept as text, within 64 bits. */
function readRandomId(params: Params): string {
  const value = text(params, 'random_id')
  if (value === undefined) throw badParameter('random_id is a required parameter')
  if (!/^-?\d{1,19}$/.test(value)) throw badParameter('random_id not integer')
  if (value.length < 16) return String(Number(value))
  const number = BigInt(value)
  if (BigInt.asIntN(64, number) !== number) throw badParameter('random_id not integer')
  return String(number)
}

function readPeerIds(params: Params): number[] | undefined {
  const name = text(params, 'peer_ids') === undefined ? 'user_ids' : 'peer_ids'
  const peerIds = integers(params, name, maxPeers)
  return peerIds.length > 0 ? [...new Set(peerIds)] : undefined
}
