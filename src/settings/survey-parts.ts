/** The words of questions, and scales: what the schema of survey.yaml is made of. */
import * as z from 'zod'

import type { Scale } from '../domain/answer.ts'
import { named } from './schema-parts.ts'

export const ask = named(500, 'ask')
export const short = named(40, 'short')
export const hint = named(300, 'hint')
/** What the end of a scale means. */
export const end = named(60, 'end')
export const rowName = named(60, 'rowName')

/** "1-5" -> its ends. */
export function toScale(text: string): Scale {
  const [from = 1, to = 10] = text.split(/[-–—]/).map(Number)
  return { from, to }
}

export const scale = z
  .string('scale')
  .regex(/^[01]\s*[-–—]\s*([2-9]|10)$/, 'scale')
  .transform(toScale)
