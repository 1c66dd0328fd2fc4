import type { OfferPreview } from '../../../storage/offer-preview.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { isOpen } from './card-screen.ts'
import { codeNote, messageParts } from './message-parts.ts'
import type { OfferContext } from './options.ts'
import { lookRow } from './picture-screens.ts'
import { titleOf, whenWords } from './words.ts'

/** The message as three people of the audience would get it. */
export function examplesScreen(
  offer: StoredOffer,
  { examples, startAt }: OfferPreview,
  context: OfferContext,
  desk: Desk,
): Screen {
  const { t, salon } = desk
  const { id, spec } = offer
  const shown = examples.flatMap((example): (readonly Part[])[] => [
    [],
    [
      t(spec.variants.length > 1 ? 'offers.examples.variant' : 'offers.examples.one', {
        name: example.addressee.name ?? t('admin.client.noName'),
        platform: t(`admin.platform.${example.platform}`),
        variant: example.variant,
      }),
    ],
    ...messageParts(spec, example, startAt, { salon, translate: context.translate }),
  ])
  const text = lines(
    [{ bold: t('offers.examples.title', { title: titleOf(spec, desk) }) }],
    ...(examples.length === 0 ? [[t('offers.examples.none')]] : shown),
    ...(examples.length === 0 ? [] : codeNote(spec, desk)),
  )
  return screen(text, [...lookRow(offer, desk), [back(id, desk)]])
}

/** @param problem a key below "offers.wrong" */
export function whenScreen({ id, spec, standing }: StoredOffer, desk: Desk, problem?: string): Screen {
  const { t } = desk
  const tomorrow = tomorrowAt10(desk)
  const text = lines(
    [{ bold: titleOf(spec, desk) }],
    ...(problem === undefined ? [] : [[`⚠️ ${t(`offers.wrong.${problem}`)}`]]),
    [t('offers.when.ask')],
  )
  return screen(text, [
    [
      button(t('offers.when.now'), { screen: 'offerAt', id, minutes: 0 }),
      button(whenWords(tomorrow, desk), { screen: 'offerAt', id, minutes: tomorrow / 60_000 }),
    ],
    // What was approved to go once goes once.
    ...(isOpen(standing.state)
      ? [[button(t('offers.when.standing'), { screen: 'offerPart', id, part: 'standing' })]]
      : []),
    [back(id, desk)],
  ])
}

function tomorrowAt10({ now, salon }: Desk): number {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(salon.timeZone)
  const plainTime = new Temporal.PlainTime(10)
  return here.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: salon.timeZone, plainTime })
    .epochMilliseconds
}

export function rejectScreen({ id, spec }: StoredOffer, desk: Desk): Screen {
  const { t } = desk
  return screen(lines([{ bold: titleOf(spec, desk) }], [t('offers.reject.ask')]), [[back(id, desk)]])
}

/** Asked once more: nothing brings it back. */
export function cancelScreen(
  { id, spec, standing: { state } }: StoredOffer,
  version: number,
  desk: Desk,
): Screen {
  const { t } = desk
  const isRunning = state === 'sending' || state === 'paused'
  return screen(
    lines([{ bold: titleOf(spec, desk) }], [t(isRunning ? 'offers.cancel.running' : 'offers.cancel.ask')]),
    [
      [
        button(t('offers.cancel.yes'), { screen: 'offerAct', id, version, act: 'cancel' }, 'danger'),
        button(t('offers.cancel.no'), { screen: 'offer', id }),
      ],
    ],
  )
}

const back = (id: number, { t }: Desk) => button(t('admin.buttons.back'), { screen: 'offer', id })
