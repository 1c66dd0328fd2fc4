/** What each thing that a person can do leads to. */
import { currentOf, pressedWalk } from './current.ts'
import type { Current } from './current.ts'
import {
  atConsentCard,
  declined,
  messageNotice,
  passedOn,
  plainly,
  resumed,
  stale,
  withoutSide,
} from './decision.ts'
import type { Decision } from './decision.ts'
import type { Move } from './engine.ts'
import { chooseDocument, chooseItem, chooseLanguage } from './items.ts'
import { consented, walkOf, withWalk } from '../domain/known.ts'
import type { Known } from '../domain/known.ts'
import { commands, readMenuItem, typedMenuItem } from './menu.ts'
import { moreOfReason } from './more-words.ts'
import { moved } from './moved.ts'
import { onboarding, salonValues } from './onboarding.ts'
import { couponAsked, offerCoupon } from './offer-coupon.ts'
import { optedOut, optOut } from './opt-out.ts'
import { prompted } from './prompted.ts'
import type { Scene } from './question.ts'
import type { Before } from './reply.ts'
import type { Tools } from './scene.ts'
import { cameForSurvey } from './survey-acts.ts'
import { surveyChosen } from './survey-chosen.ts'
import { isWord, plain } from './typed.ts'
import { readButtonValue } from './value.ts'
import { languages } from '../domain/salon.ts'
import type { Language } from '../domain/salon.ts'
import { readContactPhone } from '../domain/phone.ts'

/** Decides what an update leads to. */
export function decide(before: Before, tools: Tools): Decision {
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
      return input.text.trim() === '' ? attachment(before, 'other') : typed(before, input.text, tools)
    case 'contact':
      return contact(before, input)
    case 'attachment':
      return attachment(before, input.what, input.caption)
    case 'prompt':
      return prompted(before, input)
    case 'blocked':
    case 'unblocked':
      return { known, spoken: {}, silent: true }
  }
}

function start(before: Before): Decision {
  const { known: all, scene, incoming } = before
  const { t } = scene
  const source = consented(all) ? incoming.link?.source : all.chat.source
  if (cameForSurvey(source)) return surveyChosen(before)
  if (!consented(all)) {
    const greeting = plainly(t('onboarding.greeting', salonValues(scene)))
    return { known: atConsentCard(all), spoken: { say: [greeting] } }
  }
  const asked = withoutSide(all, scene)
  const known = currentOf(asked, scene) ? asked : resumed(asked, scene)
  const name = known.client.name ?? ''
  const hello = plainly(t(name ? 'menu.welcomeBackName' : 'menu.welcomeBack', { name }))
  return { known, spoken: { say: [hello] } }
}

function pressed(before: Before, value: string, tools: Tools): Decision {
  const press = readButtonValue(value)
  if (!press) return stale(before)
  const { dialogue, ...move } = press
  switch (dialogue) {
    case 'menu':
      return chooseItem(before, readMenuItem(move.token), tools)
    case 'language':
      return chooseLanguage(before, move.token)
    case 'document':
      return chooseDocument(before, move.token)
    case optOut:
      return optedOut(before, value)
    case offerCoupon:
      return couponAsked(before, move.token)
    default: {
      const at = pressedWalk(before.known, before.scene, dialogue)
      return at ? moved(before, at, { kind: 'press', ...move }, value) : stale(before)
    }
  }
}

/** Commands that are words of a dialogue. */
const dialogueCommands: Readonly<Record<string, 'skip' | 'back' | 'leave'>> = {
  skip: 'skip',
  back: 'back',
  stop: 'leave',
  later: 'leave',
  cancel: 'leave',
}

function command(before: Before, name: string, tools: Tools): Decision {
  const { known, scene } = before
  const found = commands.find((one) => one === name)
  if (found) return chooseItem(before, found, tools)
  const current = currentOf(known, scene)
  const word = Object.hasOwn(dialogueCommands, name) ? dialogueCommands[name] : undefined
  if (current && word && !consented(known)) return declined(before)
  if (current && word) {
    const text = scene.t(`words.${word}`).split('|')[0] ?? name
    return moved(before, current, { kind: 'typed', text }, name)
  }
  return { known, spoken: { problem: scene.t(current ? 'menu.unknownCommandHere' : 'menu.unknownCommand') } }
}

function typed(before: Before, text: string, tools: Tools): Decision {
  const { known, scene } = before
  const current = currentOf(known, scene)
  // Where anything can be written, only the ways out are taken for what they say.
  const free = isFree(current)
  const menuItem = typedMenuItem(text, scene)
  if (menuItem && (!free || menuItem === 'menu' || menuItem === 'help'))
    return chooseItem(before, menuItem, tools)
  const to = free ? undefined : typedLanguage(text, scene)
  if (to) return chooseLanguage(before, to)
  if (!free && current?.dialogue.name !== 'consents' && isWord(text, 'optOut', scene.t))
    return optedOut(before, text)
  if (!consented(known)) return strangersText(before, text, current)
  if (!current?.dialogue.side && isWord(text, 'hello', scene.t)) return start(before)
  if (current) return moved(before, current, { kind: 'typed', text }, text)
  return moreOfReason(before, text) ?? passedOn(before, text)
}

/** Before the first consent: a yes or no to it, a greeting, or a question that goes to the salon. */
function strangersText(before: Before, text: string, current: Current | undefined): Decision {
  const { known, scene } = before
  const answer = consentAnswer(text, scene)
  if (answer && current)
    return moved(
      before,
      current,
      answer === 'later' ? { ...consentMove, token: 'no' } : typedMove(text),
      text,
    )
  if (answer === 'yes' && !known.fresh) return { known: atConsentCard(known), spoken: {} }
  if (answer && !known.fresh) return declined(before)
  const begun = start(before)
  if (answer || isWord(text, 'hello', scene.t)) return begun
  if (!known.fresh) return passedOn(before, text)
  const say = [...(begun.spoken.say ?? []), plainly(scene.t('human.passedFirst'))]
  return { ...begun, facts: [messageNotice(text)], spoken: { say } }
}

const consentMove = { kind: 'press', question: 'personalData' } as const

const typedMove = (text: string): Move => ({ kind: 'typed', text })

/** What a text answers to the first question, if it answers it; whoever puts it off has not agreed. */
function consentAnswer(text: string, { t }: Scene): 'yes' | 'no' | 'later' | undefined {
  const says = (answer: 'yes' | 'no') =>
    isWord(text, answer, t) || plain(text) === plain(t(`onboarding.personalData.${answer}`))
  if (says('yes') || isWord(text, 'agree', t)) return 'yes'
  if (says('no')) return 'no'
  return isWord(text, 'leave', t) || isWord(text, 'skip', t) ? 'later' : undefined
}

function contact(before: Before, { phone, own }: { phone: string; own: boolean }): Decision {
  const { known, scene } = before
  const current = currentOf(known, scene)
  if (!consented(known))
    return { known: atConsentCard(known), spoken: { problem: scene.t('dialogue.consentFirst') } }
  if (current?.place.question.kind === 'phone')
    return moved(before, current, { kind: 'contact', phone, own }, 'contact')
  if (!own) return { known, spoken: { problem: scene.t('dialogue.phone.notOwn') } }
  const reading = readContactPhone(phone)
  if (!reading.ok) return { known, spoken: { problem: scene.t(`dialogue.phone.${reading.reason}`) } }
  const noted = { ...plainly(scene.t('dialogue.phone.noted')), removeKeyboard: scene.contactButton }
  return {
    known: withPhone(known, reading.phone, scene),
    facts: [{ kind: 'phone', phone: reading.phone, confirmed: true }],
    spoken: { say: [noted] },
  }
}

/** The phone is told without having been asked for: the onboarding won't ask for it, or shows the new one. */
function withPhone(known: Known, phone: string, scene: Scene): Known {
  const walk = walkOf(known, onboarding.name)
  const told = { ...known, client: { ...known.client, phone } }
  const answers = { ...walk?.answers, phone: { value: phone } }
  return walk ? withWalk(told, { ...walk, answers, changedAt: scene.now }) : told
}

function attachment(before: Before, what: string, caption?: string): Decision {
  const { known, scene } = before
  const current = currentOf(known, scene)
  const words = caption?.trim() ?? ''
  if (known.fresh && !consented(known)) return firstAttachment(before, what, words)
  if (words !== '' && current?.dialogue.name === 'human') {
    const { spoken, ...decision } = moved(before, current, typedMove(words), words)
    return { ...decision, spoken: { ...spoken, say: [plainly(scene.t('human.captionPassed'))] } }
  }
  if (words !== '' && current?.dialogue.stamped && isFree(current)) return captioned(before, current, words)
  if (words !== '' && !current) return passedOn(before, words, 'human.captionPassed')
  return { known, spoken: { say: [plainly(scene.t(`attachment.${what}`))], quiet: !current } }
}

/** Where anything can be written. */
const isFree = (current: Current | undefined): boolean =>
  current?.place.question.kind === 'text' || current?.place.question.kind === 'chips'

/** The words under a picture are an answer like others. */
function captioned(before: Before, current: Current, words: string): Decision {
  const { spoken, ...decision } = moved(before, current, typedMove(words), words)
  const noted = plainly(before.scene.t('attachment.captionNoted'))
  return spoken.problem === undefined
    ? { ...decision, spoken: { ...spoken, say: [noted, ...(spoken.say ?? [])] } }
    : { ...decision, spoken }
}

/** Somebody begins with a picture: they are greeted all the same. */
function firstAttachment(before: Before, what: string, caption: string): Decision {
  const { scene } = before
  const begun = start(before)
  const sentence = caption === '' ? `attachment.${what}` : 'human.captionPassed'
  const say = [...(begun.spoken.say ?? []), plainly(scene.t(sentence))]
  return { ...begun, spoken: { say }, ...(caption === '' ? {} : { facts: [messageNotice(caption)] }) }
}

const typedLanguage = (text: string, scene: Scene): Language | undefined =>
  languages.find((one) => scene.salon.languages.includes(one) && isWord(text, one, scene.t))
