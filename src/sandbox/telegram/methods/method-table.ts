import { copyMessage, forwardMessage } from './copy.ts'
import { editMessageCaption, editMessageReplyMarkup, editMessageText } from './edit.ts'
import type { Method } from './method.ts'
import {
  deleteMyCommands,
  getChat,
  getChatMenuButton,
  getFile,
  getMe,
  getMyCommands,
  getMyDescription,
  getMyName,
  getMyShortDescription,
  setChatMenuButton,
  setMyCommands,
  setMyDescription,
  setMyName,
  setMyShortDescription,
} from './profile.ts'
import {
  deleteMessage,
  deleteMessages,
  pinChatMessage,
  unpinAllChatMessages,
  unpinChatMessage,
} from './remove.ts'
import { answerCallbackQuery, sendChatAction } from './respond.ts'
import { sendFile, sendMediaGroup, sendMessage } from './send.ts'
import { deleteWebhook, getWebhookInfo, setWebhook } from './webhook.ts'

/** Closing means only that the bot's instance moves; the sandbox has one instance. */
const close: Method = () => true

const logOut: Method = ({ bot }) => {
  bot.webhook?.sender.close()
  bot.webhook = undefined
  bot.queue.clear()
  bot.loggedOut = true
  return true
}

/** All methods but getUpdates, which may answer later, by their names as documented. */
export const METHODS = {
  answerCallbackQuery,
  close,
  copyMessage,
  deleteMessage,
  deleteMessages,
  deleteMyCommands,
  deleteWebhook,
  editMessageCaption,
  editMessageReplyMarkup,
  editMessageText,
  forwardMessage,
  getChat,
  getChatMenuButton,
  getFile,
  getMe,
  getMyCommands,
  getMyDescription,
  getMyName,
  getMyShortDescription,
  getWebhookInfo,
  logOut,
  pinChatMessage,
  sendAnimation: sendFile('animation'),
  sendAudio: sendFile('audio'),
  sendChatAction,
  sendDocument: sendFile('document'),
  sendMediaGroup,
  sendMessage,
  sendPhoto: sendFile('photo'),
  sendSticker: sendFile('sticker'),
  sendVideo: sendFile('video'),
  sendVoice: sendFile('voice'),
  setChatMenuButton,
  setMyCommands,
  setMyDescription,
  setMyName,
  setMyShortDescription,
  setWebhook,
  unpinAllChatMessages,
  unpinChatMessage,
} satisfies Record<string, Method>

const byLowerCase = new Map<string, Method>(
  Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), method]),
)

/** Method names are the same in any case. */
export function methodNamed(lowerCaseName: string): Method | undefined {
  return byLowerCase.get(lowerCaseName)
}
