import { rfmOf, type RfmScheme } from './rfm.ts'
import { createVisitTally, type Totals } from './visit-tally.ts'

/** A visit as the salon speaks of it. */
export interface Visit {
  client: string
  /** A service line's id; absent: counts overall only. */
  line?: string
  /** Days since 1970-01-01. */
  day: number
  /** Integer; below 0: a refund. */
  kopecks: number
}

export interface ClientRfm<Segment extends string> {
  r: number
  f: number
  m: number
  code: string
  segment: Segment
}

/** A client in all they came for, and in each line that they came for. */
export interface ClientRfms<Segment extends string> {
  overall: ClientRfm<Segment>
  lines: Map<string, ClientRfm<Segment>>
}

/**
 * RFM of every client with at least one visit, overall and per line. For a few thousand visits; more go through
 * createVisitTally and rfmOf.
 * @param asOf the last day that counts, in days since 1970-01-01: later visits are left out
 */
export function clientRfm<Segment extends string>(
  visits: readonly Visit[],
  asOf: number,
  scheme: RfmScheme<Segment>,
): Map<string, ClientRfms<Segment>> {
  const [clients, lines] = [new Map<string, number>(), new Map<string, number>()]
  const tally = createVisitTally()
  for (const { client, line, day, kopecks } of visits)
    if (day <= asOf)
      tally.add(numberOf(clients, client), line === undefined ? -1 : numberOf(lines, line), day, kopecks)
  const totals = tally.totals()
  const names = [...clients.keys()]
  const result = new Map<string, ClientRfms<Segment>>()
  eachClient(totals.overall, asOf, scheme, (client, overall) =>
    result.set(names[client] ?? '', { overall, lines: new Map() }),
  )
  for (const [line, place] of lines)
    eachClient(totals.lines[place], asOf, scheme, (client, own) =>
      result.get(names[client] ?? '')?.lines.set(line, own),
    )
  return result
}

function numberOf(known: Map<string, number>, name: string): number {
  const number = known.get(name) ?? known.size
  known.set(name, number)
  return number
}

function eachClient<Segment extends string>(
  totals: Totals | undefined,
  asOf: number,
  scheme: RfmScheme<Segment>,
  tell: (client: number, own: ClientRfm<Segment>) => void,
): void {
  if (totals === undefined) return
  const { r, f, m, code } = rfmOf(totals, asOf, scheme)
  totals.client.forEach((client, row) => {
    const place = code[row] ?? 0
    const segment = scheme.segmentOf[place]
    if (segment === undefined)
      throw new RangeError(`the scheme ${scheme.id} has no segment for code ${place}`)
    tell(client, { r: r[row] ?? 0, f: f[row] ?? 0, m: m[row] ?? 0, code: scheme.codes[place] ?? '', segment })
  })
}
