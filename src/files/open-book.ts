import { AdviceError } from '../domain/advice-error.ts'
import type { Book } from './book.ts'
import { bytesSource, openFileSource, type ByteSource } from './byte-source.ts'
import { openCsv } from './csv-book.ts'
import { openXlsx } from './xlsx-book.ts'

/**
 * Opens a CSV or XLSX file.
 * @throws AdviceError `files.…`: it is not there, or is something else, and what to do
 */
export async function openBook(from: { path: string } | { bytes: Uint8Array }): Promise<Book> {
  const source = 'path' in from ? await openPath(from.path) : bytesSource(from.bytes)
  try {
    return await openAs(kindOf(await source.read(0, 4096)), source)
  } catch (error) {
    await source.close()
    throw error
  }
}

async function openPath(path: string): Promise<ByteSource> {
  try {
    return await openFileSource(path)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new AdviceError(
      code === 'ENOENT' ? 'files.notThere' : 'files.notRead',
      { file: path, code },
      { cause: error },
    )
  }
}

type Kind = 'csv' | 'zip' | 'ole' | 'pdf' | 'archive' | 'markup' | 'image' | 'empty'

/** The first bytes, as hexadecimal digits. */
const marks: readonly [Kind, RegExp][] = [
  ['empty', /^$/],
  ['zip', /^504b(?:0304|0506)/],
  ['ole', /^d0cf11e0/],
  ['pdf', /^25504446/],
  ['archive', /^(?:52617221|377abcaf|1f8b)/],
  ['image', /^(?:89504e47|ffd8ff|47494638)/],
]
const markup = /^\s*<(?:!doctype|html|\?xml|table|meta|head)/i

function kindOf(head: Uint8Array): Kind {
  const digits = Buffer.from(head).toString('hex')
  const kind = marks.find(([, mark]) => mark.test(digits))?.[0]
  return kind ?? (markup.test(new TextDecoder().decode(head)) ? 'markup' : 'csv')
}

async function openAs(kind: Kind, source: ByteSource): Promise<Book> {
  if (kind === 'csv') return openCsv(source)
  if (kind === 'zip') return openXlsx(source)
  if (kind === 'ole') throw new AdviceError((await isEncrypted(source)) ? 'files.password' : 'files.oldExcel')
  throw new AdviceError(`files.${kind}`)
}

/** Excel wraps a book with a password into its old container, where the names of the streams are UTF-16. */
async function isEncrypted(source: ByteSource): Promise<boolean> {
  const name = Buffer.from('EncryptedPackage', 'utf16le')
  for (const start of [0, Math.max(0, source.sizeBytes - 65_536)])
    if (Buffer.from(await source.read(start, 65_536)).includes(name)) return true
  return false
}
