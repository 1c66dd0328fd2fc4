import type { Platform } from '../domain/platform.ts'
import type { Conversation, Message, Reply } from '../flows/conversation.ts'
import { ApiError } from './api-error.ts'
import { createInOrder } from './in-order.ts'
import type { Priority } from './limiter.ts'
import type { Log } from './log.ts'

export interface SayOptions {
  /** Names what is said for good ("tg:1:17", "notice:5"): said again under this key, VK shows it once. */
  key: string
  /** Absent: 'dialogue'. */
  priority?: Priority
  /** VK: this person's app knows no callback buttons. */
  textButtons?: boolean
  /** At most once, whatever happens: for advertising. VK recognises repeats and doesn't need it. */
  once?: boolean
  /** Begun by then (`performance.now()`) or not at all, and tried once: whoever asked decides anew (caller.ts). */
  notAfter?: number
  /** Hears the name that the platform gave to the `photo` that was sent as a file. */
  onPhoto?: (name: string) => void
}

/** What a platform can do with one chat. Everything rejects with an `ApiError`. */
export interface Surface {
  readonly platform: Platform
  /** Shows a new message (a long one in parts); returns the id of the last part, which carries the buttons. */
  send(chatId: number, message: Message, options: SayOptions): Promise<number>
  /** Makes a shown message look like this; rejects with trouble `gone` when the platform can't do that. */
  edit(chatId: number, messageId: number, message: Message, options: SayOptions): Promise<void>
}

export interface Said {
  /** False when this person can't be written to. */
  delivered: boolean
  messageIds: number[]
}

export interface Delivery {
  /**
   * Says a reply, after everything that was said to this chat before.
   * @throws ApiError when a part of it could not be said; the other parts were tried
   */
  say(chatId: number, reply: Reply, options: SayOptions): Promise<Said>
  /** Something is still being said to this chat. */
  busy(chatId: number): boolean
  /** Resolves when everything is said. */
  idle(): Promise<void>
}

/** Says replies on one platform: close, say, live, in this order. */
export function createDelivery({
  surface,
  conversation,
  log,
}: {
  surface: Surface
  conversation: Pick<Conversation, 'shown' | 'unreachable'>
  log: Log
}): Delivery {
  const { platform } = surface
  const inOrder = createInOrder()

  return {
    say: (chatId, reply, options) => inOrder.run(chatId, () => sayAll(chatId, reply, options)),
    busy: (chatId) => inOrder.busy(chatId),
    idle: () => inOrder.idle(),
  }

  async function sayAll(chatId: number, reply: Reply, options: SayOptions): Promise<Said> {
    const messageIds: number[] = []
    let failure: Error | undefined
    for (const step of stepsOf(chatId, reply, options)) {
      try {
        const id = await step()
        if (id !== undefined) messageIds.push(id)
      } catch (error) {
        if (error instanceof ApiError && error.trouble === 'unreachable') {
          await reportUnreachable(chatId, error)
          return { delivered: false, messageIds }
        }
        // Whoever asked for one try looks at what came of it.
        if (options.notAfter === undefined)
          log.error({ event: 'reply.failed', platform, chat: chatId, ...facts(error) })
        failure ??= error instanceof Error ? error : new Error('A step of a reply failed', { cause: error })
      }
    }
    if (failure) throw failure
    return { delivered: true, messageIds }
  }

  /** Each step may fail alone: a message that can't be closed must not keep the next question back. */
  function stepsOf(chatId: number, { close, say, live }: Reply, options: SayOptions) {
    const steps: (() => Promise<number | undefined>)[] = []
    // Named by what it is: said again without what stood above it, the question is still the same message to VK.
    const part = (name: number | 'live') => ({ ...options, key: `${options.key}#${name}` })
    if (close) steps.push(() => closeMessage(chatId, close, options))
    for (const [index, message] of say.entries()) steps.push(() => surface.send(chatId, message, part(index)))
    if (live) steps.push(() => showLive(chatId, live, part('live')))
    return steps
  }

  async function closeMessage(chatId: number, close: NonNullable<Reply['close']>, options: SayOptions) {
    const { messageId, text } = close
    await editUnlessGone(chatId, messageId, { text, groups: [] }, options)
    return undefined
  }

  async function showLive(chatId: number, live: NonNullable<Reply['live']>, options: SayOptions) {
    const { message, into } = live
    if (into !== undefined && (await editUnlessGone(chatId, into, message, options))) return into
    const messageId = await surface.send(chatId, message, options)
    conversation.shown({ platform, externalId: chatId }, messageId)
    return messageId
  }

  async function editUnlessGone(chatId: number, messageId: number, message: Message, options: SayOptions) {
    try {
      await surface.edit(chatId, messageId, message, options)
      return true
    } catch (error) {
      if (error instanceof ApiError && error.trouble === 'same') return true
      if (error instanceof ApiError && error.trouble === 'gone') return false
      throw error
    }
  }

  async function reportUnreachable(chatId: number, error: ApiError): Promise<void> {
    log.info({ event: 'chat.unreachable', platform, chat: chatId, code: error.code })
    try {
      await conversation.unreachable({ platform, externalId: chatId })
    } catch (cause) {
      // The next message to this chat will tell again.
      log.error({ event: 'chat.unreachableNotKept', platform, chat: chatId, ...facts(cause) })
    }
  }
}

/** What the log may say of an error. */
function facts(error: unknown): Record<string, unknown> {
  if (error instanceof ApiError) {
    const { method, code, description, trouble } = error
    return { method, code, description, trouble }
  }
  return { error: error instanceof Error ? error.name : typeof error }
}
