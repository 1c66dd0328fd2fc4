/** @import { Context } from './phone.js' */
import { shownPhone } from './phone-number.js'

/**
 * Asks as Telegram does, then shares the person's own contact.
 * @param {Context} context
 * @param {() => void} share
 */
export function shareContact(context, share) {
  const { t, dialogs } = context
  const { phone } = context.person()
  if (!phone) return dialogs.alert(t('contact.none'))
  const text = t('contact.text', { bot: context.bot().name, phone: shownPhone(phone) })
  dialogs.confirm({ title: t('contact.title'), text, yes: t('contact.share') }, share)
}

/**
 * Asks, then tells the bot where the person is.
 * @param {Context} context
 * @param {() => void} share
 */
export function shareLocation(context, share) {
  const { t, dialogs } = context
  const text = t('location.text', { bot: context.bot().name })
  dialogs.confirm({ title: t('location.title'), text, yes: t('location.share') }, share)
}
