/** `value` of salon.yaml: how clients are divided into segments, and how what they are worth is counted. */
import * as z from 'zod'
import { halvesCodes, halvesSegments, type HalvesCode } from '../domain/value/halves.ts'
import { defaultValueSettings, schemeNames, type ValueSettings } from '../domain/value/value-settings.ts'

const segment = z.enum(halvesSegments, 'segment').exactOptional()
const segments = z.strictObject(
  Object.fromEntries(halvesCodes.map((code) => [code, segment])) as Record<HalvesCode, typeof segment>,
  'segments',
)

// A letter costs a part of a kopeck; millionths of it are of no account, but 0.018 * 100 has one of them too few.
const partsOfKopecks = z
  .number('messagePrice')
  .min(0, 'messagePrice')
  .max(10_000, 'messagePrice')
  .transform((roubles) => Math.round(roubles * 1e8) / 1e6)

const message = z
  .strictObject(
    { perYear: z.number('perYear').min(0, 'perYear').max(10_000, 'perYear'), price: partsOfKopecks },
    'message',
  )
  .transform(({ perYear, price }) => ({ perYear, kopecks: price }))

const noCosts = { messages: [], monthlyKopecks: 0 }

const costs = z
  .strictObject(
    {
      messages: z.array(message, 'messages').max(20, 'messages').default([]),
      monthly: z
        .number('monthly')
        .min(0, 'monthly')
        .max(1e9, 'monthly')
        .transform((roubles) => Math.round(roubles * 100))
        .default(0),
    },
    'costs',
  )
  .transform(({ messages, monthly }) => ({ messages, monthlyKopecks: monthly }))

export const valueSchema = z
  .strictObject(
    {
      scheme: z.enum(schemeNames, 'scheme').default(defaultValueSettings.scheme),
      segments: segments.exactOptional(),
      discountPercent: z
        .number('discountPercent')
        .min(0, 'discountPercent')
        .max(100, 'discountPercent')
        .default(defaultValueSettings.discount * 100),
      horizonYears: z
        .int('horizonYears')
        .min(1, 'horizonYears')
        .max(50, 'horizonYears')
        .default(defaultValueSettings.horizonYears),
      costs: costs.default(noCosts),
    },
    'value',
  )
  .transform(({ discountPercent, ...rest }) => ({ ...rest, discount: discountPercent / 100 }))
  .default({ ...defaultValueSettings, costs: noCosts }) satisfies z.ZodType<ValueSettings>
