import type { LiveConversation, OwnReply } from '../bots/conversation.ts'
import type { ChatAddress } from '../domain/known.ts'
import { promptKey } from '../domain/prompt.ts'
import type { PromptDoor } from '../jobs/prompts.ts'
import type { WaitingPrompt } from '../storage/prompts.ts'
import type { Bots } from './bots.ts'

/** What is needed of the bots. */
type Senders = { [Platform in ChatAddress['platform']]?: Pick<NonNullable<Bots[Platform]>, 'send'> }

/** How a message on our side goes out: decided by the conversation, said once by the platform's bot. */
export function promptDoor({
  conversation,
  bots,
  now = Date.now,
}: {
  conversation: Pick<LiveConversation, 'prompt' | 'again'>
  bots: Senders
  now?: () => number
}): PromptDoor {
  return {
    async decide(prompt) {
      const [chat, ...others] = prompt.chats.filter(({ platform }) => bots[platform])
      if (!chat) return { what: 'moot' }
      const outcome = await conversation.prompt(incomingOf(prompt, chat, now()))
      if (outcome.what !== 'say') return outcome
      const send = async () => (await said(prompt, chat, outcome)) || saidElsewhere(prompt, others)
      return { what: 'say', send }
    },
  }

  async function said({ id }: WaitingPrompt, chat: ChatAddress, own: OwnReply): Promise<boolean> {
    const { reply, textButtons } = own
    const options = { key: `${promptKey}${id}`, textButtons, once: true, priority: 'broadcast' } as const
    return (await bots[chat.platform]?.send(chat.externalId, reply, options))?.delivered ?? false
  }

  /** Where the first chat turns out to be closed, what was committed is asked in the person's other one. */
  async function saidElsewhere(prompt: WaitingPrompt, others: readonly ChatAddress[]): Promise<boolean> {
    for (const chat of others) {
      const own = await conversation.again(chat, now())
      if (own && (await said(prompt, chat, own))) return true
    }
    return false
  }
}

const incomingOf = (
  { id, kind, about, number, line }: WaitingPrompt,
  chat: ChatAddress,
  at: number,
): Parameters<LiveConversation['prompt']>[0] => ({
  key: `${promptKey}${id}`,
  ...chat,
  at,
  input: {
    kind: 'prompt',
    prompt: { kind, about, number },
    ...(line === undefined ? {} : { line }),
  },
})
