/** What holds for every chat, whatever a person or a program sends. */
// oxlint-disable vitest/no-conditional-expect -- a property says what holds in each case
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consented, withWalk } from '../../src/domain/known.ts'
import type { Fact, Finding, Known } from '../../src/domain/known.ts'
import type { Platform } from '../../src/domain/platform.ts'
import type { Salon } from '../../src/domain/salon.ts'
import { promptKinds } from '../../src/domain/prompt.ts'
import { attachments } from '../../src/flows/conversation.ts'
import type { Incoming, Input } from '../../src/flows/conversation.ts'
import { converseAgain } from '../../src/flows/converse.ts'
import { commands } from '../../src/flows/menu.ts'
import { giftFound, giving, met } from './survey-chat.ts'
import { messagesOf, showable } from './showable.ts'
import { openChat, salon, tools } from './transcript.ts'
import type { Acted } from './transcript.ts'

type Act =
  /** Presses a button that was shown, on its message. */
  | { do: 'press'; which: number }
  | { do: 'input'; input: Input; extra: Partial<Incoming> }
  | { do: 'wait'; hours: number }
  | { do: 'restart' }

const odd = [
  '',
  ' ',
  '=',
  '__proto__',
  'constructor',
  'toString',
  'a\0b',
  '\ud83d',
  '💅🏽'.repeat(1000),
  'x'.repeat(9000),
]
const texts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'да',
      'нет',
      'ок',
      'дальше',
      'назад',
      'не сейчас',
      'готово',
      'все',
      'оставить',
      'не указывать',
      '+',
      '-',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'Анна',
      '89123456789',
      '17 апреля',
      'ногти',
      'ногти, волосы',
      'любой',
      '1',
      '2',
      '7',
      'выходные',
      'давайте',
      'вечером',
      'каждый месяц',
      'никогда',
      '9',
      '3',
      'трудно сказать',
      '123456',
      '111111',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'меню',
      'мои данные',
      'согласия',
      'язык',
      'english',
      'русский',
      'человек',
      'забудьте меня',
      'помощь',
      'опрос',
      'хватит',
      'познакомиться',
      'привет',
      'А сколько стоит?',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
)
const commandNames = fc.constantFrom(
  ...commands,
  'skip',
  'back',
  'stop',
  'later',
  'cancel',
  'price',
  '__proto__',
  'constructor',
  'toString',
  '',
)
const dialogueNames = fc.constantFrom(
  'onboarding',
  'consents',
  'forget',
  'human',
  'link',
  'survey',
  'visit',
  'invite',
  'menu',
  'language',
  'document',
  '__proto__',
  'constructor',
)
const questionIds = fc.constantFrom(
  'personalData',
  'advertising',
  'name',
  'phone',
  'birthday',
  'lines',
  'master',
  'time',
  'heard',
  'channel',
  'summary',
  'change',
  'sure',
  'message',
  'code',
  'regular',
  'frequency',
  'satisfaction',
  'recommend',
  'suggestions',
  'callMe',
  'check',
  'why',
  'line',
  'origin',
  'when',
  'go',
  'to',
  'read',
  '__proto__',
  'constructor',
)
const tokens = fc.constantFrom(
  'yes',
  'no',
  'suggested',
  'nails',
  'olga',
  'any',
  'morning',
  'friends',
  'vk',
  'menu',
  'edit',
  'resume',
  'en',
  'de',
  'personalData',
  'survey',
  'now',
  'evening',
  'never',
  'monthly',
  'master',
  'reminder',
  '9',
  '0',
  '!skip',
  '!back',
  '!leave',
  '!keep',
  '!done',
  '!none',
  '!page1',
  '!page',
  '!edit-name',
  '!edit-sex',
  '!edit-personalData',
  '!edit-__proto__',
  '__proto__',
  'constructor',
  'toString',
  '6',
  '=',
)
const forged = fc.oneof(
  fc
    .tuple(dialogueNames, questionIds, fc.constantFrom('', '.nails', '.__proto__'), tokens)
    .map(([dialogue, id, row, token]) => `${dialogue}.${id}${row}=${token}`),
  fc.constantFrom(...odd),
)
const inputs: fc.Arbitrary<Input> = fc.oneof(
  { weight: 8, arbitrary: texts.map((text): Input => ({ kind: 'text', text })) },
  { weight: 2, arbitrary: commandNames.map((name): Input => ({ kind: 'command', name })) },
  { weight: 4, arbitrary: forged.map((value): Input => ({ kind: 'press', value })) },
  { weight: 1, arbitrary: fc.constant<Input>({ kind: 'start' }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('79123456789', '+79990000000', '', 'x'), fc.boolean())
      .map(([phone, own]): Input => ({ kind: 'contact', phone, own })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...attachments), fc.option(texts, { nil: undefined }))
      .map(([what, caption]): Input => ({
        kind: 'attachment',
        what,
        ...(caption === undefined ? {} : { caption }),
      })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Input>({ kind: 'blocked' }, { kind: 'unblocked' }) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        kind: fc.constantFrom(...promptKinds),
        about: fc.integer({ min: 1, max: 3 }),
        number: fc.integer({ min: 1, max: 4 }),
        line: fc.option(fc.constantFrom('nails', 'brows', '__proto__'), { nil: undefined }),
      })
      .map(({ line, ...prompt }): Input => ({
        kind: 'prompt',
        prompt,
        ...(line === undefined ? {} : { line }),
      })),
  },
)
const extras: fc.Arbitrary<Partial<Incoming>> = fc.record(
  {
    messageId: fc.integer({ min: 1, max: 30 }),
    link: fc.record({
      source: fc.constantFrom('flyer', 'survey', 'survey-desk', ...odd),
      detail: fc.constantFrom('wall', ...odd),
    }),
    profile: fc.record({
      firstName: fc.constantFrom('Анна', '🌸', ...odd),
      language: fc.constantFrom('ru', 'xx', ''),
    }),
    callbackButtons: fc.boolean(),
  },
  { requiredKeys: [] },
)
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('press' as const), which: fc.nat(1000) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('input' as const), input: inputs, extra: extras }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 24, 72, 2400) }),
  },
)

const manyNames = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `sixteen-letters${i}`,
    name: { ru: `Длинное-предлинное название, номер ${i}`, en: `${i}` },
    lines: ['sixteen-letters0', '__proto__'],
    services: [],
  }))
const salons: fc.Arbitrary<Partial<Salon>> = fc.constantFrom(
  {},
  { lines: manyNames(10), masters: manyNames(10) },
  { ...giving, lines: manyNames(20), reminders: { surveyAfterDays: [2] } },
  { ...giving, advertising: { telegram: false, vk: false } },
  { lines: salon.lines.slice(0, 1), masters: [], languages: ['ru'] },
  {
    lines: [
      { id: '__proto__', name: { ru: 'Ногти' }, services: [] },
      { id: 'constructor', name: { ru: 'Волосы' }, services: [] },
    ],
  },
)

const chats = fc.record({
  start: fc.constantFrom<readonly string[]>(
    [],
    ['/start'],
    ['/start', 'да', 'нет'],
    [
      '/start',
      'да',
      'да',
      'Анна',
      '89123456789',
      '17.04',
      'дальше',
      'дальше',
      'дальше',
      'дальше',
      'дальше',
      'дальше',
    ],
    [...met.ru, 'давайте'],
    [...met.ru, 'давайте', 'да', 'нет', 'дальше'],
    [...met.ru, 'давайте', 'да', 'нет', 'дальше', '4', '1', '2', '7', '3', '3', '9'],
    [...met.ru, 'нет', 'clock: 5 days', 'prompt: visit 1.1 nails'],
    ['(start survey)', 'да'],
  ),
  salon: salons,
  findings: fc.array(fc.nat(4), { minLength: 1 }),
  acts: fc.array(acts, { maxLength: 30 }),
})
const runs = { numRuns: 100 }

describe.each<Platform>(['telegram', 'vk'])('on %s, whatever is sent', (platform) => {
  test('it is answered, by what the platform can show', () => {
    check(({ turn, reply }, input) => {
      const silent = turn.prompted !== undefined && turn.prompted.what !== 'said'
      if (input.kind === 'blocked' || input.kind === 'unblocked' || silent) {
        expect(reply).toEqual({ say: [] })
        return
      }
      expect(reply.say.length + (reply.live ? 1 : 0)).toBeGreaterThan(0)
      for (const message of messagesOf(reply)) showable(message, platform)
      expect(reply.toast ?? '').toHaveLength(Math.min(90, reply.toast?.length ?? 0))
    })
  })

  test('nothing of a person is kept before they agree', () => {
    check(({ turn }) => {
      if (consented(turn.known)) return
      expect(turn.known.client).toEqual({ lines: [], convenientTimes: [] })
      expect(turn.known.walks).toEqual([])
      expect(turn.known.chat.profileName).toBeUndefined()
      const withdrawn = turn.facts.some((fact) => fact.kind === 'erase')
      if (!withdrawn) expect(turn.facts.filter((fact) => fact.kind !== 'notice')).toEqual([])
    })
  })

  test('a consent is only what was pressed or said to its own question', () => {
    check(({ turn }, input, before) => {
      for (const fact of turn.facts.filter((one) => one.kind === 'consent' && one.granted)) {
        expect(['press', 'text', 'attachment']).toContain(input.kind)
        if (fact.kind === 'consent') expect(fact.evidence.length).toBeLessThanOrEqual(64)
        if (input.kind !== 'text') continue
        const asked = consented(before) ? ['onboarding', 'consents'] : ['onboarding']
        expect(
          asked.some((name) => (before.chat.liveFrom ?? '').startsWith(name) || walkIsOpen(before, name)),
        ).toBe(true)
      }
    })
  })

  test('what is kept survives the database', () => {
    check(({ turn }) => {
      const json = JSON.stringify(turn.known)
      expect(JSON.parse(json)).toEqual(turn.known)
      for (const text of stringsIn([turn.known, turn.facts])) {
        expect(text).not.toContain('\0')
        expect(text.isWellFormed()).toBe(true)
      }
    })
  })

  test('the same update delivered again shows the current question and changes nothing', () => {
    check(({ turn }, input, _, incoming) => {
      const frozen = JSON.stringify(turn.known)
      const again = converseAgain(turn.known, incoming, tools)
      expect(JSON.stringify(turn.known)).toBe(frozen)
      const ours = input.kind === 'prompt' || input.kind === 'blocked' || input.kind === 'unblocked'
      if (!ours) expect(again.live).toBeDefined()
      else expect(again).toEqual({ say: [] })
    }, fc.constant({}))
  })

  test('what starts on our side leaves no trace but what it says', () => {
    check(({ turn }, input, before) => {
      if (input.kind !== 'prompt') return
      expect(turn.prompted).toBeDefined()
      expect(turn.facts.filter((fact) => fact.kind !== 'prompt')).toEqual([])
      expect(turn.known.chat.lastSeenAt).toBe(before.chat.lastSeenAt)
      const { fresh: _, ...kept } = before
      if (turn.prompted?.what !== 'said') expect(turn).toMatchObject({ known: kept, facts: [] })
    })
  })

  function check(
    holds: (acted: Acted, input: Input, before: Known, incoming: Incoming) => void,
    someSalons: fc.Arbitrary<Partial<Salon>> = salons,
  ) {
    fc.assert(
      fc.property(chats, someSalons, ({ start, findings, acts: doings }, someSalon) => {
        let found = 0
        const finding = (fact: Fact, known: Known) => {
          const kind = findings[(found += 1) % findings.length] ?? 0
          if (fact.kind === 'reward') return giftFound(fact)
          return fact.kind === 'phone' || fact.kind === 'code' ? findingOf(kind, known) : undefined
        }
        const chat = openChat({ platform, salon: someSalon, finding })
        for (const line of start) chat.play(line)
        for (const doing of doings) {
          if (doing.do === 'restart') {
            chat.restart()
            continue
          }
          if (doing.do === 'wait') {
            chat.later(`${doing.hours} hours`)
            continue
          }
          const buttons = chat.buttons()
          const button =
            doing.do === 'press' ? buttons.at(doing.which % Math.max(1, buttons.length)) : undefined
          const input: Input =
            doing.do === 'input' ? doing.input : { kind: 'press', value: button?.value ?? '' }
          const extra = doing.do === 'input' ? doing.extra : button ? { messageId: button.messageId } : {}
          const before = chat.known()
          const acted = chat.act(input, extra)
          holds(acted, input, before, {
            key: '',
            platform,
            externalId: 7,
            at: chat.now(),
            input,
            ...extra,
          })
        }
      }),
      runs,
    )
  }
})

const walkIsOpen = (known: Known, name: string) =>
  known.walks.some((walk) => walk.name === name && walk.status === 'open')

/** What storage might find out about a phone or a code. */
function findingOf(kind: number, known: Known): { finding: Finding; known?: Known } | undefined {
  const walk = {
    name: 'link',
    run: 1,
    version: 1,
    status: 'open' as const,
    answers: {},
    startedAt: 1,
    changedAt: 1,
  }
  switch (kind) {
    case 0:
      return { finding: { kind: 'codeSent', code: '123456', to: [] }, known: withWalk(known, walk) }
    case 1:
      return {
        finding: { kind: 'linked' },
        known: {
          ...known,
          client: { ...known.client, confirmedPhone: '+79123456789' },
          reachableOn: ['telegram', 'vk'],
        },
      }
    case 2:
      return { finding: { kind: 'wrongCode' } }
    case 3:
      return { finding: { kind: 'codeExpired' }, known: withWalk(known, { ...walk, status: 'stopped' }) }
    default:
      return undefined
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.entries(value).flat().flatMap(stringsIn) : []
}
