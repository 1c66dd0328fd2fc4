import { ApiError } from '../api-error.ts'
import type { Community } from '../community.ts'
import type { EventType } from '../event-types.ts'
import { producedTypes } from '../event-types.ts'
import { switches } from '../events.ts'
import { flag, list, requiredText, text } from '../params.ts'
import type { Params } from '../params.ts'
import type { Methods } from './method.ts'

/** Bits of a community's token. */
const permissions = { manage: 262_144, messages: 4096, photos: 4, docs: 131_072 }

/**
 * The community itself and its Bots Long Poll.
 * @param position where a new poll starts, and with what key
 */
export const createGroups = (
  community: Community,
  { position, address }: { position: () => { key: string; ts: string }; address: () => string },
): Methods => ({
  'groups.getById': (params) => {
    const asked = [...list(params, 'group_ids'), ...list(params, 'group_id')]
    const { group } = community
    const isOwn = (name: string) => [String(group.id), `club${group.id}`, group.screenName].includes(name)
    return { groups: asked.length === 0 || asked.some(isOwn) ? [wireGroup(community)] : [], profiles: [] }
  },

  'groups.getTokenPermissions': () => ({
    mask: Object.values(permissions).reduce((sum, bit) => sum | bit, 0),
    permissions: Object.entries(permissions).map(([name, setting]) => ({ name, setting })),
  }),

  'groups.getLongPollServer': (params) => {
    checkGroup(community, params)
    if (!community.longPoll.enabled) throw new ApiError(100, 'longpoll for this group is not enabled')
    const { key, ts } = position()
    return { key, server: address(), ts }
  },

  'groups.getLongPollSettings': (params) => {
    checkGroup(community, params)
    const { enabled, apiVersion, types } = community.longPoll
    return { is_enabled: enabled, api_version: apiVersion, events: switches(types) }
  },

  'groups.setLongPollSettings': (params) => {
    checkGroup(community, params)
    if (text(params, 'enabled') !== undefined) community.longPoll.enabled = flag(params, 'enabled')
    community.longPoll.apiVersion = text(params, 'api_version') ?? community.longPoll.apiVersion
    switchTypes(community.longPoll.types, params)
    return 1
  },
})

/** The token is good for its own community only. @throws ApiError 100, 15 */
export function checkGroup({ group }: Community, params: Params): void {
  if (requiredText(params, 'group_id') !== String(group.id))
    throw new ApiError(15, 'no access to call this method')
}

/** Switches on and off what the parameters name, 1 or 0; the rest stays. */
export function switchTypes(types: Set<EventType>, params: Params): void {
  for (const type of producedTypes) {
    if (text(params, type) === undefined) continue
    if (flag(params, type)) types.add(type)
    else types.delete(type)
  }
}

const wireGroup = ({ group }: Community): object => ({
  id: group.id,
  name: group.name,
  screen_name: group.screenName,
  is_closed: 0,
  type: 'page',
  photo_50: 'https://vk.com/images/community_50.png',
  photo_100: 'https://vk.com/images/community_100.png',
  photo_200: 'https://vk.com/images/community_200.png',
})
