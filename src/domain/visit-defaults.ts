import type { Salon } from './salon.ts'

/** What was done, for how much, and by whom; what is not known is absent. */
export interface VisitDetails {
  /** Id of the settings, or as the salon's books call it. */
  service?: string
  kopecks?: number
  /** Id of a master of the settings. */
  master?: string
}

export interface FormerVisit extends VisitDetails {
  line?: string
}

type Offer = Pick<Salon, 'lines' | 'masters'>

/**
 * What a visit most likely was, before anybody says so: the client's usual service in the line, or else the line's first one; its
 * price; the client's usual master of the line, or else the one they wished for, or the line's only one.
 * @param former the client's visits, the newest first; of equally usual ones the newer counts
 * @param wished id of the master the client would like, or "any"
 */
export function visitDefaults(
  line: string,
  former: readonly FormerVisit[],
  wished: string | undefined,
  salon: Offer,
): VisitDetails {
  const alike = former.filter((visit) => visit.line === line && (visit.kopecks ?? 0) >= 0)
  const services = salon.lines.find((one) => one.id === line)?.services ?? []
  const service = mostUsual(alike.map((visit) => visit.service)) ?? services[0]?.id
  const paid = alike.find((visit) => visit.service === service && visit.kopecks !== undefined)?.kopecks
  const kopecks = priceOf(service, salon) ?? paid
  const masters = mastersOf(line, salon).map((one) => one.id)
  const usual = mostUsual(
    alike.map(({ master }) => (master && masters.includes(master) ? master : undefined)),
  )
  const master =
    usual ?? masters.find((id) => id === wished) ?? (masters.length === 1 ? masters[0] : undefined)
  return {
    ...(service !== undefined && { service }),
    ...(kopecks !== undefined && { kopecks }),
    ...(master !== undefined && { master }),
  }
}

/** In kopecks; undefined: not a service of the settings. */
export const priceOf = (service: string | undefined, { lines }: Offer): number | undefined =>
  lines.flatMap((line) => line.services).find((one) => one.id === service)?.priceKopecks

export const mastersOf = (line: string | undefined, { masters }: Offer): Salon['masters'] =>
  masters.filter((one) => line !== undefined && one.lines.includes(line))

/** The most frequent one; of several the one that stands first. */
function mostUsual(all: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>()
  for (const one of all) if (one !== undefined) counts.set(one, (counts.get(one) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return [...counts].find(([, count]) => count === most)?.[0]
}
