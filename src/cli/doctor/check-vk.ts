/** The VK community: does the key work, has it the rights, are the events switched on. */
import * as z from 'zod'

import type { VkGroup } from '../../settings.ts'
import { NoAnswer } from './ask.ts'
import { ok, problem, warning, type Finding, type Patient } from './finding.ts'

const apiVersion = '5.199'
const neededEvents = ['message_new', 'message_event', 'message_allow', 'message_deny'] as const

const answerSchema = z.union([
  z.object({ response: z.unknown() }),
  z.object({ error: z.object({ error_code: z.number(), error_msg: z.string() }) }),
])
const groupsSchema = z.object({ groups: z.array(z.object({ id: z.number(), name: z.string() })) })
const permissionsSchema = z.object({ permissions: z.array(z.object({ name: z.string() })) })
const eventsSchema = z.object({ events: z.record(z.string(), z.number()) })
const longPollSchema = eventsSchema.extend({ is_enabled: z.boolean() })
const codeSchema = z.object({ code: z.string() })
const serversSchema = z.object({
  items: z.array(
    z.object({ id: z.number(), url: z.string(), secret_key: z.string().optional(), status: z.string() }),
  ),
})

/** Ends the examination of the community: what follows would only repeat it. */
class Stop extends Error {
  readonly finding: Finding

  constructor(finding: Finding) {
    super('stop')
    this.finding = finding
  }
}

/** @returns findings about the community; none when VK is not set */
export async function checkVk(patient: Patient): Promise<Finding[]> {
  const { vk, publicUrl } = patient.settings
  if (vk === undefined) return []
  const call = createCall(patient, vk)
  const findings: Finding[] = []
  try {
    findings.push(await checkGroup(call, vk))
    findings.push(...(await checkRights(call, publicUrl === undefined)))
    findings.push(
      ...(publicUrl === undefined ? await checkLongPoll(call) : await checkCallback(call, vk, publicUrl)),
    )
    return findings
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return [...findings, error.finding]
  }
}

type Call = <T>(method: string, schema: z.ZodType<T>, params?: Record<string, string>) => Promise<T>

function createCall({ ask }: Patient, vk: VkGroup): Call {
  const host = new URL(vk.apiUrl).host
  return async (method, schema, params = {}) => {
    // Asked without a community's number, getById tells whose key this is.
    const group = method === 'groups.getById' ? {} : { group_id: String(vk.groupId) }
    const form = { access_token: vk.token, v: apiVersion, ...group, ...params }
    const answer = await ask(`${vk.apiUrl}/${method}`, { form }).catch((error: unknown) => {
      if (error instanceof NoAnswer) throw new Stop(problem('vk.unreachable', { host, code: error.code }))
      throw error
    })
    const read = answerSchema.safeParse(answer.json)
    if (!read.success) throw new Stop(problem('vk.notApi', { host, status: answer.status }))
    if ('error' in read.data) throw new Stop(refusal(method, read.data.error))
    const result = schema.safeParse(read.data.response)
    if (!result.success) throw new Stop(problem('vk.strange', { method }))
    return result.data
  }
}

// 5: the key is wrong or was deleted. 27: it is a key, but not of a community. 15: it is another community's.
function refusal(
  method: string,
  { error_code: code, error_msg: message }: { error_code: number; error_msg: string },
) {
  if (code === 5 || code === 27) return problem('vk.unauthorized', { code })
  if (code === 15) return problem('vk.noAccess', { method })
  return problem('vk.refused', { method, code, message })
}

async function checkGroup(call: Call, vk: VkGroup): Promise<Finding> {
  const { groups } = await call('groups.getById', groupsSchema)
  const own = groups[0]
  if (own === undefined) throw new Stop(problem('vk.strange', { method: 'groups.getById' }))
  if (own.id !== vk.groupId) {
    throw new Stop(problem('vk.otherGroup', { name: own.name, id: own.id, expected: vk.groupId }))
  }
  return ok('vk.group', { name: own.name })
}

async function checkRights(call: Call, longPoll: boolean): Promise<Finding[]> {
  const { permissions } = await call('groups.getTokenPermissions', permissionsSchema)
  const has = new Set(permissions.map(({ name }) => name))
  const needed = ['messages', ...(longPoll ? ['manage'] : [])].filter((name) => !has.has(name))
  if (needed.length > 0) throw new Stop(problem('vk.rights', { rights: needed.join(', ') }))
  return has.has('docs') ? [] : [warning('vk.noDocs')]
}

async function checkLongPoll(call: Call): Promise<Finding[]> {
  const { is_enabled: enabled, events } = await call('groups.getLongPollSettings', longPollSchema)
  if (!enabled) return [problem('vk.longPollOff')]
  return judgeEvents(events, 'Long Poll API')
}

function judgeEvents(events: Record<string, number>, api: string): Finding[] {
  const missing = neededEvents.filter((name) => events[name] !== 1)
  if (missing.length > 0) return [problem('vk.events', { api, events: missing.join(', ') })]
  return [ok('vk.eventsFine', { api })]
}

async function checkCallback(call: Call, vk: VkGroup, publicUrl: string): Promise<Finding[]> {
  const expected = `${publicUrl}/vk`
  const { code } = await call('groups.getCallbackConfirmationCode', codeSchema)
  if (code !== vk.confirmation) return [problem('vk.confirmation')]
  const { items } = await call('groups.getCallbackServers', serversSchema)
  const server = items.find(({ url }) => url === expected)
  if (server === undefined) return [problem('vk.noServer', { expected })]
  if ((server.secret_key ?? '') !== vk.secret) return [problem('vk.secret', { expected })]
  if (server.status !== 'ok') return [problem('vk.serverNotOk', { expected, status: server.status })]
  const { events } = await call('groups.getCallbackSettings', eventsSchema, { server_id: String(server.id) })
  return judgeEvents(events, 'Callback API')
}
