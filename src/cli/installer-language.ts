import type { Language } from '../domain/salon.ts'

/**
 * The language of whoever installs the program: LC_ALL, LC_MESSAGES and LANG in POSIX's order, then what the system
 * says (Windows has no such variables).
 */
export function installerLanguage(env: NodeJS.ProcessEnv): Language {
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  )
  const locale = named ?? Intl.DateTimeFormat().resolvedOptions().locale
  return /^ru\b|^ru_|^russian/i.test(locale) ? 'ru' : 'en'
}
