/** When an offer comes again and again: on which occasion, and how many days from it. */
import { isOccasion } from '../../../domain/offers/terms-edit.ts'
import type { Occasion } from '../../../domain/offers/offer.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Screen } from '../screen.ts'
import { wrong } from './part-words.ts'
import { scheduleWords, titleOf } from './words.ts'

/** The days for one press, the first ones to begin with; others are typed. */
const ready = {
  birthday: [0, 3, 7],
  overdue: [7, 14, 30],
  firstVisit: [1, 3, 7],
} as const satisfies Record<Occasion['kind'], readonly number[]>
const kinds = ['birthday', 'overdue', 'firstVisit'] as const

/** What a press carries: "birthday.3". */
export function readOccasion(value: string): { kind: Occasion['kind']; days: number } | undefined {
  const [name, days = ''] = value.split('.')
  const kind = kinds.find((one) => one === name)
  return kind && ready[kind].some((one) => String(one) === days) ? { kind, days: Number(days) } : undefined
}

/** @param problem a key below "offers.wrong" */
export function standingScreen({ id, spec }: StoredOffer, desk: Desk, problem?: string): Screen {
  const { t } = desk
  const { schedule } = spec
  const stands = schedule.kind === 'standing' ? schedule.occasion.kind : undefined
  const set = (words: string, isOn: boolean, value: string) =>
    button(`${isOn ? '✓ ' : ''}${words}`, { screen: 'offerSet', id, part: 'standing', value })
  const text = lines(
    [{ bold: titleOf(spec, desk) }],
    ...wrong(problem, desk),
    [t('offers.ask.standing')],
    ...(stands
      ? [[], [t('offers.now'), ` ${scheduleWords(spec, desk)}.`], [t('offers.standing.typed')]]
      : []),
  )
  return screen(text, [
    ...kinds.flatMap((kind) => [
      [set(t(`offers.standing.kind.${kind}`), stands === kind, `${kind}.${ready[kind][0]}`)],
      ...(stands === kind
        ? [
            ready[kind].map((days) =>
              set(
                t(`offers.standing.${kind}${days === 0 ? 'Today' : ''}`, { count: days }),
                isOccasion(spec, kind, days),
                `${kind}.${days}`,
              ),
            ),
          ]
        : []),
    ]),
    ...(stands ? [[set(t('offers.standing.off'), false, 'off')]] : []),
    [
      stands
        ? button(t('offers.buttons.ready'), { screen: 'offerEdit', id }, 'success')
        : button(t('admin.buttons.back'), { screen: 'offerEdit', id }),
    ],
  ])
}
