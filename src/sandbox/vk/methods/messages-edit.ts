import { ApiError, badParameter } from '../api-error.ts'
import type { Community } from '../community.ts'
import { readContent } from '../content.ts'
import type { Conversation, VkMessage } from '../conversation.ts'
import { findMessage, removeMessage, replaceMessage } from '../conversation.ts'
import { flag, integer, integers, requiredInteger, text } from '../params.ts'
import type { Params } from '../params.ts'
import { dialogue, onePeer, writableConversation } from '../recipient.ts'
import { wireMessage } from '../wire-message.ts'
import { putKeyboard } from './messages-send.ts'
import type { Methods } from './method.ts'

const dayMs = 24 * 3600_000

/** `messages.edit` and `messages.delete`: the community's own messages, within a day. */
export const createMessagesEdit = (community: Community): Methods => ({
  /** The new content replaces all of the old: a keyboard or picture that is not sent again is gone. */
  'messages.edit': (params, { forbidden }) => {
    const peerId = requiredInteger(params, 'peer_id')
    if (forbidden === 'all' || forbidden === peerId) throw new ApiError(901)
    const conversation = writableConversation(community, peerId)
    const old = messageToEdit(conversation, params)
    if (!old.out) throw new ApiError(15)
    if (community.now() - old.dateMs > dayMs) throw new ApiError(909)
    const { keyboard, ...content } = readContent(community, params)
    const { id, conversationMessageId, out, dateMs, randomId } = old
    const message: VkMessage = {
      id,
      conversationMessageId,
      out,
      dateMs,
      randomId,
      ...content,
      ...(keyboard?.inline && keyboard.buttons.length > 0 && { keyboard }),
      editedMs: community.now(),
    }
    const shown = replaceMessage(conversation, old, message)
    community.emit({ type: 'edit', personId: peerId, message: shown })
    if (keyboard && !keyboard.inline) putKeyboard(community, conversation, keyboard)
    community.publish('message_edit', peerId, () => wireMessage(community, conversation, message))
    return 1
  },

  /** Without delete_for_all the message disappears for the community only: the person goes on seeing it. */
  'messages.delete': (params) => {
    const forAll = flag(params, 'delete_for_all')
    const targets = messagesToDelete(community, params)
    if (targets.length === 0) throw badParameter('message_ids is undefined')
    return targets.map(({ peerId, id, found }) => ({
      peer_id: peerId,
      ...id,
      ...(found ? deleteOne(community, found, forAll) : { response: 0, error: itemError(new ApiError(104)) }),
    }))
  },
})

interface Found {
  conversation: Conversation
  message: VkMessage
}

interface Target {
  peerId: number
  id: { message_id: number } | { conversation_message_id: number }
  found: Found | undefined
}

function messageToEdit(conversation: Conversation, params: Params): VkMessage {
  const id = integer(params, 'message_id')
  const conversationMessageId = integer(params, 'conversation_message_id') ?? integer(params, 'cmid')
  if (id === undefined && conversationMessageId === undefined) throw badParameter('message_id is undefined')
  const message = findMessage(conversation, { id, conversationMessageId })
  // What is not the community's, or is not there: VK does not tell which.
  if (!message) throw new ApiError(15)
  return message
}

function messagesToDelete(community: Community, params: Params): Target[] {
  const peerId = onePeer(community, params) ?? 0
  const byNumber = text(params, 'cmids') === undefined ? 'conversation_message_ids' : 'cmids'
  const conversation = dialogue(community, peerId)
  const inDialogue = integers(params, byNumber, 100).map((conversationMessageId): Target => {
    const message = conversation && findMessage(conversation, { conversationMessageId })
    const id = { conversation_message_id: conversationMessageId }
    return { peerId, id, found: message && { conversation, message } }
  })
  const anywhere = integers(params, 'message_ids', 1000).map((id): Target => {
    const found = findAnywhere(community, id)
    return { peerId: found?.conversation.person.id ?? peerId, id: { message_id: id }, found }
  })
  return [...inDialogue, ...anywhere]
}

/** Message ids are unique over the community. */
export function findAnywhere(community: Community, id: number): Found | undefined {
  for (const conversation of community.conversations.values()) {
    const message = findMessage(conversation, { id })
    if (message) return { conversation, message }
  }
  return undefined
}

function deleteOne(community: Community, { conversation, message }: Found, forAll: boolean): object {
  if (!forAll) return { response: 1 }
  if (!message.out || community.now() - message.dateMs > dayMs) {
    return { response: 0, error: itemError(new ApiError(924)) }
  }
  removeMessage(conversation, message)
  community.emit({ type: 'delete', personId: conversation.person.id, messageId: message.id })
  return { response: 1 }
}

const itemError = ({ code, message }: ApiError): object => ({ code, description: message })
