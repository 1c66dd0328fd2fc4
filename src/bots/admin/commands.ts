import type { Language, Salon } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'
import type { Member } from '../../storage/staff.ts'
import type { Gateway } from './gateway.ts'

const forEverybody = ['start', 'help']
const forAdmins = [
  'menu',
  'visit',
  'calls',
  'segments',
  'offers',
  'survey',
  'new',
  'clients',
  'find',
  'import',
  'language',
  'help',
]
const forOwners = ['digest', 'nps', ...forAdmins.slice(0, -2), 'staff', 'language', 'help']

/** The list of commands beside the input field. */
export interface Commands {
  /** What a stranger sees: nothing that tells what the bot is for. In the language of the person's app. */
  setForEverybody(): Promise<void>
  /** What a member sees: by role, in the language that the member chose. */
  setFor(member: Member): Promise<void>
  /** A former member is a stranger again. */
  clearFor(member: Member): Promise<void>
}

export function createCommands({
  gateway,
  salon,
  translate,
}: {
  gateway: Gateway
  salon: Salon
  translate: (language: Language) => Translate
}): Commands {
  const described = (names: readonly string[], language: Language) =>
    names.map((command) => ({ command, description: translate(language)(`admin.commands.${command}`) }))
  const chatOf = (member: Member) => ({ scope: { type: 'chat', chat_id: member.telegramId } })

  return {
    async setForEverybody() {
      const commands = described(forEverybody, salon.languages[0] ?? 'ru')
      await gateway.ask('setMyCommands', { commands })
      for (const language of salon.languages) {
        const spoken = described(forEverybody, language)
        await gateway.ask('setMyCommands', { commands: spoken, language_code: language })
      }
    },
    async setFor(member) {
      const names = member.role === 'owner' ? forOwners : forAdmins
      await gateway.ask('setMyCommands', { commands: described(names, member.language), ...chatOf(member) })
    },
    async clearFor(member) {
      await gateway.ask('deleteMyCommands', chatOf(member))
    },
  }
}
