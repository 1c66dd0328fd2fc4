import { isEmptyQuery, readClientQuery } from '../../storage/client-query.ts'
import type { ClientStorage } from '../../storage/clients.ts'
import type { OfferResultStorage } from '../../storage/offer-results.ts'
import type { CouponStorage } from '../../storage/coupons.ts'
import type { FollowUpStorage } from '../../storage/follow-ups.ts'
import type { Insights } from '../../storage/insights.ts'
import { reasonsNotNow, type InvitationStorage } from '../../storage/invitations.ts'
import type { ClientWalkStorage } from '../../storage/client-walks.ts'
import type { ClientWorthStorage } from '../../storage/client-worth.ts'
import type { SegmentStorage } from '../../storage/segments.ts'
import type { StandingStorage } from '../../storage/survey-standing.ts'
import type { VisitorStorage } from '../../storage/visitors.ts'
import type { VisitStorage } from '../../storage/visits.ts'
import { clientCard } from './client-card.ts'
import type { ClientHistory } from './client-history.ts'
import { clientList, clientsOnPage, freshMs } from './client-list.ts'
import type { Desk } from './desk.ts'
import type { FoundRoute, ListRoute } from './list-route.ts'
import { plainScreen } from './plain-screens.ts'
import type { SegmentListRoute } from './segments/route.ts'
import type { Screen } from './screen.ts'
import { lastVisits } from './visit-answers.ts'

/** Everything that is kept of clients, as the staff see it. */
export interface ClientStorages {
  clients: ClientStorage
  visits: VisitStorage
  visitors: VisitorStorage
  standings: StandingStorage
  followUps: FollowUpStorage
  coupons: CouponStorage
  offerResults: OfferResultStorage
  invitations: InvitationStorage
  insights: Insights
  segments: SegmentStorage
  worths: ClientWorthStorage
  walks: ClientWalkStorage
}

export interface ClientAnswers {
  card(id: number, desk: Desk, back?: ListRoute | SegmentListRoute): Promise<Screen>
  list(route: ListRoute, desk: Desk): Promise<Screen>
  /** Whom a typed word or number finds; undefined when nobody is. */
  search(route: FoundRoute, desk: Desk): Promise<{ screen: Screen; total: number }>
}

/** Lists of clients, searches, and cards. */
export function createClientAnswers(storages: ClientStorages): ClientAnswers {
  const { clients } = storages
  return {
    async card(id, desk, back) {
      const [client, history, worth] = await Promise.all([
        clients.card(id),
        historyOf(storages, id),
        storages.worths.ofClient(id),
      ])
      return client
        ? clientCard(client, { ...history, worth }, desk, back)
        : plainScreen('admin.goneClient', desk)
    },
    async list(route, desk) {
      if ('query' in route) return (await search(clients, route, desk)).screen
      const since = route.screen === 'fresh' ? { since: freshSince(desk) } : {}
      return clientList(await clients.page({ ...rowsOf(route.page), ...since }), route, desk)
    },
    search: (route, desk) => search(clients, route, desk),
  }
}

/** Since when a client is new. */
export const freshSince = ({ now }: Desk): Date => new Date(now.getTime() - freshMs)

async function search(
  clients: ClientStorage,
  { screen, page, query: typed }: FoundRoute,
  desk: Desk,
): Promise<{ screen: Screen; total: number }> {
  const query = readClientQuery(typed)
  if (isEmptyQuery(query)) return { screen: plainScreen('admin.nothingToFind', desk), total: 0 }
  const short = Array.from(typed.trim().replace(/\s+/g, ' ')).slice(0, 60).join('')
  const found = await clients.search({ query, ...rowsOf(page) })
  return { screen: clientList(found, { screen, page, query: short }, desk), total: found.total }
}

async function historyOf(
  { visits, standings, followUps, coupons, invitations }: ClientStorages,
  id: number,
): Promise<ClientHistory> {
  const [last, standing, [followUp], given, { notNow }] = await Promise.all([
    visits.ofClient(id, lastVisits),
    standings.ofClient(id),
    followUps.ofClient(id),
    coupons.ofClient(id),
    invitations.count({ kind: 'client', id }),
  ])
  const notInvited = reasonsNotNow.find((reason) => notNow[reason] > 0)
  return {
    visits: last,
    standing,
    coupons: given,
    ...(followUp && { followUp }),
    ...(notInvited && { notInvited }),
  }
}

const rowsOf = (page: number) => ({ offset: page * clientsOnPage, limit: clientsOnPage })
