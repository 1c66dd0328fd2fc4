import { languages, named, type Language, type Named, type Salon } from '../salon.ts'
import { plainWords } from './plain-words.ts'

/** What the salon's settings call what the books speak of. Names are compared as plain-words.ts does. */
export interface KnownNames {
  /** A line's id by id or name; undefined: the salon has no such line. */
  line(text: string): string | undefined
  /** A service's id and its line. Of services that share a name, the one in `line`; without a line: only where all are one. */
  service(text: string, line: string | undefined): { id: string; line: string } | undefined
  master(text: string): string | undefined
  /** As a person reads them. */
  lineNames: string
}

export function createKnownNames(
  { lines, masters }: Pick<Salon, 'lines' | 'masters'>,
  language: Language = 'ru',
): KnownNames {
  const lineIds = byName(lines, (line) => line.id)
  const masterIds = byName(masters, (master) => master.id)
  const services = byName(
    lines.flatMap((line) => line.services.map((service) => ({ ...service, line: line.id }))),
    ({ id, line }) => ({ id, line }),
  )
  return {
    line: (text) => only(lineIds.get(plainWords(text))),
    service(text, line) {
      const found = services.get(plainWords(text)) ?? []
      return line === undefined ? only(found) : found.find((one) => one.line === line)
    },
    master: (text) => only(masterIds.get(plainWords(text))),
    lineNames: lines.map(({ name }) => named(name, language)).join(', '),
  }
}

function byName<Item extends { id: string; name: Named }, Value>(
  items: readonly Item[],
  valueOf: (item: Item) => Value,
): Map<string, Value[]> {
  const found = new Map<string, Value[]>()
  for (const item of items) {
    const names = new Set(
      [item.id, ...languages.map((language) => named(item.name, language))].map(plainWords),
    )
    for (const name of names) found.set(name, [...(found.get(name) ?? []), valueOf(item)])
  }
  return found
}

const only = <Value>(values: readonly Value[] | undefined): Value | undefined =>
  values?.length === 1 ? values[0] : undefined
