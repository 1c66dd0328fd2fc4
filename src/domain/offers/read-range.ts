import type { Range } from './audience.ts'

const number = String.raw`(\d{1,5})`
/** Longer ones first: "не больше" is not "больше". */
const atMost = '(?:не больше|не более|не позже|меньше|менее|до|по|at most|less than|up to|under|≤|<=?)'
const atLeast = '(?:не меньше|не менее|не раньше|больше|более|дольше|от|с|at least|more than|over|from|≥|>=?)'
const unit = String.raw`(?:\s*\p{L}+\.?)?`

const shapes: readonly [RegExp, (one: number, other: number) => Range][] = [
  [between(String.raw`\s*(?:[-–—]|\.\.|до|по|to|and)\s*`), (from, to) => ({ from, to })],
  [new RegExp(`^${atMost}\\s*${number}${unit}$`, 'iu'), (to) => ({ to })],
  [new RegExp(`^${atLeast}\\s*${number}${unit}$`, 'iu'), (from) => ({ from })],
  [new RegExp(`^${number}\\s*\\+${unit}$`, 'iu'), (from) => ({ from })],
  [new RegExp(`^${number}${unit}$`, 'iu'), (one) => ({ from: one, to: one })],
]

function between(mark: string): RegExp {
  return new RegExp(`^(?:${atLeast}\\s*|between\\s*)?${number}${unit}${mark}${number}${unit}$`, 'iu')
}

/**
 * Reads whole numbers as people say them: "от 30 до 90", "30–90 дней", "от 60", "до 30", "60+", and one alone.
 * @returns both ends are included; undefined: not understood, or the wrong way round
 */
export function readRange(text: string): Range | undefined {
  for (const [shape, rangeOf] of shapes) {
    const [, one, other] = shape.exec(text.trim()) ?? []
    if (one === undefined) continue
    const range = rangeOf(Number(one), Number(other))
    return (range.from ?? 0) <= (range.to ?? Infinity) ? range : undefined
  }
  return undefined
}
