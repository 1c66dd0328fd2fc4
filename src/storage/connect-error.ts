import { setTimeout as sleep } from 'node:timers/promises'
import { AdviceError } from '../domain/advice-error.ts'

/**
 * Turns an error of a first connection to PostgreSQL into one that says what to do.
 *
 * @param error what `pg` threw
 * @param connectionString what was connected to; only host, port, database and user of it are shown, never the
 * password
 * @returns an AdviceError with one of the keys below; `storage.databaseRefused` with the server's words otherwise
 */
export const explainConnectError = (error: unknown, connectionString: string): AdviceError => {
  const codes = codesOf(error)
  const known = CAUSES.find(({ matches }) => matches.some((code) => codes.includes(code)))
  const message = error instanceof Error ? error.message : String(error)
  const key = known?.key ?? (TLS_MESSAGE.test(message) ? 'storage.databaseTls' : 'storage.databaseRefused')
  return new AdviceError(
    key,
    { ...describe(connectionString), detail: withoutUrls(message) },
    { cause: error },
  )
}

const CANNOT_CONNECT_NOW = '57P03'
const STARTING = { patienceMs: 30_000, pauseMs: 200 } as const

/**
 * Repeats an attempt for half a minute while the server says that it is still starting, as it does for a moment when
 * the machine or a set of containers comes up, and for longer when it recovers from a crash.
 */
export const retryWhileStarting = async <T>(attempt: () => Promise<T>): Promise<T> => {
  const deadlineMs = performance.now() + STARTING.patienceMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!codesOf(error).includes(CANNOT_CONNECT_NOW) || performance.now() > deadlineMs) throw error
      await sleep(STARTING.pauseMs)
    }
  }
}

// PostgreSQL's SQLSTATEs, and Node's codes for sockets and certificates.
const CAUSES: readonly { key: string; matches: readonly string[] }[] = [
  {
    key: 'storage.databaseDown',
    matches: ['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  },
  { key: 'storage.databaseTimeout', matches: ['ETIMEDOUT'] },
  { key: 'storage.databaseStarting', matches: ['57P03'] },
  { key: 'storage.databasePassword', matches: ['28P01', '28000'] },
  { key: 'storage.databaseMissing', matches: ['3D000'] },
  { key: 'storage.databaseFull', matches: ['53300'] },
  {
    key: 'storage.databaseTls',
    matches: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
  },
]

const TLS_MESSAGE = /does not support SSL|establishing an SSL connection|certificate|\bTLS\b|\bSSL\b/

// Node tries every address of a name and throws them together.
const codesOf = (error: unknown): string[] => {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? error.errors.flatMap(codesOf) : []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const timeout = /timeout (expired|exceeded)/i.test(error.message) ? ['ETIMEDOUT'] : []
  return [...own, ...inner, ...timeout]
}

const describe = (connectionString: string): { host: string; database: string; user: string } => {
  const url = URL.parse(connectionString.replace(/^(\w+:\/\/[^/@]*)@\//, '$1@localhost/'))
  const host = url?.searchParams.get('host') ?? url?.host ?? ''
  return {
    host,
    database: decodeURIComponent(url?.pathname.slice(1) ?? ''),
    user: decodeURIComponent(url?.username ?? ''),
  }
}

const withoutUrls = (message: string): string => message.replace(/\w+:\/\/\S+/g, '…')
