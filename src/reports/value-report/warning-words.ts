import type { EarlyWarning } from '../../domain/value/early-warning.ts'
import type { Translate } from '../../locales.ts'
import type { Figures } from './figures.ts'

/** Why a client is slipping away, in one line. */
export function warningLine(
  warning: EarlyWarning,
  { t, figures }: { t: Translate; figures: Figures },
): string {
  const { daysAway, usualDays, alive, atStakeKopecks } = warning
  return [
    t('analyse.warnings.away', { count: daysAway }),
    ...(usualDays === undefined
      ? []
      : [t('analyse.warnings.usual', { count: Math.max(1, Math.round(usualDays)) })]),
    ...(alive === undefined
      ? []
      : [
          t('analyse.warnings.alive', {
            now: figures.share(alive.now, 1),
            before: figures.share(alive.before, 1),
          }),
        ]),
    t('analyse.warnings.stake', { money: figures.roubles(atStakeKopecks) }),
  ].join(', ')
}
