import { named } from '../../../domain/salon.ts'
import { showRoubles } from '../../../reports/numbers.ts'
import { visitsChart, type VisitsChartData } from '../../../reports/visits-chart.ts'
import type { PaidVisit } from '../../../storage/client-worth.ts'
import type { ClientCard } from '../../../storage/clients.ts'
import type { Log } from '../../log.ts'
import type { OutgoingFile } from '../../outgoing-file.ts'
import type { Desk } from '../desk.ts'
import { lastWords, todayOf } from './words.ts'

/** The picture of a client's visits. Undefined where it can't be drawn; then the log says so. */
export async function visitsPicture(
  client: Pick<ClientCard, 'demo'>,
  visits: readonly PaidVisit[],
  desk: Desk,
  log: Log,
): Promise<OutgoingFile | undefined> {
  try {
    const content = await visitsChart(visitsChartOf(client, visits, desk), desk.t, desk.language)
    return { name: 'visits.png', content }
  } catch (error) {
    log.error({ event: 'visits.noPicture', error: error instanceof Error ? error.name : typeof error })
    return undefined
  }
}

/** What the picture shows; refunds are no visits. */
export function visitsChartOf(
  { demo }: Pick<ClientCard, 'demo'>,
  visits: readonly PaidVisit[],
  desk: Desk,
): VisitsChartData {
  const { t, language, salon } = desk
  const days = [...new Set(visits.filter(({ kopecks = 0 }) => kopecks >= 0).map(({ day }) => day))]
  const paid = visits.reduce((sum, { kopecks = 0 }) => sum + kopecks, 0)
  const count = t('value.chart.title', { count: days.length })
  const [first, last] = [Math.min(...days), Math.max(...days)]
  const usualDays = days.length > 2 ? (last - first) / (days.length - 1) : undefined
  const away = { daysAway: todayOf(desk) - last, ...(usualDays !== undefined && { usualDays }) }
  return {
    visits,
    lines: salon.lines.map(({ id, name }) => ({ id, name: named(name, language) })),
    title: paid === 0 ? count : t('value.chart.paid', { visits: count, amount: showRoubles(paid, language) }),
    subtitle: days.length > 0 ? lastWords(away, desk) : '',
    today: todayOf(desk),
    demo: demo === true,
  }
}
