import type { MessengerEvent, Person, ShownMessage } from '../messenger.ts'
import type { FaultDesk } from '../faults.ts'
import type { Conversation, VkMessage } from './conversation.ts'
import { addMessage, createConversation } from './conversation.ts'
import type { EventType, Publish } from './event-types.ts'
import type { Ids } from './ids.ts'
import type { MediaStore } from './media-store.ts'

export interface Group {
  id: number
  token: string
  name: string
  /** The address of the community: vk.com/<screenName>. */
  screenName: string
}

/** What the community's settings page says about one way of getting events. */
export interface EventSettings {
  enabled: boolean
  apiVersion: string
  types: Set<EventType>
}

/** A press of a callback button that waits for messages.sendMessageEventAnswer. */
export interface Press {
  personId: number
  messageId: number
  atMs: number
}

/** The community with all its dialogues: what the API's methods and the people act upon. */
export interface Community {
  readonly group: Group
  readonly ids: Ids
  readonly media: MediaStore
  readonly faults: FaultDesk
  readonly conversations: Map<number, Conversation>
  /** By event_id, in the order of pressing. */
  readonly presses: Map<string, Press>
  readonly longPoll: EventSettings
  /** What the settings page shows as the string to confirm a server with. */
  confirmationCode: string
  /** What stands on messages, epoch milliseconds. */
  now(): number
  /** For what lasts: not moved when time is skipped. */
  realNow(): number
  /** Tells the page and the tests. */
  emit(event: MessengerEventOf): void
  /** Tells the bot. */
  publish: Publish
}

type Spread<T> = T extends unknown ? Omit<T, 'botId' | 'personId'> : never
type MessengerEventOf = { personId: number } & Spread<MessengerEvent>

/** @throws when the person is not in the sandbox: a mistake of the caller */
export function conversationWith(community: Community, personId: number): Conversation {
  const conversation = community.conversations.get(personId)
  if (!conversation) throw new Error(`nobody with id ${personId} in the VK sandbox: add the person first`)
  return conversation
}

/** Adds a person, or renews the profile of one who is there. */
export function putPerson(community: Pick<Community, 'conversations' | 'ids'>, person: Person): void {
  const known = community.conversations.get(person.id)
  if (known) known.person = person
  else {
    const conversation = createConversation(person, community.ids.conversationStart())
    community.conversations.set(person.id, conversation)
  }
}

/** Gives the message its numbers, stores it, and shows it to the person. */
export function post(
  community: Community,
  conversation: Conversation,
  content: Omit<VkMessage, 'id' | 'conversationMessageId' | 'dateMs'>,
): VkMessage {
  const message: VkMessage = {
    id: community.ids.message(),
    conversationMessageId: (conversation.lastConversationMessageId += 1),
    dateMs: community.now(),
    ...content,
  }
  const shown: ShownMessage = addMessage(conversation, message)
  community.emit({ type: 'message', personId: conversation.person.id, message: shown })
  return message
}
