import { describe, expect, test } from 'vitest'

import { minimize, type Objective } from '../../../src/domain/value/minimize.ts'
import { close } from './close.ts'

const rosenbrock: Objective = ([x = 0, y = 0], gradient) => {
  gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x)
  gradient[1] = 200 * (y - x * x)
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2
}

describe('the minimum', () => {
  test.each([
    [-1.2, 1],
    [10, -10],
    [0, 0],
    [-3, 40],
  ])('of a bent valley is found from (%f, %f)', (x, y) => {
    const { at, converged } = minimize(rosenbrock, [x, y])
    expect(converged).toBe(true)
    close(at[0]!, 1, 1e-7)
    close(at[1]!, 1, 1e-7)
  })

  test('is found beside a cliff where the function is not defined', () => {
    const { at, converged } = minimize(
      ([x = 0], gradient) => {
        gradient[0] = 1 - 1 / x
        return x - Math.log(x)
      },
      [0.01],
    )
    expect(converged).toBe(true)
    close(at[0]!, 1, 1e-8)
  })

  test('that lies infinitely far away is not found', () => {
    const { at } = minimize(([x = 0], gradient) => (gradient[0] = -Math.exp(-x)) * -1, [0])
    expect(at[0]).toBeGreaterThan(13)
  })

  test('of a function without one is reported as not found', () => {
    const { converged } = minimize(
      ([x = 0], gradient) => {
        gradient[0] = -1
        return -x
      },
      [0],
      { maxSteps: 50 },
    )
    expect(converged).toBe(false)
  })

  test('of what is nowhere defined is reported as not found', () => {
    expect(minimize(() => NaN, [1]).converged).toBe(false)
  })

  test('is where one is already', () => {
    expect(minimize(rosenbrock, [1, 1])).toMatchObject({
      steps: 0,
      evaluations: 1,
      converged: true,
      value: 0,
    })
  })
})
