import { couponPayload } from '../../domain/coupon.ts'
import type { Language } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'
import type { Member, StaffStorage } from '../../storage/staff.ts'
import type { Incoming } from './read-update.ts'
import { screen, type Screen } from './screen.ts'

export type Admission =
  /** The person is a member from now on (or again after a crash); `words` welcome. */
  | { member: Member; joined: boolean; words: string }
  /** A member opened a link that has nothing to give; `words` say so. */
  | { member: Member; joined: false; words?: string }
  | { screen: Screen }

/** Lets people in by their one-time links, and turns everybody else away with one sentence that tells nothing. */
export interface Gate {
  /** @param member who the person is already, if anybody */
  enter(incoming: Incoming, member: Member | undefined): Promise<Admission>
  refusal(language: Language): Screen
}

export function createGate({
  staff,
  translate,
}: {
  staff: StaffStorage
  translate: (language: Language) => Translate
}): Gate {
  const refusal = (language: Language): Screen => screen([translate(language)('admin.refusal')])

  return {
    refusal,
    async enter({ person, act, key }, member) {
      const payload = payloadIn(act)
      const isCoupon = payload?.startsWith(couponPayload) === true
      if (payload === undefined || isCoupon) {
        if (member) return { member, joined: false }
        // Clients scan their own coupon, out of curiosity.
        if (isCoupon) return { screen: screen([translate(person.language)('desk.coupon.forClient')]) }
        return { screen: refusal(person.language) }
      }
      const redeemed = await staff.redeem({ token: payload, person, updateKey: key })
      const t = translate(member?.language ?? person.language)
      if (redeemed.ok) {
        const words = t(`admin.welcome.${redeemed.member.role}`)
        return { member: redeemed.member, joined: redeemed.joined, words }
      }
      const words = t(`admin.redeem.${redeemed.reason}`)
      return member ? { member, joined: false, words } : { screen: screen([words]) }
    },
  }
}

/** Telegram hands a link's payload over as "/start <payload>". */
const payloadIn = (act: Incoming['act']): string | undefined =>
  act.kind === 'command' && act.name === 'start' && act.argument !== '' ? act.argument : undefined
