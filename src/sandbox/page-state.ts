import type { BotProfile, Chat, Messenger } from './messenger.ts'
import type { PageState, ShownClock } from './page-protocol.ts'
import type { PageOptions } from './page-options.ts'
import { skipTargets } from './skip-targets.ts'

/** Enough to scroll back through a whole visit; a load test's thousands would only slow the page down. */
const keptMessages = 200

/**
 * Everything that the page shows, as of now.
 * @throws Error when a bot is unknown to its messenger
 */
export function pageState(options: PageOptions): PageState {
  const { telegram, vk, clientBotId, adminBotId, groupId, languages, staffIds = [], adminLink } = options
  const link = adminLink?.()
  return {
    languages,
    phones: {
      telegram: { platform: 'telegram', bot: bot(telegram, clientBotId) },
      vk: { platform: 'vk', bot: bot(vk, groupId) },
      admin: { platform: 'telegram', bot: bot(telegram, adminBotId) },
    },
    people: { telegram: telegram.people(), vk: vk.people() },
    staffIds,
    chats: [...chats(telegram, clientBotId), ...chats(vk, groupId), ...chats(telegram, adminBotId)],
    ...(link === undefined ? {} : { adminLink: link }),
    clock: shownClock(options),
  }
}

/** The clock, and where a skip would lead now. */
export function shownClock({ clock, hours }: Pick<PageOptions, 'clock' | 'hours'>): ShownClock {
  const { evening, tomorrow, monday } = skipTargets(clock.now(), hours)
  return { offsetMs: clock.offsetMs(), timeZone: hours.timeZone, targets: { evening, tomorrow, monday } }
}

function bot(messenger: Messenger, botId: number): BotProfile {
  const found = messenger.bots().find(({ id }) => id === botId)
  if (!found)
    throw new Error(`The ${messenger.platform} stand-in has no bot ${botId}: give it to its options first`)
  return found
}

function chats(messenger: Messenger, botId: number): Chat[] {
  return messenger.people().map((person) => {
    const chat = messenger.chat(botId, person.id)
    return { ...chat, messages: chat.messages.slice(-keptMessages) }
  })
}
