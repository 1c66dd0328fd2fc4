import type { Community, Press } from './community.ts'
import type { Conversation, VkMessage } from './conversation.ts'
import { createConversation, shownMessage } from './conversation.ts'
import type { EventType } from './event-types.ts'
import type { BotEvent } from './events.ts'
import type { SavedIds } from './ids.ts'
import type { SavedLongPoll } from './long-poll.ts'
import type { SavedFile } from './media-store.ts'

/** What `save()` gives and the `saved` option takes: plain JSON. */
export interface SavedState {
  version: 1
  ids: SavedIds
  longPoll: SavedLongPoll
  settings: { enabled: boolean; apiVersion: string; types: EventType[] }
  conversations: SavedConversation[]
  presses: [string, Press][]
  files: SavedFile[]
  /** Not delivered yet; null when the community had no callback server. */
  callback: BotEvent[] | null
}

type SavedConversation = Omit<Conversation, 'shown' | 'sent' | 'typingUntilMs' | 'messages'> & {
  messages: VkMessage[]
  sent: [string, { id: number; conversationMessageId: number; atMs: number }][]
}

const savedSent = 100
/** A busy sandbox is saved often: the whole history would cost more than it is worth. */
const savedMessages = 100
/** More than one person sends and gets between the last `save` and a crash. */
const restartGap = 1000

/** @throws Error when `saved` is from something else than this version's `save()` */
export function readSaved(saved: unknown): SavedState | undefined {
  if (saved === undefined || saved === null) return undefined
  if ((saved as Partial<SavedState>).version !== 1) {
    throw new Error('the saved state of the VK sandbox is of an unknown version: delete it to start anew')
  }
  return saved as SavedState
}

/** Copies the lists only: what stands in them is never changed, only replaced. */
export const saveConversations = (community: Community): SavedConversation[] =>
  [...community.conversations.values()].map(({ shown: _, typingUntilMs: __, sent, messages, ...kept }) => ({
    ...kept,
    messages: messages.slice(-savedMessages),
    sent: [...sent].slice(-savedSent),
  }))

export function restoreConversation({ sent, ...kept }: SavedConversation): Conversation {
  return {
    ...createConversation(kept.person, kept.lastConversationMessageId),
    ...kept,
    lastConversationMessageId: kept.lastConversationMessageId + restartGap,
    messages: [...kept.messages],
    shown: kept.messages.map(shownMessage),
    sent: new Map(sent),
  }
}
