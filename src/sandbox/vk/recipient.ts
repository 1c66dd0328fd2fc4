import { ApiError, badParameter } from './api-error.ts'
import type { Community } from './community.ts'
import type { Conversation } from './conversation.ts'
import type { Params } from './params.ts'
import { integer, text } from './params.ts'

const chatPeers = 2_000_000_000
const contactPeers = 1_900_000_000

/**
 * The dialogue that the community may write into now.
 * @throws ApiError 900, 901, 902 for people; 917, 932, 936 for what is not a person
 */
export function writableConversation(community: Community, peerId: number): Conversation {
  const conversation = dialogue(community, peerId)
  if (conversation?.restriction === 'blacklist') throw new ApiError(900)
  if (conversation?.restriction === 'privacy') throw new ApiError(902)
  if (!conversation?.allowed || conversation.blocked) throw new ApiError(901)
  return conversation
}

/** @throws ApiError 917, 932, 936 for what is not a person; undefined for a person nobody knows */
export function dialogue(community: Community, peerId: number): Conversation | undefined {
  if (peerId > chatPeers) throw new ApiError(917)
  if (peerId > contactPeers) throw new ApiError(936)
  if (peerId < 0) throw new ApiError(932)
  return community.conversations.get(peerId)
}

/** The one peer of a call, named in any of VK's ways; undefined when none is named. */
export function onePeer(community: Community, params: Params): number | undefined {
  const peerId = integer(params, 'peer_id') ?? integer(params, 'user_id')
  if (peerId !== undefined) return peerId
  const chatId = integer(params, 'chat_id')
  if (chatId !== undefined) return chatPeers + chatId
  const domain = text(params, 'domain')
  return domain === undefined ? undefined : personByScreenName(community, domain)
}

/** "id123", or the name of the person's page. @throws ApiError 113 when there is no such person */
export function personByScreenName(community: Community, name: string): number {
  const id = /^id(\d+)$/.exec(name)?.[1]
  if (id !== undefined) return Number(id)
  for (const { person } of community.conversations.values()) if (person.username === name) return person.id
  throw new ApiError(113)
}

/** @throws ApiError 100 when no peer is named */
export function requiredPeer(community: Community, params: Params): number {
  const peerId = onePeer(community, params)
  if (peerId === undefined) throw badParameter('peer_id is undefined')
  return peerId
}
