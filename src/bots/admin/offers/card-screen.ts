import type { InlineKeyboardButton } from 'telegraf/types'
import { draftWords } from '../../../domain/offers/draft-about.ts'
import type { OfferState } from '../../../domain/offers/transitions.ts'
import { isOver } from '../../../domain/offers/transitions.ts'
import type { Progress } from '../../../storage/deliveries.ts'
import type { OfferPreview } from '../../../storage/offer-preview.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { OfferLogRow } from '../../../storage/offers.ts'
import type { StaffRole } from '../../../storage/staff.ts'
import { showDate, type Desk } from '../desk.ts'
import { showProbability } from '../segments/words.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { anybody, codeNote } from './message-parts.ts'
import type { OfferContext } from './options.ts'
import { lookRow } from './picture-screens.ts'
import { previewLines } from './preview-lines.ts'
import { progressLines } from './progress-lines.ts'
import { variantParts, variantRow } from './card-variants.ts'
import type { PressedAct } from './route.ts'
import {
  discountShown,
  eventWords,
  perClientWords,
  scheduleWords,
  stateWords,
  titleOf,
  validityWords,
  whomWords,
} from './words.ts'

export interface CardFacts {
  offer: StoredOffer
  log: readonly OfferLogRow[]
  /** While it is not approved. */
  preview?: OfferPreview
  /** From the approval on. */
  progress?: Progress
}

/**
 * An offer as whoever decides needs it: what is said, to whom, what comes of it, and what can be done.
 * @param variant the text to be shown first, where there are several
 */
export function cardScreen(
  { offer, log, preview, progress }: CardFacts,
  role: StaffRole,
  context: Pick<OfferContext, 'books' | 'translate'>,
  desk: Desk,
  variant?: string,
): Screen {
  const { books, translate } = context
  const { spec } = offer
  const { salon } = desk
  const example = preview?.examples[0] ?? anybody(spec, desk)
  const at = preview?.startAt ?? desk.now.getTime()
  const text = lines(
    [{ bold: `✉️ ${titleOf(spec, desk)}` }],
    [capitalized(stateWords(offer, desk))],
    ...restLines(offer, context, desk),
    ...historyLines(log, desk),
    ...draftLines(offer, desk),
    [],
    ...progressBlock(offer, progress, context, desk),
    ...seenBy(offer, preview, desk),
    ...variantParts(
      spec,
      { ...example, ...(variant !== undefined && { variant }) },
      at,
      { salon, translate },
      desk,
    ),
    ...codeNote(spec, desk),
    [],
    ...termLines(offer, desk),
    ...(preview ? [[], ...previewLines(offer, preview, books.policy, desk)] : []),
    ...warnings(offer, preview, role, context, desk),
  )
  return screen(text, [...variantRow(offer, variant ?? example.variant, desk), ...keyboard(offer, desk)])
}

/** Until when nothing like it is drafted. */
function restLines(
  offer: StoredOffer,
  { books }: Pick<OfferContext, 'books'>,
  desk: Desk,
): (readonly Part[])[] {
  const until = books.restsUntil(offer)
  return until === undefined ? [] : [[desk.t('offers.rests', { day: showDate(new Date(until), desk) })]]
}

/** Who did what last; why it was rejected. */
function historyLines(log: readonly OfferLogRow[], desk: Desk): (readonly Part[])[] {
  const last = log.findLast(({ what }) => what !== 'edited') ?? log.at(-1)
  if (!last) return []
  return [[eventWords(last, desk)], ...(last.why === null ? [] : [[desk.t('offers.why', { why: last.why })]])]
}

/** Who drafted it and why: while somebody decides. */
function draftLines({ about, standing }: StoredOffer, { t, language, salon }: Desk): (readonly Part[])[] {
  if (!about || !isOpen(standing.state)) return []
  return [[], ...draftWords(about, language, { salon, words: () => t }).map((line) => [line])]
}

/** When a standing offer reaches a client, and how often the same one. */
function occasionLines(spec: StoredOffer['spec'], desk: Desk): (readonly Part[])[] {
  if (spec.schedule.kind !== 'standing') return []
  return [
    [desk.t('offers.terms.when', { when: scheduleWords(spec, desk) })],
    [desk.t('offers.terms.perClient', { times: perClientWords(spec, desk) })],
  ]
}

function progressBlock(
  offer: StoredOffer,
  progress: Progress | undefined,
  { books }: Pick<OfferContext, 'books'>,
  desk: Desk,
): (readonly Part[])[] {
  return progress ? [...progressLines(offer, progress, books.policy, desk), []] : []
}

function seenBy({ spec }: StoredOffer, preview: OfferPreview | undefined, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  const where = spec.channel === 'any' ? 'both' : spec.channel
  const name = preview?.examples[0]?.addressee.name
  return [
    [name === undefined ? t(`offers.seen.${where}`) : t(`offers.seenBy.${where}`, { name })],
    ...(spec.picture === undefined ? [] : [[t('offerPicture.with')]]),
  ]
}

function termLines({ spec }: StoredOffer, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  const { coupon, holdoutShare, limits } = spec
  return [
    [{ bold: t('offers.terms.whom') }, ` ${whomWords(spec, desk)}`],
    [
      t('offers.terms.discount', {
        discount: discountShown(spec, desk),
        valid: validityWords(spec.validity, desk),
      }),
    ],
    [coupon === undefined ? t('offers.terms.noCoupon') : t('offers.terms.coupon', { count: coupon.uses })],
    ...occasionLines(spec, desk),
    ...(limits.recipients === undefined
      ? []
      : [
          [
            t('offers.terms.limit', { count: limits.recipients }),
            ` ${t(`offers.terms.${spec.schedule.kind === 'standing' ? 'first' : 'lots'}`)}`,
          ],
        ]),
    ...(holdoutShare > 0
      ? [[t('offers.terms.holdout', { share: showProbability(holdoutShare, desk) })]]
      : []),
  ]
}

function warnings(
  { spec, standing }: StoredOffer,
  preview: OfferPreview | undefined,
  role: StaffRole,
  { books }: Pick<OfferContext, 'books'>,
  desk: Desk,
): (readonly Part[])[] {
  const { t } = desk
  if (!isOpen(standing.state)) return []
  const problems = books.problemsOf(spec).map(({ reason, params }) => t(`offer.problems.${reason}`, params))
  const unwise = books
    .brokenRulesOf(spec)
    .map(({ group, rule, percent = 0 }) =>
      t(`playbook.broken.${rule}`, { group: capitalized(t(`drafts.group.${group}`)), percent }),
    )
  const forOwner = role !== 'owner' && books.needsOwner(spec, preview?.recipients ?? 0)
  const all = [...new Set(problems), ...unwise, ...(forOwner ? [t('offers.forOwner')] : [])]
  return all.length === 0 ? [] : [[], ...all.map((words) => [`⚠️ ${words}`])]
}

const capitalized = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1)

/** Somebody still decides whether it goes. */
export const isOpen = (state: OfferState): boolean =>
  state === 'draft' || state === 'pending' || state === 'rejected'

function keyboard(offer: StoredOffer, desk: Desk): InlineKeyboardButton[][] {
  const { t } = desk
  const { id, sendingSince, standing, spec } = offer
  const { state, version } = standing
  const say = (name: string) => t(`offers.buttons.${name}`)
  const edit = button(say('edit'), { screen: 'offerEdit', id })
  // A standing offer has its occasions.
  const when = spec.schedule.kind === 'standing' ? [] : [button(say('when'), { screen: 'offerWhen', id })]
  const examples = button(say('examples'), { screen: 'offerExamples', id })
  const stop = (name: string) => button(say(name), { screen: 'offerCancel', id, version }, 'danger')
  const act = (name: Exclude<PressedAct, 'cancel'>, style?: 'success' | 'primary') =>
    button(say(name), { screen: 'offerAct', id, version, act: name }, style)
  const refresh = button(t('admin.buttons.refresh'), { screen: 'offer', id })
  const rows: Partial<Record<OfferState, InlineKeyboardButton[][]>> = {
    draft: [[act('submit', 'success')], [edit, ...when], [examples, stop('discard')]],
    pending: [
      [act('approve', 'success'), button(say('reject'), { screen: 'offerReject', id }, 'danger')],
      [edit, ...when],
      [examples],
    ],
    rejected: [[edit, stop('discard')]],
    approved: [[...when, edit], [stop('stop')]],
    scheduled: [[...when, edit], [stop('stop')]],
    sending: [[act('pause', 'primary'), stop('stop')], [refresh]],
    paused: [[act('resume', 'success'), stop('stop')], [edit]],
  }
  const away = standing.retiredAt !== undefined
  const over = [button(say('again'), { screen: 'offerAgain', id }), act(away ? 'bringBack' : 'retire')]
  const list = !isOver(state) ? 'offers' : away ? 'offersRetired' : 'offersOver'
  // While it goes out there is nothing to tell; a standing offer goes out for ever.
  const told = sendingSince && (isOver(state) || spec.schedule.kind === 'standing')
  const results = told ? [[button(t('offerResult.open'), { screen: 'offerResult', id })]] : []
  const history = button(say('history'), { screen: 'offerHistory', id, page: 0 })
  return [
    ...(rows[state] ?? [over]),
    ...lookRow(offer, desk),
    ...results,
    [button(say('list'), { screen: list, page: 0 }), history],
  ]
}
