import { timingSafeEqual } from 'node:crypto'

/**
 * Compares secrets in a time that tells nothing but their length.
 * @returns the check of a given secret; nothing given is never right
 */
export function createSecretCheck(expected: string): (given: unknown) => boolean {
  const right = Buffer.from(expected)
  return (given) => {
    if (typeof given !== 'string') return false
    const bytes = Buffer.from(given)
    return bytes.length === right.length && timingSafeEqual(bytes, right)
  }
}
