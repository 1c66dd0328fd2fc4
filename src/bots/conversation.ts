/** The shell around the pure conversation: load, decide, commit, and only then let it be said. */
import { consented } from '../domain/known.ts'
import type { ChatAddress, Finding, Known } from '../domain/known.ts'
import type { EventLog } from '../domain/event-log.ts'
import type { Language } from '../domain/salon.ts'
import { converse, converseAgain } from '../flows/converse.ts'
import type { Turn } from '../flows/converse.ts'
import type { Conversation, Incoming, Reply } from '../flows/conversation.ts'
import type { Prompted } from '../domain/prompt.ts'
import { rich } from '../flows/rich.ts'
import type { Tools } from '../flows/scene.ts'
import type { Committed, ConversationStore, Loaded, Profile } from '../storage/conversation-store.ts'
import type { PromptDue } from '../storage/prompts.ts'
import { createChatMemory, keyOf } from './chat-memory.ts'
import { createInOrder } from './in-order.ts'

export interface ConversationOptions {
  store: ConversationStore
  tools: Tools
  log: EventLog
  /** Sends to a chat that has not just written: a linking code. */
  send: (chat: ChatAddress, reply: Reply, how: { textButtons: boolean }) => Promise<void>
  /** Hands the ids of new notices to the job that delivers them. */
  announce: (noticeIds: string[]) => void
  /** Hands what is to be said on our side later to the queue, and takes back what is called off. */
  onPrompts: (change: { planned: PromptDue[]; calledOff: string[] }) => void
  /** Asks the platform for the open profile; undefined where updates bring it (Telegram). */
  profileOf: (chat: ChatAddress) => Promise<Profile | undefined>
  /** How many chats are remembered between updates; each takes about 2 KB. */
  remembered?: number
}

export interface LiveConversation extends Conversation {
  /** Says the current question again, for instance to people whom a crash left without an answer. */
  remind(chats: ChatAddress[], at: number): Promise<void>
  /** The current question once more, for a chat whose person could not be asked in their other one; undefined: it is closed, too. */
  again(chat: ChatAddress, at: number): Promise<OwnReply | undefined>
  /**
   * Decides a message on our side, now that its time has come. What is to be said is committed first, and comes back to be sent;
   * anything else changes nothing.
   * @param incoming its key is the prompt's own: a prompt that was committed before has nothing more to say
   */
  prompt(incoming: Incoming & { input: { kind: 'prompt' } }): Promise<PromptOutcome>
}

/** What is to be said on our side, and whether this person's app knows text buttons only. */
export interface OwnReply {
  reply: Reply
  textButtons: boolean
}

export type PromptOutcome = ({ what: 'say' } & OwnReply) | Exclude<Prompted, { what: 'said' }>

/** How often a decision is made anew when somebody else changed the person meanwhile. */
const attempts = 8

export function createConversation(options: ConversationOptions): LiveConversation {
  const { store, tools, log } = options
  const memory = createChatMemory(options.remembered ?? 20_000)
  const inOrder = createInOrder()

  const load = async (chat: ChatAddress, language: () => Language): Promise<Loaded> => {
    const held = memory.get(chat)
    if (held) return held
    const found = await store.load(chat)
    if (found) return found.row?.version === 0 ? { ...found, known: { ...found.known, fresh: true } } : found
    return { known: strangerIn(chat, language()) }
  }

  /** A reply, or what keeps a message on our side from being said. */
  const takeOne = async (incoming: Incoming): Promise<Reply | { kept: Kept }> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const loaded = await load(incoming, () => languageOf(incoming, tools))
      if (!loaded.row) {
        // Whoever was forgotten meanwhile is not made anew.
        if (incoming.input.kind === 'prompt') return { kept: { what: 'moot' } }
        if ((await store.takenAt(incoming.key)) !== undefined) return { say: [] }
        await store.create(loaded, incoming.at)
        continue
      }
      const turn = converse(loaded.known, incoming, tools)
      if (turn.prompted && turn.prompted.what !== 'said') return { kept: turn.prompted }
      const committed = await store.commit({
        key: incoming.key,
        loaded,
        after: turn.known,
        facts: turn.facts,
        at: incoming.at,
      })
      if (committed.taken === 'taken') return said(incoming, loaded, turn, committed)
      await refresh(incoming)
      if (committed.taken === 'repeated') return repeated(incoming)
    }
    throw new Error('the person changed again and again while an update was being taken')
  }

  const said = async (
    incoming: Incoming,
    loaded: Loaded,
    turn: Turn,
    committed: Committed,
  ): Promise<Reply> => {
    const known = committed.moved ? ((await refresh(incoming, turn.known)) ?? turn.known) : turn.known
    if (!committed.moved && loaded.row)
      memory.hold(incoming, {
        known: withoutFresh(known),
        row: { ...loaded.row, version: loaded.row.version + 1 },
      })
    if (committed.notices.length > 0) options.announce(committed.notices)
    const { prompts: planned, calledOff } = committed
    if (planned.length + calledOff.length > 0) options.onPrompts({ planned, calledOff })
    if (!consented(loaded.known) && consented(known)) learn(incoming)
    const { finding } = committed
    if (finding) tell(finding, incoming.at)
    const data = turn.wantsData && loaded.row ? await store.personalData(loaded.row.clientId) : undefined
    const coupons = turn.wantsCoupons && loaded.row ? await store.coupons(loaded.row.clientId) : undefined
    return turn.reply({
      known,
      ...(finding ? { finding } : {}),
      ...(data ? { data } : {}),
      ...(coupons ? { coupons } : {}),
    })
  }

  /** Reads a chat again that somebody else has changed; the hint about its live message stays what it was here. */
  const refresh = async (chat: ChatAddress, hinted = memory.get(chat)?.known): Promise<Known | undefined> => {
    memory.forget(chat)
    const found = await store.load(chat)
    if (!found) return undefined
    const known = { ...found.known, chat: { ...found.known.chat, ...hints(hinted) } }
    memory.hold(chat, { ...found, known })
    return known
  }

  const repeated = async (incoming: Incoming): Promise<Reply> => {
    const found = await load(incoming, () => languageOf(incoming, tools))
    // Only what was taken last may still wait for its answer; older updates were answered by what came after them.
    const takenAt = await store.takenAt(incoming.key)
    return takenAt === found.known.chat.lastSeenAt ? converseAgain(found.known, incoming, tools) : { say: [] }
  }

  const again = async (chat: ChatAddress, at: number): Promise<OwnReply | undefined> => {
    const found = await load(chat, () => 'ru')
    if (!found.row || !found.known.chat.reachable) return undefined
    const reply = converseAgain(found.known, { ...chat, key: '', at, input: { kind: 'start' } }, tools)
    return { reply, textButtons: !found.known.chat.callbackButtons }
  }

  const remindOne = async (chat: ChatAddress, at: number): Promise<void> => {
    const own = await again(chat, at)
    if (own) await options.send(chat, own.reply, { textButtons: own.textButtons })
  }

  const background = (work: Promise<void>, event: string): void => {
    void work.catch((error: unknown) => log.warn({ event, error }))
  }

  const learn = (chat: ChatAddress): void => {
    const work = async () => {
      const profile = await options.profileOf(chat)
      if (profile)
        await inOrder.run(keyOf(chat), async () => {
          await store.learnProfile(chat, profile)
          await refresh(chat)
        })
    }
    background(work(), 'conversation.profileFailed')
  }

  /** Sends a code to where it must be read, and puts the question where it must be typed. */
  const tell = (finding: Finding, at: number): void => {
    if (finding.kind === 'codeSent')
      for (const chat of finding.to) background(sendCode(chat, finding.code), 'conversation.codeFailed')
    if (finding.kind === 'codeHere')
      for (const chat of finding.askedIn) {
        background(
          inOrder.run(keyOf(chat), () => refresh(chat).then(() => remindOne(chat, at))),
          'conversation.codeFailed',
        )
      }
  }

  const sendCode = async (chat: ChatAddress, code: string): Promise<void> => {
    const found = await load(chat, () => 'ru')
    const t = tools.translate(found.known.chat.language)
    await options.send(
      chat,
      { say: [{ text: rich(t('link.codeMessage', { code })), groups: [] }] },
      { textButtons: false },
    )
  }

  return {
    take: (incoming) =>
      inOrder.run(keyOf(incoming), async () => {
        const taken = await takeOne(incoming)
        return 'kept' in taken ? { say: [] } : taken
      }),
    // What is remembered here knows nothing of what the other chat was asked.
    again: (chat, at) => inOrder.run(keyOf(chat), () => refresh(chat).then(() => again(chat, at))),
    prompt: (incoming) =>
      inOrder.run(keyOf(incoming), async (): Promise<PromptOutcome> => {
        // Nobody may be kept from being asked, or asked in vain, by what this process remembers of them.
        await refresh(incoming)
        const taken = await takeOne(incoming)
        if ('kept' in taken) return taken.kept
        if (!taken.live) return { what: 'moot' }
        const textButtons = memory.get(incoming)?.known.chat.callbackButtons === false
        return { what: 'say', reply: taken, textButtons }
      }),
    shown(chat, messageId) {
      const held = memory.get(chat)
      if (held)
        memory.hold(chat, {
          ...held,
          known: { ...held.known, chat: { ...held.known.chat, liveMessageId: messageId } },
        })
    },
    unreachable: (chat) =>
      inOrder.run(keyOf(chat), () => store.markUnreachable(chat).finally(() => memory.forget(chat))),
    async remind(chats, at) {
      for (const chat of chats)
        if (!memory.get(chat))
          await inOrder
            .run(keyOf(chat), () => remindOne(chat, at))
            .catch((error: unknown) => log.warn({ event: 'conversation.remindFailed', error }))
    },
  }
}

/** Why a message on our side is not said. */
type Kept = Exclude<Prompted, { what: 'said' }>

const hints = (known: Known | undefined): Pick<Known['chat'], 'liveMessageId' | 'liveFrom'> => {
  const { liveMessageId, liveFrom } = known?.chat ?? {}
  return {
    ...(liveMessageId === undefined ? {} : { liveMessageId }),
    ...(liveFrom === undefined ? {} : { liveFrom }),
  }
}

function withoutFresh({ fresh: _, ...known }: Known): Known {
  return known
}

/** The state of a chat that was never seen. */
function strangerIn({ platform, externalId }: ChatAddress, language: Language): Known {
  return {
    client: { lines: [], convenientTimes: [] },
    chat: { platform, externalId, language, reachable: true, callbackButtons: true, lastSeenAt: 0 },
    reachableOn: [platform],
    walks: [],
    fresh: true,
  }
}

/** The first of the salon's languages that the platform says the person speaks; otherwise the salon's first. */
function languageOf({ profile }: Incoming, { salon }: Tools): Language {
  const told = profile?.language?.slice(0, 2).toLowerCase()
  return salon.languages.find((one) => one === told) ?? salon.languages[0] ?? 'ru'
}
