/** What the schemas of the settings files have in common. Every `error` is the name of a sentence in locales/…/settings.json. */
import * as z from 'zod'

export const sentence = (max: number, error: string) => z.string(error).trim().min(1, error).max(max, error)

/** A name: one string (Russian), or one per language. */
export const named = (max: number, error: string) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? { ru: value } : value),
    z.strictObject({ ru: sentence(max, error), en: sentence(max, error).exactOptional() }, error),
  )

/** What becomes a button: VK cuts a button's label at 40 characters, and a chosen one gets "✓ ". */
export const buttonName = named(36, 'buttonName')

/** An id and where it stands. */
export interface Placed {
  id: string
  path: (string | number)[]
}

/** The list is left as it is and every id that stood before is reported at its second place. */
export function checkUnique(context: z.RefinementCtx, ids: readonly Placed[]): void {
  const seen = new Set<string>()
  for (const { id: one, path } of ids) {
    if (seen.has(one)) context.addIssue({ code: 'custom', message: 'uniqueId', path })
    seen.add(one)
  }
}

/** Ids of the list that `value` is, should it be one: checks run on half-read files, too. */
export const idsAt = (value: unknown, path: (string | number)[]): Placed[] =>
  list(value).flatMap((item, index) =>
    isObject(item) && typeof item['id'] === 'string'
      ? [{ id: item['id'], path: [...path, index, 'id'] }]
      : [],
  )

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
