/** Reads fields of a JSON object that came from outside; the errors are worded as the real server's. */
export type JsonObject = Record<string, unknown>

/** A field of the wrong kind. The caller adds where it was and turns it into an API error. */
export class FieldError extends Error {}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** '' when absent; a number is taken as its text. */
export function textField(object: JsonObject, name: string): string {
  const value = object[name]
  if (typeof value === 'string') return value
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  throw new FieldError(`Field "${name}" must be of type String`)
}

export function requiredTextField(object: JsonObject, name: string): string {
  if (object[name] === undefined) throw new FieldError(`Can't find field "${name}"`)
  return textField(object, name)
}

/** 0 when absent; a string of digits is taken as a number. */
function integerField(object: JsonObject, name: string): number {
  const value = object[name]
  if (value === undefined) return 0
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value)
  throw new FieldError(`Field "${name}" must be a valid Number`)
}

export function requiredIntegerField(object: JsonObject, name: string): number {
  if (object[name] === undefined) throw new FieldError(`Can't find field "${name}"`)
  return integerField(object, name)
}

export function booleanField(object: JsonObject, name: string): boolean {
  const value = object[name]
  if (value === undefined) return false
  if (typeof value === 'boolean') return value
  throw new FieldError(`Field "${name}" must be of type Boolean`)
}
