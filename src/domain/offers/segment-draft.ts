import type { Audience } from './audience.ts'
import type { OfferSpec } from './offer.ts'
import { draftsFor, type DraftOptions, type OfferDraft } from './playbook-drafts.ts'

/**
 * What the playbook has for one segment of a line, however few are in it: the first of its entries that is about the line, or else
 * the first that is about the whole salon. Nothing for those of no value.
 * @param line "": over all lines
 * @returns undefined: the playbook has nothing. The key is the nightly draft's where that is for the same people
 */
export function segmentDraft(
  line: string,
  segment: string,
  options: Omit<DraftOptions, 'facts'>,
): { draftKey: string; spec: OfferSpec } | undefined {
  const { terms, playbook } = options
  const facts = ['', line].map((where) => ({ line: where, segment, clients: playbook.leastClients }))
  const entryOf = ({ about }: OfferDraft) => playbook.entries.find(({ id }) => id === about.entry)
  const drafts = draftsFor({ ...options, facts, terms: { ...terms, segments: [segment] } }).filter(
    (draft) => draft.origin === 'playbook' && entryOf(draft)?.segments !== undefined,
  )
  const ofSalon = (draft: OfferDraft) => entryOf(draft)?.each === 'salon'
  const ofLine = drafts.find((draft) => !ofSalon(draft) && draft.about.line === line)
  const found = ofLine ?? drafts.find(ofSalon)
  if (!found) return undefined
  const isNarrowed = found !== ofLine && line !== ''
  const together = entryOf(found)?.segments ?? []
  const sameGroup = terms.segments.filter((one) => together.includes(one)).length === 1
  return {
    draftKey: [found.draftKey, ...(isNarrowed ? [line] : []), ...(sameGroup ? [] : [segment])].join(':'),
    spec: isNarrowed ? { ...found.spec, audience: atLine(found.spec.audience, line) } : found.spec,
  }
}

const atLine = (rule: Audience, line: string): Audience => {
  if (rule.kind === 'segment') return { ...rule, line }
  return rule.kind === 'all' ? { ...rule, of: rule.of.map((one) => atLine(one, line)) } : rule
}
