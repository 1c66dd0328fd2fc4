import type { Language } from '../salon.ts'
import type { Translate } from '../survey-words.ts'
import type { Audience, Range } from './audience.ts'

/** How a person of the salon reads rules: in their language, with the salon's names. */
export interface AudienceReader {
  language: Language
  t: Translate
  /** Names of ids; `answer` names one value of a question's answer. */
  names: {
    segment: (id: string) => string
    line: (id: string) => string
    source: (id: string) => string
    question: (id: string) => string
    /** A row of a grid. */
    row: (question: string, row: string) => string
    answer: (question: string, value: string) => string
  }
}

/** A rule in words: "группа «Уязвимые» (Ногтевой сервис) и не были 60 дней и дольше". */
export function audienceWords(rule: Audience, reader: AudienceReader): string {
  const { language, t, names } = reader
  const either = (some: readonly string[]) =>
    new Intl.ListFormat(language, { type: 'disjunction' }).format(some)
  const say = (key: string, values?: Record<string, string | number>) => t(`offer.audience.${key}`, values)
  switch (rule.kind) {
    case 'all':
    case 'any':
      return groupWords(rule, reader)
    case 'not':
      return say('not', { rule: inner(rule.of, reader) })
    case 'clients':
      return say('clients', { count: rule.ids.length })
    case 'segment':
      return onLine(
        say('segment', {
          segments: either(rule.segments.map((id) => say('quoted', { name: names.segment(id) }))),
        }),
        rule,
        reader,
      )
    case 'line':
    case 'interest':
      return say(rule.kind, { lines: either(rule.lines.map(names.line)) })
    case 'lastVisit':
      return onLine(lastVisitWords(rule.days, reader), rule, reader)
    case 'visits':
      return onLine(say('visits', { count: rangeWords(rule.count, reader) }), rule, reader)
    case 'answer':
      return say('answer', {
        question: asked(rule, reader),
        answer: either(rule.values.map((value) => names.answer(rule.question, value))),
      })
    case 'score':
      return say('answer', {
        question: asked(rule, reader),
        answer: rangeWords(rule.score, reader),
      })
    case 'source':
      return say('source', { sources: either(rule.sources.map(names.source)) })
    case 'birthday':
      if ('month' in rule) return say('birthdayMonth', { month: t(`offer.inMonth.${rule.month}`) })
      return rule.withinDays === 0 ? say('birthdayToday') : say('birthday', { count: rule.withinDays })
    case 'everyone':
      return say('everyone')
    case 'sex':
      return say(rule.sex)
    case 'coupon':
      return say(rule.has ? 'coupon' : 'noCoupon')
    case 'card':
      return say(rule.has ? 'card' : 'noCard')
  }
}

function groupWords(
  { kind, of }: Extract<Audience, { kind: 'all' | 'any' }>,
  reader: AudienceReader,
): string {
  const [only] = of
  if (of.length === 1 && only !== undefined) return audienceWords(only, reader)
  const list = new Intl.ListFormat(reader.language, { type: kind === 'all' ? 'conjunction' : 'disjunction' })
  return list.format(of.map((one) => inner(one, reader)))
}

/** A group within another one is put in brackets: "a, and b or c" has two meanings. */
function inner(rule: Audience, reader: AudienceReader): string {
  const words = audienceWords(rule, reader)
  const isGroup = (rule.kind === 'all' || rule.kind === 'any') && rule.of.length > 1
  return isGroup ? `(${words})` : words
}

const onLine = (words: string, { line }: { line?: string }, { names }: AudienceReader): string =>
  line === undefined ? words : `${words} (${names.line(line)})`

/** The question, and of which row: "Оценка: Ногти". */
const asked = ({ question, row }: { question: string; row?: string }, { names }: AudienceReader): string =>
  `${names.question(question)}${row === undefined ? '' : `: ${names.row(question, row)}`}`

function lastVisitWords({ from, to }: Range, { t }: AudienceReader): string {
  if (from === undefined) return t('offer.audience.visitedWithin', { count: to ?? 0 })
  if (to === undefined) return t('offer.audience.awayFor', { count: from })
  return t('offer.audience.lastVisit', { from, count: to })
}

/** "3", "3–5", "не меньше 3", "не больше 5". */
function rangeWords({ from, to }: Range, { t }: AudienceReader): string {
  if (from !== undefined && to !== undefined) return from === to ? String(from) : `${from}–${to}`
  return from === undefined
    ? t('offer.audience.atMost', { number: to ?? 0 })
    : t('offer.audience.atLeast', { number: from })
}
