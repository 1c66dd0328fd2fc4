import type { Api } from 'grammy'
import type { Language } from '../domain/salon.ts'

/** Ready strings for what Telegram shows about the bot; people whose language is missing see the first one. */
export interface Announcement {
  languages: Language[]
  commands: Record<Language, { command: string; description: string }[]>
  /** Shown in the empty chat before Start, at most 512 characters. */
  description: Record<Language, string>
  /** Shown on the bot's profile, at most 120 characters. */
  about: Record<Language, string>
}

/**
 * Tells Telegram the bot's commands and descriptions in each language.
 * @param ask makes one call, repeated after hiccups
 */
export async function announceTelegram(
  api: Api,
  { languages, commands, description, about }: Announcement,
  ask: (method: string, attempt: () => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  const [first] = languages
  const audiences = languages.map((language) => ({ language, code: { language_code: language } as object }))
  if (first !== undefined) audiences.unshift({ language: first, code: {} })
  for (const { language, code } of audiences) {
    await ask('setMyCommands', () => api.raw.setMyCommands({ commands: commands[language], ...code }))
    await ask('setMyDescription', () =>
      api.raw.setMyDescription({ description: description[language], ...code }),
    )
    const short = { short_description: about[language], ...code }
    await ask('setMyShortDescription', () => api.raw.setMyShortDescription(short))
  }
}
