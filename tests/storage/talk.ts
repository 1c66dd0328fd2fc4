/** Conversations on a real database: the shell and the flows as in the product, without a messenger. */
import { randomInt, randomUUID } from 'node:crypto'
import { createConversation } from '../../src/bots/conversation.ts'
import { couponCode } from '../../src/domain/coupon.ts'
import type { ChatAddress } from '../../src/domain/known.ts'
import { consentDocuments } from '../../src/documents.ts'
import type { Incoming, Input, Message, Reply } from '../../src/flows/conversation.ts'
import { createConversationStore } from '../../src/storage/conversation-store.ts'
import type { Profile } from '../../src/storage/conversation-store.ts'
import type { PromptDue } from '../../src/storage/prompts.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { openLedger } from '../../src/storage/ledger.ts'
import type { PromptName } from '../../src/domain/prompt.ts'
import type { Salon } from '../../src/domain/salon.ts'
import type { Survey } from '../../src/domain/survey.ts'
import { builtInSurvey, salon, toolsFor } from '../flows/transcript.ts'
import { freshDatabase } from './fresh-database.ts'

export const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export interface ProcessOptions {
  connectionString?: string
  code?: () => string
  profile?: Profile
  /** Another salon, another survey. */
  salon?: Partial<Salon>
  survey?: Survey
  /** The clock of all that happens, epoch milliseconds. */
  now?: () => number
}

/** One process's view of the database; several may share a `connectionString`. */
export async function openProcess({
  connectionString,
  code = () => '123456',
  profile,
  salon: changes,
  survey = builtInSurvey,
  now = Date.now,
}: ProcessOptions = {}) {
  const tools = toolsFor(survey, changes)
  const url = connectionString ?? (await freshDatabase()).connectionString
  const database = await openDatabase({ connectionString: url, log: silent })
  const ledger = await openLedger(database.prisma, consentDocuments(salon, tools.translate))
  const store = createConversationStore({
    ...database,
    ledger,
    runId: 1,
    chance: { code, coupon: () => couponCode(randomInt) },
  })
  const sent: { chat: ChatAddress; reply: Reply }[] = []
  const notices: string[] = []
  const prompts: PromptDue[] = []
  const calledOff: string[] = []
  const conversation = createConversation({
    store,
    tools,
    log: silent,
    send: async (chat, reply) => void sent.push({ chat, reply }),
    announce: (ids) => void notices.push(...ids),
    onPrompts: (change) => {
      prompts.push(...change.planned)
      calledOff.push(...change.calledOff)
    },
    profileOf: async () => profile,
  })
  let updates = 0
  const own = randomUUID()
  const chat = (platform: 'telegram' | 'vk', externalId: number) => ({
    /** Does something as this person, and returns what the bot says. */
    async act(input: Input, extra: Partial<Incoming> = {}): Promise<Reply> {
      updates += 1
      return conversation.take({
        key: `${own}:${updates}`,
        platform,
        externalId,
        at: now(),
        input,
        ...extra,
      })
    },
    async says(...texts: string[]): Promise<Reply> {
      let reply: Reply = { say: [] }
      for (const text of texts)
        reply = await this.act(text === '/start' ? { kind: 'start' } : { kind: 'text', text })
      return reply
    },
    /** The time has come to say something on our side. */
    prompted: (id: string, prompt: PromptName, line?: string) =>
      conversation.prompt({
        key: `prompt:${id}`,
        platform,
        externalId,
        at: now(),
        input: { kind: 'prompt', prompt, ...(line === undefined ? {} : { line }) },
      }),
  })
  return { ...database, url, store, ledger, conversation, sent, notices, prompts, calledOff, chat }
}

/** Everything a reply says, as one text. */
export const words = (reply: Reply): string =>
  [reply.close?.text.text, ...reply.say.map(textOf), reply.live ? textOf(reply.live.message) : undefined]
    .filter((one) => one !== undefined)
    .join('\n')

const textOf = (message: Message) => message.text.text

/** From the greeting to the end of onboarding, by words. */
export const onboardingWords = (phone: string) => [
  '/start',
  'да',
  'да',
  'Анна',
  phone,
  '17.04.1990',
  'ногти',
  'будни вечером',
  'от знакомых',
  'да',
]
