/** To whom an offer goes: conditions to be switched on and off. */
import type { InlineKeyboardButton } from 'telegraf/types'
import { toSimple, type SimpleAudience } from '../../../domain/offers/simple-audience.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import { button, screen, type Screen } from '../screen.ts'
import { audienceHead, press } from './audience-head.ts'
import { conditions, pageOfKind, type ShownPage } from './audience-pages.ts'
import { audiencePages } from './audience-route.ts'
import type { AudienceFacts } from './page-context.ts'
import { inRows } from './part-words.ts'

/** @param problem a key below "offers.wrong" */
export function audienceScreen(
  offer: StoredOffer,
  { page, at = 0 }: { page: ShownPage; at?: number },
  facts: AudienceFacts,
  desk: Desk,
  problem?: string,
): Screen {
  const { id, spec } = offer
  const { t } = desk
  const simple = toSimple(spec.audience)
  const done = [button(t('offers.buttons.ready'), { screen: 'offerEdit', id }, 'success')]
  if (!simple)
    return screen(audienceHead(offer, facts.meant, 'complex', desk, problem), [
      [press(t('offers.audience.anew'), false, id, 'all')],
      done,
    ])
  return screen(audienceHead(offer, facts.meant, page, desk, problem), [
    ...conditions(page, at, { id, simple, facts, desk }),
    ...tabs(page, id, simple, desk),
    ...(simple.length === 0
      ? []
      : [
          [
            button(t('offers.audience.except'), { screen: 'offerWhom', id, page: 'except' }),
            press(t('offers.audience.anew'), false, id, 'all'),
          ],
        ]),
    done,
  ])
}

/** All pages, always in the same places; ticked are those where something is chosen. */
function tabs(page: ShownPage, id: number, simple: SimpleAudience, { t }: Desk): InlineKeyboardButton[][] {
  const now = page === 'months' ? 'more' : page
  return inRows(
    audiencePages.map((one) => {
      const words = t(`offers.audience.page.${one}`)
      const isUsed = simple.some(({ rule }) => pageOfKind[rule.kind] === one)
      const shown = one === now ? `• ${words} •` : `${isUsed ? '✓ ' : ''}${words}`
      return button(shown, { screen: 'offerWhom', id, page: one })
    }),
    3,
  )
}
