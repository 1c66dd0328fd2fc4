import type { ClientStorages } from '../bots/admin/client-answers.ts'
import type { Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import { createClientWalks } from '../storage/client-walks.ts'
import { createClientWorth } from '../storage/client-worth.ts'
import { createClients } from '../storage/clients.ts'
import { createCoupons } from '../storage/coupons.ts'
import type { Database } from '../storage/database.ts'
import { createFollowUps } from '../storage/follow-ups.ts'
import { createInsights } from '../storage/insights.ts'
import { createInvitations } from '../storage/invitations.ts'
import { createOfferResults } from '../storage/offer-results.ts'
import { createSegments } from '../storage/segments.ts'
import { createStandings } from '../storage/survey-standing.ts'
import { createVisitors } from '../storage/visitors.ts'
import { createVisits } from '../storage/visits.ts'

/**
 * Everything that is kept of clients, for the staff.
 * @param asked the survey that is asked now
 * @param now epoch milliseconds
 */
export function clientStorages(
  { prisma, pool }: Pick<Database, 'prisma' | 'pool'>,
  salon: Salon,
  asked: Survey,
  now: () => number,
): ClientStorages {
  const { timeZone, survey } = salon
  const offerResults = createOfferResults({ pool, timeZone, now })
  return {
    clients: createClients({ prisma, timeZone }),
    visits: createVisits({ prisma, salon, now }),
    visitors: createVisitors({ prisma, now }),
    standings: createStandings({ prisma }),
    followUps: createFollowUps({ prisma, now }),
    coupons: createCoupons({ prisma, timeZone, now }),
    invitations: createInvitations({ prisma, everyDays: survey.everyDays, now }),
    offerResults,
    segments: createSegments({ prisma }),
    worths: createClientWorth({ prisma, timeZone }),
    walks: createClientWalks({ prisma }),
    insights: createInsights({ prisma, survey: asked, salon, offerResults, now }),
  }
}
