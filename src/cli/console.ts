import type { Readable, Writable } from 'node:stream'
import type { Translate } from '../locales.ts'

/** What a command has around it. */
export interface Console {
  env: NodeJS.ProcessEnv
  cwd: string
  /** Writes a line for the person to standard output. */
  say: (line: string) => void
  /**
   * Writes a piece of something long to standard output; resolves when there is room for the next. Default: `say`, a line for each
   * piece.
   */
  write?: (text: string) => Promise<void>
  /** Writes a line to standard error. */
  complain: (line: string) => void
  t: Translate
  /** Where a person sits and can be asked; absent: nobody does. */
  terminal?: { input: Readable; output: Writable }
}

/** Exit codes: all is well; something is wrong or failed; the command or the settings are wrong. */
export const exitCodes = { ok: 0, trouble: 1, usage: 2 } as const
