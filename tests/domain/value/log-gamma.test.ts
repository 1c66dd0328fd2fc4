import { expect, test } from 'vitest'

import { gaussLegendre } from '../../../src/domain/value/gauss-legendre.ts'
import { digamma, logGamma, logRising } from '../../../src/domain/value/log-gamma.ts'
import oracle from '../../fixtures/clv/log-gamma.json' with { type: 'json' }
import { close } from './close.ts'

/** Equal to 1e-14 of the figure's size, or of 1 where it is smaller. */
function same(found: number, wanted: number): void {
  const one = wanted < 0 ? -1 : 1
  close(found + one, wanted + one, 1e-14)
}

test.each(oracle.points)('ln Γ and ψ of $x', (point) => {
  same(logGamma(point.x), point.logGamma)
  same(digamma(point.x), point.digamma)
})

test.each(oracle.rising)('ln Γ($from + $by) - ln Γ($from)', ({ from, by, logRising: wanted }) => {
  same(logRising(from, by), wanted)
})

test.each([1, 2, 6, 24, 96])('%i Gauss-Legendre nodes integrate every polynomial that they must', (size) => {
  const { nodes, weights } = gaussLegendre(size)
  for (const degree of [0, 1, size, 2 * size - 1]) {
    const sum = nodes.reduce((all, node, index) => all + weights[index]! * node ** degree, 0)
    close(sum, 1 / (degree + 1), 1e-13)
  }
  expect(nodes.every((node) => node > 0 && node < 1)).toBe(true)
})
