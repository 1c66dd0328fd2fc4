import { roomBeside } from '../domain/even-pace.ts'
import type { TokenPace } from '../storage/token-pace.ts'

/** The rates of one token, in calls a second. */
export interface TokenRates {
  limit: number
  broadcast: number
}

export interface Places<Token extends string> {
  /**
   * Asked before each of a dialogue's calls.
   * @returns undefined: it may go by this process's own window; else it resolves when it may
   */
  admit(token: Token): Promise<void> | undefined
  /** So much later a broadcast begins, for the other processes to hear of it. */
  noticeMs(): number
  stop(): void
}

const lookEveryMs = { alone: 1_000, several: 250 }
/** Looking twice takes no longer. */
const noticeMs = 600

/**
 * Where several processes send with the same tokens, none sees the others' calls in its own window. As long as a broadcast goes out,
 * which leaves little room, dialogues therefore ask the token's timetable for their places, and go before the broadcast there. A
 * process that is alone never asks.
 */
export function createPlaces<Token extends string>({
  pace,
  rates,
  isShared,
  onTrouble,
  now = () => performance.now(),
}: {
  pace: TokenPace
  rates: Readonly<Record<Token, TokenRates>>
  /** False: no other process can be there. */
  isShared: boolean
  /** Hears once why the timetable can not be asked; until it can, calls go by this process's own window. */
  onTrouble: (error: unknown) => void
  now?: () => number
}): Places<Token> {
  let seen: { busy: readonly string[]; alone: boolean } = { busy: [], alone: true }
  let last: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let troubled = false

  const look = async () => {
    seen = (await asked(() => pace.look())) ?? seen
    if (timer) lookIn(seen.alone ? lookEveryMs.alone : lookEveryMs.several)
  }
  if (isShared) lookIn(0)

  return {
    admit(token) {
      if (seen.alone || !seen.busy.includes(token)) return undefined
      // One after another, in the order of the calls.
      const mine = last.then(() => place(token))
      last = mine
      return mine.then(waited)
    },
    noticeMs: () => (seen.alone ? 0 : noticeMs),
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }

  function lookIn(delayMs: number): void {
    timer = setTimeout(() => void look(), delayMs).unref()
  }

  async function asked<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await ask()
      troubled = false
      return answer
    } catch (error) {
      if (!troubled) onTrouble(error)
      troubled = true
      return undefined
    }
  }

  /** @returns when it may go, in the clock of `now` */
  async function place(token: Token): Promise<number> {
    const { limit, broadcast } = rates[token]
    const wish = { perSecond: broadcast, beside: roomBeside(limit, broadcast) }
    return now() + ((await asked(() => pace.place(token, wish))) ?? 0)
  }

  function waited(at: number): Promise<void> {
    const delayMs = at - now()
    return delayMs <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, delayMs).unref())
  }
}
