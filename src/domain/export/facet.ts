/** What of an answer stands in one column: a question has as many facets as its answers have parts. */
import type { Answer, RowValue, Scale, Value } from '../answer.ts'
import type { SurveyKind, SurveyOption, SurveyQuestion } from '../survey.ts'

export interface Facet {
  question: string
  kind: SurveyKind
  /** value: the answer; noOpinion: whether it is "can't say"; option: whether this one is among several; words: said in own words. */
  part: 'value' | 'noOpinion' | 'option' | 'words'
  row?: string
  option?: string
  /** Numbers on other scales stand in other columns. */
  scale?: Scale
}

/** What answers mention that no definition does: lines that the salon had once, words in the place of options. */
export interface Mentioned {
  rows: ReadonlySet<string>
  options: ReadonlySet<string>
  words: boolean
  scales: readonly Scale[]
}

export interface FacetOptions {
  /** All definitions of one question, the newest first. */
  definitions: readonly SurveyQuestion[]
  /** Ids of the salon's service lines. */
  lines: readonly string[]
  mentioned: Mentioned
}

/** All facets of one question, over all its definitions; rows in the order of the newest. */
export function facetsOf({ definitions, lines, mentioned }: FacetOptions): Facet[] {
  const kinds = unique(definitions.map(({ kind }) => kind))
  return kinds.flatMap((kind) => {
    const same = definitions.filter((one) => one.kind === kind)
    const facet: Facet = { question: same[0]?.id ?? '', kind, part: 'value' }
    switch (kind) {
      case 'choices':
        return optionFacets(facet, same, mentioned)
      case 'scale':
        return numberFacets(facet, same, mentioned)
      case 'grid':
        return rowsOf(same, lines, mentioned).flatMap((row) => [
          ...(same.some((one) => one.scale === undefined) ? chosenFacets({ ...facet, row }, same) : []),
          ...numberFacets({ ...facet, row }, same, mentioned),
        ])
      default:
        return [facet]
    }
  })
}

function optionFacets(facet: Facet, definitions: readonly SurveyQuestion[], mentioned: Mentioned): Facet[] {
  const options = unique([...definitions.flatMap((one) => idsOf(one.options)), ...mentioned.options])
  return [
    ...options.map((option): Facet => ({ ...facet, part: 'option', option })),
    ...(mentioned.words ? [{ ...facet, part: 'words' } as const] : []),
  ]
}

function numberFacets(facet: Facet, definitions: readonly SurveyQuestion[], mentioned: Mentioned): Facet[] {
  const scales = uniqueScales([...definitions.flatMap(({ scale }) => scale ?? []), ...mentioned.scales])
  const offered = definitions.some((one) => one.scale !== undefined && one.noOpinion)
  return scales.flatMap((scale) => withNoOpinion({ ...facet, scale }, offered))
}

const chosenFacets = (facet: Facet, definitions: readonly SurveyQuestion[]): Facet[] =>
  withNoOpinion(
    facet,
    definitions.some((one) => one.scale === undefined && one.noOpinion),
  )

const withNoOpinion = (facet: Facet, offered: boolean): Facet[] =>
  offered ? [facet, { ...facet, part: 'noOpinion' }] : [facet]

function rowsOf(
  definitions: readonly SurveyQuestion[],
  lines: readonly string[],
  mentioned: Mentioned,
): string[] {
  const rows = definitions.flatMap((one) => (typeof one.rows === 'object' ? idsOf(one.rows) : lines))
  return unique([...rows, ...mentioned.rows])
}

/** What an answer says to a facet: absent when it does not, because it was not given, or given to another form of the question. */
export function valueOf(
  facet: Facet,
  answer: Answer | undefined,
  definition: SurveyQuestion,
): number | string | undefined {
  if (answer?.value === undefined || !fits(facet, answer, definition)) return undefined
  const value = facet.row === undefined ? answer.value : rowValue(answer.value, facet.row)
  switch (facet.part) {
    case 'noOpinion':
      return value === undefined ? undefined : Number(value === null)
    case 'option':
      return ticked(value, facet.option ?? '', definition)
    case 'words':
      return typeof value === 'string' ? value : undefined
    case 'value':
      return plain(value)
  }
}

const fits = ({ kind, scale }: Facet, answer: Answer, definition: SurveyQuestion): boolean =>
  kind === definition.kind && sameScale(scale, scaleOf(answer, definition))

/** The scale that a number was given on. */
export const scaleOf = (answer: Answer | undefined, definition: SurveyQuestion): Scale | undefined =>
  definition.scale && (answer?.scale ?? definition.scale)

const rowValue = (value: Value, row: string): RowValue | undefined => {
  const rows = rowsIn(value)
  return Object.hasOwn(rows, row) ? rows[row] : undefined
}

/** To be asked of a grid's answer only: "day" and "month" of a date are no rows. */
const rowsIn = (value: Value | undefined): Readonly<Record<string, RowValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/** 1 and 0; nothing when the option was not there to be ticked. */
function ticked(value: Value | undefined, option: string, { options }: SurveyQuestion): number | undefined {
  if (!Array.isArray(value)) return undefined
  if (value.includes(option)) return 1
  return idsOf(options).includes(option) ? 0 : undefined
}

function plain(value: Value | undefined): number | string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'object' && value !== null && 'day' in value ? isoDay(value as Day) : undefined
}

interface Day {
  day: number
  month: number
  year?: number
}

/** ISO 8601; XXXX in the place of a year that was not told (ISO 8601-2). */
const isoDay = ({ day, month, year }: Day): string =>
  [
    year === undefined ? 'XXXX' : String(year).padStart(4, '0'),
    ...[month, day].map((one) => String(one).padStart(2, '0')),
  ].join('-')

/** What the answers to one question mention. */
export function mentionedIn(given: Iterable<{ answer: Answer; definition: SurveyQuestion }>): Mentioned {
  const rows = new Set<string>()
  const options = new Set<string>()
  const scales = new Map<string, Scale>()
  let words = false
  for (const { answer, definition } of given) {
    const { value } = answer
    if (definition.kind === 'grid') for (const row of Object.keys(rowsIn(value))) rows.add(row)
    if (definition.kind === 'choices' && Array.isArray(value)) for (const one of value) options.add(one)
    if (definition.kind === 'choices' && typeof value === 'string') words = true
    const scale = scaleOf(answer, definition)
    if (scale) scales.set(`${scale.from} ${scale.to}`, scale)
  }
  return { rows, options, words, scales: [...scales.values()] }
}

const idsOf = (options: readonly SurveyOption[] = []): string[] => options.map(({ id }) => id)

const sameScale = (a: Scale | undefined, b: Scale | undefined): boolean =>
  a?.from === b?.from && a?.to === b?.to

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)]

const uniqueScales = (all: readonly Scale[]): Scale[] =>
  all.filter((one, at) => all.findIndex((other) => sameScale(one, other)) === at)
