/** To whom an offer goes: conditions to be switched on and off, a page for each sort of them. */
import type { InlineKeyboardButton } from 'telegraf/types'
import { hasRule, hasValue } from '../../../domain/offers/audience-edit.ts'
import { aspectOf, toAudience, toSimple } from '../../../domain/offers/simple-audience.ts'
import type { SimpleAudience, SimpleRule } from '../../../domain/offers/simple-audience.ts'
import { isSameJson } from '../../../domain/same-json.ts'
import type { SurveyQuestion } from '../../../domain/survey.ts'
import type { Segment } from '../../../domain/value/segment-rank.ts'
import type { StoredOffer } from '../../../storage/offers.ts'
import { dayOf, nameOf, type Desk } from '../desk.ts'
import { button, screen, type Screen } from '../screen.ts'
import { segmentName, showCount } from '../segments/words.ts'
import { questionRows } from './answer-screens.ts'
import { audienceHead, press, type Meant } from './audience-head.ts'
import { codeOf, lineOf, rangeCode } from './audience-press.ts'
import { audiencePages, type AudiencePage } from './audience-route.ts'
import { inRows } from './part-words.ts'
import { audienceShown, sourceName } from './words.ts'

export interface AudienceFacts {
  meant: Meant
  segments: readonly Segment[]
  questions: readonly SurveyQuestion[]
  /** Read for their page only. */
  sources: readonly { source: string; clients: number }[]
}

type ShownPage = AudiencePage | 'months' | 'except'

/** @param problem a key below "offers.wrong" */
export function audienceScreen(
  offer: StoredOffer,
  { page, at = 0 }: { page: ShownPage; at?: number },
  facts: AudienceFacts,
  desk: Desk,
  problem?: string,
): Screen {
  const { id, spec } = offer
  const { t } = desk
  const simple = toSimple(spec.audience)
  const done = [button(t('offers.buttons.ready'), { screen: 'offerEdit', id }, 'success')]
  if (!simple)
    return screen(audienceHead(offer, facts.meant, 'complex', desk, problem), [
      [press(t('offers.audience.anew'), false, id, 'all')],
      done,
    ])
  return screen(audienceHead(offer, facts.meant, page, desk, problem), [
    ...conditions(page, at, { id, simple, facts, desk }),
    ...tabs(page, id, simple, desk),
    ...(simple.length === 0
      ? []
      : [
          [
            button(t('offers.audience.except'), { screen: 'offerWhom', id, page: 'except' }),
            press(t('offers.audience.anew'), false, id, 'all'),
          ],
        ]),
    done,
  ])
}

interface PageContext {
  id: number
  simple: SimpleAudience
  facts: AudienceFacts
  desk: Desk
}

function conditions(page: ShownPage, at: number, context: PageContext): InlineKeyboardButton[][] {
  switch (page) {
    case 'who':
      return who(context)
    case 'visits':
      return visits(context)
    case 'answers':
      return questionRows(context.facts.questions, at, context)
    case 'source':
      return sources(context)
    case 'more':
      return more(context)
    case 'months':
      return months(context)
    case 'except':
      return except(context)
  }
}

function who({ id, simple, facts: { segments }, desk }: PageContext): InlineKeyboardButton[][] {
  const { salon } = desk
  const hasSegment = simple.some(({ rule }) => rule.kind === 'segment')
  return [
    ...inRows(
      segments.map((one) =>
        press(
          segmentName(one, desk),
          hasValue(simple, { kind: 'segment', segments: [one] }),
          id,
          `seg.${one}`,
        ),
      ),
      2,
    ),
    ...(hasSegment ? [[overLine(['segment'], 'segline', { id, simple, desk })]] : []),
    ...inRows(
      salon.lines.map((one) =>
        press(
          nameOf(salon.lines, one.id, desk),
          hasValue(simple, { kind: 'line', lines: [one.id] }),
          id,
          `line.${one.id}`,
        ),
      ),
      2,
    ),
  ]
}

/** Over all lines or in one: pressed, it is the next one. */
function overLine(
  kinds: readonly SimpleRule['kind'][],
  value: string,
  { id, simple, desk }: Pick<PageContext, 'id' | 'simple' | 'desk'>,
): InlineKeyboardButton {
  const { salon, t } = desk
  const line = lineOf(simple, kinds)
  const where = line === undefined ? t('offers.audience.anyLine') : nameOf(salon.lines, line, desk)
  return press(t(`offers.audience.${value}`, { where }), false, id, value)
}

const lastVisits = [{ from: 30 }, { from: 60 }, { from: 90 }, { from: 180 }, { to: 30 }, { to: 90 }]
const visitCounts = {
  never: { from: 0, to: 0 },
  once: { from: 1, to: 1 },
  few: { from: 2, to: 4 },
  often: { from: 5 },
}

function visits({ id, simple, desk }: PageContext): InlineKeyboardButton[][] {
  const { t } = desk
  const line = lineOf(simple, ['lastVisit', 'visits'])
  const where = line === undefined ? {} : { line }
  const timed = simple.filter(({ rule }) => rule.kind === 'lastVisit' || rule.kind === 'visits')
  const last = lastVisits.map((days) => ({
    words: t(`offers.audience.${days.from === undefined ? 'came' : 'away'}`, {
      count: days.from ?? days.to ?? 0,
    }),
    rule: { kind: 'lastVisit', days, ...where } as const,
  }))
  const counts = Object.entries(visitCounts).map(([name, count]) => ({
    words: t(`offers.audience.visits.${name}`),
    rule: { kind: 'visits', count, ...where } as const,
  }))
  const ready = [...last, ...counts]
  const one = (rule: TimedRule, words: string) => press(words, hasRule(simple, rule), id, timedCode(rule))
  // What was typed is shown where it can be taken back.
  const typed = timed.flatMap(({ rule }) =>
    ready.some((other) => isSameJson(other.rule, rule)) ? [] : [rule],
  )
  return [
    ...inRows(
      ready.map(({ rule, words }) => one(rule, words)),
      2,
    ),
    ...typed.map((rule) => [one(rule as TimedRule, audienceShown(toAudience([{ rule }]), desk))]),
    ...(timed.length > 0 && desk.salon.lines.length > 1
      ? [[overLine(['lastVisit', 'visits'], 'dayline', { id, simple, desk })]]
      : []),
  ]
}

type TimedRule = Extract<SimpleRule, { kind: 'lastVisit' | 'visits' }>

const timedCode = (rule: TimedRule): string =>
  rule.kind === 'lastVisit' ? `last.${rangeCode(rule.days)}` : `visits.${rangeCode(rule.count)}`

function sources({ id, simple, facts, desk }: PageContext): InlineKeyboardButton[][] {
  const chosen = simple.flatMap(({ rule }) => (rule.kind === 'source' ? rule.sources : []))
  const known = facts.sources.map(({ source }) => source)
  const gone = chosen.filter((one) => !known.includes(one)).map((source) => ({ source, clients: 0 }))
  return inRows(
    [...facts.sources, ...gone].map(({ source, clients }) =>
      press(
        `${sourceName(source, desk)} · ${showCount(clients, desk)}`,
        chosen.includes(source),
        id,
        `src.${codeOf(source)}`,
      ),
    ),
    2,
  )
}

function more({ id, simple, desk }: PageContext): InlineKeyboardButton[][] {
  const { t, salon } = desk
  const one = (words: string, rule: SimpleRule, value: string) =>
    press(words, hasRule(simple, rule), id, value)
  const { month } = dayOf(desk.now, salon)
  const inMonth = (which: number) =>
    one(monthWords(which, desk), { kind: 'birthday', month: which }, `inmonth.${which}`)
  const birthday = (days: number) =>
    one(
      t('offers.audience.birthday', { count: days }),
      { kind: 'birthday', withinDays: days },
      `birthday.${days}`,
    )
  return [
    [birthday(7), birthday(30)],
    [inMonth(month), inMonth((month % 12) + 1)],
    [button(t('offers.audience.months'), { screen: 'offerWhom', id, page: 'months' })],
    [
      one(t('offers.audience.female'), { kind: 'sex', sex: 'female' }, 'sex.female'),
      one(t('offers.audience.male'), { kind: 'sex', sex: 'male' }, 'sex.male'),
    ],
    ...(['card', 'coupon'] as const).map((kind) => [
      one(t(`offers.audience.${kind}.yes`), { kind, has: true }, `${kind}.yes`),
      one(t(`offers.audience.${kind}.no`), { kind, has: false }, `${kind}.no`),
    ]),
    ...inRows(
      salon.lines.map((line) =>
        press(
          t('offers.audience.wants', { line: nameOf(salon.lines, line.id, desk) }),
          hasValue(simple, { kind: 'interest', lines: [line.id] }),
          id,
          `int.${line.id}`,
        ),
      ),
      2,
    ),
  ]
}

function months({ id, simple, desk }: PageContext): InlineKeyboardButton[][] {
  const all = Array.from({ length: 12 }, (_, place) => place + 1)
  return [
    ...inRows(
      all.map((month) =>
        press(monthName(month, desk), hasRule(simple, { kind: 'birthday', month }), id, `month.${month}`),
      ),
      3,
    ),
  ]
}

const monthWords = (month: number, desk: Desk): string =>
  desk.t('offers.audience.inMonth', { month: desk.t(`offer.inMonth.${month}`) })

const monthName = (month: number, { language }: Desk): string =>
  new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 15))

/** Each condition with its opposite a press away; what has no page of its own can be taken away here. */
function except({ id, simple, desk }: PageContext): InlineKeyboardButton[][] {
  return simple.map(({ rule, except: isExcept }) => {
    const code = codeOf(aspectOf(rule))
    const words = audienceShown(toAudience([{ rule }]), desk)
    const shown = isExcept ? desk.t('offers.audience.exceptThose', { rule: words }) : words
    return [
      press(shown, isExcept === true, id, `not.${code}`),
      ...(pageOfKind[rule.kind] === undefined ? [press('✕', false, id, `del.${code}`)] : []),
    ]
  })
}

/** All pages, always in the same places; ticked are those where something is chosen. */
function tabs(page: ShownPage, id: number, simple: SimpleAudience, { t }: Desk): InlineKeyboardButton[][] {
  const now = page === 'months' ? 'more' : page
  return inRows(
    audiencePages.map((one) => {
      const words = t(`offers.audience.page.${one}`)
      const isUsed = simple.some(({ rule }) => pageOfKind[rule.kind] === one)
      const shown = one === now ? `• ${words} •` : `${isUsed ? '✓ ' : ''}${words}`
      return button(shown, { screen: 'offerWhom', id, page: one })
    }),
    3,
  )
}

const pageOfKind: Readonly<Record<SimpleRule['kind'], AudiencePage | undefined>> = {
  segment: 'who',
  line: 'who',
  lastVisit: 'visits',
  visits: 'visits',
  answer: 'answers',
  score: 'answers',
  source: 'source',
  birthday: 'more',
  sex: 'more',
  coupon: 'more',
  card: 'more',
  interest: 'more',
  clients: undefined,
}
