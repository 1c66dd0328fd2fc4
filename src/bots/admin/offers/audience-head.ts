import type { InlineKeyboardButton } from 'telegraf/types'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, type Part } from '../screen.ts'
import { peopleWords } from '../segments/words.ts'
import { wrong } from './part-words.ts'
import { titleOf, whomWords } from './words.ts'

/** Whom the rules mean today; `isAll`: there are no more. */
export interface Meant {
  clients: number
  isAll: boolean
}

/** Whom it means now, how many they are, and what this page is about. @param hint a key below "offers.audience.hint" */
export function audienceHead(
  { spec }: StoredOffer,
  meant: Meant,
  hint: string,
  desk: Desk,
  problem?: string,
): Part[] {
  const { t } = desk
  const people = peopleWords(meant.clients, desk)
  return lines(
    [{ bold: titleOf(spec, desk) }],
    ...wrong(problem, desk),
    [{ bold: t('offers.terms.whom') }, ` ${whomWords(spec, desk)}`],
    [t(meant.isAll ? 'offers.audience.meant' : 'offers.audience.meantAtLeast', { people })],
    [],
    [t(`offers.audience.hint.${hint}`)],
  )
}

/** A condition: ticked when it is on. */
export const press = (words: string, isOn: boolean, id: number, value: string): InlineKeyboardButton =>
  button(`${isOn ? '✓ ' : ''}${words}`, { screen: 'offerIf', id, value })
