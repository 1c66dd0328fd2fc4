import { clearLine, cursorTo } from 'node:readline'

import type { Console } from '../console.ts'

/** Shows how far a long work has come. */
export interface Progress {
  /** @param share from 0 to 1 */
  at(share: number, rows: number): void
  /** It is over, well or not. */
  end(): void
}

const linesEveryMs = 10_000
const barLength = 30

/**
 * A bar on a terminal; where nobody sits at one, a line now and then. It is drawn by hand: @clack's takes the keyboard, and ends the
 * process at Ctrl-C, in the middle of what is being written.
 */
export function startProgress(
  what: string,
  { terminal, say, t }: Pick<Console, 'terminal' | 'say' | 't'>,
): Progress {
  const words = (share: number, rows: number): string =>
    `${what}: ${t('import.progress', { percent: Math.floor(share * 100), rows })}`
  if (terminal === undefined) {
    let saidAt = Date.now()
    return {
      at(share, rows) {
        if (Date.now() - saidAt < linesEveryMs) return
        saidAt = Date.now()
        say(words(share, rows))
      },
      end() {},
    }
  }
  const { output } = terminal
  let drawn = false
  return {
    at(share, rows) {
      const full = Math.round(share * barLength)
      if (drawn) cursorTo(output, 0)
      output.write(`${'█'.repeat(full)}${'░'.repeat(barLength - full)} ${words(share, rows)}`)
      clearLine(output, 1)
      drawn = true
    },
    end() {
      if (drawn) output.write('\n')
      drawn = false
    },
  }
}
