/** What holds between the parts of survey.yaml. Runs on half-read files too, so that one start reports everything. */
import type * as z from 'zod'

import { innerQuestionIds, surveyKinds, type SurveyKind } from '../domain/survey.ts'
import { builtInQuestions } from '../domain/survey-changes.ts'
import { nearest } from './nearest.ts'
import { checkUnique, idsAt, isObject, list } from './schema-parts.ts'

type Issue = Parameters<z.RefinementCtx['addIssue']>[0]
type Given = Readonly<Record<string, unknown>>
type Path = (string | number)[]

/** That there is no question with this id, and which one may have been meant. */
export function noSuchQuestion(id: string, known: readonly string[]): Exclude<Issue, string> {
  const meant = nearest(id, known)
  return meant === undefined
    ? { code: 'custom', message: 'noSuchQuestion', params: { known: known.join(', ') } }
    : { code: 'custom', message: 'didYouMeanQuestion', params: { meant } }
}

export function checkAdded(file: unknown, context: z.RefinementCtx): void {
  if (!isObject(file)) return
  const blocks = new Map<unknown, unknown>(builtInQuestions.map(({ id, block }) => [id, block]))
  const later = new Set(idsAt(file['add'], ['add']).map(({ id }) => id))
  list(file['add']).forEach((one, at) => {
    if (!isObject(one)) return
    const path = ['add', at]
    if (blocks.has(one['id']) || innerQuestionIds.some((id) => id === one['id']))
      context.addIssue({ code: 'custom', message: 'uniqueId', path: [...path, 'id'] })
    later.delete(String(one['id']))
    for (const issue of [...checkPlace(one, path, { blocks, later }), ...checkKind(one, path)])
      context.addIssue(issue)
    checkUnique(context, [
      ...idsAt(one['rows'], [...path, 'rows']),
      ...idsAt(one['options'], [...path, 'options']),
    ])
    blocks.set(one['id'], one['block'] ?? blocks.get(one['after']) ?? 'salon')
  })
}

/** The questions so far with their blocks, and the ids of those that are yet to come. */
interface Around {
  blocks: ReadonlyMap<unknown, unknown>
  later: ReadonlySet<string>
}

function checkPlace(one: Given, path: Path, { blocks, later }: Around): Issue[] {
  const { after, block } = one as { after?: unknown; block?: unknown }
  if (typeof after !== 'string') return []
  if (!blocks.has(after)) {
    const issue = later.has(after)
      ? { code: 'custom' as const, message: 'afterLater' }
      : noSuchQuestion(after, [...blocks.keys()].map(String))
    return [{ ...issue, path: [...path, 'after'] }]
  }
  const there = String(blocks.get(after))
  if (block === undefined || block === there) return []
  return [{ code: 'custom', message: 'sameBlock', path: [...path, 'block'], params: { after, block: there } }]
}

/** Keys of every kind. */
const common = ['id', 'kind', 'block', 'after', 'ask', 'short', 'hint']

/** Keys that a kind has to have, each with the sentence that says what it is, and keys that it may have. */
interface Keys {
  must?: Readonly<Record<string, string>>
  may?: readonly string[]
}

const onScale = { scale: 'scale', low: 'end', high: 'end' }
const kinds: Readonly<Record<SurveyKind, Keys>> = {
  yesNo: { may: ['yes', 'no'] },
  choice: { must: { options: 'options' } },
  choices: { must: { options: 'options' } },
  scale: { must: onScale, may: ['noOpinion'] },
  grid: { must: { rows: 'rows', ...onScale, scale: 'gridAnswers' }, may: ['noOpinion'] },
  text: {},
  date: {},
}
const gridOfOptions: Keys = { must: { rows: 'rows', options: 'options' }, may: ['noOpinion'] }
const gridOfNothing: Keys = {
  must: { rows: 'rows', scale: 'gridAnswers' },
  may: ['low', 'high', 'noOpinion'],
}

function keysOf(kind: SurveyKind, { scale, options }: Given): Keys {
  if (kind !== 'grid' || scale !== undefined) return kinds[kind]
  return options === undefined ? gridOfNothing : gridOfOptions
}

function checkKind(one: Given, path: Path): Issue[] {
  const kind = surveyKinds.find((name) => name === one['kind'])
  if (kind === undefined) return []
  const { must = {}, may = [] } = keysOf(kind, one)
  const known = [...common, ...Object.keys(must), ...may]
  const missing = Object.entries(must).filter(([key]) => one[key] === undefined)
  const other = Object.keys(one).filter((key) => ownKeys.has(key) && !known.includes(key))
  return [
    ...missing.map(([key, message]): Issue => ({ code: 'custom', message, path: [...path, key] })),
    ...other.map((key): Issue => {
      const message = kind === 'grid' && key === 'options' ? 'gridAnswers' : 'keyOfOtherKind'
      return { code: 'custom', message, path: [...path, key], params: { kind, known: known.join(', ') } }
    }),
  ]
}

/** Keys that belong to some kind; one that belongs to none was reported by the schema. */
const ownKeys = new Set(
  [...Object.values(kinds), gridOfOptions].flatMap(({ must = {}, may = [] }) => [
    ...Object.keys(must),
    ...may,
  ]),
)
