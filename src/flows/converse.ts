/**
 * One update of one person, decided: (what is known, what they did) -> (what is known now, facts, what to say).
 * Pure: loading, committing and sending are the shell's work. What is said follows from the committed state.
 */
import type { Incoming, Message, Reply } from './conversation.ts'
import { atConsent, currentIn, currentOf, spotName } from './current.ts'
import type { Current } from './current.ts'
import { doneWith } from './done.ts'
import type { Effect } from './done.ts'
import { step } from './engine.ts'
import type { Move, Stepped } from './engine.ts'
import { consented, walkOf, withWalk } from '../domain/known.ts'
import type { Fact, Finding, Known, PersonalData, Walk } from '../domain/known.ts'
import { commands, readMenuItem, typedMenuItem } from './menu.ts'
import type { MenuItem } from './menu.ts'
import { dataMessages } from './my-data.ts'
import { clientFrom, salonValues } from './onboarding.ts'
import type { Scene } from './question.ts'
import { liveAfter, replyOf } from './reply.ts'
import type { Before, Spoken } from './reply.ts'
import { rich } from './rich.ts'
import { dialogues, sceneOf } from './scene.ts'
import type { Tools } from './scene.ts'
import { isWord, matchOption } from './typed.ts'
import { readButtonValue } from './value.ts'
import { languages } from '../domain/salon.ts'
import type { Language } from '../domain/salon.ts'
import { readContactPhone } from '../domain/phone.ts'

/** What the shell learned while it committed a turn. */
export interface After {
  /** The state as committed: another one than the turn's own when chats were linked. */
  known: Known
  finding?: Finding
  data?: PersonalData
}

export interface Turn {
  known: Known
  facts: Fact[]
  /** The reply needs everything that is kept about the person. */
  wantsData: boolean
  reply: (after: After) => Reply
}

/** What an update leads to, before it is put into words. */
interface Decision {
  known: Known
  facts?: Fact[]
  spoken: Spoken
  wantsData?: boolean
  silent?: boolean
}

/** Decides one update. */
export function converse(known: Known, incoming: Incoming, tools: Tools): Turn {
  const seen = noted(known, incoming)
  const before: Before = { known: seen, scene: sceneOf(seen, incoming.at, tools), incoming }
  const decision = decide(before, tools)
  const scene = sceneOf(decision.known, incoming.at, tools)
  const live = decision.silent ? {} : liveAfter(before, decision.spoken, scene, decision.known)
  const after = {
    ...decision.known,
    chat: { ...withoutLive(decision.known.chat, decision), ...live, lastSeenAt: incoming.at },
  }
  return {
    known: after,
    facts:
      consented(after) || consented(known)
        ? [...(decision.facts ?? []), footprint(before, decision)]
        : (decision.facts ?? []),
    wantsData: decision.wantsData === true,
    reply: (result) => (decision.silent ? { say: [] } : worded(before, decision, result, incoming, tools)),
  }
}

/** A redelivered update: nothing changes, the current question is shown again. */
export function converseAgain(known: Known, incoming: Incoming, tools: Tools): Reply {
  if (incoming.input.kind === 'blocked' || incoming.input.kind === 'unblocked') return { say: [] }
  const scene = sceneOf(known, incoming.at, tools)
  return replyOf({ known, scene, incoming }, {}, known, scene)
}

function worded(before: Before, decision: Decision, result: After, incoming: Incoming, tools: Tools): Reply {
  const scene = sceneOf(result.known, incoming.at, tools)
  const found = result.finding ? [plainly(findingText(result.finding, scene))] : []
  const data = result.data ? dataMessages(result.data, scene) : []
  const say = [...(decision.spoken.say ?? []), ...found, ...data]
  return replyOf(before, say.length > 0 ? { ...decision.spoken, say } : decision.spoken, result.known, scene)
}

const findingText = (finding: Finding, { t }: Scene) =>
  finding.kind === 'codeHere' ? t('link.codeHere', { code: finding.code }) : t(`link.${finding.kind}`)

/** What every update tells, whatever it is about. */
function noted(known: Known, { link, profile, callbackButtons, input }: Incoming): Known {
  const { chat } = known
  return {
    ...known,
    chat: {
      ...chat,
      reachable: input.kind !== 'blocked',
      ...(link && chat.source === undefined
        ? { source: link.source, ...(link.detail ? { sourceDetail: link.detail } : {}) }
        : {}),
      ...(callbackButtons === undefined ? {} : { callbackButtons }),
      ...(consented(known) && profile?.firstName && chat.profileName === undefined
        ? { profileName: profile.firstName }
        : {}),
    },
  }
}

function decide(before: Before, tools: Tools): Decision {
  const { known, incoming } = before
  const { input } = incoming
  switch (input.kind) {
    case 'start':
      return start(before)
    case 'press':
      return pressed(before, input.value, tools)
    case 'command':
      return command(before, input.name, tools)
    case 'text':
      return typed(before, input.text, tools)
    case 'contact':
      return contact(before, input)
    case 'attachment':
      return attachment(before, input.what, input.caption)
    case 'blocked':
    case 'unblocked':
      return { known, spoken: {}, silent: true }
  }
}

function start({ known, scene }: Before): Decision {
  const { t } = scene
  if (!consented(known))
    return {
      known: atConsentCard(known),
      spoken: { say: [plainly(t('onboarding.greeting', salonValues(scene)))] },
    }
  const walk = walkOf(known, 'onboarding')
  const name = known.client.name ?? ''
  const hello = plainly(t(name ? 'menu.welcomeBackName' : 'menu.welcomeBack', { name }))
  return {
    known:
      walk?.status === 'paused' ? withWalk(known, { ...walk, status: 'open', changedAt: scene.now }) : known,
    spoken: { say: [hello] },
  }
}

function pressed(before: Before, value: string, tools: Tools): Decision {
  const { known, scene } = before
  const press = readButtonValue(value)
  if (!press) return stale(before)
  if (press.dialogue === 'menu') return item(before, readMenuItem(press.token), tools)
  if (press.dialogue === 'language') return language(before, press.token)
  if (press.dialogue === 'document') return document(before, press.token)
  const at = pressedWalk(known, scene, press.dialogue)
  if (!at) return stale(before)
  const move: Move = {
    kind: 'press',
    question: press.question,
    token: press.token,
    ...(press.row === undefined ? {} : { row: press.row }),
  }
  return moved(before, at, move, value)
}

function command(before: Before, name: string, tools: Tools): Decision {
  const { known, scene } = before
  const found = commands.find((one) => one === name)
  if (found) return item(before, found, tools)
  const current = currentOf(known, scene)
  if (current && ['skip', 'back', 'stop', 'later', 'cancel'].includes(name)) {
    const word = name === 'skip' || name === 'back' ? name : 'leave'
    return moved(
      before,
      current,
      { kind: 'typed', text: scene.t(`words.${word}`).split('|')[0] ?? name },
      name,
    )
  }
  return { known, spoken: { problem: scene.t('menu.unknownCommand') } }
}

function typed(before: Before, text: string, tools: Tools): Decision {
  const { known, scene } = before
  const current = currentOf(known, scene)
  const free = current?.place.question.kind === 'text'
  const menuItem = typedMenuItem(text, scene)
  if (menuItem && (!free || menuItem === 'menu' || menuItem === 'help')) return item(before, menuItem, tools)
  const to = free ? undefined : typedLanguage(text, scene)
  if (to) return language(before, to)
  if (!consented(known)) return strangersText(before, text, current)
  return current ? moved(before, current, { kind: 'typed', text }, text) : passedOn(before, text)
}

/** Before the first consent: a yes or no to it, a greeting, or a question that goes to the salon. */
function strangersText(before: Before, text: string, current: Current | undefined): Decision {
  const { known, scene } = before
  if (
    current &&
    (isWord(text, 'yes', scene.t) || isWord(text, 'no', scene.t) || matchOption(text, consentLabels(scene)))
  )
    return moved(before, current, { kind: 'typed', text }, text)
  const greeting = isWord(text, 'hello', scene.t)
  if (known.fresh || greeting) {
    const begun = start(before)
    return greeting
      ? begun
      : {
          ...begun,
          facts: [notice(text)],
          spoken: { say: [...(begun.spoken.say ?? []), plainly(scene.t('human.passedFirst'))] },
        }
  }
  return passedOn(before, text)
}

function passedOn(before: Before, text: string): Decision {
  const { known, scene } = before
  const current = currentOf(known, scene)
  const menuButton = current
    ? []
    : [{ kind: 'controls' as const, buttons: [{ label: scene.t('menu.standing'), value: 'menu.go=menu' }] }]
  return {
    known,
    facts: [notice(text)],
    spoken: { say: [{ text: rich(scene.t('human.passed')), groups: menuButton }], quiet: !current },
  }
}

function contact(before: Before, { phone, own }: { phone: string; own: boolean }): Decision {
  const { known, scene } = before
  const current = currentOf(known, scene)
  if (!consented(known)) return { known, spoken: { problem: scene.t('dialogue.consentFirst') } }
  if (current?.place.question.kind === 'phone')
    return moved(before, current, { kind: 'contact', phone, own }, 'contact')
  if (!own) return { known, spoken: { problem: scene.t('dialogue.phone.notOwn') } }
  const reading = readContactPhone(phone)
  if (!reading.ok) return { known, spoken: { problem: scene.t(`dialogue.phone.${reading.reason}`) } }
  return {
    known: { ...known, client: { ...known.client, phone: reading.phone } },
    facts: [{ kind: 'phone', phone: reading.phone, confirmed: true }],
    spoken: { say: [{ text: rich(scene.t('dialogue.phone.noted')), groups: [], removeKeyboard: true }] },
  }
}

function attachment(before: Before, what: string, caption: string | undefined): Decision {
  const { known, scene } = before
  const current = currentOf(known, scene)
  const kind = plainly(scene.t(`attachment.${what}`))
  if (caption && (!current || current.dialogue.name === 'human')) {
    const passed = passedOn(before, caption)
    return { ...passed, spoken: { ...passed.spoken, say: [kind, ...(passed.spoken.say ?? [])] } }
  }
  return { known, spoken: { say: [kind], quiet: !current } }
}

function item(before: Before, menuItem: MenuItem | undefined, tools: Tools): Decision {
  const { known: all, scene } = before
  const known = withoutSide(all, scene)
  const { t } = scene
  const closing = menuItem ? rich(`☰ ${t(`menu.${menuItem}`)}`) : undefined
  const atMenu = currentOf(all, scene) === undefined && before.incoming.messageId !== undefined
  const spoken: Spoken = atMenu ? { closing } : {}
  switch (menuItem) {
    case 'menu':
      return { known: putOff(known, scene), spoken: {} }
    case 'help':
      return { known, spoken: { ...spoken, say: [plainly(t('menu.helpText', salonValues(scene)))] } }
    case 'survey':
      return { known, spoken: { ...spoken, say: [plainly(t('menu.surveySoon'))] } }
    case 'language':
      return {
        known,
        spoken: { ...spoken, say: [languageCard(scene, tools)], quiet: !currentOf(known, scene) },
      }
    case 'data':
      return consented(known)
        ? { known, wantsData: true, spoken: { ...spoken, say: [] } }
        : { known, spoken: { ...spoken, say: [plainly(t('data.nothing'))] } }
    case 'resume':
      return resume(before, known, spoken)
    case 'edit':
      return edit(known, scene, spoken)
    case 'human':
      return consented(known)
        ? open(known, 'human', scene, spoken)
        : { known, spoken: { ...spoken, say: [plainly(t('human.message.ask'))], quiet: true } }
    case 'consents':
    case 'forget':
      return consented(known)
        ? open(known, menuItem, scene, spoken)
        : { known, spoken: { ...spoken, say: [plainly(t('data.nothing'))] } }
    case undefined:
      return stale(before)
  }
}

function resume(before: Before, known: Known, spoken: Spoken): Decision {
  const { scene } = before
  if (!consented(known)) return { known: atConsentCard(known), spoken }
  const walk = walkOf(known, 'onboarding')
  if (!walk || walk.status === 'finished') return { known, spoken: {} }
  return { known: withWalk(known, { ...walk, status: 'open', changedAt: scene.now }), spoken }
}

/** Opens the summary again, so that any line can be changed. */
function edit(known: Known, scene: Scene, spoken: Spoken): Decision {
  const walk = walkOf(known, 'onboarding')
  if (!walk) return { known, spoken }
  const { summary: _, ...answers } = walk.answers
  return { known: withWalk(known, { ...walk, answers, status: 'open', changedAt: scene.now }), spoken }
}

function open(known: Known, name: string, scene: Scene, spoken: Spoken): Decision {
  const dialogue = dialogues[name]
  const walk: Walk = {
    name,
    run: 1,
    version: dialogue?.version ?? 1,
    status: 'open',
    answers: {},
    startedAt: scene.now,
    changedAt: scene.now,
  }
  return { known: withWalk(known, walk), spoken }
}

function language(before: Before, to: string): Decision {
  const { known, scene } = before
  const found = scene.salon.languages.find((one) => one === to)
  if (!found) return stale(before)
  const closing = rich(`✓ ${scene.t(`language.names.${found}`)}`)
  return {
    known: { ...known, chat: { ...known.chat, language: found } },
    spoken: currentOf(known, scene) ? {} : { closing },
  }
}

function document(before: Before, purpose: string): Decision {
  const { scene } = before
  if (purpose !== 'personalData' && purpose !== 'advertising') return stale(before)
  const known = consented(before.known) ? before.known : atConsentCard(before.known)
  return { known, spoken: { say: [plainly(scene.documents[purpose].text)] } }
}

/** Takes a move inside a dialogue. */
function moved(before: Before, at: Current, move: Move, evidence: string): Decision {
  const { known: all, scene } = before
  const known = at.dialogue.side ? all : withoutSide(all, scene)
  const stepped = step(at.dialogue, scene, at.walk.answers, move)
  switch (stepped.what) {
    case 'stale':
      return stale(before)
    case 'refused':
      return { known: all, spoken: { problem: stepped.problem } }
    case 'paged':
      return { known: all, spoken: { page: stepped.page } }
    case 'left':
      return left(known, at, scene)
    case 'answered':
    case 'skipped':
    case 'reopened':
      return answered(before, known, at, stepped, move, evidence)
  }
}

function answered(
  before: Before,
  known: Known,
  at: Current,
  stepped: Stepped & { answers: Walk['answers'] },
  move: Move,
  evidence: string,
): Decision {
  const { scene } = before
  const walk: Walk = { ...at.walk, status: 'open', answers: stepped.answers, changedAt: scene.now }
  const client = at.dialogue.name === 'onboarding' ? clientFrom(known.client, walk.answers) : known.client
  const next = withWalk({ ...known, client }, walk)
  const effect: Effect = doneWith({ known: next, walk, stepped, move, evidence, before })
  const spoken: Spoken = {
    ...effect.spoken,
    ...('question' in stepped && stepped.what !== 'reopened'
      ? { dealt: { question: stepped.question, answers: stepped.answers } }
      : {}),
  }
  return { known: effect.known, facts: effect.facts, spoken }
}

function left(known: Known, at: Current, scene: Scene): Decision {
  const { side, leave, name } = at.dialogue
  const status = side || leave === 'stop' ? 'stopped' : 'paused'
  const say = side ? [] : [plainly(scene.t(`${name}.left`))]
  const facts: Fact[] = name === 'onboarding' ? [{ kind: 'notice', what: 'newClient' }] : []
  return { known: withWalk(known, { ...at.walk, status, changedAt: scene.now }), facts, spoken: { say } }
}

const stale = ({ known, scene }: Before): Decision => ({
  known,
  spoken: { toast: scene.t('dialogue.stale') },
})

/** The walk that a pressed button belongs to: the open one, or a paused one that this press takes up again. */
function pressedWalk(known: Known, scene: Scene, name: string): Current | undefined {
  if (!consented(known)) return name === 'onboarding' ? atConsent(scene) : undefined
  const walk = walkOf(known, name)
  return walk && (walk.status === 'open' || walk.status === 'paused') ? currentIn(walk, scene) : undefined
}

/** A side dialogue is dropped when the person does something else. */
function withoutSide(known: Known, scene: Scene): Known {
  const current = currentOf(known, scene)
  return current?.dialogue.side
    ? withWalk(known, { ...current.walk, status: 'stopped', changedAt: scene.now })
    : known
}

/** "Menu" in the middle of a dialogue puts it off; the menu offers to go on. */
function putOff(all: Known, scene: Scene): Known {
  if (!consented(all)) return withoutLiveFrom(all)
  const known = withoutSide(all, scene)
  const current = currentOf(known, scene)
  return current ? withWalk(known, { ...current.walk, status: 'paused', changedAt: scene.now }) : known
}

const atConsentCard = (known: Known): Known => ({
  ...known,
  chat: { ...known.chat, liveFrom: 'onboarding.personalData' },
})

function withoutLiveFrom(known: Known): Known {
  const { liveFrom: _, ...chat } = known.chat
  return { ...known, chat }
}

/** A new live message has no number yet; where nothing is shown the old one stays live. */
function withoutLive(chat: Known['chat'], { spoken, silent }: Decision): Known['chat'] {
  if (silent || spoken.quiet) return chat
  const { liveMessageId: _, liveFrom: __, ...rest } = chat
  return rest
}

function footprint({ known, scene, incoming }: Before, decision: Decision): Fact {
  const { input, at } = incoming
  const dealt = decision.spoken.dealt
  const current = currentOf(known, scene)
  const about = dealt ? spotName(current) : aboutOf(incoming)
  const what = dealt ? 'answer' : input.kind
  const tookMs = Math.max(0, at - known.chat.lastSeenAt)
  return { kind: 'event', what, ...(about === undefined ? {} : { about }), tookMs }
}

function aboutOf({ input, link }: Incoming): string | undefined {
  switch (input.kind) {
    case 'start':
      return link?.source
    case 'press':
      return input.value
    case 'command':
      return input.name
    case 'attachment':
      return input.what
    default:
      return undefined
  }
}

function languageCard(scene: Scene, tools: Tools): Message {
  const buttons = tools.salon.languages.map((one) => ({
    label: scene.t(`language.names.${one}`),
    value: `language.to=${one}`,
  }))
  return { text: rich({ bold: scene.t('language.ask') }), groups: [{ kind: 'options', buttons }] }
}

const typedLanguage = (text: string, scene: Scene): Language | undefined =>
  languages.find((one) => scene.salon.languages.includes(one) && isWord(text, one, scene.t))

const consentLabels = (scene: Scene) =>
  ['yes', 'no'].map((value) => ({ value, label: scene.t(`onboarding.personalData.${value}`) }))

const plainly = (text: string): Message => ({ text: rich(text), groups: [] })

const notice = (text: string): Fact => ({ kind: 'notice', what: 'message', text })
