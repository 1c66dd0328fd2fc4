import { named, type Language, type Salon } from '../salon.ts'
import type { Translate } from '../survey-words.ts'
import { newcomerOffer, type NewcomerFacts, type NewcomerReason } from './newcomer.ts'
import { newcomerWeights, type NewcomerWeights } from './newcomer-weights.ts'
import type { OfferSpec } from './offer.ts'

export interface NewcomerDraft {
  /** One for each newcomer, once. */
  draftKey: string
  origin: 'newcomer'
  spec: OfferSpec
  about: { by: 'newcomer'; score: number; reasons: readonly NewcomerReason[]; sex?: 'female' | 'male' }
}

export interface NewcomerOptions {
  salon: Pick<Salon, 'languages' | 'lines' | 'masters'>
  words: (language: Language) => Translate
  /** Off the first visit. */
  discountPercent: number
  /** Where the salon's differ from ours. */
  weights?: Partial<NewcomerWeights>
  holdoutShare: number
  attributionDays: number
  mark?: OfferSpec['mark'] & object
}

export const newcomerKey = (clientId: number | bigint): string => `newcomer:${clientId}`

/** Chooses who of all newcomers is held out. */
export const newcomerSeed = 'newcomers'

/**
 * The personal offer of a newcomer. Newcomers are to be compared with each other, so their offers share a seed: the holdout is a
 * part of all newcomers.
 */
export function newcomerDraft(facts: NewcomerFacts, options: NewcomerOptions): NewcomerDraft {
  const { salon, words, discountPercent, weights, holdoutShare, attributionDays, mark } = options
  const { line, score, reasons } = newcomerOffer(facts, salon, { ...newcomerWeights, ...weights })
  const { sex } = facts
  const inEach = (say: (language: Language) => string) =>
    Object.fromEntries(salon.languages.map((language) => [language, say(language)]))
  return {
    draftKey: newcomerKey(facts.clientId),
    origin: 'newcomer',
    about: { by: 'newcomer', score, reasons, ...(sex && { sex }) },
    spec: {
      title: inEach((language) =>
        words(language)('playbook.newcomer.title', lineWords(line, language, salon)),
      ),
      variants: [{ id: 'A', text: inEach((language) => textOf(facts, line, language, options)), share: 1 }],
      audience: { kind: 'clients', ids: [facts.clientId] },
      discount: { kind: 'percent', percent: discountPercent },
      validity: { kind: 'days', days: 30 },
      coupon: { uses: 1 },
      limits: { recipients: 1, perClient: 1 },
      channel: 'any',
      schedule: { kind: 'now' },
      holdoutShare,
      attributionDays,
      ...(mark && { mark }),
    },
  }
}

/** i18next's context chooses the sentence that names a line. */
function lineWords(
  line: string | undefined,
  language: Language,
  { lines }: Pick<Salon, 'lines'>,
): Record<string, string> {
  const found = lines.find(({ id }) => id === line)
  return found === undefined ? {} : { context: 'line', line: named(found.name, language) }
}

function textOf(
  { master, convenientTimes }: NewcomerFacts,
  line: string | undefined,
  language: Language,
  { salon, words }: NewcomerOptions,
): string {
  const t = words(language)
  const say = (key: string, values?: Record<string, string>) => t(`playbook.newcomer.${key}`, values)
  const { line: name } = lineWords(line, language, salon)
  const sentences = [
    say('hello'),
    name !== undefined && say('line', { line: name }),
    master !== undefined && master !== 'any' && say('master'),
    convenientTimes.length > 0 && say('times', { times: timeWords(convenientTimes, language, t) }),
    say('gift'),
  ]
  return `${sentences.filter((one) => one !== false).join(' ')}\n\n${say('ask')}`
}

/** "будни утром или выходные". */
const timeWords = (times: readonly string[], language: Language, t: Translate): string =>
  new Intl.ListFormat(language, { type: 'disjunction' }).format(
    times.map((time) => t(`playbook.newcomer.time.${time}`)),
  )

/**
 * A reason as somebody of the salon would say it: "пришла с поста «Маникюр»".
 * @param sex of the newcomer, where it is known
 */
export function newcomerReasonWords(
  reason: NewcomerReason,
  sex: 'female' | 'male' | undefined,
  language: Language,
  { salon, words }: Pick<NewcomerOptions, 'words'> & { salon: Pick<Salon, 'lines' | 'masters'> },
): string {
  const t = words(language)
  const say = (values?: Record<string, string | number>) =>
    t(`playbook.newcomer.reasons.${reason.kind}`, values)
  const came = t(`playbook.newcomer.came.${sex ?? 'unknown'}`)
  switch (reason.kind) {
    case 'interest':
      return say({ line: lineWords(reason.line, language, salon)['line'] ?? reason.line })
    case 'source': {
      const all = salon.lines.flatMap((line) => [line, ...line.services])
      const found = all.find(({ id }) => id === reason.names)
      return say({
        came,
        place: placeWords(reason.source, t),
        name: found === undefined ? reason.source : named(found.name, language),
      })
    }
    case 'link':
      return say({ came, place: placeWords(reason.source, t), source: reason.source })
    case 'master': {
      const found = salon.masters.find(({ id }) => id === reason.master)
      return say({ master: found === undefined ? reason.master : named(found.name, language) })
    }
    case 'times': {
      const times = reason.times.map((time) => t(`playbook.newcomer.when.${time}`))
      return say({ times: new Intl.ListFormat(language, { type: 'disjunction' }).format(times) })
    }
    case 'cameBack':
      return say({ count: reason.days })
    case 'phone':
    case 'friends':
      return say()
  }
}

/** Where a link stood, as far as its name says: "wall-manicure" is a post. */
const places: Readonly<Record<string, string>> = {
  wall: 'post',
  post: 'post',
  story: 'story',
  stories: 'story',
  qr: 'qr',
  site: 'site',
  web: 'site',
  ad: 'ad',
  ads: 'ad',
}

function placeWords(source: string, t: Translate): string {
  const known = source
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => places[word])
  return t(`playbook.newcomer.places.${known.find((one) => one !== undefined) ?? 'link'}`)
}
