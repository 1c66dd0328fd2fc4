import type { EarlyWarning } from '../../domain/value/early-warning.ts'
import type { Fit } from '../../domain/value/fit.ts'
import type { GroupAnalysis } from '../../domain/value/group-analysis.ts'
import type { AnalysedFile } from '../../domain/value/analysed-file.ts'

/** Of the shape that docs/analyse.md describes. */
const version = 1

/**
 * The analysis as JSON, piece by piece: a million clients are half a gigabyte of text. docs/analyse.md describes the shape; money is
 * in kopecks, but for the models' Gamma-Gamma, which is fitted in roubles.
 */
export function* analysisJson(file: AnalysedFile): Generator<string> {
  const { analysis, account, asOf, asOfSource, settings } = file
  const { forecasts, scheme, ...counting } = settings
  const { examples, days, ...counts } = account
  const head = {
    version,
    asOf: dateOf(asOf),
    asOfSource,
    file: {
      name: file.name,
      ...counts,
      clients: analysis.overall.totals.client.length,
      firstVisit: days === undefined ? null : dateOf(days.first),
      lastVisit: days === undefined ? null : dateOf(days.last),
      examples,
    },
    scheme,
    settings: { ...counting, forecasts },
    models: perGroup(file, modelsOf),
    segments: perGroup(file, segmentsOf),
  }
  yield `${JSON.stringify(head).slice(0, -1)},"clients":{`
  yield* clientsOf(file)
  yield '}}\n'
}

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

function perGroup<Told>({ analysis }: AnalysedFile, tell: (group: GroupAnalysis) => Told) {
  const lines = Object.fromEntries(Array.from(analysis.lines, ([id, group]) => [id, tell(group)]))
  return { overall: tell(analysis.overall), lines }
}

function modelsOf({ models, totals }: GroupAnalysis) {
  const none = { bgNbd: null, paretoNbd: null, gammaGamma: null, chosen: null }
  if (models === undefined)
    return { n: totals.client.length, repeatClients: null, tooLittleData: null, ...none }
  const { clients: n, repeatClients } = models
  if (models.kind === 'tooLittleData') return { n, repeatClients, tooLittleData: models.reason, ...none }
  return {
    n,
    repeatClients,
    tooLittleData: null,
    bgNbd: fitOf(models.bgNbd),
    paretoNbd: fitOf(models.paretoNbd),
    gammaGamma: fitOf(models.gammaGamma),
    chosen: models.chosen.name,
  }
}

const fitOf = <Parameters extends object>(fit: Fit<Parameters>) =>
  fit.kind === 'fitted' ? { n: fit.clients, ...fit.parameters, logLikelihood: fit.logLikelihood } : null

function segmentsOf({ totals, codes, segments }: GroupAnalysis) {
  const shares = segments.map(({ segment, clients, visits, kopecks, clvKopecks }) => [
    segment,
    { n: clients, visits, m: kopecks, clv: clvKopecks },
  ])
  return { n: totals.client.length, codes, segments: Object.fromEntries(shares) as object }
}

/** Pieces of about so many characters are handed on. */
const pieceLength = 1 << 16

function* clientsOf({ analysis, clientId }: AnalysedFile): Generator<string> {
  const overall = rowTeller(analysis.overall)
  const lines = Array.from(analysis.lines, ([id, group]) => ({
    key: JSON.stringify(id),
    tell: rowTeller(group),
  }))
  let piece = ''
  for (const client of analysis.overall.totals.client) {
    let inLines = ''
    for (const { key, tell } of lines) {
      const told = tell(client)
      if (told !== undefined) inLines += `${inLines === '' ? '' : ','}${key}:${told}`
    }
    piece += `${JSON.stringify(clientId(client))}:{"overall":${overall(client)},"lines":{${inLines}}},\n`
    if (piece.length < pieceLength) continue
    // The comma may have to go: what is behind the last client stays for the next piece.
    yield piece.slice(0, -2)
    piece = ',\n'
  }
  yield piece.slice(0, -2)
}

/** Tells the clients of a group, who are to be asked for by ascending number. */
function rowTeller(group: GroupAnalysis): (client: number) => string | undefined {
  const { totals, rfm, clv, forecast, warnings } = group
  const { scheme, r, f, m, code } = rfm
  const names = scheme.codes.map((name, place) => `"code":"${name}","segment":"${scheme.segmentOf[place]}"`)
  const warned = new Map(warnings.map((warning) => [warning.row, warning]))
  let row = 0
  return (client) => {
    if (totals.client[row] !== client) return undefined
    const at = row++
    const known = `{"r":${r[at]},"f":${f[at]},"m":${m[at]},${names[code[at] as number]},"clv":${clv[at]}`
    const outlook =
      forecast === undefined
        ? '"pAlive":null,"expectedVisits":null,"expectedAmount":null,"predictiveClv":null'
        : `"pAlive":${forecast.alive[at]},"expectedVisits":{"90":${forecast.visits90[at]},"365":${forecast.visits365[at]}},` +
          `"expectedAmount":${forecast.kopecks?.[at] ?? null},"predictiveClv":${forecast.clv?.[at] ?? null}`
    const warning = warned.get(at)
    return `${known},${outlook},"warning":${warning === undefined ? null : warningOf(warning)}}`
  }
}

const warningOf = ({ kind, daysAway, usualDays, alive, atStakeKopecks }: EarlyWarning): string =>
  JSON.stringify({
    kind,
    daysAway,
    usualDays: usualDays ?? null,
    pAliveBefore: alive?.before ?? null,
    atStake: atStakeKopecks,
  })
