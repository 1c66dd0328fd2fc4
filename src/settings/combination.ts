/** Rules between the variables: what one of them needs of another. */
import { showVariable, type VariableName } from './environment-schema.ts'
import type { SettingsProblem, SettingsWarning } from './problem.ts'

type Given = Readonly<Partial<Record<VariableName, string>>>

const tokens = ['TELEGRAM_BOT_TOKEN', 'ADMIN_BOT_TOKEN', 'VK_TOKEN'] as const

/** No token at all: everything happens in the sandbox. */
export const isSandbox = (given: Given): boolean => tokens.every((name) => given[name] === undefined)

/** Everything that is missing or contradicts. Nothing of it matters to the sandbox. */
export function combinationProblems(given: Given): SettingsProblem[] {
  if (isSandbox(given)) return []
  const missing = (name: VariableName, key: string): SettingsProblem[] =>
    given[name] === undefined ? [{ key: name, expected: { key: `settings.expected.${key}` } }] : []
  const problems: SettingsProblem[] = []
  if (given.VK_TOKEN !== undefined) problems.push(...missing('VK_GROUP_ID', 'vkGroupId'))
  if (given.PUBLIC_URL !== undefined) {
    if (given.VK_TOKEN !== undefined) {
      problems.push(...missing('VK_SECRET', 'vkSecret'), ...missing('VK_CONFIRMATION', 'vkConfirmation'))
    }
    if (given.TELEGRAM_BOT_TOKEN !== undefined || given.ADMIN_BOT_TOKEN !== undefined) {
      problems.push(...missing('WEBHOOK_SECRET', 'webhookSecret'))
    }
  }
  if (given.ADMIN_BOT_TOKEN !== undefined && given.ADMIN_BOT_TOKEN === given.TELEGRAM_BOT_TOKEN) {
    const found = showVariable('ADMIN_BOT_TOKEN', given.ADMIN_BOT_TOKEN)
    problems.push({ key: 'ADMIN_BOT_TOKEN', found, expected: { key: 'settings.expected.otherToken' } })
  }
  return problems
}

/** What works, but hardly as it was meant. */
export function combinationWarnings(given: Given): SettingsWarning[] {
  const warnings: SettingsWarning[] = []
  const clients = given.TELEGRAM_BOT_TOKEN !== undefined || given.VK_TOKEN !== undefined
  if (given.VK_TOKEN === undefined && given.VK_GROUP_ID !== undefined)
    warnings.push({ key: 'settings.warning.groupWithoutToken' })
  if (isSandbox(given)) return warnings
  if (!clients) warnings.push({ key: 'settings.warning.adminOnly' })
  if (given.ADMIN_BOT_TOKEN === undefined) warnings.push({ key: 'settings.warning.noAdmin' })
  return warnings
}
