import type { Attachment } from 'vk-io'
import type { Message } from '../flows/conversation.ts'
import { ApiError } from './api-error.ts'
import type { Caller } from './caller.ts'
import type { SayOptions, Surface } from './delivery.ts'
import type { Log } from './log.ts'
import type { OutgoingFile } from './outgoing-file.ts'
import { drawnFor } from './picture.ts'
import type { Draw } from './picture.ts'
import type { VkApi } from './vk-api.ts'
import { vkError, vkRefusal } from './vk-error.ts'
import { inlineKeyboard, isEditableInVk, vkParts } from './vk-outgoing.ts'

export interface VkSurface extends Surface {
  /** Brings a picture to VK, for messages to anybody. @returns its name there: "photo-1_2_key" */
  uploadPhoto(file: OutgoingFile): Promise<string>
  /** Ends the spinning of a pressed button; a press that is too old is no error. */
  answer(press: { eventId: string; userId: number; peerId: number }, toast: string | undefined): Promise<void>
}

interface SentItem {
  conversation_message_id: number
  error?: { code: number; description: string }
}

const maxSnackbar = 90

/** What VK can do with one chat. VK counts every call against the rate, so every call does here. */
export function createVkSurface({
  vk,
  caller,
  draw,
  log,
}: {
  vk: VkApi
  caller: Caller
  draw: Draw
  log: Log
}): VkSurface {
  return {
    platform: 'vk',
    async send(peerId, message, options) {
      const { key, textButtons = false, priority = 'dialogue', notAfter } = options
      const { photo } = message
      const picture =
        typeof photo === 'object'
          ? await uploadPhoto(photo, options, peerId)
          : (photo ?? (await pictureOf(peerId, message, options)))
      const file = message.file ? await uploadFile(peerId, message.file, options) : undefined
      const parts = vkParts(message, { key, textButtons })
      let messageId = 0
      for (const [index, { message: text, randomId, keyboard }] of parts.entries()) {
        // A picture is over the words, a file under them.
        const attached = [index === 0 ? picture : undefined, index === parts.length - 1 ? file : undefined]
        const attachment = attached.filter((one) => one !== undefined).join(',') || undefined
        const params = { ...shared(text, keyboard), peer_ids: peerId, random_id: randomId, attachment }
        // What is begun is ended, whenever that is: VK recognises its parts by their numbers.
        const how = { priority, shares: true, ...(index === 0 && notAfter !== undefined && { notAfter }) }
        messageId = await caller.call(peerId, () => sendOnce(params), how)
      }
      return messageId
    },
    async edit(peerId, messageId, message, { textButtons = false, priority = 'dialogue' }) {
      if (!isEditableInVk(message)) {
        throw new ApiError({ method: 'messages.edit', description: 'must be a new message', trouble: 'gone' })
      }
      // A keyboard that is not sent again is gone: that is how a closed message loses its buttons.
      const keyboard = inlineKeyboard(message, textButtons)
      const params = {
        ...shared(message.text.text, keyboard),
        peer_id: peerId,
        conversation_message_id: messageId,
      }
      await caller.call(peerId, () => vk.call('messages.edit', params), { priority, shares: true })
    },
    uploadPhoto: (file) => uploadPhoto(file, { priority: 'broadcast' }),
    async answer({ eventId, userId, peerId }, toast) {
      const text = toast === undefined ? undefined : shortened(toast)
      const data = text === undefined ? undefined : JSON.stringify({ type: 'show_snackbar', text })
      const params = { event_id: eventId, user_id: userId, peer_id: peerId, event_data: data }
      await caller
        .call(peerId, () => vk.call('messages.sendMessageEventAnswer', params), { shares: true })
        .catch((error: unknown) => {
          if (!(error instanceof ApiError && error.trouble === 'stale')) throw error
        })
    },
  }

  /**
   * By `peer_ids`, although it is one: the answer then tells the number within the conversation, which edits need. Errors
   * for the receiver come inside a successful answer there.
   */
  async function sendOnce(params: Record<string, unknown>): Promise<number> {
    const [item] = await vk.call<SentItem[]>('messages.send', params)
    if (item?.error) throw vkRefusal('messages.send', item.error.code, item.error.description)
    return item?.conversation_message_id ?? 0
  }

  /** Draws and uploads what rides on a message; undefined when either fails: the words then go without it. */
  async function pictureOf(
    peerId: number,
    message: Message,
    options: SayOptions,
  ): Promise<string | undefined> {
    const where = { platform: 'vk', chat: peerId } as const
    const picture = await drawnFor(message, { draw, log, ...where })
    if (!picture) return undefined
    try {
      return await uploadPhoto(picture, options, peerId)
    } catch (error) {
      if (!(error instanceof ApiError) || error.trouble === 'unreachable') throw error
      const { method, code, description } = error
      log.error({ event: 'picture.refused', ...where, method, code, description })
      return undefined
    }
  }

  /** @param peerId absent: for anybody */
  function uploadPhoto(
    { name: filename, content }: OutgoingFile,
    options: Pick<SayOptions, 'priority'>,
    peerId?: number,
  ): Promise<string> {
    const contentType = filename.endsWith('.jpg') ? 'image/jpeg' : 'image/png'
    const source = { value: Buffer.from(content), filename, contentType }
    const attempt = () => vk.upload.messagePhoto({ source, ...(peerId !== undefined && { peer_id: peerId }) })
    return upload(peerId ?? 0, 'photos.saveMessagesPhoto', attempt, options)
  }

  function uploadFile(
    peerId: number,
    { name, content }: NonNullable<Message['file']>,
    options: SayOptions,
  ): Promise<string> {
    const source = { value: Buffer.from(content), filename: name, contentType: 'application/octet-stream' }
    const attempt = () => vk.upload.messageDocument({ source, peer_id: peerId, title: name })
    return upload(peerId, 'docs.save', attempt, options)
  }

  /** The steps of an upload are repeated together: its address may be used once. @returns the attachment by its name */
  function upload(
    peerId: number,
    method: string,
    attempt: () => Promise<Attachment>,
    { priority = 'dialogue' }: Pick<SayOptions, 'priority'>,
  ): Promise<string> {
    const cleanly = () =>
      attempt().then(String, (error: unknown) => {
        throw vkError(method, error)
      })
    // Its calls pass the limiter one by one, so the whole is not counted.
    return caller.call(peerId, cleanly, { priority, held: 'byPause' })
  }
}

/** A client's words that are said back must not call anybody. */
function shared(message: string, keyboard: string | undefined): Record<string, unknown> {
  return { message, keyboard, disable_mentions: 1 }
}

function shortened(text: string): string {
  return text.length <= maxSnackbar ? text : `${text.slice(0, maxSnackbar - 1)}…`
}
