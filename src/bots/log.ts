import type { Logger } from 'pino'

/** What the bots need of a logger. They log event names and ids: never texts, phones or tokens. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
