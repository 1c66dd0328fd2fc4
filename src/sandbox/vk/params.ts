import { badParameter } from './api-error.ts'

/** The parameters of one call as they came: form fields and the query, all strings. */
export type Params = Readonly<Record<string, string>>

/** @returns the text, or undefined when the parameter is absent or empty (VK makes no difference) */
export function text(params: Params, name: string): string | undefined {
  const value = params[name]
  return value === undefined || value === '' ? undefined : value
}

/** @throws ApiError 100 when the parameter is absent */
export function requiredText(params: Params, name: string): string {
  const value = text(params, name)
  if (value === undefined) throw badParameter(`${name} is undefined`)
  return value
}

/** @throws ApiError 100 when it is there and is not a whole number */
export function integer(params: Params, name: string): number | undefined {
  const value = text(params, name)
  return value === undefined ? undefined : toInteger(value, name)
}

/** @throws ApiError 100 when it is absent or not a whole number */
export const requiredInteger = (params: Params, name: string): number =>
  toInteger(requiredText(params, name), name)

/** A comma-separated list; empty when the parameter is absent. */
export const list = (params: Params, name: string): string[] =>
  (text(params, name) ?? '').split(',').flatMap((item) => item.trim() || [])

/** @throws ApiError 100 when an item is not a whole number or there are more than `max` */
export function integers(params: Params, name: string, max: number): number[] {
  const items = list(params, name).map((item) => toInteger(item, name))
  if (items.length > max) throw badParameter(`${name} should contain at most ${max} items`)
  return items
}

/** VK takes 1, true and yes for "yes". */
export const flag = (params: Params, name: string): boolean =>
  ['1', 'true', 'yes'].includes(params[name] ?? '')

function toInteger(value: string, name: string): number {
  const number = Number(value)
  if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number)) throw badParameter(`${name} not integer`)
  return number
}
