import { ApiError, badRequest } from './api-error.ts'
import { jsonArgument, leadingInteger, textArgument } from './arguments.ts'
import type { Arguments } from './arguments.ts'
import { isObject, requiredTextField, textField } from './json-object.ts'
import type { BotState, ChatState, World } from './state.ts'

export interface BotCommand {
  command: string
  description: string
}

const COMMANDS_MAX = 100
const DESCRIPTION_MAX_LENGTH = 256

const SCOPES = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'] as const

/**
 * Checks the parameter `commands`.
 * @throws ApiError 400
 */
export function commandsArgument(args: Arguments): BotCommand[] {
  const list = jsonArgument(args, 'commands', 'commands') ?? []
  if (!Array.isArray(list)) throw badRequest('Expected an Array of BotCommand')
  if (list.length > COMMANDS_MAX) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  return list.map((item: unknown) => {
    if (!isObject(item)) throw badRequest("Can't parse BotCommand: expected an Object")
    const command = requiredTextField(item, 'command').replace(/^\//, '')
    const description = requiredTextField(item, 'description').trim()
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
    if (description === '' || description.length > DESCRIPTION_MAX_LENGTH) {
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
    }
    return { command, description }
  })
}

/**
 * Where commands are kept: the scope (with its chat) and the language together.
 * @throws ApiError 400 for a malformed scope, a chat that does not exist, a bad language code
 */
export function commandsKeyArgument(world: World, args: Arguments): string {
  const scope = jsonArgument(args, 'scope', 'BotCommandScope') ?? { type: 'default' }
  return commandsKey(scopeName(world, scope), languageArgument(args))
}

/** Two small letters or nothing. */
export function languageArgument(args: Arguments): string {
  const code = textArgument(args, 'language_code')
  if (code !== '' && !/^[a-z]{2}$/.test(code))
    throw new ApiError(400, 'Bad Request: invalid language code specified')
  return code
}

function scopeName(world: World, scope: unknown): string {
  if (!isObject(scope)) throw badRequest("Can't parse BotCommandScope: BotCommandScope must be an Object")
  const type = requiredTextField(scope, 'type')
  if (SCOPES.some((name) => name === type)) return type
  if (type !== 'chat' && type !== 'chat_administrators' && type !== 'chat_member') {
    throw badRequest("Can't parse BotCommandScope: Unsupported type specified")
  }
  const chatId = leadingInteger(textField(scope, 'chat_id'))
  if (!world.people.has(chatId)) throw badRequest('chat not found')
  // In a private chat there are no administrators and members to tell apart.
  if (type !== 'chat') throw badRequest("can't change commands in private chats for a part of the members")
  return `chat ${chatId}`
}

function commandsKey(scope: string, language: string): string {
  return language === '' ? scope : `${scope}/${language}`
}

/** The commands that a person sees: the narrowest scope wins, in it the person's language. */
export function commandsFor(bot: BotState, { person }: ChatState): BotCommand[] {
  for (const scope of [`chat ${person.id}`, 'all_private_chats', 'default']) {
    const found = bot.commands[commandsKey(scope, person.language)] ?? bot.commands[scope]
    if (found) return found
  }
  return []
}
