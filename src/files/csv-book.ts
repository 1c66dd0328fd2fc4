import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'

import { AdviceError } from '../domain/advice-error.ts'
import type { BookRow } from '../domain/visit-file/layout.ts'
import { chunksOf, type ByteSource } from './byte-source.ts'
import { detectDelimiter, type DelimiterFound } from './detect-delimiter.ts'
import { createEncodingWatch, type Encoding } from './detect-encoding.ts'
import type { Book, RowBatch } from './book.ts'

/**
 * A CSV file, its encoding found by all of its bytes and its delimiter by the first lines. A row is what a spreadsheet makes a row:
 * line breaks inside quotes don't end it, and empty lines count.
 * @throws AdviceError `files.unreadable`: these are no texts
 */
export async function openCsv(source: ByteSource): Promise<Book> {
  const encoding = await encodingOf(source)
  const head = new TextDecoder(encoding).decode(await source.read(0, 65_536), { stream: true })
  if (/\0/.test(head)) throw new AdviceError('files.unreadable')
  const found = detectDelimiter(head)
  const { delimiter } = found
  return {
    format: { kind: 'csv', encoding, delimiter },
    sizeBytes: source.sizeBytes,
    batches: () => rowsOf(source, encoding, found),
    close: source.close,
  }
}

async function encodingOf(source: ByteSource): Promise<Encoding> {
  const watch = createEncodingWatch()
  for await (const chunk of chunksOf(source)) watch.add(chunk)
  return watch.encoding()
}

const batchRows = 2000
/** A row of more bytes has a quote that was never closed. */
const maxRowBytes = 1_000_000

async function* rowsOf(
  source: ByteSource,
  encoding: Encoding,
  { delimiter, cells: usual, skip }: DelimiterFound,
): AsyncGenerator<RowBatch> {
  let bytesRead = 0
  const texts = async function* () {
    const decoder = new TextDecoder(encoding)
    // The library compares each row with the first, and spends more on one that is longer than on reading it: files often
    // begin with a title, so a row of the usual length goes before.
    yield `${delimiter.repeat(usual - 1)}\n`
    let left = skip
    for await (const chunk of chunksOf(source)) {
      bytesRead += chunk.length
      const text = decoder.decode(chunk, { stream: true })
      yield text.slice(left)
      left = Math.max(0, left - text.length)
    }
    yield decoder.decode()
  }
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRowBytes,
  })
  Readable.from(texts(), { objectMode: true })
    .on('error', (error) => parser.destroy(error))
    .pipe(parser)
  let rows: BookRow[] = []
  let number = -1
  const share = () => bytesRead / Math.max(1, source.sizeBytes)
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (++number === 0) continue
      rows.push({ number, cells })
      if (rows.length < batchRows) continue
      yield { rows, share: share() }
      rows = []
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new AdviceError('files.quoteOpen', { row: Number(error['records']) }, { cause: error })
  }
  if (rows.length > 0) yield { rows, share: 1 }
}
