import type { Footprint } from '../../storage/clients.ts'
import { showMoment, type Desk } from './desk.ts'

const dayParts = ['night', 'morning', 'day', 'evening'] as const
type DayPart = (typeof dayParts)[number]

/** Fewer events than this say nothing about a habit. */
const enoughEvents = 5

/** The digital footprint in words, one sentence a line: usual time of day, usual answering time, last seen. */
export function footprintWords(footprint: Footprint, desk: Desk): string[] {
  const { t } = desk
  const words: string[] = []
  const part = usualPart(footprint.eventsByHour)
  if (part) words.push(t(`admin.footprint.time.${part}`))
  if (footprint.medianAnswerMs !== undefined) words.push(answeringTime(footprint.medianAnswerMs, desk))
  if (footprint.lastSeenAt) {
    words.push(t('admin.footprint.lastSeen', { when: showMoment(footprint.lastSeenAt, desk) }))
  }
  return words
}

/** The quarter of the day with at least half of all events; "any" when no quarter has that many. */
function usualPart(eventsByHour: readonly number[]): DayPart | 'any' | undefined {
  const sums = dayParts.map((_, index) => sum(eventsByHour.slice(index * 6, index * 6 + 6)))
  const total = sum(sums)
  if (total < enoughEvents) return undefined
  const most = Math.max(...sums)
  return most * 2 >= total ? dayParts[sums.indexOf(most)] : 'any'
}

function answeringTime(medianMs: number, { t }: Desk): string {
  const seconds = Math.max(1, Math.round(medianMs / 1000))
  if (seconds < 60) return t('admin.footprint.answers.seconds', { count: seconds })
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return t('admin.footprint.answers.minutes', { count: minutes })
  const hours = Math.round(minutes / 60)
  if (hours < 24) return t('admin.footprint.answers.hours', { count: hours })
  return t('admin.footprint.answers.days', { count: Math.round(hours / 24) })
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
