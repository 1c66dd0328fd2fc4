import { expect, test } from 'vitest'

import { twoSidedZ } from '../../src/domain/normal-quantile.ts'
import { twoSidedT } from '../../src/domain/t-quantile.ts'

// Printed tables of the distribution (two-sided 95 % and 99 %), and closed forms for 1 and 2 degrees of freedom.
test.each([
  [0.95, 1, 12.706204736174],
  [0.95, 2, 4.302652729749462],
  [0.95, 3, 3.182446305283708],
  [0.95, 5, 2.570581835636314],
  [0.95, 10, 2.2281388519862744],
  [0.95, 30, 2.0422724563012373],
  [0.95, 120, 1.9799304050824413],
  [0.99, 4, 4.604094871349993],
  [0.99, 60, 2.66028302885],
  // From another library (stdlib 0.2), where degrees are not whole.
  [0.95, 1.5, 6.016663104427929],
  [0.95, 2.5, 3.574654842003682],
  [0.95, 30.3, 2.041424872699853],
  [0.95, 1e6, 1.9599663568141068],
])('%f with %f degrees of freedom is %f', (confidence, degrees, t) => {
  expect(Math.abs(twoSidedT(confidence, degrees) / t - 1)).toBeLessThan(1e-9)
})

test('in closed form: tan for one degree of freedom, a root for two', () => {
  for (const confidence of [0.5, 0.8, 0.95, 0.999]) {
    expect(twoSidedT(confidence, 1)).toBeCloseTo(Math.tan((Math.PI * confidence) / 2), 8)
    expect(twoSidedT(confidence, 2)).toBeCloseTo(confidence * Math.sqrt(2 / (1 - confidence ** 2)), 9)
  }
})

test('with many degrees of freedom it is the normal one', () => {
  expect(twoSidedT(0.95, 1e9)).toBeCloseTo(twoSidedZ(0.95), 6)
})
