import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'

/** Equal to `tolerance` of the wanted figure's own size. */
export function close(found: number, wanted: number, tolerance = 1e-9): void {
  const error = Math.abs(found - wanted) / Math.max(1e-300, Math.abs(wanted))
  expect({ found, wanted, close: error <= tolerance || found === wanted }).toEqual({
    found,
    wanted,
    close: true,
  })
}

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/clv')

/** A file of tests/fixtures/clv. */
export const fixture = (name: string): string => readFileSync(path.join(fixtures, name), 'utf8')
