/**
 * salon.yaml as a schema. Every `error` is the name of a sentence under "expected" in locales/…/settings.json:
 * what should have stood there.
 */
import * as z from 'zod'

import { languages, type Salon } from '../domain/salon.ts'
import { readPhone } from '../domain/phone.ts'
import { offersSchema } from './offers-schema.ts'
import { checkRules } from './playbook-checks.ts'
import { buttonName, checkUnique, idsAt, isObject, list, named, sentence } from './schema-parts.ts'
import { valueSchema } from './value-schema.ts'

const idPattern = /^[a-z0-9_-]{1,16}$/
const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/
const maxPriceRoubles = 10_000_000

// Ids stand in button values, of which Telegram takes 64 bytes; "any" is the answer of who has no wished master.
const id = z.string('id').regex(idPattern, 'id')
const masterId = id.refine((value) => value !== 'any', 'masterId')

const priceKopecks = z
  .number('price')
  .min(0, 'price')
  .max(maxPriceRoubles, 'price')
  .refine((roubles) => Math.abs(roubles * 100 - Math.round(roubles * 100)) < 1e-6, 'price')
  .transform((roubles) => Math.round(roubles * 100))

const service = z
  .strictObject({ id, name: named(100, 'name'), price: priceKopecks }, 'service')
  .transform(({ price, ...rest }) => ({ ...rest, priceKopecks: price }))

const line = z.strictObject(
  { id, name: buttonName, services: z.array(service, 'services').min(1, 'services') },
  'line',
)

const master = z.strictObject(
  { id: masterId, name: buttonName, lines: z.array(id, 'masterLines').min(1, 'masterLines') },
  'master',
)

const taxId = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string('taxId').regex(/^(\d{10}|\d{12})$/, 'taxId'),
)

const phone = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string('phone').transform((text, context) => {
    const reading = readPhone(text)
    if (reading.ok) return reading.phone
    context.addIssue({ code: 'custom', message: 'phone' })
    return z.NEVER
  }),
)

// Offsets ("+03:00") are no places: they know no change of clocks. Temporal tells 17 ms sooner than Intl.
function isTimeZone(name: string): boolean {
  try {
    return (
      /[a-z]/i.test(name) && Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name) !== undefined
    )
  } catch {
    return false
  }
}

const time = z.string('time').regex(timePattern, 'time')
const quietHours = z
  .strictObject({ from: time, to: time }, 'quietHours')
  .refine(({ from, to }) => from !== to, 'quietHours')

const spokenLanguages = z
  .array(z.enum(languages, 'language'), 'languages')
  .min(1, 'languages')
  .refine((all) => new Set(all).size === all.length, 'languages')
  .refine((all) => !all.includes('ru') || all[0] === 'ru', 'languages')

const reminderDays = z
  .array(z.int('reminderDay').min(1, 'reminderDay').max(30, 'reminderDay'), 'surveyAfterDays')
  .max(2, 'surveyAfterDays')
  .refine((days) => days.every((day, index) => day > (days[index - 1] ?? 0)), 'surveyAfterDays')

const reward = z.strictObject(
  { title: named(100, 'name'), validDays: z.int('validDays').min(1, 'validDays').max(365, 'validDays') },
  'reward',
)

const survey = z.strictObject(
  {
    everyDays: z.int('everyDays').min(1, 'everyDays').max(3650, 'everyDays').default(90),
    eveningAt: time.default('19:00'),
    afterVisitHours: z
      .number('afterVisitHours')
      .min(0, 'afterVisitHours')
      .max(168, 'afterVisitHours')
      .default(3),
  },
  'survey',
)

/** Weekdays as the file spells them; ISO 8601 numbers them from Monday, 1. */
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const digest = z.strictObject(
  {
    day: z.enum(weekdays, 'weekday').default('monday'),
    at: time.default('09:00'),
  },
  'digest',
)

const rate = (max: number, error: string) => z.number(error).positive(error).max(max, error)

/** What holds between the parts. Runs on half-read files too, so that one start reports everything. */
function checkTogether(salon: unknown, context: z.RefinementCtx): void {
  if (!isObject(salon)) return
  const lines = idsAt(salon['lines'], ['lines'])
  checkUnique(context, lines)
  checkUnique(context, idsAt(salon['masters'], ['masters']))
  checkUnique(
    context,
    list(salon['lines']).flatMap((one, index) =>
      isObject(one) ? idsAt(one['services'], ['lines', index, 'services']) : [],
    ),
  )
  const known = new Set(lines.map((one) => one.id))
  list(salon['masters']).forEach((one, index) => {
    if (!isObject(one)) return
    list(one['lines']).forEach((name, at) => {
      if (typeof name !== 'string' || known.has(name)) return
      context.addIssue({
        code: 'custom',
        message: 'masterLine',
        path: ['masters', index, 'lines', at],
        params: { known: [...known].join(', ') },
      })
    })
  })
}

const salonFile = z
  .strictObject(
    {
      name: named(60, 'name'),
      operator: z.strictObject(
        {
          name: sentence(200, 'operatorName'),
          taxId: taxId.exactOptional(),
          address: sentence(300, 'address'),
          email: z.email('email'),
        },
        'operator',
      ),
      phone: phone.exactOptional(),
      website: z.url({ protocol: /^https?$/, error: 'website' }).exactOptional(),
      timeZone: z.string('timeZone').refine(isTimeZone, 'timeZone'),
      languages: spokenLanguages.default(['ru']),
      lines: z.array(line, 'lines').min(1, 'lines').max(20, 'lines'),
      masters: z.array(master, 'masters').max(100, 'masters').default([]),
      quietHours: quietHours.default({ from: '21:00', to: '09:00' }),
      reminders: z
        .strictObject({ surveyAfterDays: reminderDays.default([1, 3]) }, 'reminders')
        .default({ surveyAfterDays: [1, 3] }),
      rewards: z.strictObject({ survey: reward.exactOptional() }, 'rewards').default({}),
      reviewLink: z.url({ protocol: /^https?$/, error: 'website' }).exactOptional(),
      survey: survey.default({ everyDays: 90, eveningAt: '19:00', afterVisitHours: 3 }),
      value: valueSchema,
      offers: offersSchema,
      digest: digest
        .default({ day: 'monday', at: '09:00' })
        .transform(({ day, at }) => ({ weekday: weekdays.indexOf(day) + 1, at })),
      // No default, on purpose: whether a messenger is a lawful place for advertising is the installer's decision.
      advertising: z.strictObject(
        { telegram: z.boolean('advertising'), vk: z.boolean('advertising') },
        'advertising',
      ),
      rates: z
        .strictObject(
          {
            telegramPerSecond: rate(30, 'telegramPerSecond').default(30),
            vkPerSecond: rate(20, 'vkPerSecond').default(20),
            broadcastTelegramPerSecond: rate(30, 'telegramPerSecond').default(25),
            broadcastVkPerSecond: rate(20, 'vkPerSecond').default(18),
          },
          'rates',
        )
        .prefault({}),
    },
    'salonFile',
  )
  .superRefine(checkTogether, { when: () => true }) satisfies z.ZodType<Salon>

/**
 * salon.yaml as people write it -> the domain's Salon.
 * @param questions ids of the survey's questions, which rules may ask about; absent: not known, so not looked at
 */
export const salonSchema = (questions?: readonly string[]) =>
  salonFile.superRefine(checkRules(questions), { when: () => true })
