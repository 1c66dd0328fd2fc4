/** The results of one question, in the form that its kind allows. All counts are people. */
import type { Scale, Value } from '../answer.ts'
import type { Birthday } from '../birthday.ts'
import type { SurveyBlock, SurveyQuestion } from '../survey.ts'
import { wordsOn, type LastWords, type Said, type Words } from './last-words.ts'
import { numbersOf, type Count, type Numbers } from './numbers.ts'

/** How often each option was chosen. */
export interface Distribution {
  /** How many chose something. */
  n: number
  /** How many said that they can't say. */
  noOpinion: number
  /** In the order of the options. Where several may be chosen the shares add up to more than 1. */
  counts: Count<string>[]
}

export interface Asked {
  id: string
  block: SurveyBlock
  /** How many said something, "can't say" included. */
  people: number
  /** How many passed over it. */
  skipped: number
  /** How many were only asked on another scale or with other options: not in the figures. */
  otherVersion: number
}

export type Shape =
  /** yesNo, choice, choices. */
  | { kind: 'options'; distribution: Distribution }
  /** scale. */
  | { kind: 'numbers'; numbers: Numbers }
  /** grid of options. */
  | { kind: 'optionRows'; rows: { row: string; distribution: Distribution }[] }
  /** grid of numbers. */
  | { kind: 'numberRows'; rows: { row: string; numbers: Numbers }[] }
  /** What was written and by whom, the latest first. */
  | { kind: 'texts'; texts: Said<string>[] }
  | { kind: 'dates'; dates: Said<Birthday>[] }

export type QuestionResult = Asked & Shape

/** The options of a yes-or-no, as they are counted. */
export const yesNoIds = ['yes', 'no'] as const

/** @param lines ids of the salon's service lines: the rows of the grids that go by line */
export function questionResult(
  question: SurveyQuestion,
  wordsOf: Words,
  lines: readonly string[],
): QuestionResult {
  const words = wordsOf(question)
  const { people, skipped, otherVersion } = words
  return {
    id: question.id,
    block: question.block,
    people,
    skipped,
    otherVersion,
    ...shapeOf(question, words, lines),
  }
}

/** Ids of a grid's rows, in order; none for what is no grid. */
export function rowsOf({ rows }: SurveyQuestion, lines: readonly string[]): readonly string[] {
  if (rows === undefined) return []
  return typeof rows === 'string' ? lines : rows.map(({ id }) => id)
}

/** The numbers on one row of a grid, undefined when the survey has no such question. */
export function numbersOn(
  questions: readonly QuestionResult[],
  id: string,
  row: string,
): Numbers | undefined {
  const result = questions.find((one) => one.id === id)
  return result?.kind === 'numberRows' ? result.rows.find((one) => one.row === row)?.numbers : undefined
}

/** A single answer as the option that it is: the groups of people go by it. Undefined where it is none. */
export function optionOf(value: Value): string | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : undefined
}

function shapeOf(question: SurveyQuestion, words: LastWords, lines: readonly string[]): Shape {
  const ids = question.options?.map(({ id }) => id) ?? []
  const { scale } = question
  switch (question.kind) {
    case 'yesNo':
      return { kind: 'options', distribution: distributionOf(wordsOn(words), yesNoIds) }
    case 'choice':
    case 'choices':
      return { kind: 'options', distribution: distributionOf(wordsOn(words), ids) }
    case 'scale':
      return { kind: 'numbers', numbers: numbersIn(words, '', scale ?? noScale) }
    case 'grid': {
      const rows = rowsOf(question, lines)
      if (scale)
        return {
          kind: 'numberRows',
          rows: rows.map((row) => ({ row, numbers: numbersIn(words, row, scale) })),
        }
      const distribution = (row: string) => distributionOf(wordsOn(words, row), ids)
      return { kind: 'optionRows', rows: rows.map((row) => ({ row, distribution: distribution(row) })) }
    }
    case 'text':
      return { kind: 'texts', texts: newest(wordsOn(words)) as Said<string>[] }
    case 'date':
      return { kind: 'dates', dates: newest(wordsOn(words)) as Said<Birthday>[] }
  }
}

/** Of a scale question that names none: the definition would be broken. */
const noScale: Scale = { from: 1, to: 1 }

/** `lastWords` has let through nothing but numbers on the scale and null. */
const numbersIn = (words: LastWords, row: string, scale: Scale): Numbers =>
  numbersOf(
    wordsOn(words, row).map(({ value }) => value as number | null),
    scale,
  )

function distributionOf(said: readonly Said[], options: readonly string[]): Distribution {
  const perOption = new Map<string, number>()
  const noOpinion = said.filter(({ value }) => value === null).length
  const n = said.length - noOpinion
  for (const { value } of said)
    for (const option of Array.isArray(value) ? new Set(value) : [optionOf(value)])
      if (option !== undefined) perOption.set(option, (perOption.get(option) ?? 0) + 1)
  const counts = options.map((id) => {
    const count = perOption.get(id) ?? 0
    return { id, count, share: n === 0 ? 0 : count / n }
  })
  return { n, noOpinion, counts }
}

const newest = (said: readonly Said[]): Said[] =>
  said
    .map(({ clientId, value, at }) => ({ clientId, value, at }))
    .sort((one, other) => other.at - one.at || one.clientId - other.clientId)
