import { amountInterval, shareInterval } from '../../../domain/offers/difference.ts'
import { amounts, type Arm } from '../../../domain/offers/uplift.ts'
import type { Interval } from '../../../domain/nps.ts'
import { showRoubles, showShare } from '../../../reports/numbers.ts'
import { offerChart, type ChartArm, type OfferChartData } from '../../../reports/offer-chart.ts'
import type { OfferReport } from '../../../storage/offer-results.ts'
import type { Log } from '../../log.ts'
import type { OutgoingFile } from '../../outgoing-file.ts'
import type { Desk } from '../desk.ts'
import { howWords, isEmpty, peopleWords, titleOf, verdictWords, type Sight } from './words.ts'

/** Undefined where there is nobody to show, or it can't be drawn: then the words go alone, and the log says so. */
export async function resultPicture(
  report: OfferReport,
  sight: Sight,
  desk: Desk,
  log: Log,
): Promise<OutgoingFile | undefined> {
  if (isEmpty(report)) return undefined
  try {
    return { name: 'offer.png', content: await offerChart(chartOf(report, sight, desk)) }
  } catch (error) {
    log.error({ event: 'offer.noPicture', error: error instanceof Error ? error.name : typeof error })
    return undefined
  }
}

interface Group {
  name: string
  treated: boolean
  arm: Arm
}

interface Measured {
  value: number
  interval: Interval | undefined
}

/** Those who were written to, by their texts where there are several, and those who were not. */
export function chartOf(report: OfferReport, sight: Sight, desk: Desk): OfferChartData {
  const { t, language } = desk
  const groups = groupsOf(report, desk)
  const measured = (what: string, of: (arm: Arm) => Measured, show: (value: number) => string) => ({
    name: t(`offerResult.chart.${what}`),
    arms: groups.map(({ arm, ...group }): ChartArm => {
      const { value, interval } = of(arm)
      const range = interval && { low: show(interval.low), high: show(interval.high) }
      return {
        ...group,
        value,
        words: show(value),
        ...(interval && range && { interval, range: t('offerResult.chart.range', range) }),
      }
    }),
  })
  const visits = new Intl.NumberFormat(language, { maximumFractionDigits: 2 })
  const measures = [
    measured('came', shareOf, (share) => showShare(share, language)),
    // With a row for each text the picture would become too long for a phone; the words have it.
    ...(sight.money && groups.length > 2
      ? []
      : [measured('visits', amountsOf(report, 'visits'), (value) => visits.format(value))]),
    ...(sight.money
      ? [measured('kopecks', amountsOf(report, 'kopecks'), (value) => showRoubles(value, language))]
      : []),
  ]
  const isSure = measures.some(({ arms }) => arms.some(({ interval }) => interval))
  return {
    title: titleOf(report, desk),
    subtitle: [
      ...(report.result.uplift.preliminary ? [t('offerResult.chart.preliminary')] : []),
      peopleWords(report, desk),
    ].join(' '),
    measures,
    verdict: verdictWords(report, sight, desk),
    footnotes: [howWords(report, desk), ...(isSure ? [t('offerResult.chart.sure')] : [])],
  }
}

function groupsOf({ result: { treated, heldOut, variants } }: OfferReport, { t }: Desk): Group[] {
  const name = (key: string, { people }: Arm, values: Record<string, string> = {}) =>
    t(`offerResult.chart.${key}`, { count: people, ...values })
  return [
    { name: name('treated', treated), treated: true, arm: treated },
    ...(variants.length > 1
      ? variants.map(({ id, arm }) => ({ name: name('text', arm, { id }), treated: true, arm }))
      : []),
    { name: name('heldOut', heldOut), treated: false, arm: heldOut },
  ].filter(({ arm }) => arm.people > 0)
}

const shareOf = ({ people, came }: Arm): Measured => ({
  value: came / people,
  interval: shareInterval({ people, count: came }),
})

const amountsOf =
  ({ result: { treated, heldOut } }: OfferReport, what: 'visits' | 'kopecks') =>
  (arm: Arm): Measured => ({
    value: arm[what].mean,
    interval: amountInterval(amounts(arm, what), [amounts(treated, what), amounts(heldOut, what)]),
  })
