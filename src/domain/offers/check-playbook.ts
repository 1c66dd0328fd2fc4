import {
  changedPlaybook,
  groupWith,
  type Playbook,
  type PlaybookChanges,
  type PlaybookEntry,
} from './playbook.ts'
import type { OfferProblem } from './problem.ts'
import { readAudience, type AudienceTerms } from './read-audience.ts'

/**
 * What is wrong with a salon's changes to the playbook, as far as entries, lines and conditions go; the drafts are offers, and
 * are looked at as such (check-offer.ts).
 * @param playbook that is changed; its templates are those that have words
 */
export function checkPlaybook(
  changes: PlaybookChanges,
  playbook: Playbook,
  terms: AudienceTerms,
): OfferProblem[] {
  const known = playbook.entries.map(({ id }) => id)
  const named = [
    ...(changes.off ?? []).map((id) => ({ id, where: 'off' })),
    ...Object.keys(changes.entries ?? {}).map((id) => ({ id, where: `entries.${id}` })),
  ]
  const own = (changes.own ?? []).map(({ id }) => id)
  const taken = own.filter((id, place) => known.includes(id) || own.indexOf(id) !== place)
  const templates = new Set(playbook.entries.map(({ template }) => template))
  return [
    ...named
      .filter(({ id }) => !known.includes(id))
      .map(({ id, where }) => ({ reason: 'unknownEntry', where, params: { id } }) as const),
    ...taken.map((id) => ({ reason: 'takenEntry', where: `own.${id}`, params: { id } }) as const),
    ...changedPlaybook(playbook, changes)
      .entries.filter(({ id }) => own.includes(id) || changes.entries?.[id] !== undefined)
      .flatMap((entry) => checkEntry(entry, templates, terms)),
    ...(changes.crossSell ?? []).flatMap((rule, place) => checkCrossSell(rule, `crossSell.${place}`, terms)),
  ]
}

function checkEntry(
  entry: PlaybookEntry,
  templates: ReadonlySet<string | undefined>,
  terms: AudienceTerms,
): OfferProblem[] {
  const { id, template = '', title, text, lines = [], conditions, segments = [] } = entry
  const where = `entries.${id}`
  const said = templates.has(template) || (title !== undefined && text !== undefined)
  return [
    ...segments.flatMap((one) => checkSegment(one, `${where}.segments`, terms)),
    ...(said ? [] : [{ reason: 'unknownTemplate', where, params: { id: template } } as const]),
    ...unknownLines(lines, `${where}.lines`, terms),
    ...conditions.flatMap((rule, place) => {
      // "*" is the draft's own line.
      const reading = readAudience(
        rule,
        { ...terms, lines: [...terms.lines, '*'] },
        `${where}.conditions.${place}`,
      )
      return reading.ok ? [] : reading.problems
    }),
  ]
}

/** Groups stand for all of their segments, and nothing is drafted for those of no value. */
function checkSegment(id: string, where: string, terms: AudienceTerms): OfferProblem[] {
  if (groupWith(id) === 'noValue') return [{ reason: 'unaddressed', where, params: { id } }]
  if (terms.segments.includes(id)) return []
  return [{ reason: 'unknownSegment', where, params: { id } }]
}

function checkCrossSell(
  { from, to, except = [] }: Playbook['crossSell'][number],
  where: string,
  terms: AudienceTerms,
): OfferProblem[] {
  return unknownLines(
    [from, ...(to === '*' ? [] : to), ...except].filter((line) => line !== '*'),
    where,
    terms,
  )
}

const unknownLines = (lines: readonly string[], where: string, terms: AudienceTerms): OfferProblem[] =>
  lines
    .filter((line) => !terms.lines.includes(line))
    .map((id) => ({ reason: 'unknownLine', where, params: { id } }))
