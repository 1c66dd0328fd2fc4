import { APIError } from 'vk-io'
import { ApiError } from './api-error.ts'
import type { Trouble } from './api-error.ts'
import { WireError } from './wire.ts'

/** What vk-io rejects with, cleaned: its errors hold the parameters of the call, the message among them. */
export function vkError(method: string, error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof APIError) {
    return vkRefusal(method, Number(error.code), error.message.replace(/^Code №\d+ - /, ''))
  }
  if (error instanceof WireError) {
    const { status, message, sent } = error
    return new ApiError({ method, code: status, description: message, sent, trouble: 'repeat' })
  }
  // An upload that vk-io makes by itself: its errors may quote the address.
  return new ApiError({ method, description: 'no usable answer', trouble: 'repeat' })
}

/** An error that VK gives for a call, or for one receiver of a message inside a successful answer. */
export function vkRefusal(method: string, code: number, description: string): ApiError {
  return new ApiError({ method, code, description, trouble: troubleOf(method, code, description) })
}

function troubleOf(method: string, code: number, description: string): Trouble {
  switch (code) {
    case 6: // Too many requests per second
      return 'wait'
    case 9: // Flood control
    case 29: // Rate limit reached
      return 'flood'
    case 1: // Unknown error
    case 10: // Internal server error
      return 'repeat'
    case 18: // User was deleted or banned
    case 900: // Blacklisted by or in the community
    case 901: // No permission to write
    case 902: // Privacy settings
    case 936: // Contact not found
      return 'unreachable'
    case 15: // Access denied: also for a message that is not there; what is attached to a new one
      if (method === 'messages.send') return 'photo'
      return method === 'messages.edit' ? 'gone' : 'refused'
    case 200: // Access denied to the album of what is attached
      return method === 'messages.send' ? 'photo' : 'refused'
    case 909: // Too old: over 24 hours
    case 920: // This kind can't be edited
      return method === 'messages.edit' ? 'gone' : 'refused'
    case 100: // A parameter is wrong: the id of an event lives for a minute
      if (method === 'messages.send' && /attachment|photo/i.test(description)) return 'photo'
      return method === 'messages.sendMessageEventAnswer' ? 'stale' : 'refused'
    default:
      return 'refused'
  }
}
