/**
 * The candidate that a misspelt word most likely meant.
 * @param maxDistance how many slips at most; by default a third of the word's letters
 * @returns the nearest candidate, or undefined when none is near enough
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  maxDistance: number = Math.max(1, Math.floor(word.length / 3)),
): string | undefined {
  let best: { candidate: string; distance: number } | undefined
  const plainWord = plain(word)
  for (const candidate of candidates) {
    const plainCandidate = plain(candidate)
    // Each slip changes the length by one at most.
    if (Math.abs(plainWord.length - plainCandidate.length) > maxDistance) continue
    const distance = editDistance(plainWord, plainCandidate)
    if (distance <= maxDistance && distance < (best?.distance ?? Infinity)) best = { candidate, distance }
  }
  return best?.candidate
}

// "quiet_hours", "Quiet-Hours" and "quietHours" are the same word to a person.
const plain = (word: string): string => word.toLowerCase().replaceAll(/[\s_-]/g, '')

/** Optimal string alignment (Damerau 1964): one insertion, deletion, substitution or swap of neighbours costs one. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}
