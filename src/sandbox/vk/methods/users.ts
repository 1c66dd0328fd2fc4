import type { Person } from '../../messenger.ts'
import { badParameter } from '../api-error.ts'
import type { Community } from '../community.ts'
import { list } from '../params.ts'
import { personByScreenName } from '../recipient.ts'
import type { Methods } from './method.ts'

const maxUsers = 1000

/** `users.get`: only people of the sandbox exist; others are left out of the answer. */
export const createUsers = (community: Community): Methods => ({
  'users.get': (params) => {
    const names = [...list(params, 'user_ids'), ...list(params, 'user_id')]
    if (names.length > maxUsers) throw badParameter(`user_ids should contain at most ${maxUsers} items`)
    const fields = new Set(list(params, 'fields'))
    const ids = names.map((name) => (/^\d+$/.test(name) ? Number(name) : personByScreenName(community, name)))
    return [...new Set(ids)].flatMap((id) => {
      const person = community.conversations.get(id)?.person
      return person ? [wireUser(person, fields)] : []
    })
  },
})

function wireUser(person: Person, fields: ReadonlySet<string>): object {
  const user: Record<string, unknown> = {
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName ?? '',
    can_access_closed: true,
    is_closed: false,
  }
  if (fields.has('sex')) user['sex'] = person.sex ?? 0
  if (fields.has('screen_name')) user['screen_name'] = person.username ?? `id${person.id}`
  if (fields.has('domain')) user['domain'] = person.username ?? `id${person.id}`
  if (fields.has('bdate') && person.birthDate !== undefined) user['bdate'] = person.birthDate
  if (fields.has('city') && person.city !== undefined)
    user['city'] = { id: cityId(person.city), title: person.city }
  for (const field of ['photo_50', 'photo_100', 'photo_200']) {
    if (fields.has(field)) user[field] = `https://vk.com/images/camera_${field.slice(6)}.png`
  }
  return user
}

/** The numbers of two cities are well known; the rest get one made of the name. */
function cityId(title: string): number {
  const known = ['Москва', 'Санкт-Петербург'].indexOf(title)
  if (known >= 0) return known + 1
  let hash = 0
  for (const character of title) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000
  return 10 + hash
}
