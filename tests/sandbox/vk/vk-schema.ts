import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'

type Schema = Record<string, unknown>
type Definitions = Record<
  string,
  Schema & { properties?: Record<string, Schema>; required?: string[]; enum?: string[] }
>

const path = new URL('../../fixtures/vk-schema/schema.json', import.meta.url)
const { definitions } = JSON.parse(readFileSync(path, 'utf8')) as { definitions: Definitions }

// Where VK's schema and VK's own practice differ.
const exceptions: ((definitions: Definitions) => void)[] = [
  // Callback buttons came later than the list of event types...
  ({ callback_type: type }) => type!.enum!.push('message_event'),
  // ...and their payload is JSON, not a string of it.
  ({ callback_message_event: event }) => (event!.properties!['payload'] = {}),
  // The colour "default" has been called "secondary" for years.
  ({ messages_keyboard_button: button }) =>
    (button!.properties!['color'] = { enum: ['primary', 'secondary', 'negative', 'positive'] }),
  // Errors come without it.
  ({ base_error: error }) => (error!.required = error!.required!.filter((name) => name !== 'inner_type')),
]
for (const except of exceptions) except(definitions)

const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addSchema({ $id: 'vk', definitions })

/** What VK's schema has against the value; empty when nothing. */
export function complaints(definition: string, value: unknown): string[] {
  if (!definitions[definition]) throw new Error(`the schema has no ${definition}`)
  const validate = ajv.getSchema(`vk#/definitions/${definition}`)!
  return validate(value)
    ? []
    : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`)
}
