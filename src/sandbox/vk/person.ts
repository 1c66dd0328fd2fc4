import type { Messenger } from '../messenger.ts'
import { personAttachment, sampleGeo } from './attachments.ts'
import type { Community } from './community.ts'
import { conversationWith, post } from './community.ts'
import type { Conversation, VkAttachment } from './conversation.ts'
import { findMessage } from './conversation.ts'
import type { VkAction, VkButton } from './keyboard.ts'
import { notePress } from './methods/message-event-answer.ts'
import { putKeyboard } from './methods/messages-send.ts'
import { clientInfo, wireMessage } from './wire-message.ts'

type Act<Name extends keyof Messenger> = Messenger[Name]
type Acts = {
  [
    Name in
      | 'start'
      | 'sendText'
      | 'press'
      | 'pressKeyboard'
      | 'sendContact'
      | 'sendAttachment'
      | 'sendDocument'
      | 'sendPhoto'
      | 'block'
      | 'unblock'
  ]: Act<Name>
}

interface Said {
  text?: string
  payload?: string
  attachment?: VkAttachment
  geo?: object
}

/** The label of VK's own button in an empty dialogue, and what pressing it sends. */
const startLabel = 'Начать'
const startPayload = '{"command":"start"}'

/** What a person can do in the VK client. */
export function createPersonActs(community: Community): Acts {
  const dialogueOf = (botId: number, personId: number): Conversation => {
    if (botId !== community.group.id) throw new Error(`no community ${botId} in the VK sandbox`)
    return conversationWith(community, personId)
  }

  return {
    start(botId, personId, link) {
      const conversation = dialogueOf(botId, personId)
      if (link?.payload !== undefined || link?.source !== undefined) {
        conversation.link = {
          ...(link.payload !== undefined && { ref: link.payload }),
          ...(link.source !== undefined && { refSource: link.source }),
        }
      } else say(conversation, { text: startLabel, payload: startPayload })
    },
    sendText: (botId, personId, text) => say(dialogueOf(botId, personId), { text }),
    press(botId, personId, messageId, row, column) {
      const conversation = dialogueOf(botId, personId)
      const message = findMessage(conversation, { id: messageId })
      const button = message?.keyboard?.buttons[row]?.[column]
      if (!button) throw new Error(`message ${messageId} has no button at row ${row}, column ${column}`)
      push(conversation, button, message)
    },
    pressKeyboard(botId, personId, row, column) {
      const conversation = dialogueOf(botId, personId)
      const keyboard = conversation.keyboard
      const button = keyboard?.buttons[row]?.[column]
      if (!button) throw new Error(`the keyboard has no button at row ${row}, column ${column}`)
      // Only buttons that send a message use up a one-time keyboard.
      const isUsedUp = keyboard.one_time && ['text', 'location'].includes(button.action.type)
      if (isUsedUp) putKeyboard(community, conversation, undefined)
      push(conversation, button)
    },
    sendContact() {
      throw new Error('VK has no contact button: the phone is typed')
    },
    sendAttachment(botId, personId, kind) {
      const conversation = dialogueOf(botId, personId)
      if (kind === 'location') say(conversation, { geo: sampleGeo })
      else say(conversation, { attachment: personAttachment(community, personId, kind) })
    },
    sendDocument() {
      throw new Error('Files of one’s own are for Telegram: no bot of ours asks for one in VK')
    },
    sendPhoto() {
      throw new Error('Pictures of one’s own are for Telegram: no bot of ours asks for one in VK')
    },
    block(botId, personId) {
      const conversation = dialogueOf(botId, personId)
      if (conversation.blocked) return
      setBlocked(conversation, true)
      community.publish('message_deny', personId, () => ({ user_id: personId }))
    },
    unblock(botId, personId) {
      const conversation = dialogueOf(botId, personId)
      if (conversation.allowed && !conversation.blocked) return
      setBlocked(conversation, false)
      conversation.allowed = true
      community.publish('message_allow', personId, () => ({ user_id: personId, key: '' }))
    },
  }

  function push(conversation: Conversation, { action }: VkButton, message?: { id: number }): void {
    switch (action.type) {
      case 'text':
        return say(conversation, { text: action.label ?? '', ...payloadOf(action) })
      case 'callback':
        return pushCallback(conversation, action, message)
      case 'location':
        return say(conversation, { geo: sampleGeo, ...payloadOf(action) })
      case 'open_link':
      case 'open_app':
      case 'vkpay':
        // Opens something on the person's side: the bot learns nothing.
        return
    }
  }

  function pushCallback(conversation: Conversation, action: VkAction, message?: { id: number }): void {
    const personId = conversation.person.id
    const eventId = community.ids.token(12)
    notePress(community, eventId, { personId, messageId: message?.id ?? 0, atMs: community.realNow() })
    const inline = message && findMessage(conversation, { id: message.id })
    community.publish('message_event', personId, () => ({
      user_id: personId,
      peer_id: personId,
      event_id: eventId,
      payload: JSON.parse(action.payload ?? '{}') as unknown,
      ...(inline && { conversation_message_id: inline.conversationMessageId }),
    }))
  }

  function say(conversation: Conversation, { text = '', payload, attachment, geo }: Said): void {
    const { person, link } = conversation
    conversation.started = true
    conversation.allowed = true
    // Writing to a community takes back what the person had forbidden.
    if (conversation.blocked) setBlocked(conversation, false)
    conversation.link = undefined
    const message = post(community, conversation, {
      out: false,
      randomId: '0',
      text,
      attachments: attachment ? [attachment] : [],
      ...(payload !== undefined && { payload }),
      ...(geo && { geo }),
      ...link,
    })
    community.publish('message_new', person.id, () => ({
      message: wireMessage(community, conversation, message),
      client_info: clientInfo(person.language),
    }))
  }

  function setBlocked(conversation: Conversation, blocked: boolean): void {
    if (conversation.blocked === blocked) return
    conversation.blocked = blocked
    community.emit({ type: 'blocked', personId: conversation.person.id, blocked })
  }
}

const payloadOf = (action: VkAction): { payload?: string } =>
  action.payload === undefined ? {} : { payload: action.payload }
