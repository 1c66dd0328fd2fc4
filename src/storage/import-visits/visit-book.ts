import type { VisitRecord } from '../../domain/visit-file/visit-record.ts'

/** A visit on its way from or into the table. */
export interface BookVisit {
  /** Absent: not written yet. */
  id?: string
  clientId: string
  line: string | null
  service: string | null
  master: string | null
  kopecks: number | null
  /** Epoch milliseconds. */
  at: number
  timeKnown: boolean
  externalId: string | null
  /** Somebody has recorded it, and no file has told of it yet. */
  byHand: boolean
  changed: boolean
}

/** The visits that are there, and those that the records tell of, one record at a time. */
export interface VisitBook {
  /** @returns the visit that the record is about, with all that the record knows of it */
  enter(record: VisitRecord, clientId: string): BookVisit
}

/** @param timeZone the salon's, IANA name */
export function openVisitBook(found: readonly BookVisit[], timeZone: string): VisitBook {
  const numbers = new Map<string, BookVisit>()
  const moments = new Map<string, Set<BookVisit>>()
  const days = new Map<string, Set<BookVisit>>()
  const dayOf = daysIn(timeZone)
  for (const visit of found) note(visit)

  return {
    enter(record, clientId) {
      const told = visitOf(record, clientId)
      const numbered = record.externalId === undefined ? undefined : numbers.get(record.externalId)
      const visit = numbered ?? sameMoment(told) ?? recordedByHand(told) ?? { ...told }
      learn(visit, told)
      note(visit)
      return visit
    },
  }

  function note(visit: BookVisit): void {
    if (visit.externalId !== null) numbers.set(visit.externalId, visit)
    if (visit.byHand) setOf(days, dayKey(visit)).add(visit)
    else setOf(moments, momentKey(visit)).add(visit)
  }

  /** One that has a number is another visit for a record with another number. */
  function sameMoment(told: BookVisit): BookVisit | undefined {
    const key = momentKey(told)
    const same = [...(moments.get(key) ?? [])].filter(
      (visit) =>
        momentKey(visit) === key &&
        linesAgree(visit, told) &&
        (told.externalId === null || visit.externalId === null),
    )
    return least(same, (visit) => [Number(visit.externalId !== null), Number(visit.line !== told.line)])
  }

  function recordedByHand(told: BookVisit): BookVisit | undefined {
    if (days.size === 0 || isRefund(told)) return undefined
    const waiting = [...(days.get(dayKey(told)) ?? [])].filter(
      (visit) => visit.byHand && !isRefund(visit) && linesAgree(visit, told),
    )
    return least(waiting, (visit) => [Number(visit.line !== told.line), Math.abs(visit.at - told.at)])
  }

  /** What was not told stays. A bare day takes no time of day away, except from one that is known by its moment. */
  function learn(visit: BookVisit, told: BookVisit): void {
    const keepsTime =
      visit.timeKnown && !told.timeKnown && told.externalId !== null && dayOf(visit.at) === dayOf(told.at)
    const time = keepsTime ? {} : { at: told.at, timeKnown: told.timeKnown }
    const news = { ...knownOf(told), ...time, clientId: told.clientId, byHand: false }
    visit.changed ||= Object.entries(news).some(([name, value]) => visit[name as keyof BookVisit] !== value)
    Object.assign(visit, news)
  }

  function dayKey(visit: BookVisit): string {
    return `${visit.clientId} ${dayOf(visit.at)}`
  }
}

const isRefund = ({ kopecks }: BookVisit): boolean => (kopecks ?? 0) < 0

const linesAgree = (a: BookVisit, b: BookVisit): boolean =>
  a.line === null || b.line === null || a.line === b.line

const momentKey = (visit: BookVisit): string =>
  JSON.stringify([visit.clientId, visit.at, visit.service ?? '', isRefund(visit)])

const nothing = { line: null, service: null, master: null, kopecks: null, externalId: null }

/** The record as a visit: what it doesn't tell is null. */
function visitOf(record: VisitRecord, clientId: string): BookVisit {
  const { at, timeKnown, line, service, master, kopecks, externalId } = record
  const said = Object.entries({ line, service, master, kopecks, externalId })
  return {
    clientId,
    at,
    timeKnown,
    byHand: false,
    changed: false,
    ...nothing,
    ...withoutGaps(said, undefined),
  }
}

/** What a visit knows, without whose and when it is. */
const knownOf = ({ line, service, master, kopecks, externalId }: BookVisit): Partial<BookVisit> =>
  withoutGaps(Object.entries({ line, service, master, kopecks, externalId }), null)

const withoutGaps = (entries: [string, unknown][], gap: null | undefined): Partial<BookVisit> =>
  Object.fromEntries(entries.filter(([, value]) => value !== gap))

/** The one with the least rank; ranks are compared number by number. The first of equals. */
function least(visits: readonly BookVisit[], rankOf: (visit: BookVisit) => number[]): BookVisit | undefined {
  const ranked = visits.map((visit) => ({ visit, rank: rankOf(visit) }))
  const compare = (a: number[], b: number[]) =>
    a.map((rank, index) => rank - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
  return ranked.toSorted((a, b) => compare(a.rank, b.rank))[0]?.visit
}

function setOf(sets: Map<string, Set<BookVisit>>, key: string): Set<BookVisit> {
  const set = sets.get(key) ?? new Set()
  sets.set(key, set)
  return set
}

const daysIn =
  (timeZone: string) =>
  (at: number): string =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
