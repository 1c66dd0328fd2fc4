import { claimOf, type Claim, type Claimed, type Meaning } from './column-names.ts'
import { readBookPhone } from './read-book-phone.ts'

/** Which column, counted from 0, is what. */
export type Columns = Partial<Record<Meaning, number>>

export interface RecognizedColumns {
  columns: Columns
  /** Columns that claimed a meaning and lost it to a better name, or to one further left. */
  rivals: { meaning: Meaning; position: number }[]
  /** The header says that the amounts are in kopecks. */
  kopecks: boolean
}

interface Candidate extends Claim {
  position: number
}

/**
 * Which column is what, by its name. Where two claim one meaning, the better name is taken (column-names.ts), and of equals the
 * left one. A column named "client" is a phone, a client's number or a name by most of its cells; dates, phones and amounts
 * without a single digit are none (a column "payment" with "cash" in it). "id" is the visit's, or the client's where nothing else is.
 * @param samples some rows under the header
 */
export function recognizeColumns(
  header: readonly string[],
  samples: readonly (readonly string[])[] = [],
): RecognizedColumns {
  const claims = header.flatMap((name, position): Candidate[] => {
    const claim = claimOf(name)
    const cells = samples.map((row) => row[position]?.trim() ?? '').filter((cell) => cell !== '')
    if (claim === undefined || !plausible(claim.meaning, cells)) return []
    return [{ ...claim, position, ...(claim.meaning === 'client' && { meaning: clientIs(cells) }) }]
  })
  const columns: Columns = {}
  const rivals: RecognizedColumns['rivals'] = []
  for (const { meaning, position } of claims.toSorted((a, b) => a.rank - b.rank || a.position - b.position)) {
    const wanted = meaning === 'id' ? idIs(claims) : (meaning as Meaning)
    if (columns[wanted] === undefined) columns[wanted] = position
    else rivals.push({ meaning: wanted, position })
  }
  const kopecks = claims.some((claim) => claim.position === columns.amount && claim.kopecks)
  return { columns, rivals, kopecks }
}

const withDigits: ReadonlySet<Claimed> = new Set<Claimed>(['date', 'time', 'phone', 'amount'])

const plausible = (meaning: Claimed, cells: readonly string[]): boolean =>
  !withDigits.has(meaning) || cells.length === 0 || cells.some((cell) => /\d/.test(cell))

function clientIs(cells: readonly string[]): 'phone' | 'clientId' | 'name' {
  const most = (are: (cell: string) => boolean): boolean => cells.filter(are).length * 2 > cells.length
  if (most((cell) => readBookPhone(cell).ok)) return 'phone'
  return most((cell) => /^\S*\d\S*$/.test(cell)) ? 'clientId' : 'name'
}

const idIs = (claims: readonly Candidate[]): Meaning =>
  claims.some(({ meaning }) => meaning === 'phone' || meaning === 'clientId') ? 'visitId' : 'clientId'
