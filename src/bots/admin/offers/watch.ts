import { createHash } from 'node:crypto'
import { isOver } from '../../../domain/offers/transitions.ts'
import type { DueView, OfferViewStorage } from '../../../storage/offer-views.ts'
import type { StaffStorage } from '../../../storage/staff.ts'
import type { Log } from '../../log.ts'
import { isTrouble, type Gateway } from '../gateway.ts'
import type { Screen } from '../screen.ts'
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

  const showOne = async (view: DueView): Promise<void> => {
    const { offerId, staffId, telegramId, messageId } = view
    const [offer, member] = await Promise.all([offers.byId(offerId), staff.byId(staffId)])
    if (!offer || !member) return views.end(view)
    const [events, progress] = await Promise.all([offers.log(offerId), deliveries.progress(offerId)])
    const screen = cardScreen({ offer, log: events, progress }, member.role, options, deskOf(member))
    const look = hashOf(screen)
    // They may have pressed on meanwhile.
    if (!(await views.stands(view))) return undefined
    const shownIn = look === view.shown ? messageId : await gateway.show(telegramId, messageId, screen)
    if (isOver(offer.standing.state)) return views.end(view)
    if (shownIn === messageId) return look === view.shown ? undefined : views.edited(view, look)
    await views.end(view)
    return views.turn({ staffId, messageId: shownIn, offerId })
  }

  /** The offer goes on, and the message is tried again; who has blocked the bot sees none. */
  const notShown = async (view: DueView, error: unknown): Promise<void> => {
    log.warn({ event: 'offer.notShown', offer: view.offerId, error: (error as Error).name })
    if (isTrouble(error, 'unreachable')) await views.end(view)
  }

  const show = async (): Promise<void> => {
    try {
      for (const view of await views.claim(showEveryMs)) {
        await showOne(view).catch((error: unknown) => notShown(view, error))
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

const hashOf = (shown: Screen): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('base64url')
