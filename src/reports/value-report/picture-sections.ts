import type { TopLevelSpec } from 'vega-lite'
import { checkedDays } from '../../domain/value/forecast-check.ts'
import { revenueTenths } from '../../domain/value/tenths.ts'
import { vegaSvg } from '../vega-svg.ts'
import { certaintyOf } from './certainty.ts'
import { checkChart, linesChart, sharesChart, tenthsChart } from './charts.ts'
import { segmentColours } from './colours.ts'
import { html, type Html } from './html.ts'
import type { Told } from './told.ts'

const nothing: Html = { html: '' }

/**
 * Vega escapes what it is given; the words are words in the SVG. Its ids begin anew in each picture, and a page wants them to be
 * different.
 */
async function figure(name: string, spec: TopLevelSpec, words: string): Promise<Html> {
  const svg = await vegaSvg(spec)
  const own = svg.replaceAll(/ (id="|clip-path="url\(#)(?=clip\d)/g, ` $1${name}-`)
  return html`<figure role="img" aria-label="${words}">${{ html: own }}</figure>`
}

/** Who the clients are, and what they bring. */
export async function segmentsSection(told: Told): Promise<Html> {
  const { file, t, figures } = told
  const { overall } = file.analysis
  const n = overall.totals.client.length
  const title = t('analyse.segments.title', { count: n, n: figures.count(n) })
  if (n < fewClients)
    return html`<section>
      <h2>${title}</h2>
      <p>${t('analyse.few', { count: n })}</p>
    </section>`
  return html`<section>
    <h2>${title}</h2>
    <p class="muted">${t('analyse.report.sharesAbout')}</p>
    ${await figure('segments', sharesChart(overall, told), title)}
  </section>`
}

/** Of so few clients shares say nothing. */
export const fewClients = 30

/** How much hangs on the best clients. */
export async function tenthsSection(told: Told): Promise<Html> {
  const { file, t, figures } = told
  const { kopecks, client } = file.analysis.overall.totals
  const tenths = revenueTenths(kopecks)
  if (client.length < fewClients || tenths[0] === 0) return nothing
  const best = figures.share((tenths[0] ?? 0) + (tenths[1] ?? 0), 1)
  const title = t('analyse.report.tenths', { share: best })
  return html`<section>
    <h2>${title}</h2>
    <p class="muted">${t('analyse.report.tenthsAbout', { n: figures.count(client.length) })}</p>
    ${await figure('tenths', tenthsChart(tenths, told), title)}
  </section>`
}

/** How each line's clients are divided. */
export async function linesSection(told: Told): Promise<Html> {
  const { file, t, figures } = told
  const { lines, overall } = file.analysis
  if (lines.size === 0 || overall.totals.client.length < fewClients) return nothing
  const title = t('analyse.report.lines')
  const present = overall.segments.filter(({ segment }) =>
    [...lines.values()].some((group) =>
      group.segments.some((one) => one.segment === segment && one.clients > 0),
    ),
  )
  const legend = present.map(
    ({ segment }) =>
      html`<span
        ><i style="background:${segmentColours[segment]}"></i>${t(`segments.name.${segment}`)}</span
      >`,
  )
  const counts = [...lines]
    .toSorted(([, one], [, other]) => other.totals.client.length - one.totals.client.length)
    .map(([id, group]) => `${file.lineName(id)}: ${figures.count(group.totals.client.length)}`)
  return html`<section>
    <h2>${title}</h2>
    <p class="muted">${t('analyse.report.linesAbout')}</p>
    <div class="legend">${legend}</div>
    ${await figure('lines', linesChart(file, told), title)}
    <p class="note">${t('analyse.report.linesCounts', { counts: counts.join(', ') })}</p>
  </section>`
}

/** What is expected, by which model, and whether such a forecast would have come true. */
export async function forecastSection(told: Told): Promise<Html> {
  const { file, check, t } = told
  const sentences = certaintyOf(file.analysis.overall, told).map((sentence) => html`<p>${sentence}</p>`)
  return html`<section>
    <h2>${t('analyse.certainty.title')}</h2>
    ${sentences} ${check === undefined ? nothing : await checked(check, told)}
  </section>`
}

async function checked(check: NonNullable<Told['check']>, told: Told): Promise<Html> {
  const { t, figures } = told
  const words = t('analyse.report.check', {
    days: checkedDays,
    n: figures.count(check.clients),
    expected: figures.count(check.expected),
    actual: figures.count(check.actual),
  })
  return html`<p>${words}</p>
    ${await figure('check', checkChart(check, told), words)}`
}
