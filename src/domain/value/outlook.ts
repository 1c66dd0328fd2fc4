import { forecast } from './forecast.ts'
import { historiesOf, tableOf, type Models, type TooLittleData } from './models.ts'
import { expectedYears, structuralClv, yearlyCostOf, type StructuralClient } from './structural-clv.ts'
import type { ValueSettings } from './value-settings.ts'
import type { Totals } from './visit-tally.ts'

/** What a client's visits add up to, overall or in a line: a row of Totals. */
export interface ClientTotals extends StructuralClient {
  /** What was paid for the first day, less its refunds. */
  firstDayKopecks: number
}

/** What is to be expected of one client, overall or in a line. Money in kopecks, not rounded. */
export interface Outlook {
  /** By the basic structural model: no data are too few for it. */
  structural: {
    clvKopecks: number
    /** The years that they are expected to stay, the horizon at most. */
    years: number
    /** What keeping them costs a year. */
    yearlyCostKopecks: number
  }
  /** By the fitted models; why there are none; absent where none were fitted yet. */
  forecast?: ClientForecast | TooLittleData
}

export interface ClientForecast {
  kind: 'forecast'
  /** The probability that they are still a client. */
  alive: number
  /** Visits to be expected within 90 and 365 days. */
  visits90: number
  visits365: number
  /** The amount of a visit; absent with `clvKopecks` where the model of amounts could not be fitted. */
  kopecks?: number
  /** What they will pay within 365 days, discounted. */
  clvKopecks?: number
  /** The model of visits that forecasts. */
  model: 'bgNbd' | 'paretoNbd'
  /** How many clients the models learnt from, and how many of them came again. */
  clients: number
  repeatClients: number
}

export interface OutlookOptions {
  /** Of all clients, or of the line's, as ValueModel keeps them. */
  models: Models | undefined
  /** The day that is looked ahead from, in days since 1970-01-01; not before the client's last visit. */
  asOf: number
  settings: ValueSettings
  /** All clients of the salon: they share its monthly costs. */
  clients: number
}

/** What a client is worth and what is to be expected of them, from a row of totals and the models of its group. */
export function outlookOf(
  client: ClientTotals,
  { models, asOf, settings, clients }: OutlookOptions,
): Outlook {
  const { discount, horizonYears, costs } = settings
  const yearlyCostKopecks = yearlyCostOf(costs, clients)
  const structural = { discount, horizonYears, unit: 'day', yearlyCostKopecks } as const
  const totals = totalsOf(client)
  const clvKopecks = structuralClv(totals, asOf, structural)[0] ?? 0
  return {
    structural: { clvKopecks, years: expectedYears(client, asOf, structural), yearlyCostKopecks },
    ...(models && {
      forecast: models.kind === 'models' ? forecastOf(totals, models, asOf, discount) : models,
    }),
  }
}

function forecastOf(
  totals: Totals,
  models: Extract<Models, { kind: 'models' }>,
  asOf: number,
  discount: number,
): ClientForecast {
  const histories = historiesOf(totals, asOf)
  const { alive, visits90, visits365, kopecks, clv } = forecast(
    models,
    histories,
    tableOf(histories),
    discount,
  )
  return {
    kind: 'forecast',
    alive: alive[0] ?? 0,
    visits90: visits90[0] ?? 0,
    visits365: visits365[0] ?? 0,
    ...(kopecks?.[0] !== undefined && { kopecks: kopecks[0] }),
    ...(clv?.[0] !== undefined && { clvKopecks: clv[0] }),
    model: models.chosen.name,
    clients: models.clients,
    repeatClients: models.repeatClients,
  }
}

const totalsOf = (client: ClientTotals): Totals => ({
  client: Uint32Array.of(0),
  firstDay: Int32Array.of(client.firstDay),
  lastDay: Int32Array.of(client.lastDay),
  visits: Uint32Array.of(client.visits),
  kopecks: Float64Array.of(client.kopecks),
  firstDayKopecks: Float64Array.of(client.firstDayKopecks),
})
