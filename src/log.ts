/** The log: objects with an event name and ids, one line each, with nothing secret in it. */
import { pino, stdSerializers, stdTimeFunctions, type Logger } from 'pino'

import { redact } from './log/redact.ts'

export interface LogOptions {
  /** pino's level: trace, debug, info, warn, error, fatal, silent. */
  level: string
  /** Where lines go. Default: standard error; standard output belongs to what commands say. */
  output?: { write(line: string): unknown }
  /** One readable line per event in place of JSON. Default: when standard error is a terminal. */
  readable?: boolean
}

/**
 * Starts a log. Errors under the keys `error`, `err`, `cause` and `reason` are written with their stacks and causes.
 * @returns a pino logger; every line passes through `redact` on its way out
 */
export function createLog(options: LogOptions): Logger {
  const output = options.output ?? process.stderr
  const readable = options.readable ?? (options.output === undefined && process.stderr.isTTY)
  const { errWithCause } = stdSerializers
  return pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: errWithCause, err: errWithCause, cause: errWithCause, reason: errWithCause },
    },
    { write: (line: string) => output.write(readable ? forPeople(redact(line)) : redact(line)) },
  )
}

interface Entry extends Record<string, unknown> {
  level: string
  time: string
  event?: string
  msg?: string
}

/** "14:03:07 warn  telegram.blocked chatId=7" */
function forPeople(line: string): string {
  const { level, time, event, msg, pid: _pid, ...rest } = JSON.parse(line) as Entry
  const clock = new Date(time).toTimeString().slice(0, 8)
  const details = Object.entries(rest).map(([key, value]) => `${key}=${sayValue(value)}`)
  return `${[clock, level.padEnd(5), event ?? '', msg ?? '', ...details].filter((part) => part !== '').join(' ')}\n`
}

const isError = (value: unknown): value is { stack: string } =>
  typeof value === 'object' && value !== null && 'stack' in value && typeof value.stack === 'string'

const sayValue = (value: unknown): string => {
  if (isError(value)) return `\n  ${value.stack.replaceAll('\n', '\n  ')}`
  return typeof value === 'string' ? value : JSON.stringify(value)
}
