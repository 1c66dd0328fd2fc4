import { segmentColours } from './colours.ts'
import { html, type Html } from './html.ts'
import { fewClients } from './picture-sections.ts'
import type { Told } from './told.ts'

/** What was read, and as of which day. */
export function head({ file, t, figures }: Told): Html {
  const { account } = file
  const notes = (['refunds', 'withoutAmount', 'later', 'calledOff', 'others', 'linesLeft'] as const)
    .filter((key) => account[key] > 0)
    .map((key) => t(`analyse.account.${key}`, { count: account[key], n: figures.count(account[key]) }))
  const refused =
    account.refused > 0
      ? [t('analyse.report.refused', { count: account.refused, n: figures.count(account.refused) })]
      : []
  return html`<h1>${t('analyse.report.title')}</h1>
    <p>
      ${t('analyse.report.from', { file: file.name, rows: t('analyse.account.rows', { count: account.rows, n: figures.count(account.rows) }) })}
      ${t(`analyse.report.asOf.${file.asOfSource}`, { day: figures.day(file.asOf) })}
    </p>
    ${[...notes, ...refused].map((note) => html`<p class="muted">${note}</p>`)}`
}

/** The salon in five figures. */
export function tiles({ file, t, figures }: Told): Html {
  const { totals, segments, forecast } = file.analysis.overall
  const revenue = segments.reduce((sum, { kopecks }) => sum + kopecks, 0)
  const visits = segments.reduce((sum, one) => sum + one.visits, 0)
  const again = totals.visits.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0)
  const sum = (column: Float64Array) => column.reduce((all, one) => all + one, 0)
  const tile = (figure: string, words: string): Html =>
    html`<div class="tile"><b>${figure}</b><span>${words}</span></div>`
  const n = totals.client.length
  return html`<div class="tiles">
    ${[
      tile(figures.count(n), t('analyse.tile.clients', { count: n })),
      tile(figures.count(visits), t('analyse.tile.visits', { count: visits })),
      tile(figures.roubles(revenue), t('analyse.tile.revenue')),
      tile(figures.roubles(visits > 0 ? revenue / visits : 0), t('analyse.tile.perVisit')),
      n < fewClients
        ? tile(figures.count(again), t('analyse.tile.againCount'))
        : tile(figures.share(again, n), t('analyse.tile.again')),
      ...(forecast?.clv === undefined
        ? []
        : [tile(figures.roubles(sum(forecast.clv)), t('analyse.tile.expected'))]),
    ]}
  </div>`
}

/** Each segment: who they are, and what to do about them. */
export function adviceSection({ file, t, figures }: Told): Html {
  const { segments, totals } = file.analysis.overall
  const n = totals.client.length
  const revenue = segments.reduce((sum, { kopecks }) => sum + kopecks, 0)
  const cards = segments
    .filter(({ clients }) => clients > 0)
    .map(({ segment, clients, kopecks, clvKopecks }) => {
      const numbers = {
        clients: t('analyse.account.clients', { count: clients, n: figures.count(clients) }),
        share: figures.share(kopecks, revenue),
        clv: figures.roubles(clvKopecks / clients),
      }
      const key = n < fewClients ? 'numbersOfFew' : 'numbers'
      return html`<div class="card" style="border-color:${segmentColours[segment]}">
        <h3>${t(`segments.name.${segment}`)}</h3>
        <p class="numbers">${t(`analyse.report.${key}`, numbers)}</p>
        <p>${capital(t(`segments.meaning.${segment}`))}.</p>
        <p>${t(`analyse.advice.${segment}`)}</p>
      </div>`
    })
  return html`<section>
    <h2>${t('analyse.advice.title')}</h2>
    <div class="cards">${cards}</div>
  </section>`
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

const mostWarnings = 30

/** Who is slipping away. */
export function warningsSection({ file, t, figures }: Told): Html {
  const { warnings, totals, rfm, forecast } = file.analysis.overall
  const title = html`<h2>${t('analyse.warnings.title')}</h2>`
  if (warnings.length === 0)
    return html`<section>
      ${title}
      <p>${t('analyse.warnings.nobody')}</p>
    </section>`
  const atStake = warnings.reduce((sum, { atStakeKopecks }) => sum + atStakeKopecks, 0)
  const about = { count: warnings.length, n: figures.count(warnings.length), money: figures.roubles(atStake) }
  const shown = warnings.slice(0, mostWarnings)
  const withAlive = forecast !== undefined
  const columns = ['client', 'segment', 'visits', 'away', 'usual', ...(withAlive ? ['alive'] : []), 'stake']
  const rows = shown.map(({ row, daysAway, usualDays, alive, atStakeKopecks }) => {
    const segment = rfm.scheme.segmentOf[rfm.code[row] ?? 0] ?? 'others'
    const cells = [
      file.clientId(totals.client[row] ?? 0),
      t(`segments.name.${segment}`),
      figures.count(rfm.f[row] ?? 0),
      figures.count(daysAway),
      usualDays === undefined ? '' : figures.about(usualDays),
      ...(withAlive
        ? [alive === undefined ? '' : `${figures.share(alive.before, 1)} → ${figures.share(alive.now, 1)}`]
        : []),
      figures.roubles(atStakeKopecks),
    ]
    return html`<tr>
      ${cells.map((cell) => html`<td>${cell}</td>`)}
    </tr>`
  })
  const more = warnings.length - shown.length
  return html`<section>
    ${title}
    <p>${t('analyse.warnings.about', about)}</p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            ${columns.map((one) => html`<th>${t(`analyse.report.column.${one}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="note">${t('analyse.report.more', { n: figures.count(more) })}</p>` : { html: '' }}
  </section>`
}

/** How it was counted, and what to mind. */
export function footer({ file, t, figures }: Told): Html {
  const { scheme, discount, horizonYears } = file.settings
  return html`<footer>
    <p>${t(`analyse.report.scheme.${scheme}`)}</p>
    <p>${t('analyse.report.clv', { discount: figures.share(discount, 1), years: horizonYears })}</p>
    <p>${t('analyse.report.personal')}</p>
  </footer>`
}
