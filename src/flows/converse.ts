/**
 * One update of one person, decided: (what is known, what they did) -> (what is known now, facts, what to say).
 * Pure: loading, committing and sending are the shell's work. What is said follows from the committed state.
 */
import { cleaned } from './cleaned.ts'
import type { Incoming, Message, Reply } from './conversation.ts'
import { couponMessage } from './coupon-message.ts'
import { currentOf } from './current.ts'
import { decide } from './decide.ts'
import { plainly } from './decision.ts'
import type { Decision } from './decision.ts'
import { consented } from '../domain/known.ts'
import type { Coupon, Fact, Finding, Known, PersonalData } from '../domain/known.ts'
import { dataMessages } from './my-data.ts'
import { optedOutAgain } from './opt-out.ts'
import type { Prompted } from '../domain/prompt.ts'
import type { Scene } from './question.ts'
import { withRenewal } from './renewal.ts'
import { liveAfter, replyOf } from './reply.ts'
import type { Before } from './reply.ts'
import { sceneOf } from './scene.ts'
import { cameForSurvey } from './survey-acts.ts'
import type { Tools } from './scene.ts'
import { shortened } from './typed.ts'

/** What the shell learned while it committed a turn. */
export interface After {
  /** The state as committed: another one than the turn's own when chats were linked. */
  known: Known
  finding?: Finding
  data?: PersonalData
  coupons?: Coupon[]
}

export interface Turn {
  known: Known
  facts: Fact[]
  /** The reply needs everything that is kept about the person. */
  wantsData: boolean
  /** The reply needs the person's gifts. */
  wantsCoupons: boolean
  /** A message on our side: what became of it. Only what was `said` is to be committed. */
  prompted?: Prompted
  reply: (after: After) => Reply
}

/** Decides one update. */
export function converse(known: Known, received: Incoming, tools: Tools): Turn {
  const incoming = cleaned(received)
  const own = incoming.input.kind === 'prompt'
  const seen = own ? known : noted(known, incoming)
  const before: Before = { known: seen, scene: sceneOf(seen, incoming.at, tools), incoming }
  const decided = decide(before, tools)
  const decision = withRenewal(decided, before, sceneOf(decided.known, incoming.at, tools))
  const scene = sceneOf(decision.known, incoming.at, tools)
  const live = decision.silent ? {} : liveAfter(before, decision.spoken, scene, decision.known)
  const lastSeenAt = own ? known.chat.lastSeenAt : incoming.at
  const chat = { ...withoutLive(decision), ...live, lastSeenAt }
  const { fresh: _, ...after } = { ...decision.known, chat }
  const facts = decision.facts ?? []
  return {
    known: after,
    facts: !own && (consented(after) || consented(known)) ? [...facts, footprint(before, decision)] : facts,
    wantsData: decision.wantsData === true,
    wantsCoupons: decision.wantsCoupons !== undefined && decision.wantsCoupons !== false,
    ...(decision.prompted ? { prompted: decision.prompted } : {}),
    reply: (result) => (decision.silent ? { say: [] } : worded(before, decision, result, tools)),
  }
}

/** A redelivered update: nothing changes, the current question is shown again. What we began ourselves is not said twice. */
export function converseAgain(known: Known, incoming: Incoming, tools: Tools): Reply {
  const { kind } = incoming.input
  if (kind === 'blocked' || kind === 'unblocked' || kind === 'prompt') return { say: [] }
  const scene = sceneOf(known, incoming.at, tools)
  const optedOut = optedOutAgain(incoming, scene)
  if (optedOut) return optedOut
  const before: Before = { known, scene, incoming }
  // Before the first consent nothing is kept, not even that it was asked for: whoever came is met as if they came just now.
  if (kind === 'start' && !consented(known) && !currentOf(known, scene)) {
    const { known: met, spoken } = decide(before, tools)
    return replyOf(before, spoken, met, scene)
  }
  // What stands above stays as it is: which message the question was in is not known for sure.
  const { close: _, ...reply } = replyOf(before, {}, known, scene)
  return reply
}

function worded(before: Before, { spoken, wantsCoupons }: Decision, result: After, tools: Tools): Reply {
  const scene = sceneOf(result.known, before.incoming.at, tools)
  const found = result.finding && isNews(result.finding, scene) ? [findingMessage(result.finding, scene)] : []
  const data = result.data ? dataMessages(result.data, scene) : []
  const coupons = couponMessages(result.coupons, wantsCoupons, scene)
  const say = [...(spoken.say ?? []), ...found, ...coupons, ...data]
  return replyOf(before, say.length > 0 ? { ...spoken, say } : spoken, result.known, scene)
}

/** The coupon of a message that nobody has got after all is not there; then that is said. */
function couponMessages(
  coupons: readonly Coupon[] | undefined,
  wanted: Decision['wantsCoupons'],
  scene: Scene,
): Message[] {
  if (typeof wanted !== 'object')
    return (coupons ?? []).filter(({ offer }) => !offer).map((one) => couponMessage(one, scene))
  const asked = coupons?.filter(({ offer }) => offer?.delivery === wanted.delivery) ?? []
  return asked.length > 0
    ? asked.map((one) => couponMessage(one, scene))
    : [plainly(scene.t('coupon.offer.gone'))]
}

/** A gift of last time that is used or too old is no news at the end of another survey. */
const isNews = (finding: Finding, { now }: Scene): boolean =>
  finding.kind !== 'coupon' || (finding.redeemedAt === undefined && finding.expiresAt > now)

function findingMessage(finding: Finding, scene: Scene): Message {
  const { t } = scene
  switch (finding.kind) {
    case 'coupon':
      return couponMessage(finding, scene)
    case 'codeHere':
      return plainly(t('link.codeHere', { code: finding.code }))
    default:
      return plainly(t(`link.${finding.kind}`))
  }
}

/** What every update tells, whatever it is about. */
function noted(known: Known, { link, profile, callbackButtons, input }: Incoming): Known {
  const { chat } = known
  // Before the consent it is the survey's link that counts: the survey comes right after.
  const forSurvey = !consented(known) && cameForSurvey(link?.source)
  const newSource = link && (chat.source === undefined || forSurvey)
  const newName = consented(known) && chat.profileName === undefined && profile?.firstName
  return {
    ...known,
    chat: {
      ...chat,
      reachable: input.kind !== 'blocked',
      ...(newSource ? { source: link.source, ...(link.detail ? { sourceDetail: link.detail } : {}) } : {}),
      ...(callbackButtons === undefined ? {} : { callbackButtons }),
      ...(newName ? { profileName: newName } : {}),
    },
  }
}

/** A new live message has no number yet; where nothing is shown the old one stays live. */
function withoutLive({ known: { chat }, spoken, silent }: Decision): Known['chat'] {
  if (silent || spoken.quiet) return chat
  const { liveMessageId: _, liveFrom: __, ...rest } = chat
  return rest
}

function footprint({ known, incoming }: Before, { spoken: { dealt } }: Decision): Fact {
  const { input, at } = incoming
  const about = dealt ? `${dealt.dialogue.name}.${dealt.question.id}` : aboutOf(incoming)
  return {
    kind: 'event',
    what: dealt ? 'answer' : input.kind,
    ...(about === undefined ? {} : { about: shortened(about, 64) }),
    tookMs: Math.max(0, at - known.chat.lastSeenAt),
  }
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
