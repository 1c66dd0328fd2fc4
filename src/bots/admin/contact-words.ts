import { showPhone } from '../../domain/phone.ts'
import type { Platform } from '../../domain/platform.ts'
import type { Desk } from './desk.ts'
import type { Part } from './screen.ts'

/** A way to write to the person: the name of the platform as a link to the person's page or chat. */
export function chatLink(
  { platform, externalId }: { platform: Platform; externalId: number },
  desk: Desk,
): Part {
  const name = desk.t(`admin.platform.${platform}`)
  return platform === 'vk'
    ? { link: name, url: `https://vk.com/id${externalId}` }
    : { mention: name, userId: externalId }
}

/** "+7 912 345 67 89 (подтверждён)" */
export function phoneWords(phone: string, confirmed: boolean, { t }: Desk): string {
  return t(confirmed ? 'admin.client.phoneConfirmed' : 'admin.client.phoneTyped', { phone: showPhone(phone) })
}
