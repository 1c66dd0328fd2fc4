import { createTexts, type Texts } from './texts.ts'
import { hearXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** The texts that cells name by number. How they are set (runs of rich text) does not matter, how Japanese is read (rPh) neither. */
export async function readSharedStrings(zip: Zip): Promise<Texts> {
  const texts = createTexts()
  let item: string | undefined
  let [inText, inReading] = [false, false]
  await hearXml(zip.read('xl/sharedStrings.xml'), {
    open(name) {
      if (name === 'si') item = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') inReading = true
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') texts.add(unspelt(item ?? ''))
    },
    text(piece) {
      if (inText && !inReading) item += piece
    },
  })
  return texts
}

/** "_x000D_" is how a book spells what XML can't hold (ECMA-376 part 1, 22.9.2.19). */
export const unspelt = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([\da-f]{4})_/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text
