/** What an answer means beyond being an answer: consents, phones, messages to the salon, the end of a dialogue. */
import { consentFact, withConsent } from './consent.ts'
import { declined } from './decision.ts'
import { withWalk } from '../domain/known.ts'
import type { Walk } from '../domain/known.ts'
import type { Scene } from './question.ts'
import type { Done, Effect } from './effect.ts'
import type { Spoken } from './reply.ts'
import { rich } from './rich.ts'
import { inviteDone, surveyDone, visitDone } from './survey-done.ts'
import { begunSurvey, cameForSurvey, invitedAfterOnboarding } from './survey-acts.ts'
import { isComplete } from './survey-end.ts'

/** The effect of one taken answer on everything but the answers. */
export function doneWith(done: Done): Effect {
  switch (done.walk.name) {
    case 'onboarding':
      return onboardingDone(done)
    case 'consents':
      return consentsDone(done)
    case 'renewal':
      return renewalDone(done)
    case 'forget':
      return forgetDone(done)
    case 'human':
      return humanDone(done)
    case 'link':
      return linkDone(done)
    case 'survey':
      return surveyDone(done)
    case 'visit':
      return visitDone(done)
    case 'invite':
      return inviteDone(done)
    default:
      return { known: done.known, facts: [], spoken: {} }
  }
}

function onboardingDone(done: Done): Effect {
  const { known, walk, stepped, move, evidence, before } = done
  const { scene } = before
  const id = 'question' in stepped && stepped.what === 'answered' ? stepped.question.id : undefined
  const value = id === undefined ? undefined : walk.answers[id]?.value
  if (id === 'personalData' && value !== true) return { facts: [], ...declined(before) }
  if (id === 'personalData') return agreed(done)
  if (id === 'advertising') return withConsent(known, 'advertising', value === true, evidence, scene, {})
  if (id === 'phone' && typeof value === 'string')
    return { known, facts: [{ kind: 'phone', phone: value, confirmed: move.kind === 'contact' }], spoken: {} }
  return isComplete(known, walk, scene) ? welcomed(done) : { known, facts: [], spoken: {} }
}

function agreed({ known, walk, evidence, before }: Done): Effect {
  const { scene, incoming } = before
  const profileName = incoming.profile?.firstName
  const chat = { ...known.chat, ...(profileName ? { profileName } : {}) }
  const effect = withConsent({ ...known, chat }, 'personalData', true, evidence, scene, {})
  return cameForSurvey(known.chat.source) ? surveyFirst(effect, walk, scene) : effect
}

/** Who came by the survey's link answers the survey; getting to know each other waits in the menu. */
function surveyFirst(effect: Effect, onboarding: Walk, scene: Scene): Effect {
  const known = withWalk(effect.known, { ...onboarding, status: 'paused' })
  const begun = begunSurvey(known, { ...scene, client: known.client })
  if (!begun) return effect
  return {
    known: begun.known,
    facts: [...effect.facts, ...begun.facts],
    spoken: { ...effect.spoken, say: begun.say },
  }
}

function welcomed({ known, walk, before }: Done): Effect {
  const { scene } = before
  const client = { ...known.client, onboardedAt: known.client.onboardedAt ?? scene.now }
  const first = known.client.onboardedAt === undefined
  const thanks = scene.t(first ? 'onboarding.thanks' : 'onboarding.saved', {
    name: client.name ?? '',
  })
  const settled = withWalk({ ...known, client }, { ...walk, status: 'finished' })
  return {
    known: first ? invitedAfterOnboarding(settled, scene) : settled,
    facts: first ? [{ kind: 'notice', what: 'newClient' }] : [],
    spoken: say(thanks),
  }
}

function consentsDone({ known, walk, evidence, before }: Done): Effect {
  const { scene } = before
  const closed = withWalk(known, { ...walk, status: 'stopped' })
  switch (walk.answers['change']?.value) {
    case 'advertisingOn':
      return withConsent(
        closed,
        'advertising',
        true,
        evidence,
        scene,
        say(scene.t('consents.advertisingGiven')),
      )
    case 'advertisingOff':
      return withConsent(
        closed,
        'advertising',
        false,
        evidence,
        scene,
        say(scene.t('consents.advertisingWithdrawn')),
      )
    case 'personalOffers':
      return { known: withWalk(closed, opened(walk, 'renewal')), facts: [], spoken: {} }
    case 'personalDataOff':
      return {
        known: withWalk(closed, opened(walk, 'forget')),
        facts: [],
        spoken: say(scene.t('consents.personalDataOff')),
      }
    default:
      return { known: closed, facts: [], spoken: {} }
  }
}

const opened = (walk: Walk, name: 'renewal' | 'forget'): Walk => ({
  ...walk,
  name,
  run: 1,
  version: 1,
  status: 'open',
  answers: {},
})

/** Whoever does not agree keeps the consent as they gave it. */
function renewalDone({ known, walk, evidence, before: { scene } }: Done): Effect {
  const closed = withWalk(known, { ...walk, status: 'stopped' })
  if (walk.answers['offers']?.value !== true)
    return { known: closed, facts: [], spoken: say(scene.t('renewal.kept')) }
  return withConsent(closed, 'personalData', true, evidence, scene, say(scene.t('renewal.agreed')))
}

function forgetDone({ known, walk, before, evidence }: Done): Effect {
  const { scene } = before
  const closed = withWalk(known, { ...walk, status: 'stopped' })
  if (walk.answers['sure']?.value !== true)
    return { known: closed, facts: [], spoken: say(scene.t('forget.kept')) }
  const { platform, externalId, language, reachable, callbackButtons } = known.chat
  const chat = { platform, externalId, language, reachable, callbackButtons, lastSeenAt: scene.now }
  return {
    known: { client: { lines: [], convenientTimes: [] }, chat, reachableOn: [platform], walks: [] },
    facts: [consentFact('personalData', false, evidence, scene), { kind: 'erase' }],
    spoken: say(scene.t('forget.done')),
  }
}

function humanDone({ known, walk, before }: Done): Effect {
  const message = walk.answers['message']?.value
  const closed = withWalk(known, { ...walk, status: 'stopped', answers: {} })
  if (typeof message !== 'string') return { known: closed, facts: [], spoken: {} }
  return {
    known: closed,
    facts: [{ kind: 'notice', what: 'message', text: message }],
    spoken: say(before.scene.t('human.passed')),
  }
}

/** The code is not an answer to be kept: storage checks it and says what came of it. */
function linkDone({ known, walk, before }: Done): Effect {
  const code = walk.answers['code']?.value
  if (typeof code !== 'string')
    return {
      known: withWalk(known, { ...walk, status: 'stopped', answers: {} }),
      facts: [],
      spoken: say(before.scene.t('link.without')),
    }
  return {
    known: withWalk(known, { ...walk, answers: {} }),
    facts: [{ kind: 'code', code: code.replace(/\D/g, '') }],
    spoken: {},
  }
}

const say = (text: string): Spoken => ({ say: [{ text: rich(text), groups: [] }] })
