/** Where in a file a value stands, and what stands there. */
import { isMap, isNode, isScalar, type Document, type LineCounter } from 'yaml'

import type { SettingsProblem } from './problem.ts'

/** A file that was read as YAML. */
export interface Source {
  name: string
  document: Document
  lines: LineCounter
  values: unknown
}

export type Path = readonly PropertyKey[]

/** The problem's key, file and line. */
export function placeOf(at: Path, source: Source): Pick<SettingsProblem, 'key' | 'file' | 'line'> {
  const offset = offsetOf(at, source.document)
  const line = offset === undefined ? {} : { line: source.lines.linePos(offset).line }
  return { key: at.length === 0 ? source.name : nameOf(at), file: source.name, ...line }
}

/** What stands there, short enough to be shown; nothing when nothing does. */
export function foundAt(at: Path, source: Source): { found?: string } {
  let value: unknown = source.values
  // A name may be written as one string, which has no "ru" in it.
  for (const part of at)
    if (typeof value !== 'string') value = (value as Record<PropertyKey, unknown> | undefined)?.[part]
  return value === undefined || value === ''
    ? {}
    : { found: shorten(typeof value === 'string' ? value : JSON.stringify(value)) }
}

/** "lines[0].services[2].price" */
const nameOf = (at: Path): string =>
  at
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('')

// What is missing has no place of its own: the nearest thing around it has.
function offsetOf(at: Path, document: Document): number | undefined {
  for (let depth = at.length; depth > 0; depth--) {
    const parent = document.getIn(at.slice(0, depth - 1), true)
    const last = at[depth - 1]
    if (isMap(parent)) {
      const key = parent.items.find(
        (pair) => isScalar(pair.key) && String(pair.key.value) === String(last),
      )?.key
      if (isNode(key) && key.range) return key.range[0]
    }
    const node = document.getIn(at.slice(0, depth), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return undefined
}

const maxShown = 60
const shorten = (text: string): string => (text.length > maxShown ? `${text.slice(0, maxShown - 1)}…` : text)
