import type { MessageEntity } from 'grammy/types'

/** A text as Telegram keeps it. */
export interface TextWithEntities {
  text: string
  /** Sorted by offset, the longer first. Offsets in UTF-16 units. */
  entities: MessageEntity[]
}
