export interface Pace {
  /** When this chat may be called next, in the clock of `took`. */
  readyAt(chatId: number): number
  took(chatId: number, time: number): void
}

/** How often chats that have caught up are forgotten, in calls. */
const sweepEvery = 4096

/**
 * So many calls to one chat at once, then an even pace: the generic cell rate algorithm (ITU-T I.371), which needs one
 * number a chat, the time at which its bucket would be full again.
 * @param rate absent: no pace, every chat is always ready
 */
export function createPace(rate: { burst: number; perSecond: number } | undefined): Pace {
  if (!rate) return { readyAt: () => -Infinity, took: () => undefined }
  const intervalMs = 1000 / rate.perSecond
  const toleranceMs = (rate.burst - 1) * intervalMs
  const fullAt = new Map<number, number>()
  let calls = 0

  return {
    readyAt: (chatId) => (fullAt.get(chatId) ?? -Infinity) - toleranceMs,
    took(chatId, time) {
      fullAt.set(chatId, Math.max(fullAt.get(chatId) ?? time, time) + intervalMs)
      calls += 1
      if (calls % sweepEvery === 0) sweep(time)
    },
  }

  function sweep(time: number): void {
    for (const [chatId, full] of fullAt) if (full <= time) fullAt.delete(chatId)
  }
}
