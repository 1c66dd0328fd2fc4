import type { Transport } from './embedded-cluster.ts'

interface SettingsOptions {
  readonly transport: Transport
  readonly socketDir: string
  readonly port: number
  readonly durable: boolean
  readonly connections: number
}

/**
 * The server's settings, given on its command line, so that they follow the code's version and not the day on which
 * the folder was made.
 *
 * @returns PostgreSQL's names and values
 */
export const serverSettings = ({
  transport,
  socketDir,
  port,
  durable,
  connections,
}: SettingsOptions): Record<string, string> => ({
  ...(transport === 'socket'
    ? {
        listen_addresses: '',
        unix_socket_directories: quoteDirectory(socketDir),
        unix_socket_permissions: '0700',
      }
    : {
        listen_addresses: '127.0.0.1',
        ...(process.platform === 'win32' ? {} : { unix_socket_directories: '' }),
      }),
  port: String(port),
  max_connections: String(connections),
  ...SIZE,
  ...PRIVACY,
  ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
})

// A salon's whole database fits into a fraction of this; the rest of a small server's memory is the bot's.
const SIZE = {
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  min_wal_size: '48MB',
  jit: 'off',
  // Fewer helper processes: the start is quicker, and /dev/shm of a container is too small for parallel queries.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'otklik',
}

// What people write must not reach a log: errors of statements are the application's to handle, and what remains
// (the server's own life) goes without statements, parameters, details and contexts.
const PRIVACY = {
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '%e ',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_min_duration_statement: '-1',
  log_statement: 'none',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_connections: '',
}

const quoteDirectory = (directory: string): string => `"${directory.replaceAll('"', '""')}"`
