export interface Intake {
  /** Runs `task`; after `close` it rejects without running it: whoever brought the update must bring it again. */
  take<T>(task: () => Promise<T>): Promise<T>
  /** Lets nothing in any more and waits for what is inside. */
  close(): Promise<void>
}

/** The door of a webhook. */
export function createIntake(): Intake {
  const inside = new Set<Promise<unknown>>()
  let closed = false

  return {
    async take(task) {
      if (closed) throw new Error('The bot is stopping and takes no more updates')
      const running = task()
      inside.add(running)
      try {
        return await running
      } finally {
        inside.delete(running)
      }
    },
    async close() {
      closed = true
      await Promise.allSettled(inside)
    },
  }
}
