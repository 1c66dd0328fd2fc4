import type { Language, Salon } from '../../domain/salon.ts'
import { createVisitTally, type Totals } from '../../domain/value/visit-tally.ts'
import { createByteNames, type ByteNames } from '../../files/scan/byte-names.ts'
import { createVisitScan, type VisitScanCounts } from '../../files/scan/visit-scan.ts'
import { createAccount } from './account.ts'
import type { FileAccount } from '../../domain/value/analysed-file.ts'
import { createLineNames, type LineNames } from './line-names.ts'
import type { OpenVisits } from './open-visits.ts'
import { createTextReaders, noEvidence, signsOf, type EvidenceOfColumns, type Signs } from './text-readers.ts'

/** Whose visits, of which lines: numbers that stay the same from one reading of a file to the next. */
export interface VisitNames {
  clients: ByteNames
  lines: LineNames
}

export interface ReadVisitsOptions {
  /** The last day that counts, in days since 1970-01-01. */
  until?: number | undefined
  timeZone: string
  names: VisitNames
}

export interface ReadVisits {
  totals: { overall: Totals; lines: Totals[] }
  account: FileAccount
}

export const newNames = (salon: Salon | undefined, language: Language): VisitNames => ({
  clients: createByteNames(),
  lines: createLineNames(salon, language),
})

/**
 * Reads all visits of a file. What dates like 03/04/2024 and amounts like "1,500" mean, the whole column tells: where it says
 * otherwise than its beginning did, the file is read once more.
 */
export async function readVisits(visits: OpenVisits, options: ReadVisitsOptions): Promise<ReadVisits> {
  const evidence = evidenceOfHead(visits)
  const first = signsOf(evidence, { ',': false, '.': false })
  const reading = await readOnce(visits, options, { signs: first, evidence })
  const signs = signsOf(evidence, reading.counts.decimalSigns)
  if (isSame(first, signs)) return reading.sum()
  return (await readOnce(visits, options, { signs, evidence: noEvidence() })).sum()
}

const isSame = (one: Signs, other: Signs): boolean =>
  one.dateOrder === other.dateOrder && one.thousands.join('') === other.thousands.join('')

function evidenceOfHead({ head, layout, columns }: OpenVisits): EvidenceOfColumns {
  const evidence = noEvidence()
  for (const { number, cells } of head) {
    if (number <= layout.headerRow) continue
    evidence.date.add(cells[columns.date] ?? '')
    evidence.amount.add((cells[columns.amount] ?? '').trim())
  }
  return evidence
}

async function readOnce(
  { layout, columns, scan, decode }: OpenVisits,
  { until, timeZone, names }: ReadVisitsOptions,
  known: { signs: Signs; evidence: EvidenceOfColumns },
): Promise<{ counts: VisitScanCounts; sum: () => ReadVisits }> {
  const tally = createVisitTally()
  const account = createAccount(until)
  const { clients, lines } = names
  const visitScan = createVisitScan({
    columns,
    headerRow: layout.headerRow,
    inKopecks: layout.kopecks,
    clients,
    readers: {
      ...createTextReaders({ layout, date: columns.date, timeZone, ...known }),
      line: (text) => lines.numberOf(text),
    },
    decode,
    onVisits: (visits) => tally.addAll(account.taken(visits)),
    onRefused({ column, ...refused }) {
      account.refuse({ ...refused, column: layout.names[columns[column] ?? -1] ?? '' })
    },
  })
  await scan(visitScan)
  const counts = visitScan.counts()
  return { counts, sum: () => ({ totals: tally.totals(), account: account.sum(counts, lines.tooMany()) }) }
}
