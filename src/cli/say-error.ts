import { AdviceError } from '../domain/advice-error.ts'
import { redact } from '../log/redact.ts'
import { SettingsError } from '../settings/problem.ts'
import { exitCodes, type Console } from './console.ts'
import { saySettingsProblems } from './say-settings.ts'

/**
 * Tells the person what went wrong: advice where there is some; for anything unexpected one line, and the stack only
 * when LOG_LEVEL asks for it. Nothing secret is shown.
 * @returns the exit code
 */
export function sayError(
  error: unknown,
  { t, complain, env }: Pick<Console, 't' | 'complain' | 'env'>,
): number {
  if (error instanceof SettingsError) {
    complain(saySettingsProblems(error.problems, t))
    return exitCodes.usage
  }
  if (error instanceof AdviceError) {
    complain(`✗ ${t(error.key, error.params)}`)
    return exitCodes.trouble
  }
  const { code, port = '' } = (error ?? {}) as { code?: string; port?: number | '' }
  if (code === 'EADDRINUSE') complain(`✗ ${t('cli.error.portTaken', { port })}`)
  else if (code === 'EACCES' && port !== '') complain(`✗ ${t('cli.error.portForbidden', { port })}`)
  else sayUnexpected(error, { t, complain, env })
  return exitCodes.trouble
}

function sayUnexpected(error: unknown, { t, complain, env }: Pick<Console, 't' | 'complain' | 'env'>): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  complain(`✗ ${t('cli.error.unexpected', { message: redact(message.split('\n')[0] ?? '') })}`)
  if (!['debug', 'trace'].includes(env['LOG_LEVEL'] ?? '')) complain(t('cli.error.hint'))
  else if (error instanceof Error) complain(redact(withCauses(error)))
}

function withCauses(error: Error): string {
  const stack = error.stack ?? error.message
  return error.cause instanceof Error ? `${stack}\ncause: ${withCauses(error.cause)}` : stack
}
