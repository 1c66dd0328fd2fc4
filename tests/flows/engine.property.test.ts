/** What holds for every dialogue, whatever is pressed, typed, repeated or forged. */
// oxlint-disable vitest/no-conditional-expect -- a property says what holds in each case
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Answer, Answers } from '../../src/domain/answer.ts'
import { place, step } from '../../src/flows/engine.ts'
import { applies, linesOf } from '../../src/flows/spot.ts'
import type { Move, Place, Stepped } from '../../src/flows/engine.ts'
import type { Choices, Dialogue, Question } from '../../src/flows/question.ts'
import { readButtonValue } from '../../src/flows/value.ts'
import { anyDialogue, anyDoing, forgedId, shownValues } from './made-up.ts'
import type { Doing } from './made-up.ts'
import { placeName, scene } from './scenes.ts'

interface Moment {
  before: Answers
  at: Place | undefined
  move: Move
  stepped: Stepped
  after: Answers
}

const walks = fc.tuple(anyDialogue, fc.array(anyDoing, { maxLength: 40 }))
const runs = { numRuns: 400 }

test('the place follows from the questions and the answers alone', () => {
  fc.assert(
    fc.property(walks, ([dialogue, doings]) => {
      for (const { after } of walked(dialogue, doings)) {
        const shuffled = Object.fromEntries(Object.entries(after).toReversed())
        expect(placeName(dialogue, shuffled)).toBe(placeName(dialogue, after))
        expect(placeName(dialogue, structuredClone(after))).toBe(placeName(dialogue, after))
      }
    }),
    runs,
  )
})

test('the answers survive the database as they are', () => {
  fc.assert(
    fc.property(walks, ([dialogue, doings]) => {
      for (const { stepped } of walked(dialogue, doings))
        if ('answers' in stepped) expect(throughJson(stepped.answers)).toEqual(stepped.answers)
    }),
    runs,
  )
})

test('no answer is lost or changed but by a new answer to that very question', () => {
  fc.assert(
    fc.property(walks, ([dialogue, doings]) => {
      for (const { before, at, stepped, after } of walked(dialogue, doings)) {
        if (!('answers' in stepped)) {
          expect(after).toEqual(before)
          continue
        }
        const { id } = stepped.question
        expect(without(after, id)).toEqual(without(before, id))
        if (stepped.what === 'reopened') expect(said(after[id])).toEqual(said(before[id]))
        else expect(id).toBe(at?.question.id)
        if (stepped.what === 'kept') expect(said(after[id]).value ?? []).toEqual(said(before[id]).value ?? [])
        if (at?.row !== undefined && stepped.what !== 'reopened')
          expect(without(rows(after[id]), at.row)).toEqual(without(rows(before[id]), at.row))
      }
    }),
    runs,
  )
})

test('no question is asked twice unless the person went back to it, or what it depends on has changed', () => {
  fc.assert(
    fc.property(walks, ([dialogue, doings]) => {
      /** Settled questions, with the answers before them as they were then. */
      const settled = new Map<string, string>()
      for (const { stepped, after } of walked(dialogue, doings)) {
        if (stepped.what === 'reopened') settled.delete(stepped.question.id)
        else if ('answers' in stepped && isSettled(after[stepped.question.id]))
          settled.set(stepped.question.id, earlier(dialogue, stepped.question, after))
        const now = place(dialogue, scene, after)
        const then = now && settled.get(now.question.id)
        // A grid asks its next row after every answer.
        if (now && then !== undefined && now.question.kind !== 'grid')
          expect(earlier(dialogue, now.question, after)).not.toBe(then)
      }
    }),
    runs,
  )
})

test('no row of a grid is asked twice either', () => {
  fc.assert(
    fc.property(walks, ([dialogue, doings]) => {
      for (const { at, stepped, after } of walked(dialogue, doings)) {
        if (at?.row === undefined || (stepped.what !== 'answered' && stepped.what !== 'kept')) continue
        expect(placeName(dialogue, after)).not.toBe(`${at.question.id}(${at.row})`)
      }
    }),
    runs,
  )
})

test('a press of a question that is not the current one is stale and changes nothing', () => {
  fc.assert(
    fc.property(walks, ([dialogue, doings]) => {
      const pressed: Extract<Move, { kind: 'press' }>[] = []
      for (const { move, after } of walked(dialogue, doings)) {
        if (move.kind === 'press') pressed.push(move)
        const now = place(dialogue, scene, after)
        for (const old of pressed) {
          if (now && old.question === now.question.id && old.row === now.row) continue
          expect(step(dialogue, scene, after, old)).toEqual({ what: 'stale' })
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('every button that is shown does something', () => {
  fc.assert(
    fc.property(walks, ([dialogue, doings]) => {
      for (const { after } of walked(dialogue, doings)) everyButtonDoesSomething(dialogue, after)
    }),
    { numRuns: 150 },
  )
})

test('button values fit in 64 bytes and say what they mean', () => {
  fc.assert(
    fc.property(walks, ([dialogue, doings]) => {
      for (const { after } of walked(dialogue, doings)) {
        const now = place(dialogue, scene, after)
        for (const value of now ? shownValues(dialogue, after, now) : []) {
          expect(Buffer.byteLength(value)).toBeLessThanOrEqual(64)
          expect(readButtonValue(value)).toMatchObject({
            dialogue: dialogue.name,
            question: now?.question.id,
          })
          expect(readButtonValue(value)?.row).toBe(now?.row)
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('from everywhere a few answers complete the dialogue', () => {
  fc.assert(
    fc.property(walks, ([dialogue, doings]) =>
      completes(dialogue, walked(dialogue, doings).at(-1)?.after ?? {}),
    ),
    runs,
  )
})

test('another version of the dialogue can take over in the middle of a walk', () => {
  fc.assert(
    fc.property(
      walks,
      anyDialogue,
      fc.array(anyDoing, { maxLength: 10 }),
      ([old, doings], dialogue, rest) => {
        const taken = walked(old, doings).at(-1)?.after ?? {}
        expect(linesOf(dialogue, scene, taken).every((line) => line.answer !== '')).toBe(true)
        everyButtonDoesSomething(dialogue, taken)
        completes(dialogue, walked(dialogue, rest, taken).at(-1)?.after ?? taken)
      },
    ),
    runs,
  )
})

function everyButtonDoesSomething(dialogue: Dialogue, answers: Answers): void {
  const now = place(dialogue, scene, answers)
  for (const value of now ? shownValues(dialogue, answers, now) : []) {
    const { what } = step(dialogue, scene, answers, pressOf(value))
    expect(what).not.toBe('stale')
    expect(what).not.toBe('refused')
  }
}

function completes(dialogue: Dialogue, from: Answers): void {
  let answers = from
  for (let left = 200; left > 0; left -= 1) {
    const at = place(dialogue, scene, answers)
    if (!at) break
    const stepped = step(dialogue, scene, answers, answerTo(at, answers))
    expect(stepped.what).toBe('answered')
    if ('answers' in stepped) answers = throughJson(stepped.answers)
  }
  expect(placeName(dialogue, answers)).toBe('complete')
  for (const question of dialogue.questions)
    if (question.kind !== 'summary' && applies(question, scene, answers))
      expect(answers[question.id]).toBeDefined()
}

/** Plays a walk; between any two moves the state goes through the database. */
function walked(dialogue: Dialogue, doings: readonly Doing[], from: Answers = {}): Moment[] {
  const moments: Moment[] = []
  const pressed: string[] = []
  let answers = from
  for (const doing of doings) {
    const at = place(dialogue, scene, answers)
    const move = moveOf(doing, at ? shownValues(dialogue, answers, at) : [], pressed)
    if (!move) continue
    const frozen = JSON.stringify(answers)
    const stepped = step(dialogue, scene, answers, move)
    expect(JSON.stringify(answers)).toBe(frozen)
    const after = 'answers' in stepped ? throughJson(stepped.answers) : answers
    moments.push({ before: answers, at, move, stepped, after })
    answers = after
  }
  return moments
}

function moveOf(doing: Doing, shown: readonly string[], pressed: string[]): Move | undefined {
  switch (doing.do) {
    case 'press': {
      const value = shown[doing.which % Math.max(1, shown.length)]
      if (value !== undefined) pressed.push(value)
      return value === undefined ? undefined : pressOf(value)
    }
    case 'again': {
      const value = pressed[doing.which % Math.max(1, pressed.length)]
      return value === undefined ? undefined : pressOf(value)
    }
    case 'forge': {
      const row = doing.row === undefined ? {} : { row: doing.row }
      return { kind: 'press', question: forgedId(doing.at), token: doing.token, ...row }
    }
    case 'type':
      return { kind: 'typed', text: doing.text }
    case 'contact':
      return { kind: 'contact', phone: '79123456789', own: doing.own }
  }
}

function pressOf(value: string): Extract<Move, { kind: 'press' }> {
  const read = readButtonValue(value)
  if (!read) throw new Error(`a button with the value "${value}"`)
  const { dialogue: _, ...press } = read
  return { kind: 'press', ...press }
}

/** An answer that every question of this kind takes. */
function answerTo({ question, row }: Place, answers: Answers): Move {
  const press = (token: string): Move => ({
    kind: 'press',
    question: question.id,
    token,
    ...(row === undefined ? {} : { row }),
  })
  switch (question.kind) {
    case 'confirm':
      return press('yes')
    case 'choice':
      return press(question.options(scene, answers)[0]?.value ?? '')
    case 'choices':
      return { kind: 'typed', text: ticked(question, answers) ? 'done' : 'all' }
    case 'scale':
      return press(String(question.from))
    case 'grid':
      return press(
        question.columns ? (question.columns(scene, answers)[0]?.value ?? '') : String(question.from),
      )
    case 'chips':
      return press(question.options(scene, answers)[0]?.value ?? '')
    case 'text': {
      const gathered = question.several === true && typeof answers[question.id]?.value === 'string'
      return gathered ? press('!done') : { kind: 'typed', text: 'Anna' }
    }
    case 'phone':
      return { kind: 'typed', text: '+79123456789' }
    case 'date':
      return { kind: 'typed', text: '17.04.1990' }
    case 'summary':
      return press('!done')
  }
}

function ticked(question: Choices, answers: Answers): boolean {
  const value = answers[question.id]?.value
  return Array.isArray(value) && question.options(scene, answers).some((one) => value.includes(one.value))
}

const throughJson = (answers: Answers): Answers => JSON.parse(JSON.stringify(answers)) as Answers

const without = <T extends object>(all: T, id: string) =>
  Object.fromEntries(Object.entries(all).filter(([one]) => one !== id))

const said = ({ value, skipped }: Answer = {}) => ({ value, skipped })

const rows = (answer: Answer | undefined) => (answer?.value ?? {}) as Record<string, number | null>

const isSettled = (answer: Answer | undefined) => answer !== undefined && !answer.open && !answer.again

/** What a question may depend on. */
const earlier = (dialogue: Dialogue, question: Question, answers: Answers) =>
  JSON.stringify(
    dialogue.questions.slice(0, dialogue.questions.indexOf(question)).map((one) => said(answers[one.id])),
  )
