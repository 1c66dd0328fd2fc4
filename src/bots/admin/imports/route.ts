import { meanings, type Meaning } from '../../../domain/visit-file/column-names.ts'
import { readNumber } from '../list-route.ts'

/** What can be done with a file of visits that was sent; `id` is the import's. */
export type ImportRoute =
  /** How to bring the visits in. */
  | { screen: 'imports' }
  /** How the file is understood. */
  | { screen: 'importLook'; id: number }
  | { screen: 'importStart'; id: number }
  | { screen: 'importCancel'; id: number }
  /** How far it is. */
  | { screen: 'importState'; id: number }
  | { screen: 'importColumns'; id: number }
  /** Asks which column has this meaning; `page` counts from 0. */
  | { screen: 'importMeaning'; id: number; meaning: Meaning; page: number }
  /** Nothing is taken for this meaning, and the file is looked at again. */
  | { screen: 'importWithout'; id: number; meaning: Meaning }
  /** How dates like 03/04/2024 are meant. */
  | { screen: 'importDates'; id: number; order: DateOrder }
  /** It is this column, counted from 0, or none. */
  | { screen: 'importColumn'; id: number; meaning: Meaning; column?: number }

const orders = ['dayFirst', 'monthFirst'] as const
type DateOrder = (typeof orders)[number]

const numbered = ['importLook', 'importStart', 'importCancel', 'importState', 'importColumns'] as const
type Numbered = (typeof numbered)[number]

const screens: ReadonlySet<string> = new Set([
  'imports',
  ...numbered,
  'importMeaning',
  'importColumn',
  'importWithout',
  'importDates',
])

export const isImport = (route: { screen: string }): route is ImportRoute => screens.has(route.screen)

/** Numbers stand for meanings and columns: their names would not fit. */
export function writeImport(route: ImportRoute): string {
  switch (route.screen) {
    case 'imports':
      return route.screen
    case 'importMeaning':
      return `${route.screen}:${route.id}:${meanings.indexOf(route.meaning)}:${route.page}`
    case 'importColumn':
      return `${route.screen}:${route.id}:${meanings.indexOf(route.meaning)}:${route.column ?? 'none'}`
    case 'importWithout':
      return `${route.screen}:${route.id}:${meanings.indexOf(route.meaning)}`
    case 'importDates':
      return `${route.screen}:${route.id}:${route.order}`
    default:
      return `${route.screen}:${route.id}`
  }
}

/** Undefined: none of these routes. */
export function readImport([screen = '', first = '', second = '', third = '']: readonly string[]):
  | ImportRoute
  | undefined {
  if (screen === 'imports') return { screen }
  const id = readNumber(first)
  if (id === undefined) return undefined
  if (numbered.some((one) => one === screen)) return { screen: screen as Numbered, id }
  const order = orders.find((one) => one === second)
  if (screen === 'importDates') return order && { screen, id, order }
  const meaning = meanings[readNumber(second) ?? meanings.length]
  if (meaning === undefined) return undefined
  if (screen === 'importWithout') return { screen, id, meaning }
  const number = readNumber(third)
  if (screen === 'importMeaning')
    return number === undefined ? undefined : { screen, id, meaning, page: number }
  if (screen !== 'importColumn') return undefined
  if (third === 'none') return { screen, id, meaning }
  return number === undefined ? undefined : { screen, id, meaning, column: number }
}
