import { badParameter } from '../api-error.ts'
import type { CallbackServers } from '../callback-servers.ts'
import type { Community } from '../community.ts'
import { switches } from '../events.ts'
import { integers, requiredInteger, requiredText, text } from '../params.ts'
import type { Params } from '../params.ts'
import { checkGroup, switchTypes } from './groups.ts'
import type { Method, Methods } from './method.ts'

const maxTitle = 14
const maxSecret = 50

/** The Callback API's settings as methods; a server is asked to confirm itself when it is added or changed. */
export function createCallbackSettings(community: Community, servers: CallbackServers): Methods {
  const own =
    (method: Method): Method =>
    (params, context) => {
      checkGroup(community, params)
      return method(params, context)
    }
  // A refusal is shown by the server's status.
  const confirm = (id: number) => void servers.confirm(id).catch(() => undefined)

  return {
    'groups.getCallbackConfirmationCode': own(() => ({ code: community.confirmationCode })),
    'groups.getCallbackServers': own((params) => {
      const wanted = integers(params, 'server_ids', 10)
      const found = servers.list().filter(({ id }) => wanted.length === 0 || wanted.includes(id))
      const items = found.map(({ id, title, url, secret, status }) => ({
        id,
        title,
        creator_id: 1,
        url,
        secret_key: secret,
        status,
      }))
      return { count: items.length, items }
    }),
    'groups.addCallbackServer': own((params) => {
      const id = servers.add(readServer(params))
      confirm(id)
      return { server_id: id }
    }),
    'groups.editCallbackServer': own((params) => {
      const id = requiredInteger(params, 'server_id')
      servers.edit(id, readServer(params))
      confirm(id)
      return 1
    }),
    'groups.deleteCallbackServer': own((params) => {
      servers.remove(requiredInteger(params, 'server_id'))
      return 1
    }),
    'groups.getCallbackSettings': own((params) => {
      const { apiVersion, types } = servers.get(requiredInteger(params, 'server_id'))
      return { api_version: apiVersion, events: switches(types) }
    }),
    'groups.setCallbackSettings': own((params) => {
      const server = servers.get(requiredInteger(params, 'server_id'))
      server.apiVersion = text(params, 'api_version') ?? server.apiVersion
      switchTypes(server.types, params)
      return 1
    }),
  }
}

function readServer(params: Params): { url: string; title: string; secret: string } {
  const url = requiredText(params, 'url')
  const title = requiredText(params, 'title')
  const secret = text(params, 'secret_key') ?? ''
  if (!/^https?:\/\/./.test(url) || !URL.canParse(url)) throw badParameter('url is invalid')
  if (title.length > maxTitle) throw badParameter(`title should be at most ${maxTitle} letters length`)
  if (secret.length > maxSecret)
    throw badParameter(`secret_key should be at most ${maxSecret} letters length`)
  return { url, title, secret }
}
