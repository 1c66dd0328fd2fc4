/** Colours that the colour-blind tell apart, too. */
import { expect, test } from 'vitest'
import { lineColors, tones } from '../../src/reports/segment-colors.ts'

type Triple = readonly [number, number, number]

/** Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB. */
const sights: Record<string, readonly Triple[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const linear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4

/** CIE L*a*b* of a colour as it is seen. */
function seen(color: string, sight: readonly Triple[]): number[] {
  const rgb = [1, 3, 5].map((at) => linear(Number.parseInt(color.slice(at, at + 2), 16) / 255))
  const [r = 0, g = 0, b = 0] = sight.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, part, index) => sum + part * (rgb[index] ?? 0), 0),
      ),
    ),
  )
  const root = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)
  const [x, y, z] = [
    root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047),
    root(0.2126 * r + 0.7152 * g + 0.0722 * b),
    root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883),
  ]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

test.each(Object.entries(sights))('tones and lines stay apart: %s', (_, sight) => {
  for (const colors of [Object.values(tones), lineColors]) {
    const places = colors.map((color) => seen(color, sight))
    const distances = places.flatMap((one, index) =>
      places
        .slice(index + 1)
        .map((other) => Math.hypot(...one.map((value, axis) => value - (other[axis] ?? 0)))),
    )
    // A difference of 2.3 is just noticed (Mahy and others, 1994); these lie side by side in thin bars.
    expect(Math.min(...distances)).toBeGreaterThan(15)
  }
})
