import type { AnalysedFile } from '../../domain/value/analysed-file.ts'
import type { GroupAnalysis } from '../../domain/value/group-analysis.ts'
import type { Language } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'
import { figuresIn, type Figures } from '../../reports/value-report/figures.ts'
import { certaintyOf } from '../../reports/value-report/certainty.ts'
import { warningLine } from '../../reports/value-report/warning-words.ts'
import { sayAccount } from './say-account.ts'
import { oneLine, textTable, wrappedText } from './text-table.ts'

export interface SayOptions {
  say: (line: string) => void
  /** Days since 1970-01-01. */
  today: number
  t: Translate
  language: Language
}

interface Saying {
  file: AnalysedFile
  today: number
  t: Translate
  figures: Figures
}

/** Says what a file of visits tells: who the clients are, what is to be done, who is slipping away, and how sure that is. */
export function sayAnalysis(file: AnalysedFile, { say, today, t, language }: SayOptions): void {
  const saying = { file, today, t, figures: figuresIn(language) }
  const parts = [
    sayAccount(saying),
    segmentsPart(saying),
    advicePart(saying),
    linesPart(saying),
    warningsPart(saying),
    certaintyPart(saying),
  ]
  for (const line of parts
    .filter((part) => part.length > 0)
    .flatMap((part, at) => (at === 0 ? part : ['', ...part])))
    say(line)
}

/** Of so few clients shares say nothing. */
const fewClients = 30

function segmentsPart({ file, t, figures }: Saying): string[] {
  const { overall } = file.analysis
  const n = overall.totals.client.length
  const revenue = overall.segments.reduce((sum, { kopecks }) => sum + kopecks, 0)
  const share = (part: number, whole: number) => (n < fewClients ? '–' : figures.share(part, whole))
  const rows = overall.segments
    .filter(({ clients }) => clients > 0 || overall.segments.length <= 4)
    .map(({ segment, clients, kopecks, clvKopecks }) => [
      t(`segments.name.${segment}`),
      figures.count(clients),
      share(clients, n),
      figures.roubles(kopecks),
      share(kopecks, revenue),
      clients > 0 ? figures.roubles(clvKopecks / clients) : '–',
    ])
  const columns = ['segment', 'clients', 'share', 'revenue', 'revenueShare', 'clv'].map((one) =>
    t(`analyse.column.${one}`),
  )
  return [
    t('analyse.segments.title', { count: n, n: figures.count(n) }),
    '',
    ...textTable(columns, rows),
    '',
    ...wrappedText(t('analyse.column.about'), '  '),
    ...(n < fewClients ? ['', ...wrappedText(t('analyse.few', { count: n }), '  ')] : []),
  ]
}

function advicePart({ file, t }: Saying): string[] {
  const present = file.analysis.overall.segments.filter(({ clients }) => clients > 0)
  return [
    t('analyse.advice.title'),
    ...present.flatMap(({ segment }) => [
      '',
      ...wrappedText(`${t(`segments.name.${segment}`)}: ${t(`segments.meaning.${segment}`)}.`, '  '),
      ...wrappedText(t(`analyse.advice.${segment}`), '    '),
    ]),
  ]
}

/** Of so many lines a table is still one. */
const mostLines = 6

function linesPart({ file, t, figures }: Saying): string[] {
  const { lines, overall } = file.analysis
  if (lines.size === 0) return []
  const shown = [...lines]
    .toSorted(([, a], [, b]) => b.totals.client.length - a.totals.client.length)
    .slice(0, mostLines)
  const countIn = (group: GroupAnalysis, place: number) => figures.count(group.segments[place]?.clients ?? 0)
  const rows = overall.segments.flatMap(({ segment }, place) =>
    shown.every(([, group]) => group.segments[place]?.clients === 0)
      ? []
      : [[t(`segments.name.${segment}`), ...shown.map(([, group]) => countIn(group, place))]],
  )
  const sums = [
    t('analyse.lines.all'),
    ...shown.map(([, group]) => figures.count(group.totals.client.length)),
  ]
  const left = lines.size - shown.length
  return [
    t('analyse.lines.title'),
    '',
    ...textTable(
      [t('analyse.column.segment'), ...shown.map(([id]) => oneLine(file.lineName(id)))],
      [...rows, sums],
    ),
    ...(left > 0 ? ['', `  ${t('analyse.lines.more', { count: left })}`] : []),
  ]
}

const mostWarnings = 10

function warningsPart(saying: Saying): string[] {
  const { file, t, figures } = saying
  const { warnings, totals } = file.analysis.overall
  const title = t('analyse.warnings.title')
  if (warnings.length === 0) return [title, '', `  ${t('analyse.warnings.nobody')}`]
  const atStake = warnings.reduce((sum, { atStakeKopecks }) => sum + atStakeKopecks, 0)
  const shown = warnings.slice(0, mostWarnings)
  return [
    title,
    '',
    ...wrappedText(
      t('analyse.warnings.about', {
        count: warnings.length,
        n: figures.count(warnings.length),
        money: figures.roubles(atStake),
      }),
      '  ',
    ),
    '',
    ...shown.map(
      (warning) =>
        `  ${oneLine(file.clientId(totals.client[warning.row] ?? 0))}: ${warningLine(warning, { t, figures })}`,
    ),
    ...(warnings.length > shown.length
      ? [
          '',
          `  ${t('analyse.warnings.more', { count: warnings.length - shown.length, n: figures.count(warnings.length - shown.length) })}`,
        ]
      : []),
  ]
}

function certaintyPart({ file, t, figures }: Saying): string[] {
  return [
    t('analyse.certainty.title'),
    '',
    ...certaintyOf(file.analysis.overall, { t, figures }).flatMap((sentence) => wrappedText(sentence, '  ')),
  ]
}
