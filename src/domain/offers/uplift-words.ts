import type { Language } from '../salon.ts'
import type { Translate } from '../survey-words.ts'
import { enoughPeople, type Difference } from './difference.ts'
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
 * What an offer has earned, in plain words, a sentence each: that it is preliminary, then money first. What can't be told yet is told
 * once.
 * @param windowEnds the day when the window of the last message closes, as it is to be read
 */
export function upliftWords(uplift: Uplift, windowEnds: string, reader: Reader): string[] {
  const { t } = reader
  const { earned, preliminary, kopecks } = uplift
  return [
    ...(preliminary ? [t('offer.result.preliminary', { day: windowEnds })] : []),
    ...(clearWords(uplift, t('offer.result.treated'), reader) ?? unclearWords(uplift, reader)),
    ...(earned && kopecks.kind === 'clear' && reader.money !== false ? [earnedWords(earned, reader)] : []),
  ]
}

/** Two texts compared: the first is spoken of. @param variants ids of both, "A" and "B" */
export function variantsWords(
  comparison: Comparison,
  [one, other]: readonly [string, string],
  reader: Reader,
): string[] {
  const texts = { one, other }
  return (
    clearWords(comparison, reader.t('offer.result.variant', texts), reader) ??
    unclearWords(comparison, reader, texts)
  )
}

const toldOf = ({ money }: Reader): Measure[] =>
  measures.filter((one) => one !== 'kopecks' || money !== false)

/** What certainly differs; undefined: nothing does. */
function clearWords(comparison: Comparison, who: string, reader: Reader): string[] | undefined {
  const clear = toldOf(reader).flatMap((measure) => {
    const found = comparison[measure]
    if (found.kind !== 'clear') return []
    const way = found.difference > 0 ? 'more' : 'less'
    return [reader.t(`offer.result.${measure}.${way}`, { who, ...shown(measure, found, reader) })]
  })
  return clear.length > 0 ? clear : undefined
}

/** @param texts of what is compared; absent: who was written to, and who was not */
function unclearWords(
  comparison: Comparison,
  reader: Reader,
  texts?: { one: string; other: string },
): string[] {
  const told = toldOf(reader)
  const [first = 'visits'] = told
  const measure = told.find((one) => comparison[one].kind === 'unclear') ?? first
  const found = comparison[measure]
  const say = (what: string, values: Record<string, string | number> = {}) =>
    reader.t(`offer.result.${texts ? 'texts' : 'unclear'}.${what}`, { ...texts, ...values })
  switch (found.kind) {
    case 'none':
      return [say(comparison.people.one === 0 ? 'nobody' : 'none')]
    case 'few':
      return [say('few', { count: enoughPeople })]
    case 'noneCame':
      return [say('noneCame')]
    case 'clear':
    case 'unclear': {
      const needed = found.kind === 'unclear' ? found.moreNeeded : undefined
      const head = needed === undefined ? say('noDifference') : say('moreNeeded', { count: rounded(needed) })
      return [`${head} ${chanceWords(measure, found, reader)}`]
    }
  }
}

/** What it may be, as far as one can tell. */
function chanceWords(measure: Measure, found: Difference, reader: Reader): string {
  if (!('interval' in found) || measure === 'came') return ''
  const { low, high } = found.interval
  const say = formatOf(measure, reader.language)
  return reader.t(`offer.result.chance.${measure}`, {
    low: say(low).words,
    high: say(high).words,
    count: say(high).number,
  })
}

/** The total is no surer than its first two digits. */
function earnedWords({ kopecks, interval }: Uplift['earned'] & object, reader: Reader): string {
  const values = [kopecks, interval.low, interval.high].map(rounded)
  const [difference = 0, low = 0, high = 0] = values
  const way = kopecks > 0 ? 'earned' : 'lost'
  return reader.t(`offer.result.${way}`, shown('kopecks', { difference, interval: { low, high } }, reader))
}

/** "1987 more" would look more certain than it is: two digits count. */
const rounded = (amount: number): number => Number(amount.toPrecision(2))

/** Without signs: the words say "more" and "less", and the smaller end comes first. An interval that is all below 0 is turned. */
function shown(
  measure: Measure,
  { difference, interval: { low, high } }: { difference: number; interval: { low: number; high: number } },
  { language }: Reader,
) {
  const say = formatOf(measure, language)
  const [least, most] = difference > 0 ? [low, high] : [-high, -low]
  const value = say(Math.abs(difference))
  return { value: value.words, count: value.number, low: say(least).words, high: say(most).words }
}

interface Shown {
  words: string
  /** The number that is read, for the plural after it. */
  number: number
}

/** What is small keeps a digit: no difference that is clear is told as 0. */
function formatOf(measure: Measure, language: Language): (value: number) => Shown {
  const [scale, digits] = ({ kopecks: [0.01, 0], visits: [1, 2], came: [100, 1] } as const)[measure]
  const options = {
    maximumFractionDigits: digits,
    maximumSignificantDigits: 1,
    roundingPriority: 'morePrecision',
  } as const
  const money = { style: 'currency', currency: 'RUB', currencyDisplay: 'narrowSymbol' } as const
  const words = new Intl.NumberFormat(language, { ...options, ...(measure === 'kopecks' && money) })
  const plain = new Intl.NumberFormat('en', { ...options, useGrouping: false })
  return (value) => ({
    words: words.format(value * scale).replace('-', '−'),
    number: Number(plain.format(value * scale)),
  })
}
