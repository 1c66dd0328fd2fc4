/** @import { Context } from './phone.js' */
import { shownPhone } from './phone-number.js'

/**
 * Asks as Telegram does, then shares the person's own contact.
 * @param {Context} context
 */
export function shareContact(context) {
  const { t, dialogs } = context
  const { phone } = context.person()
  if (!phone) return dialogs.alert(t('contact.none'))
  const text = t('contact.text', { bot: context.bot().name, phone: shownPhone(phone) })
  dialogs.confirm(
    { title: t('contact.title'), text, yes: t('contact.share') },
    () => void context.do('sendContact', {}),
  )
}

/**
 * Asks, then tells the bot where the person is.
 * @param {Context} context
 * @param {() => Promise<boolean>} share
 */
export function shareLocation(context, share) {
  const { t, dialogs } = context
  const text = t('location.text', { bot: context.bot().name })
  dialogs.confirm({ title: t('location.title'), text, yes: t('location.share') }, () => void share())
}
