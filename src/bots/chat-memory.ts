import type { ChatAddress } from '../domain/known.ts'
import type { Loaded } from '../storage/conversation-store.ts'

/** The last chats, so that an answer costs one statement: what is held here is only ever a guess that the commit checks. */
export function createChatMemory(size: number) {
  const held = new Map<string, Loaded>()
  return {
    get(chat: ChatAddress): Loaded | undefined {
      return held.get(keyOf(chat))
    },
    hold(chat: ChatAddress, loaded: Loaded): void {
      const key = keyOf(chat)
      held.delete(key)
      held.set(key, loaded)
      if (held.size > size) held.delete(held.keys().next().value as string)
    },
    forget(chat: ChatAddress): void {
      held.delete(keyOf(chat))
    },
  }
}

/** A chat's name: what belongs to one chat is found, and waits in line, by it. */
export const keyOf = ({ platform, externalId }: ChatAddress): string => `${platform}:${externalId}`
