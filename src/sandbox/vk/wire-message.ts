import type { Community } from './community.ts'
import type { Conversation, VkMessage } from './conversation.ts'

/** A message as VK's API and events give it (5.199). */
export function wireMessage(community: Community, { person }: Conversation, message: VkMessage): object {
  const wire: Record<string, unknown> = {
    date: Math.floor(message.dateMs / 1000),
    from_id: message.out ? -community.group.id : person.id,
    id: message.id,
    version: 10_000_000 + message.id,
    out: message.out ? 1 : 0,
    attachments: message.attachments.map(({ type, value }) => ({ type, [type]: value })),
    conversation_message_id: message.conversationMessageId,
    fwd_messages: [],
    important: false,
    is_hidden: false,
    peer_id: person.id,
    random_id: Number(message.randomId),
    text: escapeText(message.text),
  }
  if (message.editedMs !== undefined) wire['update_time'] = Math.floor(message.editedMs / 1000)
  if (message.payload !== undefined) wire['payload'] = message.payload
  if (message.geo !== undefined) wire['geo'] = message.geo
  if (message.ref !== undefined) wire['ref'] = message.ref
  if (message.refSource !== undefined) wire['ref_source'] = message.refSource
  if (message.keyboard) wire['keyboard'] = { ...message.keyboard, author_id: -community.group.id }
  return wire
}

/** What the person's client can show; a recent phone can do everything. */
export const clientInfo = (language: 'ru' | 'en'): object => ({
  button_actions: [
    'text',
    'vkpay',
    'open_app',
    'location',
    'open_link',
    'open_photo',
    'callback',
    'intent_subscribe',
    'intent_unsubscribe',
  ],
  keyboard: true,
  inline_keyboard: true,
  carousel: true,
  lang_id: language === 'ru' ? 0 : 3,
})

/** VK gives texts with these four escaped; vk-io turns them back. */
function escapeText(text: string): string {
  if (!/[&<>"]/.test(text)) return text
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
