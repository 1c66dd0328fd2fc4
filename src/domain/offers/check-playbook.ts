import {
  changedPlaybook,
  playbookGroups,
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
  templates: ReadonlySet<string>,
  terms: AudienceTerms,
): OfferProblem[] {
  const { id, template, text, lines = [], conditions } = entry
  const where = `entries.${id}`
  // As it stands in the settings, which know no types.
  const group: string | undefined = entry.group
  const addressed = playbookGroups.filter((one) => one !== 'noValue')
  return [
    ...(group === undefined || addressed.some((one) => one === group)
      ? []
      : [{ reason: 'unaddressed', where, params: { id: group } } as const]),
    ...(text !== undefined || templates.has(template)
      ? []
      : [{ reason: 'unknownTemplate', where, params: { id: template } } as const]),
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
