/** A function to be minimised: writes its gradient into `gradient` and returns its value; where it is undefined, NaN or Infinity. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number

export interface MinimizeOptions {
  /** Done when no element of the gradient is larger than this. */
  steepness?: number
  maxSteps?: number
  /** No coordinate moves by more than this in one step. */
  longestStep?: number
  /** Whoever is farther from 0 in a coordinate is on the way to infinity: the search ends there. */
  farthest?: number
}

export interface Minimum {
  at: Float64Array
  value: number
  /** The largest element of the gradient there. */
  steepness: number
  steps: number
  evaluations: number
  /** The gradient has vanished; false when the steps ran out or led nowhere. */
  converged: boolean
}

interface Point {
  at: Float64Array
  gradient: Float64Array
  value: number
}

/**
 * Quasi-Newton minimisation: BFGS with the inverse Hessian kept as a matrix (Nocedal, J. and Wright, S. J. (2006), Numerical
 * Optimization, algorithm 6.1) and a line search for the weak Wolfe conditions by bracketing and interpolation (Lewis, A. S.
 * and Overton, M. L. (2013), "Nonsmooth optimization via quasi-Newton methods", Mathematical Programming 141, 135-163).
 * Near the minimum, where differences of the value drown in rounding, the slope alone decides (Hager, W. W. and Zhang, H.
 * (2005), SIAM Journal on Optimization 16(1), 170-192).
 */
export function minimize(
  objective: Objective,
  start: ArrayLike<number>,
  options: MinimizeOptions = {},
): Minimum {
  const { steepness = 1e-9, maxSteps = 200, longestStep = 4, farthest = Infinity } = options
  let evaluations = 0
  const evaluate = (at: Float64Array): Point => {
    evaluations++
    const gradient = new Float64Array(at.length)
    const value = objective(at, gradient)
    return { at, gradient, value: gradient.every(Number.isFinite) ? value : NaN }
  }
  let point = evaluate(Float64Array.from(start))
  let inverse: Matrix | undefined
  let steps = 0
  for (; steps < maxSteps && largest(point.gradient) > steepness && largest(point.at) <= farthest; steps++) {
    const direction = descent(inverse, point.gradient, longestStep)
    const next = search(evaluate, point, direction)
    // A bent inverse Hessian may lead nowhere where the gradient still does: once more, straight down.
    if (next === undefined && inverse === undefined) break
    inverse = next && updated(inverse, point, next)
    point = next ?? point
  }
  const left = largest(point.gradient)
  const converged = Number.isFinite(point.value) && left <= steepness
  return { at: point.at, value: point.value, steepness: left, steps, evaluations, converged }
}

const largest = (vector: Float64Array): number =>
  vector.reduce((most, element) => Math.max(most, Math.abs(element)), 0)

const dot = (one: Float64Array, other: Float64Array): number =>
  one.reduce((sum, element, index) => sum + element * (other[index] ?? 0), 0)

type Matrix = Float64Array[]

const times = (matrix: Matrix, vector: Float64Array): Float64Array =>
  Float64Array.from(matrix, (row) => dot(row, vector))

function descent(inverse: Matrix | undefined, gradient: Float64Array, longestStep: number): Float64Array {
  const newton = inverse && times(inverse, gradient)
  const usable = newton !== undefined && dot(newton, gradient) > 0
  const direction = usable ? newton : gradient.map((element) => element / Math.max(1e-300, largest(gradient)))
  const scale = Math.min(1, longestStep / largest(direction))
  return direction.map((element) => -element * scale)
}

const enough = 1e-4
const flatEnough = 0.9

/** The next point along `direction`, or undefined where every step leads up. */
function search(
  evaluate: (at: Float64Array) => Point,
  from: Point,
  direction: Float64Array,
): Point | undefined {
  const slope = dot(from.gradient, direction)
  const noise = 1e-14 * Math.max(1, Math.abs(from.value))
  let low = 0
  let high = Infinity
  let step = 1
  for (let round = 0; round < 40; round++) {
    const point = evaluate(from.at.map((element, index) => element + step * (direction[index] ?? 0)))
    const change = point.value - from.value
    const slopeThere = dot(point.gradient, direction)
    const lower = change <= enough * step * slope || (change <= noise && slopeThere <= -0.8 * slope)
    if (lower && slopeThere >= flatEnough * slope) return point
    if (lower) low = step
    else high = step
    if (high === Infinity) step *= 2.5
    else step = between(low, high, lower ? NaN : parabola(step, slope, change))
  }
  return undefined
}

/** Where the parabola through the start's value and slope and the step's value has its lowest point. */
const parabola = (step: number, slope: number, change: number): number =>
  (-slope * step * step) / (2 * (change - slope * step))

/** The guess where it is well inside, else the middle. */
const between = (low: number, high: number, guess: number): number => {
  const margin = 0.1 * (high - low)
  return guess > low + margin && guess < high - margin ? guess : low + (high - low) / 2
}

/** Nocedal and Wright (2006), equations 6.17 and 6.20; unchanged where the curvature is not positive. */
function updated(inverse: Matrix | undefined, from: Point, to: Point): Matrix | undefined {
  const s = to.at.map((element, index) => element - (from.at[index] ?? 0))
  const y = to.gradient.map((element, index) => element - (from.gradient[index] ?? 0))
  const curvature = dot(s, y)
  if (!(curvature > 1e-14 * Math.sqrt(dot(s, s) * dot(y, y)))) return inverse
  const before = inverse ?? scaledIdentity(s.length, curvature / dot(y, y))
  const bent = times(before, y)
  const factor = (1 + dot(y, bent) / curvature) / curvature
  return before.map((row, i) =>
    row.map((element, j) => {
      const [si = 0, sj = 0, bi = 0, bj = 0] = [s[i], s[j], bent[i], bent[j]]
      return element + factor * si * sj - (bi * sj + si * bj) / curvature
    }),
  )
}

const scaledIdentity = (size: number, scale: number): Matrix =>
  Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (__, j) => (i === j ? scale : 0)),
  )
