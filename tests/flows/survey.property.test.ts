/** What holds for every survey that a salon may make, whatever its clients do, also when it changes in the middle. */
// oxlint-disable vitest/no-conditional-expect -- a property says what holds in each case
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer, Answers } from '../../src/domain/answer.ts'
import { consented, walkOf } from '../../src/domain/known.ts'
import type { Fact, Known, Walk } from '../../src/domain/known.ts'
import { platforms } from '../../src/domain/platform.ts'
import { promptKinds } from '../../src/domain/prompt.ts'
import { instrument } from '../../src/domain/instrument.ts'
import { builtInQuestions, surveyQuestions } from '../../src/domain/survey-changes.ts'
import type { Survey, SurveyOption, SurveyQuestion } from '../../src/domain/survey.ts'
import { converseAgain } from '../../src/flows/converse.ts'
import type { Input } from '../../src/flows/conversation.ts'
import { isUnhappy } from '../../src/domain/happiness.ts'
import { control } from '../../src/flows/value.ts'
import { giftFound, giving, invited, openAt } from './survey-chat.ts'
import { messagesOf, showable } from './showable.ts'
import { openChat, toolsFor } from './transcript.ts'
import type { Acted } from './transcript.ts'

const ids = ['a', 'b', 'A1', '0', '-', 'sixteen-letters-']
const listed = (minLength: number): fc.Arbitrary<SurveyOption[]> =>
  fc
    .uniqueArray(fc.constantFrom(...ids), { minLength, maxLength: ids.length })
    .map((all) => all.map((id) => ({ id, name: { ru: `Вариант ${id}` } })))
const scales = fc.record({ from: fc.integer({ min: 0, max: 1 }), to: fc.integer({ min: 2, max: 10 }) })

/** The same few ids, so that another version asks the same question in another way. */
const ownQuestion: fc.Arbitrary<SurveyQuestion> = fc
  .record({
    id: fc.constantFrom('one', 'two', 'three', 'sixteenLettersXx'),
    block: fc.constantFrom('salon' as const, 'person' as const),
    kind: fc.constantFrom('yesNo', 'choice', 'choices', 'scale', 'numbers', 'words', 'text', 'date'),
    options: listed(2),
    rows: fc.oneof(fc.constantFrom('lines' as const, 'usedLines' as const), listed(1)),
    scale: scales,
    noOpinion: fc.boolean(),
    several: fc.boolean(),
  })
  .map(({ kind, options, rows, scale, noOpinion, several, ...rest }): SurveyQuestion => {
    const said = (words: string) => ({ ru: words })
    const words = { ask: said('Что?'), short: said('Ответ'), low: said('плохо'), high: said('хорошо') }
    const asked = { ...rest, own: true, words }
    switch (kind) {
      case 'choice':
      case 'choices':
        return { ...asked, kind, options }
      case 'scale':
        return { ...asked, kind, scale, noOpinion }
      case 'numbers':
        return { ...asked, kind: 'grid', rows, scale, noOpinion }
      case 'words':
        return { ...asked, kind: 'grid', rows, options }
      case 'text':
        return { ...asked, kind, maxLength: 60, several }
      default:
        return { ...asked, kind: kind }
    }
  })

const surveys = (version: number): fc.Arbitrary<Survey> =>
  fc
    .record({
      off: fc.subarray(
        builtInQuestions.map((one) => one.id).filter((id) => id !== 'recommend'),
        { minLength: 8 },
      ),
      on: fc.constantFrom([], ['spend']),
      first: fc.constantFrom('salon' as const, 'person' as const),
      recommendScale: fc.constantFrom({ from: 1, to: 10 }, { from: 0, to: 10 }),
      own: fc.uniqueArray(ownQuestion, { maxLength: 3, selector: (one) => one.id }),
    })
    .map(({ own, ...changes }) => ({
      version,
      questions: surveyQuestions({ ...changes, add: own.map((question) => ({ question })) }),
    }))

type Act =
  /** Presses a button of the live message, or one of an older one. */
  | { do: 'press'; which: number }
  | { do: 'old'; which: number }
  | { do: 'say'; input: Input }
  | { do: 'wait'; hours: number }
  | { do: 'change'; survey: Survey }
  | { do: 'restart' }

const words = fc.constantFrom(
  'да',
  'нет',
  'дальше',
  'назад',
  'готово',
  'оставить',
  'не указывать',
  'не сейчас',
  'хватит',
  'опрос',
  'меню',
  '1',
  '3',
  '7',
  '9',
  '10',
  '0',
  '32',
  'никогда',
  'каждый месяц',
  'трудно сказать',
  'всё',
  'Мастер',
  '17 апреля',
  'Больше света!',
  'x'.repeat(61),
  '💅🏽',
  '-',
  '+',
  'А сколько стоит?',
)
const inputs: fc.Arbitrary<Input> = fc.oneof(
  { weight: 6, arbitrary: words.map((text): Input => ({ kind: 'text', text })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Input>(
      { kind: 'start' },
      { kind: 'attachment', what: 'photo', caption: 'вот' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...promptKinds), fc.integer({ min: 1, max: 2 }))
      .map(([kind, about]): Input => ({ kind: 'prompt', prompt: { kind, about, number: 1 }, line: 'nails' })),
  },
)
const acts = (version: number): fc.Arbitrary<Act> =>
  fc.oneof(
    { weight: 14, arbitrary: fc.record({ do: fc.constant('press' as const), which: fc.nat(40) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('old' as const), which: fc.nat(200) }) },
    { weight: 7, arbitrary: fc.record({ do: fc.constant('say' as const), input: inputs }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 24, 48, 2200) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('change' as const), survey: surveys(version) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  )

const chats = fc.record({
  survey: surveys(1),
  knowsSex: fc.boolean(),
  acts: fc.array(acts(2), { maxLength: 60, size: 'max' }),
})
const runs = { numRuns: 30 }

interface Moment extends Acted {
  before: Known
  survey: Survey
  input: Input
}

describe.each(platforms)('on %s', (platform) => {
  test('no answer is lost or changed but by the person, and one at a time', () => {
    check(({ before, turn, survey }) => {
      for (const name of ['survey', 'visit']) {
        const [was, is] = [walkOf(before, name), walkOf(turn.known, name)]
        if (!was || is?.run !== was.run) continue
        const [id, ...others] = changedIds(was.answers, is.answers)
        expect(others).toEqual([])
        if (id === undefined) continue
        expect(turn.facts).toContainEqual(answered(`${name}.${id}`))
        const [rowsBefore, rows] = [rowsOf(was.answers[id]), rowsOf(is.answers[id])]
        expect(Object.keys(rows).filter((row) => rows[row] !== rowsBefore[row]).length).toBeLessThanOrEqual(1)
        const gone = Object.keys(rowsBefore).filter((row) => !Object.hasOwn(rows, row))
        // In another version rows may answer nothing that is asked; otherwise a row goes when it is cleared.
        if (survey.version === 1) expect(gone.length).toBeLessThanOrEqual(1)
      }
    })
  })

  test('an answer tells when and on which scale it was given, and in which version', () => {
    check(({ turn, survey }) => {
      for (const walk of turn.known.walks.filter((one) => one.name === 'survey' || one.name === 'visit'))
        for (const [id, answer] of Object.entries(walk.answers)) stampsAreRight(id, answer, walk, survey)
    })
  })

  test('there is always a way on, and it can be shown', () => {
    check(({ reply, turn, input }) => {
      for (const message of messagesOf(reply)) showable(message, platform)
      if (input.kind !== 'prompt' || turn.prompted?.what === 'said')
        expect(reply.live?.message.groups.flatMap((group) => group.buttons)).not.toEqual([])
    })
  })

  test('the same update delivered again changes nothing', () => {
    check(({ turn, survey, input }) => {
      const frozen = JSON.stringify(turn.known)
      const incoming = { key: '', platform, externalId: 7, at: turn.known.chat.lastSeenAt, input }
      converseAgain(turn.known, incoming, toolsFor(survey, giving))
      expect(JSON.stringify(turn.known)).toBe(frozen)
    })
  })

  test('the salon hears of the unhappy, and of nobody else; the gift is for those who answered', () => {
    check(({ turn }) => {
      for (const fact of turn.facts) {
        if (fact.kind === 'unhappy' || fact.kind === 'callWanted')
          expect(isUnhappy(walkOf(turn.known, fact.dialogue)?.answers['recommend'])).toBe(true)
        if (fact.kind !== 'reward') continue
        const { answers = {}, status } = walkOf(turn.known, 'survey') ?? {}
        expect(status).toBe('finished')
        expect(
          Object.entries(answers).some(
            ([id, one]) => id !== 'check' && !one.known && one.value !== undefined,
          ),
        ).toBe(true)
      }
    })
  })

  test('from everywhere a few presses end the survey, with thanks', () => {
    fc.assert(
      fc.property(chats, (options) => {
        const chat = played(options, () => {})
        // "Forget me" is among the buttons, too.
        if (!consented(chat.known())) return
        chat.act({ kind: 'command', name: 'menu' })
        chat.act({ kind: 'command', name: 'survey' })
        for (let left = 150; left > 0 && walkOf(chat.known(), 'survey')?.status === 'open'; left -= 1) {
          const answers = buttonsOf(chat)
          const done = answers.find((one) => one.endsWith(`=${control.done}`))
          const on = done ?? answers.find((one) => one.endsWith(`=${control.skip}`)) ?? answers[0]
          expect(on).toBeDefined()
          chat.pressLive(on ?? '')
        }
        expect(walkOf(chat.known(), 'survey')?.status).toBe('finished')
        expect(chat.transcript()).toMatch(/Спасибо[!,]|Thank you/)
      }),
      runs,
    )
  })

  type Chat = ReturnType<typeof openChat>

  const buttonsOf = (chat: Chat): string[] =>
    (chat.live()?.groups ?? []).flatMap((group) => group.buttons.map((one) => one.value))

  function check(holds: (moment: Moment) => void): void {
    fc.assert(
      fc.property(chats, (options) => void played(options, holds)),
      runs,
    )
  }

  /** A client whom the salon knows opens the survey, and then does all that. */
  function played(
    { survey, knowsSex, acts: doings }: { survey: Survey; knowsSex: boolean; acts: Act[] },
    holds: (moment: Moment) => void,
  ): Chat {
    const { client, ...known } = begunKnown()
    const more = knowsSex ? { sex: 'female' as const } : {}
    const chat = openChat({
      platform,
      survey,
      salon: giving,
      finding: giftFound,
      known: { ...known, client: { ...client, ...more } },
    })
    let asked = survey
    const does = (input: Input, messageId?: number) => {
      const before = chat.known()
      holds({
        ...chat.act(input, messageId === undefined ? {} : { messageId }),
        before,
        survey: asked,
        input,
      })
    }
    does({ kind: 'command', name: 'survey' })
    for (const doing of doings) {
      switch (doing.do) {
        case 'wait':
          chat.later(`${doing.hours} hours`)
          break
        case 'restart':
          chat.restart()
          break
        case 'change':
          chat.nowAsks((asked = doing.survey))
          break
        case 'say':
          does(doing.input)
          break
        default: {
          const { liveMessageId } = chat.known().chat
          const all = chat.buttons().filter((one) => doing.do === 'old' || one.messageId === liveMessageId)
          const button = all[doing.which % Math.max(1, all.length)]
          if (button) does({ kind: 'press', value: button.value }, button.messageId)
        }
      }
    }
    return chat
  }

  const begunKnown = () => structuredClone(acquainted[platform])
})

/** After the onboarding, with the invitation declined. */
const acquainted = {
  telegram: openAt(invited(), 'нет').known(),
  vk: openAt(invited({ platform: 'vk' }), 'нет').known(),
}

const answered = (about: string): unknown =>
  expect.objectContaining({ kind: 'event' satisfies Fact['kind'], about })

/** Questions whose answer is another one, and rows of grids: what was said, not how it is marked. */
const changedIds = (was: Answers, is: Answers): string[] =>
  Object.keys({ ...was, ...is }).filter((id) => said(was[id]) !== said(is[id]))

const rowsOf = (answer: Answer | undefined): Record<string, unknown> => {
  const value = answer?.value
  const isGrid = typeof value === 'object' && value !== null && !Array.isArray(value) && !('day' in value)
  return isGrid ? value : {}
}

const said = ({ value, skipped }: Answer = {}): string => JSON.stringify({ value, skipped })

function stampsAreRight(id: string, answer: Answer, walk: Walk, survey: Survey): void {
  const { value, skipped, at, scale, version, known } = answer
  if (known || (walk.name === 'visit' && id === 'line')) return
  if (value === undefined && !skipped) return
  expect(at).toBeGreaterThanOrEqual(walk.startedAt)
  for (const one of [value, ...Object.values(rowsOf(answer))]) {
    if (typeof one !== 'number') continue
    expect(one).toBeGreaterThanOrEqual(scale?.from ?? Infinity)
    expect(one).toBeLessThanOrEqual(scale?.to ?? -Infinity)
  }
  // Only what was asked in another version than the walk began with says in which.
  expect([undefined, 1, 2]).toContain(version)
  expect(version).not.toBe(walk.version)
  if (survey.version === 1) expect(version).toBeUndefined()
}

test('the built-in questions have ids that survive a button', () => {
  for (const { id } of instrument) expect(id).toMatch(/^[a-zA-Z][a-zA-Z0-9]{0,15}$/)
})
