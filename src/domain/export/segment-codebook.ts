import { segmentsOf } from '../value/segment-rank.ts'
import type { SchemeName } from '../value/value-settings.ts'
import type { Cell, Table } from './parts.ts'
import { lineNameOf, segmentColumns, type SegmentExportOptions } from './segments.ts'

const columns = ['column', 'header', 'values'] as const

/** What every column and every segment is, and how sure the forecasts are. */
export function segmentCodebook(scheme: SchemeName, options: SegmentExportOptions, date: string): Table {
  const { t, models, salon, language } = options
  const notes = [
    t('value.export.notes.personal'),
    t('value.export.notes.rows'),
    t('value.export.notes.asOf', { date }),
    ...[...models].map(([line, model]) =>
      t(model.kind === 'models' ? 'value.export.notes.models' : 'value.export.notes.noModels', {
        line: lineNameOf(line, salon, t, language),
        clients: model.clients,
        repeat: model.repeatClients,
      }),
    ),
    t('value.export.notes.csv'),
  ]
  const rows: Cell[][] = [
    ...notes.map((note): Cell[] => [undefined, undefined, note]),
    ...segmentColumns(t).map(({ key, header }): Cell[] => [
      key,
      header,
      t(`value.export.columns.${key}.about`),
    ]),
    ...segmentsOf(scheme).map((segment): Cell[] => [
      segment,
      t(`segments.name.${segment}`),
      t(`segments.meaning.${segment}`),
    ]),
  ]
  return {
    name: 'segments-codebook',
    title: t('export.titles.codebook'),
    columns: columns.map((key) => ({ key, header: t(`export.codebook.${key}`), type: 'text' })),
    rows,
    rowCount: rows.length,
  }
}
