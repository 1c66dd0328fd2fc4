import { Keyboard } from 'vk-io'
import type { KeyboardBuilder } from 'vk-io'
import type { Button, Message } from '../flows/conversation.ts'
import { layout, vkLimits } from './layout.ts'
import { splitText } from './split-text.ts'

/** One messages.send, but for the receiver. */
export interface VkPart {
  message: string
  /** Non-zero int32: VK shows a message with the same number to the same person once. */
  randomId: number
  keyboard?: string
}

/** VK shows 4096 characters for sure; its schema says 9000. */
const maxText = 4096

/** The parts that show a message; the last one carries the buttons. VK knows no bold. */
export function vkParts(
  message: Message,
  { key, textButtons }: { key: string; textButtons: boolean },
): VkPart[] {
  const texts = message.text.text === '' ? [''] : splitText(message.text, maxText).map(({ text }) => text)
  const keyboard = inlineKeyboard(message, textButtons) ?? standingKeyboard(message.standing)
  return texts.map((text, index) => ({
    message: text,
    randomId: randomIdOf(`${key}/${index}`),
    ...(keyboard !== undefined && index === texts.length - 1 ? { keyboard } : {}),
  }))
}

/** Files, pictures and texts over the limit are always new messages. */
export function isEditableInVk({ file, picture, photo, text }: Message): boolean {
  return !file && !picture && !photo && text.text.length <= maxText
}

/** The buttons under the message, as VK's JSON; undefined when there are none. */
export function inlineKeyboard({ groups }: Message, textButtons: boolean): string | undefined {
  const rows = layout(groups, vkLimits)
  if (rows.length === 0) return undefined
  const builder = Keyboard.builder().inline()
  for (const row of rows) {
    for (const button of row) addButton(builder, button, textButtons)
    builder.row()
  }
  return builder.toString()
}

/** The buttons under the input field. Text buttons: the person sees in the chat what was pressed. */
function standingKeyboard(buttons: Button[] | undefined): string | undefined {
  if (!buttons || buttons.length === 0) return undefined
  const builder = Keyboard.builder()
  for (const row of layout([{ kind: 'options', buttons }], { ...vkLimits, rows: 10, buttons: 40 })) {
    for (const button of row) addButton(builder, button, true)
    builder.row()
  }
  return builder.toString()
}

function addButton(builder: KeyboardBuilder, { label, value, color, link }: Button, asText: boolean): void {
  if (link !== undefined) {
    builder.urlButton({ label, url: link })
    return
  }
  const shade: NonNullable<Button['color']> | 'secondary' = color ?? 'secondary'
  const button = { label, payload: { v: value }, color: shade }
  if (asText) builder.textButton(button)
  else builder.callbackButton(button)
}

/** FNV-1a, 32 bit (Fowler, Noll, Vo): the same number for the same name, whatever process says it. */
function randomIdOf(name: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < name.length; index += 1) {
    hash ^= name.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  // 0 would switch the recognition of repeats off.
  return hash & 0x7fffffff || 1
}
