/** Whom an offer means, of those who can be written to. */
import { matches } from '../domain/offers/audience.ts'
import type { Audience } from '../domain/offers/audience.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import { platforms } from '../domain/platform.ts'
import type { Platform } from '../domain/platform.ts'
import { audienceBatch } from './audience-batch.ts'
import type { Addressed } from './audience-batch.ts'
import { amongWhom } from './audience-where.ts'
import type { Prisma } from './generated/client.ts'

export interface AudienceSettings {
  /** IANA name of the salon's zone. */
  timeZone: string
  /** Whether advertising may be sent on a platform at all. */
  advertising: Record<Platform, boolean>
}

/** So many clients are in memory at once. */
const batch = 2_000

/**
 * Clients whom the audience means today, with a consent to advertising and an open chat where advertising is allowed; in batches.
 * @param now epoch milliseconds
 * @param having a condition on the client `c` that all of them fulfil: saves looking at the others
 */
export async function* meantClients(
  tx: Prisma.TransactionClient,
  { audience, channel }: Pick<OfferSpec, 'audience' | 'channel'>,
  { timeZone, advertising, now, having }: AudienceSettings & { now: number; having?: Prisma.Sql },
): AsyncGenerator<Addressed[]> {
  const today = dayOf(now, timeZone)
  const wish = {
    platforms: platforms.filter((one) => advertising[one] && (channel === 'any' || channel === one)),
    withAnswers: asksForAnswers(audience),
    now: new Date(now),
    among: amongWhom(audience, today),
    limit: batch,
    ...(having && { having }),
  }
  for (let after = 0n; ;) {
    const clients = await audienceBatch(tx, { ...wish, after })
    yield clients.filter(({ facts }) => matches(audience, facts, today))
    const last = clients.at(-1)
    if (!last || clients.length < batch) return
    after = BigInt(last.facts.clientId)
  }
}

/** Days since 1970-01-01 in the zone. */
export const dayOf = (at: number, timeZone: string): number =>
  Temporal.PlainDate.from('1970-01-01').until(
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate(),
  ).days

/** Whether the rule needs the survey's answers. */
export function asksForAnswers(rule: Audience): boolean {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return rule.of.some(asksForAnswers)
    case 'not':
      return asksForAnswers(rule.of)
    default:
      return rule.kind === 'answer' || rule.kind === 'score' || rule.kind === 'card'
  }
}
