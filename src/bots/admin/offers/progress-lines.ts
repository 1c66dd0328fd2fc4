import { sentBy } from '../../../domain/offers/offer-outlook.ts'
import type { PolicySettings } from '../../../domain/offers/contact-policy.ts'
import type { Progress } from '../../../storage/deliveries.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import type { Part } from '../screen.ts'
import { showCount } from '../segments/words.ts'
import { bar, whenWords } from './words.ts'

/** How far an offer has come: a bar, what became of whom, and when it will be over. */
export function progressLines(
  { standing }: StoredOffer,
  progress: Progress,
  policy: PolicySettings,
  desk: Desk,
): (readonly Part[])[] {
  const { t } = desk
  const counts = countsOf(progress)
  const all = counts.reduce((sum, [, count]) => sum + count, 0)
  const left = progress.waiting + progress.sending
  const isUnderWay = standing.state === 'sending' || standing.state === 'paused'
  return [
    ...(all > 0 && isUnderWay ? [[bar((all - left) / all)]] : []),
    ...counts
      .filter(([key, count]) => count > 0 || key === 'sent')
      .map(([key, count]) => [
        `• ${t(key === 'sent' ? 'offers.progress.sent' : keyOf(key))}: ${showCount(count, desk)}`,
      ]),
    ...(standing.state === 'sending' && left > 0 ? [[endWords(left, policy, desk)]] : []),
  ]
}

function countsOf(progress: Progress): [string, number][] {
  const { sent, waiting, sending, refused, failed, unknown, cancelled, expired, heldOut } = progress
  return [
    ['sent', sent],
    ['waiting', waiting + sending],
    ...Object.entries(refused).map(([reason, count = 0]): [string, number] => [`refused.${reason}`, count]),
    ['failed', failed],
    ['unknown', unknown],
    ['cancelled', cancelled],
    ['expired', expired],
    ['heldOut', heldOut],
  ]
}

const keyOf = (key: string): string =>
  key.startsWith('refused.') ? `offers.reason.${key.slice('refused.'.length)}` : `offers.progress.${key}`

/** As if all that is left went by the slower of the two: what goes where is decided at its moment. */
function endWords(left: number, policy: PolicySettings, desk: Desk): string {
  const { rates } = desk.salon
  const perSecond = Math.min(rates.broadcastTelegramPerSecond, rates.broadcastVkPerSecond)
  const end = sentBy(desk.now.getTime(), left, perSecond, policy)
  return desk.t('offers.progress.end', { end: whenWords(end + 59_999, desk) })
}
