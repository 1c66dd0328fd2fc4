/** The kinds of events that the stand-in can produce; VK has many more, about walls, photos and goods. */
export const producedTypes = [
  'message_new',
  'message_event',
  'message_allow',
  'message_deny',
  'message_reply',
  'message_edit',
] as const
export type EventType = (typeof producedTypes)[number]

/** Makes an event and sends it off. `object` is asked for only when somebody wants such events. */
export type Publish = (type: EventType, peerId: number, object: () => object) => void
