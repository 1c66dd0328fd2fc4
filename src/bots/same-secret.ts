import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares a given secret with the expected one in a time that tells nothing about either; nothing given is never right. */
export function sameSecret(given: unknown, expected: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
