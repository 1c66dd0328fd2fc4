import { badParameter } from '../api-error.ts'
import type { Community } from '../community.ts'
import type { Conversation } from '../conversation.ts'
import { findMessage } from '../conversation.ts'
import { integer, integers, requiredInteger, requiredText, text } from '../params.ts'
import type { Params } from '../params.ts'
import { dialogue, requiredPeer, writableConversation } from '../recipient.ts'
import { wireMessage } from '../wire-message.ts'
import { findAnywhere } from './messages-edit.ts'
import type { Methods } from './method.ts'

const typingMs = 5000

/** The methods about a dialogue as a whole, and about reading it. */
export const createMessagesDialogue = (community: Community): Methods => ({
  'messages.setActivity': (params) => {
    const type = text(params, 'type') ?? 'typing'
    if (type !== 'typing' && type !== 'audiomessage') throw badParameter('type is invalid')
    const conversation = writableConversation(community, requiredPeer(community, params))
    showTyping(community, conversation)
    return 1
  },

  'messages.markAsRead': (params) => {
    const conversation = dialogue(community, requiredPeer(community, params))
    const upTo = integer(params, 'start_message_id') ?? conversation?.messages.at(-1)?.id ?? 0
    if (conversation) conversation.readUpTo = Math.max(conversation.readUpTo, upTo)
    return 1
  },

  'messages.isMessagesFromGroupAllowed': (params) => {
    requiredText(params, 'group_id')
    const conversation = community.conversations.get(requiredInteger(params, 'user_id'))
    return { is_allowed: conversation?.allowed && !conversation.blocked ? 1 : 0 }
  },

  'messages.getById': (params) => {
    const peerId = integer(params, 'peer_id')
    const byNumber = integers(params, 'cmids', 100)
    if (byNumber.length > 0) return byConversationNumbers(community, peerId, byNumber)
    const ids = integers(params, 'message_ids', 100)
    if (ids.length === 0) throw badParameter('message_ids is undefined')
    const found = ids.flatMap((id) => findAnywhere(community, id) ?? [])
    return {
      count: found.length,
      items: found.map(({ conversation, message }) => wireMessage(community, conversation, message)),
    }
  },

  'messages.getByConversationMessageId': (params) =>
    byConversationNumbers(
      community,
      requiredInteger(params, 'peer_id'),
      integers(params, 'conversation_message_ids', 100),
    ),

  'messages.getHistory': (params) => {
    const conversation = dialogue(community, requiredPeer(community, params))
    if (!conversation) return { count: 0, items: [] }
    return { count: conversation.messages.length, items: page(community, conversation, params) }
  },

  'messages.getConversationsById': (params) => {
    requiredText(params, 'peer_ids')
    const found = integers(params, 'peer_ids', 100).flatMap((peerId) => dialogue(community, peerId) ?? [])
    return { count: found.length, items: found.map(wireConversation) }
  },
})

function showTyping(community: Community, conversation: Conversation): void {
  const personId = conversation.person.id
  conversation.typingUntilMs = community.realNow() + typingMs
  community.emit({ type: 'typing', personId, typing: true })
  const timer = setTimeout(() => {
    if (conversation.typingUntilMs === 0 || conversation.typingUntilMs > community.realNow()) return
    conversation.typingUntilMs = 0
    community.emit({ type: 'typing', personId, typing: false })
  }, typingMs)
  timer.unref()
}

function byConversationNumbers(
  community: Community,
  peerId: number | undefined,
  numbers: number[],
): { count: number; items: object[] } {
  if (peerId === undefined) throw badParameter('peer_id is undefined')
  const conversation = dialogue(community, peerId)
  const items = numbers.flatMap((conversationMessageId) => {
    const message = conversation && findMessage(conversation, { conversationMessageId })
    return message ? [wireMessage(community, conversation, message)] : []
  })
  return { count: items.length, items }
}

/** Newest first, unless `rev`. */
function page(community: Community, conversation: Conversation, params: Params): object[] {
  const ordered = params['rev'] === '1' ? conversation.messages : conversation.messages.toReversed()
  const offset = Math.max(integer(params, 'offset') ?? 0, 0)
  const count = Math.min(integer(params, 'count') ?? 20, 200)
  return ordered.slice(offset, offset + count).map((message) => wireMessage(community, conversation, message))
}

function wireConversation(conversation: Conversation): object {
  const { person, messages, lastConversationMessageId, readUpTo, keyboard } = conversation
  const last = messages.at(-1)?.id ?? 0
  const unread = messages.filter(({ out, id }) => !out && id > readUpTo).length
  return {
    peer: { id: person.id, type: 'user', local_id: person.id },
    last_message_id: last,
    last_conversation_message_id: lastConversationMessageId,
    in_read: readUpTo,
    out_read: last,
    version: 10_000_000 + last,
    ...(unread > 0 && { unread_count: unread }),
    is_marked_unread: false,
    important: false,
    unanswered: unread > 0,
    can_write: { allowed: conversation.allowed && !conversation.blocked },
    ...(keyboard && { current_keyboard: keyboard }),
  }
}
