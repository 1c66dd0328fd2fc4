/**
 * Remembers answers for a while: what is asked again within `freshMs` is not looked for again. What failed is.
 * @param most so many are kept, the latest
 */
export function createFreshMemory({ freshMs, most }: { freshMs: number; most: number }) {
  const known = new Map<string, { at: number; value: Promise<unknown> }>()
  /** @param key names what is asked, for good: the same key is the same question */
  return <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const at = performance.now()
    const found = known.get(key)
    if (found && at - found.at < freshMs) return found.value as Promise<T>
    const value = ask()
    known.delete(key)
    known.set(key, { at, value })
    value.catch(() => known.delete(key))
    for (const old of [...known.keys()].slice(0, -most)) known.delete(old)
    return value
  }
}
