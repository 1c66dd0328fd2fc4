/** Terms of an offer that are rarely another: limits, the time that is counted, the mark, when a standing one comes. */
import type { Edited } from './edited.ts'
import { occasionDays } from './occasion.ts'
import type { Occasion, OfferSpec } from './offer.ts'

const none = /^(нет|все|всем|без (?:предела|ограничений|пометки)|none|no|all|everybody|no limit|no mark)$/iu

/** "150", "150 человек", "все". */
export function withRecipients(spec: OfferSpec, typed: string): Edited {
  const { recipients: _, ...limits } = spec.limits
  if (none.test(typed.trim())) return { ok: true, spec: { ...spec, limits } }
  const recipients = wholeIn(typed, 1, 1_000_000)
  if (recipients === undefined) return { ok: false, reason: 'recipients' }
  return { ok: true, spec: { ...spec, limits: { ...limits, recipients } } }
}

/** The most that a client can get the same: in effect each time. */
export const eachTime = 100

/** "3", "3 раза". */
export function withPerClient(spec: OfferSpec, typed: string): Edited {
  const perClient = wholeIn(typed, 1, eachTime)
  if (perClient === undefined) return { ok: false, reason: 'perClient' }
  return { ok: true, spec: { ...spec, limits: { ...spec.limits, perClient } } }
}

/** "15", "15 дней". */
export function withAttribution(spec: OfferSpec, typed: string): Edited {
  const attributionDays = wholeIn(typed, 1, 90)
  if (attributionDays === undefined) return { ok: false, reason: 'attribution' }
  return { ok: true, spec: { ...spec, attributionDays } }
}

/** "ООО «Ромашка», erid: 2VfnxyNkZrY": who advertises, and last the number of the register. "нет": no mark. */
export function withMark({ mark: _, ...spec }: OfferSpec, typed: string): Edited {
  if (none.test(typed.trim())) return { ok: true, spec }
  const [, words = '', erid = ''] =
    /^(.*?)[\s,;:]+(?:erid[\s:=]*)?([0-9A-Za-z]{5,100})$/isu.exec(typed.trim()) ?? []
  const advertiser = words.replace(/\s+/g, ' ').trim()
  // A word of Latin letters alone may be the end of a name; a number of the register has digits or is long.
  const isNumber = /\d/.test(erid) || /erid/i.test(typed)
  if (advertiser === '' || advertiser.length > 200 || !isNumber) return { ok: false, reason: 'mark' }
  return { ok: true, spec: { ...spec, mark: { advertiser, erid } } }
}

/** When standing offers come, by the salon's clock. */
const usualTime = '11:00'

/**
 * An offer that comes again and again, on an occasion. A birthday and an absence come again, and so does the offer then; once it
 * stood already, how often a client gets it stays as it was.
 */
export function withOccasion(spec: OfferSpec, occasion: Occasion): OfferSpec {
  const { schedule, limits } = spec
  const stood = schedule.kind === 'standing' ? schedule : undefined
  const perClient = occasion.kind === 'firstVisit' ? 1 : eachTime
  return {
    ...spec,
    schedule: { kind: 'standing', occasion, at: stood?.at ?? usualTime },
    limits: stood?.occasion.kind === occasion.kind ? limits : { ...limits, perClient },
  }
}

/** An offer that goes once, as soon as it is approved. */
export const withoutOccasion = (spec: OfferSpec): OfferSpec =>
  spec.schedule.kind === 'standing'
    ? { ...spec, schedule: { kind: 'now' }, limits: { ...spec.limits, perClient: 1 } }
    : spec

/** Of a standing offer: "12:30" is its time of the day, "5" or "5 дней" how many days before or after the occasion. */
export function withStanding(spec: OfferSpec, typed: string): Edited {
  const { schedule } = spec
  if (schedule.kind !== 'standing') return { ok: false, reason: 'noOccasion' }
  const [, hour, minute] = /^(?:в\s+|at\s+)?([01]?\d|2[0-3])[:.]([0-5]\d)$/iu.exec(typed.trim()) ?? []
  if (hour !== undefined)
    return {
      ok: true,
      spec: { ...spec, schedule: { ...schedule, at: `${hour.padStart(2, '0')}:${minute}` } },
    }
  const days = wholeIn(typed, 0, 365)
  if (days === undefined) return { ok: false, reason: 'occasion' }
  return { ok: true, spec: withOccasion(spec, occasionWith(schedule.occasion.kind, days)) }
}

export function occasionWith(kind: Occasion['kind'], days: number): Occasion {
  switch (kind) {
    case 'birthday':
      return { kind, daysBefore: days }
    case 'overdue':
      return { kind, days }
    case 'firstVisit':
      return { kind, daysAfter: days }
  }
}

/** Whether it stands for just this. */
export const isOccasion = ({ schedule }: OfferSpec, kind: Occasion['kind'], days: number): boolean =>
  schedule.kind === 'standing' && schedule.occasion.kind === kind && occasionDays(schedule.occasion) === days

/** A whole number with or without its unit. */
function wholeIn(typed: string, least: number, most: number): number | undefined {
  const digits = /^(\d{1,3}(?:[ \u00a0]\d{3})*|\d{1,7})\s*(?:\p{L}+\.?)?$/u.exec(typed.trim())?.[1]
  const number = digits === undefined ? Number.NaN : Number(digits.replace(/\D/g, ''))
  return number >= least && number <= most ? number : undefined
}
