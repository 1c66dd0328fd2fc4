import type { Facet } from './facet.ts'
import type { Field } from './parts.ts'

/** A column's name in two parts: `satisfaction.nails`, and " (1-10)" where the same stands on two scales. */
export interface Key {
  plain: string
  suffix: string
}

/**
 * Names for columns, each once: what would bear another one's name says its scale or its kind as well.
 * @param taken keys that are there already
 */
export function keysOf(facets: readonly Facet[], taken: Iterable<string>): Key[] {
  const plain = facets.map(plainKey)
  const count = new Map<string, number>()
  for (const key of [...taken, ...plain]) count.set(key, (count.get(key) ?? 0) + 1)
  const used = new Set(taken)
  return facets.map((facet, at) => {
    const key = plain[at] ?? ''
    let suffix = (count.get(key) ?? 0) > 1 ? ` (${variant(facet)})` : ''
    for (let number = 2; used.has(`${key}${suffix}`); number++) suffix = ` (${variant(facet)}, ${number})`
    used.add(`${key}${suffix}`)
    return { plain: key, suffix }
  })
}

function plainKey({ question, row, option, part }: Facet): string {
  const last = part === 'noOpinion' || part === 'words' ? part : undefined
  return [question, row, option, last].filter((one) => one !== undefined).join('.')
}

const variant = ({ scale, kind }: Facet): string => (scale ? `${scale.from}-${scale.to}` : kind)

/** Two questions of the salon may have the same short name: the keys tell their columns apart. */
export function withDistinctHeaders(fields: readonly Field[]): Field[] {
  const count = new Map<string, number>()
  for (const { header } of fields) count.set(header, (count.get(header) ?? 0) + 1)
  return fields.map((field) =>
    (count.get(field.header) ?? 0) > 1 ? { ...field, header: `${field.header} [${field.key}]` } : field,
  )
}
