import type { Language, Salon } from '../../../domain/salon.ts'
import type { Translate } from '../../../locales.ts'
import type { Insights } from '../../../storage/insights.ts'
import type { Member, StaffStorage } from '../../../storage/staff.ts'
import type { Log } from '../../log.ts'
import type { Desk } from '../desk.ts'
import { isTrouble, type Gateway } from '../gateway.ts'
import { digestPicture } from './digest-picture.ts'
import { digestScreen } from './digest-screen.ts'

export type DigestReader = Pick<Member, 'id' | 'telegramId' | 'language'>

export interface DigestDue {
  /** The Monday that it is due on. */
  week: Temporal.PlainDate
  late: boolean
}

/** `unknown`: the answer got lost on the way, so it may have arrived. */
export type DigestOutcome = 'sent' | 'unreachable' | 'unknown'

/**
 * Sends the weekly digest to one owner: a picture with its text, once.
 * @returns send(reader, due): rejects when it surely did not go out; call it again then
 */
export function createDigestSender({
  gateway,
  insights,
  staff,
  salon,
  translate,
  log,
  now,
}: {
  gateway: Gateway
  insights: Insights
  staff: Pick<StaffStorage, 'setReachable'>
  salon: Salon
  translate: (language: Language) => Translate
  log: Log
  now: () => number
}) {
  return async function send(
    { id, telegramId, language }: DigestReader,
    { week, late }: DigestDue,
  ): Promise<DigestOutcome> {
    const desk: Desk = { t: translate(language), language, salon, now: new Date(now()) }
    const insight = await insights.digest(week)
    const picture = await digestPicture(insight, desk)
    try {
      await gateway.sendPhoto(telegramId, picture, digestScreen(insight, desk, { late }), { once: true })
      return 'sent'
    } catch (error) {
      if (isTrouble(error, 'unreachable')) {
        log.warn({ event: 'digest.ownerBlockedBot', staff: id })
        await staff.setReachable(telegramId, false)
        return 'unreachable'
      }
      // Telegram refused it, or never heard of it: then it is tried again.
      if (isTrouble(error, 'repeat') && error.sent) return 'unknown'
      throw error
    }
  }
}
