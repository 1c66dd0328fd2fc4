import { badRequest } from '../api-error.ts'
import { integerArgument, jsonArgument, textArgument } from '../arguments.ts'
import { chatArgument } from '../chat-state.ts'
import { commandsArgument, commandsKeyArgument, languageArgument } from '../commands.ts'
import { isObject, requiredTextField } from '../json-object.ts'
import type { Localized } from '../state.ts'
import type { Call, Method } from './method.ts'

const NAME_MAX_LENGTH = 64
const DESCRIPTION_MAX_LENGTH = 512
const SHORT_DESCRIPTION_MAX_LENGTH = 120

export const getMe: Method = ({ bot }) => ({
  ...bot.user,
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_guest_queries: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
})

export const setMyCommands: Method = (call) => {
  const key = commandsKeyArgument(call.world, call.args)
  const commands = commandsArgument(call.args)
  if (commands.length === 0) return deleteMyCommands(call)
  call.bot.commands[key] = commands
  tellCommands(call)
  return true
}

export const deleteMyCommands: Method = (call) => {
  delete call.bot.commands[commandsKeyArgument(call.world, call.args)]
  tellCommands(call)
  return true
}

export const getMyCommands: Method = ({ world, bot, args }) =>
  bot.commands[commandsKeyArgument(world, args)] ?? []

function tellCommands({ world, bot }: Call): void {
  for (const personId of bot.chats.keys()) world.emit({ botId: bot.profile.id, personId, type: 'commands' })
}

export const setMyName: Method = (call) => setText(call, call.bot.names, 'name', NAME_MAX_LENGTH)
export const getMyName: Method = (call) => ({ name: getText(call, call.bot.names) || call.bot.profile.name })

export const setMyDescription: Method = (call) =>
  setText(call, call.bot.descriptions, 'description', DESCRIPTION_MAX_LENGTH)
export const getMyDescription: Method = (call) => ({ description: getText(call, call.bot.descriptions) })

export const setMyShortDescription: Method = (call) =>
  setText(call, call.bot.shortDescriptions, 'short_description', SHORT_DESCRIPTION_MAX_LENGTH)
export const getMyShortDescription: Method = (call) => ({
  short_description: getText(call, call.bot.shortDescriptions),
})

/** An empty text takes the text of this language away. */
function setText({ args }: Call, texts: Localized, name: string, maxLength: number): boolean {
  const language = languageArgument(args)
  const text = textArgument(args, name)
  if (text.length > maxLength)
    throw badRequest(`${name === 'name' ? 'BOT_TITLE' : 'BOT_DESCRIPTION'}_TOO_LONG`)
  if (text === '') delete texts[language]
  else texts[language] = text
  return true
}

function getText({ args }: Call, texts: Localized): string {
  return texts[languageArgument(args)] ?? texts[''] ?? ''
}

export const setChatMenuButton: Method = (call) => {
  const button = jsonArgument(call.args, 'menu_button', 'menu button') ?? { type: 'default' }
  if (!isObject(button)) throw badRequest("Can't parse menu button: MenuButton must be an Object")
  const type = requiredTextField(button, 'type')
  if (type !== 'default' && type !== 'commands' && type !== 'web_app') {
    throw badRequest("Can't parse menu button: MenuButton has unsupported type")
  }
  const key = menuButtonKey(call)
  if (type === 'web_app') {
    const { text, web_app } = button
    call.bot.menuButtons[key] = { type, text, web_app }
  } else call.bot.menuButtons[key] = { type }
  return true
}

export const getChatMenuButton: Method = (call) => {
  const own = call.bot.menuButtons[menuButtonKey(call)]
  return own ?? call.bot.menuButtons[''] ?? { type: 'commands' }
}

function menuButtonKey({ world, bot, args }: Call): string {
  if (integerArgument(args, 'chat_id') === 0) return ''
  return String(chatArgument(world, bot, args).person.id)
}

/** A person's chat as ChatFullInfo; what people do not have in the sandbox has its neutral value. */
export const getChat: Method = ({ world, bot, args }) => {
  const chat = chatArgument(world, bot, args)
  const pinned = chat.messages.find((message) => message.api.message_id === chat.pinnedMessageId)
  return {
    ...chat.api,
    ...(chat.person.username === undefined ? {} : { active_usernames: [chat.person.username] }),
    ...(pinned ? { pinned_message: pinned.api } : {}),
    accent_color_id: chat.person.id % 7,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: true,
      limited_gifts: true,
      unique_gifts: true,
      premium_subscription: true,
      gifts_from_channels: true,
    },
  }
}

/** Bots may fetch up to 20 MB. */
const DOWNLOAD_MAX_BYTES = 20 * 1024 * 1024

export const getFile: Method = ({ world, bot, args }) => {
  const id = textArgument(args, 'file_id')
  if (id === '') throw badRequest('file_id not specified')
  const file = world.files.get(bot.profile.id, id)
  if (!file) throw badRequest('invalid file_id')
  if (file.sizeBytes > DOWNLOAD_MAX_BYTES) throw badRequest('file is too big')
  return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.sizeBytes, file_path: file.path }
}
