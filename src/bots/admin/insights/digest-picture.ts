import type { Digest } from '../../../domain/digest.ts'
import type { Nps } from '../../../domain/nps.ts'
import { npsChart, type NpsChartData, type NpsFigure } from '../../../reports/nps-chart.ts'
import type { Insight } from '../../../storage/insights.ts'
import type { Log } from '../../log.ts'
import type { OutgoingFile } from '../../outgoing-file.ts'
import { nameOf, type Desk } from '../desk.ts'
import { changeWords, showWeek } from './words.ts'

/** The picture of a digest. Undefined where it can't be drawn: then the words go alone, and the log says so. */
export async function digestPicture(
  insight: Insight<Digest>,
  desk: Desk,
  log: Log,
): Promise<OutgoingFile | undefined> {
  try {
    const content = await npsChart(digestChart(insight, desk), desk.t, desk.language)
    return { name: `nps-${insight.found.monday.toString()}.png`, content }
  } catch (error) {
    log.error({ event: 'digest.noPicture', error: error instanceof Error ? error.name : typeof error })
    return undefined
  }
}

/** What the picture shows: the week's number, twelve weeks, and each line over four weeks. */
export function digestChart({ found: digest, demo }: Insight<Digest>, desk: Desk): NpsChartData {
  const shares = digest.kind === 'week' ? digest.nps.shares : undefined
  const told = digest.kind === 'week' && digest.nps.kind === 'figure'
  return {
    now: {
      ...figureOf(digest.kind === 'week' ? digest.nps : { kind: 'none', n: 0 }),
      ...(shares ? { shares } : {}),
      ...(told ? { change: changeWords(digest.change, 'nps.change.week', desk) } : {}),
    },
    weeks: digest.series.map(({ monday, nps }) => ({
      ...figureOf(nps),
      label: `${two(monday.day)}.${two(monday.month)}`,
    })),
    lines: digest.lines.map(({ line, fourWeeks }) => ({
      name: nameOf(desk.salon.lines, line, desk),
      // A row has no room for words beside the number, so a number that tells nothing stays away.
      ...(fourWeeks.kind === 'figure' ? figureOf(fourWeeks) : { n: fourWeeks.n }),
    })),
    period: showWeek(digest.monday, desk),
    demo,
  }
}

function figureOf(nps: Nps): NpsFigure {
  if (nps.kind === 'none') return { n: 0 }
  return { n: nps.n, nps: nps.nps, low: nps.interval.low, high: nps.interval.high }
}

const two = (number: number): string => String(number).padStart(2, '0')
