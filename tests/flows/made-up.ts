/** Dialogues and moves at random, for the properties that hold for all of them. */
import fc from 'fast-check'
import { cardOf } from '../../src/flows/card.ts'
import type { Place } from '../../src/flows/engine.ts'
import {
  chips,
  choice,
  choices,
  confirm,
  date,
  grid,
  phone,
  scale,
  summary,
  text,
} from '../../src/flows/question.ts'
import type { Dialogue, Option, Question, Scene } from '../../src/flows/question.ts'
import type { Answers } from '../../src/domain/answer.ts'
import { scene } from './scenes.ts'

const ids = ['a', 'bb', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'sixteen-letters-', '0']
const optionsOf = (values: string[]): Option[] => values.map((value) => ({ value, label: `the ${value}` }))
const someOptions = fc
  .uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: ids.length })
  .map(optionsOf)

type Condition = (answers: Answers) => boolean

/** Holds or not, by what was answered to an earlier question. */
const condition = (earlier: number): fc.Arbitrary<Condition | undefined> =>
  earlier === 0
    ? fc.constant(undefined)
    : fc.option(
        fc
          .record({
            of: fc.nat(earlier - 1),
            wanted: fc.constantFrom('true', '"a"', '5', 'skipped', 'given'),
          })
          .map(({ of, wanted }): Condition => (answers) => {
            const answer = answers[idOf(of)]
            if (wanted === 'skipped') return answer?.skipped !== true
            if (wanted === 'given') return answer?.value !== undefined
            return JSON.stringify(answer?.value) !== wanted
          }),
        { nil: undefined, freq: 2 },
      )

/** The longest id that there may be, so that the buttons are as long as they can be. */
const idOf = (at: number) => `question${'x'.repeat(7)}${String.fromCodePoint(97 + at)}`

/** Options that may depend on an earlier answer: some go when it is given. */
const dependent = (all: Option[], when: Condition | undefined) => (_: Scene, answers: Answers) =>
  when === undefined || when(answers) ? all : all.slice(1)

const question = (at: number): fc.Arbitrary<Question> =>
  fc
    .record({
      kind: fc.constantFrom(
        'confirm',
        'choice',
        'choices',
        'scale',
        'grid',
        'columns',
        'chips',
        'text',
        'phone',
        'date',
      ),
      several: fc.boolean(),
      when: condition(at),
      some: someOptions,
      less: condition(at),
      optional: fc.boolean(),
      noOpinion: fc.boolean(),
      to: fc.integer({ min: 1, max: 10 }),
      suggestion: fc.option(fc.constantFrom('Anna', '', 'x'.repeat(30)), { nil: undefined }),
    })
    .map(({ kind, when, some, less, optional, noOpinion, to, suggestion, several }): Question => {
      const asked = { optional, ...(when ? { when: (_: Scene, answers: Answers) => when(answers) } : {}) }
      const id = idOf(at)
      switch (kind) {
        case 'confirm':
          return confirm(id, asked)
        case 'choice':
          return choice(id, { ...asked, options: dependent(some, less) })
        case 'choices':
          return choices(id, { ...asked, options: dependent(some, less) })
        case 'scale':
          return scale(id, { ...asked, from: 0, to, noOpinion })
        case 'grid':
          return grid(id, { ...asked, rows: dependent(some, less), from: 0, to, noOpinion })
        case 'columns':
          return grid(id, { ...asked, rows: dependent(some, less), columns: () => some })
        case 'chips':
          return chips(id, { ...asked, options: dependent(some, less), maxLength: 100 })
        case 'text':
          if (several) return text(id, { ...asked, maxLength: 60, several })
          return text(id, {
            ...asked,
            maxLength: 20,
            ...(suggestion === undefined ? {} : { suggestion: () => suggestion }),
          })
        case 'phone':
          return phone(id, asked)
        default:
          return date(id, asked)
      }
    })

/** Any dialogue of one to six questions, with or without a summary. */
export const anyDialogue: fc.Arbitrary<Dialogue> = fc
  .integer({ min: 1, max: 6 })
  .chain((count) =>
    fc.record({
      questions: fc.tuple(...Array.from({ length: count }, (_, at) => question(at))),
      ends: fc.boolean(),
      leave: fc.constantFrom('later', 'stop', undefined),
      side: fc.boolean(),
      progress: fc.boolean(),
    }),
  )
  .map(({ questions, ends, leave, side, progress }) => ({
    name: 'twelveletter',
    version: 1,
    questions: ends ? [...questions, summary('summary')] : questions,
    side,
    progress,
    ...(leave ? { leave } : {}),
  }))

/** What a person, or a program, may do next. */
export type Doing =
  /** Presses one of the buttons that are shown. */
  | { do: 'press'; which: number }
  /** Presses again what was pressed before. */
  | { do: 'again'; which: number }
  | { do: 'forge'; at: number; row: string | undefined; token: string }
  | { do: 'type'; text: string }
  | { do: 'contact'; own: boolean }

const tokens = fc.constantFrom(
  ...ids,
  '!skip',
  '!back',
  '!leave',
  '!keep',
  '!done',
  '!none',
  '!page1',
  '!page',
  '!edit-',
  `!edit-${idOf(0)}`,
  `!edit-${idOf(2)}`,
  'yes',
  'no',
  'suggested',
  '3',
  '-1',
  '1e1',
)
const typed = fc.oneof(
  fc.constantFrom(
    'yes',
    'no',
    'skip',
    'clear',
    'back',
    'later',
    'done',
    'keep',
    'all',
    "don't know",
    '-',
    '',
    ' ',
  ),
  fc.constantFrom(
    '3',
    '0',
    '11',
    '17 April',
    '31.02',
    '8 912 345-67-89',
    'the a',
    'the a, the bb',
    'the',
    'Anna',
    'x'.repeat(21),
  ),
  fc.string({ maxLength: 30, unit: 'binary' }),
)

export const anyDoing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('press' as const), which: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), which: fc.nat(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('forge' as const),
      at: fc.nat(6),
      row: fc.option(fc.constantFrom(...ids), { nil: undefined }),
      token: tokens,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('type' as const), text: typed }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('contact' as const), own: fc.boolean() }) },
)

export const forgedId = (at: number): string => (at === 6 ? 'summary' : idOf(at))

/** The values of all buttons of the card at a place. */
export const shownValues = (dialogue: Dialogue, answers: Answers, at: Place): string[] =>
  cardOf(dialogue, scene, answers, at).groups.flatMap((group) => group.buttons.map((button) => button.value))
