/** How many of the newest are remembered: presses that come again do so within moments. */
const remembered = 1000

/** What is done once for a key, however often it is asked for. */
export interface Once {
  /**
   * Does it, unless that was done for this key lately or is being done. What failed may be tried again.
   * @param key for example the number of a press
   * @returns resolves when it is done or need not be; rejects when it failed
   */
  run(key: string, work: () => Promise<void>): Promise<void>
}

export function createOnce(limit = remembered): Once {
  const done = new Set<string>()
  return {
    async run(key, work) {
      if (done.has(key)) return
      done.add(key)
      for (const oldest of done) {
        if (done.size <= limit) break
        done.delete(oldest)
      }
      try {
        await work()
      } catch (error) {
        done.delete(key)
        throw error
      }
    },
  }
}
