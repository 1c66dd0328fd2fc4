/** Audiences that can be put together by pressing buttons: a few conditions, all of which have to hold. */
import type { Audience } from './audience.ts'

export interface SimpleAudience {
  /** In one of them; empty: whatever segment. */
  segments: readonly string[]
  /** Of this line: their segment there, their last visit there. Absent: over all lines. */
  line?: string
  /** The last visit was so many days ago or longer. */
  awayDays?: number
  /** The last visit was within so many days. */
  cameDays?: number
  /** Has their birthday within so many days. */
  birthdayDays?: number
}

export function toAudience({ segments, line, awayDays, cameDays, birthdayDays }: SimpleAudience): Audience {
  const where = line === undefined ? {} : { line }
  const days = {
    ...(awayDays !== undefined && { from: awayDays }),
    ...(cameDays !== undefined && { to: cameDays }),
  }
  const of: Audience[] = [
    ...(segments.length > 0 ? [{ kind: 'segment' as const, segments, ...where }] : []),
    ...(segments.length === 0 && line !== undefined ? [{ kind: 'line' as const, lines: [line] }] : []),
    ...(Object.keys(days).length > 0 ? [{ kind: 'lastVisit' as const, days, ...where }] : []),
    ...(birthdayDays === undefined ? [] : [{ kind: 'birthday' as const, withinDays: birthdayDays }]),
  ]
  const [only] = of
  if (only === undefined) return { kind: 'everyone' }
  return of.length === 1 ? only : { kind: 'all', of }
}

/** Undefined: there is more in it than buttons can show. */
export function toSimple(audience: Audience): SimpleAudience | undefined {
  const simple = simply(audience)
  return simple && isSame(toAudience(simple), audience) ? simple : undefined
}

function simply(audience: Audience): SimpleAudience | undefined {
  switch (audience.kind) {
    case 'everyone':
      return { segments: [] }
    case 'segment':
      return { segments: audience.segments, ...(audience.line !== undefined && { line: audience.line }) }
    case 'line':
      return { segments: [], ...(audience.lines[0] !== undefined && { line: audience.lines[0] }) }
    case 'lastVisit': {
      const { from, to } = audience.days
      return {
        segments: [],
        ...(from !== undefined && { awayDays: from }),
        ...(to !== undefined && { cameDays: to }),
        ...(audience.line !== undefined && { line: audience.line }),
      }
    }
    case 'birthday':
      return { segments: [], birthdayDays: audience.withinDays }
    case 'all': {
      const parts = audience.of.map(simply).filter((one) => one !== undefined)
      const segments = parts.flatMap((one) => one.segments)
      return parts.reduce((all, one) => ({ ...all, ...one, segments }), { segments })
    }
    default:
      return undefined
  }
}

const isSame = (one: Audience, other: Audience): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

/** PostgreSQL keeps the keys of a document in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
