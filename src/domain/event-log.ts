/**
 * Where modules report what happens: objects with an `event` name and ids, never texts, phones or tokens.
 * A pino logger fits; so does `{ debug() {}, info() {}, warn() {}, error() {} }`.
 */
export interface EventLog {
  debug(entry: LogEntry): void
  info(entry: LogEntry): void
  warn(entry: LogEntry): void
  error(entry: LogEntry): void
}

export type LogEntry = Readonly<{ event: string } & Record<string, unknown>>
