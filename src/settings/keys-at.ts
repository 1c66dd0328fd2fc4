import * as z from 'zod'

/**
 * The keys that a schema knows at a path.
 * @param path keys and indices from the schema's top
 * @returns the keys of the object there; empty when no object stands there
 */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let current: z.core.$ZodType | undefined = schema
  for (const part of path) {
    const inner: z.core.$ZodType | undefined = current && unwrap(current)
    if (inner instanceof z.ZodArray) current = inner.element
    else if (inner instanceof z.ZodObject) current = inner.shape[String(part)] as z.core.$ZodType | undefined
    else return []
  }
  const found = current && unwrap(current)
  return found instanceof z.ZodObject ? Object.keys(found.shape) : []
}

/** Takes off defaults, optionality, the transforms before and after, and other forms than an object. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return unwrap(schema.unwrap())
  if (schema instanceof z.ZodExactOptional || schema instanceof z.ZodPrefault) return unwrap(schema.unwrap())
  // "false" has no keys.
  if (schema instanceof z.ZodUnion) {
    const forms = schema.options.map(unwrap)
    return forms.find((form) => form instanceof z.ZodObject) ?? schema
  }
  if (schema instanceof z.ZodPipe) return unwrap(schema.in instanceof z.ZodTransform ? schema.out : schema.in)
  return schema
}
