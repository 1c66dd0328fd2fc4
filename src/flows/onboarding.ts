/** Getting to know a new client: consent, contact, preferences. About a minute. */
import type { Client } from '../domain/client.ts'
import { named } from '../domain/salon.ts'
import { givenTo } from './spot.ts'
import { listed, namedOptions } from './kinds/options.ts'
import { choice, choices, confirm, date, dialogue, phone, summary, text } from './question.ts'
import type { Answers } from '../domain/answer.ts'
import type { Option, Scene } from './question.ts'

/** Letters, on one line; neither a number nor a question is a name. */
const namePattern = /^(?=.*\p{L})[^\p{N}?\n]+$/u

export const onboarding = dialogue({
  name: 'onboarding',
  version: 1,
  leave: 'later',
  progress: true,
  questions: [
    confirm('personalData', {
      final: true,
      keep: true,
      explicit: true,
      values: (scene) => ({ operator: scene.salon.operator.name }),
      extra: (scene) => [
        { label: 'onboarding.personalData.read', value: 'document.read=personalData' },
        ...otherLanguages(scene),
      ],
    }),
    confirm('advertising', {
      when: (scene, answers) =>
        scene.client.advertisingConsentAt === undefined || answers['advertising'] !== undefined,
      final: true,
      keep: true,
      explicit: true,
      extra: () => [{ label: 'onboarding.advertising.read', value: 'document.read=advertising' }],
    }),
    text('name', { maxLength: 60, pattern: namePattern, suggestion: (scene) => scene.chat.profileName }),
    phone('phone', {
      optional: true,
      when: (scene, answers) => scene.client.confirmedPhone === undefined || answers['phone'] !== undefined,
    }),
    date('birthday', { optional: true, hint: true, suggestion: (scene) => scene.client.birthday }),
    choices('lines', {
      optional: true,
      hint: true,
      when: (scene) => scene.salon.lines.length > 1,
      options: (scene) => namedOptions(scene.salon.lines, scene),
    }),
    choice('master', {
      optional: true,
      options: (scene, answers) => masters(scene, answers),
    }),
    choices('time', {
      optional: true,
      hint: true,
      options: listed('onboarding.time', ['morning', 'day', 'evening', 'weekend']),
    }),
    choice('heard', {
      optional: true,
      when: (scene) => scene.chat.source === undefined,
      options: listed('onboarding.heard', ['friends', 'social', 'maps', 'search', 'nearby', 'other']),
    }),
    choice('channel', {
      when: (scene) => scene.reachableOn.length > 1,
      options: listed('onboarding.channel', ['telegram', 'vk']),
    }),
    summary('summary'),
  ],
})

/** What the answers say of the client: what was not asked yet stays as it is known. The phone is confirmed elsewhere. */
export function clientFrom(client: Client, scene: Scene, answers: Answers): Client {
  const told = <K extends keyof Client>(id: string, field: K, none?: Client[K]) =>
    answers[id] === undefined
      ? client[field]
      : ((givenTo(onboarding, id, scene, answers) as Client[K] | undefined) ?? none)
  return withoutUndefined({
    ...client,
    name: told('name', 'name'),
    phone: told('phone', 'phone', client.confirmedPhone),
    birthday: told('birthday', 'birthday'),
    lines: told('lines', 'lines') ?? [],
    master: told('master', 'master'),
    convenientTimes: told('time', 'convenientTimes') ?? [],
    heardFrom: told('heard', 'heardFrom'),
    preferredPlatform: told('channel', 'preferredPlatform'),
  })
}

/** The masters of the chosen lines, and "any". */
function masters(scene: Scene, answers: Answers): Option[] {
  const lines = (answers['lines']?.value ?? []) as string[]
  const fitting = scene.salon.masters.filter(
    (one) => lines.length === 0 || one.lines.some((line) => lines.includes(line)),
  )
  // Who goes to the only master there is has not chosen.
  if (fitting.length < 2) return []
  return [{ value: 'any', label: scene.t('onboarding.master.any') }, ...namedOptions(fitting, scene)]
}

const otherLanguages = (scene: Scene) =>
  scene.salon.languages
    .filter((one) => one !== scene.language)
    .map((one) => ({ label: `language.names.${one}`, value: `language.to=${one}` }))

/** The placeholders that every greeting uses. */
export const salonValues = (scene: Scene): { salon: string } => ({
  salon: named(scene.salon.name, scene.language),
})

/** exactOptionalPropertyTypes: an unknown thing is absent, not undefined. */
function withoutUndefined(client: { [K in keyof Client]: Client[K] | undefined }): Client {
  return Object.fromEntries(
    Object.entries(client).filter(([, one]) => one !== undefined),
  ) as unknown as Client
}
