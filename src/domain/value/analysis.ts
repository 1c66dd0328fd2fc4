import { analyseGroup, type AnalysisSettings, type GroupAnalysis } from './group-analysis.ts'
import type { Totals } from './visit-tally.ts'

/** Everything that a file of visits tells. */
export interface Analysis {
  overall: GroupAnalysis
  /** By the line's id; lines in which nobody had a visit are left out. */
  lines: ReadonlyMap<string, GroupAnalysis>
}

export interface AnalysisOptions {
  totals: { overall: Totals; lines: readonly Totals[] }
  /** Ids of the lines, by their numbers. */
  lineIds: readonly string[]
  /** The end of the data, days since 1970-01-01: not before any visit. */
  asOf: number
  settings: AnalysisSettings
}

/** Segments, value, forecasts and early warnings of all clients, overall and per line; each group is judged by itself. */
export function analyse({ totals, lineIds, asOf, settings }: AnalysisOptions): Analysis {
  const clients = totals.overall.client.length
  const analysed = (group: Totals) => analyseGroup(group, { asOf, settings, clients })
  const lines = totals.lines.flatMap((group, number): [string, GroupAnalysis][] =>
    group.client.length === 0 ? [] : [[lineIds[number] ?? '', analysed(group)]],
  )
  return { overall: analysed(totals.overall), lines: new Map(lines) }
}
