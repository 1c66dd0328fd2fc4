export interface Quadrature {
  nodes: Float64Array
  weights: Float64Array
}

const known = new Map<number, Quadrature>()

/**
 * Gauss-Legendre quadrature on [0, 1]: exact for polynomials up to degree 2 `size` - 1. Nodes are the roots of the Legendre
 * polynomial, found by Newton's method from Tricomi's guess (Press et al., Numerical Recipes, 4.6).
 */
export function gaussLegendre(size: number): Quadrature {
  const found = known.get(size) ?? compute(size)
  known.set(size, found)
  return found
}

function compute(size: number): Quadrature {
  const nodes = new Float64Array(size)
  const weights = new Float64Array(size)
  for (let index = 0; index < size; index++) {
    let x = Math.cos((Math.PI * (index + 0.75)) / (size + 0.5))
    let { value, slope } = legendre(size, x)
    for (let round = 0; round < 20 && Math.abs(value) > 1e-16; round++) {
      x -= value / slope
      ;({ value, slope } = legendre(size, x))
    }
    nodes[size - 1 - index] = 0.5 * (1 + x)
    weights[size - 1 - index] = 1 / ((1 - x * x) * slope * slope)
  }
  return { nodes, weights }
}

/** The Legendre polynomial and its derivative by the three-term recurrence. */
function legendre(degree: number, x: number): { value: number; slope: number } {
  let before = 1
  let value = x
  for (let k = 2; k <= degree; k++)
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k]
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) }
}
