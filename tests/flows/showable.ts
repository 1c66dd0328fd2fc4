/** What a platform can show: every message of every dialogue is held to it. */
import { expect } from 'vitest'
import { layout, telegramLimits, vkLimits } from '../../src/bots/layout.ts'
import type { Platform } from '../../src/domain/platform.ts'
import type { Button, Message, Reply } from '../../src/flows/conversation.ts'

/** The messages of a reply, what closes included. */
export const messagesOf = ({ say, live, close }: Reply): Message[] => [
  ...say,
  ...(live ? [live.message] : []),
  ...(close ? [{ text: close.text, groups: [] }] : []),
]

/** Expects that a platform shows a message as it is. */
export function showable(message: Message, platform: Platform): void {
  const { text, groups, askPhone, removeKeyboard, file } = message
  const limits = platform === 'telegram' ? telegramLimits : vkLimits
  // Throws when the answers don't fit.
  const buttons = layout(groups, limits).flat()
  const wrong = [
    text.text.trim() === '' && 'no text',
    text.text.length > 4096 && 'a text that is too long',
    text.bold.some(({ offset, length }) => offset + length > text.text.length) && 'bold beyond the end',
    buttons.length > limits.buttons && 'too many buttons',
    buttons.some((button) => !fits(button, limits.labelLength)) && 'a button that does not fit',
    removeKeyboard && groups.length > 0 && 'buttons beside a keyboard that goes',
    file && !/^[\w.-]+$/.test(file.name) && 'a file name that is not ASCII',
    askPhone?.typed.includes('') && 'an empty key',
  ]
  expect({ text: text.text, wrong: wrong.filter(Boolean) }).toEqual({ text: text.text, wrong: [] })
}

const fits = ({ label, value }: Button, length: number): boolean =>
  label.length <= length && label.trim() !== '' && Buffer.byteLength(value) <= 64
