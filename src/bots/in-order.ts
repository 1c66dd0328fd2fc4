export interface InOrder {
  /**
   * Runs `task` after all earlier tasks of `key` have ended, well or badly; at once when there are none.
   * Different keys never wait for each other.
   * @returns what the task returns; its error goes to this caller only
   */
  run<T>(key: number | string, task: () => Promise<T>): Promise<T>
  /** Whether a task of `key` is running or waiting. */
  busy(key: number | string): boolean
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>
}

/** One queue a key; a key without tasks takes no memory. */
export function createInOrder(): InOrder {
  const last = new Map<number | string, Promise<void>>()

  return {
    run(key, task) {
      const before = last.get(key)
      const result = before ? before.then(task) : begin(task)
      const ended: Promise<void> = result.then(
        () => forget(key, ended),
        () => forget(key, ended),
      )
      last.set(key, ended)
      return result
    },
    busy: (key) => last.has(key),
    async idle() {
      while (last.size > 0) await Promise.all(last.values())
    },
  }

  function forget(key: number | string, ended: Promise<void>): void {
    if (last.get(key) === ended) last.delete(key)
  }
}

/** Starts now; a task that throws before its first await rejects like any other. */
async function begin<T>(task: () => Promise<T>): Promise<T> {
  return task()
}
