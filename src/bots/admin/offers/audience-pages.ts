/** The conditions of an audience, a page for each sort of them. */
import type { InlineKeyboardButton } from 'telegraf/types'
import { hasRule, hasValue } from '../../../domain/offers/audience-edit.ts'
import { aspectOf, toAudience } from '../../../domain/offers/simple-audience.ts'
import type { SimpleRule } from '../../../domain/offers/simple-audience.ts'
import { dayOf, nameOf, type Desk } from '../desk.ts'
import { button } from '../screen.ts'
import { segmentName, showCount } from '../segments/words.ts'
import { questionRows } from './answer-screens.ts'
import { press } from './audience-head.ts'
import type { AudiencePage } from './audience-route.ts'
import { codeOf } from './condition-codes.ts'
import type { PageContext } from './page-context.ts'
import { inRows } from './part-words.ts'
import { overLine, visits } from './visit-page.ts'
import { audienceShown, sourceName } from './words.ts'

export type ShownPage = AudiencePage | 'months' | 'except'

export function conditions(page: ShownPage, at: number, context: PageContext): InlineKeyboardButton[][] {
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
  return inRows(
    all.map((month) =>
      press(monthName(month, desk), hasRule(simple, { kind: 'birthday', month }), id, `month.${month}`),
    ),
    3,
  )
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

/** Where a condition is chosen; undefined: no page has it. */
export const pageOfKind: Readonly<Record<SimpleRule['kind'], AudiencePage | undefined>> = {
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
