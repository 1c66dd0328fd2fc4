import { encodeQR } from 'qr'
import { rectangle } from './svg.ts'

/** What a reader needs around the code, in modules (ISO/IEC 18004:2024, 5.3.8). */
const quietZone = 4

/** Long enough for the links to a bot: two codes side by side are of the same size then. */
const leastVersion = 4

/**
 * A QR code on a white square, dark on light whatever the theme of the chat. Damage of up to 15 % is corrected.
 * @param size of the square with its quiet zone, in pixels; the modules are whole pixels, so that their edges are sharp
 */
export function qrSquare(
  text: string,
  { x, y, size }: { x: number; y: number; size: number },
  ink: string,
): string {
  const rows = modulesOf(text)
  const module = Math.floor(size / rows.length)
  const offset = Math.floor((size - module * rows.length) / 2)
  const runs = rows.flatMap((row, line) =>
    runsOf(row).map(({ from, length }) => `M${from} ${line}h${length}v1h-${length}z`),
  )
  const place = `translate(${x + offset} ${y + offset}) scale(${module})`
  const code = `<path transform="${place}" fill="${ink}" shape-rendering="crispEdges" d="${runs.join('')}"/>`
  return rectangle({ x, y, width: size, height: size }, '#ffffff') + code
}

function modulesOf(text: string): boolean[][] {
  const options = { ecc: 'medium', border: quietZone } as const
  const rows = encodeQR(text, 'raw', options)
  const version = (rows.length - 2 * quietZone - 17) / 4
  return version < leastVersion ? encodeQR(text, 'raw', { ...options, version: leastVersion }) : rows
}

/** The dark stretches of a row. */
function runsOf(row: readonly boolean[]): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = []
  for (const [at, dark] of row.entries()) {
    const last = runs.at(-1)
    if (!dark) continue
    if (last && last.from + last.length === at) last.length += 1
    else runs.push({ from: at, length: 1 })
  }
  return runs
}
