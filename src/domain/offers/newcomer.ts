import type { Salon } from '../salon.ts'
import { newcomerWeights, type NewcomerWeights } from './newcomer-weights.ts'

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
  /** Decides only how the reasons are worded. */
  sex?: 'female' | 'male'
  hasPhone: boolean
  /** On so many days they wrote to the bot. */
  activeDays: number
}

/** Why: shown to who approves it, the weightiest first. */
export type NewcomerReason =
  | { kind: 'interest'; line: string }
  /** `names`: id of the line or the service that the link is called after. */
  | { kind: 'source'; source: string; names?: string }
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
export function newcomerOffer(
  facts: NewcomerFacts,
  salon: Pick<Salon, 'lines' | 'masters'>,
  weights: NewcomerWeights = newcomerWeights,
): NewcomerOffer {
  const weightOf = (reasons: readonly NewcomerReason[]) =>
    reasons.reduce((sum, { kind }) => sum + weights[kind], 0)
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
    reasons: reasons.sort((one, other) => weights[other.kind] - weights[one.kind]),
  }
}

function reasonsForLine(
  line: string,
  { interests, source, sourceDetail, master }: NewcomerFacts,
  salon: Pick<Salon, 'lines' | 'masters'>,
): NewcomerReason[] {
  const services = salon.lines.find(({ id }) => id === line)?.services.map(({ id }) => id) ?? []
  // The service says more than its line.
  const [link] = [source, sourceDetail].flatMap((text = '') =>
    [...services, line].filter((name) => mentions(text, name)).map((names) => ({ source: text, names })),
  )
  const works = salon.masters.some(({ id, lines }) => id === master && lines.includes(line))
  return [
    ...(interests.includes(line) ? [{ kind: 'interest', line } as const] : []),
    ...(link === undefined ? [] : [{ kind: 'source', ...link } as const]),
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
