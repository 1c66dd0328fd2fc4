import { badRequest } from './api-error.ts'

export interface UploadedFile {
  name: string
  contentType: string
  bytes: Buffer
}

/**
 * A call's parameters, whichever way they came (query, form, multipart, JSON). The real server turns everything
 * into strings first; here JSON values stay as they are and are turned on demand, with the same outcome.
 */
export interface Arguments {
  values: Record<string, unknown>
  files: Map<string, UploadedFile> | undefined
}

/** The parameter as a string; '' when absent. JSON null is the text "null", as on the real server. */
export function textArgument(args: Arguments, name: string): string {
  const value = args.values[name]
  if (typeof value === 'string') return value
  if (value === undefined) return ''
  return JSON.stringify(value)
}

/** As `textArgument`; 400 `parameter "name" is required` when empty. */
export function requiredText(args: Arguments, name: string): string {
  const value = textArgument(args, name)
  if (value === '') throw badRequest(`Parameter "${name}" is required`)
  return value
}

/** Leading digits count, anything else is 0, as in C; clamped to the bounds. */
export function integerArgument(
  args: Arguments,
  name: string,
  { fallback = 0, min = -(2 ** 53), max = 2 ** 53 }: { fallback?: number; min?: number; max?: number } = {},
): number {
  const value = textArgument(args, name)
  const number = value === '' ? fallback : leadingInteger(value)
  return Math.min(Math.max(number, min), max)
}

/** "true", "yes" and "1" in any case are true, all else is false. */
export function booleanArgument(args: Arguments, name: string): boolean {
  const value = args.values[name]
  if (typeof value === 'boolean') return value
  return /^(true|yes|1)$/i.test(textArgument(args, name))
}

/**
 * A parameter that is JSON: nested in a JSON body, or a string holding it. Undefined when absent or empty.
 * @param what named in the error: `can't parse {what} JSON object`
 */
export function jsonArgument(args: Arguments, name: string, what: string): unknown {
  const value = args.values[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    throw badRequest(`Can't parse ${what} JSON object`)
  }
}

/** A list of message ids (1..max), as deleteMessages and copyMessages take it. */
export function messageIdsArgument(args: Arguments, name: string, max: number): number[] {
  const list = jsonArgument(args, name, name)
  if (list === undefined) throw badRequest('Message identifiers are not specified')
  if (!Array.isArray(list)) throw badRequest('Expected an Array of message identifiers')
  if (list.length > max) throw badRequest('Too many message identifiers specified')
  const ids = list.map((item: unknown) => {
    if (typeof item !== 'number' && typeof item !== 'string')
      throw badRequest('Message identifier must be a Number')
    if (!/^-?\d+$/.test(String(item))) throw badRequest("Can't parse message identifier as a Number")
    if (Number(item) <= 0) throw badRequest('Invalid message identifier specified')
    return Number(item)
  })
  if (ids.length === 0) throw badRequest('Message identifiers are not specified')
  return ids
}

export function leadingInteger(text: string): number {
  const digits = /^-?\d+/.exec(text)
  return digits ? Number(digits[0]) : 0
}
