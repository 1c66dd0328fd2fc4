import type { Salon } from '../salon.ts'

/** What is known of somebody who has never come yet: what they told, and their footprint. */
export interface NewcomerFacts {
  clientId: number
  /** Ids of lines that they said to be interested in. */
  interests: readonly string[]
  /** Id of the wished master, or "any". */
  master?: string
  convenientTimes: readonly string[]
  /** What the link said: Telegram's start payload, VK's ref. */
  source?: string
  sourceDetail?: string
  heardFrom?: string
  hasPhone: boolean
  /** On so many days they wrote to the bot. */
  activeDays: number
}

/**
 * How much each thing speaks for an offer. The first three are about a line: said interest counts most, for it is the person's own
 * word; the link and the wished master point at a line only by what it is called and who works there. The others say how near to
 * booking somebody is: a phone was given to be called. A link that names no line is told and weighs nothing.
 */
export const newcomerWeights = {
  interest: 3,
  source: 2,
  master: 2,
  phone: 2,
  times: 1,
  cameBack: 1,
  friends: 1,
  link: 0,
} as const

/** Why: shown to who approves it, the weightiest first. */
export type NewcomerReason =
  | { kind: 'interest'; line: string }
  | { kind: 'source'; source: string }
  | { kind: 'master'; master: string }
  | { kind: 'phone' }
  | { kind: 'times'; times: readonly string[] }
  | { kind: 'cameBack'; days: number }
  | { kind: 'friends' }
  | { kind: 'link'; source: string }

export interface NewcomerOffer {
  /** The line that most speaks for; absent: nothing speaks for any. */
  line?: string
  /** The sum of the weights of the reasons: who is nearest to a first visit. */
  score: number
  reasons: readonly NewcomerReason[]
}

/** Which line to offer a newcomer, and why. Between equals the salon's order decides. */
export function newcomerOffer(facts: NewcomerFacts, salon: Pick<Salon, 'lines' | 'masters'>): NewcomerOffer {
  const candidates = salon.lines.map(({ id }) => ({ line: id, reasons: reasonsForLine(id, facts, salon) }))
  const weighed = candidates.map((one) => ({ ...one, weight: weightOf(one.reasons) }))
  const best = weighed.reduce((one, other) => (other.weight > one.weight ? other : one), {
    line: '',
    reasons: [] as NewcomerReason[],
    weight: 0,
  })
  const reasons = [...best.reasons, ...reasonsToCome(facts, best.reasons)]
  return {
    ...(best.weight > 0 && { line: best.line }),
    score: weightOf(reasons),
    reasons: reasons.sort((one, other) => newcomerWeights[other.kind] - newcomerWeights[one.kind]),
  }
}

const weightOf = (reasons: readonly NewcomerReason[]): number =>
  reasons.reduce((sum, { kind }) => sum + newcomerWeights[kind], 0)

function reasonsForLine(
  line: string,
  { interests, source, sourceDetail, master }: NewcomerFacts,
  salon: Pick<Salon, 'lines' | 'masters'>,
): NewcomerReason[] {
  const services = salon.lines.find(({ id }) => id === line)?.services.map(({ id }) => id) ?? []
  const link = [source, sourceDetail].find(
    (text) => text !== undefined && [line, ...services].some((name) => mentions(text, name)),
  )
  const works = salon.masters.some(({ id, lines }) => id === master && lines.includes(line))
  return [
    ...(interests.includes(line) ? [{ kind: 'interest', line } as const] : []),
    ...(link === undefined ? [] : [{ kind: 'source', source: link } as const]),
    ...(works && master !== undefined ? [{ kind: 'master', master } as const] : []),
  ]
}

/** "wall-manicure" mentions "manicure", "chair" does not mention "hair". */
const mentions = (text: string, name: string): boolean =>
  `-${text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-`.includes(
    `-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-`,
  )

function reasonsToCome(
  { source, hasPhone, convenientTimes, activeDays, heardFrom }: NewcomerFacts,
  found: readonly NewcomerReason[],
): NewcomerReason[] {
  const linked = source !== undefined && !found.some(({ kind }) => kind === 'source')
  return [
    ...(linked ? [{ kind: 'link', source } as const] : []),
    ...(hasPhone ? [{ kind: 'phone' } as const] : []),
    ...(convenientTimes.length > 0 ? [{ kind: 'times', times: convenientTimes } as const] : []),
    ...(activeDays > 1 ? [{ kind: 'cameBack', days: activeDays } as const] : []),
    ...(heardFrom === 'friends' ? [{ kind: 'friends' } as const] : []),
  ]
}
