import type { LiveConversation } from '../bots/conversation.ts'
import { promptKey } from '../domain/prompt.ts'
import type { PromptDoor } from '../jobs/prompts.ts'
import type { Bots } from './bots.ts'

/** How a message on our side goes out: decided by the conversation, said once by the platform's bot. */
export const promptDoor = ({
  conversation,
  bots,
  now = Date.now,
}: {
  conversation: Pick<LiveConversation, 'prompt'>
  bots: Bots
  now?: () => number
}): PromptDoor => ({
  async decide(chat, { id, kind, about, number, line }) {
    const key = `${promptKey}${id}`
    const outcome = await conversation.prompt({
      key,
      ...chat,
      at: now(),
      input: {
        kind: 'prompt',
        prompt: { kind, about, number },
        ...(line === undefined ? {} : { line }),
      },
    })
    if (outcome.what !== 'say') return outcome
    const { reply, textButtons } = outcome
    const send = async (): Promise<boolean> => {
      const options = { key, textButtons, once: true, priority: 'broadcast' } as const
      return (await bots[chat.platform]?.send(chat.externalId, reply, options))?.delivered ?? false
    }
    return { what: 'say', send }
  },
})
