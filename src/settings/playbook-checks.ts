/** What holds between the rules of `offers` and the rest of salon.yaml. Runs on half-read files too, as far as it can. */
import type * as z from 'zod'
import { audienceKinds } from '../domain/offers/audience-kinds.ts'
import { checkOffer } from '../domain/offers/check-offer.ts'
import { checkPlaybook } from '../domain/offers/check-playbook.ts'
import { defaultPlaybook } from '../domain/offers/default-playbook.ts'
import { brokenRules, type BrokenRule } from '../domain/offers/do-not.ts'
import { offerContext } from '../domain/offers/offer-context.ts'
import { changedPlaybook, type PlaybookChanges, type PlaybookEntry } from '../domain/offers/playbook.ts'
import { draftsFor, type OfferDraft } from '../domain/offers/playbook-drafts.ts'
import type { OfferProblem } from '../domain/offers/problem.ts'
import type { AudienceTerms } from '../domain/offers/read-audience.ts'
import type { Salon } from '../domain/salon.ts'
import { halvesSegments } from '../domain/value/halves.ts'
import { quintileSegments } from '../domain/value/quintiles.ts'
import { checkUnique, idsAt, isObject } from './schema-parts.ts'

type Path = (string | number)[]
type Say = (message: string, path: Path, params?: Record<string, string>) => void

/** @param questions ids of the survey's questions; absent: not known */
export const checkRules =
  (questions: readonly string[] | undefined) =>
  (salon: unknown, context: z.core.$RefinementCtx): void => {
    const offers = isObject(salon) ? salon['offers'] : undefined
    const changes = isObject(offers) && isObject(offers['playbook']) ? offers['playbook'] : undefined
    if (!isObject(salon) || !changes) return
    const say: Say = (message, path, params) =>
      context.addIssue({ code: 'custom', message, path, ...(params && { params }) })
    const terms = {
      lines: idsAt(salon['lines'], []).map(({ id }) => id),
      segments: [...halvesSegments, ...quintileSegments],
      questions: questions ?? [],
    }
    checkShape(changes, terms, questions !== undefined, say)
    checkUnique(context, idsAt(changes['own'], ['offers', 'own']))
    // What is drafted is looked at when there is nothing else to mend.
    if (context.issues.length === 0) checkDrafts(salon as unknown as Salon, terms, say)
  }

/** Names, lines and conditions. */
function checkShape(changes: PlaybookChanges, terms: AudienceTerms, knowsQuestions: boolean, say: Say): void {
  for (const { from, to } of changes.crossSell ?? []) {
    const names = [from, ...(to === '*' ? [] : to)]
    const wrong = names.filter((line) => !terms.lines.includes(line))
    const path = ['offers', 'crossSell', from]
    if (wrong.length > 0)
      say('crossSellLine', path, { known: terms.lines.join(', '), line: wrong.join(', ') })
    else if (names.indexOf(from, 1) > 0) say('crossSellSelf', path, { line: from })
  }
  const { crossSell: _, ...rest } = changes
  for (const problem of checkPlaybook(rest, defaultPlaybook, terms)) {
    // A rule of ours may ask for what the survey asks no more: then it drafts nothing, and that is all.
    const entry = changes.entries?.[idIn(problem.where)]
    const theirs = entry === undefined || entry.conditions !== undefined
    if (problem.reason === 'unknownQuestion' && !(knowsQuestions && theirs)) continue
    sayProblem(problem, pathOf(problem.where, changes), changes, terms, say)
  }
}

const idIn = (where: string): string => where.split('.')[1] ?? ''

/** "entries.comeBack.conditions.0.days" -> where that stands in the file. */
function pathOf(where: string, { own = [] }: PlaybookChanges): Path {
  const [, id = '', ...rest] = where.split('.')
  const place = own.findIndex((one) => one.id === id)
  const inner = rest.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  return place < 0 ? ['offers', 'playbook', id, ...inner] : ['offers', 'own', place, ...inner]
}

function sayProblem(
  { reason, where, params }: OfferProblem,
  path: Path,
  changes: PlaybookChanges,
  terms: AudienceTerms,
  say: Say,
): void {
  const id = String(params?.['id'] ?? '')
  switch (reason) {
    case 'unknownLine':
      return say('masterLine', path, { known: terms.lines.join(', ') })
    case 'unknownSegment':
      return say('ruleSegment', path, { id, known: terms.segments.join(', ') })
    case 'unaddressed':
      return say('ruleOfNoValue', path, { id })
    case 'unknownQuestion':
      return say('ruleQuestion', path, { known: terms.questions.join(', ') })
    case 'takenEntry':
      // Twice among the salon's own is said at its second place.
      return defaultPlaybook.entries.some((one) => one.id === id)
        ? say('ruleTaken', [...path, 'id'])
        : undefined
    case 'range':
      return say('conditionRange', path)
    case 'emptyList':
      return say('conditionEmpty', path)
    case 'tooDeep':
      return say('conditionDeep', path)
    default:
      return sayCondition(where, path, changes, say)
  }
}

/** The form that the condition should have, where its kind is known; else the kinds. */
function sayCondition(where: string, path: Path, changes: PlaybookChanges, say: Say): void {
  const [, id, , ...inner] = where.split('.')
  const entry = changes.own?.find((one) => one.id === id) ?? changes.entries?.[id ?? '']
  let found: unknown = entry?.conditions
  let kind: unknown
  for (const part of inner) {
    found = (found as Record<string, unknown> | undefined)?.[part]
    if (isObject(found) && 'kind' in found) kind = found['kind']
  }
  const form =
    typeof kind === 'string' && Object.hasOwn(audienceKinds, kind) ? audienceKinds[kind] : undefined
  if (form === undefined) say('conditionKind', path, { kinds: Object.keys(audienceKinds).join(', ') })
  else say('conditionForm', path, { form })
}

/** The drafts that the changed rules make: their words, and what the salon says is not done. */
function checkDrafts(salon: Salon, terms: AudienceTerms, say: Say): void {
  const changes = salon.offers.playbook
  const playbook = changedPlaybook(defaultPlaybook, changes)
  const context = offerContext(salon, terms, 0)
  const facts = ['', ...terms.lines].flatMap((line) =>
    terms.segments.map((segment) => ({ line, segment, clients: playbook.leastClients })),
  )
  const drafts = draftsFor({
    facts,
    // Which questions there are has been looked at.
    terms: { ...terms, questions: playbook.entries.flatMap(({ conditions }) => questionsIn(conditions)) },
    playbook,
    day: Temporal.PlainDate.from('1970-01-01'),
    salon,
    words: () => (key) => key,
  })
  for (const draft of drafts) {
    const entry = playbook.entries.find(({ id }) => id === draft.about.entry)
    const path = pathOf(`entries.${draft.about.entry}`, changes)
    if (!entry) continue
    if (needsText(entry)) say('needsText', [...path, 'text'])
    else if (entry.text) sayTextProblems(draft, path, context, say)
    const [broken] = brokenRules(draft.spec, playbook.doNot, salon)
    if (broken) say(brokenWords[broken.rule], [...path, brokenKey(broken, entry)], paramsOf(broken))
  }
}

const brokenWords = {
  anything: 'brokenAnything',
  priceOnly: 'brokenPriceOnly',
  discountAbovePercent: 'brokenDiscount',
  waitForSecondVisit: 'brokenWaiting',
} as const satisfies Record<BrokenRule['rule'], string>

/** What is to be changed in the rule. */
function brokenKey({ rule }: BrokenRule, { discount }: PlaybookEntry): string {
  if (rule === 'anything') return 'segments'
  if (rule === 'waitForSecondVisit') return 'conditions'
  return discount.kind === 'amount' ? 'discountRoubles' : 'discountPercent'
}

/** Our words promise what our rule gives: with another gift, or without the code, they would say what is not so. */
function needsText({ id, discount, uses = 0, text }: PlaybookEntry): boolean {
  const ours = defaultPlaybook.entries.find((one) => one.id === id)
  if (text !== undefined || !ours) return false
  const isMoney = (one: PlaybookEntry['discount']) => one.kind === 'percent' || one.kind === 'amount'
  const sameGift = ours.discount.kind === discount.kind || (isMoney(ours.discount) && isMoney(discount))
  return !sameGift || (ours.uses ?? 0) > 0 !== uses > 0
}

/** The rest of an offer the schema has looked at. */
const textWords: Partial<Record<OfferProblem['reason'], string>> = {
  noText: 'textNoText',
  unknownPlaceholder: 'textUnknownPlaceholder',
  brackets: 'textBrackets',
  noDiscount: 'textNoDiscount',
  noCoupon: 'textNoCoupon',
  codeMissing: 'textCodeMissing',
  lostWith: 'textLostWith',
  lostAll: 'textLostAll',
  tooLong: 'textTooLong',
}

function sayTextProblems(
  { spec }: OfferDraft,
  path: Path,
  context: ReturnType<typeof offerContext>,
  say: Say,
): void {
  for (const { reason, where, params } of checkOffer(spec, context)) {
    const [, , language = ''] = where.split('.')
    const message = textWords[reason]
    if (message) say(message, [...path, 'text', language], paramsOf(params))
  }
}

const paramsOf = (values: object = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))

function questionsIn(conditions: readonly unknown[]): string[] {
  return [...JSON.stringify(conditions).matchAll(/"question":"([^"]+)"/g)].map(([, id = '']) => id)
}
