import type { Language } from '../salon.ts'
import type { Translate } from '../survey-words.ts'
import type { Difference } from './difference.ts'
import type { Comparison, Uplift } from './uplift.ts'

interface Reader {
  language: Language
  t: Translate
  /** Sums are not for everybody; absent: they are. */
  money?: boolean
}

const measures = ['kopecks', 'visits', 'came'] as const
type Measure = (typeof measures)[number]

/**
 * What an offer has earned, in plain words, a sentence each: money first. What can't be told yet is told once.
 * @param windowEnds the day when the window of the last message closes, as it is to be read
 */
export function upliftWords(uplift: Uplift, windowEnds: string, reader: Reader): string[] {
  const { t } = reader
  const { earned, preliminary } = uplift
  return [
    ...comparisonWords(uplift, t('offer.result.treated'), reader),
    ...(earned === undefined || uplift.kopecks.kind !== 'clear' || reader.money === false
      ? []
      : [
          t(
            earned.kopecks > 0 ? 'offer.result.earned' : 'offer.result.lost',
            shown('kopecks', earned.kopecks, earned.interval, reader),
          ),
        ]),
    ...(preliminary ? [t('offer.result.preliminary', { day: windowEnds })] : []),
  ]
}

/** Two texts compared: the first is spoken of. @param variants ids of both, "A" and "B" */
export function variantsWords(
  comparison: Comparison,
  [one, other]: readonly [string, string],
  reader: Reader,
): string[] {
  return comparisonWords(comparison, reader.t('offer.result.variant', { one, other }), reader)
}

function comparisonWords(comparison: Comparison, who: string, reader: Reader): string[] {
  const told = reader.money === false ? measures.filter((measure) => measure !== 'kopecks') : measures
  const clear = told.flatMap((measure) => clearWords(measure, comparison[measure], who, reader))
  return clear.length > 0 ? clear : [unclearWords(comparison[told[0] ?? 'visits'], reader)]
}

function clearWords(measure: Measure, found: Difference, who: string, reader: Reader): string[] {
  if (found.kind !== 'clear') return []
  const way = found.difference > 0 ? 'more' : 'less'
  return [
    reader.t(`offer.result.${measure}.${way}`, {
      who,
      ...shown(measure, found.difference, found.interval, reader),
    }),
  ]
}

function unclearWords(found: Difference, { t }: Reader): string {
  if (found.kind !== 'unclear') return t(found.kind === 'none' ? 'offer.result.none' : 'offer.result.few')
  return found.moreNeeded === undefined
    ? t('offer.result.noDifference')
    : t('offer.result.moreNeeded', { count: rounded(found.moreNeeded) })
}

/** "1987 more" would look more certain than it is: two digits count. */
const rounded = (people: number): number => Number(people.toPrecision(2))

/** Without signs: the words say "more" and "less", and the smaller end comes first. An interval that is all below 0 is turned. */
function shown(
  measure: Measure,
  value: number,
  { low, high }: { low: number; high: number },
  { language }: Reader,
) {
  const say = formatOf(measure, language)
  const [least, most] = value > 0 ? [low, high] : [-high, -low]
  return { value: say(Math.abs(value)), low: say(least), high: say(most) }
}

function formatOf(measure: Measure, language: Language): (value: number) => string {
  const number = (digits: number) => new Intl.NumberFormat(language, { maximumFractionDigits: digits })
  switch (measure) {
    case 'kopecks': {
      const money = new Intl.NumberFormat(language, {
        style: 'currency',
        currency: 'RUB',
        currencyDisplay: 'narrowSymbol',
        maximumFractionDigits: 0,
      })
      return (kopecks) => money.format(kopecks / 100)
    }
    case 'visits':
      return (visits) => number(2).format(visits)
    case 'came':
      return (share) => number(1).format(share * 100)
  }
}
