import { named, type Language, type Salon } from '../salon.ts'
import type { Translate } from '../survey-words.ts'
import type { NewcomerReason } from './newcomer.ts'
import { newcomerReasonWords } from './newcomer-draft.ts'
import { textIn, type OfferText } from './offer.ts'
import type { PlaybookGroup } from './playbook.ts'

/** Why the program drafted an offer: kept with it, for who decides. */
export type DraftAbout =
  | {
      by: 'playbook'
      /** Id of the playbook's entry. */
      entry: string
      /** What to do for this group, and what not; absent: it is about no group. */
      group?: PlaybookGroup
      line?: string
      /** The line that is offered to those of `line`. */
      target?: string
      /** So many are in the segments meant; absent: a standing offer, which waits for its people. */
      clients?: number
      /** The salon's own words, where its rule has some. */
      why?: OfferText
      do?: OfferText
      dont?: OfferText
    }
  | { by: 'newcomer'; score: number; reasons: readonly NewcomerReason[]; sex?: 'female' | 'male' }

/**
 * Who drafted it and why, in sentences, each a line of its own: "Draft by the rules: vulnerable clients, nails, 34 people".
 * @returns the line that names it, then the advice: what to do and what not, or a newcomer's reasons, the weightiest first
 */
export function draftWords(
  about: DraftAbout,
  language: Language,
  {
    salon,
    words,
  }: { salon: Pick<Salon, 'languages' | 'lines' | 'masters'>; words: (language: Language) => Translate },
): string[] {
  const t = words(language)
  if (about.by === 'newcomer') {
    const reasons = about.reasons.map((reason) =>
      newcomerReasonWords(reason, about.sex, language, { salon, words }),
    )
    const why =
      reasons.length === 0 ? t('drafts.noReasons') : t('drafts.why', { reasons: reasons.join(', ') })
    return [t('drafts.newcomer'), why]
  }
  const { group, line, target, clients, why } = about
  const own = (text: OfferText) => textIn(text, language, salon.languages)
  const advice = (what: 'do' | 'dont') => {
    const told = about[what]
    if (told) return [own(told)]
    return group === undefined ? [] : [t(`playbook.${what}.${group}`)]
  }
  const nameOf = (id: string) => {
    const found = salon.lines.find((one) => one.id === id)
    return found === undefined ? id : named(found.name, language)
  }
  const whom = [
    t(`drafts.group.${group ?? 'everybody'}`),
    ...(line === undefined ? [] : [nameOf(line)]),
    ...(target === undefined ? [] : [t('drafts.target', { line: nameOf(target) })]),
    ...(clients === undefined ? [] : [t('drafts.clients', { count: clients })]),
  ].join(', ')
  return [
    t(clients === undefined ? 'drafts.standing' : 'drafts.playbook', { whom }),
    ...(why ? [t('drafts.why', { reasons: own(why).replace(/\.$/, '') })] : []),
    ...advice('do'),
    ...advice('dont'),
  ]
}
