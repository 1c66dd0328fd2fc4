/** Numbers and names that were never given out before, in this run or an earlier one. */
export interface Ids {
  /** Message id, unique over the community. */
  message(): number
  /** Where a new conversation starts to count its messages. */
  conversationStart(): number
  /** Id of an uploaded or received file. */
  file(): number
  /** Number of the first event of the long poll history. */
  firstEvent(): number
  /** Hex string that never repeats; `length` is 12 at least. */
  token(length: number): string
  save(): SavedIds
}

export interface SavedIds {
  message: number
  file: number
  token: number
}

/** More than can be given out between the last `save` and a crash. */
const restartGap = 20_000

/** Counting from here keeps the numbers within 32 bits until 2034. */
const epochMs = Date.UTC(2026, 0, 1)

/**
 * Without `saved` every count starts at a number made of the time, ahead of whatever a run that started
 * earlier has reached: a bot with an old database never meets an old number on a new message. With `saved` they
 * go on some way ahead of it, as the run may have ended in a crash after it was saved.
 * @param now epoch milliseconds
 * @param random 0 <= x < 1
 */
export function createIds({
  now,
  random,
  saved,
}: {
  now: () => number
  random: () => number
  saved?: SavedIds | undefined
}): Ids {
  const sinceEpochMs = Math.max(1, now() - epochMs)
  const restart = (last: number | undefined, anew: number) => (last === undefined ? anew : last + restartGap)
  let message = restart(saved?.message, Math.ceil(sinceEpochMs / 125))
  let file = restart(saved?.file, Math.ceil(sinceEpochMs / 125))
  let token = restart(saved?.token, sinceEpochMs * 64)

  return {
    message: () => (message += 1),
    conversationStart: () => Math.ceil(Math.max(1, now() - epochMs) / 1000),
    file: () => (file += 1),
    firstEvent: () => sinceEpochMs * 16,
    token(length) {
      token += 1
      let hex = token.toString(16).padStart(12, '0')
      while (hex.length < length)
        hex += Math.floor(random() * 2 ** 32)
          .toString(16)
          .padStart(8, '0')
      return hex.slice(0, length)
    },
    save: () => ({ message, file, token }),
  }
}
