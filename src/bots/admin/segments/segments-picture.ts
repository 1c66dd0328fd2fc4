import { showChange, showRoublesShortly, showShare } from '../../../reports/numbers.ts'
import { toneOf } from '../../../reports/segment-colors.ts'
import {
  segmentsChart,
  type ChartLine,
  type ChartSegment,
  type SegmentsChartData,
} from '../../../reports/segments-chart.ts'
import type { SegmentGroup, SegmentOverview } from '../../../storage/segment-overview.ts'
import type { Log } from '../../log.ts'
import type { OutgoingFile } from '../../outgoing-file.ts'
import type { Desk } from '../desk.ts'
import type { Sight } from './overview-screen.ts'
import { lineName, peopleWords, segmentName, showDay } from './words.ts'

/** The picture of the segments. Undefined where it can't be drawn: then the words go alone, and the log says so. */
export async function segmentsPicture(
  overview: SegmentOverview,
  sight: Sight,
  desk: Desk,
  log: Log,
): Promise<OutgoingFile | undefined> {
  try {
    return { name: 'segments.png', content: await segmentsChart(chartOf(overview, sight, desk), desk.t) }
  } catch (error) {
    log.error({ event: 'segments.noPicture', error: error instanceof Error ? error.name : typeof error })
    return undefined
  }
}

/** What the picture shows: all clients by segment, and each line. */
export function chartOf(overview: SegmentOverview, { money }: Sight, desk: Desk): SegmentsChartData {
  const { t, language } = desk
  const { day, before, demo, groups } = overview
  const [whole, ...lines] = groups as [SegmentGroup, ...SegmentGroup[]]
  const hasMoney = money && whole.kopecks > 0
  return {
    title: t('value.title'),
    people: peopleWords(whole.clients, desk),
    ...(hasMoney && { money: t('value.paidInAll', { amount: showRoublesShortly(whole.kopecks, language) }) }),
    segments: whole.segments.map((figures): ChartSegment => {
      const [share, moneyShare] = [figures.clients / whole.clients, shareOf(figures.kopecks, whole.kopecks)]
      const change = figures.change === undefined ? '' : `, ${showChange(figures.change, language)}`
      return {
        name: segmentName(figures.segment, desk),
        tone: toneOf(figures.segment),
        words: peopleWords(figures.clients, desk) + change,
        share,
        shareWords: showShare(share, language),
        ...(hasMoney && { moneyShare, moneyWords: showShare(moneyShare, language) }),
      }
    }),
    lines: lines.map((line) => lineOf(line, hasMoney, desk)),
    footnotes: [
      ...(before === undefined ? [] : [t('value.chart.compared', { date: showDay(before, desk) })]),
      t('value.chart.asOf', { date: showDay(day, desk) }),
    ],
    demo,
  }
}

function lineOf({ line, clients, kopecks, segments }: SegmentGroup, money: boolean, desk: Desk): ChartLine {
  return {
    name: lineName(line, desk),
    words: peopleWords(clients, desk),
    parts: segments.map((figures) => {
      const share = shareOf(figures.clients, clients)
      return {
        tone: toneOf(figures.segment),
        share,
        shareWords: showShare(share, desk.language),
        ...(money && kopecks > 0 && { moneyShare: shareOf(figures.kopecks, kopecks) }),
      }
    }),
  }
}

/** Refunds can make a segment's money less than nothing. */
const shareOf = (part: number, whole: number): number => (whole > 0 ? Math.max(0, part) / whole : 0)
