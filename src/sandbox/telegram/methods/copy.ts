import type { Message } from 'grammy/types'
import { badRequest } from '../api-error.ts'
import { integerArgument, textArgument } from '../arguments.ts'
import { chatArgument, findMessage, writableChat } from '../chat-state.ts'
import { replyMarkupArgument } from '../reply-markup.ts'
import type { StoredMessage } from '../state.ts'
import type { Call, Method } from './method.ts'
import { postMessage } from './post-message.ts'
import type { Content } from './post-message.ts'
import { captionContent } from './send.ts'

/** Sends the content anew; the caption can be replaced, the keyboard is the call's own. */
export const copyMessage: Method = (call) => {
  const markup = replyMarkupArgument(call.args)
  const chat = writableChat(call.world, call.bot, call.args)
  const content = contentOf(sourceMessage(call, 'message to copy not found').api)
  const caption = 'caption' in call.args.values ? captionContent(call) : undefined
  if (caption && content.text === undefined) {
    delete content.caption
    delete content.caption_entities
    Object.assign(content, caption)
  }
  const { message_id } = postMessage(call, chat, content, markup)
  return { message_id }
}

export const forwardMessage: Method = (call) => {
  const chat = writableChat(call.world, call.bot, call.args)
  const { api } = sourceMessage(call, 'message to forward not found')
  const sender = api.from ?? call.bot.user
  const origin = api.forward_origin ?? { type: 'user' as const, sender_user: sender, date: api.date }
  return postMessage(call, chat, {
    forward_origin: origin,
    ...contentOf(api),
  })
}

function sourceMessage(call: Call, notFound: string): StoredMessage {
  if (textArgument(call.args, 'from_chat_id') === '') throw badRequest('chat_id is empty')
  const source = chatArgument(call.world, call.bot, call.args, 'from_chat_id')
  const message = findMessage(source, integerArgument(call.args, 'message_id', { min: 0 }))
  if (!message) throw badRequest(notFound)
  if (message.api.has_protected_content)
    throw badRequest("Message has protected content and can't be forwarded")
  return message
}

/** All but what belongs to the message itself: number, sender, chat, dates, replies, keyboards. */
function contentOf(api: Message): Content {
  const fields = [
    'text',
    'entities',
    'photo',
    'document',
    'voice',
    'video',
    'audio',
    'animation',
    'sticker',
    'contact',
    'location',
    'caption',
    'caption_entities',
  ] as const
  return Object.fromEntries(
    fields.flatMap((field) => (api[field] === undefined ? [] : [[field, api[field]]])),
  )
}
