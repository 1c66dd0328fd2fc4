import type { Encoding } from '../detect-encoding.ts'

/**
 * Texts of cells. The encoding was found at the file's beginning: where that has no letters beyond ASCII, what comes later may be
 * Windows-1251 none the less.
 * @param encoding of the file; UTF-16 is UTF-8 by now
 */
export function decoderOf(encoding: Encoding): (bytes: Uint8Array) => string {
  const windows = new TextDecoder('windows-1251')
  if (encoding === 'windows-1251') return (bytes) => windows.decode(bytes)
  const strict = new TextDecoder('utf-8', { fatal: true })
  return (bytes) => {
    try {
      return strict.decode(bytes)
    } catch {
      return windows.decode(bytes)
    }
  }
}
