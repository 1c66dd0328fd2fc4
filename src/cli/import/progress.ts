import { progress } from '@clack/prompts'

import type { Console } from '../console.ts'

/** Shows how far a long work has come. */
export interface Progress {
  /** @param share from 0 to 1 */
  at(share: number, rows: number): void
  /** It is over, well or not. */
  end(): void
}

const linesEveryMs = 10_000

/** A bar on a terminal; where nobody sits at one, a line now and then. */
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
  const bar = progress({ max: 1000, size: 30, style: 'block', ...terminal })
  let [steps, last] = [0, '']
  bar.start(what)
  return {
    at(share, rows) {
      const now = Math.floor(share * 1000)
      last = words(share, rows)
      bar.advance(now - steps, last)
      steps = now
    },
    end: () => bar.stop(last === '' ? what : last),
  }
}
