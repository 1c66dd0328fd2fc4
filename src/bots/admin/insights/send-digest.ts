import type { Language, Salon } from '../../../domain/salon.ts'
import type { Translate } from '../../../locales.ts'
import type { Insights } from '../../../storage/insights.ts'
import type { Member, StaffStorage } from '../../../storage/staff.ts'
import { ApiError } from '../../api-error.ts'
import type { Log } from '../../log.ts'
import type { Desk } from '../desk.ts'
import { isTrouble, type Gateway } from '../gateway.ts'
import { captioned, type Screen } from '../screen.ts'
import { digestPicture } from './digest-picture.ts'
import { digestScreen } from './digest-screen.ts'

export type DigestReader = Pick<Member, 'id' | 'telegramId' | 'language'>

export interface DigestDue {
  /** The Monday that it is due on. */
  week: Temporal.PlainDate
  late: boolean
}

/** `unknown`: the answer got lost on the way, so it may have arrived, or a part of it. */
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
  return send

  async function send(
    { id, telegramId, language }: DigestReader,
    { week, late }: DigestDue,
  ): Promise<DigestOutcome> {
    const desk: Desk = { t: translate(language), language, salon, now: new Date(now()) }
    const insight = await insights.digest(week)
    const whole = digestScreen(insight, desk, { late })
    const picture = await digestPicture(insight, desk, log)
    const [first, rest] = picture ? captioned(whole) : [whole]
    try {
      if (picture) await gateway.sendPhoto(telegramId, picture, first, { once: true })
      else await gateway.send(telegramId, first, { once: true })
    } catch (error) {
      if (isTrouble(error, 'unreachable')) {
        log.warn({ event: 'digest.ownerBlockedBot', staff: id })
        await staff.setReachable(telegramId, false)
        return 'unreachable'
      }
      if (isTrouble(error, 'repeat') && error.sent) return 'unknown'
      throw error
    }
    return rest ? sendRest(rest, { id, telegramId }) : 'sent'
  }

  /** The picture is there and must not come again, whatever becomes of the words behind it. */
  async function sendRest(rest: Screen, { id, telegramId }: Pick<Member, 'id' | 'telegramId'>) {
    try {
      await gateway.send(telegramId, rest)
      return 'sent'
    } catch (error) {
      const code = error instanceof ApiError ? error.code : undefined
      log.warn({ event: 'digest.restLost', staff: id, ...(code !== undefined && { code }) })
      return 'unknown'
    }
  }
}
