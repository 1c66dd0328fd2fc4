import type { Digest, DigestInput } from '../domain/digest.ts'
import { digestOf } from '../domain/digest.ts'
import { offersEarned, toldOffers } from '../domain/offers/offers-earned.ts'
import type { SurveyResults } from '../domain/results.ts'
import { resultsOf } from '../domain/results.ts'
import type { Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import type { Period } from '../domain/weeks.ts'
import { createFollowUps } from './follow-ups.ts'
import type { FollowUpTimes } from './follow-ups.ts'
import type { PrismaClient } from './generated/client.ts'
import { weekOfSegments } from './moved.ts'
import type { OfferResultStorage } from './offer-results.ts'
import { createResponses } from './responses.ts'
import { surveyVersions } from './survey-versions.ts'

/** Something found in the answers, and whether invented clients are among those who gave them. */
export interface Insight<T> {
  found: T
  demo: boolean
}

export interface Insights {
  /** What is asked now. */
  survey: Survey
  /** What the owner is told of the week before this Monday. */
  digest(week: Temporal.PlainDate): Promise<Insight<Digest>>
  /** The results of a period; of all times unless said otherwise. */
  results(period?: Period): Promise<Insight<SurveyResults>>
}

/**
 * What the owners read, computed anew from what clients have answered: a salon's years are a few thousand rows.
 * @param survey what is asked now
 * @param now epoch milliseconds
 */
export function createInsights({
  prisma,
  survey,
  salon,
  offerResults,
  now = Date.now,
}: {
  prisma: PrismaClient
  survey: Survey
  salon: Pick<Salon, 'lines' | 'timeZone'>
  offerResults: Pick<OfferResultStorage, 'closedIn' | 'openAt'>
  now?: () => number
}): Insights {
  const responses = createResponses({ prisma })
  const followUps = createFollowUps({ prisma, now })
  const lines = salon.lines.map(({ id }) => id)

  const load = async () => {
    const [walks, invites, versions] = await Promise.all([
      responses.all(),
      responses.invites(),
      surveyVersions(prisma),
    ])
    const asked = walks
      .filter(({ dialogue }) => dialogue === 'visit')
      .map(({ clientId, startedAt }) => ({ clientId, dialogue: 'visit' as const, at: startedAt }))
    // Whoever is reminded had begun already: by an invitation, or by themselves.
    const invited = invites.filter(({ origin }) => origin !== 'reminder')
    return {
      responses: walks,
      // The short form is its own invitation.
      invitations: [...invited, ...asked],
      survey,
      surveys: new Map(versions.map((one) => [one.version, one])),
      lines,
      demo: walks.some((walk) => walk.demo),
    }
  }

  const earnedBy = async (week: Temporal.PlainDate): Promise<DigestInput['offers']> => {
    const told = toldOffers(week, salon.timeZone)
    const reports = told ? await offerResults.closedIn(told) : []
    const earned = offersEarned(reports.map(({ result }) => result))
    if (!told || !earned) return undefined
    return { ...earned, month: told.month, open: await offerResults.openAt(told.until) }
  }

  return {
    survey,
    async digest(week) {
      const monday = dayNumber(week)
      const [{ demo, ...input }, unhappy, segments, offers] = await Promise.all([
        load(),
        followUps.all({ from: new Date(0), until: new Date(now()) }),
        weekOfSegments(prisma, { from: monday - 7, until: monday }),
        earnedBy(week),
      ])
      const found = digestOf({
        ...input,
        followUps: unhappy.map(toTimes),
        segments,
        ...(offers && { offers }),
        week,
        timeZone: salon.timeZone,
        now: now(),
      })
      return { found, demo }
    },
    async results(period) {
      const { demo, ...input } = await load()
      return { found: resultsOf({ ...input, ...(period ? { period } : {}) }), demo }
    },
  }
}

/** Days since 1970-01-01. */
const dayNumber = (date: Temporal.PlainDate): number => Temporal.PlainDate.from('1970-01-01').until(date).days

const toTimes = ({ clientId, createdAt, callWanted, handledAt }: FollowUpTimes) => ({
  clientId,
  createdAt: createdAt.getTime(),
  callWanted: callWanted ?? null,
  handledAt: handledAt?.getTime() ?? null,
})
