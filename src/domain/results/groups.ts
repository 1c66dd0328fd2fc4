/** Results by what people said of themselves, with nobody to be made out in a small group. */
import type { Nps } from '../nps.ts'
import { npsByPeople, type Rated } from '../scores.ts'
import type { SurveyQuestion } from '../survey.ts'
import { wordsOn, type LastWords, type Words } from './last-words.ts'
import { optionOf, yesNoIds } from './questions.ts'

/** Groups of fewer people are not shown. */
export const leastPeople = 5

export interface Hidden {
  kind: 'hidden'
}

export type Mean = { kind: 'none' } | { kind: 'mean'; n: number; mean: number }

export interface Group {
  /** The option; null: those who didn't say. */
  id: string | null
  /** People who rated something in the period. */
  n: number
  nps: Nps | Hidden
  /** Everybody weighs the same, however many lines they rated. */
  satisfaction: Mean | Hidden
}

export interface GroupTable {
  question: string
  /** In the order of the options; without those where nobody is. */
  groups: Group[]
  /** The groups that are not shown: none, or at least two with five people together, or everybody. */
  hidden: { groups: number; people: number }
}

/** Whether the answers to a question part people into groups: one answer out of a few. */
export const makesGroups = ({ kind }: SurveyQuestion): boolean => ['yesNo', 'choice', 'scale'].includes(kind)

/**
 * People who rated something, parted by their last word on each of the questions. A group of fewer than five is hidden, and so
 * is a figure that fewer than five people make; then as many of the next smallest as it takes that nothing hidden can be worked
 * out from the totals (`suppressed`).
 * @param questions those that `makesGroups`
 * @param everSaid the last words of all times: who they are, people don't tell in every period
 * @param satisfaction the last words on the grid of satisfaction in the period
 * @param rated the scores of the same period
 */
export function groupTables(
  questions: readonly SurveyQuestion[],
  everSaid: Words,
  satisfaction: LastWords | undefined,
  rated: Rated,
): GroupTable[] {
  const satisfied = perPerson(satisfaction)
  return questions.map((question) => tableOf(question, groupsOf(question, everSaid), satisfied, rated))
}

/**
 * Which groups to hide, by how many people are in them; those with nobody have nothing to hide. Primary suppression: under five
 * people. Complementary suppression (as statistical offices do: Willenborg, L., & de Waal, T. (2001), "Elements of Statistical
 * Disclosure Control"): the total less the groups that are shown gives the hidden ones together, so they are at least two
 * and at least five people, or else the next smallest is hidden with them.
 * @param also groups that are hidden whatever their size
 */
export function suppressed<Id>(
  sizes: ReadonlyMap<Id, number>,
  also: ReadonlySet<Id> = new Set<Id>(),
): Set<Id> {
  const groups = [...sizes].filter(([, n]) => n > 0).sort(([, one], [, other]) => one - other)
  const must = groups.filter(([id, n]) => n < leastPeople || also.has(id))
  const rest = groups.filter(([id, n]) => n >= leastPeople && !also.has(id))
  const people = () => must.reduce((sum, [, n]) => sum + n, 0)
  while (must.length > 0 && (must.length < 2 || people() < leastPeople)) {
    const next = rest.shift()
    if (next === undefined) break
    must.push(next)
  }
  return new Set(must.map(([id]) => id))
}

function tableOf(
  question: SurveyQuestion,
  groupOf: ReadonlyMap<number, string>,
  satisfied: ReadonlyMap<number, readonly number[]>,
  rated: Rated,
): GroupTable {
  const raters = new Set(rated.scores.map(({ clientId }) => clientId))
  const ids = [...optionsOf(question), null]
  const sizes = (people: Iterable<number>) => sizesOf(ids, people, groupOf)
  const people = sizes(raters.union(satisfied))
  const hidden = suppressed(people)
  const noNps = suppressed(sizes(raters), hidden)
  const noMean = suppressed(sizes(satisfied.keys()), hidden)
  const scores = Map.groupBy(rated.scores, ({ clientId }) => groupOf.get(clientId) ?? null)
  const ratings = Map.groupBy(satisfied, ([clientId]) => groupOf.get(clientId) ?? null)
  const groups = ids.filter((id) => people.get(id) !== 0 && !hidden.has(id))
  const out = [...hidden].map((id) => people.get(id) ?? 0)
  return {
    question: question.id,
    groups: groups.map((id) => ({
      id,
      n: people.get(id) ?? 0,
      nps: noNps.has(id) ? hide : npsByPeople({ ...rated, scores: scores.get(id) ?? [] }),
      satisfaction: noMean.has(id) ? hide : meanByPeople((ratings.get(id) ?? []).map(([, values]) => values)),
    })),
    hidden: { groups: out.length, people: out.reduce(add, 0) },
  }
}

const hide: Hidden = { kind: 'hidden' }

/** Who said nothing is not here. */
function groupsOf(question: SurveyQuestion, everSaid: Words): Map<number, string> {
  return new Map(
    wordsOn(everSaid(question)).flatMap(({ clientId, value }): [number, string][] => {
      const id = optionOf(value)
      return id === undefined ? [] : [[clientId, id]]
    }),
  )
}

function optionsOf({ kind, options, scale }: SurveyQuestion): string[] {
  if (kind === 'yesNo') return [...yesNoIds]
  if (scale)
    return Array.from({ length: scale.to - scale.from + 1 }, (_, index) => String(scale.from + index))
  return options?.map(({ id }) => id) ?? []
}

/** What each person gave to the lines they rated. */
function perPerson(satisfaction: LastWords | undefined): Map<number, number[]> {
  const people = new Map<number, number[]>()
  for (const { clientId, value } of [...(satisfaction?.rows.values() ?? [])].flat())
    if (typeof value === 'number') people.set(clientId, [...(people.get(clientId) ?? []), value])
  return people
}

function sizesOf(
  ids: readonly (string | null)[],
  people: Iterable<number>,
  groupOf: ReadonlyMap<number, string>,
): Map<string | null, number> {
  const sizes = new Map(ids.map((id) => [id, 0]))
  for (const clientId of people) {
    const id = groupOf.get(clientId) ?? null
    sizes.set(id, (sizes.get(id) ?? 0) + 1)
  }
  return sizes
}

/** The mean of people's means. Whole numbers are added up first: the order of people leaves no trace. */
function meanByPeople(people: readonly (readonly number[])[]): Mean {
  if (people.length === 0) return { kind: 'none' }
  const perLines = Map.groupBy(people, (values) => values.length)
  const lines = [...perLines.keys()].sort((one, other) => one - other)
  const sum = lines.reduce((all, count) => all + (perLines.get(count) ?? []).flat().reduce(add, 0) / count, 0)
  return { kind: 'mean', n: people.length, mean: sum / people.length }
}

const add = (sum: number, value: number): number => sum + value
