/**
 * What each tenth of the clients brings of everything, those who paid most first. Of fewer than ten clients some tenths are empty.
 * @param kopecks what each client paid, less refunds; what is below 0 counts as nothing
 * @returns ten shares whose sum is 1; all 0 where nobody paid
 */
export function revenueTenths(kopecks: Float64Array): number[] {
  const sorted = kopecks
    .map((paid) => Math.max(0, paid))
    .sort()
    .reverse()
  const sums = Array.from({ length: 10 }, () => 0)
  sorted.forEach((paid, place) => {
    const tenth = Math.floor((place * 10) / sorted.length)
    sums[tenth] = (sums[tenth] ?? 0) + paid
  })
  const all = sums.reduce((sum, one) => sum + one, 0)
  return sums.map((sum) => (all > 0 ? sum / all : 0))
}
