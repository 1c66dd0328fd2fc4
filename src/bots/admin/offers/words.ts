/** Offers in words. */
import type { Audience } from '../../../domain/offers/audience.ts'
import { audienceWords } from '../../../domain/offers/audience-words.ts'
import { occasionDays } from '../../../domain/offers/occasion.ts'
import { discountWords } from '../../../domain/offers/offer-values.ts'
import { textIn } from '../../../domain/offers/offer.ts'
import type { OfferSpec, Validity } from '../../../domain/offers/offer.ts'
import { isPersons } from '../../../domain/offers/state.ts'
import { eachTime } from '../../../domain/offers/terms-edit.ts'
import { readSegment } from '../../../domain/value/segment-rank.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { OfferLogRow } from '../../../storage/offers.ts'
import { dayOf, nameOf, showDate, showMoment, type Desk } from '../desk.ts'
import { heardOptions } from '../client-card.ts'
import { short } from '../imports/words.ts'
import { segmentName, showProbability } from '../segments/words.ts'

export const titleOf = ({ title }: OfferSpec, { language, salon }: Desk): string =>
  short(textIn(title, language, salon.languages), 60)

/** "сегодня в 15:02", "завтра в 10:00", "3 мая 2026 г. в 10:00". */
export function whenWords(at: number, desk: Desk): string {
  const { t, language, salon, now } = desk
  const date = new Date(at)
  const days = dayOf(now, salon).until(dayOf(date, salon)).days
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: salon.timeZone }).format(
    date,
  )
  if (days === 0) return t('admin.time.today', { time })
  return days === 1
    ? t('offers.time.tomorrow', { time })
    : t('offers.time.day', { day: showDate(date, desk), time })
}

/** "группа «Уязвимые» (Ногти) и не были 30 дней и дольше" */
export const whomWords = ({ audience }: OfferSpec, desk: Desk): string => audienceShown(audience, desk)

export function audienceShown(audience: Audience, desk: Desk): string {
  const { t, language, salon } = desk
  return audienceWords(audience, {
    language,
    t,
    names: {
      segment: (id) => {
        const segment = readSegment(id)
        return segment ? segmentName(segment, desk) : id
      },
      line: (id) => nameOf(salon.lines, id, desk),
      source: (id) => sourceName(id, desk),
      question: (id) => t(`survey.${id}.short`),
      // The rows are lines or the question's own.
      row: (question, row) =>
        salon.lines.some(({ id }) => id === row)
          ? nameOf(salon.lines, row, desk)
          : t(`survey.${question}.options.${row}`),
      answer: (question, value) =>
        value === 'yes' || value === 'no'
          ? t(`offers.answer.${value}`)
          : t(`survey.${question}.options.${value}`),
    },
  })
}

/** Where somebody said they heard of the salon, or else what a link said, as it is. */
export const sourceName = (source: string, { t }: Desk): string =>
  heardOptions.includes(source) ? t(`admin.heard.${source}`) : source

export function discountShown({ discount }: OfferSpec, { t, language, salon }: Desk): string {
  return discountWords(discount, { language, languages: salon.languages }) ?? t('offers.discount.none')
}

/** "14 дней", "до 3 мая 2026 г." */
export function validityWords(validity: Validity, { t, language }: Desk): string {
  if (validity.kind === 'days') return t('offer.days', { count: validity.days })
  const day = Temporal.PlainDate.from(validity.date).toLocaleString(language, { dateStyle: 'long' })
  return t('offers.validUntil', { day })
}

/** "10 %", "никого" */
export const shareWords = (share: number, desk: Desk): string =>
  share === 0 ? desk.t('offers.holdout.no') : showProbability(share, desk)

/** "A 50 %, B 50 %" */
export const variantShares = ({ variants }: OfferSpec, desk: Desk): string =>
  variants.map(({ id, share }) => `${id} ${percentWords(share, desk)}`).join(', ')

export const percentWords = (share: number, { language }: Desk): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share)

/** "каждый раз", "2 раза" */
export const perClientTimes = (times: number, { t }: Desk): string =>
  times >= eachTime ? t('offers.perClient.eachTime') : t('offers.perClient.times', { count: times })

export const perClientWords = ({ limits }: OfferSpec, desk: Desk): string =>
  perClientTimes(limits.perClient, desk)

/** "сразу после утверждения", "завтра в 10:00", "в день рождения, в 11:00" */
export function scheduleWords({ schedule }: OfferSpec, desk: Desk): string {
  const { t } = desk
  switch (schedule.kind) {
    case 'now':
      return t('offers.time.soon')
    case 'at':
      return whenWords(schedule.at, desk)
    case 'standing': {
      const days = occasionDays(schedule.occasion)
      const name = days === 0 ? `${schedule.occasion.kind}Today` : schedule.occasion.kind
      return t('offers.time.standing', {
        when: t(`drafts.occasions.${name}`, { count: days }),
        at: schedule.at,
      })
    }
  }
}

/** "Ждёт утверждения", and when it is planned for. */
export function stateWords({ standing, spec }: StoredOffer, desk: Desk): string {
  const planned = standing.scheduledAt ?? (spec.schedule.kind === 'at' ? spec.schedule.at : undefined)
  const isAhead = planned !== undefined && planned > desk.now.getTime()
  const words = desk.t(`offers.state.${standing.state}`)
  if (standing.retiredAt !== undefined) return desk.t('offers.retired', { state: words })
  return isAhead && !['done', 'cancelled', 'expired', 'rejected'].includes(standing.state)
    ? desk.t('offers.planned', { state: words, when: whenWords(planned, desk) })
    : words
}

/** "Утверждено: Ира, сегодня в 14:05". What the program did has no name. */
export function eventWords({ what, name, at }: OfferLogRow, desk: Desk): string {
  const { t } = desk
  const values = { what: t(`offers.event.${what}`), when: showMoment(new Date(at), desk) }
  if (name === undefined && isPersons(what)) return t('offers.log.left', values)
  return name === undefined
    ? t('offers.log.program', values)
    : t('offers.log.person', { ...values, who: name })
}

const cells = 12

/** "▓▓▓░░░░░░░░░ 25 %" @param share from 0 to 1 */
export function bar(share: number): string {
  const full = Math.floor(share * cells)
  return `${'▓'.repeat(full)}${'░'.repeat(cells - full)} ${Math.floor(share * 100)} %`
}
