import type { Language } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'
import type { Member, StaffStorage } from '../../storage/staff.ts'
import type { Log } from '../log.ts'
import type { Answer } from './answer.ts'
import type { Answers } from './answers.ts'
import type { Commands } from './commands.ts'
import type { Gate } from './gate.ts'
import { isTrouble, type Gateway } from './gateway.ts'
import type { Incoming } from './read-update.ts'
import type { ShowPicture } from './offers/show-picture.ts'
import { below, screen } from './screen.ts'

/** Telegram's limit for the word over the chat, in UTF-16 units. */
const toastUnits = 200

export interface ReceptionOptions {
  gateway: Gateway
  gate: Gate
  answers: Answers
  commands: Commands
  showPicture: ShowPicture
  staff: StaffStorage
  translate: (language: Language) => Translate
  log: Log
  /** Somebody has joined: what waited for the first member can be delivered. */
  onJoined: () => unknown
}

/**
 * Takes what people do and shows what comes of it. Never rejects: what fails is logged with ids only, and the person gets
 * a short apology and may try again.
 */
export function createReception({
  gateway,
  gate,
  answers,
  commands,
  showPicture,
  staff,
  translate,
  log,
  onJoined,
}: ReceptionOptions): (incoming: Incoming) => Promise<void> {
  return async function receive(incoming) {
    const { person, act } = incoming
    try {
      if (act.kind === 'blocked') return await staff.setReachable(person.telegramId, false)
      if (act.kind === 'unblocked') return await staff.setReachable(person.telegramId, true)
      await attend(incoming)
    } catch (error) {
      await apologize(incoming, error)
    }
    return undefined
  }

  async function attend(incoming: Incoming): Promise<void> {
    const { person, act, key } = incoming
    const known = await staff.byTelegramId(person.telegramId)
    const admission = await gate.enter(incoming, known)
    if (!('member' in admission)) return show(incoming, { screen: admission.screen })
    const { member, words } = admission
    if (act.kind === 'document' || act.kind === 'photo') void showWork(person.telegramId)
    if (!member.reachable) await staff.setReachable(person.telegramId, true)
    if (words !== undefined) await show(incoming, { screen: await answers.menu(member), toast: words })
    else await show(incoming, await answers.to(member, act, key))
    // A new list of commands at every /start too: one that Telegram once refused must not stay away for ever.
    if (act.kind === 'command' && act.name === 'start') await settle('setFor', member)
    if (admission.joined) {
      log.info({ event: 'admin.joined', staff: member.id, role: member.role })
      await tellJoined()
    }
  }

  /** A file takes a while to be looked at. */
  async function showWork(chatId: number): Promise<void> {
    await gateway.ask('sendChatAction', { chat_id: chatId, action: 'typing' }).catch(() => undefined)
  }

  /** Whatever fails there, the newcomer is in and has been welcomed. */
  async function tellJoined(): Promise<void> {
    try {
      await onJoined()
    } catch (error) {
      log.warn({ event: 'admin.joinedUntold', ...factsOf(error) })
    }
  }

  async function show(incoming: Incoming, answer: Answer): Promise<void> {
    const { person, act } = incoming
    const { toast, look, files = [], changed, left } = answer
    if (act.kind === 'press') {
      await gateway.answerPress(person.telegramId, act.queryId, toast?.slice(0, toastUnits))
    }
    await showScreen(incoming, answer)
    if (look) await showPicture(person.telegramId, look)
    for (const file of files) await gateway.sendFile(person.telegramId, file)
    await answer.afterwards?.()
    if (changed) await settle('setFor', changed)
    if (left) {
      log.info({ event: 'admin.left', staff: left.id })
      await settle('clearFor', left)
    }
  }

  async function showScreen(
    { person, act }: Incoming,
    { screen: asked, toast, photo }: Answer,
  ): Promise<void> {
    const { telegramId } = person
    const isPress = act.kind === 'press'
    const shown = asked && toast !== undefined && !isPress ? below(toast, asked) : asked
    if (photo) return void (await gateway.sendPhoto(telegramId, photo, shown ?? screen([])))
    if (!shown) return undefined
    const pressed = isPress ? act.messageId : undefined
    return pressed === undefined ? gateway.send(telegramId, shown) : gateway.edit(telegramId, pressed, shown)
  }

  /** The commands are a convenience: if Telegram refuses them, the person has had the answer already. */
  async function settle(what: 'setFor' | 'clearFor', member: Member): Promise<void> {
    await commands[what](member).catch((error: unknown) =>
      log.warn({ event: 'admin.commandsRefused', staff: member.id, ...factsOf(error) }),
    )
  }

  async function apologize(incoming: Incoming, error: unknown): Promise<void> {
    const { person, act, key } = incoming
    if (isTrouble(error, 'unreachable'))
      return staff.setReachable(person.telegramId, false).catch(() => undefined)
    log.error({ event: 'admin.failed', update: key, act: act.kind, ...factsOf(error) })
    const words = translate(person.language)('admin.apology')
    try {
      // A press can be answered once, and may have been; so the words come as a message.
      if (act.kind === 'press') await gateway.answerPress(person.telegramId, act.queryId)
      await gateway.send(person.telegramId, screen([words]))
    } catch (second) {
      log.error({ event: 'admin.apologyFailed', update: key, ...factsOf(second) })
    }
    return undefined
  }
}

/** What the log may say of an error: not its message, which may quote a person. */
function factsOf(error: unknown): { error: string; code?: string | number } {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error ? error.code : undefined
  return {
    error: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
  }
}
