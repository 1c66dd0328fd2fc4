import { createInOrder } from '../../src/bots/in-order.ts'
import type {
  Conversation,
  Incoming,
  Message,
  Picture,
  Reply,
  RichText,
} from '../../src/flows/conversation.ts'

/** A conversation that keeps the contract and answers what the test tells it to. */
export interface ScriptedConversation extends Conversation {
  /** What was committed, each update once, in the order of the commits. */
  readonly taken: Incoming[]
  /** Every delivery, refused ones and repeats too. */
  readonly deliveries: Incoming[]
  readonly shownIds: { externalId: number; messageId: number }[]
  readonly unreachables: number[]
  /** Answers from now on; absent: "Вы написали ...". */
  answer(script: (incoming: Incoming) => Reply | Promise<Reply>): void
  /** The next `times` deliveries that fit commit nothing. */
  refuse(times: number, fits?: (incoming: Incoming) => boolean): void
}

export function createScriptedConversation(): ScriptedConversation {
  const inOrder = createInOrder()
  const taken: Incoming[] = []
  const deliveries: Incoming[] = []
  const shownIds: ScriptedConversation['shownIds'] = []
  const unreachables: number[] = []
  let script: (incoming: Incoming) => Reply | Promise<Reply> = echo
  let refusal = { times: 0, fits: (_: Incoming) => true }

  return {
    taken,
    deliveries,
    shownIds,
    unreachables,
    answer: (next) => (script = next),
    refuse: (times, fits = () => true) => (refusal = { times, fits }),
    take: (incoming) =>
      inOrder.run(incoming.externalId, async () => {
        deliveries.push(incoming)
        if (refusal.times > 0 && refusal.fits(incoming)) {
          refusal.times -= 1
          throw new DatabaseAway(JSON.stringify(incoming.input))
        }
        const isRepeat = taken.some(({ key }) => key === incoming.key)
        const reply = await script(incoming)
        if (!isRepeat) taken.push(incoming)
        return reply
      }),
    shown: ({ externalId }, messageId) => void shownIds.push({ externalId, messageId }),
    unreachable: async ({ externalId }) => void unreachables.push(externalId),
  }
}

/** As a database's errors do, it quotes what was to be stored. */
class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway'
}

export const plain = (text: string): RichText => ({ text, bold: [] })
export const message = (text: string, more: Partial<Message> = {}): Message => ({
  text: plain(text),
  groups: [],
  ...more,
})
export const coupon: Picture = {
  kind: 'coupon',
  language: 'ru',
  code: 'K7RWM2FQ9D',
  title: 'Парафиновый массаж рук',
  until: '31 декабря 2026 г.',
}
export const options = (...labels: string[]): Message['groups'][number] => ({
  kind: 'options',
  buttons: labels.map((label) => ({ label, value: `d.q=${label}` })),
})

function echo({ input }: Incoming): Reply {
  if (input.kind === 'blocked' || input.kind === 'unblocked') return { say: [] }
  return { say: [message(`Вы прислали: ${input.kind === 'text' ? input.text : input.kind}`)] }
}
