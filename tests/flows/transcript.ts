/**
 * Chats as tests. A transcript is written as it would be read; `client:`, `clock:` and `prompt:` lines are played, everything
 * else is what must come.
 *
 *     client: /start | (start CODE) | words | [a button's label] | (contact +7...) | (contact of somebody else) | (photo) | (restart)
 *     clock:  3 hours | 7 days | ... (so much later)
 *     prompt: invite 1.2 | remind 1.1 | visit 5.1 nails (kind, what it is about, which of its kind, and the visit's line)
 *     bot:    a new message, lines joined by " / ", then its [buttons], [links → address], {keyboard buttons}, <file>, <picture>
 *     edit:   the pressed message became this        closed: the former message became this        toast: answer to the press
 *     kept:   moot | later (what became of a prompt that was not said)
 */
import { expect } from 'vitest'
import type { Coupon, Known, Finding, PersonalData, Fact, OwnVisit } from '../../src/domain/known.ts'
import type { PromptName } from '../../src/domain/prompt.ts'
import type { Language, Salon } from '../../src/domain/salon.ts'
import { defaultOfferSettings } from '../../src/domain/offers/offer-settings.ts'
import { defaultValueSettings } from '../../src/domain/value/value-settings.ts'
import { layout, telegramLimits, vkLimits } from '../../src/bots/layout.ts'
import { byLanguage, consentDocuments } from '../../src/documents.ts'
import { calendarOf } from '../../src/domain/calendar.ts'
import { instrument } from '../../src/domain/instrument.ts'
import { surveyWording } from '../../src/domain/survey-words.ts'
import type { Survey } from '../../src/domain/survey.ts'
import { converse } from '../../src/flows/converse.ts'
import type { Turn } from '../../src/flows/converse.ts'
import type { Button, Incoming, Input, Message, Reply } from '../../src/flows/conversation.ts'
import { dialoguesOf } from '../../src/flows/dialogues.ts'
import type { Tools } from '../../src/flows/scene.ts'
import { createTranslator } from '../../src/locales.ts'

export const salon: Salon = {
  name: { ru: 'салон «Ромашка»', en: 'Daisy' },
  operator: {
    name: 'ИП Петрова А. А.',
    taxId: '771234567890',
    address: 'Москва, Лесная, 1',
    email: 'salon@example.com',
  },
  timeZone: 'Europe/Moscow',
  languages: ['ru', 'en'],
  lines: [
    { id: 'nails', name: { ru: 'Ногти', en: 'Nails' }, services: [] },
    { id: 'hair', name: { ru: 'Волосы', en: 'Hair' }, services: [] },
    { id: 'face', name: { ru: 'Косметология', en: 'Cosmetology' }, services: [] },
  ],
  masters: [
    { id: 'olga', name: { ru: 'Ольга', en: 'Olga' }, lines: ['nails'] },
    { id: 'ira', name: { ru: 'Ирина', en: 'Irina' }, lines: ['hair', 'face'] },
  ],
  quietHours: { from: '21:00', to: '09:00' },
  reminders: { surveyAfterDays: [1, 3] },
  rewards: {},
  survey: { everyDays: 90, eveningAt: '19:00', afterVisitHours: 3 },
  value: defaultValueSettings,
  offers: defaultOfferSettings,
  digest: { weekday: 1, at: '09:00' },
  advertising: { telegram: true, vk: true },
  rates: { telegramPerSecond: 30, vkPerSecond: 20, broadcastTelegramPerSecond: 25, broadcastVkPerSecond: 18 },
}

const builtIn = createTranslator({ dir: new URL('../../locales', import.meta.url) })
const documents = byLanguage(consentDocuments(salon, builtIn))

/** What the dialogues stand on in a salon that asks this survey. */
export function toolsFor(survey: Survey, changes: Partial<Salon> = {}): Tools {
  const spoken = {
    ru: surveyWording(builtIn('ru'), survey, 'ru'),
    en: surveyWording(builtIn('en'), survey, 'en'),
  }
  return {
    salon: { ...salon, ...changes },
    translate: (language: Language) => spoken[language],
    documents,
    today: calendarOf(salon.timeZone),
    dialogues: dialoguesOf(survey),
    limits: { telegram: { room: 24, contactButton: true }, vk: { room: 10, contactButton: false } },
  }
}

/** The built-in survey, as it is. */
export const builtInSurvey: Survey = { version: 1, questions: instrument }
export const tools: Tools = toolsFor(builtInSurvey)

export interface ChatOptions {
  platform?: 'telegram' | 'vk'
  language?: Language
  firstName?: string
  known?: Known
  /** Another salon. */
  salon?: Partial<Salon>
  /** Another survey than the built-in one. */
  survey?: Survey
  /** When the chat begins, epoch milliseconds; absent: 21 November 2026, 15:00 by the salon's clock. */
  at?: number
  /** What the client did before the transcript begins, line by line. */
  before?: readonly string[]
  /** What storage would find out about a fact. */
  finding?: (fact: Fact, known: Known) => { finding?: Finding; known?: Known } | undefined
  /** The gifts that storage would find. */
  coupons?: readonly Coupon[]
  /** The visits that storage would find. */
  visits?: readonly OwnVisit[]
}

/** What one update led to. */
export interface Acted {
  turn: Turn
  reply: Reply
}

/** A chat with the pure conversation: what the database and the messenger would do is done in memory. */
export function openChat(options: ChatOptions = {}) {
  const { platform = 'telegram', language = 'ru', firstName = 'Анна' } = options
  let using = toolsFor(options.survey ?? builtInSurvey, options.salon)
  let known: Known = options.known ?? stranger(platform, language)
  let at = options.at ?? Date.UTC(2026, 10, 21, 12)
  let nextId = 1
  const messages = new Map<number, Message>()
  const facts: Fact[] = []
  const shown: string[] = []

  /** A button under a message is pressed; one under Telegram's input field sends its label as text. */
  const press = (label: string): [Input, Partial<Incoming>?] => {
    for (const [messageId, message] of [...messages].toReversed()) {
      const typed = platform === 'telegram' && message.askPhone
      if (typed && typed.typed.includes(label)) return [{ kind: 'text', text: label }]
      const button = typed ? undefined : shownButtons(message, platform).find((one) => one.label === label)
      if (button) return [{ kind: 'press', value: button.value }, { messageId }]
    }
    const shownLabels = [...messages.values()]
      .flatMap((one) => shownButtons(one, platform))
      .map((one) => one.label)
    throw new Error(`nobody showed a button "${label}"; there are: ${shownLabels.join(', ')}`)
  }

  const show = (reply: Reply): void => {
    if (reply.toast !== undefined) shown.push(`toast: ${reply.toast}`)
    if (reply.close) {
      shown.push(`closed: ${oneLine(reply.close.text.text)}`)
      messages.set(reply.close.messageId, { text: reply.close.text, groups: [] })
    }
    for (const message of reply.say) {
      shown.push(`bot: ${describe(message, platform)}`)
      messages.set(nextId++, message)
    }
    if (!reply.live) return
    const { message, into } = reply.live
    shown.push(`${into === undefined ? 'bot' : 'edit'}: ${describe(message, platform)}`)
    const id = into ?? nextId++
    messages.set(id, message)
    known = { ...known, chat: { ...known.chat, liveMessageId: id } }
  }

  const act = (input: Input, extra: Partial<Incoming> = {}): Acted => {
    at += 5000
    const incoming: Incoming = {
      key: `k${at}`,
      platform,
      externalId: 7,
      at,
      input,
      // VK's updates bring no name: the shell asks for the open profile once there is a consent.
      profile: platform === 'telegram' ? { firstName, language } : { language },
      ...extra,
    }
    const turn = converse(known, incoming, using)
    const data: PersonalData = {
      walks: [...turn.known.walks],
      coupons: [...(options.coupons ?? [])],
      visits: [...(options.visits ?? [])],
      eventCount: facts.length,
      file: {},
    }
    facts.push(...turn.facts)
    // Everything survives the database.
    known = JSON.parse(JSON.stringify(turn.known)) as Known
    let found: { finding?: Finding; known?: Known } | undefined
    for (const fact of turn.facts) found = options.finding?.(fact, known) ?? found
    known = found?.known ?? known
    if (platform === 'vk' && known.client.personalDataConsentAt !== undefined)
      known = { ...known, chat: { profileName: firstName, ...known.chat } }
    const reply = turn.reply({
      known,
      ...(turn.wantsData ? { data } : {}),
      ...(turn.wantsCoupons ? { coupons: [...(options.coupons ?? [])] } : {}),
      ...(found?.finding ? { finding: found.finding } : {}),
    })
    show(reply)
    if (turn.facts.some((fact) => fact.kind === 'erase')) known = stranger(platform, language)
    return { turn, reply }
  }

  /** The time has come to say something on our side. */
  const prompt = (line: string): Acted => {
    const [, kind, about, number, visited] = /^(\w+) (\d+)\.(\d+)(?: (\w+))?$/.exec(line) ?? []
    const name = { kind, about: Number(about), number: Number(number) } as PromptName
    const input = {
      kind: 'prompt',
      prompt: name,
      ...(visited === undefined ? {} : { line: visited }),
    } as const
    const outcome = act(input, { profile: {} })
    const { prompted } = outcome.turn
    if (prompted && prompted.what !== 'said') shown.push(`kept: ${prompted.what}`)
    return outcome
  }

  const later = (words: string): void => {
    const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(words) ?? []
    const minutes = unit && { minute: 1, hour: 60, day: 24 * 60 }[unit]
    if (!minutes) throw new Error(`nobody knows how long "${words}" is`)
    at += Number(count) * minutes * 60_000
  }

  return {
    facts,
    known: () => known,
    now: () => at,
    act,
    prompt,
    /** "3 days": nothing happens for so long. */
    later,
    /** From now on another survey is asked. */
    nowAsks: (survey: Survey) => void (using = toolsFor(survey, options.salon)),
    /** Presses a button of any value on the live message. */
    pressLive(value: string): void {
      const { liveMessageId } = known.chat
      act({ kind: 'press', value }, liveMessageId === undefined ? {} : { messageId: liveMessageId })
    },
    play(line: string): void {
      const [, what, rest] = /^(clock|prompt): (.+)$/.exec(line) ?? []
      if (what) shown.push(line)
      if (what === 'clock') return later(rest as string)
      if (what === 'prompt') return void prompt(rest as string)
      shown.push(`client: ${line}`)
      const pressed = /^\[(.+)\]$/.exec(line)
      const done = /^\((\w+) ?(.*)\)$/.exec(line)
      if (line === '(restart)') known = asKept(known)
      else if (pressed) act(...press(pressed[1] as string))
      else if (done) act(...doing(done[1] as string, done[2] as string))
      else if (line === '/start') act({ kind: 'start' })
      else if (line.startsWith('/')) act({ kind: 'command', name: line.slice(1) })
      else act({ kind: 'text', text: line })
    },
    /** The process begins anew: what the database does not keep is gone. */
    restart: () => void (known = asKept(known)),
    /** The values of all buttons that were ever shown and are still there, with their messages. */
    buttons: (): { value: string; messageId: number }[] =>
      [...messages].flatMap(([messageId, message]) =>
        buttonsOf(message).map(({ value }) => ({ value, messageId })),
      ),
    /** The message with the buttons that count. */
    live: (): Message | undefined => messages.get(known.chat.liveMessageId ?? 0),
    /** The newest message. */
    last: (): Message => [...messages.values()].at(-1) as Message,
    transcript: () => shown.join('\n'),
    /** The transcript begins anew; the chat goes on. */
    forget: () => void shown.splice(0),
  }
}

/** Plays the client's lines of a transcript and expects everything else word for word. */
export function transcript(options: ChatOptions, text: string) {
  const wanted = text
    .trim()
    .split('\n')
    .map((line) => line.trim().replace(/^(\w+):\s+/, '$1: '))
    .filter((line) => line !== '' && !line.startsWith('#'))
  const chat = openChat(options)
  for (const line of options.before ?? []) chat.play(line)
  chat.forget()
  for (const line of wanted) {
    if (line.startsWith('client: ')) chat.play(line.slice('client: '.length))
    if (line.startsWith('clock: ') || line.startsWith('prompt: ')) chat.play(line)
  }
  expect(chat.transcript()).toBe(wanted.join('\n'))
  return chat
}

function stranger(platform: 'telegram' | 'vk', language: Language): Known {
  return {
    client: { lines: [], convenientTimes: [] },
    chat: { platform, externalId: 7, language, reachable: true, callbackButtons: true, lastSeenAt: 0 },
    reachableOn: [platform],
    walks: [],
    fresh: true,
  }
}

/** Before the first consent the database has the chat's number, its language and the link it came by. */
function asKept(known: Known): Known {
  if (known.client.personalDataConsentAt !== undefined) return known
  const { liveMessageId: _, liveFrom: __, profileName: ___, ...chat } = known.chat
  return { ...known, chat, walks: [] }
}

function doing(what: string, rest: string): [Input, Partial<Incoming>?] {
  if (what === 'start') return [{ kind: 'start' }, rest ? { link: { source: rest } } : {}]
  if (what === 'contact')
    return [
      { kind: 'contact', phone: rest.startsWith('of') ? '+79990000000' : rest, own: !rest.startsWith('of') },
    ]
  if (what === 'blocks' || what === 'unblocks') return [{ kind: what === 'blocks' ? 'blocked' : 'unblocked' }]
  return [{ kind: 'attachment', what: what as 'photo', ...(rest ? { caption: rest } : {}) }]
}

function describe(message: Message, platform: 'telegram' | 'vk'): string {
  const keyboard =
    platform === 'telegram' && message.askPhone
      ? [message.askPhone.label, ...message.askPhone.typed].map((label) => `{${label}}`)
      : []
  const buttons =
    keyboard.length > 0
      ? []
      : shownButtons(message, platform).map(({ label, link }) =>
          link === undefined ? `[${label}]` : `[${label} → ${link}]`,
        )
  const standing = (message.standing ?? []).map((button) => `{${button.label}}`)
  const file = message.file ? [`<${message.file.name}>`] : []
  const gone = message.removeKeyboard ? ['{}'] : []
  const picture = message.picture ? [`<${message.picture.kind} ${message.picture.code}>`] : []
  const text = oneLine(message.text.text)
  return [text, ...buttons, ...keyboard, ...standing, ...gone, ...file, ...picture].join(' ')
}

/** What the platform has room for. */
const shownButtons = (message: Message, platform: 'telegram' | 'vk'): Button[] =>
  layout(message.groups, platform === 'telegram' ? telegramLimits : vkLimits).flat()

const buttonsOf = (message: Message): Button[] => message.groups.flatMap((group) => group.buttons)

const oneLine = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .join(' / ')
