import type { Audience } from './audience.ts'

/**
 * The line that an offer is about, as its audience tells: its segment's line, or the only one that clients have come for.
 * Undefined: the whole salon. `lineOfOffer` in storage/contact-facts.ts says the same in SQL.
 */
export function audienceLine(rule: Audience): string | undefined {
  const rules = within(rule)
  const segment = rules.find((one) => one.kind === 'segment' && one.line !== undefined)
  if (segment?.kind === 'segment') return segment.line
  const came = rules.find((one) => one.kind === 'line' && one.lines.length === 1)
  return came?.kind === 'line' ? came.lines[0] : undefined
}

function within(rule: Audience): Audience[] {
  if (rule.kind === 'all' || rule.kind === 'any') return rule.of.flatMap(within)
  return rule.kind === 'not' ? within(rule.of) : [rule]
}
