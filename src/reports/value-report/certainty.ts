import type { GroupAnalysis } from '../../domain/value/group-analysis.ts'
import type { Translate } from '../../locales.ts'
import type { Figures } from './figures.ts'

const modelNames = { bgNbd: 'BG/NBD', paretoNbd: 'Pareto/NBD' } as const

/** How sure all that is: what was learnt from how many clients, and what is expected; a sentence each. */
export function certaintyOf(
  group: GroupAnalysis,
  { t, figures }: { t: Translate; figures: Figures },
): string[] {
  const { models, forecast } = group
  if (models === undefined) return [t('analyse.certainty.notAsked')]
  const known = {
    n: figures.count(models.clients),
    count: models.repeatClients,
    again: figures.count(models.repeatClients),
  }
  if (models.kind === 'tooLittleData')
    return [t(`analyse.certainty.${models.reason}`, known), t('analyse.certainty.structural')]
  if (forecast === undefined) return []
  const sum = (column: Float64Array) => column.reduce((all, one) => all + one, 0)
  return [
    t('analyse.certainty.model', { ...known, model: modelNames[models.chosen.name] }),
    t('analyse.certainty.expected', {
      alive: figures.count(sum(forecast.alive)),
      visits90: figures.count(sum(forecast.visits90)),
      visits365: figures.count(sum(forecast.visits365)),
      n: known.n,
    }),
    forecast.clv === undefined
      ? t('analyse.certainty.noAmounts')
      : t('analyse.certainty.money', { money: figures.roubles(sum(forecast.clv)) }),
  ]
}
