import type { InlineKeyboardButton } from 'telegraf/types'
import type { OfferText } from '../../../domain/offers/offer.ts'
import type { Language } from '../../../domain/salon.ts'
import type { Desk } from '../desk.ts'
import { button, type Part } from '../screen.ts'
import type { PartRoute } from './route.ts'

/** A salon with two languages may say it in each. Without a press what is typed is for everybody, as in a salon with one. */
export function languageRow(
  text: OfferText | undefined,
  route: PartRoute,
  { t, salon }: Desk,
): InlineKeyboardButton[][] {
  if (text === undefined || salon.languages.length < 2) return []
  const row = salon.languages.map((language) => {
    const name = t(`language.names.${language}`)
    const state = text[language] === undefined ? ` · ${t('offers.language.none')}` : ''
    return button(`${route.language === language ? '✓ ' : ''}${name}${state}`, { ...route, language })
  })
  const { language } = route
  const isSpare = language !== undefined && language !== salon.languages[0] && text[language] !== undefined
  const value = ['drop', ...(route.variant === undefined ? [] : [route.variant]), language].join('.')
  return [
    row,
    ...(isSpare
      ? [
          [
            button(t('offers.language.drop', { language: t(`language.names.${language}`) }), {
              screen: 'offerSet',
              id: route.id,
              part: route.part,
              value,
            }),
          ],
        ]
      : []),
  ]
}

/** Said before anything can get lost: whose words are typed now. */
export function languageWords(
  text: OfferText | undefined,
  { language }: PartRoute,
  { t, salon }: Desk,
): (readonly Part[])[] {
  if (text === undefined || salon.languages.length < 2) return []
  if (language !== undefined)
    return [[t('offers.language.only', { language: t(`language.names.${language}`) })]]
  return languagesIn(text, salon.languages).length > 1 ? [[t('offers.language.all')]] : []
}

const languagesIn = (text: OfferText, languages: readonly Language[]): Language[] =>
  languages.filter((language) => text[language] !== undefined)
