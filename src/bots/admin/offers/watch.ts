import { isOver } from '../../../domain/offers/transitions.ts'
import type { OfferView, OfferViewStorage } from '../../../storage/offer-views.ts'
import type { StaffStorage } from '../../../storage/staff.ts'
import type { Log } from '../../log.ts'
import type { Gateway } from '../gateway.ts'
import { cardScreen } from './card-screen.ts'
import type { OfferContext } from './options.ts'

export interface OfferWatch {
  /** Keeps the messages up to date from now on: also those of an earlier life of the program. */
  start(): void
  /** Shows once how things stand in every message that is due. Does not reject. */
  show(): Promise<void>
  stop(): void
}

export interface WatchOptions extends Pick<OfferContext, 'books' | 'deskOf' | 'translate'> {
  gateway: Pick<Gateway, 'show'>
  views: OfferViewStorage
  staff: Pick<StaffStorage, 'byId'>
  log: Log
  /** A message is edited at most so often; 0: only when asked. */
  showEveryMs: number
}

/** The cards on which somebody watches an offer being sent. Whatever Telegram says to an edit, the offer goes on. */
export function createOfferWatch(options: WatchOptions): OfferWatch {
  const { gateway, views, staff, books, deskOf, log, showEveryMs } = options
  const { offers, deliveries } = books
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const showOne = async (view: OfferView): Promise<void> => {
    const { offerId, staffId, telegramId, messageId } = view
    const [offer, member] = await Promise.all([offers.byId(offerId), staff.byId(staffId)])
    if (!offer || !member) return views.end(view)
    const [log, progress] = await Promise.all([offers.log(offerId), deliveries.progress(offerId)])
    const screen = cardScreen({ offer, log, progress }, member.role, options, deskOf(member))
    // They may have pressed on meanwhile.
    if (!(await views.stands(view))) return undefined
    const shownIn = await gateway.show(telegramId, messageId, screen)
    if (isOver(offer.standing.state)) return views.end(view)
    if (shownIn === messageId) return undefined
    await views.end(view)
    return views.turn({ staffId, messageId: shownIn, offerId })
  }

  const show = async (): Promise<void> => {
    try {
      for (const view of await views.claim(showEveryMs)) {
        await showOne(view).catch((error: unknown) =>
          log.warn({ event: 'offer.notShown', offer: view.offerId, error: (error as Error).name }),
        )
      }
    } catch (error) {
      log.warn({ event: 'offers.notShown', error: (error as Error).name })
    }
  }

  const again = (): void => {
    if (stopped || showEveryMs === 0) return
    timer = setTimeout(() => void show().finally(again), showEveryMs)
    timer.unref()
  }

  return {
    show,
    start() {
      if (!timer) again()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
