import type { AnalysedFile } from '../../domain/value/analysed-file.ts'
import type { Translate } from '../../locales.ts'
import type { Figures } from '../../reports/value-report/figures.ts'
import { oneLine, wrappedText } from './text-table.ts'

interface Account {
  file: AnalysedFile
  /** Days since 1970-01-01. */
  today: number
  t: Translate
  figures: Figures
}

/** What was in the file, as of which day it is looked at, and what became of the rows that are no visits. */
export function sayAccount({ file, today, t, figures }: Account): string[] {
  const { account, analysis } = file
  const count = (key: string, value: number) =>
    t(`analyse.account.${key}`, { count: value, n: figures.count(value) })
  const head = t('analyse.account.file', {
    file: file.name,
    rows: count('rows', account.rows),
    visits: count('visits', account.visits),
    clients: count('clients', analysis.overall.totals.client.length),
  })
  const notes = (
    ['refunds', 'withoutAmount', 'later', 'calledOff', 'others', 'linesLeft', 'refused'] as const
  )
    .filter((key) => account[key] > 0)
    .map((key) => count(key, account[key]))
  return [
    ...wrappedText(head, ''),
    ...wrappedText(t(`analyse.account.asOf.${file.asOfSource}`, { day: figures.day(file.asOf) }), ''),
    ...(file.asOf > today ? wrappedText(t('analyse.account.future'), '') : []),
    ...notes.flatMap((note) => wrappedText(note, '')),
    ...account.examples.slice(0, shownExamples).map((example) => `  ${sayExample(example, t)}`),
  ]
}

const shownExamples = 5

type Example = AnalysedFile['account']['examples'][number]

const sayExample = ({ row, column, value, reason }: Example, t: Translate): string =>
  t('analyse.account.example', {
    row,
    column: oneLine(column),
    value: oneLine(value),
    reason: t(`visitFile.reason.${reason}`),
  })
