import type { ShownButton } from '../messenger.ts'
import { ApiError } from './api-error.ts'

export interface VkAction {
  type: ActionType
  label?: string
  /** JSON text. */
  payload?: string
  link?: string
  app_id?: number
  owner_id?: number
  hash?: string
}

export interface VkButton {
  action: VkAction
  color?: VkColor
}

export interface VkKeyboard {
  one_time: boolean
  inline: boolean
  buttons: VkButton[][]
}

const actionTypes = ['text', 'callback', 'open_link', 'open_app', 'location', 'vkpay'] as const
type ActionType = (typeof actionTypes)[number]

const colors = ['primary', 'secondary', 'negative', 'positive'] as const
type VkColor = (typeof colors)[number]

const limits = {
  inline: { rows: 6, columns: 5, buttons: 10 },
  default: { rows: 10, columns: 5, buttons: 40 },
}
const maxLabel = 40
const maxPayload = 255

/**
 * Reads the `keyboard` parameter.
 * @throws ApiError 911 for whatever VK would not show: size, types, labels, payloads, colours
 */
export function parseKeyboard(json: string): VkKeyboard {
  const raw = record(parseJson(json), 'keyboard should be a JSON object')
  const inline = boolean(raw, 'inline')
  const oneTime = boolean(raw, 'one_time')
  if (inline && oneTime) throw invalid('inline keyboard can not be one_time')
  const rows = array(raw['buttons'], 'buttons should be an array of arrays')
  const limit = inline ? limits.inline : limits.default
  if (rows.length > limit.rows) throw invalid('keyboard contains too much rows')
  const buttons = rows.map((row, index) => parseRow(row, index, limit.columns))
  const count = buttons.reduce((sum, row) => sum + row.length, 0)
  if (count > limit.buttons) throw invalid('keyboard contains too much buttons')
  return { one_time: oneTime, inline, buttons }
}

/** The keyboard as a person sees it. */
export const shownButtons = (keyboard: VkKeyboard | undefined): ShownButton[][] =>
  keyboard?.buttons.map((row) => row.map(shownButton)) ?? []

function shownButton({ action, color }: VkButton): ShownButton {
  const label = action.label ?? (action.type === 'location' ? '📍' : 'VK Pay')
  const shownColor = color && ({ negative: 'danger', positive: 'success' } as const)[color as 'negative']
  const look = color ? { color: shownColor ?? (color as 'primary' | 'secondary') } : {}
  switch (action.type) {
    case 'text':
    case 'callback':
    case 'location':
      return { label, kind: action.type, ...look }
    case 'open_link':
      return { label, kind: 'link', link: action.link ?? '' }
    case 'open_app':
      return { label, kind: 'link', link: `https://vk.com/app${action.app_id}` }
    case 'vkpay':
      return { label, kind: 'link', link: 'https://vk.com/vkpay' }
  }
}

function parseRow(raw: unknown, row: number, maxColumns: number): VkButton[] {
  const cells = array(raw, `row ${row} should be an array`)
  if (cells.length === 0) throw invalid(`row ${row} is empty`)
  if (cells.length > maxColumns) throw invalid(`row ${row} contains too much columns`)
  const buttons = cells.map((cell, column) => parseButton(cell, `button [${row}][${column}]`))
  if (buttons.length > 1 && buttons.some(({ action }) => isWide(action.type))) {
    throw invalid(`row ${row} contains a button that takes the whole row`)
  }
  return buttons
}

/** These fill the width of the keyboard. */
const isWide = (type: ActionType): boolean => type === 'location' || type === 'vkpay' || type === 'open_app'

function parseButton(raw: unknown, where: string): VkButton {
  const { action: rawAction, color } = record(raw, `${where} should be an object`) as {
    action?: unknown
    color?: unknown
  }
  const action = parseAction(record(rawAction, `${where} action is undefined`), where)
  if (color === undefined) return { action }
  if (action.type !== 'text' && action.type !== 'callback') {
    throw invalid(`${where} color is not allowed for type ${action.type}`)
  }
  if (!colors.includes(color as VkColor)) throw invalid(`${where} color is invalid`)
  return { action, color: color as VkColor }
}

function parseAction(raw: Record<string, unknown>, where: string): VkAction {
  const type = raw['type'] as ActionType
  if (!actionTypes.includes(type)) throw invalid(`${where} action type is invalid`)
  const action: VkAction = { type }
  if (type !== 'location' && type !== 'vkpay') action.label = parseLabel(raw['label'], where)
  if (raw['payload'] !== undefined) action.payload = parsePayload(raw['payload'], where)
  if (type === 'open_link') action.link = parseLink(raw['link'], where)
  if (type === 'open_app') {
    if (!Number.isInteger(Number(raw['app_id'])) || !raw['app_id'])
      throw invalid(`${where} app_id is undefined`)
    action.app_id = Number(raw['app_id'])
    action.owner_id = Number(raw['owner_id'] ?? 0)
  }
  if (type === 'vkpay' && typeof raw['hash'] !== 'string') throw invalid(`${where} hash is undefined`)
  if (typeof raw['hash'] === 'string') action.hash = raw['hash']
  return action
}

function parseLabel(label: unknown, where: string): string {
  if (typeof label !== 'string' || label === '') {
    throw invalid(`${where} label should be at least 1 letters length`)
  }
  if (label.length > maxLabel) throw invalid(`${where} label should be at most ${maxLabel} letters length`)
  return label
}

/** VK also takes an object for the JSON text; null it refuses. */
function parsePayload(payload: unknown, where: string): string {
  const json = typeof payload === 'string' ? payload : JSON.stringify(payload)
  if (payload === null || (typeof payload === 'string' && parseJson(json) === undefined)) {
    throw invalid(`${where} payload should be valid JSON`)
  }
  if (json.length > maxPayload)
    throw invalid(`${where} payload should be at most ${maxPayload} letters length`)
  return json
}

function parseLink(link: unknown, where: string): string {
  if (typeof link !== 'string' || !/^https?:\/\/\S+$/.test(link)) throw invalid(`${where} link is invalid`)
  return link
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function record(value: unknown, complaint: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(complaint)
  return value as Record<string, unknown>
}

function array(value: unknown, complaint: string): unknown[] {
  if (!Array.isArray(value)) throw invalid(complaint)
  return value
}

function boolean(raw: Record<string, unknown>, name: string): boolean {
  const value = raw[name] ?? false
  if (typeof value !== 'boolean') throw invalid(`${name} should be boolean`)
  return value
}

const invalid = (detail: string): ApiError => new ApiError(911, detail)
