import { discountCost, sentBy } from '../../../domain/offers/offer-outlook.ts'
import type { PolicySettings } from '../../../domain/offers/contact-policy.ts'
import { platforms } from '../../../domain/platform.ts'
import { readSegment } from '../../../domain/value/segment-rank.ts'
import type { OfferPreview } from '../../../storage/offer-preview.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import type { Part } from '../screen.ts'
import { peopleWords, segmentName, showCount, showMoney } from '../segments/words.ts'
import { whenWords } from './words.ts'

/** Who gets it, who does not and why, what it may cost, when it will have gone out. */
export function previewLines(
  { spec }: StoredOffer,
  preview: OfferPreview,
  policy: PolicySettings,
  desk: Desk,
): (readonly Part[])[] {
  const stands = spec.schedule.kind === 'standing'
  return [
    ...(stands ? [[desk.t('offers.preview.standing')]] : []),
    ...recipientLines(preview, desk),
    ...refusedLines(preview, desk),
    ...costLines(spec, preview, desk),
    ...(preview.recipients > 0
      ? [[stands ? desk.t('drafts.inTheirTime') : timeWords(preview, policy, desk)]]
      : []),
  ]
}

function recipientLines(
  { meant, recipients, byPlatform, bySegment }: OfferPreview,
  desk: Desk,
): (readonly Part[])[] {
  const { t } = desk
  if (meant === 0) return [[t('offers.preview.nobodyMeant')]]
  if (recipients === 0) return [[t('offers.preview.nobody', { people: peopleWords(meant, desk) })]]
  const where = platforms
    .filter((one) => byPlatform[one] > 0)
    .map((one) => `${t(`admin.platform.${one}`)} ${showCount(byPlatform[one], desk)}`)
  const whose = bySegment.map(({ segment, clients }) => {
    const known = readSegment(segment)
    return `${known ? segmentName(known, desk) : t('offers.preview.noSegment')} ${showCount(clients, desk)}`
  })
  return [
    [
      { bold: t('offers.preview.recipients', { people: peopleWords(recipients, desk) }) },
      ` (${where.join(', ')})`,
    ],
    [t('offers.preview.segments', { segments: whose.join(', ') })],
  ]
}

function refusedLines({ refused }: OfferPreview, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  const reasons = Object.entries(refused).toSorted(([, one], [, other]) => other - one)
  if (reasons.length === 0) return []
  const count = reasons.reduce((sum, [, clients]) => sum + clients, 0)
  return [
    [t('offers.preview.refused', { people: peopleWords(count, desk) })],
    ...reasons.map(([reason, clients]) => [`• ${t(`offers.reason.${reason}`)}: ${showCount(clients, desk)}`]),
  ]
}

/** An estimate, and it says of what. */
function costLines(
  { discount, coupon }: StoredOffer['spec'],
  { recipients, visitKopecks }: OfferPreview,
  desk: Desk,
): (readonly Part[])[] {
  const { t } = desk
  if (discount.kind === 'none' || recipients === 0) return []
  if (discount.kind === 'gift') return [[t('offers.cost.gift')]]
  if (visitKopecks === undefined) return [[t('offers.cost.unknown')]]
  const cost = discountCost(discount, { recipients, uses: coupon?.uses ?? 1, visitKopecks })
  if (!cost) return []
  const values = { most: showMoney(cost.mostKopecks, desk), visit: showMoney(visitKopecks, desk) }
  return [[t('offers.cost.most', values)]]
}

/** The platforms' messages go side by side, each at its own rate; those who live where it is night longer get theirs last. */
function timeWords(
  { plannedAt, startAt, latestAt, byPlatform }: OfferPreview,
  policy: PolicySettings,
  desk: Desk,
): string {
  const { t, salon, now } = desk
  const rates = {
    telegram: Math.min(salon.rates.broadcastTelegramPerSecond, salon.rates.telegramPerSecond),
    vk: Math.min(salon.rates.broadcastVkPerSecond, salon.rates.vkPerSecond),
  }
  const ends = platforms.map((one) => sentBy(plannedAt, byPlatform[one], rates[one], policy))
  const endAt = Math.max(latestAt, ...ends)
  const atOnce = startAt <= now.getTime()
  const end = whenWords(endAt + roundUpMs - 1, desk)
  return atOnce
    ? t('offers.preview.sentBy', { end })
    : t('offers.preview.sentFrom', { start: whenWords(startAt, desk), end })
}

/** The clock has no seconds. */
const roundUpMs = 60_000
