/** `offers` of salon.yaml: how many, who approves what, and what the playbook does otherwise here. */
import * as z from 'zod'
import { defaultPlaybook } from '../domain/offers/default-playbook.ts'
import { defaultOfferSettings, type OfferSettings } from '../domain/offers/offer-settings.ts'
import { newcomerReasons } from '../domain/offers/newcomer-weights.ts'
import type { PlaybookChanges } from '../domain/offers/playbook.ts'
import { changeOf, entryWith, ownRule, percent, whole, type Change } from './playbook-schema.ts'

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

/** Clients of a line -> what else they are offered; lines that are not there are offered nothing. */
const crossSell = z
  .record(
    z.string(),
    z.union([z.literal('all'), z.array(z.string('crossSellTo'), 'crossSellTo')], 'crossSellTo'),
    'crossSell',
  )
  .transform((map) =>
    Object.entries(map).map(([from, to]) => ({ from, to: to === 'all' ? ('*' as const) : to })),
  )

const never = z.strictObject(
  {
    anything: z.literal(true, 'doNotTrue').exactOptional(),
    priceOnly: z.literal(true, 'doNotTrue').exactOptional(),
    discountAbovePercent: whole('offerPercent', 0, 100).exactOptional(),
    waitForSecondVisit: z.literal(true, 'doNotTrue').exactOptional(),
  },
  'doNotGroup',
)
const ofGroup = z.union([z.literal(false).transform(() => ({})), never], 'doNotGroup').exactOptional()
const doNot = z.strictObject(
  { valuable: ofGroup, new: ofGroup, vulnerable: ofGroup, noValue: ofGroup },
  'doNot',
)

const weight = z.number('newcomerWeight').min(0, 'newcomerWeight').max(100, 'newcomerWeight').exactOptional()
const newcomer = z.strictObject(
  {
    discountPercent: percent,
    weights: z
      .strictObject(
        Object.fromEntries(newcomerReasons.map((name) => [name, weight])) as Record<
          (typeof newcomerReasons)[number],
          typeof weight
        >,
        'newcomerWeights',
      )
      .exactOptional(),
  },
  'newcomer',
)

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
      mark: mark.exactOptional(),
      newcomer: z
        .union([z.literal(false), newcomer], 'newcomer')
        .default(defaultOfferSettings.newcomer ?? false),
      playbook: entries.default({}),
      own: z.array(ownRule, 'ownRules').max(50, 'ownRules').default([]),
      crossSell: crossSell.exactOptional(),
      doNot: doNot.exactOptional(),
    },
    'offers',
  )
  .transform(({ holdoutPercent, attributionDays, leastClients, newcomer: gift, playbook, ...read }) => {
    const { own, crossSell: sells, doNot: avoided, ...rest } = read
    return {
      ...rest,
      ...(gift !== false && { newcomer: gift }),
      playbook: {
        ...changesOf(playbook),
        ...(own.length > 0 && { own }),
        ...(sells && { crossSell: sells }),
        ...(avoided && { doNot: avoided }),
        ...(holdoutPercent !== undefined && { holdoutShare: holdoutPercent / 100 }),
        ...(attributionDays !== undefined && { attributionDays }),
        ...(leastClients !== undefined && { leastClients }),
      },
    }
  })
  .prefault({}) satisfies z.ZodType<OfferSettings>
