/** `offers` of salon.yaml: how many, who approves what, and what the playbook does otherwise here. */
import * as z from 'zod'
import { defaultPlaybook } from '../domain/offers/default-playbook.ts'
import { defaultOfferSettings, type OfferSettings } from '../domain/offers/offer-settings.ts'
import type { PlaybookChanges, PlaybookEntry } from '../domain/offers/playbook.ts'
import { named } from './schema-parts.ts'

const whole = (error: string, from: number, to: number) => z.int(error).min(from, error).max(to, error)
const percent = whole('offerPercent', 1, 100)

const cap = z.strictObject({ messages: whole('cap', 1, 100), days: whole('cap', 1, 365) }, 'cap')

const ownerAbove = z
  .strictObject(
    {
      discountPercent: whole('ownerAbove', 0, 100).exactOptional(),
      audience: whole('ownerAbove', 0, 1e9).exactOptional(),
    },
    'ownerAbove',
  )
  .transform(({ audience, ...rest }) => ({
    ...rest,
    ...(audience !== undefined && { recipients: audience }),
  }))

const erid = /^[0-9A-Za-z]{5,100}$/
const mark = z.strictObject(
  {
    advertiser: z.string('mark').trim().min(1, 'mark').max(200, 'mark'),
    erid: z.string('mark').regex(erid, 'mark'),
  },
  'mark',
)

/** A name in the yaml, a thing of the entry: what does not apply to an entry is not known there. */
const changeOf = ({ discount, occasion, each }: PlaybookEntry) =>
  z.strictObject(
    {
      ...(discount.kind === 'percent' && { discountPercent: percent.exactOptional() }),
      ...(occasion && { days: whole('occasionDays', 0, 365).exactOptional() }),
      ...(each !== 'salon' && {
        lines: z.array(z.string('offerLines'), 'offerLines').min(1, 'offerLines').exactOptional(),
      }),
      validDays: whole('validDays', 1, 365).exactOptional(),
      text: named(2000, 'offerText').exactOptional(),
    },
    'playbookEntry',
  )

interface Change {
  discountPercent?: number
  days?: number
  lines?: string[]
  validDays?: number
  text?: PlaybookEntry['text'] & object
}

const entries = z.strictObject(
  Object.fromEntries(
    defaultPlaybook.entries.map((entry) => [
      entry.id,
      z.union([z.literal(false), changeOf(entry)], 'playbookEntry').exactOptional(),
    ]),
  ) as Record<string, z.ZodExactOptional<z.ZodType<Change | false>>>,
  'playbook',
)

function changesOf(read: Readonly<Record<string, Change | false | undefined>>): PlaybookChanges {
  const off = Object.keys(read).filter((id) => read[id] === false)
  const changed = defaultPlaybook.entries.flatMap((entry) => {
    const change = read[entry.id]
    return change === undefined || change === false ? [] : [[entry.id, entryWith(entry, change)] as const]
  })
  return {
    ...(off.length > 0 && { off }),
    ...(changed.length > 0 && { entries: Object.fromEntries(changed) }),
  }
}

const entryWith = (
  { occasion }: PlaybookEntry,
  { discountPercent, days, ...rest }: Change,
): Partial<PlaybookEntry> => ({
  ...rest,
  ...(discountPercent !== undefined && { discount: { kind: 'percent', percent: discountPercent } }),
  ...(days !== undefined && occasion && { occasion: occasionAfter(occasion, days) }),
})

function occasionAfter(occasion: PlaybookEntry['occasion'] & object, days: number): typeof occasion {
  switch (occasion.kind) {
    case 'birthday':
      return { kind: 'birthday', daysBefore: days }
    case 'overdue':
      return { kind: 'overdue', days }
    case 'firstVisit':
      return { kind: 'firstVisit', daysAfter: days }
  }
}

export const offersSchema = z
  .strictObject(
    {
      caps: z
        .array(cap, 'caps')
        .min(1, 'caps')
        .max(5, 'caps')
        .default([...defaultOfferSettings.caps]),
      ownerAbove: ownerAbove.default({}),
      holdoutPercent: whole('holdoutPercent', 0, 50).exactOptional(),
      attributionDays: whole('attributionDays', 1, 90).exactOptional(),
      leastClients: whole('leastClients', 1, 1e6).exactOptional(),
      restDays: whole('restDays', 0, 365).exactOptional(),
      mark: mark.exactOptional(),
      newcomer: z
        .union([z.literal(false), z.strictObject({ discountPercent: percent }, 'newcomer')], 'newcomer')
        .default(defaultOfferSettings.newcomer ?? false),
      playbook: entries.default({}),
    },
    'offers',
  )
  .transform(({ holdoutPercent, attributionDays, leastClients, restDays, newcomer, playbook, ...rest }) => ({
    ...rest,
    ...(newcomer !== false && { newcomer }),
    playbook: {
      ...changesOf(playbook),
      ...(holdoutPercent !== undefined && { holdoutShare: holdoutPercent / 100 }),
      ...(attributionDays !== undefined && { attributionDays }),
      ...(leastClients !== undefined && { leastClients }),
      ...(restDays !== undefined && { restDays }),
    },
  }))
  .prefault({}) satisfies z.ZodType<OfferSettings>
