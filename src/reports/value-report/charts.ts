/** The report's pictures, as Vega-Lite specs. */
import type { TopLevelSpec } from 'vega-lite'
import type { AnalysedFile } from '../../domain/value/analysed-file.ts'
import type { ForecastCheck } from '../../domain/value/forecast-check.ts'
import type { GroupAnalysis } from '../../domain/value/group-analysis.ts'
import type { Translate } from '../../locales.ts'
import { drawable, fitted } from '../fonts.ts'
import { palette } from '../palette.ts'
import { frame, legend, size } from './chart-frame.ts'
import { segmentColours } from './colours.ts'
import type { Figures } from './figures.ts'

export interface ChartWords {
  t: Translate
  figures: Figures
}

/** How many of the clients each segment has, and how much of the revenue: two bars each. */
export function sharesChart({ segments }: GroupAnalysis, { t, figures }: ChartWords): TopLevelSpec {
  const present = segments.filter(({ clients }) => clients > 0)
  const clients = present.reduce((sum, one) => sum + one.clients, 0)
  const revenue = present.reduce((sum, one) => sum + Math.max(0, one.kopecks), 0)
  const names = present.map(({ segment }) => t(`segments.name.${segment}`))
  const kinds = [t('analyse.chart.ofClients'), t('analyse.chart.ofRevenue')]
  const values = present.flatMap(({ clients: n, kopecks, segment }, place) => {
    const paid = Math.max(0, kopecks)
    const of = { name: names[place], segment }
    return [
      { ...of, kind: kinds[0], share: n / clients, words: figures.share(n, clients) },
      { ...of, kind: kinds[1], share: revenue > 0 ? paid / revenue : 0, words: figures.share(paid, revenue) },
    ]
  })
  const most = Math.max(...values.map(({ share }) => share))
  return {
    ...frame,
    height: present.length * 66,
    data: { values },
    encoding: {
      y: { field: 'name', type: 'nominal', sort: names, title: null, scale: { paddingInner: 0.3 } },
      yOffset: { field: 'kind', type: 'nominal', sort: kinds, scale: { paddingInner: 0.1 } },
      x: { field: 'share', type: 'quantitative', axis: null, scale: { domain: [0, most * 1.15] } },
    },
    layer: [
      {
        mark: { type: 'bar', cornerRadius: 4 },
        encoding: {
          color: {
            field: 'kind',
            type: 'nominal',
            scale: { domain: kinds, range: [palette.passive, palette.accent] },
            legend,
          },
        },
      },
      { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { text: { field: 'words' } } },
    ],
  }
}

/** What each tenth of the clients brings, those who pay most first. */
export function tenthsChart(tenths: readonly number[], { t, figures }: ChartWords): TopLevelSpec {
  const values = tenths.map((share, place) => ({ tenth: place + 1, share, words: figures.share(share, 1) }))
  return {
    ...frame,
    height: 240,
    data: { values },
    encoding: {
      x: {
        field: 'tenth',
        type: 'ordinal',
        title: t('analyse.chart.tenths'),
        axis: { labelAngle: 0 },
        scale: { paddingInner: 0.2 },
      },
      y: {
        field: 'share',
        type: 'quantitative',
        axis: null,
        scale: { domain: [0, Math.max(...tenths) * 1.12] },
      },
    },
    layer: [
      {
        mark: { type: 'bar', cornerRadiusTopLeft: 4, cornerRadiusTopRight: 4 },
        encoding: {
          color: { condition: { test: 'datum.tenth <= 2', value: palette.accent }, value: palette.passive },
        },
      },
      { mark: { type: 'text', dy: -10 }, encoding: { text: { field: 'words' } } },
    ],
  }
}

/** A line's name may be anything. */
const nameWidth = 190
/** So many lines are shown. */
const mostLines = 8

/** How the clients of each line are divided. */
export function linesChart(file: AnalysedFile, { t }: ChartWords): TopLevelSpec {
  const lines = [...file.analysis.lines]
    .toSorted(([, one], [, other]) => other.totals.client.length - one.totals.client.length)
    .slice(0, mostLines)
  const names = shortNames(
    file,
    lines.map(([id]) => id),
  )
  const segments = file.analysis.overall.segments.map(({ segment }) => segment)
  const values = lines.flatMap(([id, group]) =>
    group.segments.map(({ segment, clients }, place) => ({
      line: names.get(id) ?? id,
      place,
      name: t(`segments.name.${segment}`),
      share: clients / group.totals.client.length,
    })),
  )
  return {
    ...frame,
    height: lines.length * 44,
    data: { values },
    mark: { type: 'bar', stroke: palette.paper, strokeWidth: 2 },
    encoding: {
      y: {
        field: 'line',
        type: 'nominal',
        sort: [...names.values()],
        title: null,
        scale: { paddingInner: 0.3 },
      },
      x: { field: 'share', type: 'quantitative', stack: 'zero', axis: null, scale: { domain: [0, 1] } },
      order: { field: 'place' },
      color: {
        field: 'name',
        type: 'nominal',
        scale: {
          domain: segments.map((segment) => t(`segments.name.${segment}`)),
          range: segments.map((segment) => segmentColours[segment]),
        },
        legend: null,
      },
    },
  }
}

/** Names that fit beside the bars; two lines must not become one where their names begin alike. */
function shortNames(file: AnalysedFile, ids: readonly string[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const id of ids) {
    const name = fitted(drawable(file.lineName(id)), nameWidth, { size: size.label, weight: 400 })
    names.set(id, [...names.values()].includes(name) ? `${name} (${names.size + 1})` : name)
  }
  return names
}

/** What the models would have expected, and what came. */
export function checkChart({ groups }: ForecastCheck, { t, figures }: ChartWords): TopLevelSpec {
  const kinds = [t('analyse.chart.expected'), t('analyse.chart.came')]
  const present = groups.filter(({ clients }) => clients > 0)
  const nameOf = ({ from, to }: (typeof present)[number]): string =>
    to === Infinity ? `${from}+` : from === to ? String(from) : `${from}–${to}`
  const values = present.flatMap((group) => [
    { name: nameOf(group), kind: kinds[0], visits: group.expected, words: figures.count(group.expected) },
    { name: nameOf(group), kind: kinds[1], visits: group.actual, words: figures.count(group.actual) },
  ])
  const most = Math.max(1, ...values.map(({ visits }) => visits))
  return {
    ...frame,
    height: 240,
    data: { values },
    encoding: {
      x: {
        field: 'name',
        type: 'nominal',
        sort: present.map(nameOf),
        title: t('analyse.chart.before'),
        axis: { labelAngle: 0 },
      },
      xOffset: { field: 'kind', type: 'nominal', sort: kinds },
      y: { field: 'visits', type: 'quantitative', axis: null, scale: { domain: [0, most * 1.12] } },
    },
    layer: [
      {
        mark: { type: 'bar', cornerRadiusTopLeft: 4, cornerRadiusTopRight: 4 },
        encoding: {
          color: {
            field: 'kind',
            type: 'nominal',
            scale: { domain: kinds, range: [palette.accent, palette.promoter] },
            legend,
          },
        },
      },
      { mark: { type: 'text', dy: -9, fontSize: 15 }, encoding: { text: { field: 'words' } } },
    ],
  }
}
