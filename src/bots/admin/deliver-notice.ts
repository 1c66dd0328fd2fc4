import type { PendingDraft } from '../../storage/offer-drafts.ts'
import type { Language, Salon } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'
import type { FollowUp, FollowUpStorage } from '../../storage/follow-ups.ts'
import type { Notice, NoticeStorage } from '../../storage/notices.ts'
import type { Member, StaffStorage } from '../../storage/staff.ts'
import type { Log } from '../log.ts'
import { isTrouble, type Gateway } from './gateway.ts'
import { noticeScreens, type NoticeMore } from './notice-screens.ts'
import type { OfferBooks } from './offers/options.ts'
import type { ToldOffer } from './offers/told-screen.ts'

/**
 * Brings notices to the staff. The returned function sends one notice to everybody reachable who has not had it yet, and
 * closes it when nobody is left. Each delivery is written down right after the send: a crash in between repeats one message to
 * one person, which is better than a client's words that nobody saw. While there is nobody to tell, the notice stays open.
 *
 * @returns notify(noticeId): rejects when somebody could not be told for a passing reason; call it again then
 */
export function createNoticeDelivery({
  gateway,
  notices,
  followUps,
  newcomerOffer,
  books,
  staff,
  salon,
  translate,
  log,
  now,
}: {
  gateway: Gateway
  notices: NoticeStorage
  followUps: Pick<FollowUpStorage, 'byId'>
  /** Drafts the personal offer of a new client; undefined: there is none for them. */
  newcomerOffer: (clientId: number) => Promise<PendingDraft | undefined>
  books: Pick<OfferBooks, 'offers' | 'deliveries' | 'policy'>
  staff: StaffStorage
  salon: Salon
  translate: (language: Language) => Translate
  log: Log
  now: () => number
}): (noticeId: string) => Promise<void> {
  return async function notify(noticeId) {
    const notice = await notices.undone(noticeId)
    if (!notice) return
    const told = await toldOf(notice)
    if (notice.kind === 'offer' && notice.asks && told?.offer.standing.state !== 'pending')
      return notices.drop(noticeId)
    const offer = await offerOf(notice)
    const failures: unknown[] = []
    for (const member of await notices.untold(noticeId)) {
      try {
        // Looked up for each: the client may have said more meanwhile, or somebody may have called them.
        await tell(member, notice, { followUp: await followUpOf(notice), offer, told })
      } catch (error) {
        // One member's trouble must not keep the others waiting. What Telegram refuses it will refuse again in a second:
        // such a notice stays open for the sweep.
        if (!isTrouble(error, 'refused')) failures.push(error)
        else log.error({ event: 'notice.refused', notice: noticeId, staff: member.id, code: error.code })
      }
    }
    await notices.close(noticeId)
    if (failures.length > 0) throw failures[0]
  }

  async function followUpOf(notice: Notice): Promise<FollowUp | undefined> {
    if (!('followUpId' in notice) || notice.followUpId === undefined) return undefined
    return followUps.byId(notice.followUpId)
  }

  async function toldOf(notice: Notice): Promise<ToldOffer | undefined> {
    if (notice.kind !== 'offer') return undefined
    const [offer, progress] = await Promise.all([
      books.offers.byId(notice.offerId),
      books.deliveries.progress(notice.offerId),
    ])
    return offer && { offer, progress, policy: books.policy }
  }

  /** The news goes out also where the offer can't be drafted now: the next look at night does it. */
  async function offerOf(notice: Notice): Promise<PendingDraft | undefined> {
    if (notice.kind !== 'newClient' || !notice.client) return undefined
    try {
      return await newcomerOffer(notice.client.id)
    } catch (error) {
      log.warn({ event: 'newcomer.notDrafted', notice: notice.id, error })
      return undefined
    }
  }

  async function tell(
    member: Pick<Member, 'id' | 'telegramId' | 'language'>,
    notice: Notice,
    more: NoticeMore,
  ): Promise<void> {
    const { language } = member
    const desk = { t: translate(language), language, salon, now: new Date(now()) }
    try {
      for (const screen of noticeScreens(notice, more, desk)) await gateway.send(member.telegramId, screen)
    } catch (error) {
      if (!isTrouble(error, 'unreachable')) throw error
      log.info({ event: 'admin.unreachable', staff: member.id })
      return staff.setReachable(member.telegramId, false)
    }
    return notices.told(notice.id, member.id)
  }
}
