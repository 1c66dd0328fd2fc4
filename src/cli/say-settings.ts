import type { SettingsProblem } from '../settings/problem.ts'
import type { Translate } from '../locales.ts'

/**
 * Says what is wrong with the settings: a paragraph per problem with its key, place, what was found and expected.
 * @returns lines of text, no line break at the end
 */
export function saySettingsProblems(problems: readonly SettingsProblem[], t: Translate): string {
  return [t('settings.title', { count: problems.length }), ...problems.map((one) => sayProblem(one, t))].join(
    '\n\n',
  )
}

function sayProblem({ key, file, line, found, expected }: SettingsProblem, t: Translate): string {
  const named = file === undefined || line === undefined || key.startsWith(file)
  const place = named ? '' : `  (${t('settings.line', { file, line })})`
  const sentence = t(expected.key, expected.values)
  if (expected.key.startsWith('settings.advice.')) return `✗ ${key}${place}\n  ${sentence}`
  return [
    `✗ ${key}${place}`,
    `  ${found === undefined ? t('settings.nothing') : t('settings.found', { found })}`,
    `  ${t('settings.wanted', { expected: sentence })}`,
  ].join('\n')
}
