import type { Logger } from 'pino'

import type { Settings } from '../../settings.ts'
import type { Sentence } from '../../settings/problem.ts'
import type { Ask } from './ask.ts'

/** What one look found: all well, something odd, or something that must be mended. */
export interface Finding {
  level: 'ok' | 'warning' | 'problem'
  /** What is so. */
  text: Sentence
  /** How to mend it. */
  advice?: Sentence
}

/** What the checks may use. */
export interface Patient {
  settings: Settings
  log: Logger
  ask: Ask
}

export type Check = (patient: Patient) => Promise<Finding[]>

type Values = Sentence['values']

const sentence = (key: string, values: Values): Sentence => ({
  key: `doctor.${key}`,
  ...(values && { values }),
})

/** All well: says `doctor.<key>`. */
export const ok = (key: string, values?: Values): Finding => ({ level: 'ok', text: sentence(key, values) })

/** Odd: says `doctor.<key>.is` and advises `doctor.<key>.mend`. */
export const warning = (key: string, values?: Values): Finding => ({
  ...problem(key, values),
  level: 'warning',
})

/** Wrong: says `doctor.<key>.is` and advises `doctor.<key>.mend`. */
export const problem = (key: string, values?: Values): Finding => ({
  level: 'problem',
  text: sentence(`${key}.is`, values),
  advice: sentence(`${key}.mend`, values),
})
