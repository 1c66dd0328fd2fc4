import { AdviceError } from '../domain/advice-error.ts'
import { segmentCodebook } from '../domain/export/segment-codebook.ts'
import { segmentColumns, segmentRows, type SegmentExportOptions } from '../domain/export/segments.ts'
import type { Cell, StreamedTable, Table } from '../domain/export/parts.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { Translate } from '../locales.ts'
import { maxCells } from '../reports/spreadsheet.ts'
import type { PrismaClient } from '../storage/generated/client.ts'
import { segmentOverview } from '../storage/segment-overview.ts'
import { countSegmentRows, modelsByLine, segmentRowsOf } from '../storage/segment-rows.ts'

export interface SegmentTablesOptions {
  prisma: PrismaClient
  salon: Salon
  t: Translate
  language: Language
  /** In the salon's zone: "2026-11-25". */
  day: string
}

/**
 * The segments as tables: all clients, row by row as they come from the database, and what the columns mean.
 * @throws AdviceError `value.export.nothing`
 */
export async function streamSegments({
  prisma,
  salon,
  t,
  language,
  day,
}: SegmentTablesOptions): Promise<[segments: StreamedTable, codebook: Table]> {
  const overview = await segmentOverview(prisma)
  if (!overview) throw new AdviceError('value.export.nothing')
  const options: SegmentExportOptions = {
    models: await modelsByLine(prisma),
    clients: overview.groups[0]?.clients ?? 1,
    asOf: Temporal.PlainDate.from('1970-01-01').until(day).days,
    salon,
    t,
    language,
  }
  async function* rows(): AsyncGenerator<readonly Cell[]> {
    for await (const batch of segmentRowsOf(prisma)) yield* segmentRows(batch, options)
  }
  const table: StreamedTable = {
    name: 'segments',
    title: t('value.export.title'),
    columns: segmentColumns(t),
    rows: { [Symbol.asyncIterator]: rows },
    rowCount: await countSegmentRows(prisma),
  }
  return [table, segmentCodebook(overview.scheme, options, day)]
}

/**
 * The same in memory, for a book.
 * @throws AdviceError `value.export.tooBig` and those of `streamSegments`
 */
export async function readSegments(
  options: SegmentTablesOptions,
): Promise<[segments: Table, codebook: Table]> {
  const [{ rows, ...table }, codebook] = await streamSegments(options)
  if (table.rowCount * table.columns.length > maxCells) throw new AdviceError('value.export.tooBig')
  const all: (readonly Cell[])[] = []
  for await (const row of rows) all.push(row)
  return [{ ...table, rows: all, rowCount: all.length }, codebook]
}
