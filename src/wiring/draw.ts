import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from '../bots/admin.ts'
import type { Draw } from '../bots/picture.ts'
import { couponPayload } from '../domain/coupon.ts'
import { named } from '../domain/salon.ts'
import type { Language, Named } from '../domain/salon.ts'
import type { Translate } from '../locales.ts'

export interface DrawOptions {
  salonName: Named
  translate: (language: Language) => Translate
  /** The staff's bot, which a coupon's QR code opens; asked anew for each picture. */
  admin: () => Pick<Admin, 'username'> | undefined
  /** How long a client may wait for the bot's name. */
  patienceMs?: number
}

/** The pictures of the dialogues. Where the staff's bot is not to be had, a coupon has its code alone. */
export function createDraw({ salonName, translate, admin, patienceMs = 3000 }: DrawOptions): Draw {
  return async (picture) => {
    switch (picture.kind) {
      case 'coupon': {
        // Loaded by the first coupon: a start doesn't wait for it.
        const { couponPicture } = await import('../reports/qr-picture.ts')
        const { language, code, title, until } = picture
        const link = await couponLink(code)
        const coupon = { code, title, until, link, salon: named(salonName, language) }
        return { name: 'coupon.png', content: await couponPicture(coupon, translate(language)) }
      }
    }
  }

  async function couponLink(code: string): Promise<string | undefined> {
    const asked = admin()?.username()
    if (!asked) return undefined
    const late = new AbortController()
    const patience = sleep(patienceMs, undefined, { signal: late.signal })
    const username = await Promise.race([asked, patience]).catch(() => undefined)
    late.abort()
    return username === undefined ? undefined : `https://t.me/${username}?start=${couponPayload}${code}`
  }
}
